"""How far what is kept has come: up to which entry of the chain, by which version; and which articles entries since speak of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select, update

from trucewatch.database.tables import (
    articles,
    audit,
    beside,
    happenings,
    head,
    judgements,
    linked,
    marks,
    readings,
    remarks,
    slots,
    speaks,
    trackers,
)

Name = Literal["links", "heard"]
LINKS: Name = "links"
HEARD: Name = "heard"
AT_ONCE = 1000  # values in one question
_ASIDE = ("access", "embargo", "export")  # actions of entries
_TABLES = {LINKS: (linked, slots, beside, happenings), HEARD: (speaks, remarks)}


@dataclass(frozen=True, slots=True)
class Mark:
    """`seq`: the last entry that is worked in; `version`: a digest of the knowledge by which it was."""

    seq: int
    version: str


def head_of(connection: Connection) -> tuple[int, str]:
    """Number and digest of the last entry of the chain."""
    row = connection.execute(select(head.c.seq, head.c.hash)).one()
    return row.seq, row.hash


def news_of(connection: Connection) -> tuple[int, str]:
    """The same of the last entry that changed what is told: that somebody came, or took something out, makes nothing new."""
    asked = select(audit.c.seq, audit.c.hash).where(audit.c.action.not_in(_ASIDE)).order_by(audit.c.seq.desc()).limit(1)
    row = connection.execute(asked).first()
    return (row.seq, row.hash) if row else (0, "")


def reached(connection: Connection, name: Name) -> Mark:
    """How far this kind has come; 0 where nothing of it is kept."""
    row = connection.execute(select(marks).where(marks.c.name == name)).first()
    return Mark(row.seq, row.version) if row else Mark(0, "")


def hold(connection: Connection, name: Name) -> Mark:
    """The same, held until the transaction ends: another that would work on it waits here."""
    connection.execute(select(head.c.seq).with_for_update())
    return reached(connection, name)


def reach(connection: Connection, name: Name, mark: Mark) -> None:
    """Writes how far it has come."""
    told = {"seq": mark.seq, "version": mark.version}
    if not connection.execute(update(marks).where(marks.c.name == name).values(told)).rowcount:
        connection.execute(insert(marks), [{"name": name} | told])


def clear(connection: Connection, name: Name) -> None:
    """Throws away all that is kept of this kind, and the trackers made of it."""
    connection.execute(delete(marks).where(marks.c.name == name))
    for table in (*_TABLES[name], trackers):
        connection.execute(delete(table))


def changed(connection: Connection, after: int, last: int, fields: Collection[str]) -> frozenset[str]:
    """The articles whose claims, or judgements on these fields, entries changed: those behind `after`, up to `last`."""
    asked = select(audit.c.action, audit.c.object, audit.c.after).where(audit.c.seq > after, audit.c.seq <= last)
    out: set[str] = set()
    rows: set[int] = set()
    for entry in connection.execute(asked):
        if entry.action == "read":
            out.add(entry.object)
        elif entry.action == "redact":
            rows |= {n for table, n, _ in entry.after["rows"] if table == "articles"}
    said = select(judgements.c.claim, judgements.c.value).where(
        judgements.c.seq > after, judgements.c.seq <= last, judgements.c.field.in_(fields)
    )
    claims = {claim for row in connection.execute(said) for claim in (row.claim, _other(row.value)) if claim}
    for some in chunks(rows):
        out |= set(connection.execute(select(articles.c.id).where(articles.c.n.in_(some))).scalars())
    for some in chunks(claims):
        out |= set(connection.execute(select(readings.c.article).where(readings.c.claim.in_(some))).scalars())
    return frozenset(out)


def _other(value: object) -> str | None:
    """The second claim of a judgement on two."""
    told = value.get("to") if isinstance(value, dict) else None
    return told if isinstance(told, str) else None


def chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    """The values, in order, so many at a time as one question may hold."""
    ordered = sorted(values)
    for at in range(0, len(ordered), AT_ONCE):
        yield ordered[at : at + AT_ONCE]
