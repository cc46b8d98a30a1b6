"""Alerts: what is a cause, noted once, sent once, tried again, never in the way of another channel."""

import asyncio
import base64
import hashlib
import hmac
import json
import socketserver
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.ledgers import DATABASES, NOON, after, fresh
from tests.test_cli import run
from trucewatch import alerts, net, rota
from trucewatch.ledger import Ledger
from trucewatch.model import Happening, Series
from trucewatch.model.alert import Alert
from trucewatch.model.happening import Figure, Link, Origin
from trucewatch.packs import find
from trucewatch.report import Outlet
from trucewatch.rota import Asking

LEASE = timedelta(minutes=10)
SECRET = base64.b64encode(b"sixteen bytes and more").decode()


@pytest.fixture(params=DATABASES)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with fresh(request.param, tmp_path) as found:
        yield found


def warned(name: str, *keys: str, when: str = "deadline") -> Alert:
    return Alert(when, "2026-01-12", name, ("2026-01-14", "2"), (), keys or (name,))


def by(minutes: float, holder: str = "a") -> Asking:
    return Asking(after(minutes), LEASE, holder, timedelta(0))


def test_a_cause_is_noted_once_by_any_of_its_keys(book: Ledger) -> None:
    assert rota.note(book, [(warned("one", "k1", "k2"), True)], ["mail"], at=NOON) == (1, 0)
    assert rota.note(book, [(warned("one", "k2", "k3"), True)], ["mail"], at=after(1)) == (0, 0)
    assert rota.note(book, [(warned("one", "k3"), True)], ["mail"], at=after(2)) == (0, 0), "k3 came to be known with k2"
    assert [each.alert.subject for each in rota.take(book, "mail", by(3), most=9)] == ["one"]


def test_at_the_first_look_the_past_is_noted_and_not_told(book: Ledger) -> None:
    past, due = warned("moved", when="state"), warned("due")
    assert rota.note(book, [(past, True), (due, True)], ["mail"], at=NOON) == (1, 1)
    assert rota.note(
        book, [(past, True), (warned("new", when="state"), True), (warned("old", when="state"), False)], [], at=NOON
    ) == (1, 1)
    assert {each.alert.subject for each in rota.told(book, most=9)} == {"due", "new"}


def test_many_who_look_at_once_send_once(book: Ledger) -> None:
    rota.note(book, [], ["mail"], at=NOON)

    def look(holder: str) -> int:
        rota.note(book, [(warned(f"{n}"), True) for n in range(5)], ["mail"], at=NOON)
        return len(rota.take(book, "mail", by(1, holder), most=99))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(look, "abcd")) == 5


def test_a_sending_that_was_broken_off_is_due_again_and_its_holder_settles_nothing(book: Ledger) -> None:
    rota.note(book, [(warned("one"), True)], ["mail", "webhook"], at=NOON)
    (mine,) = rota.take(book, "mail", by(0, "killed"), most=9)
    assert rota.take(book, "mail", by(9), most=9) == ()
    assert [each.id for each in rota.take(book, "mail", by(11), most=9)] == [mine.id]
    assert not rota.settle(book, "mail", mine.id, holder="killed", outcome="sent", failures=0)
    assert rota.settle(book, "mail", mine.id, holder="a", outcome="no route", failures=1, due=after(30))
    assert rota.take(book, "mail", by(29), most=9) == ()
    assert [each.failures for each in rota.take(book, "mail", by(31), most=9)] == [1]
    assert rota.settle(book, "mail", mine.id, holder="a", outcome="sent", failures=0)
    assert rota.take(book, "mail", by(999), most=9) == ()
    assert rota.outcomes(book, [mine.id]) == {mine.id: {"mail": "sent", "webhook": "waits"}}


def figure(day: str, value: float, claim: str) -> Figure:
    return Figure("killed", value, "exact", value, value, "cumulative", "2026-01-01", day, "x", claim=claim)


