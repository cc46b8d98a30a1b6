"""Coming in and going out. A session is a row; the browser holds a secret of which only the digest is kept, and it is drawn anew
whenever somebody comes in: what the browser held before is worth nothing afterwards."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from trucewatch.access import attempts
from trucewatch.access.attempts import Limits
from trucewatch.access.hashing import Hasher, digest, secret
from trucewatch.access.known import Known
from trucewatch.access.users import folded
from trucewatch.database.doors import sessions, users
from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.errors import LedgerError

LASTS = timedelta(days=7)  # of a session in use
IDLE = timedelta(hours=12)  # and of one that is not
_TOUCH = timedelta(minutes=10)  # how exactly it is known when a session was last used
_FREE = Limits()


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody came in; `secret` is for the browser and is kept nowhere."""

    known: Known
    secret: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody came in, for whatever reason. `until`: no try is looked at before then."""

    until: datetime | None = None


def login(
    ledger: Ledger,
    name: str,
    password: str,
    hasher: Hasher,
    *,
    address: str,
    at: datetime,
    before: str | None = None,
    limits: Limits = _FREE,
) -> Entered | Refused:
    """Lets somebody in by name and password. The answer, and the time it takes, are the same for a wrong password, a name that
    nobody has and one that is disabled. `before`: the secret of the session that the browser had, which ends."""
    if until := attempts.take(ledger, name, address, limits, at=at):
        return Refused(until)
    with reading(ledger) as connection:
        row = connection.execute(select(users).where(users.c.name == folded(name))).first()
    kept = row.password if row else None
    right = hasher.verify(password, kept or hasher.stand_in)
    if not (right and kept and row):
        return Refused()
    with writing(ledger) as connection:
        same = select(users.c.role).where(users.c.name == row.name, users.c.password == kept, users.c.disabled.is_(False))
        role = connection.execute(same).scalar()
        if role is None:  # disabled, before or just now
            return Refused()
        attempts.give_back(connection, name, address)
        return begin(connection, row.name, role, at=at, before=before)


def begin(connection: Connection, name: str, role: str, *, at: datetime, before: str | None = None) -> Entered:
    """A new session inside a transaction; sessions that ended by time are swept away."""
    drawn, until = secret(), at + LASTS
    gone = or_(sessions.c.until <= at, sessions.c.seen <= at - IDLE)
    connection.execute(delete(sessions).where(or_(gone, sessions.c.id == digest(before)) if before else gone))
    connection.execute(insert(sessions), [{"id": digest(drawn), "user": name, "since": at, "until": until, "seen": at}])
    return Entered(Known(name, role, key=digest(drawn)), drawn, until)


def known_by(ledger: Ledger, drawn: str, *, at: datetime) -> Known | None:
    """Whose session it is; None where it ended, was never there, or its user is disabled. The role is that of now."""
    id_ = digest(drawn)
    asked = select(sessions.c.seen, users.c.name, users.c.role).join_from(sessions, users, users.c.name == sessions.c.user)
    asked = asked.where(sessions.c.id == id_, sessions.c.until > at, sessions.c.seen > at - IDLE, users.c.disabled.is_(False))
    with reading(ledger) as connection:
        row = connection.execute(asked).first()
    if row is None:
        return None
    if at - row.seen > _TOUCH:
        with suppress(LedgerError), writing(ledger) as connection:  # a ledger that may only be read can be looked at
            connection.execute(update(sessions).where(sessions.c.id == id_).values(seen=at))
    return Known(row.name, row.role, key=id_)


def logout(ledger: Ledger, drawn: str) -> None:
    """Ends a session."""
    with writing(ledger) as connection:
        connection.execute(delete(sessions).where(sessions.c.id == digest(drawn)))
