"""Do users, tokens and embargoes stand as the chain says? A role that was raised past the program shows here."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from trucewatch.access import embargoes, tokens, users
from trucewatch.access.log import ACCESS, EMBARGO
from trucewatch.database import doors
from trucewatch.database.tables import audit

State = Callable[[Mapping[Any, Any]], dict[str, Any]]
_PASSING = ("invited",)  # told by an entry, kept in no row


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong, each in one sentence. Users and tokens do not move with an export, so those that are gone are no fault."""
    told = _told(connection)
    for key, row in _rows(connection).items():
        if told.pop(key, None) != row:
            yield f"{key}: it was changed past the chain of entries"
    yield from (
        f"{key}: it was lifted past the chain of entries"
        for key, state in told.items()
        if state is not None and not key.startswith(("user:", "token:"))
    )


def unsaid(connection: Connection) -> dict[str, tuple[Any, Any]]:
    """Rows that stand otherwise than the chain says: what it says, and how they stand (None: not at all)."""
    told, rows = _told(connection), _rows(connection)
    return {key: (told.get(key), rows.get(key)) for key in sorted(told | rows) if told.get(key) != rows.get(key)}


def _told(connection: Connection) -> dict[str, Any]:
    """The last word of the chain on each user, token and embargo."""
    asked = select(audit.c.object, audit.c.after).where(audit.c.action.in_((ACCESS, EMBARGO))).order_by(audit.c.seq)
    return {row.object: _lasting(row.after) for row in connection.execute(asked)}


def _lasting(after: Any) -> Any:
    return {name: value for name, value in after.items() if name not in _PASSING} if after else None


def _rows(connection: Connection) -> dict[str, dict[str, Any]]:
    kinds: tuple[tuple[Table, str, str, State], ...] = (
        (doors.users, "user:", "name", users.state),
        (doors.tokens, "token:", "id", tokens.state),
        (doors.embargoes, "", "key", embargoes.state),
    )
    return {
        prefix + row[name]: state(row)
        for table, prefix, name, state in kinds
        for row in connection.execute(select(table)).mappings()
    }
