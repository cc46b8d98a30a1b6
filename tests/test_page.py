"""The page: one file that asks for nothing, holds every claim and every word, and keeps Arabic and figures in their order."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.made import arabic, article, claim, english
from trucewatch.model import Article, Block, Claim, Evidence, Quantity, Role, When, codes
from trucewatch.publish.labels import interface, labels
from trucewatch.publish.lines import line, lines
from trucewatch.publish.page import page, span_of
from trucewatch.publish.spans import PIECES, ROLES, paragraphs, stretches

DIRECTIONS = {"ar": "rtl", "en": "ltr"}
VOID = {"meta", "br", "hr", "input", "img", "link"}


class Tree(HTMLParser):
    """Collects elements with their attributes and text, and faults of nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))
        if tag not in VOID:
            self.open.append((tag, len(self.found) - 1))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> at line {self.getpos()[0]}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, at in self.open:
            name, attrs, text = self.found[at]
            self.found[at] = name, attrs, text + data

    def all(self, tag: str, css: str | None = None) -> list[tuple[dict[str, str | None], str]]:
        return [(a, t) for n, a, t in self.found if n == tag and (css is None or css in (a.get("class") or "").split())]


@pytest.fixture(scope="module")
def both() -> str:
    return page([arabic(), english()], directions=DIRECTIONS, sample=True)


@pytest.fixture(scope="module")
def tree(both: str) -> Tree:
    return Tree(both)


