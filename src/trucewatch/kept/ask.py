"""Asking for what is kept, and for what of the ledger it is made of. Each of these runs inside the caller's transaction."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, distinct, func, select

from trucewatch.database.tables import articles, happenings, linked, readings, remarks, slots, speaks, trackers
from trucewatch.kept.marks import chunks
from trucewatch.kept.write import number, packed


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading that is shown: its number, its article's id, the claim in its public form."""

    n: int
    article: str
    body: Mapping[str, Any]


def readings_of(connection: Connection, names: Collection[str]) -> list[Shown]:
    """The readings of these articles that are shown."""
    asked = select(readings.c.n, readings.c.article, readings.c.body).where(readings.c.until.is_(None))
    found = (row for some in chunks(names) for row in connection.execute(asked.where(readings.c.article.in_(some))))
    return sorted((Shown(*row) for row in found), key=lambda row: row.n)


def read_by(connection: Connection, numbers: Collection[int]) -> list[Shown]:
    """Readings by their numbers."""
    asked = select(readings.c.n, readings.c.article, readings.c.body)
    return [Shown(*row) for some in chunks(numbers) for row in connection.execute(asked.where(readings.c.n.in_(some)))]


def told_by(connection: Connection, claims: Collection[str]) -> list[Shown]:
    """The readings of these claims that are shown."""
    asked = select(readings.c.n, readings.c.article, readings.c.body).where(readings.c.until.is_(None))
    return [Shown(*row) for some in chunks(claims) for row in connection.execute(asked.where(readings.c.claim.in_(some)))]


