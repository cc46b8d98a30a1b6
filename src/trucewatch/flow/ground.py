"""What a report of a day rests on: what moved since another day, whom the ledger heard, which feeds and pages failed."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from trucewatch import __version__, ledger, net, packs, rota, track
from trucewatch.access import NOTHING, Hidden
from trucewatch.flow.days import Laid, laid, tracked, tracker
from trucewatch.flow.monitored import Left, case, day_of, tracker_of

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor
    from trucewatch.report import Ground, Told


def told_of(
    monitor: "Monitor",
    day: date,
    since: date,
    *,
    as_known: datetime | None = None,
    hidden: Hidden = NOTHING,
    watch: Left = lambda _: None,
) -> tuple["Told", Laid]:
    """All that a report tells of a day, compared with an earlier one; of what is `hidden` it tells nothing."""
    from trucewatch.report import Told

    if as_known is None and not hidden:
        told, before = day_of(monitor, day, watch=watch), tracker_of(monitor, since, watch=watch)
        now = tracker_of(monitor, day, told=told)
    else:
        held = case(monitor, as_known=as_known, hidden=hidden)
        told, before = laid(held, day), tracker(held, since)
        now = tracked(told, day)
    known = told.case
    moved = track.diff(before, now)
    ground = ground_of(monitor, day, as_known=as_known, hidden=hidden)
    return Told(now, before, moved, known.agreement, known.claims, known.articles, told.happenings, ground), told


def ground_of(monitor: "Monitor", day: date, *, as_known: datetime | None = None, hidden: Hidden = NOTHING) -> "Ground":
    """Feeds and pages are those of now, and none where an earlier knowledge is asked for, or where an outlet is hidden whose
    addresses they would tell."""
    from trucewatch.report import Feed, Ground, Outlet

    book = monitor.ledger
    printed = ledger.coverage(book, day, as_of=as_known, hidden=hidden)
    outlets = (Outlet(row.outlet, row.language, row.articles, row.last) for row in printed)
    now = as_known is None and not hidden.outlets
    troubled = [row for row in rota.listed(book) if row.paused or row.failures] if now else []
    return Ground(
        coder=__version__,
        head=ledger.head(book, as_of=as_known),
        as_known=as_known.isoformat() if as_known else None,
        languages=packs.languages(monitor.packs),
        outlets=tuple(outlets),
        feeds=tuple(Feed(net.shown(row.url), row.outcome or "", row.failures, row.paused) for row in troubled),
        waiting=rota.waiting(book) if now else 0,
        failed=rota.given_up(book) if now else (),
    )
