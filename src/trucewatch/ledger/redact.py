"""`redact`: words are taken out of articles, of all their readings, of judgements and of search, for good. A tombstone says that
something was there, why it went, who took it out and when; the chain still holds, because it holds digests only."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from trucewatch import kept
from trucewatch.database import chain
from trucewatch.database.engine import SQLITE, Ledger, reading, stream, writing
from trucewatch.database.tables import articles, custody, judgements, parties, readings, sightings, tombstones
from trucewatch.database.words import indexed
from trucewatch.errors import LedgerError
from trucewatch.judgements import judgement_digest
from trucewatch.ledger import blank
from trucewatch.ledger.custody import Custody, all_records
from trucewatch.ledger.rows import article_digest, columns, custody_digest, party_rows, rows_digest, tombstone_digest
from trucewatch.text.fold import fold_text

Spans = dict[int, list[blank.Span]]
Strike = Callable[[Sequence[Custody], Collection[int], str | None, datetime], Mapping[int, str]]
_LEAST = 3  # letters of a name
_ID = select(articles.c.id)
_ERASE = ("INSERT INTO search(search) VALUES ('rebuild')", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class Redacted:
    """How many rows lost words. `erased`: the database has also overwritten the room where they stood; False: it was in use, and
    the words can still lie in its unused pages until `trucewatch ledger redact` can clean them."""

    articles: int
    readings: int
    judgements: int
    erased: bool
    records: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    """What goes: places in article rows, a claim, a name; and what is noted of it."""

    kind: str
    object: str
    spans: Spans
    reason: str
    who: str
    name: str | None = None


def redact(ledger: Ledger, what: str, *, reason: str, who: str, at: datetime, strike: Strike = lambda *_: {}) -> Redacted:
    """Takes out a claim (by its id) or a name (in whatever spelling folds alike). Raises LedgerError where neither is found.

    `strike` strikes records of evidence: given those there are, the numbers of those that the articles were read from, the name
    if it is one, and the moment, it returns the digests of what lies in their place. It is called before anything is final.
    """
    if not reason.strip():
        raise LedgerError("redact: no reason. Say why in --reason; it stays in place of the words.")
    with writing(ledger) as connection:
        end = chain.take(connection)
        known = connection.execute(select(readings.c.n).where(readings.c.claim == what).limit(1)).first()
        work = _claim(connection, what, reason, who) if known else _name(connection, what, reason, who)
        done = _carry_out(connection, ledger, end, work, at, strike)
    return replace(done, erased=erase(ledger))


def tombs(ledger: Ledger) -> tuple[Mapping[str, Any], ...]:
    """The tombstones, the oldest first: seq, kind, object, digest, reason, who, at, spans."""
    with reading(ledger) as connection:
        return tuple(stream(connection, tombstones))


def again(ledger: Ledger, wanted: Sequence[Mapping[str, Any]], *, at: datetime) -> int:
    """Redactions of another copy of this ledger carried out here too, on the places noted; for a backup older than they are."""
    there = {(t["kind"], t["object"], t["digest"]) for t in tombs(ledger)}
    missing = [t for t in wanted if (t["kind"], t["object"], t["digest"]) not in there]
    for tomb in missing:
        spans = {int(n): [(start, end) for start, end in places] for n, places in tomb["spans"].items()}
        with writing(ledger) as connection:
            end = chain.take(connection)
            work = _Work(tomb["kind"], tomb["object"], spans, tomb["reason"], tomb["who"])
            struck = {int(n): digest for n, digest in (tomb["records"] or {}).items()}
            _carry_out(connection, ledger, end, work, at, lambda *_, struck=struck: struck, digest=tomb["digest"])
    if missing:
        erase(ledger)
    return len(missing)


def blanks(connection: Connection, article_n: int, taken: Mapping[str, Any]) -> dict[str, Any]:
    """A new claim on an article whose words were taken out, as it may be kept."""
    row = connection.execute(select(articles.c.text).where(articles.c.n == article_n)).one()
    gone = select(tombstones.c.seq).where(tombstones.c.kind == "claim", tombstones.c.object == taken["id"])
    return (blank.emptied if connection.execute(gone).first() else blank.following)(taken, row.text)


def _claim(connection: Connection, claim: str, reason: str, who: str) -> _Work:
    """Every span of every reading of the claim, and its event's words wherever they stand in a version of the article."""
    spells = connection.execute(select(readings).where(readings.c.claim == claim)).mappings().all()
    versions = connection.execute(select(articles).where(articles.c.id == spells[0]["article"])).mappings().all()
    quotes = {p["quote"] for s in spells for p in s["body"]["evidence"] if p["role"] == "event"}
    if any(quote and fold_text(quote) in fold_text(reason) for quote in quotes):
        raise LedgerError("redact: the reason holds the words that are to go. Say it otherwise.")
    spans: Spans = {}
    told = {(span, words) for s in spells for span, words in blank.spans(s["body"])}
    for version in versions:
        found = {(start, end) for (start, end), words in told if version["text"][start:end] == words}
        found |= {hit for quote in quotes if blank.BLANK not in quote for hit in blank.places(version["text"], quote)}
        spans[version["n"]] = sorted(found)
    return _Work("claim", claim, spans, reason, who)


