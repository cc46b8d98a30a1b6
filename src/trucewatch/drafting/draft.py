"""A claim while it is built: the nouns of this room."""

from dataclasses import dataclass
from datetime import date

from trucewatch.clause.line import Head, Line
from trucewatch.drafting.slots import Filled
from trucewatch.drafting.voices import Scope
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor
from trucewatch.model import When


@dataclass(frozen=True, slots=True)
class Told:
    """A speaker and the reporting word: one link of the chain of voices."""

    actor: Actor
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of a sentence: its item, the actor as it stands there, and whom it stands for."""

    at: int
    form: Actor
    actor: Actor


@dataclass(frozen=True, slots=True)
class Around:
    """What was known when a head was read. `named`: the actors of its sentence; `before`: those of earlier sentences, the latest
    first; `speaker` `doer` `told`: the memory's at that point; `scopes`: all of the sentence; `spot`: the place told last (line,
    item), `quoting`: who speaks in a quotation left open."""

    named: tuple[Named, ...]
    before: tuple[Actor, ...]
    speaker: Actor | None
    doer: Actor | None
    told: When | None
    scopes: tuple[Scope, ...]
    spot: tuple[Line, int] | None
    published: date | None
    truce: date | None
    quoting: Actor | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before spans become text. `counts` are (item, count); `place` an item, `place_in` its sentence where it is an
    earlier one; `rules` the names of what fired; `doubt`: why the head may tell nothing of its own."""

    line: Line
    head: Head
    heads: tuple[Head, ...]
    filled: Filled
    chain: tuple[Told, ...]
    status: str
    when: When | None
    when_at: int | None
    place: int | None
    counts: tuple[tuple[int, Count], ...]
    scope: Scope | None
    rules: tuple[str, ...]
    around: Around
    doubt: str | None = None
    place_in: Line | None = None
