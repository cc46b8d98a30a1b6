"""Users of a monitor. Nobody is taken out: a name stands in the chain. Who should not come in any more is disabled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import normalize

from sqlalchemy import Connection, delete, func, insert, select, update

from trucewatch.access.hashing import Hasher, digest, fit
from trucewatch.access.log import ACCESS, entered
from trucewatch.database import chain
from trucewatch.database.doors import links, sessions, users
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.errors import AccessError
from trucewatch.model.actor import ROLES

_NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class User:
    """`password`: whether there is one."""

    name: str
    role: str
    password: bool
    disabled: bool
    since: datetime


def add(ledger: Ledger, name: str, role: str, *, who: str, at: datetime) -> User:
    """A new user without a password, who comes in by a link or when one is set. Raises AccessError."""
    name, role = named(name), _role(role)
    with writing(ledger) as connection:
        if connection.execute(select(users.c.name).where(users.c.name == name)).first():
            raise AccessError(f"user {name}: there is one. Take another name, or change this one.")
        row = {"name": name, "role": role, "password": None, "disabled": False, "since": at}
        connection.execute(insert(users), [row])
        entered(connection, ACCESS, f"user:{name}", who=who, at=at, after=state(row))
    return User(name, role, password=False, disabled=False, since=at)


def listed(ledger: Ledger) -> tuple[User, ...]:
    """All users by name."""
    with reading(ledger) as connection:
        return tuple(_user(row) for row in connection.execute(select(users).order_by(users.c.name)).mappings())


def found(ledger: Ledger, name: str) -> User | None:
    with reading(ledger) as connection:
        row = connection.execute(select(users).where(users.c.name == folded(name))).mappings().first()
    return _user(row) if row else None


def set_role(ledger: Ledger, name: str, role: str, *, who: str, at: datetime) -> User:
    """Gives a user another role; it holds from the next request on. Raises AccessError."""
    return _change(ledger, name, {"role": _role(role)}, who, at)


def set_disabled(ledger: Ledger, name: str, disabled: bool, *, who: str, at: datetime) -> User:
    """Shuts a user out at once, sessions, tokens and links; or lets them in again. Raises AccessError."""
    return _change(ledger, name, {"disabled": disabled}, who, at)


def set_password(ledger: Ledger, name: str, password: str, hasher: Hasher, *, who: str, at: datetime) -> User:
    """Sets a password, and ends the user's sessions: one of them may be why. Raises AccessError."""
    fit(password, folded(name))
    return _change(ledger, name, {"password": hasher.hash(password)}, who, at)


def named(name: str) -> str:
    """A name as it is kept, one for all ways to write it. Raises AccessError."""
    told = folded(name)
    if not _NAME.fullmatch(told):
        raise AccessError(f"user '{name[:80]}': no name. Take letters, digits and . @ + - _, 64 at most.")
    return told


def folded(name: str) -> str:
    """A name as it is looked up, whatever was typed."""
    return normalize("NFKC", normalize("NFKC", name).casefold()).strip()


def state(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What an entry tells of a user, and what the row is held against when the chain is verified."""
    kept = row["password"]
    return {"role": row["role"], "disabled": bool(row["disabled"]), "password": digest(kept)[:16] if kept else None}


def change(connection: Connection, name: str, new: Mapping[str, Any], *, who: str, at: datetime) -> User:
    """A change inside a transaction. The last admin stays one."""
    chain.take(connection)  # one change after another: two admins might take each other's role at once
    asked = select(users).where(users.c.name == folded(name))
    row = connection.execute(asked).mappings().first()
    if row is None:
        raise AccessError(f"user {name[:80]}: there is none. Look with: trucewatch access user list.")
    old, told = dict(row), dict(row) | dict(new)
    if _rules(old) and not _rules(told) and _admins(connection) == 1:
        raise AccessError(f"user {old['name']}: the last admin. Make another one first.")
    connection.execute(update(users).where(users.c.name == old["name"]).values(dict(new)))
    if told["disabled"] or told["password"] != old["password"]:
        for table in (sessions, links):
            connection.execute(delete(table).where(table.c.user == old["name"]))
    entered(connection, ACCESS, f"user:{old['name']}", who=who, at=at, before=state(old), after=state(told))
    return _user(told)


def _change(ledger: Ledger, name: str, new: Mapping[str, Any], who: str, at: datetime) -> User:
    with writing(ledger) as connection:
        return change(connection, name, new, who=who, at=at)


def _rules(row: Mapping[str, Any]) -> bool:
    return row["role"] == ROLES[-1] and not row["disabled"]


def _admins(connection: Connection) -> int:
    asked = select(func.count()).select_from(users).where(users.c.role == ROLES[-1], users.c.disabled.is_(False))
    return connection.execute(asked).scalar_one()


def _role(told: str) -> str:
    if told not in ROLES:
        raise AccessError(f"role '{told[:40]}': there is none. Take one of: {', '.join(ROLES)}.")
    return told


def _user(row: Mapping[Any, Any]) -> User:
    return User(row["name"], row["role"], bool(row["password"]), bool(row["disabled"]), row["since"])
