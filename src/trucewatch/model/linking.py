"""What linking knows of languages and of the world, as values: read from data by packs/, used by link/."""

from collections.abc import Mapping
from dataclasses import dataclass

Terms = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Folded terms of a language, each as its words: months and weekdays (Monday 1) to their numbers; words behind a figure that
    make it a rate by the day, or a length in `units` of so many days, or in `hours`; `spans`: lengths of their own, in days;
    `average` and `daily` before a figure make it a rate; `among`: some of those counted before; `sums`: all of them;
    `links` and `ends` of days of a month ("14th of"), `ordinals`; `until` before a day; `in_force`: words that put an agreement
    into force; words that announce a correction; numbers in words; `joins`: words between their parts."""

    months: Mapping[tuple[str, ...], int]
    weekdays: Mapping[tuple[str, ...], int]
    per_day: Terms
    units: Mapping[tuple[str, ...], int]
    hours: Terms
    spans: Mapping[tuple[str, ...], int]
    average: Terms
    daily: Terms
    among: Terms
    sums: Terms
    links: Terms
    ends: Terms
    until: Terms
    in_force: Terms
    ordinals: Mapping[tuple[str, ...], int]
    corrections: Terms
    numerals: Mapping[tuple[str, ...], int]
    joins: Terms


@dataclass(frozen=True, slots=True)
class LinkKnowledge:
    """`alike`: pairs of event types (both ways) that may tell of one happening, among them `tolls`, an act and its toll;
    `spoken`: types that are an utterance. `sounds`: folded letters to a coarse class of consonants, longest first. `prefixes`
    by language: what may stand before a name in one word, longest first. `empty`: folded words that name nobody.
    `common`: language -> folded word without prefix -> signs of what it says in every language;
    `owners`: words that put a name behind it. `authorities`: folded words
    for an office that is not named. `weights`: points by reason; `never`: reasons that keep two claims apart. `texts`: reason ->
    language -> words."""

    tolls: frozenset[tuple[str, str]]
    alike: frozenset[tuple[str, str]]
    spoken: frozenset[str]
    sounds: tuple[tuple[str, str], ...]
    prefixes: Mapping[str, tuple[str, ...]]
    empty: frozenset[str]
    common: Mapping[str, Mapping[str, frozenset[str]]]
    owners: Mapping[str, tuple[str, ...]]
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
