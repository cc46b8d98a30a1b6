"""Search: a question narrowed to claims that hold its words, in the way of each database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam, cast, column, false, literal_column, table
from sqlalchemy.dialects.postgresql import TSQUERY

from trucewatch.database.engine import SQLITE
from trucewatch.database.tables import readings
from trucewatch.database.words import words

_FTS = table("search", column("rowid", Integer), column("search", Text))


def searched(asked: Select[Any], text: str, prefixes: Iterable[str], dialect: str) -> tuple[Select[Any], ColumnElement[int]]:
    """`asked`, narrowed to readings that hold all words of the text (the last may be a beginning), and the number to order by."""
    found = words(text, prefixes)
    if not found:
        return asked.where(false()), readings.c.n
    if dialect == SQLITE:
        match = " ".join(f'"{word}"' for word in found) + " *"
        return asked.join(_FTS, _FTS.c.rowid == readings.c.n).where(_FTS.c.search.op("MATCH")(match)), _FTS.c.rowid
    lexemes = " & ".join(f"'{word}'" for word in found) + ":*"
    return asked.where(literal_column("readings.tsv").op("@@")(cast(bindparam("lexemes", lexemes), TSQUERY))), readings.c.n
