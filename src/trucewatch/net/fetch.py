"""One address fetched: guarded, capped in size, time and redirects. Every end has one word, and none of them is an exception."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatch

import httpcore
import httpx

from trucewatch import __version__
from trucewatch.net.address import parsed, shown
from trucewatch.net.guard import ClosedError, GuardedBackend, Resolve, UnknownError, resolved
from trucewatch.net.pace import asked_for
from trucewatch.net.unpack import StrangeError, TooLargeError, unpacker

AGENT = f"trucewatch/{__version__} (reads news on ceasefires; obeys robots.txt)"
_XML = ("application/xml", "application/*+xml", "text/*")
FEEDS = (*_XML, "application/json", "application/*+json", "application/gzip", "application/x-gzip", "application/octet-stream")
PAGES = _XML
FOR_GOOD = (301, 308)
_BOMB = 20  # a body that grows more than so many times is no news page


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for all of it, redirects included; `size` in bytes, as sent and as unpacked; `redirects` followed at most."""

    seconds: float = 40.0
    connect: float = 10.0
    size: int = 16 * 1024 * 1024
    redirects: int = 6


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server told with the last answer, so that it need not send the same again."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. `outcome`: ok, or unchanged (304, no body). `final`: the address that answered, after `redirects`.

    `wire` is the body as sent, `body` the same unpacked. Header names are in small letters. `elapsed` in seconds. `asked`: the
    headers that were sent, after that of the host. `moved`: the last status and the address to which it was moved for good (301,
    308), before any other redirect.
    """

    outcome: str
    url: str
    final: str
    redirects: tuple[str, ...]
    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    body: bytes
    elapsed: float
    asked: tuple[tuple[str, str], ...] = ()
    moved: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """No whole answer that can be used. `outcome` is a word of docs/watching.md; `retry_after`: seconds the server asks for."""

    outcome: str
    url: str
    final: str
    redirects: tuple[str, ...]
    status: int | None
    what: str
    mend: str
    elapsed: float
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Web:
    """An open pool of connections."""

    pool: httpcore.AsyncConnectionPool
    agent: str


@dataclass(frozen=True, slots=True)
class _Way:
    url: str
    begun: float
    redirects: tuple[str, ...] = ()
    moved: tuple[int, str] | None = None

    def elapsed(self) -> float:
        return round(asyncio.get_running_loop().time() - self.begun, 3)

    def refused(self, outcome: str, told: str, status: int | None = None, retry_after: float | None = None) -> Refused:
        what, _, mend = told.partition(". ")
        final = self.redirects[-1] if self.redirects else self.url
        return Refused(outcome, self.url, final, self.redirects, status, what, mend, self.elapsed(), retry_after)


@asynccontextmanager
async def opened(
    *, agent: str = AGENT, connections: int = 32, allow: frozenset[str] = frozenset(), resolve: Resolve = resolved
) -> AsyncIterator[Web]:
    """Connections to the web. `allow`: hosts that may stand for any address, for tests only. No proxy is used: it would resolve
    names by itself, past the guard."""
    backend = GuardedBackend(allow, resolve)
    async with httpcore.AsyncConnectionPool(
        max_connections=connections, max_keepalive_connections=connections // 2, keepalive_expiry=15, network_backend=backend
    ) as pool:
        yield Web(pool, agent)


def header(answer: Fetched, name: str) -> str | None:
    """The first header of a name, given in small letters."""
    return next((value for key, value in answer.headers if key == name), None)


def told(answer: Refused) -> str:
    """The line for a user: `address: what. Mend.`"""
    return f"{shown(answer.url)}: {answer.what}. {answer.mend}"


async def fetch(
    url: str, web: Web, *, limits: Limits = Limits(), validators: Validators = Validators(), accept: Sequence[str] = PAGES
) -> Fetched | Refused:
    """The answer of an address. `accept`: patterns of content types whose body is read; one that tells none is read too."""
    way = _Way(url, asyncio.get_running_loop().time())
    try:
        async with asyncio.timeout(limits.seconds):
            while True:
                answer = await _hop(way, web, limits, validators, accept)
                if isinstance(answer, Fetched | Refused):
                    return answer
                way = answer
    except TimeoutError:
        return way.refused("slow", f"no whole answer within {limits.seconds:g} seconds. It is tried again later.")


async def _hop(way: _Way, web: Web, limits: Limits, validators: Validators, accept: Sequence[str]) -> Fetched | Refused | _Way:
    """One request: an answer, or the way on after a redirect."""
    target = parsed(way.redirects[-1] if way.redirects else way.url)
    if isinstance(target, str):
        return way.refused("address", f"it leads to {shown(way.redirects[-1])}; {target}" if way.redirects else target)
    waits = {"connect": limits.connect, "pool": limits.seconds, "read": limits.seconds, "write": limits.seconds}
    headers = _headers(web, validators, accept)
    try:
        async with web.pool.stream("GET", str(target), headers=headers, extensions={"timeout": waits}) as response:
            answer = await _answer(way, target, response, limits, accept)
            return replace(answer, asked=tuple(headers)) if isinstance(answer, Fetched) else answer
    except ClosedError as problem:
        return way.refused("address", f"{problem}, which is not public. Give the address of a public site.")
    except UnknownError as problem:
        return way.refused("unreachable", f"the name {target.host} is not known ({problem}). Look at its spelling.")
    except (httpcore.TimeoutException, httpcore.ConnectError) as problem:
        why = str(problem) or "no answer"
        if "certificate" in why.lower():
            return way.refused("certificate", f"the certificate of {target.host} is not valid ({why}). Ask the site to mend it.")
        return way.refused("unreachable", f"{target.host} cannot be reached ({why}). It is tried again later.")
    except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.UnsupportedProtocol) as problem:
        return way.refused("broken", f"the answer is not whole or not in the form of HTTP ({problem}). It is tried again later.")


def _headers(web: Web, validators: Validators, accept: Sequence[str]) -> list[tuple[str, str]]:
    said = [("User-Agent", web.agent), ("Accept-Encoding", "gzip, deflate")]
    said.append(("Accept", ", ".join(name for name in accept if "*+" not in name) + ", */*;q=0.1"))
    said += [("If-None-Match", validators.etag)] if validators.etag else []
    said += [("If-Modified-Since", validators.modified)] if validators.modified else []
    return [(name, value) for name, value in said if value.isascii() and value.isprintable()]


async def _answer(
    way: _Way, target: httpx.URL, response: httpcore.Response, limits: Limits, accept: Sequence[str]
) -> Fetched | Refused | _Way:
    headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
    said: Mapping[str, str] = dict(reversed(headers))  # of two of a name the first
    status = response.status
    if status in (301, 302, 303, 307, 308) and said.get("location"):
        return _onward(way, target, said["location"], limits, status)
    if status not in (200, 203, 304):
        return _turned_down(way, status, said)
    body: tuple[bytes, bytes] | Refused = (b"", b"")
    if status != 304:
        kind = said.get("content-type", "").partition(";")[0].strip().lower()
        if kind and not any(fnmatch(kind, pattern) for pattern in accept):
            return way.refused("type", f"it is of the type '{kind[:80]}'. Give the address of a page or a feed.", status)
        body = await _body(way, response, said, limits)
    if isinstance(body, Refused):
        return body
    reason, version = (response.extensions.get(name, b"").decode("latin-1") for name in ("reason_phrase", "http_version"))
    outcome = "unchanged" if status == 304 else "ok"
    wire, clear = body
    told = (outcome, way.url, str(target), way.redirects, status, reason, version, headers, wire, clear, way.elapsed())
    return Fetched(*told, moved=way.moved)


def _onward(way: _Way, target: httpx.URL, location: str, limits: Limits, status: int) -> Refused | _Way:
    try:
        # Servers write letters beyond ASCII as bare UTF-8 into this header.
        onward = str(target.join(location.encode("latin-1").decode("utf-8", "replace")))
    except (httpx.InvalidURL, ValueError, UnicodeError) as problem:
        return way.refused("address", f"it leads to what is no address ({problem}). Ask the site to mend it.", status)
    if len(way.redirects) >= limits.redirects or onward in (str(target), *way.redirects):
        return way.refused(
            "redirects", f"it leads on and on ({len(way.redirects) + 1} redirects). Give the address it should end at.", status
        )
    for_good = status in FOR_GOOD and (way.moved[1] if way.moved else way.url) == (way.redirects or (way.url,))[-1]
    return _Way(way.url, way.begun, (*way.redirects, onward), (status, onward) if for_good else way.moved)


def _turned_down(way: _Way, status: int, said: Mapping[str, str]) -> Refused:
    asked = asked_for(said.get("retry-after"), said.get("date"))
    later = f"asks to be left alone for {asked:.0f} seconds" if asked is not None else f"answers {status}"
    if status in (429, 503):
        return way.refused("busy", f"the server {later}. It is tried again later.", status, asked)
    if status in (404, 410):
        return way.refused("gone", f"there is nothing (status {status}). Look for its new address.", status)
    if status in (401, 402, 403, 407, 451):
        return way.refused("denied", f"it is not shown to us (status {status}). Ask the site, or leave it out.", status)
    return way.refused("error", f"the server answers with status {status}. It is tried again later.", status, asked)


async def _body(way: _Way, response: httpcore.Response, said: Mapping[str, str], limits: Limits) -> tuple[bytes, bytes] | Refused:
    """The body as sent and as meant."""
    length = said.get("content-length", "")
    large = f"it is larger than {limits.size:,} bytes. Raise the limit if it is meant to be."
    if length.isdecimal() and int(length[:20]) > limits.size:
        return way.refused("large", large, response.status)
    wire, body = bytearray(), bytearray()
    encoding = said.get("content-encoding", "")
    try:
        unpack = unpacker(encoding, limits.size)
        async for piece in response.aiter_stream():
            wire += piece
            if len(wire) > limits.size:
                return way.refused("large", large, response.status)
            body += unpack(piece) if piece else b""
        body += unpack(b"")
    except TooLargeError:
        if len(wire) * _BOMB < limits.size:
            return way.refused("bomb", f"{len(wire):,} bytes unpack to more than {limits.size:,}. Leave it out.", response.status)
        return way.refused("large", large, response.status)
    except StrangeError as problem:
        return way.refused("broken", f"it has {problem}. It is tried again later.", response.status)
    sent = bytes(wire)
    return sent, sent if sent == body else bytes(body)
