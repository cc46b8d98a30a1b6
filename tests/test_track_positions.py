"""Positions on an agreement as a whole and on its parts, and days that claims propose for what its file leaves open."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.deals import FACT, deal, place, role, written
from tests.expected import samples
from tests.test_tracker import made, told, tracked, voice
from trucewatch import flow
from trucewatch.agreements import acts_for, agreement, agreement_faults, stances
from trucewatch.model import Happening, Origin, Phrase, When
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import Position, Tracker
from trucewatch.track import diff

CALLS = {"en": ["river plan", "the plan"], "ar": ["*خطة"]}
PHASES = [
    {
        "id": "second",
        "names": {"en": "second phase"},
        "named_by": ["ISL"],
        "signals": [{"name": "begun", "says": "for", "events": ["ESTABLISH"], "words": {"en": ["second phase"]}}],
        **FACT,
    }
]
DAY = "2031-03-10"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    """The river truce with words that name it, a phase without a day, and a milestone that claims may date."""
    milestones = deal()["milestones"]
    handed = {"name": "handed", "says": "for", "events": ["RETREAT"], "words": {"en": ["handed over"]}, "actors": ["obligor"]}
    milestones[1]["signals"] = [handed]
    provisions = deal()["provisions"]
    due = {"words": {"en": "a week later"}, "after": "handover", "within": 7, "unit": "days"}
    provisions.append({**provisions[0], "id": "market", "due": due, "signals": []})
    more: dict[str, Any] = {"calls": CALLS, "phases": PHASES, "milestones": milestones, "provisions": provisions}
    return made(tmp_path_factory.mktemp("plans"), **more)


def stand(found: Agreement, *rows: Any, day: str = DAY, **more: Any) -> list[Position]:
    every = tracked(found, list(rows), day, stances=stances(), **more).positions
    return [each for each in every if each.claim]


def said(number: int, event: str, thing: str, party: str = "BRA", **slots: Any) -> Any:
    named = Phrase(thing, 0, len(thing))
    return told(number, "2031-03-05", event, "he spoke", object=named, actors=(role(party),), speaker=voice(party), **slots)


@pytest.mark.parametrize(
    ("event", "mode", "stance", "rule"),
    [
        ("SUPPORT", None, "supports", "spoke-for-it"),
        ("AGREE", "accept", "accepts", "said-yes"),
        ("CONCEDE", None, "accepts", "gave-way"),
        ("ACCUSE", "disapprove", "doubts", "spoke-against-it"),
        ("ACCUSE", "allege", "accuses", "blamed-another"),
        ("REJECT", None, "rejects", "said-no"),
        ("THREATEN", None, "warns", "warned"),
        ("DELAY", None, "delays", "held-it-up"),
    ],
)
def test_a_stance_on_the_whole_by_a_named_rule(plan: Agreement, event: str, mode: str | None, stance: str, rule: str) -> None:
    (found,) = stand(plan, said(1, event, "the river plan", mode=mode))
    assert (found.party, found.stance, found.rule, found.about, found.whole) == ("BRA", stance, rule, ("river-truce",), True)
    assert (found.day, found.quote, found.kind) == ("2031-03-05", "he spoke", event)


@pytest.mark.parametrize("words", ["the river plan on condition of a halt", "the river plan, with reservations", "الخطة بشرط"])
def test_a_yes_on_conditions_is_no_plain_yes(plan: Agreement, words: str) -> None:
    (found,) = stand(plan, said(1, "AGREE", words))
    assert found.stance == "accepts-with-conditions"


@pytest.mark.parametrize(
    ("event", "thing"),
    [
        ("AGREE", "the river plan came into force"),  # no answer of anybody
        ("CONSULT", "the river plan"),  # a talk takes no side
        ("SUPPORT", "the harvest"),
        ("SUPPORT", "the planet"),
    ],
)
def test_what_is_no_position_on_it(plan: Agreement, event: str, thing: str) -> None:
    assert stand(plan, said(1, event, thing)) == []


def test_the_same_words_about_another_country_are_none(plan: Agreement) -> None:
    made_claim, article = said(1, "SUPPORT", "the plan")
    elsewhere = (replace(made_claim, where=place("CHL")), article)
    assert stand(plan, (made_claim, article)) and stand(plan, elsewhere) == []


def test_a_phase_is_named_and_both_sides_are_read_alike(plan: Agreement) -> None:
    found = stand(plan, said(1, "REJECT", "the second phase", "URY"), said(2, "REJECT", "the second phase", "PRY"))
    assert [(each.party, each.about, each.whole) for each in found] == [("PRY", ("second",), True), ("URY", ("second",), True)]


def test_what_is_told_again_stands_once_with_its_first_day(plan: Agreement) -> None:
    first = said(1, "SUPPORT", "the river plan")
    again = told(2, "2031-03-09", "SUPPORT", "he spoke", object=first[0].object, actors=(role("BRA"),), speaker=voice("BRA"))
    both = Happening(
        "h:1", "SUPPORT", ("occurred",), None, None, (), ("c:001", "c:002"), ("a:001", "a:002"),
        (Origin("o:1", "voice", ("c:001", "c:002"), "c:001", None, 1, ()),), (),
    )  # fmt: skip
    (found,) = stand(plan, first, again, happenings=(both,))
    assert (found.day, found.last, found.tellings) == ("2031-03-05", "2031-03-09", ("c:001", "c:002"))


def test_the_file_speaks_with_its_conditions(plan: Agreement, tmp_path: Path) -> None:
    data = deal()
    data["parties"][1]["acceptance"] = [
        {
            "kind": "accepted-with-conditions",
            "when": "2031-03-01",
            "conditions": {"en": "if fire stops", "ar": "إذا توقف"},
            **FACT,
        }
    ]
    data["votes"][0] |= {"votes_for": 13, "abstentions": 2, "abstaining": ["CHL"], "votes_against": 1, "against": ["BOL"]}
    data["declarations"] = [{"party": "PRY", "words": {"en": "a pause"}, "when": "2031-03-04", **FACT}]
    data["suspensions"] = [{"party": "URY", "start": "2031-03-06", "note": {"en": "acts no longer by it"}, **FACT}]
    found = tracked(agreement(str(written(tmp_path, data))), [], "2031-03-05", stances=stances()).positions
    assert [(each.party, each.stance, each.rule) for each in found] == [
        ("BOL", "voted-against", "vote-in-the-file"),
        ("CHL", "abstained", "vote-in-the-file"),
        ("PRY", "accepts-with-conditions", "accepted-with-conditions-in-the-file"),
        ("URY", "accepts", "accepted-in-the-file"),
        ("PRY", "declares", "declaration-in-the-file"),
    ]
    assert dict(found[2].conditions) == {"en": "if fire stops", "ar": "إذا توقف"}


def test_the_doubt_of_a_third_party_in_a_report() -> None:
    """Of one report alone the day of print; with an earlier one the day on which it was first printed."""
    everything = {coded.article.id: coded for coded in samples()}

    def doubts(*names: str) -> list[Position]:
        picked = [everything[name] for name in names]
        claims = [each for coded in picked for each in coded.claims]
        articles = {coded.article.id: coded.article for coded in picked}
        known = flow.case_of(agreement("gaza-2025"), claims, articles, acts_for=acts_for())
        found = flow.tracker(known, date(2026, 1, 13)).positions
        return [each for each in found if each.party == "RUS" and each.claim]

    for name in ("gaza-2026-01-12-online", "gaza-2026-01-12-online-en"):
        (alone,) = doubts(name)
        assert (alone.stance, alone.whole, alone.day, alone.voice) == ("doubts", True, "2026-01-12", "sergey-lavrov")
        assert alone.about == ("gaza-2025",) and alone.quote
    (traced,) = doubts("gaza-2025-12-15-doubt", "gaza-2026-01-12-online-en")
    assert (traced.day, traced.last, len(traced.tellings)) == ("2025-12-15", "2026-01-12", 2)


# --- days that claims propose


def handed(number: int, printed: str, on: str | None, party: str = "URY", **slots: Any) -> Any:
    when = {"when": When(on, on, "day", "stated", "then")} if on else {}
    return told(number, printed, "RETREAT", "the town was handed over", actors=(role(party),), **when, **slots)


def milestone(tracker: Tracker, name: str) -> Any:
    return next(row for row in tracker.milestones if row.id == name)


def test_a_day_is_proposed_and_the_file_stays(plan: Agreement) -> None:
    rows = [handed(1, "2031-03-06", "2031-03-05"), handed(2, "2031-03-07", "2031-03-06"), handed(3, "2031-03-07", "2031-03-06")]
    rows += [handed(4, "2031-03-07", None), handed(5, "2031-03-07", "2031-03-20"), handed(6, "2031-03-08", "2031-03-07", "ISL")]
    rows += [handed(7, "2031-03-08", "2031-03-06", status="denied"), handed(8, "2031-03-08", "2031-03-06", status="planned")]
    found = milestone(tracked(plan, rows, DAY), "handover")
    assert [(each.start, each.sources, each.claims) for each in found.proposals] == [
        ("2031-03-06", 2, ("c:002", "c:003")),
        ("2031-03-05", 1, ("c:001",)),
    ]
    assert (found.when, found.denials, found.proposals[0].rule) == (None, ("c:007",), "handover/handed")
    assert milestone(tracked(plan, rows, DAY), "start").proposals == ()
    assert milestone(tracked(plan, rows, "2031-03-06"), "handover").proposals[0].claims == ("c:001",)


def test_a_deadline_is_reckoned_from_it_and_judges_nothing(plan: Agreement) -> None:
    before = next(each for each in tracked(plan, [], "2031-03-20").deadlines if each.provision == "market")
    assert (before.due, before.waits_for) == (None, "handover")
    found = tracked(plan, [handed(1, "2031-03-06", "2031-03-05")], "2031-03-20")
    term = next(each for each in found.deadlines if each.provision == "market")
    assert term.due and (term.due.end, term.days) == (date(2031, 3, 12), -8)
    assert term.rule == "7-days-after-handover+proposed-by-claims" and term.timeliness is None
    assert "market" not in {each.provision for each in found.slippage}


def test_a_phase_and_a_document_without_a_day(plan: Agreement, tmp_path: Path) -> None:
    begun, page = told(1, "2031-03-06", "ESTABLISH", "the second phase began", day="2031-03-06")
    assert [each.start for each in milestone(tracked(plan, [(begun, page)], DAY), "second").proposals] == ["2031-03-06"]
    data = deal()
    data["documents"].append({**data["documents"][0], "id": "pact", "when": "2031", "calls": {"en": ["winter pact"]}})
    found = agreement(str(written(tmp_path, data)))
    both = (role("URY"), role("PRY"))
    signed, paper = told(2, "2031-03-06", "AGREE", "signed the winter pact", mode="sign", participants=both, day="2031-03-06")
    state = milestone(tracked(found, [(signed, paper)], DAY), "pact")
    assert [(each.start, each.rule) for each in state.proposals] == [("2031-03-06", "pact/signed")] and state.when


def test_what_moved_tells_a_proposed_day(plan: Agreement) -> None:
    rows = [handed(1, "2031-03-06", "2031-03-05")]
    moved = [each for each in diff(tracked(plan, rows, "2031-03-05"), tracked(plan, rows, DAY)) if each.what == "milestone"]
    assert [(each.id, each.after, each.why, each.claims) for each in moved] == [
        ("handover", "2031-03-05", "proposed-by-claims", ("c:001",))
    ]


def test_signals_for_a_day_that_is_known_are_refused(tmp_path: Path) -> None:
    data = deal()
    data["milestones"][0]["signals"] = [{"name": "x", "says": "for", "events": ["RETREAT"], "words": {"en": ["town"]}}]
    (fault,) = agreement_faults(written(tmp_path, data))
    assert "signals, but its day is known" in fault
