"""The tracker by what a ledger knew at a moment, on both databases: claims and judgements that came later are not known then."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.deals import deal, written
from tests.ledgers import DATABASES, RUN, after, article, claim, fresh, on, role
from trucewatch import flow, ledger
from trucewatch.model.tracker import TakenBack, Tracker
from trucewatch.monitor import Monitor
from trucewatch.publish.tracker import lines
from trucewatch.report import html, sitrep
from trucewatch.settings import Settings

DAY = date(2031, 3, 6)
FIRST = article("one", "riverland: URY let thirty prisoners go free.", published=date(2031, 3, 4))
LATER = article("two", "riverland: URY soldiers fired at the town.", published=date(2031, 3, 5))
FREED = claim(FIRST, "prisoners go free", "RETREAT", mode="release", actors=(role(FIRST, "URY", "URY"),), when=on("2031-03-04"))
FIRED = claim(LATER, "fired at the town", actors=(role(LATER, "URY soldiers", "URY.mil"),), when=on("2031-03-05"))


@pytest.fixture(params=DATABASES)
def watch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Monitor]:
    """A monitor whose ledger learnt of the release at once, of the shots an hour later, and of judgements after that."""
    with fresh(request.param, tmp_path) as book:
        ledger.add(book, FIRST, [FREED], run=RUN, at=after(0))
        ledger.add(book, LATER, [FIRED], run=replace(RUN, at=after(60)), at=after(60))
        ruling = {"provision": "release", "state": "minimal", "since": "2031-03-04"}
        ledger.judge(book, FREED.id, "state", ruling, who="ann", reason="names seen", at=after(120))
        ledger.judge(book, FIRED.id, "status", "possible", who="ann", reason="it says may", at=after(180))
        yield Monitor(tmp_path, Settings(name="river"), book, None, written(tmp_path / "deal", deal()))


def seen(watch: Monitor, moment: datetime | None) -> Tracker:
    return flow.tracker(flow.case(watch, as_known=moment), DAY)


def told(found: Tracker) -> tuple[int, dict[str, tuple[str, int]]]:
    return found.claims, {row.provision: (row.state, row.sources_against) for row in found.provisions}


@pytest.mark.parametrize(
    ("minutes", "claims", "fire", "release"),
    [
        (-1, 0, ("not-initiated", 0), ("not-initiated", 0)),
        (0, 1, ("not-initiated", 0), ("full", 0)),
        (60, 2, ("minimal", 1), ("full", 0)),
        (120, 2, ("minimal", 1), ("minimal", 0)),
        (180, 2, ("not-initiated", 0), ("minimal", 0)),
    ],
)
def test_what_came_later_was_not_known(
    watch: Monitor, minutes: int, claims: int, fire: tuple[str, int], release: tuple[str, int]
) -> None:
    assert told(seen(watch, after(minutes))) == (claims, {"fire": fire, "release": release})


def test_the_last_moment_is_what_is_known_now(watch: Monitor) -> None:
    assert seen(watch, None) == seen(watch, after(180)) != seen(watch, after(120))


def test_what_was_taken_back_is_marked_and_stays(watch: Monitor) -> None:
    """In the tracker as it is kept and as it was at a moment, in its lines and in the report."""
    book, record = watch.ledger, ledger.Provenance("metadata", "https://p.example/two", "0" * 64, "t", 410)
    before = flow.tracker_of(watch, DAY)
    row, _ = ledger.keep(book, record, lambda _, __: ledger.Lying("f", 0, 1, "0" * 64, 0), who="w", at=after(200))
    ledger.sight(book, "two", row, ledger.GONE, who="w", at=after(200))
    found = flow.tracker_of(watch, DAY)
    assert found.taken_back == (TakenBack("two", "gone", after(200).date().isoformat(), (FIRED.id,)),)
    assert replace(found, taken_back=()) == before, "nothing is dropped"
    assert seen(watch, None).taken_back == found.taken_back and seen(watch, after(199)).taken_back == ()
    mark = f"gone from its address, as seen on {after(200).date()}"
    assert f"two: {mark} [{FIRED.id}]" in "\n".join(lines(found, names=str, why=str))
    told_, _ = flow.told_of(watch, DAY, date(2031, 3, 1))
    made = sitrep(told_, names=str, why=str, directions={"en": "ltr"})
    cites = {cite.claim: cite.taken for part in made.parts for line in part.items for cite in (*line.cites, *line.counter)}
    assert cites == {FREED.id: "", FIRED.id: mark}
    assert mark in re.sub(r"<[^>]*>", "", html(made))
