"""How much of whom a ledger holds, and where its chain ends."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select

from trucewatch.access import NOTHING, Hidden
from trucewatch.database.engine import Ledger, reading
from trucewatch.database.tables import articles, audit, judgements, tombstones
from trucewatch.ledger.sight import seen


@dataclass(frozen=True, slots=True)
class Printed:
    """Articles of an outlet in one language. `last`: the newest day of print, None where none is known."""

    outlet: str | None
    language: str
    articles: int
    last: str | None


def coverage(ledger: Ledger, day: date, *, as_of: datetime | None = None, hidden: Hidden = NOTHING) -> tuple[Printed, ...]:
    """What was printed by a day or bears no day, by outlet and language."""
    holds: ColumnElement[bool] = articles.c.until.is_(None)
    if as_of is not None:
        holds = (articles.c.since <= as_of) & (articles.c.until.is_(None) | (articles.c.until > as_of))
    asked = (
        select(articles.c.outlet, articles.c.language, func.count(), func.max(articles.c.published))
        .where(holds, seen(hidden), or_(articles.c.published.is_(None), articles.c.published <= day.isoformat()))
        .group_by(articles.c.outlet, articles.c.language)
    )
    with reading(ledger) as connection:
        rows = [Printed(*row) for row in connection.execute(asked)]
    return tuple(sorted(rows, key=lambda row: (row.outlet or "", row.language)))


def said(ledger: Ledger) -> tuple[int, int]:
    """The last judgement and the last redaction: what people said of claims and what they took out. 0: nothing yet."""
    asked = select(func.max(judgements.c.n)), select(func.max(tombstones.c.seq))
    with reading(ledger) as connection:
        judged, taken = (connection.execute(each).scalar() or 0 for each in asked)
    return judged, taken


def head(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[int, str] | None:
    """Number and digest of the last entry of the chain, or of the last one at a moment; None where there is none."""
    asked = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
    if as_of is not None:
        asked = asked.where(audit.c.at <= as_of)
    with reading(ledger) as connection:
        row = connection.execute(asked).first()
    return (row.seq, row.hash) if row else None
