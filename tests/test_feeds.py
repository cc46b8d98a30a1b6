"""Feeds in all their forms: what is listed, dates as printed, and nothing that hangs or leads astray."""

import io
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from trucewatch import feeds
from trucewatch.errors import ReadError
from trucewatch.feeds import Item, Map
from trucewatch.feeds.tree import decoded, plain

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
BASE = "https://paper.example/feed"


def read(text: str | bytes, charset: str | None = None) -> feeds.Listing:
    return feeds.listing(text.encode() if isinstance(text, str) else text, base=BASE, charset=charset)


def item(inner: str) -> Item:
    return read(f'<rss version="2.0"><channel><title>Paper</title><item>{inner}</item></channel></rss>').items[0]


# --- against another reader

DIFFERENT = {  # file -> why our answer is another one
    "illformed/chardet/shiftjis.xml": "no charset is told: theirs takes it for a western one, ours marks what it cannot read",
    "illformed/rss_incomplete_cdata.xml": "half a mark-up where the title ends: theirs is nothing, ours what is left",
    "atom/entry_created_multiple_values.xml": "two dates: theirs is the last, ours the first",
    "atom/entry_id.xml": "an id of Atom is no link",
    "atom/entry_id_map_guid.xml": "an id of Atom is no link",
    "atom/entry_link_no_href_link_priority.xml": "theirs is the enclosure, ours the page",
    "atom/entry_link_rel_enclosure_no_href.xml": "theirs is the enclosure, ours the page",
    "atom/entry_published_parsed_date_overwriting.xml": "two dates: theirs is the last, ours the first",
    "atom/entry_updated_multiple_values.xml": "two dates: theirs is the last, ours the first",
    "rss/item_category_image.xml": "theirs takes the title of a picture in a category",
}
JSON = {"json_feed.json": 20, "json_feed_with_escaped_uris.json": 30}  # the other reader knows no JSON


def theirs(data: bytes) -> list[tuple[Any, ...]]:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed (group full)")
    found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": BASE})
    return [
        (
            entry.get("feedburner_origlink") or entry.get("link") or None,
            entry.get("title"),
            {dict.get(entry, key) for key in ("published", "updated", "created")} - {None, ""},
        )
        for entry in found.entries
    ]


def ours(data: bytes) -> list[tuple[Any, ...]]:
    try:
        found = read(data)
    except ReadError as problem:
        assert str(problem).endswith(".")
        return []
    return [(one.link, one.title, {one.published, one.updated} - {None, ""}) for one in found.items]


def test_all_feeds_of_others_are_read_as_another_reader_reads_them() -> None:
    files = sorted(path for name in ("rss-feedjira", "rss-feedparser") for path in (SHARED / name).rglob("*") if path.is_file())
    files = [path for path in files if path.name not in ("README", "LICENSE")]
    if not files:
        pytest.skip("the feeds of others are not here (../shared/data)")
    differ, items = [], 0
    for path in files:
        found = ours(path.read_bytes())
        items += len(found)
        name = "/".join(path.parts[-2:]) if path.parent.name != "chardet" else "/".join(path.parts[-3:])
        if path.name in JSON:
            assert len(found) == JSON[path.name]
        elif not _alike(found, theirs(path.read_bytes())):
            differ.append(name)
    assert sorted(differ) == sorted(DIFFERENT)
    assert (len(files), items) == (493, 511)


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _alike(found: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]]) -> bool:
    """The same links and titles in the same order, and no date that the other does not have."""
    return len(found) == len(wanted) and all(
        a[0] == b[0] and a[1] in (plain(b[1]), _line(b[1])) and a[2] <= b[2] and bool(a[2]) == bool(b[2])
        for a, b in zip(found, wanted, strict=True)
    )


# --- what is in an item


