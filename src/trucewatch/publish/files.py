"""A file appears whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from trucewatch.errors import TrucewatchError


@contextmanager
def writing(out: Path) -> Iterator[TextIO]:
    """A text file to write into; it takes its name when the block ends well. Folders on the way are made."""
    with _part(out) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        yield file


@contextmanager
def writing_bytes(out: Path) -> Iterator[BinaryIO]:
    """The same for a file that is no text."""
    with _part(out) as part, part.open("wb") as file:
        yield file


@contextmanager
def _part(out: Path) -> Iterator[Path]:
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(out)
    except OSError as problem:
        raise TrucewatchError(f"{out}: cannot be written ({problem.strerror}). Give another place.") from problem
    finally:
        if part.is_file():
            part.unlink()
