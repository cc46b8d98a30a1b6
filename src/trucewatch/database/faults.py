"""What databases say when something is wrong, told as a user can mend it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from trucewatch.errors import LedgerError

# A piece of SQLite's message, or PostgreSQL's code (a whole one, or the class of its first two letters), in the order of asking.
_TOLD: tuple[tuple[tuple[str, ...], str], ...] = (
    (("disk is full", "disk full", "53100"), "the disk is full; what was under way is not written. Make room and do it again"),
    (
        ("readonly database", "25006"),
        "it may only be read. Give the right to write to the file and its folder, or take another monitor",
    ),
    (
        ("database is locked", "55P03", "40P01"),
        "another program has held it for too long. Wait until that has ended and do it again",
    ),
    (
        ("malformed", "not a database", "corrupt", "XX001", "XX002"),
        "its pages are damaged. Put a backup in its place: trucewatch ledger restore FILE",
    ),
    (("unable to open",), "it cannot be opened. Look at the path and the rights of its folder"),
    (
        ("disk i/o error", "58"),
        "the disk gives errors. Look after it, then put a backup in place: trucewatch ledger restore FILE",
    ),
    (("no such table", "no such column", "42P01", "42703"), "it is not the schema of a ledger. Give the database of a monitor"),
    (("3D000", "does not exist"), "there is no such database. Create it, or correct the address in trucewatch.toml"),
    (("28", "authentication failed"), "the server refuses this user. Correct the address or the password"),
    (("connection", "08", "57P"), "the server does not answer. Start it, or correct the address in trucewatch.toml"),
)


@contextmanager
def mending(place: str) -> Iterator[None]:
    """Faults of the database below become a LedgerError that names the place and the mend; others pass."""
    try:
        yield
    except DBAPIError as fault:
        raise LedgerError(f"{place}: {_what(fault)}.") from fault
    except (json.JSONDecodeError, SQLAlchemyError, UnicodeError) as fault:
        what = f"a row cannot be read ({type(fault).__name__}: {fault})"
        raise LedgerError(f"{place}: {what}. Put a backup in its place: trucewatch ledger restore FILE.") from fault


def _what(fault: DBAPIError) -> str:
    message = str(fault.orig).strip().replace("\n", " ")
    code = getattr(fault.orig, "sqlstate", None) or ""
    for signs, told in _TOLD:
        for sign in signs:
            if code.startswith(sign) if sign[0].isdigit() or sign[0] == "X" else sign in message.lower():
                return f"{told} (the database says: {message})"
    return f"the database refuses ({message}). Look at the message; the ledger is as before"
