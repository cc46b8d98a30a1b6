"""The hand-made cases of eval/cases: their own form, how an answer is compared, and the floors of what is reached."""

import json
from collections import Counter

import pytest

from tools import cases
from tools.floors import below
from trucewatch.model.codes import MODES

LANGUAGES = ("ar", "en")
ALL = cases.cases()


def of(language: str) -> list[cases.Case]:
    return [case for case in ALL if case.language == language]


def made(text: str, **want: object) -> dict[str, bool]:
    """Field -> right, for one wanted claim of an English text."""
    case = cases.Case("en", 1, text, "2026-03-10", (want,), ("the ", "a "))
    assert not cases.faults(case)
    return {answer.field: answer.right for answer in cases.answers(case)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_cases_and_none_twice(language: str) -> None:
    texts = [case.text for case in of(language)]
    assert len(texts) >= 150
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mode_has_a_case_in_each_half(language: str) -> None:
    told = Counter((case.half, want["event"], want["mode"]) for case in of(language) for want in case.expect if "mode" in want)
    missing = [
        (half, event, mode)
        for half in ("odd", "even")
        for event, modes in MODES.items()
        for mode in modes
        if not told[half, event, mode]
    ]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_field_has_twenty_cases(language: str) -> None:
    told = Counter(field for case in of(language) for want in case.expect for field in set(cases.asked(want)))
    assert all(told[field] >= 20 for field in ("refers", "cause", "object", "speaker")), told
    assert told["period"] + told["scope"] >= 20


def test_cases_hold_what_they_ask_for() -> None:
    assert not [(case.language, case.number, fault) for case in ALL for fault in cases.faults(case)]


def test_an_answer_is_right_only_where_it_is_the_same() -> None:
    text = "The army withdrew from Sarin on Monday, the health ministry said."
    assert made(text, event="RETREAT", at="withdrew", mode="withdraw") == {"mode": True}
    assert made(text, event="RETREAT", at="withdrew", mode="release") == {"mode": False}
    assert made(text, event="ASSAULT", at="withdrew", mode=None) == {"mode": False}
    assert made(text, event="RETREAT", at="withdrew", speaker=["outlet", "organisation: the health ministry"]) == {
        "speaker": True
    }
    assert made(text, event="RETREAT", at="withdrew", speaker=["outlet", "organisation: ministry"]) == {"speaker": False}
    assert made(text, event="RETREAT", at="withdrew", cause=["health ministry"]) == {"cause": False}


def test_a_case_that_asks_for_words_not_there_is_told() -> None:
    case = cases.Case(
        "en", 1, "They met.", "2026-03-10", ({"event": "CONSULT", "at": "met", "mode": "walk", "refers": "deal"},), ()
    )
    assert cases.faults(case) == ["the text has no «deal»", "CONSULT has no mode walk"]


def test_floors_are_reached() -> None:
    """Slow for a test (all cases are coded), and the only place where the fields that the scorer does not see are held."""
    figures = cases.shares(cases.table([answer for case in ALL for answer in cases.answers(case)]))
    floors = json.loads(cases.FLOORS.read_text("utf-8"))
    assert set(floors) == set(figures) == {"odd", "even"}
    assert not [line for half, rows in floors.items() for line in below(rows, figures[half])]
