"""Does the ledger hold what its chain says? Every entry is digested again, and every row that an entry speaks of."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select, text

from trucewatch import access
from trucewatch.database.chain import GENESIS, digest, entry_hash
from trucewatch.database.engine import SQLITE, Ledger, reading, stream, writing
from trucewatch.database.tables import articles, audit, custody, head, judgements, parties, readings, sightings, tombstones
from trucewatch.database.words import indexed
from trucewatch.errors import LedgerError
from trucewatch.judgements import judgement_digest
from trucewatch.ledger.rows import (
    article_digest,
    columns,
    custody_digest,
    party_rows,
    rows_digest,
    sighting_digest,
    tombstone_digest,
)

Watch = Callable[[str], None]
_DIGESTS: Mapping[Table, Callable[[Mapping[str, Any]], str]] = {
    articles: article_digest,
    readings: lambda row: digest(row["body"]),
    judgements: judgement_digest,
    custody: custody_digest,
    sightings: sighting_digest,
}
_REDACTED = select(audit.c.after).where(audit.c.action == "redact").order_by(audit.c.seq)
_ENDED = select(readings.c.n, readings.c.ended, readings.c.until_seq).where(readings.c.until_seq.is_not(None))
_CLOSED = select(articles.c.n, articles.c.until_seq).where(articles.c.until_seq.is_not(None))
_NAMES = {"custody": "custody row"}
_TOLD = 20  # faults told; a broken file may have a million


def verify(ledger: Ledger, watch: Watch = lambda _: None) -> tuple[str, ...]:
    """What is wrong, each in one sentence; empty: nothing. `watch` is told what is being looked at."""
    with reading(ledger) as connection:
        found = faults(connection, ledger.prefixes, watch=watch)
    return found or tuple(_index(ledger))


def faults(
    connection: Connection, prefixes: Sequence[str], *, pages: bool = True, watch: Watch = lambda _: None
) -> tuple[str, ...]:
    """The same inside a transaction; without `pages`, the file's own structure is left out."""
    out: list[str] = []
    looks: list[tuple[str, Iterator[str]]] = [("pages", _pages(connection))] if pages else []
    looks += [
        ("users and embargoes", access.faults(connection)),
        ("entries", _links(connection)),
        ("rows", _rows(connection)),
        ("columns", _made(connection, prefixes)),
    ]
    for name, look in looks:
        watch(name)
        for fault in look:
            out.append(fault)
            if len(out) >= _TOLD:
                return tuple(out)
    return tuple(out)


def _pages(connection: Connection) -> Iterator[str]:
    """SQLite looks at its own pages and at the search index."""
    if connection.dialect.name == SQLITE:
        yield from (f"the file: {row[0]}" for row in connection.execute(text("PRAGMA integrity_check(5)")) if row[0] != "ok")


def _index(ledger: Ledger) -> Iterator[str]:
    """SQLite's search index against the words of the readings; it can only be asked by one that may write."""
    if ledger.file is not None and os.access(ledger.file, os.W_OK):
        try:
            with writing(ledger) as connection:
                connection.execute(text("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"))
        except LedgerError as fault:
            yield f"the search index: {fault}"


def _links(connection: Connection) -> Iterator[str]:
    seq, before = 0, GENESIS
    for row in stream(connection, audit):
        seq += 1
        if row["seq"] != seq:
            yield f"entry {seq}: it is missing"
            seq = row["seq"]
        if row["prev"] != before:
            yield f"entry {seq}: it does not follow the entry before it"
        if entry_hash(row) != row["hash"]:
            yield f"entry {seq}: it was changed after it was written"
        before = row["hash"]
    end = connection.execute(select(head)).mappings().one()
    if (end["seq"], end["hash"]) != (seq, before):
        yield f"entry {end['seq']}: the chain ends at {seq}, entries at its end are missing"


