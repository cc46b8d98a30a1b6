"""Records as captures: the page that was fetched, its address, form and moment; the wrapping of HTTP taken off."""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from trucewatch.archive.records import PACKED, Record, records

_FORMS = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "": "unknown",
}
_END = re.compile(rb"\r?\n\r?\n")
_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
OLD = b"filedesc://"  # an ARC file, the form before WARC


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched. `form`: page, text, pdf. `fetched`: its day by UTC. `offset`: where its record begins.
    `content_type` as the server told it."""

    url: str | None
    form: str
    body: bytes
    fetched: date | None
    offset: int
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that was not read, and why: status (no page was served), form (no text), large, gate, unread (no article was
    found in it). `body`: its bytes, where they were looked at."""

    why: str
    url: str | None
    offset: int
    body: bytes = b""


def is_archive(first: bytes) -> bool:
    """By the first bytes: a WARC file, or something packed that may be one."""
    return first.startswith((b"WARC/", OLD, *PACKED))


def pages(stream: BinaryIO, *, on_broken: Callable[[int, str], None], on_passed: Callable[[Passed], None]) -> Iterator[Capture]:
    """The pages of a WARC file. What is broken is told with its offset, what is no page is passed over; the rest is read."""
    if stream.read(len(OLD)) == OLD:
        on_broken(0, "an ARC file, the form before WARC")
        return
    for record in records(stream, on_broken):
        found = _capture(record)
        if isinstance(found, Passed):
            on_passed(found)
        else:
            yield found


def _capture(record: Record) -> Capture | Passed:
    if record.block is None:
        return Passed("large", record.url, record.offset)
    status, head, body = _unwrapped(record)
    if status != 200 or not body or body.isspace():
        return Passed("status", record.url, record.offset)
    told = (head.get("content-type") or ("" if status and record.kind == "response" else record.content_type)).lower()
    form = _FORMS.get(told.partition(";")[0].strip(), "")
    if form == "unknown":
        form = "pdf" if body.startswith(b"%PDF-") else "page" if body.lstrip()[:1] == b"<" else ""
    if not form:
        return Passed("form", record.url, record.offset)
    return Capture(record.url, form, body, record.at.date() if record.at else None, record.offset, told)


def _unwrapped(record: Record) -> tuple[int, Mapping[str, str], bytes]:
    """(status, head, body); a record that is not HTTP counts as served."""
    block = record.block or b""
    if not block.startswith(b"HTTP/"):
        return 200, {}, block
    cut = _END.search(block)
    lines = block[: cut.start() if cut else len(block)].decode("latin-1").splitlines()
    head = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    code = lines[0].split()[1:2]
    body = block[cut.end() :] if cut else b""
    if "chunked" in head.get("transfer-encoding", "").lower():
        body = unchunked(body)
    return int(code[0]) if code and code[0].isdecimal() else 0, head, unpacked(body, head.get("content-encoding", "").lower())


def unchunked(body: bytes) -> bytes:
    """The parts put together. Archives that took the parts apart already often leave the head as it was: the body is then
    given back as it is."""
    out: list[bytes] = []
    at = 0
    while found := _SIZE.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(out)
        out.append(body[found.end() : found.end() + size])
        at = found.end() + size
    return b"".join(out) if out and at >= len(body) else body


def unpacked(body: bytes, coding: str) -> bytes:
    """The body without its compression; as it is where it is not compressed in truth."""
    try:
        if coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(31).decompress(body)
        if coding == "deflate":
            return zlib.decompressobj(15 if body[:1] == b"\x78" else -15).decompress(body)
        if coding == "br":
            from fastwarc.stream_io import BrotliReader

            return BrotliReader(io.BytesIO(body)).read()
        if coding == "zstd":
            from fastwarc.stream_io import ZstdReader

            return ZstdReader(io.BytesIO(body)).read()
    except (OSError, zlib.error):
        pass
    return body
