"""Fetching: a server that misbehaves gets one clear word, nothing hangs, nothing leads into a network of one's own."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from tests.badsites import PAGE, serving, sites
from trucewatch import net
from trucewatch.net import Fetched, Limits, Refused, Validators
from trucewatch.net.address import is_public, parsed
from trucewatch.net.pace import asked_for

ROOT = Path(__file__).resolve().parent.parent
LOCAL = frozenset({"127.0.0.1"})
QUICK = Limits(seconds=1.0, size=2 * 1024 * 1024)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The misbehaving server, in a thread of its own for all tests of this file."""
    found: list[int] = []
    ready, done = Event(), Event()

    async def run() -> None:
        async with serving(sites()) as number:
            found.append(number)
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.05)

    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert ready.wait(60)
    yield found[0]
    done.set()
    thread.join(10)


def get(
    url: str, *, limits: Limits = QUICK, validators: Validators | None = None, allow: frozenset[str] = LOCAL
) -> Fetched | Refused:
    async def run() -> Fetched | Refused:
        async with net.opened(allow=allow) as web:
            return await net.fetch(url, web, limits=limits, validators=validators or Validators())

    return asyncio.run(run())


OUTCOMES = {
    "/good": "ok",
    "/drip": "slow",
    "/silent": "slow",
    "/endless": "large",
    "/huge": "large",
    "/to-metadata": "address",
    "/to-mapped": "address",
    "/to-number": "address",
    "/to-file": "address",
    "/to-secret": "address",
    "/to-good": "ok",
    "/to-itself": "redirects",
    "/to-nonsense": "address",
    "/loop/0": "redirects",
    "/chain/0": "redirects",
    "/chain/14": "gone",
    "/bomb": "bomb",
    "/gzip": "ok",
    "/gzip-in-two": "ok",
    "/deflate": "ok",
    "/deflate-bare": "ok",
    "/gzip-broken": "broken",
    "/gzip-cut": "broken",
    "/gzip-lie": "broken",
    "/gzip-twice": "broken",
    "/short": "broken",
    "/cut-chunk": "broken",
    "/later": "busy",
    "/later-date": "busy",
    "/later-nonsense": "busy",
    "/charset": "ok",
    "/no-type": "ok",
    "/picture": "type",
    "/nothing": "gone",
    "/ended": "gone",
    "/closed": "denied",
    "/fault": "error",
    "/no-http": "broken",
    "/long-head": "broken",
    "/conditional": "ok",
}


@pytest.mark.parametrize(("path", "outcome"), OUTCOMES.items())
def test_each_way_to_misbehave_has_its_word(port: int, path: str, outcome: str) -> None:
    answer = get(f"http://127.0.0.1:{port}{path}")
    assert answer.outcome == outcome, answer
    assert answer.elapsed < 3
    if isinstance(answer, Fetched):
        assert answer.body == PAGE
    else:
        assert answer.what
        assert answer.mend.endswith(".")
        assert net.told(answer).startswith(f"http://127.0.0.1:{port}{path}: ")


def test_every_outcome_is_described() -> None:
    text = (ROOT / "docs" / "watching.md").read_text("utf-8")
    words = {*OUTCOMES.values(), "unchanged", "unreachable", "certificate"}
    assert [word for word in sorted(words) if f"| `{word}` |" not in text] == []


def test_a_redirect_to_this_machine_is_not_followed(port: int) -> None:
    """The first host is known by another name than the second, so only the first is on the list."""

    async def run() -> Fetched | Refused:
        async def resolve(host: str, _: int) -> list[str]:
            return ["127.0.0.1"]

        async with net.opened(allow=frozenset({"site.example"}), resolve=resolve) as web:
            return await net.fetch(f"http://site.example:{port}/to-loopback", web, limits=QUICK)

    answer = asyncio.run(run())
    assert isinstance(answer, Refused)
    assert (answer.outcome, answer.final) == ("address", "http://127.0.0.1/")
    assert "not public" in answer.what


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "\uff11\uff12\uff17.0.0.1",
    ],
)
def test_no_way_of_writing_it_leads_inside(port: int, host: str) -> None:
    answer = get(f"http://{host}:{port}/good", allow=frozenset())
    assert isinstance(answer, Refused)
    assert "not public" in answer.what or "not known" in answer.what or "no address" in answer.what, answer


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_numbers_are_public(number: str) -> None:
    assert is_public(number)


def test_one_closed_address_among_open_ones_closes_the_name(port: int) -> None:
    tried: list[str] = []

    async def run() -> Fetched | Refused:
        async def resolve(host: str, _: int) -> list[str]:
            tried.append(host)
            return ["8.8.8.8", "10.0.0.7"]

        async with net.opened(resolve=resolve) as web:
            return await net.fetch("http://two-faced.example/", web, limits=QUICK)

    answer = asyncio.run(run())
    assert (answer.outcome, tried) == ("address", ["two-faced.example"])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "example.org/feed",
        "http://",
        "http://example.org:25/",
        "http://a:b@example.org/",
    ],
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    assert isinstance(parsed(url), str)
    assert get(url).outcome == "address"


def test_unchanged_is_not_sent_again(port: int) -> None:
    url = f"http://127.0.0.1:{port}/conditional"
    first = get(url)
    assert isinstance(first, Fetched)
    told = Validators(net.header(first, "etag"), net.header(first, "last-modified"))
    again = get(url, validators=told)
    assert isinstance(again, Fetched)
    assert (first.outcome, again.outcome, again.status, again.body) == ("ok", "unchanged", 304, b"")


