"""Who prints: a newspaper, an agency, a ministry; what is known of its clock, its pages, its feeds, and where that was read."""

from dataclasses import dataclass
from typing import Literal

# portal: it shows what others print, so a row that names another outlet is believed
OutletKind = Literal["press", "agency", "broadcaster", "ministry", "military", "un", "ngo", "monitor", "portal"]
FeedKind = Literal["rss", "atom", "sitemap", "newsmap"]
# What may tell the day of publication beside the row itself; DateEvidence.source is one of these.
DateSource = Literal["jsonld", "meta", "time", "dateline", "byline", "url", "feed", "warc", "header", "text"]

ByLanguage = tuple[tuple[str, tuple[str, ...]], ...]  # language -> names, in order of the languages


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was read: `source` is where, `seen` the day, as 2026-11-24."""

    text: str
    source: str
    seen: str


@dataclass(frozen=True, slots=True)
class Feed:
    """An address where new articles are listed. `kind`: rss, atom, sitemap, newsmap (a sitemap of the last days)."""

    url: str
    kind: FeedKind
    source: str
    seen: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageRules:
    """CSS selectors, the likeliest first; `drop` is taken out before anything is read. An empty rule leaves it to the picker."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    source: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """`hosts` without "www."; a name below a host belongs to it too (ar.example.org to example.org).

    `source` and `seen` hold for what has none of its own. `zone`: name in the IANA tables, of the clock that the outlet prints.
    `date_precedence`: sources of the day of publication that come before all others but the row's, the most trusted first.
    `affiliation`: as the outlet states it.
    """

    id: str
    names: ByLanguage
    kind: OutletKind
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    source: str
    seen: str
    zone: str | None = None
    country: str | None = None
    owner: Told | None = None
    affiliation: Told | None = None
    feeds: tuple[Feed, ...] = ()
    date_precedence: tuple[DateSource, ...] = ()
    page: PageRules = PageRules()
    notes: tuple[str, ...] = ()
