"""How a name may stand in a page: spellings of its letters, encodings."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from trucewatch.text.fold import fold_text

LAST = 0x0700  # letters beyond are in no script of ours
SHORT = 4  # letters of a name up to which it must stand as a whole word
GAP = " "
EDGE = "|"  # a border of words
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


def in_text(name: str) -> re.Pattern[str]:
    """An expression for a name in a decoded text in small letters."""
    told = units(name)
    if told[:1] == (EDGE,):  # behind the first letter the edge costs less: the letter is found by itself
        return re.compile(_letter(told[1]) + r"(?<!\w\w)" + "".join(map(_letter, told[2:])))
    return re.compile("".join(map(_letter, told)))


def key_of(name: str) -> tuple[str, bool]:
    """The longest word of a name, folded, by which it is looked for first, and whether it stands where a word begins."""
    word = max(re.findall(r"\w+", fold_text(name)), key=len, default="")
    return word, word.lower() != word.upper()


def _letter(unit: str) -> str:
    if unit in (EDGE, GAP):
        return r"\b" if unit == EDGE else r"\s+"
    small = sorted({char.lower() for char in unit})
    return re.escape(small[0]) if len(small) == 1 else f"[{''.join(map(re.escape, small))}]"


def in_bytes(name: str, encodings: Sequence[str]) -> Iterator[str]:
    """Expressions over bytes, one for UTF-8 and one for each of the encodings that has the letters. For a scanner that takes
    capitals and small letters of ASCII for the same."""
    told = units(name)
    ways = ["utf-8"] if all(unit.isascii() for unit in told) else ["utf-8", *encodings]
    made = dict.fromkeys(tuple(_written(unit, encoding) for unit in told) for encoding in ways)
    yield from ("".join(parts) for parts in made if parts and all(parts))


def _written(unit: str, encoding: str) -> str:
    """The bytes of a unit; nothing where the encoding lacks it."""
    if unit in (EDGE, GAP):
        return r"\b" if unit == EDGE else _SPACES
    found = (char.encode(encoding, "ignore") for char in unit)
    parts = list(dict.fromkeys("".join(map(_byte, data)) for data in found if data))
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""


def _byte(code: int) -> str:
    return chr(code) if code < 0x80 and chr(code).isalnum() else f"\\x{code:02x}"
