"""The review desk without its pages, on both databases: the queue, decisions and undo, second coding, agreement, worst rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.ledgers import DATABASES, RUN, RUN2, after, article, claim, fresh, on, person, role
from trucewatch import desk, flow, ledger
from trucewatch.desk import second
from trucewatch.desk.agenda import Item, by_id
from trucewatch.desk.alpha import alpha, reliability
from trucewatch.desk.card import card
from trucewatch.desk.decide import let_go
from trucewatch.desk.rules import wilson
from trucewatch.errors import DeskError, LedgerError
from trucewatch.ledger import Entry, Ledger, Query
from trucewatch.model import Coder, Figure, Finding, Reason, Spread, Where
from trucewatch.model.tracker import Change
from trucewatch.monitor import Monitor, Settings
from trucewatch.publish.labels import labels

A = article()
B = article("two")
SHELLED = claim(A, "shelled the town", actors=(role(A, "army", "BBB.mil"),), when=on("2026-01-12"))
DENIED = claim(A, "denied it", "REJECT", speaker=(person(A, "A spokesman of party B", "BBB"),), when=on("2026-01-12"))
AGAIN = claim(B, "shelled the town", when=on("2026-01-12"))

# Four observers, twelve units: the example that Krippendorff prints (Computing Krippendorff's Alpha-Reliability, 2011).
PRINTED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = [[value for value in unit if value is not None] for unit in zip(*PRINTED, strict=True)]


@pytest.fixture(params=DATABASES)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    with fresh(request.param, tmp_path) as found:
        ledger.add(found, A, [SHELLED, DENIED], run=RUN, at=after(0))
        ledger.add(found, B, [AGAIN], run=RUN, at=after(0))
        yield found


def entry(book: Ledger, id_: str) -> Entry:
    return ledger.shown(book, [id_])[0]


def waiting(book: Ledger, who: str, *, settles: bool = False) -> list[tuple[str, str]]:
    agenda = [Item(each.body["id"], "unread", "") for each in ledger.claims(book, Query())]
    return [(item.kind, item.claim) for item in desk.queue(book, agenda, who, adjudicates=settles).items]


@pytest.mark.parametrize(("metric", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_that_of_the_printed_example(metric: str, value: float) -> None:
    assert round(alpha(UNITS, metric) or 0, 3) == value
    found = reliability(UNITS, metric, draws=300)
    assert found == reliability(UNITS, metric, draws=300) != reliability(UNITS, metric, draws=300, seed=2)
    assert found.low is not None and found.high is not None and found.low < value < found.high and found.units == 11


def test_alpha_where_there_is_nothing_to_say() -> None:
    assert alpha([]) is None and alpha([["a", "a"], ["a", "a"]]) is None and alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0
    assert round(alpha([["a", "b"], ["b", "a"]]) or 0, 6) == -0.5
    assert reliability([["a", "b"]]).low is None


def test_a_decision_takes_a_claim_out_of_the_queue_and_undo_brings_it_back(book: Ledger) -> None:
    assert [claim_ for _, claim_ in waiting(book, "ann")] == [AGAIN.id, DENIED.id, SHELLED.id]
    desk.accept(book, entry(book, AGAIN.id), who="ann", at=after(1))
    with pytest.raises(DeskError, match="Say why"):
        desk.reject(book, entry(book, DENIED.id), " ", who="ann", at=after(2))
    desk.correct(book, entry(book, SHELLED.id), "status", "possible", who="ann", at=after(3))
    desk.accept(book, entry(book, SHELLED.id), who="ann", at=after(4))
    assert [claim_ for _, claim_ in waiting(book, "ann")] == [DENIED.id]
    undone = [desk.undo(book, who="ann", at=after(5 + n)) for n in range(4)]  # one article after the other
    assert [each and each.claim for each in undone] == [SHELLED.id, SHELLED.id, AGAIN.id, None]
    assert len(waiting(book, "ann")) == 3 and ledger.judgements_of(book) == () and ledger.verify(book) == ()


def test_what_was_not_looked_at_is_not_decided_on(book: Ledger) -> None:
    seen = entry(book, SHELLED.id)
    ledger.add(book, A, [claim(A, "shelled the town", version="2"), DENIED], run=RUN2, at=after(1))
    with pytest.raises(LedgerError, match="Look at it again"):
        desk.accept(book, seen, who="ann", at=after(2))


def test_a_new_claim_a_merge_and_an_assignment(book: Ledger) -> None:
    start = A.text.index("on Monday")
    done, made = desk.tell(book, A, (start, start + 9), "MOBILIZE", "planned", who="ann", at=after(1))
    assert entry(book, made.id).body["coder"]["name"] == ledger.PERSON and made.id not in dict(waiting(book, "ann")).values()
    desk.merge(book, entry(book, SHELLED.id), AGAIN.id, "merge", who="ann", at=after(2))
    assert [pair.verdict for pair in ledger.pairings(book)] == ["merge"]
    with pytest.raises(DeskError, match="no other claim"):
        desk.merge(book, entry(book, SHELLED.id), SHELLED.id, "merge", who="ann", at=after(3))
    desk.assign(book, entry(book, DENIED.id), "bob", who="ann", at=after(4))
    assert waiting(book, "bob")[0] == ("assigned", DENIED.id) and waiting(book, "ann")[0][0] == "unread"
    desk.reject(book, entry(book, DENIED.id), "not told", who="bob", at=after(5))
    assert ("assigned", DENIED.id) not in waiting(book, "bob")
    for minute in range(6, 9):
        desk.undo(book, who="ann", at=after(minute))
    assert ledger.pairings(book) == () and not ledger.shown(book, [made.id]) and done.claim == made.id


def test_many_at_once_are_counted_first_and_undone_at_once(book: Ledger) -> None:
    asked = Query(event="ASSAULT")
    assert len(desk.preview(book, asked).claims) == 2
    with pytest.raises(DeskError, match="2 claims are found now, not 3"):
        desk.accept_all(book, asked, count=3, who="ann", at=after(1))
    desk.accept_all(book, asked, count=2, who="ann", at=after(2))
    assert [each for _, each in waiting(book, "ann")] == [DENIED.id] and desk.preview(book, asked).claims == ()
    desk.undo(book, who="ann", at=after(3))
    assert len(waiting(book, "ann")) == 3
    with pytest.raises(DeskError, match="Narrow"):
        desk.preview(book, replace(asked, limit=2))


def test_what_could_not_be_carried_waits_until_somebody_lets_go(book: Ledger) -> None:
    made = desk.correct(book, entry(book, DENIED.id), "status", "possible", who="ann", at=after(1))
    ledger.add(book, A, [SHELLED], run=RUN2, at=after(2))
    (lost,) = ledger.review(book)
    let_go(book, lost.n, who="ann", at=after(3))
    assert ledger.review(book) == () and made.numbers == (lost.n,)
    with pytest.raises(DeskError):
        let_go(book, lost.n, who="ann", at=after(4))


def _everything_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "drawn", lambda claim, share=0.1: True)


def test_second_coding_is_blind_and_only_what_differs_is_settled(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    _everything_is_drawn(monkeypatch)
    desk.correct(book, entry(book, SHELLED.id), "status", "possible", who="ann", at=after(1))
    for id_ in (SHELLED.id, AGAIN.id):
        desk.accept(book, entry(book, id_), who="ann", at=after(2))
    assert ("second", SHELLED.id) in waiting(book, "bob") and ("second", SHELLED.id) not in waiting(book, "ann")
    shown = card(book, SHELLED.id, labels("en"), str, blind="bob", settles=True)
    assert shown and shown.claim.status == "occurred" and shown.judgements == () and shown.conflict is None
    with pytest.raises(DeskError, match="Somebody else"):
        desk.code(book, entry(book, SHELLED.id), {"verdict": "accept"}, who="ann", at=after(3))
    desk.code(book, entry(book, SHELLED.id), {"mode": "aerial"}, who="bob", at=after(3))
    assert ("second", SHELLED.id) in waiting(book, "bob"), "without a verdict it is not done"
    for id_ in (SHELLED.id, AGAIN.id):
        desk.code(book, entry(book, id_), {"verdict": "accept"}, who="bob", at=after(4))
    assert [each for each in waiting(book, "cem", settles=True) if each[0] == "adjudicate"] == [("adjudicate", SHELLED.id)]
    assert "adjudicate" not in dict(waiting(book, "cem"))
    shown = card(book, SHELLED.id, labels("en"), str, settles=True)
    assert shown and shown.conflict and [name for name, _, _ in shown.conflict.slots] == ["mode", "status"]
    assert [value for _, *value in shown.conflict.slots] == [[None, "aerial"], ["possible", "occurred"]]
    with pytest.raises(DeskError, match="nobody differs"):
        desk.settle(book, shown.conflict, "event", "VIOLATION", who="cem", at=after(5))
    desk.settle(book, shown.conflict, "mode", "aerial", who="cem", at=after(5))
    desk.settle(book, shown.conflict, "status", "possible", who="cem", at=after(6))
    assert "adjudicate" not in dict(waiting(book, "cem", settles=True))
    entries = by_id(ledger.shown(book, [SHELLED.id, AGAIN.id]))
    found = desk.reliabilities(entries, ledger.judgements_of(book), draws=50)
    assert found["event"].value is None and found["event"].units == 2, "all alike: nothing to reckon"
    assert found["status"].value == 0.0 and found["status"].units == 2


def test_what_the_day_asks_for_stands_before_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [
        Figure("killed", n, "exact", n, n, "total", None, "2026-01-12", "a", claim=id_) for n, id_ in ((4, "c:1"), (9, "c:2"))
    ]
    agreed = Spread("injured", "2026-01-12", 1, 9, (replace(figures[0], claim="c:9"), replace(figures[0], claim="c:8")))
    spreads = (Spread("killed", "2026-01-12", 4, 9, tuple(figures)), agreed)
    changes = (Change("state", "fire", "full", "minimal", "-", ("c:3", "c:1")), Change("vote", "v", None, "1", "-", ("c:7",)))
    tracker = SimpleNamespace(spreads=spreads, findings=(Finding("sum", ("c:4",), ("a",), "", Reason("sum")),))
    told = SimpleNamespace(tracker=tracker, happenings=(), changes=changes)
    monkeypatch.setattr(flow, "told_of", lambda *_, **__: (told, None))
    with fresh("sqlite", tmp_path) as book:
        rough = claim(
            A, "shelled the town", where=Where("the town", 41, 49, country="URY", precision="country"), when=on("2026-01-01")
        )
        ledger.add(book, A, [rough, DENIED], run=RUN, at=after(0))
        watch = Monitor(tmp_path, Settings(name="m"), book, None, tmp_path / "deal.yaml")
        found = desk.agenda(watch, date(2026, 1, 12), date(2026, 1, 5))
        assert [(item.claim, item.kind, item.why) for item in found] == [
            ("c:1", "disputed", "killed"),
            ("c:2", "disputed", "killed"),
            ("c:4", "disputed", "sum"),
            ("c:3", "moved", "fire"),
            (rough.id, "place", "the town"),
            (DENIED.id, "unread", "REJECT"),
        ]
        shown = desk.queue(book, found, "ann", adjudicates=False)
        assert [item.claim for item in shown.items] == [rough.id, DENIED.id], "what is not shown cannot be decided on"


def test_the_sample_is_drawn_by_the_claims_alone() -> None:
    drawn = [f"c:{n}" for n in range(2000) if desk.drawn(f"c:{n}")]
    assert 150 < len(drawn) < 250 and drawn == [f"c:{n}" for n in range(2000) if desk.drawn(f"c:{n}", 0.1)]


def test_the_worst_rules_stand_first(book: Ledger) -> None:
    bad = replace(claim(A, "said that"), coder=Coder("rules", "1", ("bad-rule",)))
    ledger.add(book, A, [SHELLED, DENIED, bad], run=RUN2, at=after(1))
    desk.reject(book, entry(book, bad.id), "nothing happened", who="ann", at=after(2))
    desk.correct(book, entry(book, SHELLED.id), "status", "possible", who="ann", at=after(3))
    for id_ in (SHELLED.id, AGAIN.id):
        desk.accept(book, entry(book, id_), who="ann", at=after(4))
    found = desk.worst(by_id(ledger.shown(book, [bad.id, SHELLED.id, AGAIN.id])), ledger.judgements_of(book))
    assert [(each.rule, each.accepted, each.corrected, each.rejected) for each in found] == [
        ("bad-rule", 0, 0, 1),
        ("made", 1, 1, 0),
    ]
    assert tuple(round(end, 3) for end in wilson(1, 10)) == (0.018, 0.404)
