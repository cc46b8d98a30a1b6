"""A monitor that watches an agreement: where it stands on a day, by what is kept of its ledger."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from trucewatch.access import NOTHING, Hidden
from trucewatch.errors import LedgerError, MonitorError
from trucewatch.flow.days import Case, Laid, case_of, laid, tracked, tracker
from trucewatch.flow.judged import as_judged, is_rejected, judged_of
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import Tracker

if TYPE_CHECKING:  # linking and tracking are loaded only where an agreement is watched
    from trucewatch.monitor import Monitor

Left = Callable[[int], None]


def case(monitor: "Monitor", *, as_known: datetime | None = None, hidden: Hidden = NOTHING) -> Case:
    """Reads a monitor for tracking, as it is now or as its ledger was at a moment; the agreement's file and the data files have
    no past. Of what is `hidden` there is nothing in it, nor what people said of it. Raises MonitorError where it watches no
    agreement."""
    from trucewatch import agreements, ledger

    agreement, book = watched(monitor), monitor.ledger
    claims, articles = ledger.everything(book, as_of=as_known, hidden=hidden)
    behind = ledger.claims_behind(book, hidden)
    judged = judged_of(book, as_of=as_known)
    claims = tuple(as_judged(claim, judged) for claim in claims if not is_rejected(claim, judged))
    pairings = [each for each in ledger.pairings(book, as_of=as_known) if behind.isdisjoint((each.one, each.other))]
    rulings = [each for each in ledger.rulings(book, as_of=as_known) if each.claim not in behind]
    gradings = [each for each in ledger.gradings(book, as_of=as_known) if each.claim not in behind]
    acts_for = agreements.acts_for(monitor.packs)
    taken = ledger.taken_back(book, as_of=as_known)
    return case_of(agreement, claims, articles, pairings, rulings, gradings, taken, acts_for=acts_for, folder=monitor.packs)


def tracker_of(
    monitor: "Monitor",
    day: date,
    *,
    as_known: datetime | None = None,
    hidden: Hidden = NOTHING,
    watch: Left = lambda _: None,
    told: Laid | None = None,
) -> Tracker:
    """The tracker of a day by what is kept of the ledger, or by all that it held at a moment; made once for a state of the
    ledger, of the agreement and of all knowledge. `watch` is told how many entries are left to be worked in; `told` is the day
    as it is known now, where it is laid out already. What is kept knows of everything, so where something is `hidden`, all is
    linked anew. Raises MonitorError where no agreement is watched."""
    if as_known is not None or hidden:
        return tracker(case(monitor, as_known=as_known, hidden=hidden), day)
    from trucewatch.flow import linking, standing

    work = linking.bench(monitor, watched(monitor))
    state = standing.state_of(work, day)
    found = standing.found(work, state)
    if found is None:
        found = tracked(told or day_of(monitor, day, watch=watch), day)
        with suppress(LedgerError):  # it is told all the same where it cannot be kept
            standing.keep(work, state, found)
    return found


def day_of(
    monitor: "Monitor", day: date, *, as_known: datetime | None = None, hidden: Hidden = NOTHING, watch: Left = lambda _: None
) -> Laid:
    """A day laid out in the same way, with the claims and articles that a tracker of it names. Where the ledger may not be
    written, all is linked in memory."""
    if as_known is None and not hidden:
        from trucewatch.flow import linking, standing

        work = linking.bench(monitor, watched(monitor))
        with suppress(LedgerError):
            for left in linking.catch_up(work):
                watch(left)
            return standing.laid(work, day)
    return laid(case(monitor, as_known=as_known, hidden=hidden), day)


def catch_up(monitor: "Monitor", *, anew: bool = False) -> Iterator[int]:
    """Works what the ledger has learnt since into what is kept of it; after each stretch, how many entries are left. `anew`: all
    is thrown away first. Raises MonitorError where no agreement is watched."""
    from trucewatch.flow import linking

    work = linking.bench(monitor, watched(monitor))
    if anew:
        linking.throw_away(work.book)
    yield from linking.catch_up(work)


def watched(monitor: "Monitor") -> Agreement:
    """The agreement that a monitor watches. Raises MonitorError where it watches none."""
    from trucewatch.monitor import SETTINGS, agreement_of

    agreement = agreement_of(monitor)
    if agreement is None:
        raise MonitorError(f'{monitor.folder / SETTINGS}: it watches no agreement. Write agreement = "FILE" there.')
    return agreement
