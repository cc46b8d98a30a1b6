"""A whole ledger moves between databases with its chain; backups; what happens to files that are not whole."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledgers import DATABASES, RUN, RUN2, after, article, claim, fresh, on, opened, place, role
from trucewatch import ledger
from trucewatch.errors import LedgerError
from trucewatch.ledger import Query
from trucewatch.model import STATUSES

SENTENCE = "Party A's army shelled the town and left the village at dawn on Monday."
PIECES = ("army shelled", "shelled the town", "left the village", "at dawn", "the town and left")


def fill(book: ledger.Ledger) -> None:
    entry, other = article("one", SENTENCE), article("two", SENTENCE + " \u0663 \u201c\u202b", language="ar", outlet=None)
    shelled = claim(entry, PIECES[1], actors=(role(entry, "army", "AAA.mil"),), when=on("2026-01-12"))
    ledger.add(book, entry, [shelled, claim(entry, PIECES[2], "RETREAT")], run=RUN, at=after(0))
    count = {"of": "killed", "value": 1.5, "bound": "exact", "scope": "new", "period": None, "text": None}
    ledger.judge(book, shelled.id, "quantities", [count], who="ann", reason="counted", at=after(1))
    ledger.add(book, entry, [claim(entry, PIECES[1], version="2")], run=RUN2, at=after(2))
    ledger.add(book, other, [claim(other, PIECES[0])], run=RUN2, at=after(3), repeat_of=lambda _: "one")
    ledger.redact(book, "village", reason="asked for", who="ann", at=after(4))


@pytest.mark.parametrize("first", DATABASES)
@pytest.mark.parametrize("second", DATABASES)
def test_export_then_import_is_the_same_ledger(first: str, second: str, tmp_path: Path) -> None:
    with fresh(first, tmp_path) as book:
        fill(book)
        out = list(ledger.lines(book))
        shown = [entry.body for entry in ledger.claims(book, Query())]
    with fresh(second, tmp_path) as other:
        moved = ledger.load(other, out, "export")
        assert list(ledger.lines(moved)) == out
        assert [entry.body for entry in ledger.claims(moved, Query())] == shown
        assert len(ledger.claims(moved, Query(words="shelled"))) == len(ledger.claims(moved, Query(event="ASSAULT"))) == 2
        assert ledger.claims(moved, Query(party="AAA.mil"), as_of=after(1)) != ()
        assert ledger.verify(moved) == ()
        with pytest.raises(LedgerError, match="not empty"):
            ledger.load(moved, out, "export")


@pytest.mark.parametrize("kind", DATABASES)
def test_an_export_that_is_not_whole_changes_nothing(kind: str, tmp_path: Path) -> None:
    with fresh(kind, tmp_path) as book:
        fill(book)
        out = list(ledger.lines(book))
    at = next(n for n, line in enumerate(out) if line.startswith('{"readings"'))
    row = json.loads(out[at])
    row["readings"]["status"] = "denied"
    wrong = {
        "no line of a ledger": [*out[:3], "{}\n", *out[3:]],
        "ends too early": out[:-1],
        "lines are missing": [*out[:at], *out[at + 1 :]],
        "does not hold what its chain says": [*out[:at], json.dumps(row) + "\n", *out[at + 1 :]],
        "form that this version does not know": ['{"trucewatch": "ledger", "form": 9}\n', *out[1:]],
    }
    with fresh(kind, tmp_path) as empty:
        for told, source in wrong.items():
            with pytest.raises(LedgerError, match=told):
                ledger.load(empty, source, "export")
            assert ledger.counts(empty).entries == 0 and empty.prefixes
        assert ledger.verify(ledger.load(empty, out, "export")) == ()


@pytest.mark.parametrize("kind", DATABASES)
def test_backup_and_restore(kind: str, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "monday"
    with fresh(kind, tmp_path) as book:
        fill(book)
        whole = list(ledger.lines(book))
        ledger.backup(book, copy)
        assert not list(copy.parent.glob("*.part"))
    for target in DATABASES:
        with place(target, tmp_path) as where:
            restored, aside, repeated = ledger.restore(where, copy, at=after(9))
            assert (list(ledger.lines(restored)), aside, repeated) == (whole, None, 0)
            ledger.close(restored)


def test_restore_keeps_the_ledger_that_it_replaces(tmp_path: Path) -> None:
    with place("sqlite", tmp_path) as where:
        assert isinstance(where, Path)
        with opened(where) as book:
            fill(book)
            ledger.backup(book, tmp_path / "copy")
            more = article("three", SENTENCE)
            ledger.add(book, more, [claim(more, PIECES[3])], run=RUN2, at=after(8))
        restored, aside, _ = ledger.restore(where, tmp_path / "copy", at=after(9))
        assert aside is not None and ledger.article(restored, "three") is None
        ledger.close(restored)
        with opened(aside) as old:
            assert ledger.article(old, "three") == more
        (tmp_path / "copy").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
        with pytest.raises(LedgerError):
            ledger.restore(where, tmp_path / "copy", at=after(10))
        with pytest.raises(LedgerError, match="cannot be read"):
            ledger.restore(where, tmp_path / "nowhere", at=after(10))
        assert not list(tmp_path.glob("*.restoring*"))
        with opened(where) as book:
            assert ledger.verify(book) == ()


STEP = st.tuples(st.sampled_from(("one", "two")), st.sets(st.sampled_from(PIECES), max_size=3), st.sampled_from("12"))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.one_of(STEP, st.sampled_from(PIECES)), min_size=1, max_size=6))
@pytest.mark.parametrize("kind", DATABASES)
def test_nothing_is_ever_lost(kind: str, steps: list[object], tmp_path: Path) -> None:
    """Whatever is added and judged: what was known at each moment stays known, rows only come, and moving changes nothing."""
    with fresh(kind, tmp_path) as book:
        seen: list[tuple[object, ...]] = []
        rows = 0
        for minute, step in enumerate(steps):
            _do(book, step, minute)
            seen.append(_answers(book, None))
            now = sum(line.startswith(('{"readings"', '{"judgements"', '{"audit"')) for line in ledger.lines(book))
            assert now >= rows
            rows = now
        assert [_answers(book, minute) for minute in range(len(steps))] == seen
        assert ledger.verify(book) == ()
        out = list(ledger.lines(book))
    with fresh("sqlite", tmp_path) as other:
        assert list(ledger.lines(ledger.load(other, out, "export"))) == out


def _do(book: ledger.Ledger, step: object, minute: int) -> None:
    if isinstance(step, tuple):
        id_, pieces, version = step
        entry = article(id_, SENTENCE)
        made = [claim(entry, piece, version=version) for piece in sorted(pieces)]
        ledger.add(book, entry, made, run=ledger.Run(after(minute), "tester", "rules", version), at=after(minute))
        return
    for shown in ledger.claims(book, Query()):
        if shown.body["evidence"][0]["quote"] == step:
            ledger.judge(
                book, shown.body["id"], "status", STATUSES[minute % len(STATUSES)], who="ann", reason="-", at=after(minute)
            )


def _answers(book: ledger.Ledger, minute: int | None) -> tuple[object, ...]:
    as_of = None if minute is None else after(minute)
    shown = tuple(e.body["reading"] for e in ledger.claims(book, Query(), as_of=as_of))
    gone = tuple(sorted(e.body["id"] for e in ledger.claims(book, Query(withdrawn=True), as_of=as_of)))
    found = tuple(e.body["reading"] for e in ledger.claims(book, Query(words="town"), as_of=as_of))
    waiting = tuple(j.n for j in ledger.review(book, as_of=as_of))
    return shown, gone, found, waiting, ledger.counts(book, as_of=as_of)
