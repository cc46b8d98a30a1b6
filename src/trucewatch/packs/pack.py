"""A language's data, read strictly and frozen: terms, rules, clitics, frames, world names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from trucewatch.packs.weights import Weights
from trucewatch.packs.world import World
from trucewatch.text.split import Splitter

LEXICON = ("term", "class", "value", "forms")
ASIDES = "asides.tsv"  # a lexicon file that the grammar does not read


@dataclass(frozen=True, slots=True)
class Term:
    """One spelling of a lexicon line: folded words, its classes (line's class and form's feature), values, and where it
    stands."""

    words: tuple[str, ...]
    classes: frozenset[str]
    value: Mapping[str, str]
    place: str


class Terms(Protocol):
    """All terms of a language."""

    def starting(self, word: str) -> tuple[Term, ...]:
        """Those whose first word this is, in the order of the files."""

    def __iter__(self) -> Iterator[Term]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule as written. `floor` is the number of its file; `place` is `file:line`."""

    name: str
    make: str
    pattern: str
    params: Mapping[str, Any]
    examples: tuple[str, ...]
    nots: tuple[str, ...]
    floor: int
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class ModeSource:
    """Where an event's mode is found beside its trigger (ontology/modes.yaml). `loose`: modes of a trigger that a word beside it
    may replace; `held`: by the event (and mode) that it holds as its content; `like`: whose words and events tell its mode;
    `many`: the mode where three or more take part."""

    loose: frozenset[str] = frozenset()
    held: Mapping[str, str] = field(default_factory=dict)
    like: str | None = None
    many: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """All that the coder knows of a language and of the world; `asides` are terms that the grammar does not read (asides.tsv);
    `weights` of the judge by choice, empty where the rules decide alone; `foreign`: frames of a user's own, which no weight
    knows. Compared by identity: compiled forms are kept per pack."""

    code: str
    direction: str
    order: str
    case: bool
    adjective: str
    passive: str
    passive_sign: str
    ends: str
    abbreviations: frozenset[str]
    splitter: Splitter
    known: Callable[[str], bool]
    terms: Terms
    asides: tuple[Term, ...]
    rules: tuple[RuleSpec, ...]
    frames: Mapping[str, Mapping[str, str]]
    events: Mapping[str, Mapping[str, str]]
    modes: Mapping[str, ModeSource]
    world: World
    folder: Path
    weights: Mapping[str, Weights]
    foreign: frozenset[str] = frozenset()
