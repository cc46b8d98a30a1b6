"""The nouns of a situation report: plain values, which the page for the browser and the one for print both show."""

from dataclasses import dataclass

from markupsafe import Markup

from trucewatch.model import Article, Claim


@dataclass(frozen=True, slots=True)
class Cite:
    """A claim as a source: who says it, in which outlet, printed when, in which words, where, and how it is graded. `before` and
    `after`: the rest of the sentence around the words, as far as there is room; `taken`: that its article was taken back, or
    nothing."""

    claim: str
    told: Markup
    before: str
    quote: str
    after: str
    language: str
    direction: str
    url: str | None
    grade: str
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the report. `cites` carry it, `counter` speak against it; `files`: where a fact of the agreement's file was read;
    `level`: the state, for its colour; `group`: what its cites are: evidence or mentions."""

    head: str
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    counter: tuple[Cite, ...] = ()
    more: int = 0
    files: tuple[str, ...] = ()
    level: str | None = None
    group: str = "evidence"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its text alternative: `svg` holds no word, all words stand in `title`, `key` (mark, words) and the table.
    `kind` names the drawing. `claims`: those on which each row rests."""

    kind: str
    title: str
    note: str
    svg: str
    key: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    claims: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report; `silent`: ids of which nothing is told; `left`: lines that are not shown."""

    id: str
    title: str
    items: tuple[Item, ...]
    silent: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A whole report. `since`: the day with which `as_of` is compared; `cited`: all claims on which it rests, with their articles
    and grades; `hidden`: how many of them are not shown."""

    language: str
    direction: str
    title: str
    standing: str
    basis: str
    since: str
    as_of: str
    tally: tuple[tuple[str, str, int], ...]
    confirmable: int
    parts: tuple[Part, ...]
    cited: tuple[tuple[Claim, Article, str], ...]
    hidden: int
    sample: bool