def texts(connection: Connection, names: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """The rows of articles as they hold now."""
    asked = select(articles).where(articles.c.until.is_(None))
    for some in chunks(names):
        yield from map(dict, connection.execute(asked.where(articles.c.id.in_(some))).mappings())


def near(
    connection: Connection, wanted: Mapping[int, tuple[Collection[str], Collection[str], Collection[str]]]
) -> dict[int, dict[int, int]]:
    """Reading → the readings that it meets, with their components. `wanted`: its stretches, anchors and marks."""
    stretches = {n: {number(key) for key in keys} for n, (keys, _, _) in wanted.items()}
    marks = {n: {number(key) for key in keys} for n, (_, _, keys) in wanted.items()}
    mine = {n: frozenset(_numbers(packed(keys))) for n, (_, keys, _) in wanted.items()}
    held: dict[int, list[tuple[int, int]]] = {}
    anchors: dict[int, frozenset[int]] = {}
    asked = select(slots.c.slot, slots.c.n, linked.c.component, linked.c.anchors).join(linked, linked.c.n == slots.c.n)
    for some in chunks({*(s for each in stretches.values() for s in each), *(s for each in marks.values() for s in each)}):
        for slot, n, component, told in connection.execute(asked.where(slots.c.slot.in_(some))):
            held.setdefault(slot, []).append((n, component))
            if n not in anchors:
                anchors[n] = frozenset(_numbers(told))
    out: dict[int, dict[int, int]] = {}
    for n in wanted:
        found = {m: at for slot in stretches[n] for m, at in held.get(slot, ()) if not mine[n].isdisjoint(anchors[m])}
        found |= {m: at for slot in marks[n] for m, at in held.get(slot, ())}
        found.pop(n, None)
        out[n] = found
    return out


def _numbers(told: bytes) -> Iterable[int]:
    return array("Q", told)


def components_of(connection: Connection, claims: Collection[str]) -> dict[str, int]:
    """Claim → component, of those that are linked."""
    asked = select(readings.c.claim, linked.c.component).join(linked, linked.c.n == readings.c.n)
    found = (row for some in chunks(claims) for row in connection.execute(asked.where(readings.c.claim.in_(some))))
    return {row.claim: row.component for row in found}


def members(connection: Connection, components: Collection[int], day: str | None = None) -> dict[int, str]:
    """The readings of components with their days of print; with `day`, those printed by then."""
    asked = select(linked.c.n, linked.c.published)
    if day:
        asked = asked.where(linked.c.published <= day)
    return {n: at for some in chunks(components) for n, at in connection.execute(asked.where(linked.c.component.in_(some)))}


def later(connection: Connection, day: str) -> frozenset[int]:
    """The components that had begun by a day and go on after it: their happenings then were others."""
    begun = select(linked.c.n).where(linked.c.component == happenings.c.component, linked.c.published <= day)
    asked = select(happenings.c.component).where(happenings.c.last > day, begun.exists()).distinct()
    return frozenset(connection.execute(asked).scalars())


def happenings_of(connection: Connection, numbers: Collection[int], day: str) -> tuple[list[Mapping[str, Any]], frozenset[int]]:
    """The happenings of the components in which these readings stand and that were over by a day; and the other components."""
    found: set[int] = set()
    for some in chunks(numbers):
        found |= set(connection.execute(select(linked.c.component).distinct().where(linked.c.n.in_(some))).scalars())
    open_ = later(connection, day) & found
    asked = select(happenings.c.body)
    return [
        body
        for some in chunks(found - open_)
        for body in connection.execute(asked.where(happenings.c.component.in_(some))).scalars()
    ], frozenset(open_)


def speaking(connection: Connection, day: str, events: Collection[str]) -> tuple[frozenset[str], frozenset[int]]:
    """The articles printed by a day in which a claim speaks of the agreement; and the numbers of claims of other articles
    that are of one of these types."""
    dated = select(readings.c.article).distinct().join(linked, linked.c.n == readings.c.n).where(linked.c.published <= day)
    told = dated.join(speaks, speaks.c.n == readings.c.n)
    asked = select(readings.c.n).join(linked, linked.c.n == readings.c.n)
    others = asked.where(linked.c.published <= day, readings.c.event.in_(events), readings.c.article.not_in(told))
    return frozenset(connection.execute(told).scalars()), frozenset(connection.execute(others).scalars())


def spoken(connection: Connection, numbers: Collection[int]) -> dict[int, list[tuple[str, str, str, str | None]]]:
    """Reading → what it speaks of: id, rule, says, reaches."""
    out: dict[int, list[tuple[str, str, str, str | None]]] = {}
    columns = (speaks.c.n, speaks.c.id, speaks.c.rule, speaks.c.says, speaks.c.reaches)
    for some in chunks(numbers):
        for n, *told in connection.execute(select(*columns).where(speaks.c.n.in_(some)).order_by(speaks.c.n, speaks.c.place)):
            out.setdefault(n, []).append((told[0], told[1], told[2], told[3]))
    return out


def remarks_of(connection: Connection, names: Collection[str]) -> list[Mapping[str, Any]]:
    """What was remarked in these articles alone."""
    asked = select(remarks.c.body).order_by(remarks.c.article)
    return [
        one
        for some in chunks(names)
        for body in connection.execute(asked.where(remarks.c.article.in_(some))).scalars()
        for one in body
    ]


def totals(connection: Connection, day: str) -> tuple[int, int, int]:
    """How much was printed by a day: claims, their articles; and articles with claims whose day of print nobody knows."""
    by_day = select(func.count(), func.count(distinct(readings.c.article))).join_from(
        linked, readings, readings.c.n == linked.c.n
    )
    claims, printed = connection.execute(by_day.where(linked.c.published <= day)).one()
    told = select(readings.c.n).where(readings.c.article == articles.c.id, readings.c.until.is_(None))
    undated = (
        select(func.count())
        .select_from(articles)
        .where(articles.c.until.is_(None), articles.c.published.is_(None), told.exists())
    )
    return claims, printed, connection.execute(undated).scalar_one()


def tracker(connection: Connection, key: str) -> Mapping[str, Any] | None:
    """A tracker that is kept."""
    found: Mapping[str, Any] | None = connection.execute(select(trackers.c.body).where(trackers.c.key == key)).scalar()
    return found