def test_the_file_is_well_nested_and_alone(tree: Tree, both: str) -> None:
    assert tree.faults == [] and tree.open == []
    loaded = [
        (tag, a)
        for tag, a, _ in tree.found
        if tag in ("link", "img", "iframe", "object", "base") or (tag == "script" and "src" in a)
    ]
    assert loaded == []
    assert not re.search(r"url\(|@import|\bfetch\(|XMLHttpRequest|\bimport\(", both)
    (policy,) = [a["content"] for a, _ in tree.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None and policy.startswith("default-src 'none'")


def test_ids_are_unique_and_every_link_inside_leads_somewhere(tree: Tree) -> None:
    ids = [a["id"] for _, a, _ in tree.found if "id" in a]
    assert len(ids) == len(set(ids))
    inner = {a["href"][1:] for a, _ in tree.all("a") if (a.get("href") or "").startswith("#") and a["href"]}
    assert inner <= set(ids)


def test_every_claim_has_its_card_and_its_place(tree: Tree) -> None:
    cards = tree.all("article", "card")
    wanted = [c for _, claims in (arabic(), english()) for c in claims]
    assert [a["data-event"] for a, _ in cards] == [c.event for c in wanted]
    for found, (_, text) in zip(wanted, cards, strict=True):
        assert found.id in text and found.reading in text
        assert all(piece.quote in text for piece in found.evidence if piece.role == "event")
        assert all(role.text in text for role in (*found.actors, *found.recipients, *found.participants) if role.text)
        assert all(rule in text for rule in found.coder.rules)
    assert len(tree.all("a", "spot")) == len(wanted)


def test_the_text_is_whole(tree: Tree) -> None:
    for (entry, _), (_, shown) in zip((arabic(), english()), tree.all("div", "text"), strict=True):
        assert "".join(shown.split()) == "".join(entry.text.split())


def test_arabic_runs_from_right_to_left_with_arabic_labels(tree: Tree) -> None:
    first, second = tree.all("section", "sheet")
    assert (first[0]["lang"], first[0]["dir"]) == ("ar", "rtl")
    assert (second[0]["lang"], second[0]["dir"]) == ("en", "ltr")
    assert "القائل" in first[1] and "خرق مزعوم" in first[1] and "Says" not in first[1]
    assert "Says" in second[1] and "Alleged breach" in second[1]
    assert [a["dir"] for a, _ in tree.all("div", "text")] == ["rtl", "ltr"]


def test_an_arabic_page_alone_has_an_arabic_frame() -> None:
    (frame,) = Tree(page([arabic()], directions=DIRECTIONS)).all("html")
    assert (frame[0]["lang"], frame[0]["dir"]) == ("ar", "rtl")


def test_figures_dates_and_votes_keep_their_order(tree: Tree) -> None:
    kept = {text for a, text in tree.all("bdi") if a.get("dir") == "ltr"}
    assert {"2025-10-10 – 2026-01-12", "13–0–2", "1,200", "900", "440", "2026-01-12"} <= kept
    bare = [
        t for a, t in tree.all("small") if re.search(r"\d{4}-\d\d-\d\d", t) and t not in kept and not any(k in t for k in kept)
    ]
    assert bare == []


def test_open_intervals_are_said_in_words() -> None:
    until = When(None, "2026-02-28", "month", "inferred", None, None, "rule")
    assert "until" in span_of(until, labels("en")) and "None" not in span_of(until, labels("en"))
    assert str(span_of(replace(until, start="2026-02-01", end=None), labels("en"))) == 'from <bdi dir="ltr">2026-02-01</bdi>'


def test_bounds_are_said_in_the_readers_language(tree: Tree) -> None:
    arabic_cards, english_cards = (text for _, text in tree.all("section", "sheet"))
    assert "الخروق: أكثر من 900" in arabic_cards and "القتلى: نحو 440" in arabic_cards
    assert "more than 900 breaches" in english_cards and "about 440 killed" in english_cards


def test_samples_are_called_samples(both: str) -> None:
    assert "Written for demonstration, not news." in both
    assert "Written for demonstration" not in page([english()], directions=DIRECTIONS)


def hostile() -> tuple[Article, tuple[Claim, ...]]:
    text = '<script>alert(1)</script> Party A\'s "men" & others shelled <b>the town</b>.'
    entry = Article("a:<x>", text, "en", 'javascript:alert("x")', "Out<let>", None, (), (), (Block("body", 0, len(text)),))
    found = claim(entry, 1, "ASSAULT", "occurred", "shelled <b>the town</b>", actors=(Role(text[:25], 0, 25, 'x"y'),))
    return entry, (found,)


def test_nothing_of_an_article_becomes_markup() -> None:
    shown = page([hostile()], directions=DIRECTIONS)
    tree = Tree(shown)
    assert tree.faults == [] and tree.open == []
    assert len(tree.all("script")) == 1 and "alert(1)" not in tree.all("script")[0][1]
    assert "javascript:" not in shown
    assert "<b>the town" not in shown and "&lt;b&gt;the town" in shown


def test_an_article_without_claims_or_date_or_pack() -> None:
    bare = Article("x", "Metin.", "tr")
    tree = Tree(page([(bare, ())], directions={}))
    assert tree.all("p", "none")[0][1] == "No claim was found in this article."
    assert tree.all("div", "text")[0][0]["dir"] == "auto"


def test_overlapping_words_are_cut_into_segments_with_all_their_roles() -> None:
    entry = Article("x", "Party A shelled the town.", "en")
    first = claim(entry, 1, "ASSAULT", "occurred", "Party A shelled")
    second = claim(entry, 2, "ACCUSE", "occurred", "shelled the town", actors=(Role("Party A shelled the", 0, 19),))
    (only,) = paragraphs(entry, (first, second))
    assert [(s.text, s.roles, s.claims, s.first_of) for s in only.segments] == [
        ("Party A ", ("event", "who"), (1, 2), (1,)),
        ("shelled", ("event", "who"), (1, 2), (2,)),
        (" the", ("event", "who"), (2,), ()),
        (" town", ("event",), (2,), ()),
        (".", (), (), ()),
    ]


def test_blocks_and_blank_lines_part_paragraphs() -> None:
    text = " Head\nDay\n\n\nOne line,\nits second.\n \nTwo. "
    entry = Article("x", text, "en", blocks=(Block("headline", 1, 5), Block("dateline", 6, 9), Block("body", 9, len(text))))
    shown = [(p.kind, "".join(s.text for s in p.segments)) for p in paragraphs(entry, ())]
    assert shown == [("headline", "Head"), ("dateline", "Day"), ("body", "One line,\nits second."), ("body", "Two.")]


def test_every_kind_of_evidence_has_a_role() -> None:
    assert set(PIECES.values()) <= set(ROLES)
    entry, claims = english()
    moved = replace(claims[0], evidence=(*claims[0].evidence, Evidence("antecedent", 0, 5, entry.text[:5])))
    assert {s.role for s in stretches((moved,))} == {"event", "voice", "who", "when", "context"}


# --- labels


@pytest.mark.parametrize("language", interface())
def test_every_code_has_a_label(language: str) -> None:
    words = labels(language).words
    modes = {mode for modes in codes.MODES.values() for mode in modes}
    for group, wanted in (
        ("events", codes.EVENTS),
        ("modes", modes),
        ("statuses", codes.STATUSES),
        ("voices", codes.VOICE_KINDS),
        ("bounds", codes.BOUNDS),
        ("scopes", codes.SCOPES),
        ("quantities", codes.QUANTITY_KINDS),
        ("bases", codes.BASES),
        ("grains", codes.GRAINS),
        ("precisions", codes.PRECISIONS),
        ("roles", ROLES),
        ("pieces", PIECES),
    ):
        assert set(words[group]) == set(wanted), group
        assert all(text for code, text in words[group].items() if code != "exact")


def test_the_interfaces_say_the_same_things() -> None:
    shapes = []
    for language in interface():
        shapes.append({group: sorted(texts) for group, texts in labels(language).words.items()})
    assert len(shapes) >= 2 and all(shape == shapes[0] for shape in shapes)


def test_other_languages_read_english_labels() -> None:
    assert labels("tr").code == "en" and labels("ar").code == "ar"


# --- lines


def test_lines_are_one_object_each_in_the_public_order() -> None:
    _, claims = arabic()
    text = lines(claims)
    assert text.count("\n") == len(claims) and text == "".join(line(c) + "\n" for c in claims)
    assert text.startswith('{"id": "c:0011", "reading": "r:0011", "article": ')
    assert "\\u" not in text


def test_whole_values_are_whole_numbers() -> None:
    entry = article("gaza-2026-01-12-online-en")
    half = claim(
        entry,
        9,
        "AID",
        "occurred",
        "met online",
        quantities=(Quantity("trucks", 2.5, "about", "new", None, None, None, None, "x"),),
    )
    assert '"value": 2.5' in line(half) and '"value": 13,' in lines(english()[1])
