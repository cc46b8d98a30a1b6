"""A web of made-up papers on this machine: each has a feed and pages, and answers some requests badly. Nothing of it is news.

`Web.now` is the cycle the web is in: a feed lists what was printed until then. What is asked for is counted.
"""

import asyncio
import gzip
import hashlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

FIRST = date(2026, 1, 5)
_SYLLABLES = (
    "ar",
    "bo",
    "da",
    "el",
    "fu",
    "ga",
    "hi",
    "ko",
    "la",
    "mu",
    "ni",
    "or",
    "pe",
    "ra",
    "si",
    "to",
    "ul",
    "ve",
    "wa",
    "zi",
)
FAULTS = ("error", "busy", "short", "packed", "loop", "slow", "reset", "cut", "silent", "nonsense")


@dataclass
class Web:
    """`papers`: how many; `cycles`: in how many of them something is printed; `faults`: the share of requests answered badly;
    `drip`: seconds between two bytes of a slow answer; `later`: the
    pause that a busy one asks for; `port` is known once it is served."""

    papers: int
    cycles: int
    faults: float = 0.2
    rate: float = 0.3
    seed: int = 1
    drip: float = 0.3
    later: int = 90
    now: int = 0
    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    faulty: Counter[str] = field(default_factory=Counter)

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(f"paper{number}.example" for number in range(self.papers))

    def feed_url(self, paper: int) -> str:
        return f"http://paper{paper}.example:{self.port}/feed.xml"

    def pages(self, upto: int | None = None) -> list[str]:
        """The addresses of all that was printed up to a cycle, those not looked at yet included."""
        last = self.cycles - 1 if upto is None else upto
        return [
            f"http://paper{p}.example:{self.port}/news/{c}-{n}" for p in range(self.papers) for c, n in _printed(self, p, last)
        ]


async def resolve(_: str, __: int) -> list[str]:
    """Every name is this machine."""
    return ["127.0.0.1"]


@asynccontextmanager
async def served(web: Web) -> AsyncIterator[None]:
    tasks: set[asyncio.Task[None]] = set()

    async def serve(source: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            while await _answer(web, source, out):
                await out.drain()
        tasks.discard(task)
        out.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
    web.port = server.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _answer(web: Web, source: asyncio.StreamReader, out: asyncio.StreamWriter) -> bool:
    """One request answered; whether the connection stays open."""
    first = (await source.readline()).decode("latin-1").split()
    told: dict[str, str] = {}
    while line := (await source.readline()).strip():
        name, _, value = line.decode("latin-1").partition(":")
        told[name.lower()] = value.strip()
    if len(first) < 2 or "host" not in told:
        return False
    paper, path = int(told["host"].partition(".")[0].removeprefix("paper")), first[1]
    url = f"http://{told['host']}{path}"
    web.asked[url] += 1
    if path == "/robots.txt":
        out.write(_head("404 Not Found", "Content-Length: 0"))
        return True
    dice = Random(f"{web.seed} {url.replace(str(web.port), '')} {web.asked[url]}")
    body = _feed(web, paper) if path == "/feed.xml" else _page(web, paper, path)
    fault = dice.choice(FAULTS) if dice.random() < web.faults else None
    if fault:
        web.faulty[fault] += 1
        await _badly(web, fault, body, path, out)
        return False
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if told.get("if-none-match") == tag:
        out.write(_head("304 Not Modified", f"ETag: {tag}"))
        return True
    packed = gzip.compress(body, 1)
    kind = "application/rss+xml" if path == "/feed.xml" else "text/html; charset=utf-8"
    out.write(
        _head("200 OK", f"ETag: {tag}", f"Content-Type: {kind}", "Content-Encoding: gzip", f"Content-Length: {len(packed)}")
    )
    out.write(packed)
    await out.drain()
    web.whole[url] += 1
    return True


async def _badly(web: Web, fault: str, body: bytes, path: str, out: asyncio.StreamWriter) -> None:
    kind = "Content-Type: text/xml" if path == "/feed.xml" else "Content-Type: text/html"
    close = "Connection: close"
    if fault == "error":
        out.write(_head("500 Internal Server Error", "Content-Length: 0", close))
    elif fault == "busy":
        out.write(_head("429 Too Many Requests", f"Retry-After: {web.later}", "Content-Length: 0", close))
    elif fault == "short":
        out.write(_head("200 OK", kind, f"Content-Length: {len(body) + 100}", close) + body)
    elif fault == "packed":
        out.write(_head("200 OK", kind, "Content-Encoding: gzip", f"Content-Length: {len(body)}", close) + body)
    elif fault == "loop":
        out.write(_head("302 Found", f"Location: {path}", "Content-Length: 0", close))
    elif fault == "slow":
        out.write(_head("200 OK", kind, f"Content-Length: {len(body)}", close))
        for number in range(20):
            out.write(body[number : number + 1])
            await out.drain()
            await asyncio.sleep(web.drip)
    elif fault == "cut" and path == "/feed.xml":  # a whole answer, with a tag, that holds half a feed
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        half = body[: len(body) // 2]
        out.write(_head("200 OK", kind, f"ETag: {tag}", f"Content-Length: {len(half)}", close) + half)
    elif fault == "silent":
        await asyncio.sleep(web.drip * 20)
    elif fault == "nonsense":
        out.write(b"\x00\x01\x02 no HTTP at all\r\n\r\n")
    await out.drain()


def _head(status: str, *lines: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode("latin-1")


def _printed(web: Web, paper: int, last: int) -> list[tuple[int, int]]:
    """(cycle, number) of what a paper has printed up to a cycle: something in the first, then now and then."""
    out = [(0, 0)]
    for cycle in range(1, min(last, web.cycles - 1) + 1):
        dice = Random(f"{web.seed} {paper} {cycle}")
        out += [(cycle, number) for number in range(2) if dice.random() < web.rate / 2]
    return out


def _feed(web: Web, paper: int) -> bytes:
    items = [
        f"<item><title>Report {cycle}-{number}</title><link>/news/{cycle}-{number}?utm_source=feed</link>"
        f"<pubDate>{_day(cycle):%d %b %Y} 10:00 local time</pubDate></item>"
        for cycle, number in reversed(_printed(web, paper, web.now))
    ]
    title = f"<title>Paper {paper}</title><link>/</link><language>en</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{title}{"".join(items)}</channel></rss>'.encode()


def _page(web: Web, paper: int, path: str) -> bytes:
    cycle, number = map(int, path.partition("?")[0].rpartition("/")[2].split("-"))
    dice = Random(f"{web.seed} page {paper} {path.partition('?')[0]}")
    day, dead = _day(cycle), dice.randrange(2, 400)
    towns = ["".join(dice.choices(_SYLLABLES, k=3)).capitalize() for _ in range(25)]
    roads = " ".join(f"Between {a} and {b} lies a hill." for a, b in zip(towns[1::2], towns[2::2], strict=False))
    return f"""<!DOCTYPE html><html lang="en"><head><title>Report {cycle}-{number} of paper {paper}</title>
<meta property="article:published_time" content="{day}T10:00:00+00:00"></head><body><header>Paper {paper}</header><article>
<h1>Report {cycle}-{number} of paper {paper}</h1><p>The army of party A shelled the town of {towns[0]} on {day:%A}, killing {dead}
people, a spokesman of party B said.</p><p>{roads}</p>
<p>The army of party A denied the report and said that fighters of party B had fired {dead + 3} rockets from the hills.</p>
</article></body></html>""".encode()


def _day(cycle: int) -> date:
    return FIRST - timedelta(days=cycle % 5)
