"""Search gives the same answers in both databases; an older ledger learns it when it is opened."""

from pathlib import Path

import pytest
import yaml
from sqlalchemy import Connection, text

from tests.ledgers import DATABASES, RUN, RUN2, after, article, claim, fresh, opened, place
from trucewatch import ledger
from trucewatch.database import engine, migrate
from trucewatch.database.words import words
from trucewatch.ledger import Query, search

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "search.yaml").read_text("utf-8"))


@pytest.mark.parametrize("kind", DATABASES)
def test_questions_and_answers(kind: str, tmp_path: Path) -> None:
    with fresh(kind, tmp_path) as book:
        told = [article(f"a{n}", case["stored"]) for n, case in enumerate(CASES)]
        for entry in told:
            ledger.add(book, entry, [claim(entry, entry.text)], run=RUN, at=after(0))
        wrong = []
        for entry, case in zip(told, CASES, strict=True):
            found = {hit.body["article"] for hit in ledger.claims(book, Query(words=case["asks"]))}
            if (entry.id in found) != case["found"]:
                wrong.append(case)
        assert wrong == []


@pytest.mark.parametrize("kind", DATABASES)
def test_search_follows_the_newest_run_and_the_past(kind: str, tmp_path: Path) -> None:
    with fresh(kind, tmp_path) as book:
        entry = article(words="The army shelled the town. It left the village.")
        ledger.add(book, entry, [claim(entry, "shelled the town")], run=RUN, at=after(0))
        ledger.add(book, entry, [claim(entry, "left the village", "RETREAT")], run=RUN2, at=after(60))

        def hits(asked: str, **more: object) -> list[object]:
            return [e.body["event"] for e in ledger.claims(book, Query(words=asked), **more)]  # type: ignore[arg-type]

        assert (hits("town"), hits("the")) == ([], ["RETREAT"])
        assert (hits("town", as_of=after(1)), hits("village", as_of=after(1))) == (["ASSAULT"], [])
        assert [e.body["event"] for e in ledger.claims(book, Query(words="town", withdrawn=True))] == ["ASSAULT"]
        assert ledger.claims(book, Query(words="village", event="ASSAULT")) == ()
        many = [claim(entry, "army", key=str(n)) for n in range(5)]
        ledger.add(book, entry, many, run=RUN2, at=after(70))
        first = ledger.claims(book, Query(words="army", limit=3))
        rest = ledger.claims(book, Query(words="army", limit=3, after=first[-1].place))
        assert len({e.body["id"] for e in (*first, *rest)}) == 5
        assert ledger.verify(book) == ()


@pytest.mark.parametrize("near", [0, 3, 8000])
@pytest.mark.parametrize("kind", DATABASES)
def test_rare_and_common_words_newest_first(kind: str, near: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "NEAR", near)
    with fresh(kind, tmp_path) as book:
        entry = article(words="The army shelled the town. It left the village.")
        quotes = ["army"] * 4 + ["village"] + ["army"] * 4
        told = [claim(entry, quote, key=str(n)) for n, quote in enumerate(quotes)]
        ledger.add(book, entry, told, run=RUN, at=after(0))
        pages, last = [], None
        while page := ledger.claims(book, Query(words="army", limit=3, after=last)):
            pages.append([e.body["id"] for e in page])
            last = page[-1].place
        wanted = [one.id for one, quote in zip(told, quotes, strict=True) if quote == "army"]
        assert [id_ for page in pages for id_ in page] == wanted[::-1]
        assert [e.body["id"] for e in ledger.claims(book, Query(words="village", limit=3))] == [told[4].id]


@pytest.mark.parametrize("kind", DATABASES)
def test_an_older_schema_is_brought_up_to_date(kind: str, tmp_path: Path) -> None:
    entry = article(words="The army shelled the town.")
    made = claim(entry, "shelled the town")
    with place(kind, tmp_path) as where:
        with opened(where) as book:
            ledger.add(book, entry, [made], run=RUN, at=after(0))
            with book.engine.execution_options(truce_write=True).begin() as connection:
                _take_search_out(connection, kind)
        with opened(where) as book:
            assert [e.body for e in ledger.claims(book, Query(words="town"))] == [made.public()]
            assert ledger.verify(book) == ()
        if isinstance(where, Path):
            (copy,) = tmp_path.glob("*.schema-0001-*")
            with opened(copy) as book:  # and the copy can be opened in its turn
                assert ledger.verify(book) == ()


def _take_search_out(connection: Connection, kind: str) -> None:
    if kind == "sqlite":
        for line in ("TRIGGER search_0", "TRIGGER search_1", "TABLE search"):
            connection.execute(text(f"DROP {line}"))
    else:
        connection.execute(text("ALTER TABLE readings DROP COLUMN tsv"))
    connection.execute(text("ALTER TABLE readings DROP COLUMN words"))
    connection.execute(text("DROP INDEX articles_published"))
    kept = ("marks", "linked", "slots", "beside", "happenings", "speaks", "remarks", "trackers")
    doors = ("users", "sessions", "tokens", "links", "attempts", "embargoes")
    for table in ("sightings", "custody", "feeds", "pages", "hosts", "alerts", "causes", "sendings", *kept, *doors):
        connection.execute(text(f"DROP TABLE {table}"))
    for index in ("judgements_lifts", "judgements_who"):
        connection.execute(text(f"DROP INDEX {index}"))
    for table, column in (("tombstones", "records"), ("judgements", "lifts")):
        connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))


def test_the_revisions_end_where_the_tables_are() -> None:
    assert migrate.known()[0] == engine.HEAD


@pytest.mark.parametrize("kind", DATABASES)
def test_the_revisions_make_the_tables(kind: str, tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from trucewatch.database import doors, sendings  # noqa: F401  their tables are part of the whole
    from trucewatch.database.tables import META

    with fresh(kind, tmp_path) as book, book.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"include_object": _ours}), META)
    assert found == []


def _ours(_: object, name: str | None, type_: str, __: bool, ___: object) -> bool:
    """All but what each database keeps for search in its own way."""
    return name is not None and not name.startswith(("search", "alembic")) and name not in ("tsv", "readings_search")


def test_words_are_bare_to_the_end() -> None:
    assert words("AbAbtown, abto x_y", ["ab"]) == ["town", "abto", "x", "y"]
