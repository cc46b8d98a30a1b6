"""What is made of claims: happenings, links, origins, figures in series, findings. Derived and rebuilt, never edited."""

from dataclasses import dataclass

RELATIONS = ("same", "updates", "contradicts", "denies", "corrects")
ORIGIN_KINDS = ("outlet", "copy", "agency", "voice", "judged")
VERDICTS = ("merge", "separate")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a named rule and the values it saw. The words in each language stand in data/ontology/links.yaml under the rule."""

    rule: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """A person's word on two claims: `merge` = they tell the same thing, `separate` = they do not. The last one on a pair
    holds."""

    one: str
    other: str
    verdict: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims and how they stand to each other. In `updates`, `denies` and `corrects` the claim `one` is the newer or the
    denying one; in `same` and `contradicts` the smaller id comes first. `judged` names the person whose word it is."""

    one: str
    other: str
    relation: str
    reasons: tuple[Reason, ...]
    judged: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims that go back to one utterance, so they count as one source. `first` is the claim that tells it first, `day` the ISO
    day of the utterance as far as known; `articles` counts who printed it."""

    id: str
    kind: str
    claims: tuple[str, ...]
    first: str
    day: str | None
    articles: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """Claims about the same thing, laid side by side. `event` is the type most of them tell; `start` and `end` the ISO days
    of the narrowest telling; `statuses` and `places` all that are told. `origins` count the independent sources. `judged`:
    the persons whose word shaped it."""

    id: str
    event: str
    statuses: tuple[str, ...]
    start: str | None
    end: str | None
    places: tuple[str, ...]
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    origins: tuple[Origin, ...]
    links: tuple[Link, ...]
    judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One told value of a series. `low` and `high` are the values that its bound admits, None = open. `day` is the day for
    which it holds (the end of its period), `start` the day from which it counts, None = not told. `doer` and `whom` as told:
    whose deeds, and who was hit or freed. `derived` names the rule that made it of other figures; else `claim` and `article`
    say where it stands."""

    of: str
    value: float
    bound: str
    low: float | None
    high: float | None
    scope: str
    start: str | None
    day: str
    source: str
    doer: str | None = None
    whom: str | None = None
    article: str | None = None
    claim: str | None = None
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What one source says of one thing, counted from one start, by day. `source` is a party's id or the folded words of a voice;
    `running`: counts since a start, not of single days or acts."""

    source: str
    of: str
    running: bool
    start: str | None
    doer: str | None
    whom: str | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The figures of all sources that stand on a day: the least and the greatest value that any of them admits (None = open).
    There is no best one. `reasons` tell why they differ, where it is known."""

    of: str
    day: str
    low: float | None
    high: float | None
    figures: tuple[Figure, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a named check found: a remark for a reader, never a correction. `claims` and `articles` are those it speaks of;
    `quote` are the words of the first article where it can be seen."""

    check: str
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    quote: str
    reason: Reason
