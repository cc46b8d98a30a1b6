"""The makers: what a rule's match becomes. Each takes a Found and gives a Mark, or None to refuse the match."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trucewatch.grammar import numbers, phrases, times
from trucewatch.grammar.items import Item, Mark


@dataclass(frozen=True, slots=True)
class Found:
    """A match: its items, captures by name, the rule's parameters, name and label, and the whole text."""

    items: tuple[Item, ...]
    captures: Mapping[str, tuple[Item, ...]]
    params: Mapping[str, Any]
    rule: str
    label: str
    text: str

    def mark(self, value: Any, items: tuple[Item, ...] | None = None) -> Mark:
        """A mark over the match (or over some of its items) with this value."""
        own = items or self.items
        parts = tuple(item.mark for item in own if item.mark)
        return Mark(self.label, own[0].start, own[-1].end, own[0].first, own[-1].last, value, self.rule, parts)


Maker = Callable[[Found], Mark | None]


def _valued(make: Callable[..., Any]) -> Maker:
    """A maker from a function of (items, captures, parameters, text) that gives a value or None. A capture `span` limits the mark
    to itself: what stands around it is context."""

    def maker(found: Found) -> Mark | None:
        value = make(found.items, found.captures, found.params, found.text)
        return None if value is None else found.mark(value, found.captures.get("span"))

    return maker


def _number(found: Found) -> Mark | None:
    """Where the whole match makes no number, its longest beginning that does ("four thousand three hundred and zero")."""
    whole = _valued(numbers.number)(found)
    if whole is not None or found.captures or found.params:
        return whole
    for end in range(len(found.items) - 1, 1, -1):
        front = found.items[:end]
        value = numbers.number(front, {}, {}, found.text) if front[-1].has("num") and len(_figures(front)) > 1 else None
        if value is not None:
            return found.mark(value, front)
    return None


def _figures(items: tuple[Item, ...]) -> list[Item]:
    return [item for item in items if item.has("num")]


def _event(found: Found) -> Mark | None:
    trigger = found.captures.get("trigger", found.items)
    return found.mark(phrases.event(found.items, found.captures, found.params, found.text), trigger)


MAKERS: dict[str, tuple[Maker, str]] = {
    "number": (_number, "number"),
    "bounded": (_valued(numbers.bounded), "number"),
    "ordinal": (_valued(numbers.ordinal), "number"),
    "quantity": (_valued(numbers.quantity), "quantity"),
    "date": (_valued(times.date), "time"),
    "relative": (_valued(times.relative), "time"),
    "since": (_valued(times.since), "time"),
    "until": (_valued(times.until), "time"),
    "between": (_valued(times.between), "time"),
    "anaphor": (_valued(times.anaphor), "time"),
    "clock": (_valued(times.clock), "clock"),
    "name": (_valued(phrases.name), "actor"),
    "actor": (_valued(phrases.actor), "actor"),
    "list": (_valued(phrases.listed), "actor"),
    "place": (_valued(phrases.place), "place"),
    "voice": (_valued(phrases.voice), "voice"),
    "event": (_event, "event"),
    "status": (_valued(phrases.status), "status"),
    "skip": (_valued(phrases.skip), "skip"),
}
OVERLAYS = frozenset({"voice", "event", "status"})
