"""Who tells what: outlets with how much was read of them and when last, voices with how many claims are theirs."""

from dataclasses import dataclass
from datetime import date

from trucewatch import agreements, ledger
from trucewatch.monitor import Monitor
from trucewatch.views.asking import Asked, query_of
from trucewatch.views.day import Day
from trucewatch.views.memory import Memory, remembered

SILENT = 7  # days without a print after which an outlet counts as silent


@dataclass(frozen=True, slots=True)
class Outlet:
    """`claims`: among the newest; `quiet`: days since its last print, None where it bears no day."""

    id: str | None
    name: str
    languages: tuple[str, ...]
    articles: int
    claims: int
    last: str | None
    quiet: int | None


@dataclass(frozen=True, slots=True)
class Voice:
    id: str
    name: str
    claims: int


@dataclass(frozen=True, slots=True)
class Sources:
    """`whole`: all claims were counted, and not the newest alone."""

    outlets: tuple[Outlet, ...]
    voices: tuple[Voice, ...]
    accused: tuple[Voice, ...]
    whole: bool


def sources(monitor: Monitor, asked: Day, memory: Memory) -> Sources:
    """As of a day. Made once for a state of the ledger, as `picture` is."""
    key = ("sources", str(monitor.folder), ledger.said(monitor.ledger), asked)
    return remembered(memory, key, ledger.head(monitor.ledger), lambda: _sources(monitor, asked))


def _sources(monitor: Monitor, asked: Day) -> Sources:
    printed = ledger.coverage(monitor.ledger, asked.day, as_of=asked.as_known, hidden=asked.sight)
    query = query_of(Asked(), asked.sight, limit=1)
    facets = ledger.facets(monitor.ledger, query, as_of=asked.as_known)
    names, claims = agreements.namer(monitor.packs, asked.language), dict(facets.counts["outlet"])
    outlets = []
    for id_ in dict.fromkeys(row.outlet for row in printed):
        rows = [row for row in printed if row.outlet == id_]
        last = max((row.last for row in rows if row.last), default=None)
        quiet = (asked.day - date.fromisoformat(last)).days if last else None
        told = tuple(row.language for row in rows)
        name = names(id_) if id_ else ""
        outlets.append(Outlet(id_, name, told, sum(row.articles for row in rows), claims.get(id_ or "", 0), last, quiet))
    voices, accused = (tuple(Voice(each, names(each), n) for each, n in facets.counts[field]) for field in ("speaker", "accused"))
    return Sources(tuple(sorted(outlets, key=lambda each: (-each.articles, each.name))), voices, accused, facets.whole)