def _name(connection: Connection, name: str, reason: str, who: str) -> _Work:
    if name.startswith("c:"):
        raise LedgerError(f"redact: no claim '{name}'. Look with: trucewatch claims.")
    if sum(map(str.isalnum, fold_text(name))) < _LEAST:
        raise LedgerError(f"redact: '{name}' is too short for a name; it would take out parts of words. Write the whole name.")
    if blank.places(reason, name):
        raise LedgerError("redact: the reason holds the name that is to go. Say it otherwise.")
    spans: Spans = {}
    for row in stream(connection, articles):
        found = blank.places(row["text"], name)
        if found or blank.names(row["url"], name):
            spans[row["n"]] = found
    if not spans:
        raise LedgerError(f"redact: neither a claim nor a name in any article: '{name}'. Look at the spelling.")
    return _Work("name", "", spans, reason, who, name)


def _carry_out(
    connection: Connection, ledger: Ledger, end: chain.Head, work: _Work, at: datetime, strike: Strike, digest: str | None = None
) -> Redacted:
    seq = end.seq + 1
    rows: list[tuple[str, int, str]] = []
    before: list[tuple[int, str]] = []
    for n, spans in work.spans.items():
        row = connection.execute(select(articles).where(articles.c.n == n)).mappings().first()
        if row is not None:
            before.append((n, row["digest"]))
            rows.append(_article(connection, dict(row), spans, work, seq))
            rows += _readings(connection, ledger.prefixes, row["n"], row["published"], spans, work, seq)
    kept.take_out(connection, [name for n in work.spans for name in connection.execute(_ID.where(articles.c.n == n)).scalars()])
    rows += _judgements(connection, work, seq)
    struck = strike(_unstruck(connection), _met(connection, work.spans), work.name, chain.stamp(end, at))
    rows += _records(connection, struck, work, seq)
    tomb = {"seq": seq, "kind": work.kind, "object": work.object, "digest": digest or rows_digest(before), "reason": work.reason}
    tomb |= {"who": work.who, "at": chain.stamp(end, at), "spans": {str(n): spans for n, spans in work.spans.items()}}
    tomb["records"] = {str(n): digest for n, digest in struck.items()} or None
    connection.execute(insert(tombstones), [tomb])
    after = {"tombstone": tombstone_digest(tomb), "rows": rows}
    named = work.object or work.kind
    chain.append(connection, end, at=at, actor=work.who, action="redact", object_=named, after=after)
    printed, read, judged = (sum(t == name for t, _, _ in rows) for name in ("articles", "readings", "judgements"))
    return Redacted(printed, read, judged, erased=False, records=len(struck))


def _clean(work: _Work) -> Callable[[str], str]:
    name = work.name
    return (lambda words: blank.without(words, name)) if name else str


def _article(
    connection: Connection, row: dict[str, Any], spans: Iterable[blank.Span], work: _Work, seq: int
) -> tuple[str, int, str]:
    clean = _clean(work)
    row["text"] = blank.blanked(row["text"], spans)
    for hint in row["dates"]:
        inside = hint["start"] is not None and blank.BLANK in row["text"][hint["start"] : hint["end"]]
        hint["raw"] = row["text"][hint["start"] : hint["end"]] if inside else clean(hint["raw"])
    row["agencies"] = [clean(agency) for agency in row["agencies"]]
    row["outlet"] = clean(row["outlet"]) if row["outlet"] else None
    if blank.names(row["url"], work.name) if work.name else work.kind == "name" and not spans:
        row["url"] = None
    kept = {name: row[name] for name in ("text", "dates", "agencies", "outlet", "url")} | {"redacted": seq}
    connection.execute(update(articles).where(articles.c.n == row["n"]).values(kept))
    return "articles", row["n"], article_digest(row)


