"""A person's word on a field of a claim. It belongs to the reading that the person saw; after another run it is handed on where a
reading of the same article tells the same thing, and waits for review where none does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, func, insert, select

from trucewatch.database import chain
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.tables import articles, judgements, moment_text, readings
from trucewatch.errors import LedgerError
from trucewatch.ledger.fields import GRADE, LINK, STATE, refused
from trucewatch.ledger.rows import told_by
from trucewatch.model import Pairing
from trucewatch.model.grade import Grading
from trucewatch.model.tracker import Ruling

_NAMED = 5000  # ids that a question may name


@dataclass(frozen=True, slots=True)
class Judgement:
    """`claim`, `field` and `value` as judged; `reading` is the one it holds for. `carried`: the judgement that was handed
    on, None where a person looked at this very reading."""

    n: int
    claim: str
    field: str
    value: Any
    reading: str
    who: str
    at: datetime
    reason: str
    carried: int | None


def judge(ledger: Ledger, claim: str, field: str, value: Any, *, who: str, reason: str, at: datetime) -> Judgement:
    """Writes a judgement on the reading that is shown now. An earlier one on the same field stays and is history."""
    with writing(ledger) as connection:
        end = chain.take(connection)
        shown = select(readings.c.reading, readings.c.body, articles.c.outlet)
        asked = shown.join_from(readings, articles, articles.c.n == readings.c.printed)
        asked = asked.where(readings.c.claim == claim, readings.c.until.is_(None))
        seen = connection.execute(asked).first()
        if seen is None:
            raise LedgerError(f"{ledger.place}: no claim '{claim}' is shown. Look with: trucewatch claims.")
        if problem := refused(field, value, seen.body, seen.outlet):
            raise LedgerError(f"{ledger.place}: {problem}")
        row = {"n": end.rows + 1, "claim": claim, "field": field, "value": value, "reading": seen.reading, "who": who}
        row |= {"at": chain.stamp(end, at), "reason": reason, "carried": None}
        kept = _kept(row, end.seq + 1)
        connection.execute(insert(judgements), [kept])
        after = {"judgement": [kept["n"], kept["digest"]]}
        chain.append(connection, end, at=at, actor=who, action="judge", object_=claim, after=after, rows=1)
    return Judgement(**row)


def judgements_of(ledger: Ledger, claims: Sequence[str] | None = None, *, as_of: datetime | None = None) -> tuple[Judgement, ...]:
    """All judgements, or those on some claims, in the order in which they were made."""
    asked = _known(as_of)
    if claims is not None and len(claims) <= _NAMED:
        asked = asked.where(judgements.c.claim.in_(claims))
    wanted = None if claims is None else set(claims)
    with reading(ledger) as connection:
        rows = connection.execute(asked.order_by(judgements.c.n))
        return tuple(_judgement(row) for row in rows if wanted is None or row.claim in wanted)


def review(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Judgement, ...]:
    """The judgements that hold for no reading which is shown, and were handed on to none: a person should look."""
    later = judgements.alias("later")
    newer = select(later.c.n).where(
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
        shown = shown.where(readings.c.since <= as_of, readings.c.until.is_(None) | (readings.c.until > as_of))
    asked = _known(as_of).where(~newer.exists(), ~handed.exists(), ~shown.exists()).order_by(judgements.c.n)
    with reading(ledger) as connection:
        return tuple(_judgement(row) for row in connection.execute(asked))


def pairings(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Pairing, ...]:
    """What people said of two claims, the oldest first: judgements on the field `link`, `{"to": CLAIM, "as": "merge"}`."""
    asked = _known(as_of).where(judgements.c.field == LINK).order_by(judgements.c.n)
    with reading(ledger) as connection:
        rows = connection.execute(asked).all()
    return tuple(Pairing(row.claim, row.value["to"], row.value["as"], row.who, row.reason) for row in rows if row.value)


def rulings(ledger: Ledger, *, as_of: datetime | None = None) -> tuple[Ruling, ...]:
    """What people said of provisions, the oldest first: judgements on the field `state`. Where no day is told, it holds from the
    day on which it was said. What was handed on to another reading is the same word and stands once."""
    asked = _known(as_of).where(judgements.c.field == STATE, judgements.c.carried.is_(None)).order_by(judgements.c.n)
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
    asked = _known(as_of).where(judgements.c.field == GRADE).order_by(judgements.c.n)
    with reading(ledger) as connection:
        rows = connection.execute(asked).all()
    return tuple(_grading(row) for row in rows if row.value and (isinstance(row.value, str) or row.carried is None))


def _grading(row: Row[Any]) -> Grading:
    if isinstance(row.value, str):
        return Grading(row.claim, row.reading, None, row.value[0], row.value[1], row.who, row.reason)
    return Grading(row.claim, row.reading, row.value["source"], row.value["reliability"], None, row.who, row.reason)


def hand_on(
    connection: Connection, gone: Sequence[RowMapping], new: Sequence[Mapping[str, Any]], *, at: datetime, seq: int, n: int
) -> list[dict[str, Any]]:
    """Judgements on readings that ended go to the new reading with the same event and voice whose event evidence covers half of
    the old one's or more. `n` is the last row number in use. Returns the rows written."""
    if not gone:
        return []
    held = connection.execute(_held([row["claim"] for row in gone])).mappings().all()
    old = {(row["claim"], row["reading"]): row["body"] for row in gone}
    out: list[dict[str, Any]] = []
    for judged in held:
        before = old.get((judged["claim"], judged["reading"]))
        heir = _heir(before, new) if before else None
        if heir is None:
            continue
        row = dict(judged) | {"n": n + len(out) + 1, "claim": heir["claim"], "reading": heir["reading"], "at": at}
        out.append(_kept(row | {"carried": judged["n"], "redacted": None}, seq))
    if out:
        connection.execute(insert(judgements), out)
    return out


