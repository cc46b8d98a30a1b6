"""Does the ledger hold what its chain says? Every entry is digested again, and every row that an entry speaks of."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, text

from trucewatch.errors import LedgerError
from trucewatch.ledger.chain import GENESIS, digest, entry_hash
from trucewatch.ledger.judgements import judgement_digest
from trucewatch.ledger.rows import article_digest, columns, party_rows, rows_digest, tombstone_digest
from trucewatch.ledger.search import indexed
from trucewatch.ledger.store import SQLITE, Ledger, reading, stream, writing
from trucewatch.ledger.tables import articles, audit, head, judgements, parties, readings, tombstones

Watch = Callable[[str], None]
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
    looks += [("entries", _links(connection)), ("rows", _rows(connection)), ("columns", _made(connection, prefixes))]
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
    """Rows against what their entries say of them."""
    found: dict[int, dict[str, list[tuple[int, str]]]] = {}
    blanked: dict[tuple[str, int], str] = {}
    for row in stream(connection, audit):
        if row["action"] == "redact":
            blanked |= {(kind, n): now for kind, n, now in row["after"]["rows"]}

    def note(seq: int, kind: str, n: int, value: str) -> None:
        found.setdefault(seq, {}).setdefault(kind, []).append((n, value))

    for table, digested in ((articles, article_digest), (readings, lambda r: digest(r["body"])), (judgements, judgement_digest)):
        for row in stream(connection, table):
            here = f"{table.name.removesuffix('s')} {row['n']}"
            wanted = row["digest"] if row["redacted"] is None else blanked.get((table.name, row["n"]))
            if digested(row) != wanted:
                yield f"{here}: it was changed after it was written"
            kind = "carried" if table is judgements and row["carried"] is not None else table.name
            note(row["seq"], kind, row["n"], row["digest"])
            if table is readings and row["until_seq"] is not None:
                note(row["until_seq"], "ended", row["n"], row["ended"])
    for row in stream(connection, tombstones):
        note(row["seq"], "tombstones", row["seq"], tombstone_digest(row))
    for row in stream(connection, audit):
        yield from _entry(row, found.pop(row["seq"], {}))
    for seq in sorted(found):
        yield f"entry {seq}: rows speak of it, but it is not in the chain"


def _entry(row: Mapping[str, Any], found: Mapping[str, list[tuple[int, str]]]) -> Iterator[str]:
    after = row["after"] or {}
    wanted: dict[str, Any] = {"tombstones": after.get("tombstone"), "judgements": after.get("judgement")}
    there: dict[str, Any] = {"tombstones": found["tombstones"][0][1] if "tombstones" in found else None}
    there["judgements"] = list(found["judgements"][0]) if "judgements" in found else None
    if row["action"] == "read":
        wanted |= {name: after[name] for name in ("article", "readings", "ended", "carried")}
        there |= {name: rows_digest(found.get(name, [])) for name in ("readings", "ended", "carried")}
        there["article"] = list(found["articles"][0]) if "articles" in found else None
    for name, value in wanted.items():
        if there.get(name) != value:
            yield f"entry {row['seq']}: {name} are not as it says; rows were changed, added or taken out"


def _made(connection: Connection, prefixes: Sequence[str]) -> Iterator[str]:
    """The columns and rows made from readings."""
    days = {row.n: row.published for row in connection.execute(select(articles.c.n, articles.c.published))}
    for row in stream(connection, readings):
        made = columns(row["body"], days.get(row["printed"])) | {"words": indexed(row["body"], prefixes)}
        if any(row[name] != value for name, value in made.items()):
            yield f"reading {row['n']}: its columns do not tell what the claim says"
        asked = select(parties).where(parties.c.n == row["n"])
        there = {(p["party"], p["day"], p["roles"]) for p in connection.execute(asked).mappings()}
        if there != {(p["party"], p["day"], p["roles"]) for p in party_rows(row["body"], row["n"], row["day"])}:
            yield f"reading {row['n']}: the parties noted beside it are not those of the claim"
