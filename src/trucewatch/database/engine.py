"""Opening a ledger: the engine for a file or a server, transactions for reading and writing, the schema brought up to date."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from trucewatch.database.faults import mending
from trucewatch.database.tables import HEAD, as_json, head, settings
from trucewatch.errors import LedgerError

Transaction = Connection  # what the rooms above call it
SQLITE = "sqlite"
WAIT = 30  # seconds to wait for another writer
# A plan made for any word fits neither rare nor common ones: each question is planned for its own words.
_OPTIONS = f"-c lock_timeout={WAIT * 1000} -c plan_cache_mode=force_custom_plan"
_PAGE = 1000
_NONE = "{}: there is no ledger. Make a monitor (trucewatch init DIR), or restore one (trucewatch ledger restore FILE)."
_LOCK = 7_214_001  # of the server, while a schema is made or changed
_PRAGMAS = (f"busy_timeout={WAIT * 1000}", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536")


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger. `place` is how messages call it, `file` its file (None on a server), `prefixes` are what search passes over
    at the beginning of a word."""

    engine: Engine
    place: str
    file: Path | None
    prefixes: tuple[str, ...]


def connect(where: Path | str, *, at: datetime, prefixes: tuple[str, ...] = (), create: bool = True) -> Ledger:
    """The ledger of a file or of `postgresql://…`, made where there is none (only with `create`), brought to the newest schema.

    A file is copied beside itself before its schema is changed; on a server the change is one transaction. `prefixes` are kept by
    a new ledger; one that is there has its own. Raises LedgerError.
    """
    if not create and isinstance(where, Path) and not where.exists():
        raise LedgerError(_NONE.format(where))
    engine, place, file = _engine(where)
    with mending(place):
        try:
            _upgrade(engine, place, file, at, prefixes if create else None)
            with reading_from(engine) as connection:
                kept = connection.execute(select(settings.c.value).where(settings.c.key == "search.prefixes")).scalar_one()
        except BaseException:
            engine.dispose()
            raise
    return Ledger(engine, place, file, tuple(kept))


def close(ledger: Ledger) -> None:
    """Gives back all connections."""
    ledger.engine.dispose()


@contextmanager
def reading(ledger: Ledger) -> Iterator[Connection]:
    """One consistent view of the whole ledger."""
    with mending(ledger.place), reading_from(ledger.engine) as connection:
        yield connection


@contextmanager
def writing(ledger: Ledger) -> Iterator[Connection]:
    """One transaction that writes: all of it or nothing. Writers come one after another."""
    with mending(ledger.place), ledger.engine.execution_options(truce_write=True).begin() as connection:
        yield connection


@contextmanager
def reading_from(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as plain:
        level = plain.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name != SQLITE else plain
        with level.begin():
            yield level


def stream(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """All rows in order of their key, in pages: neither database then holds all of them in memory."""
    (key,) = table.primary_key.columns
    asked = select(table).order_by(key).limit(_PAGE)
    rows = connection.execute(asked).mappings().all()
    while rows:
        yield from map(dict, rows)
        rows = connection.execute(asked.where(key > rows[-1][key.name])).mappings().all() if len(rows) == _PAGE else []


def _engine(where: Path | str) -> tuple[Engine, str, Path | None]:
    if isinstance(where, Path) or "://" not in where:
        file = Path(where)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise LedgerError(f"{file}: the folder cannot be made ({problem.strerror}). Give another place.") from None
        engine = create_engine(f"sqlite:///{file}", json_serializer=as_json)
        event.listen(engine, "connect", _sqlite_connection)
        event.listen(engine, "begin", _sqlite_begin)
        return engine, str(file), file
    try:
        url = make_url(where)
        if url.get_backend_name() != "postgresql":
            raise ArgumentError
        url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url, json_serializer=as_json, connect_args={"options": _OPTIONS})
    except ArgumentError:
        raise LedgerError(
            f"{where.partition('@')[2] or where}: no address of a ledger. Write postgresql://user@host/name."
        ) from None
    except ModuleNotFoundError:
        raise LedgerError("postgresql: the driver is not installed. Install it: pip install 'trucewatch[pg]'.") from None
    return engine, url.render_as_string(hide_password=True).replace("+psycopg", ""), None


def _sqlite_connection(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in _PRAGMAS:
        _set(connection, pragma)


def _set(connection: Any, pragma: str) -> None:
    """Two that open a new file at once: the change to WAL is refused at once, whatever the time to wait."""
    began = time.monotonic()
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as problem:
            if (
                problem.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                or time.monotonic() > began + WAIT
            ):
                raise
            time.sleep(0.05)


def _sqlite_begin(connection: Connection) -> None:
    """A writer takes its lock at the start: one that reads first and writes then could be refused in the middle."""
    wanted = "BEGIN IMMEDIATE" if connection.get_execution_options().get("truce_write") else "BEGIN"
    connection.exec_driver_sql(wanted)


def _upgrade(engine: Engine, place: str, file: Path | None, at: datetime, prefixes: tuple[str, ...] | None) -> None:
    with reading_from(engine) as connection:
        version = _version(connection, place)
    if version == HEAD:
        return
    if version is None and prefixes is None:
        raise LedgerError(_NONE.format(place))
    from trucewatch.database.migrate import known, upgrade

    if version is not None and version not in known():
        raise LedgerError(
            f"{place}: it was written by a newer trucewatch (schema {version}, this one knows {HEAD}). Update trucewatch."
        )
    if version is not None and file is not None:
        copy(engine, file.with_name(f"{file.name}.schema-{version}-{at:%Y%m%dT%H%M%S}"))
    with engine.execution_options(truce_write=True).begin() as connection:
        if engine.dialect.name != SQLITE:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        now = _version(connection, place)  # another program may have been quicker
        if now == HEAD:
            return
        upgrade(connection)
        if now is None:
            connection.execute(insert(settings), [{"key": "search.prefixes", "value": list(prefixes or ())}])
            connection.execute(insert(head), [{"id": 1, "seq": 0, "hash": "0" * 64, "at": None, "rows": 0}])


def _version(connection: Connection, place: str) -> str | None:
    """The revision of the schema; None where the database is empty. Another program's database is refused."""
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names and "audit" in names:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if names:
        raise LedgerError(f"{place}: the database holds the tables of something else. Give an empty one.")
    return None


def copy(engine: Engine, to: Path, watch: Callable[[int, int], None] | None = None) -> None:
    """The file of an SQLite ledger as it is at this moment, while others may write; it appears whole or not at all."""
    import sqlite3

    part = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with engine.connect() as connection:
            source = connection.connection.driver_connection
            target = sqlite3.connect(part)
            try:
                source.backup(target, pages=4096, progress=lambda _, left, total: watch(total - left, total) if watch else None)  # type: ignore[union-attr]
                target.execute("PRAGMA journal_mode=DELETE")
            finally:
                target.close()
        part.replace(to)
    except (OSError, sqlite3.Error) as problem:
        raise LedgerError(f"{to}: the copy cannot be written ({problem}). Give another place, or make room.") from problem
    finally:
        with suppress(OSError):
            part.unlink()


def move_aside(file: Path, name: str) -> Path:
    """Gives a file and its companions another name; what stood there is kept."""
    aside = file.with_name(name)
    for end in ("", "-wal", "-shm"):
        if (old := file.with_name(file.name + end)).exists():
            shutil.move(old, aside.with_name(aside.name + end))
    return aside
