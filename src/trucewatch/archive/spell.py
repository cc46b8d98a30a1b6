"""How a name may stand in a page: spellings of its letters, encodings."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from trucewatch.text.fold import fold_text

LAST = 0x0700  # letters beyond are in no script of ours
SHORT = 4  # letters of a name up to which it must stand as a whole word
GAP = " "
EDGE = "|"  # a border of words
BLANKS = 256  # bytes of a gap at most
SPELLINGS = 24  # of a piece of a name at most
_SPACES = r"(?:\s+|\xc2?\xa0|&nbsp;|&#160;)"


def units(name: str) -> tuple[str, ...]:
    """A name as its letters, each with all its spellings, with gaps and edges. Scripts that have small and capital letters join
    no prefix to a word: there a name begins at an edge. Its end is open, for endings follow; not where it is so short that much
    would begin like it."""
    told = [char for char in " ".join(name.lower().split()) if fold_text(char)]
    if not told:
        return ()
    cased = told[0].lower() != told[0].upper()
    edge = (EDGE,) if cased else ()
    return (*edge, *(GAP if char == GAP else _spelt(char) for char in told), *(edge if len(told) <= SHORT else ()))


@cache
def _spelt(char: str) -> str:
    """A small letter and what is written in its place: its capital; without its accent; in scripts that have no capitals, all
    letters that fold to the same."""
    found = {char, char.upper(), fold_text(char)} if not char.isascii() else {char}
    if char.lower() == char.upper() and char.isalpha():
        found |= set(_alike().get(fold_text(char), ()))
    return "".join(sorted(c for c in found if len(c) == 1))


@cache
def _alike() -> Mapping[str, tuple[str, ...]]:
    """Folded letter -> letters of the same block that fold to it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in range(0x590, LAST):
        char = chr(code)
        if unicodedata.category(char) == "Lo" and len(folded := fold_text(char)) == 1:
            found[folded].append(char)
    return {folded: tuple(chars) for folded, chars in found.items()}


def bare(names: Sequence[str]) -> Iterator[str]:
    """The names in which no other stands: where one of the others is found, that one is found too."""
    told = {name: units(name) for name in names}
    inner = {found for found in told.values() if found}
    for name, mine in told.items():
        if mine and not any(_holds(mine, part) for part in _parts(mine) if part in inner and part != mine):
            yield name


def _parts(told: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What of a name could be a name: runs of its units that begin with a word, with the edges that such a name has."""
    letters = [unit for unit in told if unit != EDGE]
    for at in range(len(letters)):
        for to in range(at + 1, len(letters) + 1):
            part = tuple(letters[at:to])
            if GAP not in (part[0], part[-1]):
                yield part
                yield (EDGE, *part)
                yield (EDGE, *part, EDGE)


def _holds(told: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether wherever `told` stands, `part` stands in it, edges and all."""
    letters = tuple(unit for unit in part if unit != EDGE)
    size, before, behind = len(letters), part[0] == EDGE, part[-1] == EDGE
    for at in range(len(told) - size + 1):
        if told[at : at + size] == letters:
            front = at > 0 and not _is_word(told[at - 1])
            back = at + size < len(told) and not _is_word(told[at + size])
            if (front or not before) and (back or not behind):
                return True
    return False


def _is_word(unit: str) -> bool:
    return unit not in (EDGE, GAP) and any(char.isalnum() or char == "_" or not char.isascii() for char in unit)


@dataclass(frozen=True, slots=True)
class Sought:
    """A name in one encoding. `pieces`: small letters of which one stands wherever the name does; `name`: the whole, of which
    `before` bytes at most stand before the piece."""

    pieces: tuple[bytes, ...]
    name: re.Pattern[bytes]
    before: int


def sought(name: str, encodings: Sequence[str]) -> Iterator[Sought]:
    """A name in UTF-8 and in each of the encodings that has its letters. Of ASCII, capitals are taken for small letters."""
    told = units(name)
    ways = ["utf-8"] if all(unit.isascii() for unit in told) else ["utf-8", *encodings]
    seen = set()
    for encoding in ways:
        written = tuple(_written(unit, encoding) for unit in told)
        if written and all(written) and written not in seen:
            seen.add(written)
            pieces, at = _pieces(told, encoding)
            before = sum(BLANKS if unit == GAP else 4 for unit in told[:at] if unit != EDGE)
            yield Sought(pieces, re.compile("".join(written).encode("latin-1"), re.IGNORECASE), before)


def _pieces(told: tuple[str, ...], encoding: str) -> tuple[tuple[bytes, ...], int]:
    """The longest run of letters that can be spelt in few ways, in each of them; and at which unit it begins."""
    ways = [() if unit in (EDGE, GAP) else tuple({_bytes(char, encoding).lower() for char in unit} - {b""}) for unit in told]
    best: tuple[int, int, int, int] = (0, 0, 0, 0)
    for at in range(len(ways)):
        length, count = 0, 1
        for to in range(at, len(ways)):
            count *= len(ways[to])
            if not 0 < count <= SPELLINGS:
                break
            length += min(map(len, ways[to]))
            best = max(best, (length, -count, at, to + 1))
    return tuple(sorted({b"".join(found) for found in product(*ways[best[2] : best[3]])})), best[2]


def _written(unit: str, encoding: str) -> str:
    """The bytes of a unit; nothing where the encoding lacks it."""
    if unit in (EDGE, GAP):
        return r"\b" if unit == EDGE else _SPACES
    parts = list(dict.fromkeys("".join(map(_byte, data)) for char in unit if (data := _bytes(char, encoding))))
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""


def _bytes(char: str, encoding: str) -> bytes:
    return char.encode(encoding, "ignore")


def _byte(code: int) -> str:
    return chr(code) if code < 0x80 and chr(code).isalnum() else f"\\x{code:02x}"
