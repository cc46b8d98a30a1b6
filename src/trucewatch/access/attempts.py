"""Tries to come in, counted by name and by address before a password is looked at: who fails too often waits, longer each time.
A name that nobody has is counted like any other."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Connection, delete, insert, or_, select, update

from trucewatch.access.hashing import digest
from trucewatch.access.users import folded
from trucewatch.database import chain
from trucewatch.database.doors import attempts
from trucewatch.database.engine import Ledger, reading, writing


@dataclass(frozen=True, slots=True)
class Limits:
    """So many tries are free; each further one doubles the time to wait. After `forget` without a try they are free again."""

    name: int = 5
    address: int = 20
    first: timedelta = timedelta(minutes=1)
    longest: timedelta = timedelta(hours=1)
    forget: timedelta = timedelta(hours=3)


def take(ledger: Ledger, name: str, address: str, limits: Limits, *, at: datetime) -> datetime | None:
    """Takes one try of a name and of an address; where one of them has none left, until when to wait. A try is counted before its
    password is checked, so that many at once are counted too."""
    keys = keys_of(name, address)
    with reading(ledger) as connection:
        if wait := _wait(connection, keys, at):
            return wait  # who only knocks makes nobody wait for the ledger
    with writing(ledger) as connection:
        chain.take(connection)  # one after another: else many tries at once would count as one
        old = or_(attempts.c.until.is_(None), attempts.c.until <= at)
        connection.execute(delete(attempts).where(attempts.c.last < at - limits.forget, old))
        if wait := _wait(connection, keys, at):
            return wait
        for key, free in zip(keys, (limits.name, limits.address), strict=True):
            _count(connection, key, free, limits, at)
    return None


def give_back(connection: Connection, name: str, address: str) -> None:
    """After a success: the name is as if nothing had been, of the address only this try is given back, else somebody with an
    account of their own could try others for ever."""
    mine, theirs = keys_of(name, address)
    connection.execute(delete(attempts).where(attempts.c.key == mine))
    connection.execute(
        update(attempts).where(attempts.c.key == theirs, attempts.c.count > 0).values(count=attempts.c.count - 1, until=None)
    )


def keys_of(name: str, address: str) -> tuple[str, str]:
    return digest(f"name:{folded(name)}"), digest(f"address:{_net(address)}")


def _net(address: str) -> str:
    """What one customer of a network has: an address of the fourth kind, 64 bits of the sixth."""
    try:
        told = ip_address(address)
    except ValueError:
        return address
    if isinstance(told, IPv6Address):
        return str(told.ipv4_mapped or told.packed[:8].hex())
    return str(told)


def _wait(connection: Connection, keys: tuple[str, ...], at: datetime) -> datetime | None:
    asked = select(attempts.c.until).where(attempts.c.key.in_(keys), attempts.c.until > at)
    return max((until for until in connection.execute(asked).scalars() if until), default=None)


def _count(connection: Connection, key: str, free: int, limits: Limits, at: datetime) -> None:
    row = connection.execute(select(attempts).where(attempts.c.key == key)).first()
    count = row.count + 1 if row else 1  # type: ignore[operator]
    over = count - free
    until = at + min(limits.first * 2 ** min(over, 20), limits.longest) if over >= 0 else None
    told = {"count": count, "last": at, "until": until}
    if row is None:
        connection.execute(insert(attempts), [{"key": key} | told])
    else:
        connection.execute(update(attempts).where(attempts.c.key == key).values(told))
