"""A server on this machine that misbehaves on purpose, in as many ways as the web does."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

PAGE = b"<html><body><p>The parties met in the town.</p></body></html>"
Writer = asyncio.StreamWriter
Answer = Callable[[dict[str, str], Writer], Awaitable[None]]


def head(status: str, *lines: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "Connection: close", "", "")).encode("latin-1")


def plain(body: bytes, *lines: str, status: str = "200 OK", kind: str | None = "text/html") -> Answer:
    """Sends a whole answer."""
    told = [f"Content-Length: {len(body)}", *([f"Content-Type: {kind}"] if kind else []), *lines]

    async def answer(_: dict[str, str], out: Writer) -> None:
        out.write(head(status, *told) + body)

    return answer


def moved(to: str, status: str = "302 Found") -> Answer:
    return plain(b"", f"Location: {to}", status=status)


async def drip(_: dict[str, str], out: Writer) -> None:
    """A byte now and then, for ever."""
    out.write(head("200 OK", "Content-Type: text/html"))
    while True:
        out.write(b" ")
        await out.drain()
        await asyncio.sleep(0.05)


async def silent(_: dict[str, str], out: Writer) -> None:
    await asyncio.sleep(600)


async def endless(_: dict[str, str], out: Writer) -> None:
    """Five gigabytes, of which the length is not told."""
    out.write(head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked"))
    piece = b"x" * 65536
    for _number in range(5 * 1024**3 // len(piece)):
        out.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        await out.drain()


async def cut_chunk(_: dict[str, str], out: Writer) -> None:
    out.write(head("200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked") + b"ff\r\nhello")


async def conditional(asked: dict[str, str], out: Writer) -> None:
    if asked.get("if-none-match") == '"v1"' or asked.get("if-modified-since") == "Mon, 12 Jan 2026 10:00:00 GMT":
        out.write(head("304 Not Modified", 'ETag: "v1"'))
    else:
        told = ('ETag: "v1"', "Last-Modified: Mon, 12 Jan 2026 10:00:00 GMT", "Content-Type: text/html")
        out.write(head("200 OK", *told, f"Content-Length: {len(PAGE)}") + PAGE)


async def mirror(asked: dict[str, str], out: Writer) -> None:
    """Sends back what was asked."""
    body = "\n".join(f"{name}: {value}" for name, value in asked.items()).encode()
    out.write(head("200 OK", "Content-Type: text/plain", f"Content-Length: {len(body)}") + body)


def bomb() -> bytes:
    """A gigabyte of blanks, in a megabyte."""
    work = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = b" " * 1024**2
    return b"".join([*(work.compress(piece) for _ in range(1024)), work.flush()])


def sites() -> dict[str, Answer]:
    """Path → what happens there."""
    zipped = gzip.compress(PAGE)
    bare = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    flat = bare.compress(PAGE) + bare.flush()
    loop = {f"/loop/{n}": moved(f"/loop/{(n + 1) % 3}") for n in range(3)}
    chain = {f"/chain/{n}": moved(f"/chain/{n + 1}", "301 Moved Permanently") for n in range(20)}
    return {
        "/good": plain(PAGE, "Content-Type: text/html; charset=utf-8", kind=None),
        "/drip": drip,
        "/silent": silent,
        "/endless": endless,
        "/huge": _huge,
        "/to-loopback": moved("http://127.0.0.1/"),
        "/to-metadata": moved("http://169.254.169.254/latest/meta-data/"),
        "/to-mapped": moved("http://[::ffff:127.0.0.1]/"),
        "/to-number": moved("http://2130706433/"),
        "/to-file": moved("file:///etc/passwd"),
        "/to-secret": moved("http://name:word@example.org/"),
        "/to-good": moved("/good"),
        "/to-itself": moved("/to-itself"),
        "/to-nonsense": moved("http://[::"),
        "/bomb": plain(bomb(), "Content-Encoding: gzip"),
        "/gzip": plain(zipped, "Content-Encoding: gzip"),
        "/gzip-in-two": plain(gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]), "Content-Encoding: gzip"),
        "/deflate": plain(zlib.compress(PAGE), "Content-Encoding: deflate"),
        "/deflate-bare": plain(flat, "Content-Encoding: deflate"),
        "/gzip-broken": plain(zipped[:10] + b"??" + zipped[12:], "Content-Encoding: gzip"),
        "/gzip-cut": plain(zipped[:-12], "Content-Encoding: gzip"),
        "/gzip-lie": plain(PAGE, "Content-Encoding: gzip"),
        "/gzip-twice": plain(gzip.compress(zipped), "Content-Encoding: gzip, gzip"),
        "/short": _short,
        "/cut-chunk": cut_chunk,
        "/later": plain(b"", "Retry-After: 120", status="429 Too Many Requests"),
        "/later-date": plain(
            b"",
            "Date: Mon, 12 Jan 2026 10:00:00 GMT",
            "Retry-After: Mon, 12 Jan 2026 10:05:00 GMT",
            status="503 Service Unavailable",
        ),
        "/later-nonsense": plain(b"", "Retry-After: soon", status="429 Too Many Requests"),
        "/charset": plain(PAGE, "Content-Type: text/html; charset=no-such-thing; =;", kind=None),
        "/no-type": plain(PAGE, kind=None),
        "/picture": plain(b"\x89PNG", kind="image/png"),
        "/nothing": plain(b"no such page", status="404 Not Found"),
        "/ended": plain(b"", status="410 Gone"),
        "/closed": plain(b"", status="403 Forbidden"),
        "/fault": plain(b"", status="500 Internal Server Error"),
        "/no-http": _no_http,
        "/long-head": _long_head,
        "/conditional": conditional,
        "/mirror": mirror,
        **loop,
        **chain,
    }


async def _short(_: dict[str, str], out: Writer) -> None:
    out.write(head("200 OK", "Content-Type: text/html", "Content-Length: 5000") + PAGE)


async def _huge(_: dict[str, str], out: Writer) -> None:
    out.write(head("200 OK", "Content-Type: text/html", "Content-Length: 5368709120"))


async def _no_http(_: dict[str, str], out: Writer) -> None:
    out.write(b"SSH-2.0-server\r\n")


async def _long_head(_: dict[str, str], out: Writer) -> None:
    out.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        out.write(b"X-Header-%d: %s\r\n" % (number, b"y" * 1000))
        await out.drain()


@asynccontextmanager
async def serving(answers: dict[str, Answer]) -> AsyncIterator[int]:
    """The port of a server that answers each path so; others with 404."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(source: asyncio.StreamReader, out: Writer) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            first = (await source.readline()).decode("latin-1").split()
            asked: dict[str, str] = {}
            while line := (await source.readline()).strip():
                name, _, value = line.decode("latin-1").partition(":")
                asked[name.lower()] = value.strip()
            path = first[1].partition("?")[0] if len(first) > 1 else "/"
            await answers.get(path, plain(b"", status="404 Not Found"))(asked, out)
            await out.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            out.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
