"""Folding: one spelling for look-up, with a map back to the untouched text.

Marks (harakat, niqqud, accents), tatweel, bidi and other format signs go; letters are decomposed (NFKD: hamza carriers become
their letter,
ligatures their parts); alef maqsura becomes ya, ta marbuta ha; digits of every script become 0-9; letters lower case. Search
uses the same function.
"""

import unicodedata
from dataclasses import dataclass

_LETTERS = {
    "\u0649": "\u064a",
    "\u0629": "\u0647",
    "\u0671": "\u0627",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
    "\u0640": "",
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "\u05f3": "'",
    "\u05f4": '"',
    "\u0131": "i",
    "\u00ab": '"',
    "\u00bb": '"',
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ad": "",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded text; folded character i came from `source[starts[i]:ends[i]]`, marks that follow it included."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the untouched text behind folded span [start, end), which is not empty."""
        return self.starts[start], self.ends[end - 1]


class _Table(dict[int, str]):
    """Code point -> its folding, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _fold_char(chr(code))
        return value


def _fold_char(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    if unicodedata.category(char) == "No" and "\u2044" in unicodedata.normalize("NFKD", char):
        return char  # a fraction sign stays one sign: its figures would join those before it
    out = []
    for part in unicodedata.normalize("NFKD", char):
        if unicodedata.combining(part) or unicodedata.category(part) in ("Cf", "Mn", "Me"):
            continue
        digit = unicodedata.decimal(part, None)
        out.append(str(digit) if digit is not None else part.casefold())
    folded = "".join(_LETTERS.get(c, c) for c in out)
    # A character whose folding is blank padding (NFKD of spacing accents) or holds a space would move word ends.
    return folded if not char.isspace() else char


_TABLE = _Table()


def fold_text(text: str) -> str:
    """The folded text alone."""
    return text.translate(_TABLE)


def fold(text: str) -> Folded:
    """The folded text and its map. Marks that follow a letter belong to it; marks that open the text belong to nothing."""
    if all(len(_TABLE[ord(char)]) == 1 for char in set(text)):  # letter for letter, as nearly always
        return Folded(text.translate(_TABLE), tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        folded = _TABLE[ord(char)]
        if not folded:
            if ends:
                last = starts[-1]
                here = len(ends) - 1
                while here >= 0 and starts[here] == last:
                    ends[here] = at + 1
                    here -= 1
            continue
        out.append(folded)
        for _ in folded:
            starts.append(at)
            ends.append(at + 1)
    return Folded("".join(out), tuple(starts), tuple(ends))
