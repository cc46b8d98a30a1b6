"""What of a monitor is exported: claims page by page, with their articles, grades and judgements."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from trucewatch import export, track
from trucewatch.access import NOTHING, Hidden
from trucewatch.flow.monitored import day_of, tracker_of, watched
from trucewatch.model import Article
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import Tracker

if TYPE_CHECKING:  # loaded only where there is a ledger
    from trucewatch.ledger import Entry, Judgement, Query
    from trucewatch.monitor import Monitor
    from trucewatch.track.grades import Gradings

PAGE = 500  # claims that are in memory at once


def exported(monitor: "Monitor", query: "Query", *, as_of: datetime | None = None) -> Iterator[export.Row]:
    """The claims that are asked for, the latest day first, a page at a time; the limit of the question is not heeded."""
    from trucewatch import ledger

    book = monitor.ledger
    behind = ledger.claims_behind(book, query.hidden)
    graded = track.gradings([each for each in ledger.gradings(book, as_of=as_of) if each.claim not in behind])
    asked = replace(query, limit=PAGE)
    while page := ledger.claims(book, asked, as_of=as_of):
        articles = ledger.articles_of(book, {entry.body["article"] for entry in page}, as_of=as_of)
        told = ledger.judgements_of(book, sorted({entry.body["id"] for entry in page}), as_of=as_of)
        judged = ledger.openly(told, behind)
        for entry in page:
            yield _row(entry, articles, judged, graded)
        asked = replace(asked, after=page[-1].place)


def _row(entry: "Entry", articles: Mapping[str, Article], judged: "Sequence[Judgement]", graded: "Gradings") -> export.Row:
    from trucewatch import ledger

    claim = ledger.claim_of(entry.body)
    article = articles.get(claim.article) or Article(claim.article, "", entry.language, outlet=entry.outlet)
    voices = ledger.sources(entry.body, entry.outlet)
    grade = track.grade(graded, claim.id, claim.reading, voice=voices[0], outlet=voices[-1]).code
    mine = (each for each in judged if (each.claim, each.reading) == (claim.id, claim.reading))
    words = tuple(f"{each.field}: {each.value} ({each.who})" for each in mine)
    return export.Row(claim, article, grade, words, entry.redacted is not None)


def met(
    monitor: "Monitor",
    day: date,
    *,
    as_of: datetime | None = None,
    hidden: Hidden = NOTHING,
    watch: Callable[[int], None] = lambda _: None,
) -> tuple[Tracker, Agreement, tuple[export.Row, ...]]:
    """The tracker of a day, its agreement, and the claims of its meetings; `watch` as for `tracker_of`.
    Raises MonitorError where no agreement is watched."""
    from trucewatch.flow.days import tracked

    agreement = watched(monitor)
    laid = day_of(monitor, day, as_known=as_of, hidden=hidden, watch=watch)
    anew = as_of is not None or bool(hidden)
    found = tracked(laid, day) if anew else tracker_of(monitor, day, told=laid)
    ids = {id_ for meeting in found.meetings for id_ in meeting.claims}
    told = tuple(export.Row(c, laid.case.articles[c.article]) for c in laid.case.claims if c.id in ids)
    return found, agreement, told
