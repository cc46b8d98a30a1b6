"""The files of evidence. Who writes holds the ledger's lock, so that there is one writer at a time: what lies behind the last
noted record is then nobody's work any more."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trucewatch.errors import EvidenceError
from trucewatch.evidence.record import sha256
from trucewatch.evidence.replay import whole

FOLDER = "evidence"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record lies. `record`: the digest of its bytes. `cut`: bytes of a torn record before it that were cut off."""

    file: str
    offset: int
    length: int
    record: str
    cut: int


def append(folder: Path, data: bytes, *, day: date, ends: Callable[[str], int]) -> Placed:
    """Writes a record behind the last one of the day's file, down to the disk. `ends`: file → where its last noted record ends,
    else 0.

    What a killed writer left is cut if it is torn; whole records stay. A file that is shorter than noted has lost something and
    is not written to: the next one takes its place. Raises EvidenceError.
    """
    number = 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / (f"{day}.warc.gz" if number == 1 else f"{day}.{number}.warc.gz")
            end, size = ends(path.name), path.stat().st_size if path.exists() else 0
            if size >= end:
                return _written(path, data, end, size)
            number += 1
    except OSError as problem:
        what = f"the evidence cannot be written ({problem.strerror})"
        raise EvidenceError(f"{folder}: {what}. Make room, or give the right to write there.") from problem


def strike(folder: Path, file: str, offset: int, data: bytes) -> str:
    """Writes over a record; `data` is as long as it was. Returns the digest of what lies there now. Raises EvidenceError."""
    path = folder / file
    try:
        with path.open("r+b") as stream:
            stream.seek(offset)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as problem:
        what = f"the record at {offset} cannot be taken out ({problem.strerror})"
        raise EvidenceError(f"{path}: {what}. Give the right to write, and redact again.") from problem
    return sha256(data)


def _written(path: Path, data: bytes, end: int, size: int) -> Placed:
    fresh = not path.exists()
    with path.open("xb" if fresh else "r+b") as stream:
        kept = end
        if size > end:
            stream.seek(end)
            kept = end + whole(stream.read())
            stream.truncate(kept)
        stream.seek(kept)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if fresh:
        _settle(path.parent)
    return Placed(path.name, kept, len(data), sha256(data), size - kept)


def _settle(folder: Path) -> None:
    """The name of a new file down to the disk, where the system can do so for a folder."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
