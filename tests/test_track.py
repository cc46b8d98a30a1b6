"""How an agreement stands on a day, what falls due, and what a claim speaks of: examples reckoned by hand."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.deals import FACT, claim, deal, place, role, written
from trucewatch.agreements import acts_for, agreement, agreements
from trucewatch.agreements.form import moment
from trucewatch.model import Claim, When
from trucewatch.model.agreement import Agreement
from trucewatch.text.fold import fold_text
from trucewatch.track import about, deadlines, in_force, standing
from trucewatch.track.about import stands
from trucewatch.track.clock import after


def made(folder: Path, **changes: Any) -> Agreement:
    return agreement(str(written(folder, deal() | changes)))


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    return made(tmp_path_factory.mktemp("deals"))


# --- in force


@pytest.mark.parametrize(
    ("day", "state", "rule"),
    [
        ("2031-03-01", "not-in-force", "no-stretch-holds-the-day"),
        ("2031-03-02", "partly", "begins-that-day"),
        ("2031-03-03", "in-force", "within-the-stretch"),
        ("2031-06-01", "in-force", "within-the-stretch"),
        ("2031-06-02", "not-in-force", "no-stretch-holds-the-day"),
    ],
)
def test_a_day_stands_by_the_clock_of_the_agreement(river: Agreement, day: str, state: str, rule: str) -> None:
    found = standing(river, date.fromisoformat(day))
    assert (found.state, found.rule) == (state, rule)


def test_an_instant_stands_whatever_clock_tells_it(river: Agreement) -> None:
    assert not in_force(river, datetime(2031, 3, 2, 4, 59, tzinfo=UTC))
    assert in_force(river, datetime(2031, 3, 2, 5, 0, tzinfo=UTC))  # 06:00 in Berlin
    assert in_force(river, datetime(2031, 3, 2, 14, 0, tzinfo=ZoneInfo("Asia/Tokyo")))
    assert in_force(river, datetime(2031, 6, 1, 21, 59, tzinfo=UTC))
    assert not in_force(river, datetime(2031, 6, 1, 22, 0, tzinfo=UTC))  # midnight in Berlin, summer time


def test_an_extension_holds_from_the_day_it_was_agreed(tmp_path: Path) -> None:
    stretch = deal()["in_force"][0] | {"extensions": [{"agreed": "2031-05-30", "to": "2031-07-01", **FACT}]}
    found = made(tmp_path, in_force=[stretch])
    day = date(2031, 6, 15)
    assert standing(found, day, as_of=date(2031, 5, 29)).state == "not-in-force"
    assert standing(found, day, as_of=date(2031, 5, 30)).state == "in-force"
    assert standing(found, day).state == "in-force"
    assert in_force(found, datetime(2031, 7, 1, 12, 0, tzinfo=UTC)) and not in_force(
        found, datetime(2031, 7, 2, 12, 0, tzinfo=UTC)
    )


def test_a_day_that_no_source_gives_is_uncertain_and_not_guessed(tmp_path: Path) -> None:
    found = made(tmp_path, in_force=[{"start": "2031-03", "zone": "Europe/Berlin", "end": "2031-06-10..2031-06-20", **FACT}])
    states = {
        day: standing(found, date.fromisoformat(day)).state
        for day in ("2031-02-28", "2031-03-01", "2031-03-31", "2031-04-01", "2031-06-09")
    }
    assert list(states.values()) == ["not-in-force", "uncertain", "uncertain", "in-force", "in-force"]
    assert [standing(found, date(2031, 6, day)).state for day in (10, 20, 21)] == ["uncertain", "uncertain", "not-in-force"]
    assert not in_force(found, datetime(2031, 3, 15, tzinfo=UTC)) and not in_force(found, datetime(2031, 6, 12, tzinfo=UTC))


def test_a_day_on_which_it_ends_at_an_hour_is_partly(tmp_path: Path) -> None:
    stretch = deal()["in_force"][0] | {"end": "2031-06-01 18:00 Europe/Berlin"}
    found = standing(made(tmp_path, in_force=[stretch]), date(2031, 6, 1))
    assert (found.state, found.rule) == ("partly", "ends-that-day")


def test_a_stretch_binds_what_it_covers(tmp_path: Path) -> None:
    stretch = deal()["in_force"][0] | {"covers": ["release"]}
    found = made(tmp_path, in_force=[stretch])
    day = date(2031, 4, 1)
    assert standing(found, day).covers == ("release",)
    assert standing(found, day, provision="release").state == "in-force"
    assert standing(found, day, provision="fire").state == "not-in-force"


def test_a_proposal_is_never_in_force_even_where_a_stretch_was_slipped_in(river: Agreement) -> None:
    from dataclasses import replace

    slipped = replace(river, kind="proposal")
    assert standing(slipped, date(2031, 4, 1)).rule == "a-proposal-is-never-in-force"
    assert not in_force(slipped, datetime(2031, 4, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("name", "day", "state"),
    [
        ("gaza-2025", "2025-10-09", "not-in-force"),
        ("gaza-2025", "2025-10-10", "partly"),
        ("gaza-2025", "2025-10-11", "in-force"),
        ("gaza-2025", "2026-01-12", "in-force"),
        ("lebanon-2024", "2024-11-26", "not-in-force"),
        ("lebanon-2024", "2024-11-27", "partly"),
        ("lebanon-2024", "2025-02-19", "in-force"),
        ("lebanon-2024", "2026-05-01", "uncertain"),
        ("thailand-cambodia-2025", "2025-07-28", "not-in-force"),
        ("thailand-cambodia-2025", "2025-07-29", "in-force"),
        ("thailand-cambodia-2025", "2025-12-15", "not-in-force"),
        ("thailand-cambodia-2025", "2025-12-27", "partly"),
        ("drc-m23-doha", "2025-09-15", "uncertain"),
        ("sudan-truce-proposals", "2025-11-25", "not-in-force"),
    ],
)
def test_how_ours_stand(name: str, day: str, state: str) -> None:
    assert standing(agreement(name), date.fromisoformat(day)).state == state


# --- terms


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        ("2025-10-10 12:00 Asia/Jerusalem", 72, "hours", "2025-10-13 12:00 Asia/Jerusalem"),
        ("2025-10-25 12:00 Asia/Jerusalem", 24, "hours", "2025-10-26 11:00 Asia/Jerusalem"),  # clocks went back that night
        ("2026-03-28 12:00 Europe/Berlin", 24, "hours", "2026-03-29 13:00 Europe/Berlin"),  # and forward that night
        ("2025-10-25 12:00 Asia/Jerusalem", 1, "days", "2025-10-26 12:00 Asia/Jerusalem"),
        ("2024-11-27 04:00 Asia/Beirut", 60, "days", "2025-01-26 04:00 Asia/Beirut"),
        ("2025-11-17", 6, "months", "2026-05-17"),
        ("2025-08-31", 6, "months", "2026-02-28"),
        ("2023-08-31", 6, "months", "2024-02-29"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2025-12-31", 1, "days", "2026-01-01"),
        ("2025-11-01..2025-11-04", 3, "months", "2026-02-01..2026-02-04"),
        ("2025-10-10", 72, "hours", "2025-10-13"),
        ("2025-10-10", 36, "hours", "2025-10-11..2025-10-12"),
    ],
)
def test_time_is_counted_as_people_count_it(start: str, count: int, unit: str, end: str) -> None:
    assert after(moment(start), count, unit) == moment(end)


def test_a_term_is_reckoned_from_its_trigger(river: Agreement) -> None:
    (found,) = deadlines(river, date(2031, 3, 3))
    assert (found.provision, found.due, found.rule) == (
        "release",
        moment("2031-03-05 06:00 Europe/Berlin"),
        "72-hours-after-start",
    )
    assert (found.moved, found.waits_for, found.checked) == (0, None, True)


def test_a_term_waits_for_a_trigger_that_the_file_leaves_open(tmp_path: Path) -> None:
    data = deal()["provisions"]
    data[1]["due"] = {"words": {"en": "10 days after the handover"}, "after": "handover", "within": 10, "unit": "days"}
    found = made(tmp_path, provisions=data)
    (waiting,) = deadlines(found, date(2031, 4, 1))
    assert (waiting.due, waiting.waits_for, waiting.rule) == (None, "handover", "waits-for-its-trigger")
    (known,) = deadlines(found, date(2031, 4, 1), happened={"handover": moment("2031-03-20")})
    assert known.due == moment("2031-03-30")


def test_what_the_file_says_goes_before_what_was_read(river: Agreement) -> None:
    (found,) = deadlines(river, date(2031, 4, 1), happened={"start": moment("2031-05-01")})
    assert found.due == moment("2031-03-05 06:00 Europe/Berlin")


def test_a_term_is_moved_from_the_day_that_was_agreed(tmp_path: Path) -> None:
    data = deal()["provisions"]
    data[1]["due"]["extensions"] = [
        {"agreed": "2031-03-04", "to": "2031-03-10", **FACT},
        {"agreed": "2031-03-09", "to": "2031-04-01", **FACT},
    ]
    found = made(tmp_path, provisions=data)
    got = {day: deadlines(found, date(2031, 3, day))[0] for day in (3, 4, 9)}
    assert [each.moved for each in got.values()] == [0, 1, 2]
    assert got[4].due == moment("2031-03-10") and got[9].due == moment("2031-04-01")
    assert got[9].first == moment("2031-03-05 06:00 Europe/Berlin") and got[9].rule == "72-hours-after-start+extended"


def test_deadlines_of_ours() -> None:
    gaza = {each.provision: each for each in deadlines(agreement("gaza-2025"), date(2026, 1, 12))}
    assert gaza["hostages"].due == moment("Mon 2025-10-13 12:00 Asia/Jerusalem")
    assert gaza["board-reports"].due == moment("2026-05-17")
    lebanon = agreement("lebanon-2024")
    before, later = (next(iter(deadlines(lebanon, day))) for day in (date(2025, 1, 20), date(2025, 2, 1)))
    assert before.due == moment("2025-01-26 04:00 Asia/Beirut") and before.moved == 0
    assert later.due == moment("2025-02-18") and later.moved == 1 and later.first == before.due
    thai = {each.provision: each for each in deadlines(agreement("thailand-cambodia-2025"), date(2026, 1, 12))}
    assert thai["soldiers"].due == moment("2025-12-30 12:00 Asia/Bangkok")
    sudan = deadlines(agreement("sudan-truce-proposals"), date(2026, 1, 12))
    assert {each.waits_for for each in sudan} == {"truce-begins", "ceasefire-begins"} and all(each.due is None for each in sudan)


def test_what_recurs_is_given_up_to_the_next() -> None:
    dues = [each.due for each in deadlines(agreement("gaza-2025"), date(2026, 12, 1)) if each.provision == "board-reports"]
    assert dues == [moment("2026-05-17"), moment("2026-11-17"), moment("2027-05-17")]


# --- what a claim speaks of

INSIDE = place("URY", -33.0, -57.0)
OUTSIDE = place("URY", -30.0, -57.0)
DAY = "2031-03-10"
SPEAKS: list[tuple[str, Claim, list[tuple[str, str]]]] = [
    ("an attack in the area", claim("ASSAULT", actors=(role("PRY"),), where=INSIDE, day=DAY), [("fire/attack", "against")]),
    ("the same by the other side", claim("ASSAULT", actors=(role("URY"),), where=INSIDE, day=DAY), [("fire/attack", "against")]),
    ("by an organ of a side", claim("ASSAULT", actors=(role("PRY.mil"),), where=INSIDE, day=DAY), [("fire/attack", "against")]),
    ("by an outsider", claim("ASSAULT", actors=(role("ISL"),), where=INSIDE, day=DAY), []),
    ("by nobody named", claim("ASSAULT", actors=(role(None),), where=INSIDE, day=DAY), []),
    ("outside the area", claim("ASSAULT", actors=(role("PRY"),), where=OUTSIDE, day=DAY), []),
    ("in another country", claim("ASSAULT", actors=(role("PRY"),), where=place("ISL", 64.0, -21.0), day=DAY), []),
    (
        "no place, the other side hit",
        claim("ASSAULT", actors=(role("PRY"),), recipients=(role("URY"),), day=DAY),
        [("fire/attack", "against")],
    ),
    (
        "no place, the other side tells it",
        claim("VIOLATION", actors=(role("PRY"),), voice="URY.mfa", day=DAY),
        [("fire/attack", "against")],
    ),
    ("no place, nobody opposite", claim("ASSAULT", actors=(role("PRY"),), day=DAY), []),
    (
        "no place, the area named",
        claim("ASSAULT", "shelling in Riverlands", actors=(role("PRY"),), day=DAY),
        [("fire/attack", "against")],
    ),
    ("the country alone decides nothing", claim("ASSAULT", actors=(role("PRY"),), where=place("URY"), day=DAY), []),
    (
        "the country and a name",
        claim("ASSAULT", "riverland shelled", actors=(role("PRY"),), where=place("URY"), day=DAY),
        [("fire/attack", "against")],
    ),
    ("after it ended", claim("ASSAULT", actors=(role("PRY"),), where=INSIDE, day="2031-08-01"), []),
    ("before it began", claim("ASSAULT", actors=(role("PRY"),), where=INSIDE, day="2031-03-01"), []),
    (
        "a sum that begins before is none of the truce",
        claim("ASSAULT", actors=(role("PRY"),), where=INSIDE, when=When("2031-02-20", "2031-04-20", "day", "stated", "x")),
        [],
    ),
    (
        "some time in the month in which it began",
        claim("ASSAULT", actors=(role("PRY"),), where=INSIDE, when=When("2031-03-01", "2031-03-31", "month", "stated", "x")),
        [("fire/attack", "against")],
    ),
    (
        "a sum since it began, still running when it ended",
        claim("ASSAULT", actors=(role("PRY"),), where=INSIDE, when=When("2031-03-02", "2031-08-20", "day", "stated", "x")),
        [("fire/attack", "against")],
    ),
    ("without a day", claim("ASSAULT", actors=(role("PRY"),), where=INSIDE), [("fire/attack", "against")]),
    (
        "denied is a mention",
        claim("ASSAULT", status="denied", actors=(role("PRY"),), where=INSIDE, day=DAY),
        [("fire/attack", "mentions")],
    ),
    ("another event", claim("PROTEST", actors=(role("PRY"),), where=INSIDE, day=DAY), []),
    ("a halt, mode untold", claim("RETREAT", actors=(role("PRY"),), where=INSIDE, day=DAY), [("fire/halt", "for")]),
    ("a withdrawal is no halt", claim("RETREAT", mode="withdraw", actors=(role("PRY"),), where=INSIDE, day=DAY), []),
    ("prisoners, English", claim("RETREAT", "thirty prisoners were freed", mode="release", day=DAY), [("release/freed", "for")]),
    (
        "prisoners, Arabic with an article",
        claim("RETREAT", "إطلاق سراح الأَسرى", mode="release", day=DAY),
        [("release/freed", "for")],
    ),
    ("imprisoners is another word", claim("RETREAT", "imprisoners left", mode="release", day=DAY), []),
    (
        "words in the object",
        claim("RETREAT", "they were freed", mode="release", thing="the prisoners", day=DAY),
        [("release/freed", "for")],
    ),
    (
        "a release that is planned",
        claim("RETREAT", "prisoners to be freed", status="planned", mode="release", day=DAY),
        [("release/freed", "mentions")],
    ),
    (
        "a possible delay weighs as its signal says",
        claim("DELAY", status="possible", actors=(role("URY"),), day=DAY),
        [("release/late", "against")],
    ),
    ("a planned one does not", claim("DELAY", status="planned", actors=(role("URY"),), day=DAY), [("release/late", "mentions")]),
    (
        "a body by its id",
        claim("CONSULT", participants=(role("asean-observer-team"),), day=DAY),
        [("asean-observer-team/named", "mentions")],
    ),
    ("a body by its name", claim("CONSULT", "the River Watch met", day=DAY), [("asean-observer-team/called", "mentions")]),
    (
        "a vote by body and day",
        claim("VOTE", actors=(role("un-security-council"),), day="2031-03-01"),
        [("vote/same-body-and-day", "mentions")],
    ),
    ("a vote of another day", claim("VOTE", actors=(role("un-security-council"),), day="2031-03-02"), []),
    ("long before anything", claim("RETREAT", "prisoners were freed", mode="release", day="2030-01-01"), []),
]


@pytest.mark.parametrize(("said", "wanted"), [(said, wanted) for _, said, wanted in SPEAKS], ids=[name for name, _, _ in SPEAKS])
def test_what_a_claim_speaks_of(river: Agreement, said: Claim, wanted: list[tuple[str, str]]) -> None:
    assert [(each.rule, each.says) for each in about(river, said)] == wanted


def test_a_person_speaks_for_a_party_where_that_is_known(river: Agreement) -> None:
    said = claim("VIOLATION", actors=(role("PRY"),), voice="somebody", day=DAY)
    assert about(river, said) == ()
    assert [each.rule for each in about(river, said, acts_for={"somebody": frozenset({"URY.gov"})})] == ["fire/attack"]


def test_who_has_a_seat_in_a_body_does_not_speak_for_it() -> None:
    said = claim("AGREE", participants=(role("donald-trump"), role("USA")), day="2026-02-01")
    assert about(agreement("gaza-2025"), said, acts_for=acts_for()) == ()


@pytest.mark.parametrize(
    ("printed", "rules"), [("2031-02-20", []), ("2031-03-01", []), ("2031-03-10", ["fire/attack"]), ("2031-08-01", [])]
)
def test_the_day_of_printing_stands_for_an_untold_day(river: Agreement, printed: str, rules: list[str]) -> None:
    said = claim("ASSAULT", actors=(role("PRY"),), where=INSIDE)
    assert [each.rule for each in about(river, said, published=date.fromisoformat(printed))] == rules


def test_what_was_printed_before_the_agreement_does_not_speak_of_it(river: Agreement) -> None:
    said = claim("RETREAT", "prisoners to be freed", status="planned", mode="release", day="2031-04-01")
    assert about(river, said) and about(river, said, published=date(2031, 2, 27)) == ()


def test_a_day_from_which_some_source_counts_is_during() -> None:
    gaza = agreement("gaza-2025")
    for start, rules in (("2025-10-09", ["ceasefire/toll"]), ("2025-10-11", ["ceasefire/toll"]), ("2023-10-07", [])):
        when = When(start, "2026-01-12", "day", "stated", "x")
        said = claim("CASUALTIES", actors=(role("ISR.mil"),), where=GAZA, when=when, figure="killed")
        assert [each.rule for each in about(gaza, said)] == rules


def test_the_article_may_name_the_area(river: Agreement) -> None:
    said = claim("ASSAULT", actors=(role("PRY"),), day=DAY)
    assert [each.rule for each in about(river, said, text="News from the Riverland\nIt was shelled.")] == ["fire/attack"]
    assert about(river, said, text="News from elsewhere") == ()


def test_only_what_speaks_for_a_duty_reaches_a_state(river: Agreement) -> None:
    (freed,) = about(river, claim("RETREAT", "prisoners were freed", mode="release", day=DAY))
    (planned,) = about(river, claim("RETREAT", "prisoners", status="planned", mode="release", day=DAY))
    assert (freed.reaches, planned.reaches) == ("full", None)


@pytest.mark.parametrize(
    ("term", "text", "hit"),
    [
        ("truce", "the truce holds", True),
        ("truce", "truces hold", False),
        ("truce*", "Truces hold", True),
        ("*هدنة", "بالهُدنة", True),
        ("هدنة", "بالهدنة", False),
        ("yellow line", "the yellow-line", True),
        ("yellow line", "yellow and a line", False),
        ("1701", "resolution 1701", True),
        ("1701", "17012", False),
    ],
)
def test_words_are_whole_but_where_a_star_opens_them(term: str, text: str, hit: bool) -> None:
    assert stands((("en", (term,)),), fold_text(text)) is hit


EVERYDAY = (
    "The company said on Monday that paid staff embodies its financial report within higher current levels; the weather remains "
    "dry and the national team prepares for the next match in the capital, officials of the chamber of trade added.",
    "قالت الشركة اليوم الإثنين إن إدارتها المالية الحالية تضم موظفين ضمن مستويات عالية، وانضم المنتخب الوطني إلى معسكره التالي "
    "في العاصمة، فيما أضافت غرفة التجارة أن الطقس معتدل وأن الأسعار في الأسواق العالمية مستقرة والقطاع الزراعي ينمو.",
)


@pytest.mark.parametrize("sentence", EVERYDAY)
def test_words_of_signals_are_no_everyday_words(sentence: str) -> None:
    allowed = {("gaza-2025", "board-reports"), ("lebanon-2024", "withdrawal")}  # words that weigh only beside their parties
    hits = {(found.id, "area") for found in agreements() if stands(found.area.words, fold_text(sentence))}
    hits |= {
        (found.id, row.id)
        for found in agreements()
        for row in found.provisions
        for signal in row.signals
        if stands(signal.words, fold_text(sentence))
    }
    assert sorted(hits - allowed) == []


GAZA = place("PSE", 31.5, 34.46)
WEST_BANK = place("PSE", 32.2, 35.25)
OURS: list[tuple[str, str, Claim, dict[str, str]]] = [
    (
        "gaza-2025",
        "breaches told by the other side",
        claim("VIOLATION", actors=(role("ISR.mil"),), voice="ghazi-hamad", figure="violations", day="2026-01-12"),
        {"ceasefire": "against"},
    ),
    (
        "gaza-2025",
        "breaches told by the one side",
        claim("VIOLATION", actors=(role("hamas"),), voice="ISR.mil", day="2026-01-12"),
        {"ceasefire": "against"},
    ),
    (
        "gaza-2025",
        "a strike in the Strip",
        claim("ASSAULT", mode="aerial", actors=(role("ISR.mil"),), where=GAZA, day="2025-12-01"),
        {"ceasefire": "against"},
    ),
    (
        "gaza-2025",
        "a raid in the West Bank",
        claim("ASSAULT", mode="firearms", actors=(role("ISR.mil"),), where=WEST_BANK, day="2025-12-01"),
        {},
    ),
    (
        "gaza-2025",
        "a strike in Lebanon",
        claim("ASSAULT", mode="aerial", actors=(role("ISR.mil"),), where=place("LBN", 33.3, 35.4), day="2025-12-01"),
        {},
    ),
    (
        "gaza-2025",
        "a strike of the war before",
        claim("ASSAULT", mode="aerial", actors=(role("ISR.mil"),), where=GAZA, day="2025-06-01"),
        {},
    ),
    (
        "gaza-2025",
        "living hostages",
        claim("RETREAT", "all living hostages were released", mode="release", actors=(role("hamas"),), day="2025-10-13"),
        {"hostages": "for"},
    ),
    (
        "gaza-2025",
        "remains",
        claim("RETREAT", "handed over the remains of a hostage", mode="return", actors=(role("hamas"),), day="2025-11-01"),
        {"remains-of-hostages": "for"},
    ),
    (
        "gaza-2025",
        "prisoners",
        claim("RETREAT", "freed 250 prisoners", mode="release", actors=(role("ISR"),), figure="released", day="2025-10-13"),
        {"prisoners": "for"},
    ),
    (
        "gaza-2025",
        "trucks in Arabic",
        claim("AID", "دخول 300 شاحنة مساعدات إلى غزة", figure="trucks", day="2025-12-01"),
        {"aid": "for"},
    ),
    (
        "gaza-2025",
        "trucks to Sudan",
        claim("AID", "300 trucks of aid", figure="trucks", where=place("SDN", 15.5, 32.5), day="2025-12-01"),
        {},
    ),
    (
        "gaza-2025",
        "the second phase stalls",
        claim("DELAY", "تنفيذ المرحلة الثانية من الخطة يتأخر", status="ongoing"),
        {"second-phase": "against"},
    ),
    (
        "gaza-2025",
        "a meeting on the second phase",
        claim(
            "CONSULT", "meeting to prepare phase two", mode="online", participants=(role("USA"), role("TUR")), day="2026-01-12"
        ),
        {"second-phase": "for"},
    ),
    (
        "gaza-2025",
        "the resolution",
        claim("VOTE", actors=(role("un-security-council"),), when=When("2025-11-11", "2025-11-20", "week", "stated", "x")),
        {"vote-2803": "mentions"},
    ),
    (
        "gaza-2025",
        "two mediators on another war",
        claim("CONSULT", "talks on Ukraine", participants=(role("USA"), role("RUS")), day="2026-01-12"),
        {},
    ),
    (
        "sudan-truce-proposals",
        "one side accepts",
        claim("AGREE", "قبولها الدخول في هدنة إنسانية", mode="accept", actors=(role("rsf"),), day="2025-11-06"),
        {"truce-three-months": "mentions"},
    ),
    (
        "sudan-truce-proposals",
        "the other refuses",
        claim("REJECT", "refused the truce", actors=(role("SDN.mil"),), day="2025-11-25"),
        {"truce-three-months": "against"},
    ),
    (
        "lebanon-2024",
        "a strike in Lebanon",
        claim("ASSAULT", actors=(role("ISR.mil"),), where=place("LBN", 33.3, 35.4), day="2025-03-01"),
        {"ceasefire": "against"},
    ),
    (
        "lebanon-2024",
        "rockets from Lebanon",
        claim("ASSAULT", actors=(role("hezbollah"),), where=place("ISR", 33.0, 35.3), day="2025-03-01"),
        {"ceasefire": "against"},
    ),
    ("lebanon-2024", "a strike in Gaza", claim("ASSAULT", actors=(role("ISR.mil"),), where=GAZA, day="2025-03-01"), {}),
    (
        "thailand-cambodia-2025",
        "the soldiers return",
        claim("RETREAT", "returned 18 soldiers", mode="release", actors=(role("THA"),), day="2025-12-31"),
        {"soldiers": "for"},
    ),
    (
        "thailand-cambodia-2025",
        "troops move",
        claim("MOBILIZE", mode="troops", actors=(role("KHM.mil"),), where=place("KHM", 14.0, 104.0), day="2026-01-05"),
        {"no-movement": "against"},
    ),
    (
        "drc-m23-doha",
        "an attack",
        claim("ASSAULT", actors=(role("m23"),), where=place("COD", -3.4, 29.14), day="2025-12-09"),
        {"ceasefire": "against"},
    ),
    (
        "drc-m23-doha",
        "the other's attack",
        claim("ASSAULT", actors=(role("COD.mil"),), where=place("COD", -3.4, 29.14), day="2025-12-09"),
        {"ceasefire": "against"},
    ),
]


@pytest.mark.parametrize(
    ("name", "said", "wanted"), [(n, s, w) for n, _, s, w in OURS], ids=[f"{n}: {what}" for n, what, _, _ in OURS]
)
def test_what_claims_say_of_ours(name: str, said: Claim, wanted: dict[str, str]) -> None:
    assert {each.id: each.says for each in about(agreement(name), said, acts_for=acts_for())} == wanted
