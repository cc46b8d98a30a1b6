"""A whole ledger as JSON lines, out of one database and into another, with the same chain; backup and restore."""

import glob
import json
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from trucewatch import access
from trucewatch.database.doors import embargoes
from trucewatch.database.engine import Ledger, close, connect, copy, move_aside, reading, stream, writing
from trucewatch.database.faults import mending
from trucewatch.database.tables import (
    articles,
    as_json,
    audit,
    custody,
    head,
    judgements,
    moment_text,
    parse_moment,
    parties,
    readings,
    runs,
    settings,
    sightings,
    tombstones,
)
from trucewatch.database.words import indexed
from trucewatch.errors import LedgerError
from trucewatch.ledger.redact import again, tombs
from trucewatch.ledger.rows import party_rows
from trucewatch.ledger.verify import faults

FORM = 3  # 1: without evidence, 2: without embargoes
_ORDER = (settings, runs, audit, articles, readings, judgements, tombstones, custody, sightings, embargoes, head)
_TABLES = {table.name: table for table in _ORDER}
_MADE = {"readings": ("words",)}  # columns and tables that are made again from the rest are not written out
_AT_ONCE = 500
_MOMENTS = ("at", "since", "until")


def lines(ledger: Ledger) -> Iterator[str]:
    """The ledger as it is at this moment, one JSON object a line; the last line tells how many there should be."""
    count = 0
    yield as_json({"trucewatch": "ledger", "form": FORM}) + "\n"
    with reading(ledger) as connection:
        for name, table in _TABLES.items():
            for row in stream(connection, table):
                count += 1
                yield as_json({name: _out(row, _MADE.get(name, ()))}) + "\n"
    yield as_json({"end": count}) + "\n"


def load(ledger: Ledger, source: Iterable[str], place: str) -> Ledger:
    """Fills an empty ledger with the lines of another, checks it against its chain, and returns it. All or nothing."""
    with writing(ledger) as connection:
        if connection.execute(audit.select().limit(1)).first():
            raise LedgerError(f"{ledger.place}: it is not empty. Import into a new monitor, or restore, which keeps the old one.")
        connection.execute(delete(settings))
        prefixes = _fill(connection, source, place)
        if wrong := faults(connection, prefixes, pages=False):
            raise LedgerError(f"{place}: it does not hold what its chain says: {wrong[0]}. Take another copy.")
    return replace(ledger, prefixes=prefixes)


