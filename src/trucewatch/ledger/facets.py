"""How the claims that are asked for divide: by event, status, voice, accused, outlet and language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping, func, select

from trucewatch.database.engine import Ledger, reading
from trucewatch.database.tables import articles, readings
from trucewatch.ledger.ask import Query, wanted
from trucewatch.ledger.search import searched

FIELDS = ("event", "status", "speaker", "accused", "outlet", "language")


@dataclass(frozen=True, slots=True)
class Facets:
    """`counts`: field -> value -> claims, the most first. `claims`: how many were looked at, of all that are asked for where
    `whole`, else of the newest ones."""

    counts: Mapping[str, tuple[tuple[str, int], ...]]
    claims: int
    whole: bool


def facets(ledger: Ledger, query: Query, *, as_of: datetime | None = None, most: int = 5000) -> Facets:
    """Of the newest `most` claims: a count of a million would not be quick, and nobody reads it."""
    with reading(ledger) as connection:
        asked, day, n = wanted(replace(query, after=None), as_of)
        narrow = asked.with_only_columns(*_COLUMNS, maintain_column_froms=True)
        if query.words is None:
            rows: list[RowMapping] = list(connection.execute(narrow.order_by(day.desc(), n.desc()).limit(most)).mappings())
        else:
            rows = list(searched(connection, narrow, query.words, ledger.prefixes, before=None, limit=most))
    counts = {field: Counter(row[field] for row in rows if row[field]) for field in FIELDS}
    told = {field: tuple(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))) for field, counter in counts.items()}
    return Facets(told, len(rows), len(rows) < most)


def days(ledger: Ledger) -> tuple[str, str] | None:
    """The first and the last day of print of what is held; None where nothing bears one."""
    asked = select(func.min(articles.c.published), func.max(articles.c.published)).where(articles.c.until.is_(None))
    with reading(ledger) as connection:
        first, last = connection.execute(asked).one()
    return (first, last) if first else None


_COLUMNS = (readings.c.event, readings.c.status, readings.c.speaker, readings.c.accused, articles.c.outlet, articles.c.language)
