"""Grades of tellings by the Admiralty code: F6 unless a person judged; nothing is confirmed by being told again."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run
from tests.test_tracker import OUTLET, attack, made, tracked, voice
from tests.test_tracking import home, provision, tracker  # noqa: F401
from trucewatch.model import Happening, Origin
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import Grade, Grading
from trucewatch.track import grade, gradings
from trucewatch.track.grades import independent

DAY = "2031-03-10"
FIRST, SECOND = attack(1, "2031-03-05", "PRY", "URY"), attack(2, "2031-03-06", "PRY", "URY", speaker=voice("ISL"))


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    return made(tmp_path_factory.mktemp("graded"))


def judged(code: str, claim: str = "c:001", reading: str = "r:1", who: str = "ann") -> Grading:
    return Grading(claim, reading, None, code[0], code[1], who, "seen")


def source(name: str, letter: str) -> Grading:
    return Grading("c:9", "r:9", name, letter, None, "ann", "known for years")


def shown(*made: Grading, voice: str = "URY", outlet: str = f"outlet:{OUTLET}") -> str:
    return grade(gradings(made), "c:001", "r:1", voice=voice, outlet=outlet).code


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ((), "F6"),
        ((judged("B2"),), "B2"),
        ((judged("B2"), judged("C3")), "C3"),  # the last word
        ((judged("B2", reading="r:2"),), "F6"),  # another reading of the claim
        ((judged("B2", claim="c:002"),), "F6"),
        ((source("URY", "B"),), "B6"),  # of a source the reliability only
        ((source(f"outlet:{OUTLET}", "B"),), "F6"),  # who prints it well is not who says it
        ((source("URY", "B"), source(f"outlet:{OUTLET}", "D")), "D6"),
        ((source("URY", "D"), source(f"outlet:{OUTLET}", "B")), "D6"),
        ((source("URY", "B"), source(f"outlet:{OUTLET}", "F")), "B6"),  # F is no judgement on it
        ((source("URY", "E"), judged("A1")), "A1"),
    ],
)
def test_the_grade_of_a_telling(made: Sequence[Grading], code: str) -> None:
    assert shown(*made) == code


def test_the_outlets_own_voice_has_the_outlets_grade() -> None:
    assert shown(source(f"outlet:{OUTLET}", "B"), voice=f"outlet:{OUTLET}") == "B6"


@pytest.mark.parametrize(
    ("tellings", "count"),
    [
        ([("o:1", None), ("o:1", None)], 1),  # copies
        ([("o:1", None), ("o:2", None)], 2),
        ([("o:1", "URY"), ("o:2", "URY")], 1),  # two voices of one side
        ([("o:1", "URY"), ("o:2", "PRY"), ("o:2", None)], 2),
        ([("o:1", "URY"), ("o:2", None), ("o:2", "URY")], 1),
    ],
)
def test_what_tells_independently(tellings: list[tuple[str, str | None]], count: int) -> None:
    assert independent(tellings) == count


def together(*origins: tuple[str, ...]) -> tuple[Happening, ...]:
    every = tuple(claim for row in origins for claim in row)
    rows = tuple(Origin(f"o:{row[0]}", "voice", row, row[0], None, 1, ()) for row in origins)
    articles = tuple(claim.replace("c:", "a:") for claim in every)
    return (Happening("h:1", "ASSAULT", ("occurred",), DAY, DAY, (), every, articles, rows, ()),)


def grades(found: Agreement, rows: list[Any], happenings: tuple[Happening, ...], *made: Grading) -> dict[str, Grade]:
    return {each.claim: each for each in tracked(found, rows, DAY, happenings=happenings, gradings=made).grades}


def test_a_reviewer_may_confirm_only_what_two_origins_tell(river: Agreement) -> None:
    copies, apart = together(("c:001", "c:002")), together(("c:001",), ("c:002",))
    assert grades(river, [FIRST, SECOND], copies) == {}
    found = grades(river, [FIRST, SECOND], apart)
    assert {(each.code, each.rule, each.origins, each.confirmable) for each in found.values()} == {("F6", "automatic", 2, True)}
    same_side = [FIRST, attack(2, "2031-03-06", "PRY", "URY")]
    assert grades(river, same_side, apart) == {}
    denial = (replace(SECOND[0], status="denied"), SECOND[1])
    assert grades(river, [FIRST, denial], apart) == {}
    given = grades(river, [FIRST, SECOND], copies, judged("B1"))
    assert [(each.code, each.origins, each.confirmable) for each in given.values()] == [("B1", 1, False)]


def test_the_evidence_bears_its_grade(river: Agreement) -> None:
    found = tracked(river, [FIRST, SECOND], DAY, gradings=(judged("B2"),))
    fire = next(row for row in found.provisions if row.provision == "fire")
    assert {proof.claim: proof.grade for proof in fire.evidence} == {"c:001": "B2", "c:002": "F6"}


def test_a_grade_from_the_command_line_to_the_report(home: Path) -> None:  # noqa: F811
    rows = provision(tracker(home, "--as-of", "2025-10-13"), "hostages")["evidence"]
    at, proof = next((at, row) for at, row in enumerate(rows) if row["says"] == "for")
    assert proof["grade"] == "F6"
    done = run("judge", "-m", home, proof["claim"], "grade", "B2", "--reason", "list of names <seen>", "--by", "ann")
    assert done.exit_code == 0, done.stderr
    wrong = run("judge", "-m", home, proof["claim"], "grade", "B9", "--reason", "x")
    assert wrong.exit_code == 2 and "no grade. Write a letter A to F and a digit 1 to 6, as B2" in wrong.stderr
    after = tracker(home, "--as-of", "2025-10-13")
    assert provision(after, "hostages")["evidence"][at]["grade"] == "B2"
    assert [(row["claim"], row["rule"], row["who"]) for row in after["grades"] if row["rule"] != "automatic"] == [
        (proof["claim"], "judged", "ann")
    ]
    lines = run("claims", "-m", home, "--json", "-n", "1000").stdout.splitlines()
    told = {row["id"]: row["ledger"]["grade"] for row in map(json.loads, lines)}
    assert told.pop(proof["claim"]) == {"code": "B2", "rule": "judged", "who": "ann", "reason": "list of names <seen>"}
    assert len(told) > 50 and {grade["code"] for grade in told.values()} == {"F6"}
    for language, word in (("en", "judged by ann: list of names"), ("ar", "ann: list of names")):
        text = run("track", "-m", home, "--as-of", "2025-10-13", "--lang", language).stdout
        assert f"[{proof['claim']} B2]" in text and word in text
        page = run("report", "-m", home, "--as-of", "2025-10-13", "--lang", language).stdout
        assert "B2 (" in page and "&lt;seen&gt;" in page and "F6" in page
