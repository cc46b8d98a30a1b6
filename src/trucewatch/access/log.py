"""Entries of the chain on access: every change of users, tokens and embargoes, and every export. They hold states and digests,
never a password and no words of an article."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from trucewatch.access.hashing import digest
from trucewatch.database import chain
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.tables import audit
from trucewatch.model.actor import Actor

ACCESS, EMBARGO, EXPORT = "access", "embargo", "export"  # actions
ACTIONS = (ACCESS, EMBARGO, EXPORT)


def entered(
    connection: Connection, action: str, object_: str, *, who: str, at: datetime, before: Any = None, after: Any = None
) -> None:
    """One more entry, inside the transaction that makes the change."""
    chain.append(connection, chain.take(connection), at=at, actor=who, action=action, object_=object_, before=before, after=after)


def exported(
    ledger: Ledger, actor: Actor, what: str, *, asked: Mapping[str, Any], words: str | None = None, at: datetime
) -> None:
    """Writes down that somebody takes something out: before it leaves, so that nothing leaves unseen. `what` is the format;
    `asked` the filters, of `words` only the digest, because a name that was searched for may have to go one day."""
    told = {name: value for name, value in asked.items() if value not in (None, False, "")}
    if words:
        told["words"] = digest(words)[:16]
    by = {"token": actor.key} if actor.scopes is not None else {}
    with writing(ledger) as connection:
        entered(connection, EXPORT, what, who=actor.name, at=at, after={"asked": told} | by)


def entries(ledger: Ledger, limit: int, *, before: int | None = None) -> tuple[Mapping[str, Any], ...]:
    """The last entries on access, the newest first; `before`: those older than this one."""
    asked = select(audit).where(audit.c.action.in_(ACTIONS)).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        asked = asked.where(audit.c.seq < before)
    with reading(ledger) as connection:
        return tuple(dict(row) for row in connection.execute(asked).mappings())
