"""What is under embargo: whoever may not see it is told all as it would be told without it, and by no question more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.deals import deal, written
from tests.ledgers import DATABASES, RUN, after, article, fresh
from tests.test_track_known import FIRED, FIRST, FREED, LATER
from trucewatch import access, flow, ledger
from trucewatch.access import NOTHING, Hidden
from trucewatch.flow import linking, standing
from trucewatch.ledger import Ledger, Query
from trucewatch.model.actor import Actor
from trucewatch.monitor import Monitor
from trucewatch.settings import Settings

DAY = date(2031, 3, 6)
NAMELESS = article("three", "riverland: nothing was heard.", outlet=None)
BY_ARTICLE = Hidden(frozenset(), frozenset({"two"}))


def monitor(book: Ledger, folder: Path) -> Monitor:
    return Monitor(folder, Settings(name="river"), book, None, written(folder / "deal", deal()))


def release(book: Ledger) -> None:
    ledger.add(book, FIRST, [FREED], run=RUN, at=after(0))
    ledger.add(book, NAMELESS, [], run=RUN, at=after(0))
    ruling = {"provision": "release", "state": "minimal", "since": "2031-03-04"}
    ledger.judge(book, FREED.id, "state", ruling, who="ann", reason="names seen", at=after(3))


@pytest.fixture(params=DATABASES)
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Monitor]:
    """A monitor with an article more than the other one, and with words of people on it."""
    with fresh(request.param, tmp_path) as book:
        release(book)
        ledger.add(book, LATER, [FIRED], run=RUN, at=after(4))
        ruling = {"provision": "fire", "state": "full", "since": "2031-03-05"}
        ledger.judge(book, FIRED.id, "state", ruling, who="ann", reason="a secret reason", at=after(5))
        ledger.judge(book, FIRED.id, "grade", "B2", who="ann", reason="a secret reason", at=after(5))
        ledger.judge(book, FREED.id, "link", {"to": FIRED.id, "as": "merge"}, who="ann", reason="a secret reason", at=after(5))
        yield monitor(book, tmp_path)


@pytest.fixture
def less(tmp_path: Path) -> Iterator[Monitor]:
    with fresh("sqlite", tmp_path) as book:
        release(book)
        yield monitor(book, tmp_path / "less")


def test_all_is_told_as_it_would_be_without_it(whole: Monitor, less: Monitor) -> None:
    assert flow.tracker_of(whole, DAY) != flow.tracker_of(less, DAY)
    assert flow.tracker_of(whole, DAY, hidden=BY_ARTICLE) == flow.tracker_of(less, DAY)
    told, _ = flow.told_of(whole, DAY, date(2031, 3, 1), hidden=BY_ARTICLE)
    other, _ = flow.told_of(less, DAY, date(2031, 3, 1))
    assert (told.tracker, told.before, told.changes, told.claims) == (other.tracker, other.before, other.changes, other.claims)
    assert (told.happenings, told.ground.outlets) == (other.happenings, other.ground.outlets)


def test_no_question_finds_it(whole: Monitor) -> None:
    questions: tuple[dict[str, Any], ...] = (
        {},
        {"words": "town"},
        {"party": "URY.mil"},
        {"event": "ASSAULT"},
        {"article": "two"},
    )
    for told in questions:
        asked = Query(**told)
        assert FIRED.id in {entry.body["id"] for entry in ledger.claims(whole.ledger, asked)}
        for hidden in (BY_ARTICLE, Hidden(frozenset({"an-outlet"}), frozenset())):
            found = ledger.claims(whole.ledger, replace(asked, hidden=hidden))
            assert FIRED.id not in {entry.body["id"] for entry in found}, told


def test_it_is_counted_nowhere(whole: Monitor) -> None:
    book, wire = whole.ledger, Hidden(frozenset({"an-outlet"}), frozenset())
    counts = [ledger.counts(book, hidden=hidden) for hidden in (NOTHING, BY_ARTICLE, wire)]
    assert [(one.articles, one.claims, one.readings) for one in counts] == [(3, 2, 2), (2, 1, 1), (1, 0, 0)]
    assert [row.outlet for row in ledger.coverage(book, date(2032, 1, 1), hidden=wire)] == [None], "of no outlet: not hidden"
    (row,) = flow.exported(whole, Query(hidden=BY_ARTICLE))
    assert row.claim.id == FREED.id and [words.split(":")[0] for words in row.judged] == ["state"], "a link to it is hidden too"
    assert ledger.hides(wire, "two", "an-outlet") and not ledger.hides(wire, "three", None)


def test_an_export_makes_no_tracker_anew(whole: Monitor) -> None:
    work, book = linking.bench(whole, flow.watched(whole)), whole.ledger
    state = standing.state_of(work, DAY)
    access.exported(book, Actor("ann", ()), "csv", asked={}, at=after(6))
    assert standing.state_of(work, DAY) == state
    ledger.judge(book, FREED.id, "status", "possible", who="ann", reason="it says may", at=after(7))
    assert standing.state_of(work, DAY) != state