def backup(ledger: Ledger, to: Path, watch: Callable[[int, int], None] | None = None) -> None:
    """A copy of a file's ledger while others may write; JSON lines of a server's. It appears whole or not at all."""
    if ledger.file is not None:
        with mending(ledger.place):
            copy(ledger.engine, to, watch)
        return
    part = to.with_name(f"{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.writelines(lines(ledger))
        part.replace(to)
    except OSError as problem:
        raise LedgerError(
            f"{to}: the copy cannot be written ({problem.strerror}). Make room, or give another place."
        ) from problem
    finally:
        with suppress(OSError):
            part.unlink()


def restore(where: Path | str, source: Path, *, at: datetime) -> tuple[Ledger, Path | None, int]:
    """A ledger from a backup or an export. Returns it open, where the old file is kept now, and how many redactions that the old
    ledger knew and the backup did not were carried out on it.

    The new one is checked before it takes its place; on a server the database must be empty.
    """
    if not isinstance(where, Path):
        target = connect(where, at=at)
        return _filled(target, source, at), None, 0
    part = where.with_name(f"{where.name}.restoring")
    _remove(part)
    try:
        if is_file(source):
            shutil.copyfile(source, part)
            fresh = _checked(connect(part, at=at), source)
        else:
            fresh = _filled(connect(part, at=at), source, at)
        told, doors = _old(where, at)
        repeated = again(fresh, told, at=at)
        access.carry(fresh, doors, at=at)
        close(fresh)
        aside = move_aside(where, f"{where.name}.replaced-{at:%Y%m%dT%H%M%S}") if where.exists() else None
        move_aside(part, where.name)
    except OSError as problem:
        raise LedgerError(f"{source}: it cannot be copied ({problem.strerror}). Look at the path and the room.") from problem
    finally:
        _remove(part)
    return connect(where, at=at), aside, repeated


def is_file(source: Path) -> bool:
    """Whether a backup is a ledger's file; else it should be JSON lines."""
    try:
        with source.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError as problem:
        raise LedgerError(f"{source}: it cannot be read ({problem.strerror}). Look at the path.") from None


def _checked(fresh: Ledger, source: Path) -> Ledger:
    with reading(fresh) as connection:
        wrong = faults(connection, fresh.prefixes, pages=True)
    if wrong:
        close(fresh)
        raise LedgerError(f"{source}: it does not hold what its chain says: {wrong[0]}. Take another copy.")
    return fresh


def _filled(target: Ledger, source: Path, at: datetime) -> Ledger:
    """`target`, empty, with all that `source` holds."""
    try:
        if not is_file(source):
            with source.open(encoding="utf-8") as file:
                return load(target, file, str(source))
        with TemporaryDirectory() as folder:
            original = connect(Path(shutil.copyfile(source, Path(folder) / "backup.sqlite")), at=at)
            try:
                return load(target, lines(original), str(source))
            finally:
                close(original)
    except BaseException:
        close(target)
        raise


def _old(where: Path, at: datetime) -> tuple[tuple[Mapping[str, Any], ...], access.Doors | None]:
    """The redactions of the ledger that is to be replaced, and who may come in; none where it cannot be read any more."""
    with suppress(LedgerError):
        if where.exists():
            old = connect(where, at=at)
            try:
                return tombs(old), access.doors_of(old)
            finally:
                close(old)
    return (), None


def copies(ledger: Ledger) -> tuple[Path, ...]:
    """Files beside a ledger that were made before a change of its schema or a restore."""
    if ledger.file is None:
        return ()
    beside = (
        path for end in ("schema", "replaced") for path in ledger.file.parent.glob(f"{glob.escape(ledger.file.name)}.{end}-*")
    )
    return tuple(sorted(path for path in beside if not path.name.endswith(("-wal", "-shm"))))


def _remove(part: Path) -> None:
    """What is left of a ledger that did not take its place, with the copy made before its schema was changed."""
    for path in part.parent.glob(f"{glob.escape(part.name)}*"):
        with suppress(OSError):
            path.unlink()


def _out(row: Mapping[str, Any], made: Collection[str]) -> dict[str, Any]:
    moments = {name: moment_text(row[name]) for name in _MOMENTS if row.get(name) is not None}
    return {name: value for name, value in {**row, **moments}.items() if name not in made}


def _fill(connection: Connection, source: Iterable[str], place: str) -> tuple[str, ...]:
    """Writes all rows; returns the prefixes of search that the ledger keeps."""
    prefixes: tuple[str, ...] = ()
    waiting: list[dict[str, Any]] = []
    current, count, ended = "", 0, False
    for number, line in enumerate(source, 1):
        name, row = _row(line, f"{place}:{number}", first=number == 1)
        if number == 1:
            continue
        if name != current or len(waiting) >= _AT_ONCE:
            _write(connection, current, waiting)
            current, waiting = name, []
        if name == "end":
            ended = row == count
            break
        count += 1
        if name == "settings" and row["key"] == "search.prefixes":
            prefixes = tuple(row["value"])
        elif name == "readings":
            row["words"] = indexed(row["body"], prefixes)
        waiting.append(row)
    if not ended:
        raise LedgerError(f"{place}: it ends too early or lines are missing. Take a whole export.")
    return prefixes


def _row(line: str, place: str, *, first: bool) -> tuple[str, Any]:
    """The table and the row of a line."""
    try:
        data = json.loads(line)
        if first:
            if data["trucewatch"] != "ledger" or data["form"] > FORM:
                raise LedgerError(f"{place}: a form that this version does not know. Update trucewatch.")
            return "", data
        ((name, row),) = data.items()
        if name == "end":
            return name, int(row)
        table = _TABLES[name]
        if not set(row) <= set(table.c.keys()):
            raise KeyError(name)
        moments = {key: parse_moment(row[key]) for key in _MOMENTS if row.get(key) is not None}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise LedgerError(f"{place}: no line of a ledger's export. Take a whole export.") from None
    return name, dict(row) | moments


def _write(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if name == "head":
        connection.execute(update(head), rows[0])
        return
    connection.execute(insert(_TABLES[name]), rows)
    if name == "readings":
        present = [party for row in rows for party in party_rows(row["body"], row["n"], row["day"])]
        if present:
            connection.execute(insert(parties), present)
