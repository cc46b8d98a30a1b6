"""Links that let somebody in once, to choose a password."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from trucewatch.access.hashing import Hasher, digest, fit, secret
from trucewatch.access.log import ACCESS, entered
from trucewatch.access.sessions import Entered, begin
from trucewatch.access.users import change, folded, state
from trucewatch.database.doors import links, users
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.errors import AccessError

INVITED = timedelta(days=3)


def invite(ledger: Ledger, name: str, *, who: str, at: datetime) -> str:
    """The secret of a link at which a user chooses a password. An earlier one of the user ends. Raises AccessError."""
    drawn = secret()
    with writing(ledger) as connection:
        row = connection.execute(select(users).where(users.c.name == folded(name))).mappings().first()
        if row is None or row["disabled"]:
            raise AccessError(f"user {name[:80]}: there is none, or it is disabled. Look with: trucewatch access user list.")
        connection.execute(delete(links).where(links.c.user == row["name"]))
        connection.execute(insert(links), [{"digest": digest(drawn), "user": row["name"], "until": at + INVITED}])
        told = state(row)
        entered(connection, ACCESS, f"user:{row['name']}", who=who, at=at, before=told, after=told | {"invited": True})
    return drawn


def invited(ledger: Ledger, drawn: str, *, at: datetime) -> str | None:
    """Whom a link invites; it stays as it is."""
    asked = select(links.c.user).where(links.c.digest == digest(drawn), links.c.until > at)
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
        if _use(connection, drawn, at) is None:
            return None
        user = change(connection, name, {"password": hashed}, who=name, at=at)
        return begin(connection, user.name, user.role, at=at, before=before)


def _use(connection: Connection, drawn: str, at: datetime) -> str | None:
    """Takes a link out and tells whose it was. Of two that come at once one finds it."""
    wanted = delete(links).where(links.c.digest == digest(drawn), links.c.until > at)
    name = connection.execute(wanted.returning(links.c.user)).scalar()
    connection.execute(delete(links).where(links.c.until <= at))
    return name
