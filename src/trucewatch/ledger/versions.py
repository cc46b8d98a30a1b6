"""The versions of an article: what each printed, when it was met, and what became of its claims against the version before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, or_, select

from trucewatch.database.engine import Ledger, reading
from trucewatch.database.tables import articles, readings
from trucewatch.ledger.custody import Sighting, sightings_of
from trucewatch.text.fold import fold_text

Body = Mapping[str, Any]
_PLACE = ("start", "end", "span")
_NOT_TOLD = ("id", "reading", "article", "coder")
_KEYS: tuple[Callable[[Body], Any], ...] = (
    lambda body: body["id"],
    lambda body: (body["event"], _quote(body), _voice(body)),
    lambda body: (body["event"], _quote(body)),
    lambda body: (body["event"], _voice(body), _doers(body)),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A claim against the version before. `how`: added, changed, withdrawn. `fields`: what differs of a changed one. `body`: as
    it reads in this version; of a withdrawn one as it read."""

    how: str
    body: Body
    fields: tuple[str, ...] = ()
    before: Body | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article. `n`: its row; `digest`: of all that is kept of it. `same`: claims that only moved or not even
    that. `sightings`: where it was met, and what was said there."""

    n: int
    digest: str
    since: datetime
    until: datetime | None
    url: str | None
    characters: int
    redacted: bool
    same: int
    changes: tuple[Change, ...]
    sightings: tuple[Sighting, ...]


def versions(ledger: Ledger, article: str) -> tuple[Version, ...]:
    """The oldest first; none where there is no such article. The first version's claims are not told as added."""
    asked = select(articles).where(articles.c.id == article).order_by(articles.c.n)
    with reading(ledger) as connection:
        return tuple(_version(connection, row) for row in connection.execute(asked).mappings().all())


def _version(connection: Connection, row: RowMapping) -> Version:
    first = connection.execute(select(articles.c.n).where(articles.c.id == row["id"]).order_by(articles.c.n).limit(1)).scalar()
    after = _shown(connection, row["id"], row["seq"])
    before = _shown(connection, row["id"], row["seq"] - 1)
    changes = () if first == row["n"] else tuple(compare(before, after))
    same = len(after) - sum(change.how != "withdrawn" for change in changes)
    plain = {name: row[name] for name in ("n", "digest", "since", "until", "url")}
    return Version(
        **plain,
        characters=len(row["text"]),
        redacted=row["redacted"] is not None,
        same=same,
        changes=changes,
        sightings=sightings_of(connection, row["n"]),
    )


def compare(before: Sequence[Body], after: Sequence[Body]) -> Iterator[Change]:
    """Claims of one text against those of another: those that read alike, wherever they stand, are the same; of the others those
    with the same id, words or doers are paired, in the order of the text."""
    old, new = _unlike(before, after)
    for key in _KEYS:
        for claim in list(new):
            pair = next((one for one in old if key(one) == key(claim)), None)
            if pair is not None:
                old.remove(pair)
                new.remove(claim)
                yield Change("changed", claim, _fields(pair, claim), pair)
    yield from (Change("added", claim) for claim in new)
    yield from (Change("withdrawn", claim) for claim in old)


def _unlike(before: Sequence[Body], after: Sequence[Body]) -> tuple[list[Body], list[Body]]:
    """Both without the claims that say the same in the same words."""
    old = list(before)
    new = []
    for claim in after:
        pair = next((one for one in old if not _fields(one, claim)), None)
        if pair is None:
            new.append(claim)
        else:
            old.remove(pair)
    return old, new


def _fields(one: Body, other: Body) -> tuple[str, ...]:
    """What differs; the evidence only where nothing else does: it holds the words of the other fields."""
    found = tuple(name for name in other if name not in _NOT_TOLD and _bare(one.get(name)) != _bare(other[name]))
    return tuple(name for name in found if name != "evidence") or found


def _bare(value: Any) -> Any:
    """A field without places in the text; days that are called start and end stay."""
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _bare(item) for key, item in value.items() if key not in _PLACE or not _is_place(item)}
    return value


def _is_place(value: Any) -> bool:
    return not isinstance(value, str)


def _quote(body: Body) -> str:
    return " ".join(fold_text(piece["quote"]) for piece in body["evidence"] if piece["role"] == "event")


def _voice(body: Body) -> Any:
    inner = body["speaker"][-1]
    return inner["party"] or inner["text"] or inner["kind"]


def _doers(body: Body) -> Any:
    return [role["party"] or role["text"] for role in body["actors"]]


def _shown(connection: Connection, article: str, seq: int) -> list[Body]:
    """The claims of an article as they were shown after an entry, in the order of the text."""
    open_ = or_(readings.c.until_seq.is_(None), readings.c.until_seq > seq)
    asked = select(readings.c.body).where(readings.c.article == article, readings.c.seq <= seq, open_)
    found = [row.body for row in connection.execute(asked.order_by(readings.c.n))]
    return sorted(found, key=lambda body: min((piece["start"] for piece in body["evidence"]), default=0))
