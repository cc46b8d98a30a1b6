"""When a backup takes the place of a ledger, who may come in stays as it was: somebody shut out since is not let in again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from trucewatch.access.log import ACCESS, EMBARGO, entered
from trucewatch.access.verify import unsaid
from trucewatch.database.doors import attempts, embargoes, links, sessions, tokens, users
from trucewatch.database.engine import Ledger, reading, writing

Doors = Mapping[str, Sequence[Mapping[str, Any]]]
_STAY = (users, tokens, embargoes)
_END = (sessions, links, attempts)


def doors_of(ledger: Ledger) -> Doors:
    """The rows that stay."""
    with reading(ledger) as connection:
        return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in _STAY}


def carry(ledger: Ledger, doors: Doors | None, *, at: datetime) -> None:
    """Gives a restored ledger the rows of the one that it replaces; None: it keeps its own. Sessions and links end. What stands
    otherwise than its chain says is one more entry of it."""
    with writing(ledger) as connection:
        for table in _END if doors is None else (*_END, *_STAY):
            connection.execute(delete(table))
        for table in _STAY:
            if doors and doors[table.name]:
                connection.execute(insert(table), [dict(row) for row in doors[table.name]])
        for key, (before, after) in unsaid(connection).items():
            action = ACCESS if key.startswith(("user:", "token:")) else EMBARGO
            entered(connection, action, key, who="restore", at=at, before=before, after=after)
