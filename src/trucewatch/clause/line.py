"""A sentence as the coder sees it: its items, and the heads among them (events and operators)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trucewatch.grammar import Item, Mark
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor, Place
from trucewatch.grammar.times import Time
from trucewatch.model import EVENTS

OPERATORS = ("say", "deny", "demand", "plan", "may", "begin", "fail", "be", "other")
OPENING = ("say", "deny", "demand", "plan", "may", "fail")
TOLL = ("killed", "injured", "missing", "displaced", "other:body")


@dataclass(frozen=True, slots=True)
class Head:
    """A word that tells an event or opens a scope. `at`/`last`: items, half-open; `kind`: event code or operator; `pos`: v, n
    or a;
    `opens`: what follows is in its scope, as `operator` says; `rule`: the rule or lexicon line it comes from; `slots`: spans a
    rule captured; `others`: further events that the same word may tell."""

    at: int
    last: int
    kind: str
    pos: str
    values: Mapping[str, str]
    features: frozenset[str]
    opens: bool
    rule: str
    slots: Mapping[str, tuple[int, int]]
    operator: str | None = None
    others: tuple["Head", ...] = ()

    @property
    def event(self) -> bool:
        return self.kind in EVENTS


@dataclass(frozen=True, slots=True)
class Line:
    """`items` of one sentence; `number` counts sentences of the article, `paragraph` its paragraphs; `heads` in order."""

    items: tuple[Item, ...]
    start: int
    end: int
    number: int
    paragraph: int
    overlays: tuple[Mark, ...]
    heads: tuple[Head, ...]
    order: str = "svo"

    def actor(self, at: int) -> Actor | None:
        value = self._value(at)
        return value if isinstance(value, Actor) else None

    def count(self, at: int) -> Count | None:
        return count_in(self.items[at].mark)

    def place(self, at: int) -> Place | None:
        value = self._value(at)
        return value if isinstance(value, Place) else None

    def time(self, at: int) -> Time | None:
        value = self._value(at)
        return value if isinstance(value, Time) else None

    def _value(self, at: int) -> Any:
        mark = self.items[at].mark
        return mark.value if mark is not None else None


def count_in(mark: Mark | None) -> Count | None:
    """The count an item is or holds: "three wounded men" as an actor, "within 30 days" as a time."""
    if mark is None:
        return None
    if isinstance(mark.value, Count):
        return mark.value
    if isinstance(mark.value, Time):
        return mark.value.count
    return next((found for part in mark.parts if (found := count_in(part)) is not None), None)