@pytest.mark.parametrize(
    ("values", "percent", "least", "found"),
    [
        ((100, 109), 10, 1, []),
        ((100, 110), 10, 1, ["110"]),
        ((2, 3, 3), 10, 2, []),
        ((5, 3, 9), 10, 1, ["9"]),
        ((0, 0), 0, 0, []),
    ],
)
def test_a_figure_that_jumps(values: tuple[float, ...], percent: float, least: float, found: list[str]) -> None:
    rows = tuple(figure(f"2026-01-{n:02}", value, f"c{n}") for n, value in enumerate(values, 1))
    series = Series("URY.GOV", "killed", True, "2026-01-01", None, None, rows)
    assert [alert.values[4] for alert in alerts.jumps([series], ["killed"], percent, least)] == found
    assert list(alerts.jumps([series], ["injured"], 0, 0)) == []


def test_copies_of_both_sides_are_one_contradiction() -> None:
    origins = tuple(Origin(name, "wire", told, told[0], None, 2, ()) for name, told in (("o1", ("a", "b")), ("o2", ("c", "d"))))
    links = tuple(Link(one, other, "contradicts", ()) for one, other in (("a", "c"), ("b", "c"), ("b", "d")))
    happening = Happening(
        "h", "CASUALTIES", (), None, None, (), ("a", "b", "c", "d"), (), origins, (*links, Link("a", "b", "same", ()))
    )
    days = {"a": "2026-01-10", "b": "2026-01-11", "c": "2026-01-12", "d": "2026-01-13"}
    (found,) = alerts.contradictions([happening], days)
    assert (found.day, found.claims, len(found.keys)) == ("2026-01-12", ("a", "c"), 3)
    (more,) = alerts.contradictions([happening], {**days, "a": "2026-01-09"})
    assert set(found.keys) & set(more.keys)
    assert list(alerts.contradictions([happening], {"a": "2026-01-10"})) == [], "what is not to be seen is not told"


def test_an_outlet_that_falls_silent() -> None:
    outlets = [Outlet("a", "en", 2, "2026-01-01"), Outlet("a", "ar", 1, "2026-01-04"), Outlet("b", "en", 2, "2026-01-01")]
    (found,) = alerts.silences(outlets, date(2026, 1, 12), 7, 3, ())
    assert (found.subject, found.values) == ("a", ("2026-01-04", "8"))
    assert list(alerts.silences(outlets, date(2026, 1, 11), 7, 3, ())) == []


@pytest.mark.parametrize(
    "told", ["", "whsec_", "short", "whsec_" + base64.b64encode(b"fifteen bytes..").decode(), "not base64 at all!"]
)
def test_a_secret_that_is_none(told: str) -> None:
    assert net.secret_of(told) is None


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example that the specification prints."""
    secret = net.secret_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert secret
    made = net.signature(
        secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", NOON.fromtimestamp(1614265330, NOON.tzinfo), b'{"test": 2432232314}'
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class Hook(socketserver.StreamRequestHandler):
    """Answers as `server.answers` says and keeps what came."""

    def handle(self) -> None:
        self.rfile.readline()
        headers = {}
        while line := self.rfile.readline().strip():
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        body = self.rfile.read(int(headers["content-length"]))
        self.server.came.append((headers, body))  # type: ignore[attr-defined]
        status = self.server.answers.pop(0) if self.server.answers else "200 OK"  # type: ignore[attr-defined]
        self.wfile.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n".encode())


class Smtp(socketserver.StreamRequestHandler):
    """As much of a mail server as a letter needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                rows = []
                while (row := self.rfile.readline()) != b".\r\n":
                    rows.append(row)
                self.server.came.append(b"".join(rows))  # type: ignore[attr-defined]
            elif word == b"RCPT" and self.server.answers:  # type: ignore[attr-defined]
                self.wfile.write(self.server.answers.pop(0).encode() + b"\r\n")  # type: ignore[attr-defined]
                continue
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@contextmanager
def server(kind: type[socketserver.BaseRequestHandler], *answers: str) -> Iterator[Any]:
    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True
        came: list[Any] = []

    with Server(("127.0.0.1", 0), kind) as made:
        made.came, made.answers = [], list(answers)
        Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def test_a_webhook_stays_outside_unless_it_may_come_in() -> None:
    async def sent(port: int, *inside: str) -> net.Sent:
        async with net.opened(allow=frozenset(inside)) as web:
            return await net.post(f"http://127.0.0.1:{port}/", b"{}", web, id_="x", secret=b"s" * 16, at=NOON)

    with server(Hook) as hook:
        port = hook.server_address[1]
        refused = asyncio.run(sent(port))
        assert refused.why and "not public" in refused.why and hook.came == []
        assert asyncio.run(sent(port, "127.0.0.1")).why is None and len(hook.came) == 1


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alerts") / "gaza"
    assert run("init", folder, "--agreement", "gaza-2025").exit_code == 0
    assert run("read", "-m", folder, find("samples/articles.jsonl"), "--by", "ann").exit_code == 0
    return folder