def judgement_digest(row: Mapping[str, Any]) -> str:
    names = ("n", "claim", "field", "value", "reading", "who", "reason", "carried")
    return chain.digest({name: row[name] for name in names} | {"at": moment_text(row["at"])})


def _kept(row: Mapping[str, Any], seq: int) -> dict[str, Any]:
    return dict(row) | {"seq": seq, "digest": judgement_digest(row)}


def _known(as_of: datetime | None) -> Select[Any]:
    asked = select(judgements)
    return asked if as_of is None else asked.where(judgements.c.at <= as_of)


def _held(claims: Sequence[str]) -> Select[Any]:
    """The last judgement on each field and reading of these claims."""
    keys = (judgements.c.claim, judgements.c.field, judgements.c.reading)
    last = select(func.max(judgements.c.n)).where(judgements.c.claim.in_(claims)).group_by(*keys)
    return select(judgements).where(judgements.c.n.in_(last)).order_by(judgements.c.n)


def _heir(old: Mapping[str, Any], new: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The new reading that covers most of the old one's event evidence; of equals the one with the same id, then the first."""
    best: tuple[float, bool, int] | None = None
    found = None
    for row in new:
        body = row["body"]
        if body["event"] != old["event"] or _voice(body) != _voice(old):
            continue
        share = _covered(old, body)
        rank = (share, row["claim"] == old["id"], -row["n"])
        if share >= 0.5 and (best is None or rank > best):
            best, found = rank, row
    return found


def _voice(body: Mapping[str, Any]) -> tuple[Any, ...]:
    """A voice by its party, else by its kind and words."""
    voice = told_by(body)
    return (voice["party"],) if voice["party"] else (voice["kind"], voice["text"])


def _covered(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    """How much of the old event evidence the new one covers, 0 to 1, in characters."""
    here = _places(old)
    return len(here & _places(new)) / len(here) if here else 0.0


def _places(body: Mapping[str, Any]) -> set[int]:
    return {at for piece in body["evidence"] if piece["role"] == "event" for at in range(piece["start"], piece["end"])}


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(row.n, row.claim, row.field, row.value, row.reading, row.who, row.at, row.reason, row.carried)
