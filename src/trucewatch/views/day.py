"""A day of a monitor: the situation report as the dashboard shows it, part by part, and the tracker below it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trucewatch import agreements, flow, ledger, packs
from trucewatch.errors import LedgerError
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import Tracker
from trucewatch.monitor import Monitor, agreement_of
from trucewatch.publish.reasons import reasons
from trucewatch.report import Sitrep, sitrep
from trucewatch.views.memory import Memory, remembered
from trucewatch.views.sight import WHOLE, Sight


@dataclass(frozen=True, slots=True)
class Day:
    """Of which day, compared with which, in which language, as known when (None: now), and by whom: what
    is hidden from that reader is not in it."""

    day: date
    since: date
    language: str
    as_known: datetime | None = None
    sight: Sight = WHOLE


@dataclass(frozen=True, slots=True)
class Picture:
    """A day as it is shown: the report, and what it was made of."""

    report: Sitrep
    tracker: Tracker
    agreement: Agreement


def day_of(
    day: date | None, since: date | None, language: str, *, now: datetime, sight: Sight, as_known: datetime | None = None
) -> Day:
    """The day that is asked for, else that of the knowledge or of now; compared with the day before unless told otherwise."""
    told = day or (as_known or now).date()
    return Day(told, since if since and since < told else told - timedelta(days=1), language, as_known, sight)


def picture(monitor: Monitor, asked: Day, memory: Memory) -> Picture:
    """Made once for a state of the ledger; while articles come in one after another it may be that of a moment ago, but what
    people said or took out shows at once. Raises MonitorError where no agreement is watched."""
    key = ("picture", str(monitor.folder), ledger.said(monitor.ledger), asked)
    return remembered(memory, key, (ledger.head(monitor.ledger), agreement_of(monitor)), lambda: made(monitor, asked))


def made(monitor: Monitor, asked: Day, *, sample: bool = False, watch: flow.Left = lambda _: None) -> Picture:
    """The day laid out and told. `watch` as for `flow.tracker_of`. Raises MonitorError where no agreement is watched."""
    told, laid = flow.told_of(monitor, asked.day, asked.since, as_known=asked.as_known, hidden=asked.sight, watch=watch)
    names = agreements.namer(monitor.packs, asked.language)
    report = sitrep(
        told,
        names=names,
        why=reasons(packs.linking(monitor.packs), names, asked.language),
        language=asked.language,
        directions=flow.directions(laid.case, monitor.packs),
        sample=sample,
    )
    return Picture(report, told.tracker, told.agreement)


def catch_up(monitor: Monitor, memory: Memory) -> None:
    """Brings what is kept of links and of what claims speak of up to date. A ledger that may not be written stays as it is."""

    def make() -> None:
        with suppress(LedgerError):
            for _ in flow.catch_up(monitor):
                pass

    if monitor.agreement is not None:
        remembered(memory, ("kept", str(monitor.folder)), ledger.head(monitor.ledger), make, patient=False)
