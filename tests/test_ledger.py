"""The ledger on both databases: adding, what is shown, what was known when, withdrawal, judgements, the chain."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.ledgers import DATABASES, RUN, RUN2, TEXT, after, article, claim, fresh, on, person, role
from trucewatch import ledger
from trucewatch.errors import KeepError, LedgerError
from trucewatch.ledger import Query
from trucewatch.model import Coder, Pairing
from trucewatch.model.grade import Grading
from trucewatch.model.tracker import Ruling

A = article()
SHELLED = claim(A, "shelled the town", actors=(role(A, "army", "BBB.mil"),), when=on("2026-01-12"))
DENIED = claim(A, "denied it", "REJECT", speaker=(person(A, "A spokesman of party B", "BBB"),))


@pytest.fixture(params=DATABASES)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ledger.Ledger]:
    with fresh(request.param, tmp_path) as found:
        yield found


def ids(entries: tuple[ledger.Entry, ...]) -> list[str]:
    return [str(entry.body["id"]) for entry in entries]


def test_what_is_added_is_shown_and_adding_it_again_changes_nothing(book: ledger.Ledger) -> None:
    assert ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0)) == ledger.Added(2, 0, 0, 0)
    before = ledger.counts(book)
    assert ledger.add(book, A, [DENIED, SHELLED], run=RUN2, at=after(9)) == ledger.Added(0, 0, 0, 2)
    assert ledger.counts(book) == before == ledger.Counts(1, 2, 2, 0, 1, after(0))
    shown = ledger.claims(book, Query())
    assert [entry.body for entry in shown] == [DENIED.public(), SHELLED.public()]
    assert ledger.article(book, "one") == A and ledger.verify(book) == ()


def test_the_newest_run_is_shown_the_rest_is_history(book: ledger.Ledger) -> None:
    again = claim(A, "shelled the town", version="2", actors=(role(A, "party B", "BBB"),))
    assert again.id == SHELLED.id and again.reading != SHELLED.reading
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    assert ledger.add(book, A, [again], run=RUN2, at=after(60)) == ledger.Added(0, 1, 1, 0)
    assert [entry.body for entry in ledger.claims(book, Query())] == [again.public()]
    spells = ledger.history(book, SHELLED.id)
    assert [(s.body["reading"], s.since, s.until, s.ended) for s in spells] == [
        (SHELLED.reading, after(0), after(60), "replaced"),
        (again.reading, after(60), None, None),
    ]
    assert ids(ledger.claims(book, Query(withdrawn=True))) == [DENIED.id]
    assert ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(90)) == ledger.Added(1, 1, 0, 0)  # an older coder again
    assert ledger.claims(book, Query(withdrawn=True)) == () and len(ledger.history(book, SHELLED.id)) == 3
    assert ledger.verify(book) == ()


def test_as_known_at_a_past_moment(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    ledger.add(book, A, [], run=RUN2, at=after(60))
    ledger.add(book, article(words=TEXT + "!"), [DENIED], run=RUN2, at=after(120))
    for minutes, shown, gone in ((-1, 0, 0), (0, 2, 0), (59, 2, 0), (60, 0, 2), (119, 0, 2), (120, 1, 1)):
        assert len(ledger.claims(book, Query(), as_of=after(minutes))) == shown, minutes
        assert len(ledger.claims(book, Query(withdrawn=True), as_of=after(minutes))) == gone, minutes
        assert ledger.counts(book, as_of=after(minutes)).claims == shown
    assert ledger.article(book, "one", as_of=after(-1)) is None
    assert ledger.article(book, "one", as_of=after(119)) == A
    late = ledger.article(book, "one")
    assert late is not None and late.text == TEXT + "!"


def test_moments_never_run_backwards(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED], run=RUN, at=after(10))
    ledger.add(book, A, [DENIED], run=RUN2, at=after(5))  # a clock that goes wrong
    assert [entry.since for entry in ledger.claims(book, Query())] == [after(10)]
    assert ledger.verify(book) == ()


def test_pages_and_filters(book: ledger.Ledger) -> None:
    many = [claim(A, "shelled the town", key=str(i), when=on(f"2026-01-{i + 1:02}")) for i in range(9)]
    other = article("two", language="ar", outlet="another")
    ledger.add(book, A, [*many, DENIED], run=RUN, at=after(0))
    ledger.add(book, other, [claim(other, "shelled", "VIOLATION", actors=(role(other, "party B", "BBB"),))], run=RUN, at=after(1))
    first = ledger.claims(book, Query(event="ASSAULT", limit=4))
    second = ledger.claims(book, Query(event="ASSAULT", limit=9, after=first[-1].place))
    assert [entry.day[-2:] for entry in (*first, *second)] == ["09", "08", "07", "06", "05", "04", "03", "02", "01"]

    def count(**asked: object) -> int:
        return len(ledger.claims(book, Query(**asked)))  # type: ignore[arg-type]

    assert (count(), count(first=date(2026, 1, 3), last=date(2026, 1, 5)), count(status="denied")) == (11, 3, 0)
    assert (count(language="ar"), count(outlet="an-outlet"), count(article="two")) == (1, 10, 1)
    assert (count(party="BBB"), count(speaker="BBB"), count(accused="BBB"), count(party="nobody")) == (2, 1, 1, 0)


def test_a_judgement_is_carried_to_a_reading_that_tells_the_same(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    made = ledger.judge(book, SHELLED.id, "status", "possible", who="ann", reason="heard", at=after(1))
    ledger.judge(book, DENIED.id, "event", "ACCUSE", who="ann", reason="read", at=after(2))
    half = claim(A, "army shelled the", version="2")  # another trigger: another id; 11 of 16 letters are covered
    assert half.id != SHELLED.id
    ledger.add(book, A, [half], run=RUN2, at=after(60))
    carried = ledger.judgements_of(book, [half.id])
    assert [(j.value, j.reading, j.who, j.carried, j.at) for j in carried] == [
        ("possible", half.reading, "ann", made.n, after(60))
    ]
    assert [j.claim for j in ledger.review(book)] == [DENIED.id]
    assert ledger.review(book, as_of=after(59)) == ()
    assert ledger.judgements_of(book, [half.id], as_of=after(59)) == ()
    ledger.add(book, A, [half, DENIED], run=RUN2, at=after(70))  # given again as it was judged: nothing to look at
    assert ledger.review(book) == () and ledger.verify(book) == ()


@pytest.mark.parametrize(
    ("words", "event", "voice"),
    [
        ("army shelled", "ASSAULT", None),  # 7 of 16 letters
        ("shelled the town", "VIOLATION", None),  # another event
        ("shelled the town", "ASSAULT", "Party A"),  # another voice
    ],
)
def test_what_does_not_tell_the_same_inherits_nothing(book: ledger.Ledger, words: str, event: str, voice: str | None) -> None:
    ledger.add(book, A, [SHELLED], run=RUN, at=after(0))
    ledger.judge(book, SHELLED.id, "status", "possible", who="ann", reason="heard", at=after(1))
    slots = {"speaker": (person(A, voice),)} if voice else {}
    new = claim(A, words, event, version="2", key="b", **slots)
    ledger.add(book, A, [new], run=RUN2, at=after(60))
    assert ledger.judgements_of(book, [new.id]) == () and [j.claim for j in ledger.review(book)] == [SHELLED.id]


def test_a_judgement_needs_a_claim_that_is_shown_and_a_field(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED], run=RUN, at=after(0))
    for id_, field in (("c:none", "status"), (SHELLED.id, "mood"), (SHELLED.id, "evidence")):
        with pytest.raises(LedgerError):
            ledger.judge(book, id_, field, 1, who="ann", reason="-", at=after(1))
    assert ledger.counts(book).entries == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE readings SET status = 'denied' WHERE n = 2",
        "UPDATE readings SET until = since, ended = 'withdrawn', until_seq = 1 WHERE n = 2",
        "DELETE FROM parties",
        "UPDATE articles SET outlet = 'else'",
        "UPDATE articles SET until = since, until_seq = 1 WHERE n = 5",
        "UPDATE articles SET until_seq = NULL, until = NULL WHERE n = 1",
        "UPDATE judgements SET who = 'eve'",
        "DELETE FROM judgements",
        "UPDATE audit SET actor = 'eve' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 2",
        "UPDATE audit SET at = '2025-01-12T12:00:00.000000Z' WHERE seq = 1",
    ],
)
def test_the_chain_sees_what_was_changed_behind_its_back(book: ledger.Ledger, change: str) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    ledger.judge(book, SHELLED.id, "status", "possible", who="ann", reason="heard", at=after(1))
    ledger.add(book, article(words=TEXT + "!"), [SHELLED, DENIED], run=RUN2, at=after(2))
    assert ledger.verify(book) == ()
    with book.engine.begin() as connection:
        assert connection.execute(text(change)).rowcount
    assert ledger.verify(book) != ()


def test_another_article_of_the_same_id_is_no_later_version(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED], run=RUN, at=after(0))
    with pytest.raises(KeepError, match="another article of this id .an-outlet."):
        ledger.add(book, article(outlet="another"), [], run=RUN2, at=after(1))
    ledger.add(book, article(url="a"), [SHELLED], run=RUN, at=after(2))  # an address where there was none
    with pytest.raises(KeepError, match="another article of this id"):
        ledger.add(book, article(url="b"), [], run=RUN2, at=after(3))
    ledger.add(book, article(url="a", outlet="by another name"), [SHELLED], run=RUN, at=after(4))
    assert len(ledger.claims(book, Query())) == 1


def test_what_cannot_be_kept_is_told_before_anything_is_written(book: ledger.Ledger) -> None:
    odd = article(words=TEXT + "\x00")
    with pytest.raises(LedgerError, match=r"U\+0000"):
        ledger.add(book, odd, [], run=RUN, at=after(0))
    with pytest.raises(LedgerError, match="another article"):
        ledger.add(book, article("two"), [SHELLED], run=RUN, at=after(0))
    assert ledger.counts(book).entries == 0


def test_everything_for_linking(book: ledger.Ledger) -> None:
    other = article("two", published=date(2026, 1, 20))
    told = claim(other, "shelled the town")
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    ledger.add(book, other, [told], run=RUN, at=after(1))
    assert ledger.everything(book) == ((SHELLED, DENIED, told), {"one": A, "two": other})
    assert ledger.everything(book, first=date(2026, 1, 13)) == ((told,), {"two": other})
    assert ledger.everything(book, last=date(2026, 1, 13))[1] == {"one": A}
    assert ledger.everything(book, as_of=after(0))[1] == {"one": A}
    ledger.judge(book, told.id, "link", {"to": SHELLED.id, "as": "merge"}, who="ann", reason="the same", at=after(2))
    assert ledger.pairings(book) == (Pairing(told.id, SHELLED.id, "merge", "ann", "the same"),)
    assert ledger.pairings(book, as_of=after(1)) == ()
    for wrong in ("merge", {"to": SHELLED.id, "as": "same"}, {"to": SHELLED.id}):
        with pytest.raises(LedgerError, match="no link"):
            ledger.judge(book, told.id, "link", wrong, who="ann", reason="-", at=after(3))


def test_a_persons_word_on_a_provision(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    for minutes, value in (
        (1, {"provision": "fire", "state": "minimal"}),
        (2, {"provision": "fire", "state": "full", "since": "2026-01-05"}),
    ):
        ledger.judge(book, SHELLED.id, "state", value, who="ann", reason="seen", at=after(minutes))
    first = Ruling("fire", "minimal", after(1).date().isoformat(), "ann", "seen", SHELLED.id)
    assert ledger.rulings(book) == (first, replace(first, state="full", since="2026-01-05"))
    assert ledger.rulings(book, as_of=after(1)) == (first,)
    for wrong in ("full", {"provision": "fire"}, {"provision": "fire", "state": "done"}, {"provision": 1, "state": "full"}):
        with pytest.raises(LedgerError, match="no state of a provision"):
            ledger.judge(book, SHELLED.id, "state", wrong, who="ann", reason="-", at=after(3))
    for since in ("soon", 5, None):
        with pytest.raises(LedgerError, match="no state of a provision"):
            ledger.judge(book, SHELLED.id, "state", holding(since), who="ann", reason="-", at=after(3))


def test_grades_are_given_to_tellings_and_to_sources(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    source = {"source": "outlet:an-outlet", "reliability": "C"}
    ledger.judge(book, SHELLED.id, "grade", "B2", who="ann", reason="seen", at=after(1))
    ledger.judge(book, SHELLED.id, "grade", source, who="bob", reason="years of reading", at=after(2))
    told = Grading(SHELLED.id, SHELLED.reading, None, "B", "2", "ann", "seen")
    assert ledger.gradings(book) == (
        told,
        Grading(SHELLED.id, SHELLED.reading, "outlet:an-outlet", "C", None, "bob", "years of reading"),
    )
    assert ledger.gradings(book, as_of=after(1)) == (told,) and ledger.verify(book) == ()
    for wrong in ("b2", "B7", "G1", "B", "B2 ", 2, ["B2"], None):
        with pytest.raises(LedgerError, match="no grade"):
            ledger.judge(book, SHELLED.id, "grade", wrong, who="ann", reason="-", at=after(3))
    for value in ({**source, "reliability": "B2"}, {"source": "outlet:an-outlet"}, {**source, "credibility": "1"}):
        with pytest.raises(LedgerError, match="no grade of a source"):
            ledger.judge(book, SHELLED.id, "grade", value, who="ann", reason="-", at=after(3))
    with pytest.raises(LedgerError, match="'BBB' does not tell this claim. Grade what does: outlet:an-outlet"):
        ledger.judge(book, SHELLED.id, "grade", {**source, "source": "BBB"}, who="ann", reason="-", at=after(3))
    ledger.judge(book, DENIED.id, "grade", {**source, "source": "BBB"}, who="ann", reason="-", at=after(3))


def test_a_grade_of_a_telling_is_handed_on_and_that_of_a_source_stands_once(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    again = claim(A, "shelled the town", version="2", actors=(role(A, "party B", "BBB"),))
    for minutes, value in ((1, "B2"), (2, {"source": "outlet:an-outlet", "reliability": "C"}), (3, "C3")):
        ledger.judge(book, SHELLED.id, "grade", value, who="ann", reason="seen", at=after(minutes))
    ledger.add(book, A, [again], run=RUN2, at=after(60))
    found = ledger.gradings(book)
    assert [(each.reading == again.reading, each.source, each.reliability) for each in found] == [
        (False, None, "B"),
        (False, "outlet:an-outlet", "C"),
        (False, None, "C"),
        (True, None, "C"),
    ]


def holding(since: object) -> dict[str, object]:
    return {"provision": "fire", "state": "full", "since": since}


def test_judgements_on_more_claims_than_a_question_can_name(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    for claim_ in (SHELLED, DENIED):
        ledger.judge(book, claim_.id, "status", "possible", who="ann", reason="-", at=after(1))
    many = [SHELLED.id, *(f"c:{number}" for number in range(70_000))]
    assert [j.claim for j in ledger.judgements_of(book, many)] == [SHELLED.id]
    assert ledger.judgements_of(book, []) == ()


def test_words_are_taken_back_and_nothing_is_overwritten(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    first = ledger.judge(book, SHELLED.id, "status", "possible", who="ann", reason="heard", at=after(1))
    words = [ledger.Word(each.id, "verdict", "accept", "read", each.reading) for each in (SHELLED, DENIED)]
    made = ledger.say(book, words, who="ann", at=after(2))
    assert ledger.last_of(book, "ann") == made and len({each.at for each in made}) == 1
    ledger.lift(book, [each.n for each in made], who="ann", reason="too quick", at=after(3))
    assert ledger.judgements_of(book) == (first,) == ledger.last_of(book, "ann")
    assert len(ledger.judgements_of(book, as_of=after(2))) == 3 and ledger.counts(book).judgements == 5
    again = claim(A, "shelled the town", version="2", actors=(role(A, "army", "BBB.mil"),), when=on("2026-01-12"))
    ledger.add(book, A, [again], run=RUN2, at=after(60))
    carried = ledger.judgements_of(book, [again.id])[-1]  # of the word that holds; not of what was taken back
    assert (carried.value, carried.carried) == ("possible", first.n)
    ledger.lift(book, [first.n], who="ann", reason="it was not so", at=after(61))  # what was handed on goes with it
    assert ledger.judgements_of(book) == () == ledger.review(book) and ledger.verify(book) == ()


def test_a_word_on_what_the_person_did_not_see_is_refused_with_all_beside_it(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED, DENIED], run=RUN, at=after(0))
    good, late = (ledger.Word(each.id, "verdict", "accept", "", seen) for each, seen in ((SHELLED, None), (DENIED, "r:old")))
    with pytest.raises(LedgerError, match="reads otherwise"):
        ledger.say(book, [good, late], who="ann", at=after(1))
    assert ledger.counts(book).judgements == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", "told"),
        ("event", "WEATHER"),
        ("status", "maybe"),
        ("when", {"start": "2026-01-12"}),
        ("actors", [{"text": "navy", "start": 24, "end": 28, "party": None}]),
        ("span", {"start": 0, "end": 7, "quote": "Party B"}),
        ("speaker", []),
        ("coding", {"verdict": "accept", "mood": "bad"}),
        ("assign", "bob"),
    ],
)
def test_a_value_that_fits_no_claim_is_refused(book: ledger.Ledger, field: str, value: object) -> None:
    ledger.add(book, A, [SHELLED], run=RUN, at=after(0))
    with pytest.raises(LedgerError):
        ledger.judge(book, SHELLED.id, field, value, who="ann", reason="-", at=after(1))
    actors = [role(A, "party B", "BBB").public()]
    ledger.judge(book, SHELLED.id, "actors", actors, who="ann", reason="-", at=after(1))
    assert ledger.counts(book).judgements == 1


def test_a_claim_that_a_person_wrote_stays_while_its_words_stand(book: ledger.Ledger) -> None:
    ledger.add(book, A, [SHELLED], run=RUN, at=after(0))
    told = replace(claim(A, "denied it", "REJECT"), coder=Coder(ledger.PERSON, "1", ()))
    made = ledger.tell(book, told, who="ann", reason="it was overlooked", at=after(1))
    ledger.add(book, A, [DENIED], run=RUN2, at=after(60))
    assert set(ids(ledger.claims(book, Query()))) == {told.id, DENIED.id}
    ledger.lift(book, [made.n], who="ann", reason="it was there", at=after(61))
    assert ids(ledger.claims(book, Query())) == [DENIED.id] and ledger.judgements_of(book) == ()
    ledger.tell(book, told, who="ann", reason="after all", at=after(62))
    ledger.add(book, article(words=f"Later. {TEXT}"), [], run=RUN2, at=after(90))
    assert ledger.claims(book, Query()) == () and [j.claim for j in ledger.review(book)] == [told.id]
    assert ledger.verify(book) == ()
