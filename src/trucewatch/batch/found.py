"""What a shard holds: pages of a web archive, or rows of JSON lines or Parquet, not read yet."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from trucewatch import parts
from trucewatch.archive import Capture, Passed, pages
from trucewatch.batch.shards import kind
from trucewatch.errors import ReadError
from trucewatch.export.parquet import arrow
from trucewatch.model import Piece

LONGEST = 16 * 2**20  # bytes of a row
FIELDS = ("id", "url", "outlet", "language", "published", "title", "text")
GROUP = 500
OnFailed = Callable[[str, str], None]  # (place, what)
OnPassed = Callable[[Passed], None]


@contextmanager
def at_hand(uri: str) -> Iterator[Path]:
    """The file itself where it lies on this machine; else a copy for the while, so that a connection that breaks is not taken for
    a damaged archive."""
    at = parts.place(uri)
    local = getattr(at.files, "local_file", False) or "file" in _protocols(at.files)
    if local:
        yield Path(at.root)
        return
    with TemporaryDirectory(prefix="trucewatch-") as folder:
        path = Path(folder) / at.root.rsplit("/", 1)[-1]
        at.files.get_file(at.root, str(path))
        yield path


def found(path: Path, uri: str, language: str | None, on_failed: OnFailed, on_passed: OnPassed) -> Iterator[Piece]:
    """The pieces of a shard one by one. Raises ReadError where nothing of it can be read."""
    told = kind(uri)
    if told == "parquet":
        yield from _cells(path, uri, language)
    elif told == "rows":
        with _unpacked(path) as stream:
            yield from _lines(stream, uri, language, on_failed)
    else:
        if path.stat().st_size == 0:
            raise ReadError("nothing in it. Fetch it again.")
        with path.open("rb") as stream:
            broken = pages(stream, on_broken=lambda at, what: on_failed(f"{uri}@{at}", what), on_passed=on_passed)
            yield from (_piece(one, uri, language) for one in broken)


def _piece(capture: Capture, uri: str, language: str | None) -> Piece:
    return Piece(f"{uri}@{capture.offset}", capture.form, capture.body, language, capture.url, capture.fetched)


def _protocols(files: Any) -> tuple[str, ...]:
    told = files.protocol
    return (told,) if isinstance(told, str) else tuple(told)


@contextmanager
def _unpacked(path: Path) -> Iterator[BinaryIO]:
    import fsspec

    try:
        with fsspec.open(str(path), "rb", compression="infer") as stream:
            yield stream
    except (EOFError, ValueError) as problem:
        raise ReadError(f"it is damaged ({problem}). Fetch it again.") from None


def _lines(stream: BinaryIO, uri: str, language: str | None, on_failed: OnFailed) -> Iterator[Piece]:
    number, empty = 0, True
    while line := _readline(stream, uri, number, on_failed):
        number += 1
        if len(line) > LONGEST:
            on_failed(f"{uri}:{number}", f"a row of more than {LONGEST} bytes")
            while line and not line.endswith(b"\n"):
                line = _readline(stream, uri, number, on_failed)
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield Piece(f"{uri}:{number}", "row", line, language)
        empty = False
    if empty:
        raise ReadError("nothing in it. Give a file with rows.")


def _readline(stream: BinaryIO, uri: str, number: int, on_failed: OnFailed) -> bytes:
    """A line, or its beginning; nothing at the end, or where what is packed ends too early."""
    try:
        return stream.readline(LONGEST + 1)
    except (EOFError, OSError, ValueError) as problem:
        if number == 0:
            raise ReadError(f"it is damaged ({problem}). Fetch it again.") from None
        on_failed(f"{uri}:{number + 1}", f"what follows is damaged ({problem})")
        return b""


def _cells(path: Path, uri: str, language: str | None) -> Iterator[Piece]:
    made, parquet = arrow()
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name in FIELDS]
            if "text" not in names:
                raise ReadError('no column "text". Name the column of the articles so.')
            for batch in file.iter_batches(GROUP, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    yield Piece(f"{uri}:{number}", "row", _row(row), language)
    except (OSError, made.ArrowInvalid) as problem:
        raise ReadError(f"behind row {number} it is no Parquet ({problem}). Fetch it again.") from None


def _row(cells: dict[str, Any]) -> bytes:
    told = {name: _plain(value) for name, value in cells.items() if value is not None}
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value
