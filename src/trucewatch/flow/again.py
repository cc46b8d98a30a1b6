"""Pages that were read and are looked at again: when, and with which validators."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from trucewatch import ledger
from trucewatch.flow import evidence
from trucewatch.flow.articles import Coded

if TYPE_CHECKING:
    from trucewatch import net
    from trucewatch.monitor import Monitor


def visits(monitor: "Monitor", url: str) -> tuple[datetime | None, "net.Validators"]:
    """When a page was first read, None where no answer of its address is held; and what its server told with the last one, so
    that it need not send the same."""
    from trucewatch import net

    met = ledger.answers(monitor.ledger, url)
    if not met:
        return None, net.Validators()
    whole = met[-1].kind == "response" and met[-1].redacted is None
    last = evidence.lying(monitor, met[-1], lambda _: None) if whole else None
    said = {name.lower(): value for name, value in reversed(last.head)} if last else {}
    return met[0].at, net.Validators(said.get("etag"), said.get("last-modified"))


def next_visit(first: datetime | None, now: datetime, hours: Sequence[float]) -> datetime | None:
    """The next of the moments so many hours after the first reading; None once all have passed."""
    if first is None:
        return None
    return min((at for each in hours if (at := first + timedelta(hours=each)) > now), default=None)


def worth(coded: Coded, now: datetime, hours: Sequence[float]) -> bool:
    """Whether an article that was read now may still change: it gave claims and is young."""
    day = coded.article.published
    return bool(coded.claims and hours) and (day is None or now.date() - day <= timedelta(hours=max(hours), days=1))
