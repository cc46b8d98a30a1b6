"""Noun phrases of a sentence, whoever or whatever they name: stretches without verb, preposition, conjunction or sign."""

from dataclasses import dataclass

from trucewatch.clause.borders import verb_at
from trucewatch.clause.line import Line
from trucewatch.grammar import Item

LONGEST = 8  # words of a phrase that may name somebody
_BORDER = (
    "p", "prep", "tail", "conj", "that", "rel", "modal", "neg", "accord", "time", "clitic.pre", "pron", "skip", "to", "v.be",
    "v.begin",
)  # fmt: skip
_OPEN = ("det", "this", "possessive")
_NOMINAL = (
    "word",
    "n",
    "a",
    "thing",
    "org",
    "group",
    "office",
    "title",
    "placekind",
    "place",
    "actor",
    "quantity",
    "unnamed",
    "cap",
)


@dataclass(frozen=True, slots=True)
class Noun:
    """Items [at, last) of the line; `name`: the span to print; `capital`: it begins with a capital letter; `bare`: without an
    article."""

    at: int
    last: int
    name: tuple[int, int]
    capital: bool
    bare: bool


def nouns(line: Line) -> tuple[Noun, ...]:
    """In order of the text. An item that is already somebody by itself is no phrase of its own."""
    out: list[Noun] = []
    at = 0
    while at < len(line.items):
        if _border(line, at):
            at += 1
            continue
        last = at + 1
        while last < len(line.items) and not _border(line, last) and not _opens(line, last):
            last += 1
        found = _noun(line, at, last)
        if found is not None:
            out.append(found)
        at = last
    return tuple(out)


def _border(line: Line, at: int) -> bool:
    item = line.items[at]
    if item.any("actor", "quantity", "place"):
        return False
    if item.any(*_OPEN):
        return False
    return item.any(*_BORDER) or verb_at(line, at)


def _opens(line: Line, at: int) -> bool:
    """Whether a new phrase begins here: an article, or where adjectives follow a bare noun behind one with its article."""
    item, before = line.items[at], line.items[at - 1]
    if item.any(*_OPEN) or item.has("quantity"):
        return not before.any(*_OPEN)
    if before.has("actor"):
        return not _articled(item) or item.has("actor")
    return not item.has("actor") and _articled(before) and not _articled(item) and not item.has("cap")


def _articled(item: Item) -> bool:
    return any(t.key != t.bare and t.shape == "word" for t in item.tokens)


def _noun(line: Line, at: int, last: int) -> Noun | None:
    items = line.items[at:last]
    while items and items[0].any(*_OPEN) and len(items) > 1:
        at, items = at + 1, items[1:]
    if not any(item.any(*_NOMINAL) for item in items) or sum(len(i.tokens) for i in items) > LONGEST:
        return None
    if len(items) == 1 and (items[0].has("actor") or items[0].has("number")):
        return None
    start = items[0].start
    count = line.count(at)
    if count is not None:
        if count.noun is None:
            return None
        start = count.noun[0]
    capital = any(t.cap for t in items[0].tokens)
    return Noun(at, last, (start, items[-1].end), capital, at == 0 or not line.items[at - 1].any(*_OPEN))
