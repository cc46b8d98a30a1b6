"""The lexicon of a language, every form spelt out, by first word. To spell it out takes longer than to code an article, so the
result is kept on disk between runs; a changed file, a changed version or another folder makes it anew."""

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch import __version__
from trucewatch.packs.pack import Term

CACHE = "TRUCEWATCH_CACHE"  # the folder to keep it in; empty: it is not kept


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """`rows`: first word -> its terms as bytes, turned into terms when a text holds the word. `strong`: words that are terms by
    themselves, `inner`: all words of terms."""

    rows: Mapping[str, bytes]
    count: int
    strong: frozenset[str]
    inner: frozenset[str]

    def plain(self) -> tuple[dict[str, bytes], int, frozenset[str], frozenset[str]]:
        """As plain data, from which it can be made again."""
        return dict(self.rows), self.count, self.strong, self.inner

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Term]:
        return (term for word in self.rows for term in self.starting(word))

    def starting(self, word: str) -> tuple[Term, ...]:
        """The terms whose first word this is, in the order of the files."""
        packed = self.rows.get(word)
        if packed is None:
            return ()
        return tuple(Term(words, frozenset(classes), value, place) for words, classes, value, place in marshal.loads(packed))


def shelved(terms: Iterable[Term], strong: Iterable[str], inner: Iterable[str]) -> Shelf:
    """A shelf of these terms."""
    by_word: dict[str, list[Any]] = {}
    count = 0
    for count, term in enumerate(terms, 1):  # noqa: B007
        row = (term.words, tuple(sorted(term.classes)), dict(term.value), term.place)
        by_word.setdefault(term.words[0], []).append(row)
    return Shelf({word: marshal.dumps(rows) for word, rows in by_word.items()}, count, frozenset(strong), frozenset(inner))


def kept(name: str, files: Sequence[Path], make: Callable[[], Any]) -> Any:
    """Plain data (numbers, strings, bytes, tuples, dicts, sets of them) as they were kept for these very files, or made now, and
    kept from now on where that can be done."""
    folder = _folder()
    if folder is None:
        return make()
    place = hashlib.sha256(str(files[0].parent).encode()).hexdigest()[:8]
    path = folder / f"{name}-{place}-{_digest(files)}.shelf"
    with suppress(OSError, EOFError, ValueError, TypeError):
        return marshal.loads(path.read_bytes())
    made = make()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(marshal.dumps(made))
        part.replace(path)
        for old in folder.glob(f"{name}-{place}-*.shelf"):
            if old != path:
                old.unlink()
    return made


def _digest(files: Sequence[Path]) -> str:
    """What the shelf depends on: the files' names, sizes and times, this program, this Python."""
    code = sorted(path for room in ("packs", "text") for path in (Path(__file__).parent.parent / room).glob("*.py"))
    stats = [(str(path), stat.st_size, stat.st_mtime_ns) for path in (*files, *code) for stat in (path.stat(),)]
    return hashlib.sha256(repr((__version__, sys.implementation.cache_tag, stats)).encode()).hexdigest()[:16]


def _folder() -> Path | None:
    """Where shelves are kept: as the environment says, else the user's folder for such files."""
    told = os.environ.get(CACHE)
    if told is not None:
        return Path(told) if told else None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        return (Path(home) if home else Path.home() / ".cache") / "trucewatch"
    return None
