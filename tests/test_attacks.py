"""Attacks on the running server: what others print or ask is words and no markup, on every route that there is; words taken out
stay out; who sends slowly, too much or under a foreign name gets nothing."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from fastapi import routing
from markupsafe import Markup
from typer.testing import CliRunner

from tests.ledgers import RUN, article, claim, on, person, role
from tests.webs import NAME, NOW, TestClient, client
from trucewatch import ledger, monitor
from trucewatch.access import embargoes, tokens, users
from trucewatch.cli import app as command
from trucewatch.model import Quantity, Where
from trucewatch.report import page as report
from trucewatch.report.pdf import runs
from trucewatch.views.day import day_of, picture
from trucewatch.views.memory import Memory
from trucewatch.views.sight import WHOLE

MARK = "zzattack"
NAMED = "Wilhelmina Ztaken"
TURN = "\u202efdp.exe\u2066"
EVIL = f"\"'><script>{MARK}()</script><svg onload={MARK}()><a href=javascript:{MARK}()>{TURN}{{{{7*191}}}}</textarea>]]>"
TEXT = f"{EVIL} headline\n\n{EVIL} spokesman said that the army shelled Gaza City{EVIL} on Monday and {NAMED} saw four killed."
ENDLESS = {"/m/{monitor}/live"}
LOADS = ("src", "href", "action", "formaction", "data", "xlink:href", "poster")
QUESTIONS = ("q", "lang", "theme", "to", "key", "once", "known", "kind", "day", "since", "after", "before", "claim", "odd")


class Page(HTMLParser):
    """What of a page a stranger could have put there: elements and addresses that run, and letters that turn a line around
    outside of any element that would end the turn."""

    def __init__(self, text: str, *, inline: bool = False) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.turned: list[str] = []
        self.inline, self.open_ = inline, list[tuple[str, bool]]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.bad += [f"{tag} {name}" for name in told if name.startswith("on") or MARK in name]
        self.bad += [f"{tag} {name}={told[name]}" for name in LOADS if not _ours(told.get(name, ""))]
        self.bad += [tag] if tag == "script" and "src" not in told and not self.inline else []
        self.bad += [tag] if MARK in tag else []
        self.open_.append((tag, tag == "bdi" or ("dir" in told and tag != "html")))

    def handle_endtag(self, tag: str) -> None:
        while self.open_ and self.open_.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag = self.open_[-1][0] if self.open_ else ""
        if tag == "script" and MARK in data and f'"{MARK}' not in data and not self.inline:
            self.bad.append(data)
        if "\u202e" in data and tag not in ("title", "option", "textarea", "script"):
            self.turned += [] if any(ends for _, ends in self.open_) else [f"{tag}: {data[:80]}"]


def _ours(address: str) -> bool:
    """An address that leads within, or openly to a page elsewhere."""
    return re.match(r"(?!javascript|data:text|vbscript)", address.strip("\x00- ").casefold()) is not None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[monitor.Monitor]:
    """A monitor into which an enemy has written everything that an article, a place, a label and a reason can hold."""
    made = monitor.create(tmp_path_factory.mktemp("attacked") / NAME, agreement="gaza-2025", at=NOW)
    book = made.ledger
    for number, (event, words) in enumerate((("ASSAULT", "shelled"), ("VIOLATION", "the army"), ("CASUALTIES", "four killed"))):
        entry = article(f"evil-{number}", TEXT, outlet=EVIL, url=f"javascript:{MARK}()//{number}", agencies=(EVIL,))
        at, four = TEXT.index("Gaza City"), TEXT.index("four")
        slots: dict[str, Any] = {
            "speaker": (person(entry, f"{EVIL} spokesman"), person(entry, NAMED)),
            "where": Where(f"Gaza City{EVIL}", at, at + 9 + len(EVIL), "gn:1", EVIL, "PSE", 31.5, 34.4, "settlement"),
            "actors": (role(entry, "the army", "ISR.mil"),),
            "recipients": (role(entry, f"{EVIL} headline"),),
            "when": on("2026-02-27"),
            "quantities": (Quantity("killed", 4, "exact", "new", "four", four, four + 4),),
        }
        ledger.add(book, entry, [claim(entry, words, event, **slots)], run=RUN, at=NOW)
    known = ledger.claims(book, ledger.Query())[0]
    ledger.judge(book, known.body["id"], "status", "possible", who=EVIL, reason=EVIL, at=NOW)
    users.add(book, "ana", "viewer", who="root", at=NOW)
    tokens.add(book, "ana", EVIL[:60], ["read"], who="ana", at=NOW)
    embargoes.put(book, "outlet", "nobody", role="admin", reason=EVIL, who=EVIL, at=NOW)
    yield made
    monitor.close(made)


def addresses(seen: TestClient, home: monitor.Monitor, name: str = "") -> list[str]:
    """Each route that can be looked at; in the places of names `name`, else what is there."""
    found = {"claim": _claims(home)[0], "article": "evil-0", "provision": "nothing", "view": "figures"}
    out = []
    for route in routing.iter_route_contexts(seen.app.routes):  # type: ignore[attr-defined]
        path = str(route.path)
        if "GET" not in (route.methods or ()) or path in ENDLESS or path.startswith("/static"):
            continue
        for form in ("csv", "jsonl") if "{form}" in path else ("",):
            told = path.replace("{monitor}", NAME).replace("{form}", form)
            out.append(re.sub(r"\{([^}]+)\}", lambda m: name or found.get(m[1].split(":")[0], "nothing"), told))
    return out


def _claims(home: monitor.Monitor) -> list[str]:
    return [entry.body["id"] for entry in ledger.claims(home.ledger, ledger.Query())]


def held(answer: Any, address: str) -> tuple[list[str], list[str]]:
    """What is wrong with an answer: markup that runs, letters that turn what is around them."""
    kind = answer.headers.get("content-type", "")
    assert answer.status_code != 500, address
    assert answer.headers["x-content-type-options"] == "nosniff"
    if kind.startswith("text/html"):
        page = Page(answer.text)
        return page.bad, page.turned
    if "xml" in kind:
        tree = ElementTree.fromstring(answer.content)
        return [each.tag for each in tree.iter() if "Atom}" not in each.tag or MARK in each.tag], []
    assert kind.split(";")[0] in (
        "text/csv",
        "application/jsonl",
        "application/json",
        "application/problem+json",
        "text/plain",
    ) or (answer.status_code in (303, 307, 304)), (address, kind)
    return [], []


def test_what_an_article_says_is_words_on_every_route(home: monitor.Monitor) -> None:
    seen, shown = client(made=home), set()
    for address in addresses(seen, home):
        for language in ("en", "ar"):
            answer = seen.get(f"{address}?lang={language}", follow_redirects=False)
            assert held(answer, address) == ([], []), address
            assert "1337" not in answer.text, f"{address}: a template took words of an article for its own"
        if MARK in answer.text:
            shown.add(address.removeprefix(f"/m/{NAME}/").split("/")[0])
    assert {"today", "claims", "claims.csv", "feed.atom", "claim", "sources", "access"} <= shown, shown


def test_the_report_holds_it_as_words(home: monitor.Monitor) -> None:
    told = picture(home, day_of(NOW.date(), None, "en", now=NOW, sight=WHOLE), Memory()).report
    text = report.html(told)
    assert MARK in text
    page = Page(text, inline=True)
    assert (page.bad, page.turned) == ([], [])
    assert all(MARK not in each for each in re.findall(r"<script\b[^>]*>([^<]*)", text))


def test_a_page_that_names_what_it_was_asked_says_it_as_words(home: monitor.Monitor) -> None:
    seen = client(made=home)
    filters = ("event", "status", "party", "speaker", "accused", "outlet", "about", "article", "language", "from", "to")
    asked = "&".join(f"{name}={quote(EVIL[:190])}" for name in (*QUESTIONS, *filters))
    told = 0
    for address in [*addresses(seen, home), *addresses(seen, home, quote(EVIL, safe="")), f"/{quote(EVIL)}"]:
        alone = (
            [f"{address}?{name}={quote(EVIL[:190])}" for name in (*QUESTIONS, *filters)] if address == f"/m/{NAME}/claims" else []
        )
        for one in (address, f"{address}?{asked}", *alone):
            answer = seen.get(one, follow_redirects=False)
            assert held(answer, one)[0] == [], one
            told += MARK in answer.text
    assert told > 10, "else nothing was said again"


def test_no_question_adds_a_header_or_sends_elsewhere(home: monitor.Monitor) -> None:
    split = "%0d%0aset-cookie:%20own=1%0d%0a%0d%0a<script>"
    seen, away = client(made=home, actor=None, entrance="/login"), client(made=home)
    for browser in (seen, away):
        for address in addresses(browser, home, split):
            asked = "&".join(f"{name}={split}" for name in (*QUESTIONS, "about"))
            answer = browser.get(f"{address}?{asked}", follow_redirects=False)
            assert "own" not in answer.cookies and not re.search(r"[\r\n]", "".join(answer.headers.values())), address
            assert answer.headers.get("location", "/").startswith("/") and not answer.headers.get("location", "").startswith("//")


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "testserver:80@evil.example", "testserver.evil", ""])
def test_a_foreign_name_is_refused_and_no_header_gives_another(home: monitor.Monitor, host: str) -> None:
    browser = client(made=home)
    assert browser.get(f"/m/{NAME}/feed.atom", headers={"host": host}).status_code == 400
    told = browser.get(f"/m/{NAME}/feed.atom", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
    assert told.status_code == 200 and "evil.example" not in told.text


def test_a_monitor_with_letters_of_its_own_can_be_taken_along(tmp_path: Path) -> None:
    name = '\u063a\u0632\u0629 "a'
    made = monitor.create(tmp_path / name, agreement="gaza-2025", at=NOW)
    try:
        from trucewatch.door.house import Settings
        from trucewatch.model.actor import EVERY, Actor
        from trucewatch.web import app

        admin = Actor("tester", ((EVERY, "admin"),))
        house = app({name: made}, clock=lambda: NOW, settings=Settings(hosts=("testserver",)), who=lambda _: admin)
        browser = TestClient(house, raise_server_exceptions=False)
        for path in ("claims.csv", "table/figures.csv"):
            answer = browser.get(f"/m/{quote(name)}/{path}")
            assert answer.status_code == 200, path
            assert f"filename*=UTF-8''{quote(name)}" in answer.headers["content-disposition"]
        assert Page(browser.get(f"/m/{quote(name)}/claims").text).bad == []
    finally:
        monitor.close(made)


def test_words_taken_out_are_told_by_no_route_that_had_told_them(home: monitor.Monitor) -> None:
    """The same server: what it kept of its answers goes too. Runs last of those that look at this monitor."""
    seen = client(made=home)
    asked = [*addresses(seen, home), *(f"/m/{NAME}/{each}?q=Ztaken" for each in ("claims", "claims.jsonl", "feed.atom"))]
    before = {address for address in asked if "Ztaken" in seen.get(address).text.replace("?q=Ztaken", "")}
    assert {"today", "claims", "claims.csv", "feed.atom", "claim"} <= {
        each.split("/")[3].split("?")[0] for each in before if "/m/" in each
    }
    ledger.redact(home.ledger, NAMED, reason="at her wish", who="ana", at=NOW)
    for address in asked:
        told = seen.get(address).text
        if "q=" not in address:
            assert "ztaken" not in told.casefold(), address
    counted = seen.get(f"/m/{NAME}/claims?q=Ztaken").text
    assert '<li class="row' not in counted
    assert seen.get(f"/m/{NAME}/claims.jsonl?q=Ztaken").text == ""
    text = report.html(picture(home, day_of(NOW.date(), None, "en", now=NOW, sight=WHOLE), Memory()).report)
    assert "ztaken" not in text.casefold()


@contextmanager
def listening(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[int]:
    """The server just as `trucewatch serve` sets it up, in this process."""
    import uvicorn

    from trucewatch.web import wire

    for name, seconds in (("HEAD", 0.5), ("BODY", 1.0)):
        patch.setattr(wire, name, seconds)
    caught: list[uvicorn.Server] = []
    patch.setattr(uvicorn.Server, "run", lambda self: caught.append(self))
    monitor.close(monitor.create(folder / NAME, agreement=None, at=NOW))
    done = CliRunner().invoke(command, ["serve", "-m", str(folder / NAME), "--port", "0"])
    assert done.exit_code == 0, done.output
    patch.undo()
    for name, seconds in (("HEAD", 0.5), ("BODY", 1.0)):
        patch.setattr(wire, name, seconds)
    (server,) = caught
    running = threading.Thread(target=server.run)
    running.start()
    try:
        end = time.monotonic() + 20
        while not server.started and time.monotonic() < end:
            time.sleep(0.02)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        running.join(20)


def closed_after(port: int, first: bytes, drip: bytes = b"") -> tuple[float, bytes]:
    """How long a connection stays open to somebody who goes on sending `drip`, and what was answered."""
    began, answered = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=0.1) as line:
        line.sendall(first)
        while time.monotonic() - began < 4:
            try:
                if not (piece := line.recv(65536)):
                    break
                answered += piece
            except TimeoutError:
                pass
            except ConnectionError:
                break
            try:
                line.sendall(drip)
            except OSError:
                break
    return time.monotonic() - began, answered


def test_who_sends_slowly_or_too_much_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = b"GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n"
    form = b"content-type: application/x-www-form-urlencoded\r\n\r\n"
    post = b"POST /login HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 900\r\n" + form
    with listening(tmp_path, monkeypatch) as port:
        for first, drip in ((b"", b""), (ask, b"x: y\r\n"), (ask + b"\r\n" + ask, b"x: y\r\n"), (post, b"a")):
            seconds, _ = closed_after(port, first, drip)
            assert seconds < 3, (first, seconds)
        _, answered = closed_after(port, ask + b"x: " + b"y" * 40_000)
        assert answered.startswith(b"HTTP/1.1 400"), "a head without end"
        _, answered = closed_after(port, ask + b"connection: close\r\n\r\n")
        assert answered.startswith(b"HTTP/1.1 200") and b"uvicorn" not in answered
        _, answered = closed_after(port, ask.replace(b"127.0.0.1", b"evil.example") + b"connection: close\r\n\r\n")
        assert answered.startswith(b"HTTP/1.1 400")
        _, answered = closed_after(
            port, b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        assert b" 200 " not in answered[:15]
        assert json.loads(_body(port, ask)) is not None
        began = time.monotonic()
        half = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
        assert json.loads(_body(port, ask)) is not None and time.monotonic() - began < 3, "200 that say nothing hold nobody up"
        for each in half:
            each.close()


def _body(port: int, ask: bytes) -> bytes:
    return closed_after(port, ask + b"connection: close\r\n\r\n")[1].partition(b"\r\n\r\n")[2]


def test_a_name_with_quotes_keeps_them_and_turns_nothing() -> None:
    told = report.figures(Markup.escape("O'Name News 12\u202e3"))
    assert str(told) == 'O&#39;Name News <bdi dir="ltr">123</bdi>'
    assert runs("Name \u202e3") == [{"words": "Name ", "figure": False}, {"words": "3", "figure": True}]
    assert str(report.figures("<b>1")) == '&lt;b&gt;<bdi dir="ltr">1</bdi>'
