"""What only some may see for a while: an outlet, or one article. It is in the ledger like all else; whoever may not see it is
shown everything as it would be without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select

from trucewatch.access.hashing import digest
from trucewatch.access.log import EMBARGO, entered
from trucewatch.database.doors import embargoes
from trucewatch.database.engine import Ledger, Transaction, reading, writing
from trucewatch.database.tables import moment_text
from trucewatch.errors import AccessError
from trucewatch.model.actor import ROLES, at_least

KINDS = ("outlet", "article")


@dataclass(frozen=True, slots=True)
class Embargo:
    """`role`: the least that sees it; `until`: from then on everybody does, None: until it is lifted."""

    kind: str
    object: str
    role: str
    since: datetime
    until: datetime | None
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden from somebody: outlets as their articles name them, and ids of articles. Empty: nothing."""

    outlets: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.outlets or self.articles)


NOTHING = Hidden()


def put(
    ledger: Ledger,
    kind: str,
    object_: str,
    *,
    role: str = "coder",
    until: datetime | None = None,
    reason: str,
    who: str,
    at: datetime,
) -> Embargo:
    """Hides an outlet or an article from those below a role; one that is there already is changed. Raises AccessError."""
    if kind not in KINDS or not object_.strip():
        raise AccessError("embargo: say an outlet or an article.")
    if role not in ROLES[1:]:
        raise AccessError(f"role '{role[:40]}': take the least that may see it: {', '.join(ROLES[1:])}.")
    if not reason.strip() or (until is not None and until <= at):
        raise AccessError("embargo: say why (--reason), and a day that is still to come (--until).")
    made = Embargo(kind, object_, role, at, until, reason.strip(), who)
    row = {name: getattr(made, name) for name in Embargo.__slots__} | {"key": f"{kind}:{object_}"}
    with writing(ledger) as connection:
        before = connection.execute(select(embargoes).where(embargoes.c.key == row["key"])).mappings().first()
        connection.execute(delete(embargoes).where(embargoes.c.key == row["key"]))
        connection.execute(insert(embargoes), [row])
        told = state(before) if before else None
        entered(connection, EMBARGO, row["key"], who=who, at=at, before=told, after=state(row))
    return made


def lift(ledger: Ledger, kind: str, object_: str, *, who: str, at: datetime) -> None:
    """Shows it to everybody again. Raises AccessError."""
    key = f"{kind}:{object_}"
    with writing(ledger) as connection:
        row = connection.execute(select(embargoes).where(embargoes.c.key == key)).mappings().first()
        if row is None:
            raise AccessError(f"embargo on {key[:120]}: there is none. Look with: trucewatch access embargo list.")
        connection.execute(delete(embargoes).where(embargoes.c.key == key))
        entered(connection, EMBARGO, key, who=who, at=at, before=state(row), after=None)


def listed(ledger: Ledger) -> tuple[Embargo, ...]:
    """All embargoes, also those whose time is over."""
    with reading(ledger) as connection:
        rows = connection.execute(select(embargoes).order_by(embargoes.c.key)).mappings()
        return tuple(Embargo(**{name: row[name] for name in Embargo.__slots__}) for row in rows)


def hidden(ledger: Ledger, role: str, *, at: datetime) -> Hidden:
    """What is hidden from a role now."""
    with reading(ledger) as connection:
        return hidden_in(connection, role, at)


def hidden_in(connection: Transaction, role: str, at: datetime) -> Hidden:
    """The same inside a transaction."""
    asked = select(embargoes.c.kind, embargoes.c.object, embargoes.c.role)
    asked = asked.where(or_(embargoes.c.until.is_(None), embargoes.c.until > at))
    rows = [row for row in connection.execute(asked) if not at_least(role, row.role)]
    outlets, articles = (frozenset(row.object for row in rows if row.kind == kind) for kind in KINDS)
    return Hidden(outlets, articles)


def state(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What an entry tells of an embargo, and what the row is held against when the chain is verified."""
    until = moment_text(row["until"]) if row["until"] else None
    return {"role": row["role"], "until": until, "reason": digest(row["reason"])[:16]}
