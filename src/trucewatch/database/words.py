"""The words of a claim as they are kept to be searched: folded as the coder folds them, without what is written together with the
next word (an article, "and the …"). The same words go into both databases and into every question."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from trucewatch.text.fold import fold_text

_WORD = re.compile(r"[^\W_]+")
_LEAST = 3  # letters that must be left of a word
_LONG = 60  # letters of a word that count


def words(text: str, prefixes: Iterable[str]) -> list[str]:
    """The words of a text as they are searched for, in its order. `prefixes` are folded."""
    joined = _joined(tuple(prefixes))
    return [joined.sub("", word)[:_LONG] for word in _WORD.findall(fold_text(text))]


def indexed(body: Mapping[str, Any], prefixes: Iterable[str]) -> str:
    """What search looks through for a claim: each of its words once, in alphabetical order."""
    return " ".join(sorted({word for piece in _said(body) for word in words(piece, prefixes)}))


def _said(body: Mapping[str, Any]) -> Iterator[str]:
    for piece in body["evidence"]:
        yield piece["quote"]
    for name in ("speaker", "actors", "recipients", "participants", "cause", "quantities"):
        yield from (part["text"] for part in body[name] if part["text"])
    for name in ("when", "where", "object", "refers"):
        if body[name] and body[name]["text"]:
            yield body[name]["text"]
    if body["where"] and body["where"]["name"]:
        yield body["where"]["name"]


@lru_cache(maxsize=8)
def _joined(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """What is taken off a word: as many prefixes as leave three letters, the longest first."""
    told = "|".join(map(re.escape, sorted(prefixes, key=len, reverse=True)))
    return re.compile(rf"^(?:(?:{told})(?=.{{{_LEAST}}}))+" if told else r"(?!)")