def settings(folder: Path, *more: str) -> None:
    path = folder / "trucewatch.toml"
    head = path.read_text("utf-8").partition("[alerts]")[0]
    path.write_text(head + "\n".join(["[alerts]", *more]), "utf-8")


RULES = (
    '[[alerts.rules]]\nwhen = "contradiction"',
    '[[alerts.rules]]\nwhen = "silence"\narticles = 1',
    '[[alerts.rules]]\nwhen = "state"',
)


def test_the_whole_way(read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", SECRET)
    with server(Hook, "503 Busy") as hook, server(Smtp) as post:
        way = (
            f'[alerts.webhook]\nurl = "http://127.0.0.1:{hook.server_address[1]}/hook"\nsecret = "HOOK"\ninside = true',
            f'[alerts.mail]\nhost = "127.0.0.1"\nport = {post.server_address[1]}\nsecurity = "none"',
            'sender = "us@desk.example"\nto = ["a@desk.example"]',
        )
        settings(read, 'languages = ["en", "ar"]', 'atom = "alerts.xml"', "days = 3650", *way, *RULES)
        dry = run("alert", "-m", read, "--as-of", "2026-01-22", "--dry-run")
        assert dry.exit_code == 0 and "Sample Courier: nothing since" in dry.stdout and not hook.came
        first = run("alert", "-m", read, "--as-of", "2026-01-22", "--json")
        told = json.loads(first.stdout)
        assert first.exit_code == 1 and "webhook: status 503" in first.stderr, "the one that is busy is named"
        assert told["new"] >= 3 and told["noted"] >= 3 and told["sent"]["mail"] == told["new"], "and the other is not held up"
        (letter,) = post.came
        assert b"gaza-2025" in letter and b"Auto-Submitted" in letter
        again = json.loads(run("alert", "-m", read, "--as-of", "2026-01-22", "--json").stdout)
        assert (again["new"], again["noted"], again["sent"]["mail"]) == (0, 0, 0) and len(post.came) == 1
    headers, body = hook.came[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(base64.b64decode(SECRET), signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}" and json.loads(body)["told"].keys() == {"en", "ar"}
    feeds = [ElementTree.parse(read / name).getroot() for name in ("alerts.xml", "alerts-ar.xml")]
    names = [[each.text for each in feed.iter("{http://www.w3.org/2005/Atom}id")] for feed in feeds]
    assert names[0] == names[1] and len(names[0]) == told["new"] + 1 == len(set(names[0]))
    listed = [json.loads(line) for line in run("alert", "-m", read, "--list", "--json").stdout.splitlines()]
    assert {row["sent"]["mail"] for row in listed} == {"sent"} and any("503" in row["sent"]["webhook"] for row in listed)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((), "no rule for alerts"),
        (('[[alerts.rules]]\nwhen = "earthquake"',), "alerts.rules.0"),
        (('[[alerts.rules]]\nwhen = "deadline"\ndays = 0',), "days"),
        (('[alerts.webhook]\nurl = "https://hook.example/"\nsecret = "NOT_SET"', RULES[0]), "no NOT_SET"),
        (('[alerts.webhook]\nurl = "file:///etc/passwd"\nsecret = "HOOK"', RULES[0]), "url"),
        (('[alerts.mail]\nhost = "m"\nsender = "x"\nto = ["a@b.example"]', RULES[0]), "sender"),
        (('[alerts.mail]\nhost = "m"\nsender = "x@y.example"\nto = ["a@b.example, c@d.example"]', RULES[0]), "to"),
        (('atom = "../alerts.xml"', RULES[0]), "atom"),
    ],
)
def test_settings_that_are_not_in_their_form(read: Path, rows: tuple[str, ...], told: str) -> None:
    settings(read, *rows)
    result = run("alert", "-m", read)
    assert result.exit_code == 2 and told in result.stderr and result.stderr.count("\n") == 1