def _readings(
    connection: Connection,
    prefixes: Sequence[str],
    article_n: int,
    published: str | None,
    spans: Sequence[blank.Span],
    work: _Work,
    seq: int,
) -> list[tuple[str, int, str]]:
    blanked: str = connection.execute(select(articles.c.text).where(articles.c.n == article_n)).scalar_one()
    found = connection.execute(select(readings).where(readings.c.printed == article_n).order_by(readings.c.n)).mappings().all()
    gone = {party for row in found for party in blank.parties_of(row["body"], spans)} if work.kind == "name" else set()
    out = []
    for row in found:
        if work.kind == "claim" and row["claim"] == work.object:
            body = blank.emptied(row["body"], blanked)
        else:
            body = blank.following(row["body"], blanked, gone=gone, clean=_clean(work))
        if body == row["body"]:
            continue
        made = columns(body, published) | {"words": indexed(body, prefixes)}
        connection.execute(update(readings).where(readings.c.n == row["n"]).values(made | {"body": body, "redacted": seq}))
        connection.execute(delete(parties).where(parties.c.n == row["n"]))
        if present := party_rows(body, row["n"], made["day"]):
            connection.execute(insert(parties), present)
        out.append(("readings", row["n"], chain.digest(body)))
    return out


def _judgements(connection: Connection, work: _Work, seq: int) -> list[tuple[str, int, str]]:
    """Values and reasons that people wrote: those on a claim that goes, those on other claims of its article that hold words of
    the places taken out, and those that hold the name."""
    asked = select(judgements).order_by(judgements.c.n)
    if work.name is None:
        beside = select(readings.c.claim).where(readings.c.printed.in_(work.spans))
        asked = asked.where((judgements.c.claim == work.object) | judgements.c.claim.in_(beside))
    clean, gone = _clean(work), [span for spans in work.spans.values() for span in spans]
    out = []
    for row in map(dict, connection.execute(asked).mappings()):
        new = {"value": None, "reason": blank.BLANK}
        if work.name is None and row["claim"] != work.object:
            new = {"value": blank.BLANK if _meets(row["value"], gone) else row["value"], "reason": row["reason"]}
        if work.name is not None:
            new = {"value": _scrubbed(row["value"], clean), "reason": clean(row["reason"])}
        if any(row[name] != value for name, value in new.items()):
            connection.execute(update(judgements).where(judgements.c.n == row["n"]).values(new | {"redacted": seq}))
            out.append(("judgements", row["n"], judgement_digest(row | new)))
    return out


def _meets(value: Any, gone: Sequence[blank.Span]) -> bool:
    """Whether a value holds words that lie in one of these places."""
    if isinstance(value, list):
        return any(_meets(part, gone) for part in value)
    if not isinstance(value, dict):
        return False
    start, end = value.get("span") or (value.get("start"), value.get("end"))
    inside = isinstance(start, int) and isinstance(end, int) and any(start < last and first < end for first, last in gone)
    return inside or any(_meets(part, gone) for part in value.values())


def _unstruck(connection: Connection) -> tuple[Custody, ...]:
    return tuple(row for row in all_records(connection) if row.redacted is None)


def _met(connection: Connection, printed: Iterable[int]) -> frozenset[int]:
    """The records in which these versions of articles were met."""
    told = (select(sightings.c.custody).where(sightings.c.printed == n) for n in printed)
    return frozenset(n for asked in told for n in connection.execute(asked).scalars())


def _records(connection: Connection, struck: Mapping[int, str], work: _Work, seq: int) -> list[tuple[str, int, str]]:
    """Rows of custody whose record was struck: they tell what lies there now, and no name in the address."""
    out = []
    for n, record in struck.items():
        row = connection.execute(select(custody).where(custody.c.n == n)).mappings().first()
        if row is not None:
            named = work.name is None or blank.names(row["source"], work.name)
            new = {"record": record, "source": blank.BLANK if named else row["source"], "redacted": seq}
            connection.execute(update(custody).where(custody.c.n == n).values(new))
            out.append(("custody", n, custody_digest({**row, **new})))
    return out


def _scrubbed(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_scrubbed(item, clean) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _scrubbed(item, clean) for key, item in value.items()}
    lost = made.get("text") != value.get("text")  # then what was read from the words goes with them
    return {key: None if lost and key in blank.READ else item for key, item in made.items()}


def erase(ledger: Ledger) -> bool:
    """Rewrites the database without what lies in unused pages, so that a copy of it holds none of the words either."""
    sqlite = ledger.engine.dialect.name == SQLITE
    tables = (articles, readings, judgements, parties, custody, *kept.WORDS)
    steps = _ERASE if sqlite else tuple(f"VACUUM FULL {table.name}" for table in tables)
    plain = ledger.engine.raw_connection()
    try:
        driver: Any = plain.driver_connection
        if not sqlite:
            driver.autocommit = True
        told = [driver.execute(step).fetchall() if sqlite else driver.execute(step) for step in steps]
        return not sqlite or told[-1][0][0] == 0  # SQLite tells whether a reader kept the log from being emptied
    except ledger.engine.dialect.loaded_dbapi.Error:
        return False
    finally:
        plain.invalidate()  # its ways are not those of the pool
