"""The chain of entries: each change writes one that holds the digest of the entry before it, so that nothing in between can be
changed or taken out unseen. Entries hold ids, counts and digests, never words of an article: they outlive a redaction."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from trucewatch.database.tables import audit, head, moment_text

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as a writer found it: last entry, its digest, its moment (None: no entry yet), last row number."""

    seq: int
    hash: str
    at: datetime | None
    rows: int


def canonical(value: Any) -> bytes:
    """JSON with sorted keys: equal content gives equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def entry_hash(row: Mapping[str, Any]) -> str:
    """The digest of an entry over all its fields and the digest of the entry before."""
    fields = ("seq", "actor", "action", "object", "before", "after", "prev")
    return digest({name: row[name] for name in fields} | {"at": moment_text(row["at"])})


def take(connection: Connection) -> Head:
    """The end of the chain, held until the transaction ends: the next writer waits here."""
    row = connection.execute(select(head).where(head.c.id == 1).with_for_update()).one()
    return Head(row.seq, row.hash, row.at, row.rows)


def stamp(end: Head, at: datetime) -> datetime:
    """The moment of the next entry: as told, but moments of the chain never run backwards."""
    return at if end.at is None or at >= end.at else end.at


def append(
    connection: Connection,
    end: Head,
    *,
    at: datetime,
    actor: str,
    action: str,
    object_: str,
    before: Any = None,
    after: Any = None,
    rows: int = 0,
) -> Head:
    """One more entry. `rows`: how many row numbers the change has used. Returns the new end."""
    row: dict[str, Any] = {
        "seq": end.seq + 1,
        "at": stamp(end, at),
        "actor": actor,
        "action": action,
        "object": object_,
        "before": before,
        "after": after,
        "prev": end.hash,
    }
    row["hash"] = entry_hash(row)
    connection.execute(insert(audit), [row])
    new = replace(end, seq=row["seq"], hash=row["hash"], at=row["at"], rows=end.rows + rows)
    connection.execute(update(head).where(head.c.id == 1).values(seq=new.seq, hash=new.hash, at=new.at, rows=new.rows))
    return new
