"""Tokens for programs: `tw_ID_SECRET`. A token acts for a user, never does more than the user may, and only what its
scopes say."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from trucewatch.access.hashing import digest, same, secret
from trucewatch.access.known import Known
from trucewatch.access.log import ACCESS, entered
from trucewatch.access.users import folded
from trucewatch.database.doors import tokens, users
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.tables import moment_text
from trucewatch.errors import AccessError, LedgerError
from trucewatch.model.actor import SCOPES

LONGEST = timedelta(days=366)
USUAL = timedelta(days=90)
_TOUCH = timedelta(hours=1)
_MARK = "tw"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands; its secret is kept nowhere. `used`: about when, None: never."""

    id: str
    user: str
    label: str
    scopes: tuple[str, ...]
    since: datetime
    until: datetime
    used: datetime | None
    revoked: datetime | None


def add(
    ledger: Ledger, user: str, label: str, scopes: Collection[str], *, who: str, at: datetime, lasts: timedelta = USUAL
) -> tuple[Token, str]:
    """A new token of a user, and its text, which is told only now. Raises AccessError."""
    if strange := sorted(set(scopes) - SCOPES.keys()):
        raise AccessError(f"scope '{strange[0][:40]}': there is none. Take some of: {', '.join(SCOPES)}.")
    if not scopes or not timedelta(0) < lasts <= LONGEST or not label.strip() or len(label) > 80:
        raise AccessError("token: say what it is for (80 characters at most), one scope or more, and 1 to 366 days.")
    drawn, id_ = secret(), digest(secret())[:12]
    row = {"id": id_, "label": label.strip(), "scopes": sorted(scopes), "digest": digest(drawn), "since": at, "until": at + lasts}
    with writing(ledger) as connection:
        there = select(users.c.name).where(users.c.name == folded(user), users.c.disabled.is_(False))
        name = connection.execute(there).scalar()
        if name is None:
            raise AccessError(f"user {user[:80]}: there is none, or it is disabled. Look with: trucewatch access user list.")
        row |= {"user": name, "used": None, "revoked": None}
        connection.execute(insert(tokens), [row])
        entered(connection, ACCESS, f"token:{id_}", who=who, at=at, after=state(row))
    return _token(row), f"{_MARK}_{id_}_{drawn}"


def listed(ledger: Ledger, user: str | None = None) -> tuple[Token, ...]:
    """All tokens, or those of a user, the oldest first."""
    asked = select(tokens).order_by(tokens.c.since, tokens.c.id)
    if user is not None:
        asked = asked.where(tokens.c.user == folded(user))
    with reading(ledger) as connection:
        return tuple(_token(row) for row in connection.execute(asked).mappings())


def revoke(ledger: Ledger, id_: str, *, who: str, at: datetime) -> Token:
    """Ends a token at once. Raises AccessError."""
    with writing(ledger) as connection:
        row = connection.execute(select(tokens).where(tokens.c.id == id_)).mappings().first()
        if row is None:
            raise AccessError(f"token {id_[:40]}: there is none. Look with: trucewatch access token list.")
        new = dict(row) | {"revoked": row["revoked"] or at}
        connection.execute(update(tokens).where(tokens.c.id == id_).values(revoked=new["revoked"]))
        entered(connection, ACCESS, f"token:{id_}", who=who, at=at, before=state(row), after=state(new))
    return _token(new)


def known_by(ledger: Ledger, text: str, *, at: datetime) -> Known | None:
    """For whom a token acts; None where it is none of this monitor, ended, was revoked, or its user is disabled."""
    mark, _, rest = text.partition("_")
    id_, _, drawn = rest.partition("_")
    if mark != _MARK or not drawn:
        return None
    asked = select(tokens, users.c.role).join_from(tokens, users, users.c.name == tokens.c.user)
    asked = asked.where(tokens.c.id == id_, tokens.c.until > at, tokens.c.revoked.is_(None), users.c.disabled.is_(False))
    with reading(ledger) as connection:
        row = connection.execute(asked).first()
    if row is None or not same(row.digest, digest(drawn)):
        return None
    if row.used is None or at - row.used > _TOUCH:
        with suppress(LedgerError), writing(ledger) as connection:
            connection.execute(update(tokens).where(tokens.c.id == id_).values(used=at))
    return Known(row.user, row.role, frozenset(row.scopes), id_)


def state(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What an entry tells of a token, and what the row is held against when the chain is verified."""
    told = {name: row[name] for name in ("user", "label", "scopes")} | {"digest": row["digest"][:16]}
    return told | {name: moment_text(row[name]) if row[name] else None for name in ("until", "revoked")}


def _token(row: Mapping[Any, Any]) -> Token:
    told = {name: row[name] for name in ("id", "user", "label", "since", "until", "used", "revoked")}
    return Token(scopes=tuple(row["scopes"]), **told)
