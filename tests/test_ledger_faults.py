"""What can go wrong around a ledger: several at once, a kill, a full disk, no rights, damaged pages, schemas of other times."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.ledgers import DATABASES, RUN, after, article, claim, fresh, opened, place, server
from tools import prove_ledger
from trucewatch import ledger
from trucewatch.database.faults import mending
from trucewatch.errors import LedgerError
from trucewatch.ledger import Query

SENTENCE = "Party A's army shelled the town and left the village at dawn on Monday."


def put(book: ledger.Ledger, id_: str, words: str = SENTENCE) -> ledger.Added:
    entry = article(id_, words)
    made = [claim(entry, "shelled the town"), claim(entry, "left the village", "RETREAT")]
    return ledger.add(book, entry, made, run=RUN, at=after(0))


@pytest.fixture(params=DATABASES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    with place(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a ledger that holds thirty articles, and no program has it open."""
    path = tmp_path / "ledger.sqlite"
    with opened(path) as book:
        for number in range(30):
            put(book, f"a{number}")
    return path


# --- several at once


def test_two_writers_and_ten_readers_at_once(where: Path | str) -> None:
    wrong: list[BaseException] = []
    end = threading.Event()

    def work(what: Any) -> None:
        try:
            with opened(where) as book:
                what(book)
        except BaseException as problem:
            wrong.append(problem)

    def write(name: str) -> Any:
        return lambda book: [put(book, f"{name}{number}") for number in range(20)]

    def look(book: ledger.Ledger) -> None:
        while not end.is_set():
            shown = ledger.claims(book, Query(words="town"))
            assert len({e.body["id"] for e in shown}) == len(shown)
            held = ledger.counts(book)
            assert held.claims == 2 * held.articles  # an article and its claims come together

    with opened(where):  # the schema is there
        readers = [threading.Thread(target=work, args=(look,)) for _ in range(10)]
        writers = [threading.Thread(target=work, args=(write(name),)) for name in "ab"]
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join(60)
        end.set()
        for thread in readers:
            thread.join(60)
    assert wrong == [] and not any(thread.is_alive() for thread in (*readers, *writers))
    with opened(where) as book:
        assert ledger.counts(book).claims == 80 and ledger.verify(book) == ()
        assert put(book, "afterwards").new == 2  # no lock is left


def test_two_that_open_a_new_ledger_at_once(where: Path | str) -> None:
    wrong: list[BaseException] = []

    def make() -> None:
        try:
            with opened(where):
                pass
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    with opened(where) as book:
        assert put(book, "one").new == 2


def test_a_load_that_is_killed_can_be_resumed(where: Path | str) -> None:
    entry = article("x", SENTENCE)
    origin = [(entry, (claim(entry, "shelled the town"), claim(entry, "left the village", "RETREAT")))]
    told = prove_ledger.killed_load(where, origin, 0, 40, seed=3)
    assert told["exit"] == -9 and 0 < told["in"] < 40, told
    assert prove_ledger.holds(told), told


@contextmanager
def impatient(book: ledger.Ledger) -> Iterator[None]:
    """Waits a tenth of a second for others, not half a minute."""
    setting = "PRAGMA busy_timeout=100" if book.file else "SET lock_timeout = 100"

    def set_(connection: Any, _: object) -> None:
        connection.execute(setting)
        if not book.file:
            connection.commit()

    event.listen(book.engine, "connect", set_)
    book.engine.dispose()
    yield


def test_a_writer_that_does_not_end(where: Path | str) -> None:
    with opened(where) as one, opened(where) as two, impatient(two):
        put(one, "first")
        with one.engine.execution_options(truce_write=True).begin() as connection:
            connection.execute(text("SELECT * FROM head" + ("" if one.file else " FOR UPDATE")))
            assert len(ledger.claims(two, Query())) == 2  # readers do not wait
            with pytest.raises(LedgerError, match="another program has held it"):
                put(two, "second")
        assert put(two, "second").new == 2 and ledger.verify(two) == ()


# --- the disk


