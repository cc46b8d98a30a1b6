"""A record as its file holds it: WARC/1.1, each record a gzip member of its own, so that any of them can be read alone."""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

ROOM = 2048  # bytes of a record at least: as many as a tombstone may need that stands in its place
_WORDS = 400  # characters of a reason that a tombstone repeats; the ledger keeps all of it
_HEAD = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x02\xff"  # deflate, a comment follows, no moment
FETCHED = "Fetched-On"  # a field of our own
FIELDS = "application/warc-fields"


@dataclass(frozen=True, slots=True)
class Material:
    """What is to be kept. `kind`: response (`head` is the head of HTTP, `request` what was asked), resource (bytes of a file) or
    metadata (`payload` tells of an answer that was no page). `payload`: the body as it came. `fetched`: the day, where another
    fetched it."""

    kind: str
    url: str
    at: datetime
    content_type: str
    payload: bytes
    head: bytes = b""
    request: bytes = b""
    fetched: date | None = None


@dataclass(frozen=True, slots=True)
class Struck:
    """What stands in place of a record that was taken out: the digest of its payload, why, who, when."""

    digest: str
    reason: str
    who: str
    at: datetime


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def packed(material: Material) -> bytes:
    """The bytes of the record, after it those of its request. The same material gives the same bytes."""
    name = _name(material.kind, material.url, material.at, sha256(material.payload))
    told = [("WARC-Type", material.kind), *_common(name, material.at), ("WARC-Target-URI", material.url)]
    told.append(("WARC-Payload-Digest", f"sha256:{sha256(material.payload)}"))
    told += [(FETCHED, material.fetched.isoformat())] if material.fetched else []
    asked = b""
    if material.request:
        own = _name("request", material.url, material.at, sha256(material.request))
        beside = [("WARC-Type", "request"), *_common(own, material.at), ("WARC-Target-URI", material.url)]
        beside += [("WARC-Concurrent-To", name), ("Content-Type", "application/http; msgtype=request")]
        asked = member(_record(beside, material.request))
    told.append(("Content-Type", material.content_type))
    return member(_record(told, material.head + material.payload), ROOM - len(asked)) + asked


def tombstone(struck: Struck, length: int) -> bytes:
    """A record of exactly so many bytes, so that those behind it stay where they are."""
    reason = struck.reason if len(struck.reason) <= _WORDS else f"{struck.reason[:_WORDS]}…"
    fields = (
        ("digest", f"sha256:{struck.digest}"),
        ("reason", reason),
        ("who", struck.who[:_WORDS]),
        ("when", _moment(struck.at)),
    )
    block = _lines(fields)
    name = _name("tombstone", struck.digest, struck.at, str(length))
    told = [("WARC-Type", "metadata"), *_common(name, struck.at), ("WARC-Target-URI", f"urn:sha256:{struck.digest}")]
    return member(_record([*told, ("Content-Type", FIELDS)], block), length)


def member(data: bytes, length: int = 0) -> bytes:
    """One gzip member of at least this length; what is missing is blanks in the comment of its head."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(data) + deflate.flush()
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    blanks = max(0, length - len(_HEAD) - 1 - len(body) - len(tail))
    return b"".join((_HEAD, b" " * blanks, b"\x00", body, tail))


def fields(told: Iterable[tuple[str, str]]) -> bytes:
    """A block of named values, for what is no page."""
    return _lines(told)


def _record(told: Iterable[tuple[str, str]], block: bytes) -> bytes:
    head = [*told, ("WARC-Block-Digest", f"sha256:{sha256(block)}"), ("Content-Length", str(len(block)))]
    return b"".join((b"WARC/1.1\r\n", _lines(head), b"\r\n", block, b"\r\n\r\n"))


def _lines(told: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in told).encode("utf-8", "replace")


def _common(name: str, at: datetime) -> list[tuple[str, str]]:
    return [("WARC-Record-ID", name), ("WARC-Date", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")]


def _name(kind: str, url: str, at: datetime, digest: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {url} {_moment(at)} {digest}')}>"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