def _rows(connection: Connection) -> Iterator[str]:
    """Rows against what their entries say of them. Row numbers grow with entries, so both are gone through once, side by side."""
    blanked = {(kind, n): now for told in connection.execute(_REDACTED) for kind, n, now in told.after["rows"]}
    ended: dict[int, list[tuple[int, str]]] = {}
    for end in connection.execute(_ENDED):
        ended.setdefault(end.until_seq, []).append((end.n, end.ended))
    closed: dict[int, list[int]] = {}
    for old in connection.execute(_CLOSED):
        closed.setdefault(old.until_seq, []).append(old.n)
    tombs = {row["seq"]: tombstone_digest(row) for row in stream(connection, tombstones)}
    groups = {table.name: groupby(stream(connection, table), key=itemgetter("seq")) for table in _DIGESTS}
    waiting = {name: next(group, None) for name, group in groups.items()}
    for entry in stream(connection, audit):
        found: dict[str, list[tuple[int, str]]] = {"ended": ended.pop(entry["seq"], [])}
        for table, digested in _DIGESTS.items():
            while (group := waiting[table.name]) and group[0] <= entry["seq"]:
                for row in group[1]:
                    wanted = row["digest"] if row.get("redacted") is None else blanked.get((table.name, row["n"]))
                    if digested(row) != wanted:
                        name = _NAMES.get(table.name, table.name.removesuffix("s"))
                        yield f"{name} {row['n']}: it was changed after it was written"
                    kind = "carried" if row.get("carried") is not None else table.name
                    found.setdefault(kind, []).append((row["n"], row["digest"]))
                waiting[table.name] = next(groups[table.name], None)
        shut = closed.pop(entry["seq"], [])
        if shut != [n for n in [(entry["after"] or {}).get("closed")] if n is not None]:
            yield f"entry {entry['seq']}: it says otherwise which version of the article ended"
        yield from _entry(entry, found, tombs.pop(entry["seq"], None))
    if ended or closed or tombs or any(waiting.values()):
        yield "rows speak of entries that are not in the chain"


def _entry(row: Mapping[str, Any], found: Mapping[str, list[tuple[int, str]]], tomb: str | None) -> Iterator[str]:
    after = row["after"] or {}
    wanted: dict[str, Any] = {"tombstones": after.get("tombstone"), "judgements": after.get("judgement")}
    there: dict[str, Any] = {"tombstones": tomb, "judgements": _only(found, "judgements")}
    there["articles"], wanted["articles"] = _only(found, "articles"), after.get("article")
    for name in ("custody", "sightings"):
        there[name], wanted[name] = _only(found, name), after.get(name)
    for name in ("readings", "ended", "carried"):
        there[name] = rows_digest(found.get(name, ()))
        wanted[name] = after.get(name, rows_digest(()))
    for name, value in wanted.items():
        if there[name] != value:
            yield f"entry {row['seq']}: {name} are not as it says; rows were changed, added or taken out"


def _only(found: Mapping[str, list[tuple[int, str]]], name: str) -> list[Any] | None:
    """The one row of this kind that an entry may have written."""
    rows = found.get(name, [])
    return list(rows[0]) if len(rows) == 1 else rows or None


def _made(connection: Connection, prefixes: Sequence[str]) -> Iterator[str]:
    """The columns and rows made from readings."""
    days = {row.n: row.published for row in connection.execute(select(articles.c.n, articles.c.published))}
    rows = stream(connection, readings)
    while page := list(islice(rows, 1000)):
        present: dict[int, set[tuple[str, ...]]] = {}
        for p in connection.execute(select(parties).where(parties.c.n.between(page[0]["n"], page[-1]["n"]))):
            present.setdefault(p.n, set()).add((p.party, p.day, p.roles))
        for row in page:
            made = columns(row["body"], days.get(row["printed"])) | {"words": indexed(row["body"], prefixes)}
            if any(row[name] != value for name, value in made.items()):
                yield f"reading {row['n']}: its columns do not tell what the claim says"
            wanted = {(p["party"], p["day"], p["roles"]) for p in party_rows(row["body"], row["n"], row["day"])}
            if present.get(row["n"], set()) != wanted:
                yield f"reading {row['n']}: the parties noted beside it are not those of the claim"
