"""Asking for what is kept, and for what of the ledger it is made of. Each of these runs inside the caller's transaction."""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, distinct, func, select

from trucewatch.database.tables import articles, beside, happenings, linked, readings, remarks, slots, speaks, trackers
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
) -> dict[int, set[int]]:
    """Reading → the readings that it meets. `wanted`: its stretches, anchors and marks."""
    stretches = {n: frozenset(map(number, keys)) for n, (keys, _, _) in wanted.items()}
    marks = {n: frozenset(map(number, keys)) for n, (_, _, keys) in wanted.items()}
    anchors = {n: frozenset(_numbers(packed(keys))) for n, (_, keys, _) in wanted.items()}
    held: dict[int, set[int]] = {}
    for some in chunks({slot for keys in (*stretches.values(), *marks.values()) for slot in keys}):
        for slot, n in connection.execute(select(slots.c.slot, slots.c.n).where(slots.c.slot.in_(some))):
            held.setdefault(slot, set()).add(n)
    within = {keys: set[int]().union(*(held.get(slot, ()) for slot in keys)) for keys in set(stretches.values())}
    bearing = _bearing(connection, set().union(*within.values()), frozenset[int]().union(*anchors.values()))
    out: dict[int, set[int]] = {}
    for n in wanted:
        sharing = set[int]().union(*(bearing.get(anchor, ()) for anchor in anchors[n]))
        out[n] = (within[stretches[n]] & sharing).union(*(held.get(slot, ()) for slot in marks[n])) - {n}
    return out


def _bearing(connection: Connection, numbers: Collection[int], wanted: Collection[int]) -> dict[int, list[int]]:
    """Anchor → those of these readings that bear it, for the anchors wanted."""
    out: dict[int, list[int]] = {}
    for some in chunks(numbers):
        for n, told in connection.execute(select(linked.c.n, linked.c.anchors).where(linked.c.n.in_(some))):
            for anchor in _numbers(told):
                if anchor in wanted:
                    out.setdefault(anchor, []).append(n)
    return out


def _numbers(told: bytes) -> Iterable[int]:
    return array("Q", told)


@dataclass(frozen=True, slots=True)
class Beside:
    """A reading that is linked: its number, its claim, its happening (by the least number in it), its day of print, the reading
    that it follows, and how it compares with others."""

    n: int
    claim: str
    component: int
    published: str
    after: int | None
    margins: Mapping[int, int]


def beside_of(connection: Connection, numbers: Collection[int], day: str | None = None) -> list[Beside]:
    """The whole happenings in which these readings stand; with `day`, of those that were over by then."""
    found: set[int] = set()
    for some in chunks(numbers):
        found |= set(connection.execute(select(linked.c.component).distinct().where(linked.c.n.in_(some))).scalars())
    columns = (linked.c.n, readings.c.claim, linked.c.component, linked.c.published, beside.c.after, beside.c.margins)
    asked = select(*columns).join(readings, readings.c.n == linked.c.n).join(beside, beside.c.n == linked.c.n)
    told = [row for some in chunks(found) for row in connection.execute(asked.where(linked.c.component.in_(some)))]
    late = {row.component for row in told if day and row.published > day}
    return [Beside(*row[:5], spread(row.margins)) for row in told if row.component not in late]


def spread(told: bytes) -> dict[int, int]:
    """Numbers and margins as they are kept."""
    count = len(told) // 12
    return dict(zip(array("q", told[: 8 * count]), array("i", told[8 * count :]), strict=True))


def told_in(connection: Connection, names: Collection[str]) -> frozenset[int]:
    """The readings of these articles that are linked, shown still or not."""
    asked = select(linked.c.n).join(readings, readings.c.n == linked.c.n)
    return frozenset(n for some in chunks(names) for n in connection.execute(asked.where(readings.c.article.in_(some))).scalars())


def numbered(connection: Connection, claims: Collection[str]) -> dict[str, int]:
    """Claim → reading, of those that are linked."""
    asked = select(readings.c.claim, readings.c.n).join(linked, linked.c.n == readings.c.n)
    found = (row for some in chunks(claims) for row in connection.execute(asked.where(readings.c.claim.in_(some))))
    return {row.claim: row.n for row in found}


def broken(connection: Connection, day: str) -> frozenset[int]:
    """The readings printed by a day of happenings that go on after it: they were others then."""
    asked = select(linked.c.n).join(happenings, happenings.c.component == linked.c.component)
    asked = asked.where(happenings.c.last > day, happenings.c.first <= day, linked.c.published <= day)
    return frozenset(connection.execute(asked).scalars())


def happenings_of(connection: Connection, numbers: Collection[int], day: str, but: Collection[int]) -> list[Mapping[str, Any]]:
    """The happenings in which these readings stand and that were over by a day, but those of the readings `but`."""
    found: set[int] = set()
    for some in chunks(set(numbers) - set(but)):
        found |= set(connection.execute(select(linked.c.component).distinct().where(linked.c.n.in_(some))).scalars())
    asked = select(happenings.c.body).where(happenings.c.last <= day)
    bodies = (connection.execute(asked.where(happenings.c.component.in_(some))).scalars() for some in chunks(found))
    return [body for each in bodies for body in each]


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
