"""What is kept of a ledger, on both databases: it equals a full rebuild whatever happened in which order; words that are taken
out are in none of it; nothing is lost when it is broken off."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.ledgers import DATABASES, RUN, after, fresh
from trucewatch import agreements, flow, ledger, link, packs
from trucewatch.database.tables import happenings
from trucewatch.errors import KeepError, LedgerError
from trucewatch.flow import days, ground, linking, monitored
from trucewatch.flow.forms import digest, plain, thawed
from trucewatch.flow.judged import as_judged, is_rejected, judged_of
from trucewatch.model import Article, Claim, Happening
from trucewatch.model.tracker import Tracker
from trucewatch.monitor import Monitor
from trucewatch.settings import Settings

AGREEMENT = packs.find("agreements/gaza-2025.yaml")
DAYS = (date(2025, 10, 20), date(2026, 1, 5), date(2026, 12, 31))
TABLES = ("linked", "slots", "happenings", "speaks", "remarks", "trackers", "marks")
Printed = tuple[tuple[Article, tuple[Claim, ...]], ...]


@cache
def printed() -> Printed:
    """Sample articles with their claims; some once more in another outlet nine days later, and one without its day."""
    coded = flow.code_source([packs.find("samples/articles.jsonl")], on_problem=print)
    first = [(entry.article, entry.claims) for entry in coded if entry.claims][:12]
    again = [_copy(article, claims, f"again-{article.id}", days=9) for article, claims in first[:5]]
    undated, claims = _copy(*first[5], "undated", days=0)
    return (*first, *again, (replace(undated, published=None), claims))


def _copy(article: Article, claims: tuple[Claim, ...], name: str, days: int) -> tuple[Article, tuple[Claim, ...]]:
    day = date.fromordinal((article.published or DAYS[0]).toordinal() + days)
    told = tuple(
        replace(c, id=f"c:{digest(name, c.id)[:16]}", reading=f"r:{digest(name, c.id)[:16]}", article=name) for c in claims
    )
    return replace(article, id=name, outlet="another-outlet", url=None, published=day), told


@pytest.fixture(params=DATABASES)
def watch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Monitor]:
    with fresh(request.param, tmp_path) as book:
        yield Monitor(tmp_path, Settings(name="made"), book, None, AGREEMENT)


def fill(watch: Monitor, articles: Printed) -> None:
    for at, (article, claims) in enumerate(articles):
        ledger.add(watch.ledger, article, claims, run=RUN, at=after(at))


def work_in(watch: Monitor) -> None:
    for _ in flow.catch_up(watch):
        pass


def linked(watch: Monitor) -> tuple[Happening, ...]:
    """The happenings that are kept."""
    with watch.ledger.engine.connect() as connection:
        rows = connection.execute(happenings.select()).all()
    return tuple(sorted((thawed(Happening, row.body) for row in rows), key=lambda each: (each.start or "9", each.id)))


def rebuilt(watch: Monitor) -> tuple[Happening, ...]:
    """The same, linked in memory from all claims."""
    claims, articles = ledger.everything(watch.ledger)
    judged = judged_of(watch.ledger)
    told = (claim for claim in claims if not is_rejected(claim, judged))
    dated = [as_judged(claim, judged) for claim in told if articles[claim.article].published]
    return link.happenings(dated, articles, ledger.pairings(watch.ledger), knowledge=packs.linking())


def same_as_anew(watch: Monitor) -> None:
    for day in DAYS:
        anew = flow.tracker(flow.case(watch), day)
        assert flow.tracker_of(watch, day) == anew
        assert flow.tracker_of(watch, day) == anew, "the second time it comes from what is kept"
        assert flow.tracked(flow.day_of(watch, day), day) == anew
    assert linked(watch) == rebuilt(watch)
    assert ledger.verify(watch.ledger) == ()


@pytest.mark.parametrize("seed", range(3))
def test_it_equals_a_full_rebuild_whatever_happened_in_which_order(watch: Monitor, seed: int) -> None:
    chance = random.Random(seed)
    articles = list(printed())
    chance.shuffle(articles)
    for at, (article, claims) in enumerate(articles):
        ledger.add(watch.ledger, article, claims, run=RUN, at=after(at))
        for step in chance.sample(STEPS, 1):
            step(watch, chance, articles[: at + 1], at)
        if chance.random() < 0.4:
            work_in(watch)
    same_as_anew(watch)


def _withdraw(watch: Monitor, chance: random.Random, articles: Printed, at: int) -> None:
    """Another run gives fewer claims of an article."""
    article, claims = chance.choice(articles)
    less = [claim for claim in claims if chance.random() < 0.7]
    ledger.add(watch.ledger, article, less, run=replace(RUN, version="2"), at=after(at))


def _print_anew(watch: Monitor, chance: random.Random, articles: Printed, at: int) -> None:
    """A later version of an article, with a line more and another day of print."""
    article, claims = chance.choice(articles)
    day = date.fromordinal((article.published or DAYS[0]).toordinal() + 1)
    entry = replace(article, text=f"{article.text}\n\nCorrected.", published=day)
    with suppress(KeepError):  # words were taken out of it before
        ledger.add(watch.ledger, entry, claims, run=RUN, at=after(at))


def _judge(watch: Monitor, chance: random.Random, articles: Printed, at: int) -> None:
    shown = [entry.body["id"] for entry in ledger.claims(watch.ledger, ledger.Query(limit=1000))]
    one, other = chance.choice(shown), chance.choice(shown)
    verdict = {"to": other, "as": chance.choice(("merge", "separate"))}
    field, value = chance.choice(
        (("status", "denied"), ("event", "ASSAULT"), ("verdict", "reject"), ("link", verdict), ("link", verdict))
    )
    ledger.judge(watch.ledger, one, field, value, who="ann", reason="so it is told", at=after(at))


def _redact(watch: Monitor, chance: random.Random, articles: Printed, at: int) -> None:
    shown = [entry.body["id"] for entry in ledger.claims(watch.ledger, ledger.Query(limit=1000)) if entry.redacted is None]
    ledger.redact(watch.ledger, chance.choice(shown), reason="at somebody's wish", who="ann", at=after(at))


def _take_back(watch: Monitor, chance: random.Random, articles: Printed, at: int) -> None:
    if last := ledger.last_of(watch.ledger, "ann"):
        ledger.lift(watch.ledger, [each.n for each in last], who="ann", reason="undone", at=after(at))


STEPS = (_withdraw, _print_anew, _judge, _judge, _take_back, _redact)


def test_a_merge_that_is_taken_back_parts_them_again(watch: Monitor) -> None:
    fill(watch, printed()[:4])
    work_in(watch)
    before = linked(watch)
    one, other = (each.claims[0] for each in before[:2])
    for at, verdict in enumerate(("merge", "separate")):
        ledger.judge(watch.ledger, one, "link", {"to": other, "as": verdict}, who="ann", reason="seen", at=after(60 + at))
        work_in(watch)
        assert linked(watch) == rebuilt(watch)
        together = [each for each in linked(watch) if {one, other} <= set(each.claims)]
        assert len(together) == (verdict == "merge")


def test_an_article_more_is_compared_with_its_neighbours_only(watch: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(watch, printed()[:-1])
    work_in(watch)
    far, claims = _copy(*printed()[0], "far", days=900)
    moved = tuple(replace(c, when=None, speaker=c.speaker[:1], actors=(), quantities=()) for c in claims)
    ledger.add(watch.ledger, far, moved, run=RUN, at=after(99))
    seen: list[str] = []
    looked = link.view

    def view(claim: Claim, *rest: Any) -> link.View:
        seen.append(claim.article)
        return looked(claim, *rest)

    monkeypatch.setattr(linking.link, "view", view)
    work_in(watch)
    monkeypatch.undo()
    assert "far" in seen and len(set(seen)) <= 4
    assert linked(watch) == rebuilt(watch)


def test_a_tracker_is_made_once_until_something_changes(watch: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(watch, printed()[:6])
    day = DAYS[1]
    first = flow.tracker_of(watch, day)
    with monkeypatch.context() as patch:
        patch.setattr(monitored, "tracked", lambda *_: pytest.fail("it was made again"))
        assert flow.tracker_of(watch, day) == first
        with pytest.raises(pytest.fail.Exception):
            flow.tracker_of(watch, DAYS[2])
    ledger.add(watch.ledger, *printed()[6], run=RUN, at=after(99))
    later = flow.tracker_of(watch, DAYS[2])
    assert later == flow.tracker(flow.case(watch), DAYS[2])
    assert flow.tracker_of(watch, day, as_known=after(50)) == replace(first) != later


def test_a_report_and_the_meetings_of_a_day_use_the_tracker_that_is_kept(watch: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(watch, printed()[:6])
    now, before = flow.tracker_of(watch, DAYS[1]), flow.tracker_of(watch, DAYS[0])
    for module in (monitored, ground, days):
        monkeypatch.setattr(module, "tracked", lambda *_: pytest.fail("it was made again"))
    told, _ = flow.told_of(watch, DAYS[1], DAYS[0])
    assert (told.tracker, told.before) == (now, before) and told.claims
    assert flow.met(watch, DAYS[1])[0] == now


def test_broken_off_it_goes_on_where_it_was(watch: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(watch, printed()[:9])
    monkeypatch.setattr(linking, "AT_ONCE", 4)
    left = flow.catch_up(watch)
    assert next(left) == 5
    left.close()  # as if it had been killed between two stretches
    with monkeypatch.context() as patch:
        patch.setattr(linking.kept, "keep_happenings", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work_in(watch)
    assert next(flow.catch_up(watch)) == 1, "the stretch that failed is whole again"
    same_as_anew(watch)


def test_other_knowledge_makes_all_anew(watch: Monitor) -> None:
    fill(watch, printed()[:6])
    work = linking.bench(watch, agreements.agreement(str(AGREEMENT)))
    list(linking.catch_up(work))
    weights = {**work.knowledge.weights, "needed": 99.0}
    other = replace(work, knowledge=replace(work.knowledge, weights=weights), links="other", heard="other")
    list(linking.catch_up(other))
    assert all(len(each.claims) == 1 for each in linked(watch)) and linked(watch) != rebuilt(watch)
    work_in(watch)
    assert linked(watch) == rebuilt(watch)


def test_thrown_away_and_made_again_it_is_the_same(watch: Monitor) -> None:
    fill(watch, printed()[:6])
    work_in(watch)
    before = linked(watch)
    with watch.ledger.engine.begin() as connection:
        connection.execute(text("DELETE FROM slots"))
        connection.execute(text("DELETE FROM happenings"))
    list(flow.catch_up(watch, anew=True))
    assert before and linked(watch) == before


def test_words_taken_out_stand_in_nothing_that_is_kept(watch: Monitor) -> None:
    fill(watch, printed()[:6])
    flow.tracker_of(watch, DAYS[2])
    flow.tracker_of(watch, DAYS[1])
    texts = " ".join(article.text for article, _ in printed()[:6])
    seen = (value for each in linked(watch) for one in each.links for reason in one.reasons for _, value in reason.values)
    name = next(value for value in seen if len(value) > 4 and value in texts)
    assert name in _all(watch)
    ledger.redact(watch.ledger, name, reason="at somebody's wish", who="ann", at=after(99))
    assert name not in _all(watch)
    same_as_anew(watch)
    assert name not in _all(watch)


def _all(watch: Monitor) -> str:
    with watch.ledger.engine.connect() as connection:
        return "\n".join(str(row) for table in TABLES for row in connection.execute(text(f"SELECT * FROM {table}")))


def test_claims_are_found_by_what_they_speak_of(watch: Monitor) -> None:
    fill(watch, printed()[:8])
    work_in(watch)
    known = flow.case(watch)
    speaking = {claim.id for claim in known.claims if "ceasefire" in claim.about}
    found = ledger.claims(watch.ledger, ledger.Query(about="ceasefire", limit=1000))
    assert speaking and {entry.body["id"] for entry in found} == speaking
    assert ledger.claims(watch.ledger, ledger.Query(about="nothing")) == ()


def test_an_export_holds_none_of_it(watch: Monitor) -> None:
    fill(watch, printed()[:3])
    before = list(ledger.lines(watch.ledger))
    flow.tracker_of(watch, DAYS[2])
    assert list(ledger.lines(watch.ledger)) == before


def test_a_ledger_that_may_only_be_read_is_tracked_all_the_same(watch: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(watch, printed()[:4])

    def refused(*_: object) -> None:
        raise LedgerError("ledger: it may only be read. Give the right to write.")

    monkeypatch.setattr(ledger, "writing", refused)
    found = flow.tracker_of(watch, DAYS[1])
    monkeypatch.undo()
    assert found == flow.tracker(flow.case(watch), DAYS[1]) and linked(watch) == ()


def test_forms_go_there_and_back() -> None:
    case = flow.case_of(
        agreements.agreement(str(AGREEMENT)),
        [claim for _, claims in printed() for claim in claims],
        {article.id: article for article, _ in printed()},
        acts_for=agreements.acts_for(),
    )
    made = flow.tracker(case, DAYS[2])
    assert made.violations and made.findings and made.deadlines
    assert thawed(Tracker, plain(made)) == made
    assert digest({"a", "b"}, {"x": 1, "y": 2}) == digest({"b", "a"}, {"y": 2, "x": 1}) != digest({"b"}, {"y": 2})
