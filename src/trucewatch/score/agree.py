"""When two values of a slot agree. The letters and little words stand in data/scoring/agreement.yaml."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.packs import find
from trucewatch.packs.strict import read_yaml


@dataclass(frozen=True, slots=True)
class Agreement:
    """The data file, ready to use."""

    letters: dict[int, str]
    endings: re.Pattern[str]
    head: re.Pattern[str]
    little: frozenset[str]
    longest: int
    shared: tuple[int, int]
    sentence_break: re.Pattern[str]


@cache
def agreement() -> Agreement:
    raw: dict[str, Any] = read_yaml(find("scoring/agreement.yaml"))
    joined = {key: "|".join(map(re.escape, raw[key])) for key in ("endings", "articles", "conjunctions", "proclitics")}
    ends, closers = re.escape(raw["sentence_ends"]), re.escape(raw["closers"])
    return Agreement(
        letters=str.maketrans(raw["letters"]),
        endings=re.compile(rf"(?:{joined['endings']})\b"),
        head=re.compile(
            rf"^(?:(?:{joined['conjunctions']})?(?:{joined['articles']})|(?:{joined['proclitics']})(?=\w{{{int(raw['stem'])},}}))"
        ),
        little=frozenset(raw["little_words"]),
        longest=int(raw["longest"]),
        shared=(int(raw["shared"][0]), int(raw["shared"][1])),
        sentence_break=re.compile(rf"(?<=[{ends}])[{closers}]*\s+|\n+|$"),
    )


def folded(text: str) -> str:
    """Lower case, without marks above or below a letter, spelling variants of a letter as one."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(agreement().letters)


@cache
def name_words(text: str) -> frozenset[str]:
    """The words that count when two names are compared; where only little words stand, those."""
    known = agreement()
    words = frozenset(known.head.sub("", word) or word for word in re.findall(r"\w+", known.endings.sub("", folded(text))))
    return words - known.little or words


def same_name(a: str, b: str) -> bool:
    """One holds all words of the other, or they share three fifths of all their words; a whole sentence never agrees."""
    x, y = name_words(a), name_words(b)
    known = agreement()
    if not x or not y or max(len(x), len(y)) > known.longest:
        return False
    part, whole = known.shared
    return x <= y or y <= x or whole * len(x & y) >= part * len(x | y)


def same_quantity(a: tuple[str, float, str], b: tuple[str, float, str]) -> bool:
    other = "other:"
    kind = a[0] == b[0] or (
        a[0].startswith(other) and b[0].startswith(other) and same_name(a[0][len(other) :], b[0][len(other) :])
    )
    return kind and a[1:] == b[1:]


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds `start`, stretched to `end`; outside of all sentences the stretch itself."""
    for first, last in sentences(text):
        if first <= start < last:
            return first, max(last, end)
    return start, end


@cache
def sentences(text: str) -> Sequence[tuple[int, int]]:
    """Stretches with their closing quotes and the blanks behind them; the scorer's own cut, the same for every language."""
    found, start = [], 0
    for cut in agreement().sentence_break.finditer(text):
        if text[start : cut.start()].strip():
            found.append((start, cut.end()))
        start = cut.end()
    return tuple(found)
