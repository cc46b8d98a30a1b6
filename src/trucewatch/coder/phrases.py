"""Phrases that a claim quotes as they stand: why (cause), by which other meeting or deal (refers); where a noun phrase ends."""

from collections.abc import Callable, Iterator, Sequence

from trucewatch.clause.asides import Aside, of
from trucewatch.clause.line import Head, Line
from trucewatch.drafting.draft import Draft
from trucewatch.grammar import Item
from trucewatch.model import Phrase

REACH = 20
OPENING = 2  # a cause or reference that begins within the first items stands before its clause
_INNER = ("prep.of", "prep.about")  # a noun's own complements
_LOOSE = ("prep", "conj", "det", "p.quote", "clitic.pre")
_STOPS = ("p.stop", "p.comma", "conj.while", "conj.but", "rel", "accord", "p.open", "p.dash", "p.colon")


def cause(draft: Draft, asides: Sequence[Aside], text: str) -> tuple[Phrase, ...]:
    """Why, as told: behind a word that opens a cause, or a verb that lays one thing to another ("attributed his doubts to …")."""
    line = draft.line
    for head in draft.heads:
        if head.values.get("cause") == "1":
            to = next((k for k in range(head.last, min(len(line.items), head.last + 8)) if line.items[k].has("prep.to")), None)
            if to is not None:
                return tuple(_causes(line, to + 1, asides, text))
    for at, first in _reasons(draft, asides):
        if _governor(line, at, draft) in draft.heads:
            return tuple(_causes(line, first, asides, text))
    return ()


def _reasons(draft: Draft, asides: Sequence[Aside]) -> Iterator[tuple[int, int]]:
    """(item of the word that opens a cause, first item of the cause) in order."""
    line = draft.line
    found: dict[int, int] = {}
    for at, item in enumerate(line.items):
        if item.has("prep.because") and at + 1 < len(line.items):
            found[at] = at + 1
    for aside in of(asides, "why"):
        only = aside.values.get("event")
        timed = any(line.time(k) is not None for k in range(aside.at, min(aside.last + 1, len(line.items))))
        spoken = "clause" in aside.values and not any(h.pos == "v" for h in line.heads if h.at >= aside.last)
        if aside.last < len(line.items) and not timed and not spoken and only in (None, draft.head.kind):
            found[aside.at] = aside.last
    for aside in of(asides, "why.named"):
        before = next((k for k in range(aside.at - 1, max(-1, aside.at - 4), -1) if line.items[k].has("prep.for")), None)
        if before is not None:
            found[before] = before + 1
    return iter(sorted(found.items()))


def _governor(line: Line, at: int, draft: Draft) -> Head | None:
    """The event a cause or reference belongs to: the last verb before it in its clause, else the noun; at the head of a sentence
    the first event behind it."""
    events = [h for h in line.heads if h.event and not (h.opens and h.operator in ("say", "deny"))]
    before = [h for h in events if h.last <= at and not _parted(line, h.last, at)]
    if before:
        return next((h for h in reversed(before) if h.pos == "v"), draft.head if draft.head in before else before[-1])
    if at > OPENING:
        return None
    comma = next((k for k in range(at, len(line.items)) if line.items[k].has("p.comma")), at)
    behind = [h for h in events if h.at > comma]
    return next((h for h in behind if h.pos == "v"), behind[0] if behind else None)


def _parted(line: Line, start: int, stop: int) -> bool:
    return stop - start > REACH or any(line.items[k].any("p.stop", "conj.while") for k in range(start, stop))


def _causes(line: Line, at: int, asides: Sequence[Aside], text: str) -> Iterator[Phrase]:
    """The phrase from `at` to the end of its clause; nouns joined by "and" are told apart."""
    while at < len(line.items) and line.items[at].any("prep", "that", "clitic.pre") and not line.items[at].has("word"):
        at += 1
    borders = {a.at for a in of(asides, "why", "point") if a.at > at}
    end = at
    while end < len(line.items) and end - at < REACH and end not in borders:
        if line.items[end].any("p.stop", "p.comma", "conj.while", "accord", "p.dash"):
            break
        end += 1
    while end > at and (line.items[end - 1].any("prep", "conj") or end > at + 1 and line.time(end - 1) is not None):
        end -= 1
    start = at
    named = next((a for a in of(asides, "why.named") if a.last == at), None)
    if named is not None and end > at and line.items[named.at].has("prep.because"):  # "for-reasons of security" is one term
        first, stop = line.items[named.at].tokens[-1].start, line.items[end - 1].end
        yield Phrase(text[first:stop], first, stop)
        return
    verb = any(h.pos == "v" and at < h.at < end and not h.features & {"f.ing", "f.pp", "f.base"} for h in line.heads)
    for k in range(at + 1, end - 1):
        if line.items[k].has("conj.and") and not verb and _opens_noun(line, start, k):
            yield phrase(line, start, k, text)
            start = k + 1
    if end > start:
        yield phrase(line, start, end, text)


