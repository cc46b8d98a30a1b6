"""A claim while it is built: the nouns of this room."""

from dataclasses import dataclass
from datetime import date

from trucewatch.clause.line import Head, Line
from trucewatch.clause.nouns import Noun
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
    """What was known when a head was read. `named`: the actors of its sentence, `nouns` its noun phrases, `scopes` all its
    scopes; `before`: the actors of earlier sentences; `times`: the intervals told before; `spots`: the places told before (line,
    item); of all of them the latest first. `speaker` `doer` `told` `quoting`: the memory's at that point."""

    named: tuple[Named, ...]
    nouns: tuple[Noun, ...]
    times: tuple[When, ...]
    before: tuple[Actor, ...]
    speaker: Actor | None
    doer: Actor | None
    told: When | None
    scopes: tuple[Scope, ...]
    spots: tuple[tuple[Line, int], ...]
    published: date | None
    truce: date | None
    quoting: Actor | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words of an article show of its matter: how many are of `conflict`, how many of `other` fields, how many `parties`
    it names; whether it names anybody known at all; of how many `items` it is made; how many `deeds` of force it tells in words
    that are said of little else, and how many words of other fields are part of `names` ("the Northern League")."""

    conflict: int = 0
    other: int = 0
    parties: int = 0
    named: bool = False
    items: int = 0
    deeds: int = 0
    names: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before spans become text. `counts` are (item, count); `place` an item, `place_in` its sentence where it is an
    earlier one, `place_name` its span where no rule made it a place; `rules` the names of what fired; `doubt`: why the head may
    tell nothing of its own. Where the judge decided: `kinds`, what each of the counts counts (None = its noun and the trigger
    say), and `single`, what a victim without a figure counts as ("" = nothing; None = the rules say)."""

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
    place_name: tuple[int, int] | None = None
    kinds: tuple[str | None, ...] = ()
    single: str | None = None
    setting: Setting = Setting()
