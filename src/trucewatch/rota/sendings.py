"""Alerts noted once for a cause, and sent once by each channel, however many look at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.sendings import alerts, causes, sendings
from trucewatch.model.alert import Alert
from trucewatch.rota.rows import insert_new, one_by_one
from trucewatch.rota.turns import Asking

_BEGUN = "begun"  # the cause that stands for the first look


@dataclass(frozen=True, slots=True)
class Due:
    """An alert that is to be sent. `failures`: how often that was tried in vain."""

    id: str
    at: datetime
    alert: Alert
    failures: int


def note(ledger: Ledger, found: Sequence[tuple[Alert, bool]], channels: Sequence[str], *, at: datetime) -> tuple[int, int]:
    """Notes what has no known cause; each with whether it is news. Returns how many are to be told and how many are only noted.

    On the first look what lies behind is noted and not told: of the past nobody needs to be warned.
    """
    with writing(ledger) as connection:
        one_by_one(connection)
        first = bool(insert_new(connection, causes, causes.c.key, [{"key": _BEGUN, "alert": _BEGUN}]))
        told = [_noted(connection, alert, news and not (first and _behind(alert)), channels, at) for alert, news in found]
    return told.count(True), told.count(False)


def _behind(alert: Alert) -> bool:
    return alert.when not in ("deadline", "silence")


def _noted(connection: Connection, alert: Alert, shown: bool, channels: Sequence[str], at: datetime) -> bool | None:
    """Whether it is to be told; None where its cause is known."""
    keys = [_digest(key) for key in alert.keys]
    known = connection.execute(select(causes.c.alert).where(causes.c.key.in_(keys))).scalars().first()
    name = known or _digest(f"{alert.when} {keys[0]}")
    insert_new(connection, causes, causes.c.key, [{"key": key, "alert": name} for key in dict.fromkeys(keys)])
    if known:
        return None
    kept = {key: value for key, value in asdict(alert).items() if key != "keys"}
    connection.execute(insert(alerts), [{"id": name, "at": at, "shown": shown, "told": kept}])
    if shown and channels:
        connection.execute(insert(sendings), [{"alert": name, "channel": each, "due": at, "failures": 0} for each in channels])
    return shown


def is_known(ledger: Ledger, alert: Alert) -> bool:
    """Whether it was noted before, by any of its keys."""
    asked = select(causes.c.key).where(causes.c.key.in_([_digest(key) for key in alert.keys])).limit(1)
    with reading(ledger) as connection:
        return connection.execute(asked).first() is not None


def take(ledger: Ledger, channel: str, by: Asking, *, most: int) -> tuple[Due, ...]:
    """What is due by a channel, the oldest first; it is the asking one's until the lease ends."""
    free = or_(sendings.c.lease.is_(None), sendings.c.lease <= by.at)
    mine = (sendings.c.channel == channel, sendings.c.due <= by.at, free)
    asked = select(alerts, sendings.c.failures).join(sendings, sendings.c.alert == alerts.c.id).where(*mine)
    with writing(ledger) as connection:
        one_by_one(connection)
        rows = connection.execute(asked.order_by(alerts.c.at, alerts.c.id).limit(most)).mappings().all()
        held = (sendings.c.channel == channel, sendings.c.alert.in_([row["id"] for row in rows]))
        connection.execute(update(sendings).where(*held).values(lease=by.at + by.lease, holder=by.holder))
    return tuple(Due(row["id"], row["at"], _alert(row["told"]), row["failures"]) for row in rows)


def settle(
    ledger: Ledger, channel: str, alert: str, *, holder: str, outcome: str, failures: int, due: datetime | None = None
) -> bool:
    """Ends a sending; without `due` for good. False where the lease was lost, which changes nothing."""
    told = {"due": due, "outcome": outcome, "failures": failures, "lease": None, "holder": None}
    mine = (sendings.c.alert == alert, sendings.c.channel == channel, sendings.c.holder == holder)
    with writing(ledger) as connection:
        return connection.execute(update(sendings).where(*mine).values(told)).rowcount > 0


def told(ledger: Ledger, *, most: int) -> tuple[Due, ...]:
    """The newest alerts that were news."""
    asked = select(alerts).where(alerts.c.shown.is_(True)).order_by(alerts.c.at.desc(), alerts.c.id).limit(most)
    with reading(ledger) as connection:
        rows = connection.execute(asked).mappings().all()
    return tuple(Due(row["id"], row["at"], _alert(row["told"]), 0) for row in rows)


def outcomes(ledger: Ledger, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """How each alert was sent: alert → channel → outcome, `waits` while it is due."""
    out: dict[str, dict[str, str]] = {}
    asked = select(sendings).where(sendings.c.alert.in_(ids)).order_by(sendings.c.alert, sendings.c.channel)
    with reading(ledger) as connection:
        for row in connection.execute(asked).mappings():
            state = f"waits ({row['outcome']})" if row["due"] and row["outcome"] else "waits" if row["due"] else row["outcome"]
            out.setdefault(row["alert"], {})[row["channel"]] = state
    return out


def _alert(told: Mapping[str, Any]) -> Alert:
    return Alert(told["when"], told["day"], told["subject"], tuple(told["values"]), tuple(told["claims"]), ())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
