"""Writing judgements: a person's words on claims that are shown, and words that take others back. Nothing is ever overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from trucewatch.database import chain
from trucewatch.database.engine import Ledger, writing
from trucewatch.database.tables import articles, judgements, moment_text, readings
from trucewatch.errors import LedgerError
from trucewatch.judgements.fields import Seen, refused
from trucewatch.judgements.made import Judgement, holding

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Word:
    """What is to be said of a claim. `reading`: the one that the person looks at; None: whichever is shown."""

    claim: str
    field: str
    value: Any
    reason: str
    reading: str | None = None


def judge(ledger: Ledger, claim: str, field: str, value: Any, *, who: str, reason: str, at: datetime) -> Judgement:
    """Writes a judgement on the reading that is shown now. An earlier one on the same field stays and is history."""
    (made,) = say(ledger, [Word(claim, field, value, reason)], who=who, at=at)
    return made


def say(ledger: Ledger, words: Sequence[Word], *, who: str, at: datetime) -> tuple[Judgement, ...]:
    """Writes all of these words, or none, in one transaction and with one moment. Raises LedgerError where a claim is not shown,
    reads otherwise than the person saw it, or a value does not fit."""
    with writing(ledger) as connection:
        end = chain.take(connection)
        moment = tick(end, at)
        made = []
        for word in words:
            reading = _seen(connection, ledger.place, word)
            row = {"claim": word.claim, "field": word.field, "value": word.value, "reading": reading, "reason": word.reason}
            one, end = put(connection, end, row, who=who, at=moment, action="judge")
            made.append(one)
    return tuple(made)


def take_back(
    connection: Connection, end: chain.Head, numbers: Sequence[int], *, who: str, reason: str, at: datetime
) -> chain.Head:
    """Takes judgements back, with those that were handed on from them. What is taken back already is passed over."""
    moment = tick(end, at)
    for row in _chain_of(connection, numbers):
        told = {name: row[name] for name in ("claim", "field", "value", "reading")} | {"reason": reason, "lifts": row["n"]}
        _, end = put(connection, end, told, who=who, at=moment, action="lift")
    return end


def put(
    connection: Connection, end: chain.Head, told: Mapping[str, Any], *, who: str, at: datetime, action: str
) -> tuple[Judgement, chain.Head]:
    """One row with its entry of the chain; the caller's transaction."""
    row = {"n": end.rows + 1, **told, "who": who, "at": at, "carried": None, "lifts": told.get("lifts")}
    written = kept(row, end.seq + 1)
    connection.execute(insert(judgements), [written])
    after = {"judgement": [written["n"], written["digest"]]}
    new = chain.append(connection, end, at=at, actor=who, action=action, object_=told["claim"], after=after, rows=1)
    return Judgement(**row), new


def tick(end: chain.Head, at: datetime) -> datetime:
    """A moment of its own: what was written in one go is known by it."""
    return at if end.at is None or at > end.at else end.at + _TICK


def kept(row: Mapping[str, Any], seq: int) -> dict[str, Any]:
    """A row as it is written."""
    return dict(row) | {"seq": seq, "digest": judgement_digest(row)}


def judgement_digest(row: Mapping[str, Any]) -> str:
    names = ("n", "claim", "field", "value", "reading", "who", "reason", "carried", *(["lifts"] if row.get("lifts") else []))
    return chain.digest({name: row[name] for name in names} | {"at": moment_text(row["at"])})


def _seen(connection: Connection, place: str, word: Word) -> str:
    """The reading that is shown, once the word is fit to be said of it."""
    shown = select(readings.c.reading, readings.c.body, articles.c.outlet, articles.c.text)
    asked = shown.join_from(readings, articles, articles.c.n == readings.c.printed)
    row = connection.execute(asked.where(readings.c.claim == word.claim, readings.c.until.is_(None))).first()
    if row is None:
        raise LedgerError(f"{place}: no claim '{word.claim}' is shown. Look with: trucewatch claims.")
    if word.reading is not None and word.reading != row.reading:
        raise LedgerError(f"{place}: the claim '{word.claim}' reads otherwise since you looked. Look at it again.")
    if problem := refused(word.field, word.value, Seen(row.body, row.outlet, row.text)):
        raise LedgerError(f"{place}: {problem}")
    return str(row.reading)


def _chain_of(connection: Connection, numbers: Sequence[int]) -> list[Mapping[str, Any]]:
    """These judgements and those handed on from them, that hold; the newest first."""
    found: dict[int, Mapping[str, Any]] = {}
    wanted = list(numbers)
    while wanted:
        more = connection.execute(select(judgements.c.n).where(judgements.c.carried.in_(wanted))).scalars().all()
        rows = connection.execute(holding(None).where(judgements.c.n.in_(wanted))).mappings()
        found |= {row["n"]: row for row in rows}
        wanted = list(more)
    return [found[n] for n in sorted(found, reverse=True)]
