"""What linking knows of languages and of the world, as values: read from data by packs/, used by link/."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """Folded names of a language: months and weekdays (Monday 1) to their numbers, words for "a day" as in "25 a day" (each as
    its words), words that announce a correction. `month_first`: 03/04 is the fourth of March."""

    months: Mapping[tuple[str, ...], int]
    weekdays: Mapping[tuple[str, ...], int]
    per_day: frozenset[tuple[str, ...]]
    corrections: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LinkKnowledge:
    """`alike`: pairs of event types that may tell of one happening, with the least of further evidence that such a pair needs.
    `sounds`: folded letters to a coarse class of consonants, the longest first ("" = not heard). `prefixes` by language: what may
    stand before a name in one word. `authorities`: folded names by which a text speaks of an office without saying which.
    `weights`: points by reason; `texts`: reason -> language -> words."""

    alike: Mapping[tuple[str, str], str]
    sounds: tuple[tuple[str, str], ...]
    prefixes: Mapping[str, tuple[str, ...]]
    authorities: frozenset[tuple[str, ...]]
    calendars: Mapping[str, Calendar]
    weights: Mapping[str, float]
    texts: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement says of a span of time: acts (EVENT or EVENT.mode) that last, or are due within, so many hours. `hours`
    None = it sets no such limit. `words` are the provision in our own words."""

    agreement: str
    provision: str
    acts: tuple[str, ...]
    hours: float | None
    words: str
    parties: tuple[str, ...] = ()
    since: str | None = None