def test_rss() -> None:
    found = read(
        """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
        <title>The Paper</title><link>/</link><language>en-GB</language><item><media:title>A picture</media:title>
        <title>Parties &amp;amp; towns &lt;b&gt;meet&lt;/b&gt;</title><link> /news/1?a=1&amp;b=2 </link>
        <guid isPermaLink="false">n-1</guid>
        <pubDate>Mon, 12 Jan 2026 10:00 Jerusalem time</pubDate><dc:creator>A. Writer</dc:creator>
        <description><![CDATA[<p>Short</p>]]></description><content:encoded><![CDATA[<p>Long & whole</p>]]></content:encoded>
        </item></channel></rss>"""
    )
    assert (found.kind, found.title, found.link, found.language) == ("rss", "The Paper", "https://paper.example/", "en-GB")
    assert found.items == (
        Item(
            id="n-1",
            link="https://paper.example/news/1?a=1&b=2",
            title="Parties & towns meet",
            published="Mon, 12 Jan 2026 10:00 Jerusalem time",
            author="A. Writer",
            summary="<p>Short</p>",
            content="<p>Long & whole</p>",
            language="en-GB",
        ),
    )


def test_atom() -> None:
    found = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="/news/"><title type="text">Five &lt; six</title>
        <link rel="self" href="feed.atom"/><link href="."/><entry><id>tag:paper.example,2026:1</id><title>One</title>
        <link rel="enclosure" href="a.mp3"/><link rel="alternate" type="text/html" href="1"/>
        <published>2026-01-12T10:00:00+02:00</published>
        <updated>2026-01-12T11:00:00+02:00</updated><author><name>B. Writer</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></div></content></entry></feed>"""
    )
    assert (found.kind, found.title, found.link) == ("atom", "Five < six", "https://paper.example/news/")
    (one,) = found.items
    assert (one.id, one.link, one.title, one.language) == (
        "tag:paper.example,2026:1",
        "https://paper.example/news/1",
        "One",
        "ar",
    )
    assert (one.published, one.updated, one.author) == ("2026-01-12T10:00:00+02:00", "2026-01-12T11:00:00+02:00", "B. Writer")
    assert "<p>Text</p>" in (one.content or "")


def test_json_feed() -> None:
    found = read(
        """{"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "home_page_url": "/", "language": "en", "items": [
        {"id": 7, "url": "/news/7", "title": "Seven", "date_published": "2026-01-12",
         "authors": [{"name": "C"}], "content_text": "T"},
        {"external_url": "https://other.example/8", "content_html": "<p>E</p>"},
        "no item", {"url": "javascript:x", "title": 9}]}"""
    )
    assert [(one.id, one.link, one.title, one.language) for one in found.items[:2]] == [
        ("7", "https://paper.example/news/7", "Seven", "en"),
        ("https://other.example/8", "https://other.example/8", None, "en"),
    ]
    assert len(found.items) == 3
    assert found.items[2].link is None
    assert found.items[2].id.startswith("i:")


def test_news_sitemap_and_index() -> None:
    found = read(
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>https://paper.example/1</loc><lastmod>2026-01-12</lastmod><news:news><news:publication><news:name>Paper</news:name>
        <news:language>fr</news:language></news:publication><news:publication_date>2026-01-12T09:00+01:00</news:publication_date>
        <news:title>Un</news:title></news:news></url><url><loc>https://paper.example/2</loc></url><url></url></urlset>"""
    )
    first = Item(
        "https://paper.example/1", "https://paper.example/1", "Un", "2026-01-12T09:00+01:00", "2026-01-12", language="fr"
    )
    assert (found.kind, found.items) == ("sitemap", (first, Item("https://paper.example/2", "https://paper.example/2")))
    index = read(
        "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-01-12</lastmod></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
    )
    assert (index.kind, index.items) == ("index", ())
    assert index.maps == (Map("https://paper.example/a.xml", "2026-01-12"), Map("https://paper.example/b.xml"))


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        ("<guid>https://paper.example/g</guid>", "https://paper.example/g"),
        ('<guid isPermaLink="false">https://paper.example/g</guid>', None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link><![CDATA[http://paper.example/?a=1&b=2]]></link>", "http://paper.example/?a=1&b=2"),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>http://[bad</link>", None),
        (
            "<link>http://go.example/x</link><feedburner:origLink>http://paper.example/o</feedburner:origLink>",
            "http://paper.example/o",
        ),
    ],
)
def test_where_an_article_stands(inner: str, link: str | None) -> None:
    assert item(inner).link == link


def test_dates_are_kept_as_printed() -> None:
    """Another reader would turn this into a moment in UTC, or into nothing."""
    printed = "12 \u064a\u0646\u0627\u064a\u0631 2026 10:00 \u0628\u062a\u0648\u0642\u064a\u062a \u0627\u0644\u0642\u062f\u0633"
    assert item(f"<pubDate>{printed}</pubDate>").published == printed


def test_an_item_without_an_id_has_the_same_one_next_time() -> None:
    inner = "<title>T</title><description>D</description>"
    assert item(inner).id == item(inner).id != item("<title>T</title>").id


# --- encodings and what is broken


@pytest.mark.parametrize(
    ("data", "charset", "word"),
    [
        ("<?xml version='1.0' encoding='windows-1256'?><a>\u0627\u0644</a>".encode("windows-1256"), None, "\u0627\u0644"),
        ("<a>\u0627\u0644</a>".encode("windows-1256"), "windows-1256", "\u0627\u0644"),
        ("<a>\u0627\u0644</a>".encode("utf-16"), "utf-8", "\u0627\u0644"),
        ("<a>\u0627\u0644</a>".encode("utf-16-be"), None, "\u0627\u0644"),
        ("<?xml version='1.0' encoding='us-ascii'?><a>\u0627\u0644</a>".encode(), None, "\u0627\u0644"),
        ("<?xml version='1.0' encoding='no-such'?><a>\u0627\u0644</a>".encode(), "rot13", "\u0627\u0644"),
        (b"<a>caf\xe9</a>", None, "caf\xe9"),
        (b"\xef\xbb\xbf<a>caf\xc3\xa9</a>", "iso-8859-1", "caf\xe9"),
    ],
)
def test_encodings(data: bytes, charset: str | None, word: str) -> None:
    assert word in decoded(data, charset)


def test_what_is_broken_costs_only_itself() -> None:
    found = read(
        "<rss><channel><item><title>One & two &nbsp; &eacute; &nosuch; &#8217; &#0; \x01</title><dc:date>2026</dc:date></item>"
        "<item><title>Three</b></title></item><item><title>Four"
    )
    assert [one.title for one in found.items] == ["One & two \xe9 &nosuch; \u2019 \ufffd", "Three", "Four"]
    assert found.items[0].published == "2026"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing in it"),
        ("{", "none"),
        ('{"items": 3}', "no JSON Feed"),
        ("[" * 100_000, "no feed"),
        ('{"items": ' + "[" * 100_000, "none"),
        ("plain words", "no feed"),
        (
            '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>',
            "https://paper.example/rss.xml",
        ),
    ],
)
def test_what_is_no_feed(text: str, told: str) -> None:
    with pytest.raises(ReadError) as problem:
        read(text)
    assert told in str(problem.value)


