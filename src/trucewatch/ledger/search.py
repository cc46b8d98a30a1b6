"""Search: a question narrowed to claims that hold its words, in the way of each database."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Select,
    Text,
    bindparam,
    cast,
    column,
    false,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from trucewatch.database.engine import SQLITE
from trucewatch.database.tables import readings
from trucewatch.database.words import words

_FTS = table("search", column("rowid", Integer), column("search", Text))


NEAR = 8_000  # readings looked through one by one, the newest first, before the index is asked


def searched(
    connection: Connection, asked: Select[Any], told: str, prefixes: Iterable[str], *, before: int | None, limit: int
) -> Sequence[RowMapping]:
    """The rows of `asked` whose readings hold all words told (the last may be a beginning), the newest first; `before`: those of
    smaller numbers."""
    found = words(told, prefixes)
    if not found:
        return connection.execute(asked.where(false())).mappings().all()
    if connection.dialect.name == SQLITE:
        match = " ".join(f'"{word}"' for word in found) + " *"
        asked = asked.join(_FTS, _FTS.c.rowid == readings.c.n).where(_FTS.c.search.op("MATCH")(match))
        asked = asked if before is None else asked.where(_FTS.c.rowid < before)
        return connection.execute(asked.order_by(_FTS.c.rowid.desc()).limit(limit)).mappings().all()
    lexemes = cast(bindparam("lexemes", " & ".join(f"'{word}'" for word in found) + ":*"), TSQUERY)
    holds: ColumnElement[bool] = literal_column("readings.tsv").op("@@")(lexemes)
    return _of_server(connection, asked if before is None else asked.where(readings.c.n < before), holds, before, limit)


def _of_server(
    connection: Connection, asked: Select[Any], holds: ColumnElement[bool], before: int | None, limit: int
) -> Sequence[RowMapping]:
    """PostgreSQL cannot tell how many readings hold the words, and takes the wrong way for rare or for common ones. So the way
    is laid down: `IS TRUE` keeps it from the index of words, `n + 0` from a walk through all readings."""
    n = readings.c.n
    top = before or connection.execute(select(func.max(n))).scalar() or 0
    near = asked.where(holds.is_(True), n >= top - NEAR).order_by(n.desc()).limit(limit)
    rows = connection.execute(near).mappings().all()
    if len(rows) == limit:
        return rows
    return connection.execute(asked.where(holds).order_by((n + 0).desc()).limit(limit)).mappings().all()
