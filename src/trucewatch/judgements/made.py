"""A person's word on a field of a claim, as it was made. It belongs to the reading that the person saw; after another run it is
handed on where a reading of the same article tells the same thing, and waits for review where none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from trucewatch.database.engine import Ledger, reading
from trucewatch.database.tables import judgements, readings
from trucewatch.judgements.fields import GRADE, LINK, STATE
from trucewatch.model import Pairing
from trucewatch.model.grade import Grading
from trucewatch.model.tracker import Ruling

_NAMED = 5000  # ids that a question may name


@dataclass(frozen=True, slots=True)
class Judgement:
    """`claim`, `field` and `value` as judged; `reading` is the one it holds for. `carried`: the judgement that was handed
    on, None where a person looked at this very reading. `lifts`: the judgement that this one takes back; it repeats its field
    and value, and says nothing else."""

    n: int
    claim: str
    field: str
    value: Any
    reading: str
    who: str
    at: datetime
    reason: str
    carried: int | None
    lifts: int | None = None


def judgements_of(
    ledger: Ledger, claims: Sequence[str] | None = None, *, fields: Sequence[str] = (), as_of: datetime | None = None
) -> tuple[Judgement, ...]:
    """The judgements that were not taken back, or those on some claims or fields, in the order in which they were made."""
    asked = holding(as_of)
    if fields:
        asked = asked.where(judgements.c.field.in_(fields))
    if claims is not None and len(claims) <= _NAMED:
        asked = asked.where(judgements.c.claim.in_(claims))
    wanted = None if claims is None else set(claims)
    with reading(ledger) as connection:
        rows = connection.execute(asked.order_by(judgements.c.n))
        return tuple(_judgement(row) for row in rows if wanted is None or row.claim in wanted)


def last_of(ledger: Ledger, who: str) -> tuple[Judgement, ...]:
    """What a person said last and did not take back: one judgement, or all that were written in one go. Empty: nothing."""
    mine = holding(None).where(judgements.c.who == who, judgements.c.carried.is_(None))
    with reading(ledger) as connection:
        newest = connection.execute(mine.order_by(judgements.c.n.desc()).limit(1)).first()
        if newest is None:
            return ()
        rows = connection.execute(mine.where(judgements.c.at == newest.at).order_by(judgements.c.n))
        return tuple(_judgement(row) for row in rows)


def review(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Judgement, ...]:
    """The judgements that hold for no reading which is shown, and were handed on to none: a person should look."""
    later, lifting = judgements.alias("later"), judgements.alias("lifting_later")
    taken = select(lifting.c.n).where(lifting.c.lifts == later.c.n)
    newer = select(later.c.n).where(
        later.c.lifts.is_(None),
        later.c.claim == judgements.c.claim,
        later.c.field == judgements.c.field,
        later.c.reading == judgements.c.reading,
        later.c.n > judgements.c.n,
    )
    handed = select(later.c.n).where(later.c.carried == judgements.c.n)
    shown = select(readings.c.n).where(readings.c.claim == judgements.c.claim, readings.c.reading == judgements.c.reading)
    if as_of is None:
        shown = shown.where(readings.c.until.is_(None))
    else:
        newer, handed = newer.where(later.c.at <= as_of), handed.where(later.c.at <= as_of)
        taken = taken.where(lifting.c.at <= as_of)
        shown = shown.where(readings.c.since <= as_of, readings.c.until.is_(None) | (readings.c.until > as_of))
    newer = newer.where(~taken.exists())
    asked = holding(as_of).where(~newer.exists(), ~handed.exists(), ~shown.exists()).order_by(judgements.c.n)
    with reading(ledger) as connection:
        return tuple(_judgement(row) for row in connection.execute(asked))


def pairings(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Pairing, ...]:
    """What people said of two claims, the oldest first: judgements on the field `link`, `{"to": CLAIM, "as": "merge"}`."""
    asked = holding(as_of).where(judgements.c.field == LINK).order_by(judgements.c.n)
    with reading(ledger) as connection:
        rows = connection.execute(asked).all()
    return tuple(Pairing(row.claim, row.value["to"], row.value["as"], row.who, row.reason) for row in rows if row.value)


def rulings(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Ruling, ...]:
    """What people said of provisions, the oldest first: judgements on the field `state`. Where no day is told, it holds from the
    day on which it was said. What was handed on to another reading is the same word and stands once."""
    asked = holding(as_of).where(judgements.c.field == STATE, judgements.c.carried.is_(None)).order_by(judgements.c.n)
    with reading(ledger) as connection:
        rows = connection.execute(asked).all()
    return tuple(
        Ruling(
            row.value["provision"],
            row.value["state"],
            row.value.get("since") or row.at.date().isoformat(),
            row.who,
            row.reason,
            row.claim,
        )
        for row in rows
        if row.value
    )


def gradings(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Grading, ...]:
    """The grades that people gave, the oldest first: judgements on the field `grade`, "B2" of a telling or
    {"source": ID, "reliability": "B"} of a source. A source's grade that was handed on is the same word and stands once."""
    asked = holding(as_of).where(judgements.c.field == GRADE).order_by(judgements.c.n)
    with reading(ledger) as connection:
        rows = connection.execute(asked).all()
    return tuple(_grading(row) for row in rows if row.value and (isinstance(row.value, str) or row.carried is None))


def _grading(row: Row[Any]) -> Grading:
    if isinstance(row.value, str):
        return Grading(row.claim, row.reading, None, row.value[0], row.value[1], row.who, row.reason)
    return Grading(row.claim, row.reading, row.value["source"], row.value["reliability"], None, row.who, row.reason)


def holding(as_of: datetime | None) -> Select[Any]:
    """The judgements that hold, or held at a moment: neither taken back nor words that take back."""
    lifting = judgements.alias("lifting")
    gone = select(lifting.c.n).where(lifting.c.lifts == judgements.c.n)
    known = select(judgements).where(judgements.c.lifts.is_(None))
    if as_of is not None:
        gone, known = gone.where(lifting.c.at <= as_of), known.where(judgements.c.at <= as_of)
    return known.where(~gone.exists())


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(row.n, row.claim, row.field, row.value, row.reading, row.who, row.at, row.reason, row.carried, row.lifts)
