"""Questions to a whole archive, answered by DuckDB over the parts: series over years, who prints later what others printed."""

import os
from dataclasses import dataclass
from pathlib import Path

from trucewatch.errors import BatchError
from trucewatch.parts.database import opened
from trucewatch.parts.layout import Place

STEPS = ("year", "month", "day")
_LENGTH = {"year": 4, "month": 7, "day": 10}
# the day of a claim, as in a ledger: the last of its interval, else the first, else that of print
_DAY = 'coalesce("when"."end", "when".start, published)'


@dataclass(frozen=True, slots=True)
class Count:
    """How much is told of one kind of event in one stretch of time ('' = no day is known): claims, articles, outlets."""

    at: str
    event: str
    claims: int
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many utterances `first` printed first and `then` printed later."""

    first: str
    then: str
    utterances: int


def series(
    at: Place, step: str, *, event: str | None = None, party: str | None = None, outlet: str | None = None
) -> tuple[Count, ...]:
    """Claims by stretch of time and kind of event. `party`: who does it or to whom it is done. Each claim counts once, however
    often its article was fetched."""
    if step not in STEPS:
        raise BatchError(f"--by: no step '{step}'. Take one of: {', '.join(STEPS)}.")
    asked = f"""
        SELECT coalesce(left({_DAY}, $length), '') AS stretch, event,
            count(DISTINCT id), count(DISTINCT article), count(DISTINCT outlet)
        FROM claims
        WHERE ($event IS NULL OR event = $event) AND ($outlet IS NULL OR outlet = $outlet)
          AND ($party IS NULL OR list_contains([role.party FOR role IN list_concat(actors, recipients)], $party))
        GROUP BY 1, 2 ORDER BY 1, 2
    """
    told = {"length": _LENGTH[step], "event": event, "party": party, "outlet": outlet}
    with opened(at, threads=os.cpu_count() or 1) as connection:
        return tuple(Count(*row) for row in connection.execute(asked, told).fetchall())


def repeats(at: Place, happenings: Path, *, least: int = 1) -> tuple[Repeats, ...]:
    """Who prints later what whom printed first, the most frequent pair first. `happenings`: the folder where linking left
    them."""
    asked = """
        WITH origins AS (
            SELECT unnest(from_json(body->'origins', '[{"first": "VARCHAR", "claims": ["VARCHAR"]}]')) AS origin
            FROM read_parquet($files)
        ), printed AS (SELECT id, any_value(outlet) AS outlet FROM claims GROUP BY id),
        told AS (SELECT origin.first AS first, unnest(origin.claims) AS claim FROM origins)
        SELECT one.outlet, other.outlet, count(DISTINCT told.first) AS utterances FROM told
        JOIN printed AS one ON one.id = told.first JOIN printed AS other ON other.id = told.claim
        WHERE one.outlet <> other.outlet GROUP BY ALL HAVING utterances >= $least ORDER BY utterances DESC, 1, 2
    """
    files = [str(path) for path in sorted(happenings.glob("*.parquet"))]
    if not files:
        raise BatchError(f"{at.shown}: it is not linked. Run: trucewatch batch -o {at.shown} --link.")
    with opened(at, threads=os.cpu_count() or 1) as connection:
        rows = connection.execute(asked, {"files": files, "least": least}).fetchall()
    return tuple(Repeats(*row) for row in rows)


def older(at: Place) -> tuple[tuple[str, str], ...]:
    """(part, source) of articles that were fetched again later: of each article the last capture holds."""
    order = "fetched DESC NULLS LAST, published DESC NULLS LAST, source DESC"
    ranked = f"SELECT part, source, row_number() OVER (PARTITION BY id ORDER BY {order}) AS place FROM articles"
    with opened(at, threads=os.cpu_count() or 1) as connection:
        return tuple(connection.execute(f"SELECT part, source FROM ({ranked}) WHERE place > 1 ORDER BY ALL").fetchall())
