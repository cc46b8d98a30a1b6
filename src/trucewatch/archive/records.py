"""The records of a WARC file, plain or packed by gzip, zstd or lz4. What is broken is told with its offset; the rest is read."""

import re
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

LARGEST = 16 * 2**20  # bytes of a record at most; no page of news is as large
PACKED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"\x04\x22\x4d\x18")  # gzip, zstd, its dictionary, lz4
_PLAIN = b"WARC/"
_BLOCK = 2**20
_START = re.compile(rb"|".join((rb"WARC/[01]\.\d+\r?\n(?:WARC|Content)-", *map(re.escape, PACKED))))

Broken = Callable[[int, str], None]  # (offset, what)


@dataclass(frozen=True, slots=True)
class Record:
    """A record's block as it stands in the archive; of a response it begins with the head of HTTP. `offset`: where the record
    begins in the file, or the packed member that holds it. `block` None: it was too large and was not read."""

    kind: str
    url: str | None
    content_type: str
    at: datetime | None
    offset: int
    block: bytes | None


def records(stream: BinaryIO, on_broken: Broken) -> Iterator[Record]:
    """The records that may hold a page: responses, resources, conversions. `stream` must be able to seek."""
    at: int | None = 0
    while at is not None:
        at = yield from _from(stream, at, on_broken)


def _from(stream: BinaryIO, start: int, on_broken: Broken) -> Generator[Record, None, int | None]:
    """Reads on from an offset; gives the offset from which to try again, None at the end."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    stream.seek(start)
    here, length, first = start, 0, True
    try:
        for record in ArchiveIterator(stream, parse_http=False, quirks_mode=_lines_end_bare(stream, start)):
            first = False
            here, length = record.stream_pos, record.content_length
            told = _whole(record, bool(record.record_type & kinds))
            if isinstance(told, str):
                on_broken(here, told)
                return _next(stream, here + 1)
            if told is not None:
                yield told
    except OSError as problem:
        on_broken(here, f"what follows is no record ({problem})" if not first else f"no record ({problem})")
        return _next(stream, here + (1 if first or _packed(stream, here) else max(1, length)))
    after = start if first else here + (1 if _packed(stream, here) else max(1, length))
    if (cut := _next(stream, after, whole=False)) is not None:
        on_broken(cut, "the record is cut off in its head")
    elif first:
        on_broken(start, "no record")
    return None


def _whole(record: Any, wanted: bool) -> Record | str | None:
    """The record; None where it holds no page; words where it is cut off."""
    length: int = record.content_length
    if record.headers.get("Content-Length") is None:
        return "the record is cut off in its head"
    if not wanted or length > LARGEST:
        record.reader.consume()
        return _made(record, None) if wanted else None
    block: bytes = record.reader.read()
    return _made(record, block) if len(block) == length else f"the record is cut off: {len(block)} of {length} bytes"


def _made(record: Any, block: bytes | None) -> Record:
    kind = str(record.record_type)
    url = record.headers.get("WARC-Target-URI")
    form = record.headers.get("Content-Type") or ""
    return Record(kind, url.strip("<> ") if url else None, form, record.record_date, record.stream_pos, block)


def _lines_end_bare(stream: BinaryIO, at: int) -> bool:
    """Whether the head's lines end without a carriage return, which the standard does not allow and some tools write. Leaves
    the stream where it was."""
    head = _starts(stream, at)
    stream.seek(at)
    return head.startswith(_PLAIN) and b"\r\n" not in head


def _packed(stream: BinaryIO, at: int) -> bool:
    return _starts(stream, at).startswith(PACKED)


def _starts(stream: BinaryIO, at: int) -> bytes:
    stream.seek(at)
    return stream.read(512)


def _next(stream: BinaryIO, after: int, *, whole: bool = True) -> int | None:
    """Where the next record begins, at `after` or later: what looks like a beginning is tried. Not `whole`: it may be cut off
    before its head ends."""
    keep = 64  # bytes of a block that are looked at again with the following one
    at = max(0, after - 1)
    while True:
        stream.seek(at)
        block = stream.read(_BLOCK)
        for found in _START.finditer(block):
            here = at + found.start()
            if here >= after and (_opens(stream, here) if whole else _begins(stream, here)):
                return here
        if len(block) < _BLOCK:
            return None
        at += len(block) - keep


def _opens(stream: BinaryIO, at: int) -> bool:
    from fastwarc.warc import ArchiveIterator

    stream.seek(at)
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        return record is not None and bool(record.headers.get("WARC-Record-ID") or record.headers.get("WARC-Type"))
    except OSError:
        return False


def _begins(stream: BinaryIO, at: int) -> bool:
    """Whether the bytes are those of a record's beginning; of gzip unpacked, of the others by their sign."""
    start = _starts(stream, at)
    if not start.startswith(PACKED[0]):
        return True
    try:
        return _PLAIN.startswith(zlib.decompressobj(31).decompress(start, len(_PLAIN)))  # so few bytes may unpack to none
    except zlib.error:
        return False
