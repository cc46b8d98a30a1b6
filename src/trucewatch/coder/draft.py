"""A claim while it is built: the nouns of this room."""

from dataclasses import dataclass

from trucewatch.clause.line import Head, Line
from trucewatch.coder.slots import Filled
from trucewatch.coder.voices import Scope
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor
from trucewatch.model import When


@dataclass(frozen=True, slots=True)
class Told:
    """A speaker and the reporting word: one link of the chain of voices."""

    actor: Actor
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before spans become text. `counts` are (item, count); `place` an item; `rules` the names of what fired."""

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
