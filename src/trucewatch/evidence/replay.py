"""Reading evidence again, record by record, by another program's reader than the one that wrote it."""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from trucewatch.errors import EvidenceError
from trucewatch.evidence.record import sha256


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read again. `head`: the head of HTTP, as named values with the status line first, empty where there is
    none. `sound`: its digests are those of its bytes. `struck`: it stands in place of one that was taken out."""

    kind: str
    headers: tuple[tuple[str, str], ...]
    head: tuple[tuple[str, str], ...]
    payload: bytes
    sound: bool
    struck: bool


def files(folder: Path) -> tuple[Path, ...]:
    """The files of evidence, the oldest first."""
    return tuple(sorted(folder.glob("*.warc.gz"))) if folder.is_dir() else ()


def at(path: Path, offset: int, length: int) -> bytes:
    """The bytes of a record; fewer where the file ends before. Raises EvidenceError."""
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            return stream.read(length)
    except FileNotFoundError:
        raise EvidenceError(f"{path}: the file is missing. Put back a copy of it.") from None
    except OSError as problem:
        raise EvidenceError(f"{path}: it cannot be read ({problem.strerror}). Look at its rights and at the disk.") from problem


def records(data: bytes) -> tuple[Record, ...]:
    """The records in these bytes; none where they are no whole WARC records."""
    from fastwarc.warc import ArchiveIterator

    if whole(data) != len(data):
        return ()
    found = []
    try:
        for record in ArchiveIterator(io.BytesIO(data), parse_http=False):
            headers = tuple((str(name), str(value)) for name, value in record.headers)
            found.append(_record(headers, record.reader.read()))
    except (OSError, ValueError):
        return ()
    return tuple(found)


def whole(data: bytes) -> int:
    """How many bytes from the beginning are whole gzip members."""
    done = 0
    while done < len(data):
        inflate = zlib.decompressobj(31)
        try:
            inflate.decompress(data[done:])
        except zlib.error:
            return done
        if not inflate.eof:
            return done
        done = len(data) - len(inflate.unused_data)
    return done


def lost(path: Path, start: int, end: int) -> tuple[int, int]:
    """(whole records, bytes that are no whole record) in a stretch that nothing was noted of."""
    data = at(path, start, end - start)
    good = whole(data)
    return len(records(data[:good])), len(data) - good


def _record(headers: tuple[tuple[str, str], ...], block: bytes) -> Record:
    told = dict(headers)
    kind = told.get("WARC-Type", "")
    cut = block.find(b"\r\n\r\n") if kind in ("response", "request") else -1
    head, payload = _head(block[:cut]) if cut >= 0 else (), block[cut + 4 :] if cut >= 0 else block
    sound = told.get("WARC-Block-Digest") == f"sha256:{sha256(block)}"
    if (digest := told.get("WARC-Payload-Digest")) is not None:
        sound = sound and digest == f"sha256:{sha256(payload)}"
    return Record(kind, headers, head, payload, sound, told.get("WARC-Target-URI", "").startswith("urn:sha256:"))


def _head(block: bytes) -> tuple[tuple[str, str], ...]:
    first, *rest = block.decode("utf-8", "replace").split("\r\n")
    named = ((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in rest))
    return (("", first), *named)