def test_a_feed_that_was_cut_off_says_so() -> None:
    feed = "<rss><channel><item><title>One</title></item></channel></rss>"
    assert [read(text).whole for text in (feed, feed + " <!-- made -->", feed[:-3], feed[:-20])] == [True, True, False, False]


def test_a_feed_without_items_is_a_feed() -> None:
    assert read("<rss><channel><title>T</title></channel></rss>").items == ()


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><item><title>" + "<b>" * 300_000,
        "<!-- a -->" * 100_000 + "<x",
        "<rss><channel><item><title>" + "&" * 300_000,
        "<!DOCTYPE " + "[" * 500_000,
        "<html>" + "<link " * 200_000,
        "<feed>" + '<a xml:base="b/">' * 200 + '<entry><link href="x"/></entry>' * 2000 + "</feed>",
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]><rss><channel><item><title>&i;</title></item></channel></rss>",
    ],
    ids=["deep", "comments", "ampersands", "doctype", "links", "bases", "laughs"],
)
def test_nothing_hangs(text: str) -> None:
    began = time.process_time()
    with suppress(ReadError):
        assert len(read(text).items) <= 2000
    assert time.process_time() - began < 5


def test_no_file_of_this_machine_is_read() -> None:
    found = read(
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>a &x; b</title></item></channel></rss>'
    )
    assert found.items[0].title == "a &x; b"