def test_what_we_send(port: int) -> None:
    answer = get(f"http://127.0.0.1:{port}/mirror", validators=Validators('"a\r\nX: y"', None))
    assert isinstance(answer, Fetched)
    lines = dict(line.split(": ", 1) for line in answer.body.decode().split("\n"))
    assert set(lines) == {"host", "user-agent", "accept", "accept-encoding"}, "no cookies, no header of a server's making"
    assert lines["user-agent"].startswith("trucewatch/")


def test_wire_and_body_are_both_kept(port: int) -> None:
    answer = get(f"http://127.0.0.1:{port}/gzip")
    assert isinstance(answer, Fetched)
    assert answer.wire[:2] == b"\x1f\x8b"
    assert net.gunzipped(answer.wire, 10**6) == answer.body == PAGE
    with pytest.raises(net.TooLargeError):
        net.gunzipped(answer.wire, len(PAGE) - 1)


def test_waiting_as_asked(port: int) -> None:
    asked = {path: get(f"http://127.0.0.1:{port}{path}") for path in ("/later", "/later-date", "/later-nonsense")}
    assert [answer.retry_after for answer in asked.values() if isinstance(answer, Refused)] == [120.0, 300.0, None]
    assert asked_for("-5", None) is None
    assert asked_for("9" * 400, None) == 86400
    assert asked_for("Mon, 99 Jan 2026", "Mon, 12 Jan 2026 10:00:00 GMT") is None


def test_pauses_grow_and_are_spread() -> None:
    pauses = [net.pause(n, first=60, longest=3600, random=Random(7)) for n in range(1, 12)]
    assert 45 <= pauses[0] <= 75
    assert all(pause <= 4500 for pause in pauses)
    assert pauses[4] > 4 * pauses[0]
    assert len({round(net.pause(3, first=60, longest=3600, random=Random(n))) for n in range(9)}) > 5
    assert net.pause(1, first=60, longest=3600, random=Random(1), asked=7200) == 7200


def test_no_secret_in_a_message() -> None:
    shown = net.shown("https://name:word@example.org/feed?api_key=abc&page=2&Token=xyz\n")
    assert shown == "https://example.org/feed?api_key=...&page=2&Token=..."
    answer = get("http://name:word@example.org/feed?key=abc")
    assert isinstance(answer, Refused)
    assert not {"word", "abc"} & set(net.told(answer).replace("=", " ").replace("@", " ").split())


def test_a_site_that_cannot_be_reached() -> None:
    nobody = get("http://127.0.0.1:59999/")
    assert nobody.outcome == "unreachable"
    assert get("http://no-such-name.invalid/").outcome == "unreachable"


def test_a_certificate_of_ones_own_making(tmp_path: Path) -> None:
    import ssl

    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    try:
        subprocess.run([*words, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)

    async def run() -> Fetched | Refused:
        server = await asyncio.start_server(lambda _, out: out.close(), "127.0.0.1", 0, ssl=context)
        async with server, net.opened(allow=LOCAL) as web:
            return await net.fetch(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/", web, limits=QUICK)

    answer = asyncio.run(run())
    assert answer.outcome == "certificate", answer


# --- robots.txt


def robots(text: str) -> net.Robots:
    return net.robots_of(_ok(text.encode()))


def _ok(body: bytes) -> Fetched:
    return Fetched("ok", "http://a.example/robots.txt", "", (), 200, "OK", "HTTP/1.1", (), body, body, 0.1)


def _no(outcome: str, status: int | None, retry_after: float | None = None) -> Refused:
    return Refused(outcome, "http://a.example/robots.txt", "", (), status, "", "", 0.1, retry_after)


def test_rules_of_a_site() -> None:
    rules = robots("User-agent: trucewatch\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n")
    assert net.allows(rules, "http://a.example/news/1")
    assert not net.allows(rules, "http://a.example/private/1")
    assert net.delay(rules) == 7
    assert not net.allows(robots("User-agent: *\nDisallow: /"), "http://a.example/news")
    assert net.delay(robots("")) == 0
    assert net.robots_url("https://a.example:8443/x/y?z=1#k") == "https://a.example:8443/robots.txt"


def test_rules_that_cannot_be_had() -> None:
    answers = (_no("gone", 404), True), (_no("denied", 403), True), (_no("error", 500), False), (_no("slow", None), False)
    for answer, free in answers:
        assert net.allows(net.robots_of(answer), "http://a.example/news") is free
    assert net.robots_of(_no("busy", 429, 90.0)).seconds == 90
    assert [net.is_known(net.robots_of(_no("x", status))) for status in (404, 500, None)] == [True, False, False]
    assert not net.allows(net.robots_of(_no("busy", 429, 90.0)), "http://a.example/news")


# --- memory

_EATER = """
import asyncio, json, pathlib, re, sys
from trucewatch import net

async def run(base):
    limits = net.Limits(seconds=20)
    async with net.opened(allow=frozenset({"127.0.0.1"})) as web:
        paths = ["/endless", "/bomb", "/huge", "/long-head"]
        answers = await asyncio.gather(*(net.fetch(base + path, web, limits=limits) for path in paths))
    told = pathlib.Path("/proc/self/status").read_text()  # the usual call would count what the parent had
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", told)[1]) // 1024
    print(json.dumps({"outcomes": [answer.outcome for answer in answers], "megabytes": peak}))

asyncio.run(run(sys.argv[1]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc on this system")
def test_five_gigabytes_and_a_bomb_at_once_cost_little_memory(port: int) -> None:
    words = [sys.executable, "-c", _EATER, f"http://127.0.0.1:{port}"]
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(done.stdout)
    assert told["outcomes"] == ["large", "bomb", "large", "broken"]
    assert told["megabytes"] < 200
