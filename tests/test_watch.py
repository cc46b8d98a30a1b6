"""Watching: nothing that a feed lists is lost or kept twice, whatever the web does and whenever the watcher is killed."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.badsites import Answer, moved, plain, serving
from tests.ledgers import NOON
from tools import prove_watch
from tools.newsweb import Web, resolve, served
from trucewatch import ledger, monitor, net, read, rota
from trucewatch.cli import app
from trucewatch.flow.articles import code_article, keep_one, knowledge
from trucewatch.flow.repeats import Recent
from trucewatch.flow.turns import Pace, Turn, bare
from trucewatch.flow.watch import watch
from trucewatch.model import Piece

ROOT = Path(__file__).resolve().parent.parent
LOCAL = frozenset({"127.0.0.1"})
REPORT = b"""<html lang="en"><head><title>A report on the truce</title></head><body><article><h1>A report on the truce</h1>
<p>The army of party A shelled the town of Eastbridge on Monday, killing four people, a spokesman of party B said on Tuesday.</p>
<p>The army of party A denied the report and said that party B had fired rockets from the hills during the night.</p>
</article></body></html>"""
FEED = "<rss><channel><title>P</title>{}</channel></rss>"


def item(link: str) -> str:
    return f"<item><title>T</title><link>{link}</link><pubDate>Mon, 12 Jan 2026 10:00:00 +0200</pubDate></item>"


def looked_at(
    folder: Path, answers: dict[str, Answer], url: str = "/feed.xml", *, rounds: int = 1
) -> tuple[list[Turn], list[str]]:
    """A server with these answers watched until nothing is due; once more for each round, an hour later. Turns and problems."""
    turns: list[Turn] = []
    problems: list[str] = []
    moment = [NOON]

    async def pause(seconds: float) -> None:
        moment[0] += timedelta(seconds=seconds)

    async def run() -> None:
        async with serving(answers) as port, net.opened(allow=LOCAL) as web:
            found = monitor.create(folder, agreement=None, at=NOON)
            rota.add(found.ledger, f"http://127.0.0.1:{port}{url}", at=NOON)
            for _ in range(rounds):
                await watch(
                    found,
                    web,
                    actor="tester",
                    holder="one",
                    clock=lambda: moment[0],
                    pause=pause,
                    random=Random(1),
                    stop=asyncio.Event(),
                    on_turn=turns.append,
                    on_problem=problems.append,
                    pace=Pace(retry=7200, longest=7200),
                    limits=net.Limits(seconds=2),
                    once=True,
                )
                moment[0] += timedelta(hours=1)
            monitor.close(found)

    asyncio.run(run())
    return turns, problems


@contextmanager
def opened(folder: Path) -> Iterator[monitor.Monitor]:
    found = monitor.open_(folder, at=NOON)
    yield found
    monitor.close(found)


def test_a_feed_and_its_page_are_read_and_known_the_next_time(tmp_path: Path) -> None:
    answers = {
        "/feed.xml": plain(FEED.format(item("/news/1?utm_source=x#top")).encode(), "ETag: a", kind="text/xml"),
        "/news/1": moved("/final/1"),
        "/final/1": plain(REPORT),
    }
    turns, problems = looked_at(tmp_path / "m", answers, rounds=2)
    assert problems == []
    assert [(turn.kind, turn.outcome) for turn in turns[:3]] == [("feed", "ok"), ("page", "ok"), ("feed", "ok")]
    assert [turn.new for turn in turns if turn.kind == "feed"] == [1, 0]
    with opened(tmp_path / "m") as found:
        claims, articles = ledger.everything(found.ledger)
        (article,) = articles.values()
        assert (article.url or "").endswith("/final/1")
        assert article.published == date(2026, 1, 12)
        assert [(one.source, one.zone) for one in article.dates if one.verdict == "used"] == [("feed", "+02:00")]
        assert len(claims) == turns[1].new > 0


@pytest.mark.parametrize(
    ("page", "robots", "outcome", "waiting"),
    [
        (plain(b"", status="500 Oops"), None, "error", 1),
        (plain(b"", status="404 Not Found"), None, "gone", 1),
        (plain(b"\x89PNG", kind="image/png"), None, "type", 0),
        (plain(b"<html><body></body></html>"), None, "unread", 0),
        (moved("http://169.254.169.254/"), None, "address", 0),
        (plain(REPORT), plain(b"User-agent: *\nDisallow: /news\n", kind="text/plain"), "robots", 0),
    ],
)
def test_a_page_that_cannot_be_read(tmp_path: Path, page: Answer, robots: Answer | None, outcome: str, waiting: int) -> None:
    answers = {"/feed.xml": plain(FEED.format(item("/news/1")).encode(), kind="text/xml"), "/news/1": page}
    turns, _ = looked_at(tmp_path / "m", answers | ({"/robots.txt": robots} if robots else {}))
    assert [turn.outcome for turn in turns] == ["ok", outcome]
    assert (turns[1].told or "").startswith("http://127.0.0.1:")
    assert (turns[1].told or "").endswith(".")
    with opened(tmp_path / "m") as found:
        assert rota.waiting(found.ledger) == waiting
        assert ledger.counts(found.ledger).articles == 0


@pytest.mark.parametrize(
    ("feed", "outcome"),
    [
        (plain(b"<html></html>"), "unread"),
        (plain(b"", status="503 Later"), "busy"),
        (plain(FEED.format("").encode(), "Content-Encoding: br", kind="text/xml"), "broken"),
        (plain(b"\x1f\x8b\x08nothing", kind="application/gzip"), "unread"),
    ],
)
def test_a_feed_that_cannot_be_read_is_tried_again(tmp_path: Path, feed: Answer, outcome: str) -> None:
    turns, _ = looked_at(tmp_path / "m", {"/feed.xml": feed})
    assert [turn.outcome for turn in turns] == [outcome]
    with opened(tmp_path / "m") as found:
        (row,) = rota.listed(found.ledger)
    assert (row.outcome, row.failures) == (outcome, 1)
    assert row.due > NOON


def test_a_copy_points_to_the_first_print(tmp_path: Path) -> None:
    answers = {f"/news/{number}": plain(REPORT) for number in (1, 2)}
    answers["/feed.xml"] = plain(FEED.format(item("/news/1") + item("/news/2")).encode(), kind="text/xml")
    turns, _ = looked_at(tmp_path / "m", answers)
    assert [turn.outcome for turn in turns] == ["ok", "ok", "ok"]
    with opened(tmp_path / "m") as found:
        printed = ledger.printed(found.ledger, date(2026, 1, 12), date(2026, 1, 12))
        names = {article.id for article, _ in printed}
        firsts = [first for _, first in printed if first]
    assert len(names) == 2
    assert len(firsts) == 1 and set(firsts) < names


# --- looked at again

EDITED = REPORT.replace(b"killing four people", b"killing three people")
TAKEN = b"""<html lang="en"><head><title>A report on the truce</title></head><body><article><h1>A report on the truce</h1>
<p>This article has been withdrawn because what it told could not be confirmed by its editors in time for print.</p>
</article></body></html>"""
ASKED: list[dict[str, str]] = []


def turning(*answers: Answer) -> Answer:
    """One answer after the other, the last one for ever."""
    left = list(answers)

    async def answer(asked: dict[str, str], out: asyncio.StreamWriter) -> None:
        ASKED.append(asked)
        await (left.pop(0) if len(left) > 1 else left[0])(asked, out)

    return answer


def again(folder: Path, *answers: Answer, rounds: int) -> list[Turn]:
    """The turns of one page that answers so, an hour between two."""
    ASKED.clear()
    feed = plain(FEED.format(item("/news/1")).encode(), kind="text/xml")
    turns, _ = looked_at(folder, {"/feed.xml": feed, "/news/1": turning(*answers)}, rounds=rounds)
    return [turn for turn in turns if turn.kind == "page"]


def test_a_page_is_looked_at_again_while_it_is_young(tmp_path: Path) -> None:
    turns = again(tmp_path / "m", plain(REPORT, "ETag: a"), plain(b"", status="304 Not Modified"), plain(EDITED), rounds=8)
    assert [turn.outcome for turn in turns] == ["ok", "unchanged", "ok"], "after an hour and after six"
    assert [asked.get("if-none-match") for asked in ASKED] == [None, "a", "a"]
    with opened(tmp_path / "m") as found:
        (article,) = ledger.everything(found.ledger)[1].values()
        kinds = [[change.how for change in version.changes] for version in ledger.versions(found.ledger, article.id)]
        assert kinds == [[], ["changed"]]
        assert rota.waiting(found.ledger) == 0, "it was read"
        assert (rota.next_due(found.ledger) or NOON) > NOON + timedelta(hours=1)


def test_a_page_without_claims_and_an_old_one_are_left_alone(tmp_path: Path) -> None:
    quiet = re.sub(
        rb"<p>.*</p>", b"<p>The market of Eastbridge was open on Monday, and the weather was mild all day long.</p>", REPORT
    )
    assert len(again(tmp_path / "quiet", plain(quiet), rounds=3)) == 1
    old = REPORT.replace(b"<head>", b'<head><script type="application/ld+json">{"datePublished": "2025-12-01"}</script>')
    assert len(again(tmp_path / "old", plain(old), rounds=3)) == 1


@pytest.mark.parametrize(("answer", "says"), [(plain(b"", status="410 Gone"), "gone"), (plain(TAKEN), "withdrawn")])
def test_what_was_taken_back_keeps_its_claims_and_is_marked(tmp_path: Path, answer: Answer, says: str) -> None:
    turns = again(tmp_path / "m", plain(REPORT), answer, rounds=3)
    assert len(turns) == 2 and turns[0].new > 0
    with opened(tmp_path / "m") as found:
        claims, articles = ledger.everything(found.ledger)
        assert len(claims) == turns[0].new
        ((name, back),) = ledger.taken_back(found.ledger).items()
        assert (back.says, [name]) == (says, list(articles))
        (version,) = ledger.versions(found.ledger, name)
        assert [one.says for one in version.sightings] == ["printed", says]
        assert ledger.verify(found.ledger) in ([], ())


def test_a_page_that_comes_back_is_taken_back_no_more(tmp_path: Path) -> None:
    turns = again(tmp_path / "m", plain(REPORT, "ETag: a"), plain(b"", status="404 Not Found"), plain(REPORT), rounds=8)
    assert [turn.outcome for turn in turns] == ["ok", "gone", "ok"]
    assert "if-none-match" not in ASKED[2], "what is gone has not stayed as it was"
    with opened(tmp_path / "m") as found:
        assert ledger.taken_back(found.ledger) == {}
        assert len(ledger.taken_back(found.ledger, as_of=NOON + timedelta(hours=2))) == 1


def test_two_watchers_know_each_others_copies(tmp_path: Path) -> None:
    """Each has looked at the day before the other kept its print."""
    found = monitor.create(tmp_path / "m", agreement=None, at=NOON)
    run, known, pack = ledger.Run(NOON, "t", "rules", "1"), knowledge(None), {}
    recents = (Recent(), Recent())
    first = []
    for number in range(4):
        piece = Piece(
            "p",
            "page",
            REPORT if number > 1 else REPORT.replace(b"Eastbridge", b"W%d" % number),
            url=f"http://p.example/{number}",
        )
        coded = code_article(replace(read.again(piece, known), published=date(2026, 1, 12)), piece, pack, None, print)
        assert coded is not None
        first.append(keep_one(found, coded, recents[number % 2], run=run, at=NOON).repeat_of)
    monitor.close(found)
    assert first[3] is not None


# --- feeds that move or end


def test_a_feed_that_was_moved_for_good_is_watched_at_its_new_address(tmp_path: Path) -> None:
    rss = plain(FEED.format(item("/news/1")).encode(), kind="text/xml")
    answers = {"/feed.xml": moved("/new.xml", "308 Permanent Redirect"), "/new.xml": rss, "/news/1": plain(REPORT)}
    turns, problems = looked_at(tmp_path / "m", answers, rounds=2)
    assert [turn.url.rpartition("/")[2] for turn in turns if turn.kind == "feed"] == ["feed.xml", "new.xml"]
    assert "moved for good (status 308)" in (turns[0].told or "")
    with opened(tmp_path / "m") as found:
        (feed,) = rota.listed(found.ledger)
        assert (feed.url.rpartition("/")[2], feed.pages) == ("new.xml", 1)
        assert [row.status for row in ledger.records(found.ledger) if row.kind == "metadata"] == [308]
        other = feed.url.replace("new", "other")
        rota.add(found.ledger, other, at=NOON)
        rota.move(found.ledger, feed.url, other)
        assert [(row.url, row.pages) for row in rota.listed(found.ledger)] == [(other, 1)], "one that is there takes it over"


@pytest.mark.parametrize(
    ("feed", "paused", "outcome"),
    [
        (moved("/new.xml"), False, "ok"),
        (moved("/page", "301 Moved Permanently"), False, "unread"),
        (plain(b"", status="410 Gone"), True, "gone"),
        (plain(b"", status="404 Not Found"), False, "gone"),
    ],
)
def test_a_feed_that_is_elsewhere_for_now_keeps_its_address(tmp_path: Path, feed: Answer, paused: bool, outcome: str) -> None:
    rss = plain(FEED.format("").encode(), kind="text/xml")
    looked_at(tmp_path / "m", {"/feed.xml": feed, "/new.xml": rss, "/page": plain(b"<html><p>Buy this name.</p></html>")})
    with opened(tmp_path / "m") as found:
        (row,) = rota.listed(found.ledger)
    assert (row.url.rpartition("/")[2], row.paused, row.outcome) == ("feed.xml", paused, outcome)


def test_a_feed_that_was_cut_off_counts_and_is_looked_at_again_soon(tmp_path: Path) -> None:
    cut = FEED.format(item("/news/1")).partition("</channel>")[0].encode()
    turns, _ = looked_at(tmp_path / "m", {"/feed.xml": plain(cut, "ETag: a", kind="text/xml"), "/news/1": plain(REPORT)})
    assert [(turn.outcome, turn.new > 0) for turn in turns] == [("cut", True), ("ok", True)]
    with opened(tmp_path / "m") as found:
        (row,) = rota.listed(found.ledger)
    assert (row.etag, row.failures) == (None, 1)


def test_a_site_whose_rules_cannot_be_had_is_left_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    async def feed(_: dict[str, str], out: asyncio.StreamWriter) -> None:
        asked.append("feed")

    turns, _ = looked_at(tmp_path / "m", {"/robots.txt": plain(b"", status="500 Oops"), "/feed.xml": feed})
    assert [turn.outcome for turn in turns] == ["waits"]
    assert asked == []


def test_an_index_of_sitemaps(tmp_path: Path) -> None:
    """The maps that changed last are looked at, the oldest of four is not."""
    one = "<sitemap><loc>/map-{0}.xml</loc><lastmod>2026-01-0{0}</lastmod></sitemap>"
    index = f"<sitemapindex>{''.join(map(one.format, range(1, 5)))}</sitemapindex>"
    answers = {"/index.xml": plain(index.encode(), kind="text/xml")}
    for number in (1, 2, 4):
        page = f"<urlset><url><loc>/news/{number}</loc></url></urlset>"
        answers |= {f"/map-{number}.xml": plain(page.encode(), kind="text/xml"), f"/news/{number}": plain(REPORT)}
    turns, problems = looked_at(tmp_path / "m", answers, "/index.xml")
    assert sorted(turn.url.rpartition("/")[2] for turn in turns if turn.kind == "page") == ["2", "4"]
    assert turns[0].new == 2
    assert len(problems) == 1, "the third map is not there"
    assert "/map-3.xml" in problems[0]


def test_what_every_answer_is_shown_to(tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []

    async def run() -> None:
        web = Web(1, 1, faults=0.0)
        async with served(web), net.opened(allow=web.hosts, resolve=resolve) as opened_:
            found = prove_watch.made(tmp_path / "m", web, NOON)

            def see(answer: net.Fetched) -> None:
                seen.append((answer.url.rpartition("/")[2], ledger.counts(found.ledger).articles))

            told: dict[str, Any] = {"actor": "t", "holder": "h", "clock": lambda: NOON, "pause": asyncio.sleep, "once": True}
            told |= {"random": Random(1), "stop": asyncio.Event(), "on_turn": lambda _: None, "on_problem": print}
            await watch(found, opened_, on_response=see, pace=Pace(delay=timedelta(0)), **told)
            monitor.close(found)

    asyncio.run(run())
    assert seen == [("feed.xml", 0), ("0-0", 0)], "before anything is made of it"


def test_addresses_without_what_tells_where_a_reader_came_from() -> None:
    assert bare("https://paper.example/a?utm_source=rss&id=1&utm_medium=x#top") == "https://paper.example/a?id=1"
    assert bare("https://paper.example/a?q=%D8%A7&x") == "https://paper.example/a?q=%D8%A7&x"


def test_a_page_and_a_text_as_articles() -> None:
    known = knowledge(None)
    told: dict[str, Any] = {"url": "http://p.example/1", "feed": "12 Jan 2026 23:00 -0500"}
    found = read.again(Piece("here", "page", REPORT, **told), known)
    id_ = read.name_of("https://p.example/1?utm_source=x")
    assert (found.id, found.url, found.language, found.published) == (id_, "http://p.example/1", "en", date(2026, 1, 12))
    text = read.again(Piece("here", "text", b"The parties met in the town and signed the truce.", **told), known)
    assert (text.text, text.published) == ("The parties met in the town and signed the truce.", date(2026, 1, 12))
    late = read.again(Piece("here", "page", REPORT, fetched=date(2026, 1, 5), **told), known)
    assert late.published is None, "a feed cannot tell a day that has not come"


# --- a web that answers one request in five badly


def test_nothing_is_lost_and_nothing_kept_twice(tmp_path: Path) -> None:
    """A small one of `make prove-watch`: two watchers side by side, simulated time."""

    async def run() -> dict[str, Any]:
        web = Web(12, 3, seed=3)
        async with served(web):
            found = prove_watch.made(tmp_path / "m", web, prove_watch.START)
            await prove_watch.simulated(found, web)
            told = prove_watch.judged(found, web)
            monitor.close(found)
        assert sum(web.faulty.values()) > 10
        return told

    told = asyncio.run(run())
    assert prove_watch.holds(told), told
    assert told["printed"] == told["held"] > 12


def test_killed_in_mid_cycle_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    told = asyncio.run(prove_watch.killed(tmp_path, papers=5, seed=4, kills=1))
    assert told["kills"] == 1
    assert told["same"], told
    assert not told["lost"] and not told["twice"] and told["chain"] in ([], ()), told


# --- as users run it


def run(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "home")[0] == 0
    return tmp_path / "home"


def test_feeds_are_listed_paused_and_taken_out(home: Path) -> None:
    url, other = "https://paper.example/rss", "https://other.example/rss"
    assert run("feeds", "add", "-m", home, url, other, url)[:2] == (0, "2 feeds taken in, 1 were there already.\n")
    assert run("feeds", "pause", "-m", home, url)[0] == 0
    told = [json.loads(line) for line in run("feeds", "list", "-m", home, "--json")[1].splitlines()]
    assert [(row["url"], row["paused"], row["outcome"]) for row in told] == [(other, False, None), (url, True, None)]
    assert f"{url}\n    not looked at yet; paused; 0 pages listed" in run("feeds", "list", "-m", home)[1]
    assert run("feeds", "pause", "-m", home, "--off", url)[0] == 0
    assert run("feeds", "remove", "-m", home, url)[0] == 0
    code, _, told_ = run("feeds", "remove", "-m", home, url)
    assert (code, told_) == (1, f"trucewatch: {url}: there is no such feed. Look at: trucewatch feeds list\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("file:///etc/passwd",), "the scheme 'file' is not fetched"),
        (("http://name:word@paper.example/",), "http://paper.example/: it holds a name or a password"),
        ((), "no feed is named"),
        (("--outlet", "no-such-outlet"), "there is no outlet of this id"),
    ],
)
def test_what_is_no_feed_is_refused(home: Path, words: tuple[str, ...], told: str) -> None:
    code, out, err = run("feeds", "add", "-m", home, *words)
    assert (code, out) == (2, "")
    assert told in err
    assert "word" not in err.replace("password", "")


def test_watch_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_ = net.opened
    monkeypatch.setattr(net, "opened", lambda: opened_(allow=LOCAL))
    answers = {
        "/feed.xml": plain(FEED.format(item("/news/1") + item("/news/2")).encode(), kind="text/xml"),
        "/news/1": plain(REPORT),
        "/robots.txt": plain(b"User-agent: *\nCrawl-delay: 0.1\n", kind="text/plain"),
    }
    with on_thread(answers) as port:
        code, out, err = run("watch", "-m", home, "--once", "--json", "--by", "me", "--feed", f"http://127.0.0.1:{port}/feed.xml")
    turns = [json.loads(line) for line in out.splitlines()]
    assert [(turn["kind"], turn["outcome"]) for turn in turns[:1]] == [("feed", "ok")]
    assert sorted(turn["outcome"] for turn in turns[1:]) == ["gone", "ok"]
    assert (code, err.count("\n")) == (1, 1), "one page was bad and is named"
    assert "/news/2: there is nothing" in err
    assert run("ledger", "status", "-m", home)[1].startswith(f"{home / 'ledger.sqlite'}: ")
    assert run("audit", "verify", "-m", home)[0] == 0


@contextmanager
def on_thread(answers: dict[str, Answer]) -> Iterator[int]:
    found: list[int] = []
    ready, done = Event(), Event()

    async def serve() -> None:
        async with serving(answers) as port:
            found.append(port)
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.02)

    thread = Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield found[0]
    finally:
        done.set()
        thread.join(10)


def test_it_ends_when_it_is_asked_to(home: Path) -> None:
    assert run("feeds", "add", "-m", home, "http://127.0.0.1:59999/feed")[0] == 0
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "trucewatch.cli", "watch", "-m", str(home), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, text=True) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert first["outcome"] == "address", "it is this machine"
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(20) == 0
        assert time.monotonic() - began < 10
