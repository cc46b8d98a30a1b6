"""Custody: what was read, by whom, when and by what, and where its bytes lie; and in which records an article was met."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, or_, select

from trucewatch.database import chain
from trucewatch.database.engine import Ledger, reading, stream, writing
from trucewatch.database.tables import articles, custody, readings, sightings
from trucewatch.errors import LedgerError
from trucewatch.ledger.rows import article_of, custody_digest, sighting_digest
from trucewatch.model import Article
from trucewatch.model.tracker import TakenBack

PRINTED, GONE, WITHDRAWN, CORRECTED = "printed", "gone", "withdrawn", "corrected"
FEED = "feed"  # the form of a record that holds no article
Ends = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a record is of. `source`: an address, or a file with its line. `tool`: name and version of the program. `form` and
    `language`: how its payload is read, None where it is not. `status`: that of HTTP. `payload`: its digest."""

    kind: str
    source: str
    payload: str
    tool: str
    status: int | None = None
    form: str | None = None
    language: str | None = None


class Lying(NamedTuple):
    """Where the bytes of a record lie, their digest, and how many bytes of a torn record before it were cut."""

    file: str
    offset: int
    length: int
    record: str
    cut: int


@dataclass(frozen=True, slots=True)
class Custody:
    """A row of custody. `redacted`: the entry that struck the record, or None."""

    n: int
    at: datetime
    who: str
    tool: str
    kind: str
    source: str
    status: int | None
    form: str | None
    language: str | None
    payload: str
    record: str
    file: str
    offset: int
    length: int
    redacted: int | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """`printed`: the row of the article's version; `says`: printed, gone, withdrawn, corrected, with the words that say so as a
    span of the version's text."""

    n: int
    at: datetime
    printed: int
    custody: int
    says: str
    start: int | None
    end: int | None


def keep(
    ledger: Ledger, origin: Provenance, write: Callable[[Ends, datetime], Lying], *, who: str, at: datetime
) -> tuple[int, int]:
    """Keeps a record: `write` puts its bytes into a file while the ledger is held, so that writers come one by one; it can
    ask where the noted records of a file end, and is given the moment. Returns the row and how many bytes of a torn record went.

    A resource or feed that is held, or was and has been struck, is not written again: its row is returned. Nor is an answer that
    is the last one of its address once more.
    """
    with writing(ledger) as connection:
        end = chain.take(connection)
        if (known := _held(connection, origin)) is not None:
            return known, 0
        now = chain.stamp(end, at)
        lying = write(lambda file: _end(connection, file), now)
        row: dict[str, Any] = {name: getattr(origin, name) for name in Provenance.__slots__}
        row |= {"n": end.rows + 1, "seq": end.seq + 1, "at": now, "who": who, "redacted": None}
        row |= {"file": lying.file, "offset": lying.offset, "length": lying.length, "record": lying.record}
        row["digest"] = custody_digest(row)
        connection.execute(insert(custody), [row])
        after = {"custody": [row["n"], row["digest"]]} | ({"cut": lying.cut} if lying.cut else {})
        chain.append(connection, end, at=at, actor=who, action="custody", object_=f"record {row['n']}", after=after, rows=1)
    return end.rows + 1, lying.cut


def sight(
    ledger: Ledger, article: str, record: int, says: str = PRINTED, *, who: str, at: datetime, span: tuple[int, int] | None = None
) -> bool:
    """Notes that the version of an article which is shown now was met in a record, or is said there to be gone, withdrawn or
    corrected. False where that is noted already; that it is gone is noted once until it is printed again."""
    start, stop = span or (None, None)
    with writing(ledger) as connection:
        end = chain.take(connection)
        printed = connection.execute(select(articles.c.n).where(articles.c.id == article, articles.c.until.is_(None))).scalar()
        if printed is None:
            raise LedgerError(f"{ledger.place}: no article '{article}'. Look with: trucewatch claims.")
        asked = select(sightings.c.says, sightings.c.custody).where(sightings.c.printed == printed).order_by(sightings.c.n)
        known = connection.execute(asked).all()
        last = next((row.says for row in reversed(known) if row.says in (PRINTED, GONE)), None)
        if (says, record) in {(row.says, row.custody) for row in known} or says == GONE == last:
            return False
        row = {"n": end.rows + 1, "seq": end.seq + 1, "at": chain.stamp(end, at), "printed": printed, "custody": record}
        row |= {"says": says, "start": start, "end": stop}
        row["digest"] = sighting_digest(row)
        connection.execute(insert(sightings), [row])
        after = {"sightings": [row["n"], row["digest"]]}
        chain.append(connection, end, at=at, actor=who, action=says, object_=article, after=after, rows=1)
    return True


def records(ledger: Ledger) -> tuple[Custody, ...]:
    """All rows of custody, by file and place in it."""
    with reading(ledger) as connection:
        return all_records(connection)


def all_records(connection: Connection) -> tuple[Custody, ...]:
    """The same inside a transaction."""
    asked = select(custody).order_by(custody.c.file, custody.c.offset, custody.c.n)
    return tuple(map(_custody, connection.execute(asked).mappings()))


def custody_of(ledger: Ledger, n: int) -> Custody | None:
    with reading(ledger) as connection:
        row = connection.execute(select(custody).where(custody.c.n == n)).mappings().first()
    return _custody(row) if row else None


def seen(ledger: Ledger, printed: int) -> tuple[Sighting, ...]:
    """Where a version of an article was met, the oldest first."""
    with reading(ledger) as connection:
        return sightings_of(connection, printed)


