"""Links that let somebody in once: an invitation, at which a password is chosen, and the link that a server prints."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from trucewatch.access.actor import ROLES
from trucewatch.access.hashing import Hasher, digest, fit, secret
from trucewatch.access.log import ACCESS, entered
from trucewatch.access.sessions import Entered, begin
from trucewatch.access.users import change, folded, named, state
from trucewatch.database.doors import links, users
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.errors import AccessError

INVITED = timedelta(days=3)
_OPEN = timedelta(hours=1)  # of the link that a server prints
_INVITE, _ENTER = "invite", "enter"


def invite(ledger: Ledger, name: str, *, who: str, at: datetime) -> str:
    """The secret of a link at which a user chooses a password. An earlier one of the user ends. Raises AccessError."""
    drawn = secret()
    with writing(ledger) as connection:
        row = connection.execute(select(users).where(users.c.name == folded(name))).mappings().first()
        if row is None or row["disabled"]:
            raise AccessError(f"user {name[:80]}: there is none, or it is disabled. Look with: trucewatch access user list.")
        connection.execute(delete(links).where(links.c.user == row["name"]))
        _keep(connection, drawn, row["name"], _INVITE, at + INVITED)
        told = state(row)
        entered(connection, ACCESS, f"user:{row['name']}", who=who, at=at, before=told, after=told | {"invited": True})
    return drawn


def invited(ledger: Ledger, drawn: str, *, at: datetime) -> str | None:
    """Whom a link invites; it stays as it is."""
    asked = select(links.c.user).where(links.c.digest == digest(drawn), links.c.kind == _INVITE, links.c.until > at)
    with reading(ledger) as connection:
        return connection.execute(asked).scalar()


def accept(
    ledger: Ledger, drawn: str, password: str, hasher: Hasher, *, at: datetime, before: str | None = None
) -> Entered | None:
    """Sets the password that the invited user chose and lets them in. None where the link is used or ended; a password that is
    refused (AccessError) leaves it as it was."""
    name = invited(ledger, drawn, at=at)
    if name is None:
        return None
    fit(password, name)
    hashed = hasher.hash(password)
    with writing(ledger) as connection:
        if _use(connection, drawn, _INVITE, at) is None:
            return None
        user = change(connection, name, {"password": hashed}, who=name, at=at)
        return begin(connection, user.name, user.role, at=at, before=before)


def door(ledger: Ledger, name: str, *, at: datetime) -> str:
    """The secret of a link for whoever starts a server on a machine of their own: an admin without a password, made where there
    is none of that name. Whoever may start it may read the ledger's file anyway."""
    drawn, name = secret(), named(name)
    with writing(ledger) as connection:
        row = connection.execute(select(users).where(users.c.name == name)).mappings().first()
        if row is None:
            new = {"name": name, "role": ROLES[-1], "password": None, "disabled": False, "since": at}
            connection.execute(insert(users), [new])
            entered(connection, ACCESS, f"user:{name}", who=name, at=at, after=state(new))
        _keep(connection, drawn, name, _ENTER, at + _OPEN)
    return drawn


def enter(ledger: Ledger, drawn: str, *, at: datetime, before: str | None = None) -> Entered | None:
    """Lets in who comes by the link of a server; None where it is used or ended."""
    with writing(ledger) as connection:
        name = _use(connection, drawn, _ENTER, at)
        asked = select(users.c.role).where(users.c.name == name, users.c.disabled.is_(False))
        role = connection.execute(asked).scalar() if name else None
        return begin(connection, name, role, at=at, before=before) if name and role else None


def _keep(connection: Connection, drawn: str, name: str, kind: str, until: datetime) -> None:
    connection.execute(insert(links), [{"digest": digest(drawn), "user": name, "kind": kind, "until": until}])


def _use(connection: Connection, drawn: str, kind: str, at: datetime) -> str | None:
    """Takes a link out and tells whose it was. Of two that come at once one finds it."""
    wanted = delete(links).where(links.c.digest == digest(drawn), links.c.kind == kind, links.c.until > at)
    name = connection.execute(wanted.returning(links.c.user)).scalar()
    connection.execute(delete(links).where(links.c.until <= at))
    return name