def _opens_noun(line: Line, start: int, at: int) -> bool:
    """Whether a second cause begins behind "and": an article, or a bare noun where the first one is closed by a definite one."""
    nxt = line.items[at + 1]
    closed = any("def" in line.items[k].classes for k in range(start, at))
    return nxt.has("det") or closed and not nxt.any("def", "demonym", "time", "v") and "def" not in nxt.classes


def refers(draft: Draft, asides: Sequence[Aside], text: str) -> Phrase | None:
    """The words that point to another meeting, deal or document: the noun phrase behind "following", "under", "in line with" …"""
    line = draft.line
    for aside in of(asides, "point"):
        if _governor(line, aside.at, draft) not in draft.heads:
            continue
        at = aside.last
        while at < len(line.items) and line.items[at].any("prep", "clitic.pre", "det", "possessive"):
            at += 1
        end = extent(line, at, asides, places=True)
        papers = [p for p in of(asides, "paper") if at <= p.at < end]
        if papers:
            return phrase(line, at, end, text)
    return None


def extent(line: Line, at: int, asides: Sequence[Aside], *, places: bool, over: Callable[[int], bool] = lambda k: False) -> int:
    """Where the noun phrase that begins at `at` ends: its complements belong to it, times, clauses and other relations do not.
    `places`: a place behind it is its own; `over`: items that are passed whatever they are."""
    end, inner = at, False
    bound = {a.at for a in of(asides, "binds")}
    while end < len(line.items) and end - at < REACH:
        item = line.items[end]
        if over(end):
            end += 1
            continue
        if item.any(*_STOPS, "that", "modal", "prep.because") or _finite(line, end, at):
            break
        if item.has("unit") and end > at:
            break
        if line.time(end) is not None and not (end > at and line.items[end - 1].any(*_INNER)):
            break
        if item.has("conj.and") and any(h.at == end + 1 and h.event for h in line.heads):
            break
        if bare([item]) and end not in bound and not _belongs(line, end, places or inner):
            break
        inner = inner or item.has("prep.about") or bare([item]) and item.has("prep.on")
        end += 1
    while end > at and not over(end - 1) and (small(line.items[end - 1]) or line.items[end - 1].any(*_LOOSE)):
        end -= 1
    return end


def bare(items: Sequence[Item]) -> bool:
    """A preposition by itself, not a phrase with one in it."""
    return any(i.has("prep") and i.mark is None and not i.any("n", "word", "thing", "org") for i in items)


def _belongs(line: Line, at: int, placed: bool) -> bool:
    """Whether the preposition at `at` binds what follows to the noun before it."""
    item = line.items[at]
    behind = at + 1
    if behind >= len(line.items):
        return False
    nxt = line.items[behind]
    if line.time(behind) is not None or nxt.any("unit", "number"):
        return item.any(*_INNER) and not item.has("prep.in")
    if item.any(*_INNER):
        return True
    if item.has("prep.in"):
        return placed
    if nxt.has("v") and "f.base" in nxt.classes:
        return item.has("prep.to")
    return item.any("prep.on", "prep.to", "prep.between")


def _finite(line: Line, at: int, start: int) -> bool:
    """A verb of its own clause: not a participle that stands as an adjective, not an infinitive."""
    if line.items[at].has("v.be"):
        return True
    for head in line.heads:
        if head.at <= at < head.last and head.pos == "v" and at > start:
            if line.items[at].has("n") and "f.ing" in head.features:
                return False  # "an earlier meeting"
            return not head.features & {"f.base"} or not line.items[at - 1].has("prep.to")
    return line.items[at].has("v.other") and not line.items[at].any("n", "thing", "word") and at > start


def phrase(line: Line, at: int, end: int, text: str) -> Phrase:
    start, stop = line.items[at].start, line.items[end - 1].end
    return Phrase(text[start:stop], start, stop)


def small(item: Item) -> bool:
    """An adverb; where adjectives are listed as adverbs, those that bend are none."""
    return item.has("adv") and "def" not in item.classes and not any(c.startswith("f.") for c in item.classes)
