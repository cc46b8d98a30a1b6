"""Rows in the way of either database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, text
from sqlalchemy.dialects import postgresql, sqlite

from trucewatch.database.engine import SQLITE

_LOCK = 7_214_002  # of the server, while turns are given out
_AT_ONCE = 200


def insert_new(connection: Connection, table: Table, key: Column[Any], rows: Sequence[Mapping[str, Any]]) -> set[Any]:
    """Inserts the rows whose key is not there; returns the keys of those that were new."""
    make = sqlite.insert if connection.dialect.name == SQLITE else postgresql.insert
    new: set[Any] = set()
    for start in range(0, len(rows), _AT_ONCE):
        wanted = make(table).values([dict(row) for row in rows[start : start + _AT_ONCE]])
        new |= set(connection.execute(wanted.on_conflict_do_nothing().returning(key)).scalars())
    return new


def one_by_one(connection: Connection) -> None:
    """Turns are given out by one watcher at a time. A file's writer has it to itself anyway."""
    if connection.dialect.name != SQLITE:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
