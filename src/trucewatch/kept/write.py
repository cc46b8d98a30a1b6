"""Writing what is kept. Each of these runs inside the caller's transaction."""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from trucewatch.database.tables import beside, happenings, linked, readings, remarks, slots, speaks, trackers
from trucewatch.kept.marks import chunks


@dataclass(frozen=True, slots=True)
class Post:
    """Under which keys a reading is found: `slots` are stretches of days and marks, `anchors` what two share of a stretch."""

    n: int
    published: str
    slots: Collection[str]
    anchors: Collection[str]


def number(key: str) -> int:
    """A key as a number that both databases hold."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def packed(keys: Iterable[str]) -> bytes:
    """Anchors as eight bytes each, in order."""
    return b"".join(sorted(blake2b(key.encode(), digest_size=8).digest() for key in keys))


def forget(connection: Connection, numbers: Collection[int]) -> None:
    """Takes readings out of what is linked."""
    for some in chunks(numbers):
        for table in (linked, slots, beside):
            connection.execute(delete(table).where(table.c.n.in_(some)))


def post(connection: Connection, posts: Sequence[Post]) -> None:
    """Puts readings where others find them, each a component of its own at first."""
    if posts:
        rows = [{"n": p.n, "published": p.published, "component": p.n, "anchors": packed(p.anchors)} for p in posts]
        connection.execute(insert(linked), rows)
    if places := [{"slot": slot, "n": p.n} for p in posts for slot in sorted(set(map(number, p.slots)))]:
        connection.execute(insert(slots), places)


def settle(connection: Connection, components: Mapping[int, int]) -> None:
    """Writes in which happening each of these readings stands."""
    if components:
        moved = update(linked).where(linked.c.n == bindparam("of")).values(component=bindparam("to"))
        connection.execute(moved, [{"of": n, "to": to} for n, to in sorted(components.items())])


def keep_beside(connection: Connection, rows: Mapping[int, tuple[int | None, Mapping[int, int]]]) -> None:
    """Writes whom each of these readings follows, and how it compares with others."""
    for some in chunks(rows):
        connection.execute(delete(beside).where(beside.c.n.in_(some)))
    if rows:
        told = [{"n": n, "after": after, "margins": flat(margins)} for n, (after, margins) in sorted(rows.items())]
        connection.execute(insert(beside), told)


def flat(margins: Mapping[int, int]) -> bytes:
    """Numbers and margins as they are kept."""
    return array("q", margins.keys()).tobytes() + array("i", margins.values()).tobytes()


def keep_happenings(
    connection: Connection, gone: Collection[int], made: Sequence[tuple[int, tuple[str, str], Mapping[str, Any]]]
) -> None:
    """Puts happenings (component, first and last print of it, body) in the place of those of the components `gone`."""
    for some in chunks(gone):
        connection.execute(delete(happenings).where(happenings.c.component.in_(some)))
    rows = [
        {"id": body["id"], "component": component, "first": first, "last": last, "body": body}
        for component, (first, last), body in made
    ]
    if rows:
        connection.execute(insert(happenings), rows)


def keep_heard(
    connection: Connection,
    articles: Collection[str],
    said: Mapping[int, Sequence[Mapping[str, Any]]],
    found: Mapping[str, Sequence[Mapping[str, Any]]],
) -> None:
    """Puts what the readings of these articles speak of, and the remarks on the articles, in the place of what was there."""
    for some in chunks(articles):
        mine = select(readings.c.n).where(readings.c.article.in_(some))
        connection.execute(delete(speaks).where(speaks.c.n.in_(mine)))
        connection.execute(delete(remarks).where(remarks.c.article.in_(some)))
    if rows := [{"n": n, "place": place, **one} for n, told in said.items() for place, one in enumerate(told)]:
        connection.execute(insert(speaks), rows)
    if rows := [{"article": name, "body": list(told)} for name, told in found.items() if told]:
        connection.execute(insert(remarks), rows)


def keep_tracker(connection: Connection, key: str, seq: int, body: Mapping[str, Any]) -> None:
    """Keeps a tracker; those of an older state of the ledger go."""
    connection.execute(delete(trackers).where((trackers.c.seq != seq) | (trackers.c.key == key)))
    connection.execute(insert(trackers), [{"key": key, "seq": seq, "body": body}])


def take_out(connection: Connection, names: Collection[str]) -> None:
    """Takes out what is kept of the words of these articles. The component of their claims is noted still, so that what stood
    beside them is linked anew."""
    connection.execute(delete(trackers))
    for some in chunks(names):
        mine = select(readings.c.n).where(readings.c.article.in_(some))
        told = select(linked.c.component).where(linked.c.n.in_(mine))
        connection.execute(delete(happenings).where(happenings.c.component.in_(told)))
        connection.execute(delete(slots).where(slots.c.n.in_(mine)))
        connection.execute(update(linked).where(linked.c.n.in_(mine)).values(anchors=b""))
        connection.execute(delete(remarks).where(remarks.c.article.in_(some)))


WORDS: tuple[Table, ...] = (linked, slots, happenings, remarks, trackers)  # tables in which words, or digests of words, stand