def sightings_of(connection: Connection, printed: int) -> tuple[Sighting, ...]:
    """The same inside a transaction."""
    asked = select(sightings).where(sightings.c.printed == printed).order_by(sightings.c.n)
    rows = connection.execute(asked).mappings()
    return tuple(Sighting(**{name: row[name] for name in Sighting.__slots__}) for row in rows)


def taken_back(ledger: Ledger, *, as_of: datetime | None = None) -> Mapping[str, TakenBack]:
    """The articles that are withdrawn, or gone from their address, by id; those that were printed again since are none."""
    holds: ColumnElement[bool] = articles.c.until.is_(None)
    if as_of is not None:
        holds = (
            (articles.c.since <= as_of) & or_(articles.c.until.is_(None), articles.c.until > as_of) & (sightings.c.at <= as_of)
        )
    back = select(sightings.c.printed).where(sightings.c.says.in_((GONE, WITHDRAWN)))
    asked = select(articles.c.id, sightings.c.says, sightings.c.at).join_from(
        sightings, articles, articles.c.n == sightings.c.printed
    )
    said = asked.where(holds, sightings.c.printed.in_(back), sightings.c.says != CORRECTED).order_by(sightings.c.n)
    last: dict[str, TakenBack] = {}
    with reading(ledger) as connection:
        for name, says, at in connection.execute(said):
            if says == PRINTED:
                last.pop(name, None)
            elif name not in last or last[name].says != says:
                last[name] = TakenBack(name, says, at.date().isoformat())
    return last


@dataclass(frozen=True, slots=True)
class Met:
    """A version of an article with the records it was met in, and the claims shown of it: (id, (start, end, quote) …)."""

    article: Article
    redacted: bool
    records: tuple[int, ...]
    claims: tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...]


def met(ledger: Ledger) -> Iterator[Met]:
    """Every version of every article that was met in a record, or of which claims are shown, the oldest first."""
    with reading(ledger) as connection:
        for row in stream(connection, articles):
            noted = select(sightings.c.custody).where(sightings.c.printed == row["n"], sightings.c.says == PRINTED)
            shown = select(readings.c.claim, readings.c.body).where(readings.c.printed == row["n"], readings.c.until.is_(None))
            claims = tuple((told.claim, _quotes(told.body)) for told in connection.execute(shown.order_by(readings.c.n)))
            records = tuple(connection.execute(noted.order_by(sightings.c.n)).scalars())
            if records or claims:
                yield Met(article_of(row), row["redacted"] is not None, records, claims)


def answers(ledger: Ledger, url: str) -> tuple[Custody, ...]:
    """The answers of an address in which an article was met or said to be gone or withdrawn, the oldest first."""
    met = select(sightings.c.n).where(sightings.c.custody == custody.c.n)
    asked = select(custody).where(custody.c.source == url, custody.c.kind != "resource", met.exists()).order_by(custody.c.n)
    with reading(ledger) as connection:
        return tuple(map(_custody, connection.execute(asked).mappings()))


def known_as(ledger: Ledger, *ids: str, url: str | None = None) -> tuple[tuple[str, bool], ...]:
    """The articles that are shown under one of these ids or at this address, each with whether words were taken out of it."""
    told = articles.c.id.in_(ids) | (articles.c.url == url) if url else articles.c.id.in_(ids)
    asked = select(articles.c.id, articles.c.redacted).where(told, articles.c.until.is_(None)).order_by(articles.c.n)
    with reading(ledger) as connection:
        return tuple((row.id, row.redacted is not None) for row in connection.execute(asked))


def unmet(ledger: Ledger) -> int:
    """How many articles that are shown were read without evidence."""
    met = select(sightings.c.n).where(sightings.c.printed == articles.c.n)
    asked = select(func.count()).select_from(articles).where(articles.c.until.is_(None), ~met.exists())
    with reading(ledger) as connection:
        return int(connection.execute(asked).scalar_one())


def told_of(ledger: Ledger, name: str) -> RowMapping | None:
    """The newest spell of a claim, or that of a reading, by its id: n, body, printed, since, until, ended."""
    column = readings.c.reading if name.startswith("r:") else readings.c.claim
    named = (getattr(readings.c, key) for key in ("n", "claim", "body", "printed", "article", "since", "until", "ended"))
    asked = select(*named).where(column == name).order_by(readings.c.n.desc()).limit(1)
    with reading(ledger) as connection:
        return connection.execute(asked).mappings().first()


def _quotes(body: Mapping[str, Any]) -> tuple[tuple[int, int, str], ...]:
    return tuple((piece["start"], piece["end"], piece["quote"]) for piece in body["evidence"])


def _custody(row: RowMapping) -> Custody:
    return Custody(**{name: row[name] for name in Custody.__slots__})


def _held(connection: Connection, origin: Provenance) -> int | None:
    """The row of the same bytes from the same place, or of the same bytes that were struck wherever they came from; of answers
    the last of that address."""
    if origin.kind != "resource" and origin.form != FEED:
        if origin.kind != "response":
            return None
        newest = select(custody.c.n, custody.c.payload).where(custody.c.source == origin.source).order_by(custody.c.n.desc())
        last = connection.execute(newest.limit(1)).first()
        return last.n if last and last.payload == origin.payload else None
    asked = select(custody.c.n, custody.c.source, custody.c.redacted).where(custody.c.payload == origin.payload)
    rows = connection.execute(asked.order_by(custody.c.n)).all()
    return next((row.n for row in rows if row.source == origin.source or row.redacted is not None), None)


def _end(connection: Connection, file: str) -> int:
    """Where the last noted record of a file ends."""
    asked = select(custody.c.offset + custody.c.length).where(custody.c.file == file).order_by(custody.c.offset.desc()).limit(1)
    return connection.execute(asked).scalar() or 0