def test_a_full_disk(file: Path) -> None:
    with opened(file) as book:
        before = list(ledger.lines(book))
        pages = book.file and book.file.stat().st_size // 4096

        def small(connection: Any, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages + 2}")

        event.listen(book.engine, "connect", small)
        book.engine.dispose()
        with pytest.raises(LedgerError, match="the disk is full.*Make room"):
            put(book, "large", SENTENCE + " " + "x" * 100_000)
        assert list(ledger.lines(book)) == before and ledger.verify(book) == ()
        event.remove(book.engine, "connect", small)
        book.engine.dispose()
        assert put(book, "large", SENTENCE + " " + "x" * 100_000).new == 2


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("53100", "disk is full"),
        ("25006", "may only be read"),
        ("XX001", "pages are damaged"),
        ("55P03", "held it for too long"),
        ("57P01", "server does not answer"),
        ("22000", "the database refuses"),
    ],
)
def test_what_a_server_says(code: str, told: str, tmp_path: Path) -> None:
    with fresh("postgresql", tmp_path) as book:
        with pytest.raises(LedgerError, match=told) as caught, ledger.reading(book) as connection:
            connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{code}'; END $$"))
        assert "so it is" in str(caught.value) and isinstance(caught.value.__cause__, DBAPIError)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(LedgerError, match=r"postgresql://me:\*\*\*@localhost.*server does not answer"):
        ledger.connect("postgresql://me:secret@localhost:1/none", at=after(0))
    nowhere = make_url(server()).set(database="nothing_of_the_kind")
    with pytest.raises(LedgerError, match="there is no such database"):
        ledger.connect(nowhere.render_as_string(hide_password=False), at=after(0))
    with pytest.raises(LedgerError, match="no address of a ledger"):
        ledger.connect("mysql://localhost/x", at=after(0))


@contextmanager
def nobody() -> Iterator[None]:
    """The rights of a user who owns nothing; rights do not bind root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
def test_a_file_that_may_only_be_read(file: Path) -> None:
    folder = Path(mkdtemp(prefix="truce-readonly-"))
    try:
        path = Path(shutil.copy(file, folder / "ledger.sqlite"))
        path.chmod(0o444)
        folder.chmod(0o777)
        before = path.read_bytes()
        with nobody(), opened(path) as book:
            assert len(ledger.claims(book, Query())) == 60
            with pytest.raises(LedgerError, match="may only be read.*Give the right to write"):
                put(book, "more")
        folder.chmod(0o555)
        with nobody(), pytest.raises(LedgerError, match=r"(cannot be opened|may only be read)"):
            ledger.connect(folder / "new.sqlite", at=after(0))
        assert path.read_bytes() == before
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


def test_damaged_pages_are_found(file: Path) -> None:
    whole = file.read_bytes()
    assert len(whole) % 4096 == 0
    unseen = []
    for page in range(1, len(whole) // 4096):
        file.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        try:
            with opened(file) as book:
                if not ledger.verify(book):
                    unseen.append(page)
        except LedgerError as problem:
            assert "trucewatch ledger restore" in str(problem), problem
    assert unseen == []
    file.write_bytes(whole[:9000])
    with pytest.raises(LedgerError, match="ledger restore"), opened(file) as book:
        ledger.verify(book)
    file.write_bytes(b"this is a letter, not a ledger" * 400)
    with pytest.raises(LedgerError, match="pages are damaged"):
        ledger.connect(file, at=after(0))


# --- other schemas


def test_a_newer_schema_is_refused(where: Path | str) -> None:
    with opened(where) as book:
        put(book, "one")
        with book.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerError, match="newer trucewatch.*Update trucewatch"):
        ledger.connect(where, at=after(0))
    if isinstance(where, Path):
        assert not list(where.parent.glob("*.schema-*"))


def test_the_database_of_something_else_is_refused(where: Path | str) -> None:
    with opened(where) as book, book.engine.begin() as connection:
        for table in ("alembic_version", "audit"):
            connection.execute(text(f"DROP TABLE {table}"))
    with pytest.raises(LedgerError, match="tables of something else"):
        ledger.connect(where, at=after(0))


def test_a_change_of_schema_that_fails_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.test_search import _take_search_out
    from trucewatch.database import words

    with opened(file) as book, book.engine.execution_options(truce_write=True).begin() as connection:
        _take_search_out(connection, "sqlite")
    before = file.read_bytes()

    def broken(*_: object) -> str:
        raise DBAPIError("x", None, Exception("database or disk is full"))

    monkeypatch.setattr(words, "indexed", broken)
    with pytest.raises(LedgerError, match="disk is full"):
        ledger.connect(file, at=after(1))
    (copy,) = file.parent.glob("*.schema-0001-*")
    monkeypatch.undo()
    assert file.read_bytes() == before
    for path in (file, copy):
        with opened(path) as book:
            assert ledger.verify(book) == () and len(ledger.claims(book, Query(words="town"))) == 30


def test_other_faults_pass() -> None:
    with pytest.raises(ZeroDivisionError), mending("here"):
        raise ZeroDivisionError
