"""What linking knows of languages and of the world, as values: read from data by packs/, used by link/."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """Folded names of a language, each as its words: months and weekdays (Monday 1) to their numbers; words that make a figure a
    rate by the day, or a length in days or hours; words that announce a correction; numbers in a word."""

    months: Mapping[tuple[str, ...], int]
    weekdays: Mapping[tuple[str, ...], int]
    per_day: frozenset[tuple[str, ...]]
    days: frozenset[tuple[str, ...]]
    hours: frozenset[tuple[str, ...]]
    corrections: frozenset[tuple[str, ...]]
    numerals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LinkKnowledge:
    """`alike`: pairs of event types (both ways) that may tell of one happening, among them `tolls`, an act and its toll;
    `spoken`: types that are an utterance. `sounds`: folded letters to a coarse class of consonants, longest first. `prefixes`
    by language: what may stand before a name in one word, longest first. `empty`: folded words that name nobody.
    `authorities`: folded words for an office that is not named. `weights`: points by reason; `never`: reasons that keep two
    claims apart. `texts`: reason -> language -> words."""

    tolls: frozenset[tuple[str, str]]
    alike: frozenset[tuple[str, str]]
    spoken: frozenset[str]
    sounds: tuple[tuple[str, str], ...]
    prefixes: Mapping[str, tuple[str, ...]]
    empty: frozenset[str]
    authorities: frozenset[str]
    calendars: Mapping[str, Calendar]
    weights: Mapping[str, float]
    never: frozenset[str]
    texts: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class DailySource:
    """How the rows of a daily series by others are read. `day` and `voice` are keys of a row; `voices`: value of that key ->
    party; `counts`: key, what it counts, scope."""

    name: str
    outlet: str
    language: str
    event: str
    day: str
    voice: str
    voices: Mapping[str, str]
    counts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an agreement says of a span of time: acts (EVENT or EVENT.mode) that last, or are due within, so many hours; `hours`
    None = it sets no such limit. `words` are the provision in our own words. `parties` (ids, empty = anybody's) and `since` (ISO
    day) say which claims are held against it; `calls`: words of which one must stand in the sentence (`*` leaves an end of a word
    open), empty = none needed."""

    agreement: str
    provision: str
    acts: tuple[str, ...]
    hours: float | None
    words: str
    parties: tuple[str, ...] = ()
    since: str | None = None
    calls: tuple[str, ...] = ()
