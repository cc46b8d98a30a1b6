"""Search: words are folded as the coder folds them, and the same words go into both databases and into every question.

What is written together with the next word (an article, "and the …") is taken off the beginning of words, here and there alike.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam, cast, column, false, literal_column, table
from sqlalchemy.dialects.postgresql import TSQUERY

from trucewatch.ledger.rows import said
from trucewatch.ledger.store import SQLITE
from trucewatch.ledger.tables import readings
from trucewatch.text.fold import fold_text

_WORD = re.compile(r"[^\W_]+")
_LEAST = 3  # letters that must be left of a word
_LONG = 60  # letters of a word that count
_FTS = table("search", column("rowid", Integer), column("search", Text))


def words(text: str, prefixes: Iterable[str]) -> list[str]:
    """The words of a text as they are searched for, in its order. `prefixes` are folded."""
    joined = _joined(tuple(prefixes))
    return [joined.sub("", word)[:_LONG] for word in _WORD.findall(fold_text(text))]


def indexed(body: Mapping[str, Any], prefixes: Iterable[str]) -> str:
    """What search looks through for a claim: each of its words once, in alphabetical order."""
    return " ".join(sorted({word for piece in said(body) for word in words(piece, prefixes)}))


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


@lru_cache(maxsize=8)
def _joined(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """What is taken off a word: as many prefixes as leave three letters, the longest first."""
    told = "|".join(map(re.escape, sorted(prefixes, key=len, reverse=True)))
    return re.compile(rf"^(?:(?:{told})(?=.{{{_LEAST}}}))+" if told else r"(?!)")
