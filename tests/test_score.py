"""The scorer: rules shown on hand cases; the same figures as the reference scorer where that lies beside the repository."""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from trucewatch.errors import ScoreError
from trucewatch.score import Counts, Report, by_event, by_party, figures, group_intervals, intervals, reports, score
from trucewatch.score.agree import same_name, sentence_at
from trucewatch.score.items import items, right
from trucewatch.score.tally import ROWS

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "score" / "score.py"
GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "reports"
TEXT = "Party A shelled the town on Monday. Party B said 12 people were killed. Talks will resume."


def gold_claim(**changes: Any) -> dict[str, Any]:
    plain = {
        "event": "CASUALTIES",
        "status": "occurred",
        "actors": [],
        "recipients": ["people"],
        "participants": [],
        "speaker": "Party B",
        "when": None,
        "where": None,
        "quote": "12 people were killed",
        "quantities": [{"of": "killed", "value": 12, "bound": "exact", "period": None}],
    }
    return plain | changes


def coded_claim(start: int, end: int, **changes: Any) -> dict[str, Any]:
    evidence = [{"role": "event", "start": start, "end": end, "quote": TEXT[start:end]}]
    return gold_claim(**changes) | {"quote": None, "evidence": evidence}


def report(*claims: dict[str, Any], text: str = TEXT) -> Report:
    return Report(id="001", language="en", text=text, row={}, claims=claims)


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("Party A", "the party a", True),
        ("الجيش الإسرائيلي", "جيش اسرائيلي", True),
        ("وزارة الصحة", "والصحة", True),
        ("Gazze'nin", "Gazze", True),
        ("the northern army", "the southern army", False),
        ("", "Party A", False),
        ("one two three four five six seven eight nine", "one", False),
        ("one two three four five", "one two three six", False),
        ("one two three four", "one two three six", True),
    ],
)
def test_names_agree_by_their_words(a: str, b: str, agree: bool) -> None:
    assert same_name(a, b) is agree
    assert same_name(b, a) is agree


def test_each_item_answers_once() -> None:
    assert right("actors", ["A", "A"], ["A"]) == 1
    assert right("quantities", [("other:soldier", 2.0, "exact")], [("other:soldiers", 2.0, "exact")]) == 0
    assert right("quantities", [("other:dead soldier", 2.0, "exact")], [("other:soldier", 2.0, "exact")]) == 1
    assert right("quantities", [("killed", 2.0, "exact")], [("killed", 2.0, "about")]) == 0


def test_derived_values_and_outer_voices_are_not_compared() -> None:
    claim = gold_claim(
        speaker=[{"kind": "outlet", "text": None}, {"kind": "person", "text": "the envoy"}],
        actors=[{"text": "A", "party": "a"}, {"text": None, "party": "b", "derived": "rule"}],
        quantities=[{"of": "abstentions", "value": 2, "bound": "exact", "derived": "names counted"}],
    )
    assert items(claim)["speaker"] == ["the envoy"]
    assert items(claim)["actors"] == ["A"]
    assert items(claim)["quantities"] == []


def test_sentence_of_a_quote() -> None:
    assert sentence_at(TEXT, 40, 50) == (36, 72)
    assert sentence_at("  \n", 1, 2) == (1, 2)


def test_perfect_claims_score_one() -> None:
    result = score([report(gold_claim())], {"001": [coded_claim(49, 70)]})
    assert {row: figures(result.rows["*"][row])["f1"] for row in ("all", "event", "status", "speaker", "quantities")} == {
        "all": 1.0,
        "event": 1.0,
        "status": 1.0,
        "speaker": 1.0,
        "quantities": 1.0,
    }
    assert result.misses == () and result.false_alarms == 0


def test_evidence_in_another_sentence_does_not_match() -> None:
    result = score([report(gold_claim())], {"001": [coded_claim(0, 34)]})
    assert result.rows["*"]["event"] == Counts(0, 1, 1, 0)
    assert [miss.kind for miss in result.misses] == ["missed", "false"]


def test_evidence_is_clipped_to_its_first_sentence() -> None:
    assert score([report(gold_claim())], {"001": [coded_claim(0, 70)]}).rows["*"]["event"].hit == 0


def test_the_fuller_claim_is_taken_first() -> None:
    poor, rich = coded_claim(49, 70, quantities=[], speaker=None), coded_claim(49, 70)
    result = score([report(gold_claim())], {"001": [poor, rich]})
    assert result.rows["*"]["quantities"] == Counts(1, 0, 0, 1)
    assert result.rows["*"]["event"] == Counts(1, 1, 0, 1)


def test_claims_on_a_distractor_are_false_alarms() -> None:
    assert score([report()], {"001": [coded_claim(0, 34)]}).false_alarms == 1


def test_no_claims_give_zero_and_no_error() -> None:
    assert figures(score([report(gold_claim())], {}).rows["en"]["all"]) == {"p": 0.0, "r": 0.0, "f1": 0.0, "match": 0.0}


def test_intervals_are_repeatable_and_hold_the_figure() -> None:
    many = [report(gold_claim()) for _ in range(6)]
    coded = {"001": [coded_claim(49, 70)]}
    tallies = score(many[:3], coded).tallies + score(many[3:], {}).tallies
    first = intervals(tallies, draws=200)["all"]
    assert first == intervals(tallies, draws=200)["all"]
    assert first.low < figures(sum((t["all"] for t in tallies), Counts()))["f1"] < first.high


# --- by event and by party

IDS = {"Party A": "a", "Party B": "b", "the army of A": "a.mil", "people": None}


def resolve(words: str, language: str) -> str | None:
    return IDS.get(words)


def five(*claims: dict[str, Any], text: str = TEXT) -> list[Report]:
    """Five reports alike: from so many claims on a party has a row of its own."""
    return [Report(id=str(n), language="en", text=text, row={}, claims=claims) for n in range(5)]


def test_by_event_counts_found_missed_and_extra() -> None:
    wanted = [gold_claim(), gold_claim(event="ASSAULT", quote="shelled the town", quantities=[])]
    coded = {str(n): [coded_claim(49, 70, quantities=[]), coded_claim(0, 34, event="AID")] for n in range(5)}
    rows = by_event(five(*wanted), coded).rows
    assert rows["CASUALTIES"].claims == Counts(hit=5) and rows["ASSAULT"].claims == Counts(missed=5)
    assert rows["CASUALTIES"].parts == Counts(hit=15, within=20)  # status, recipients and speaker right, the figure not
    assert rows["(others)"].claims == Counts(extra=5)


def test_by_party_counts_claims_that_name_it_and_its_seats() -> None:
    wanted = gold_claim(actors=["the army of A"], recipients=["Party B", "people"], speaker="Party A")
    answer = coded_claim(
        49,
        70,
        actors=[{"text": "the army of A", "party": "a.mil"}],
        recipients=[{"text": "somebody", "party": None}],
        speaker=[{"kind": "outlet", "text": None, "party": None}, {"kind": "source", "text": "a source", "party": None}],
    )
    rows = by_party(five(wanted), {str(n): [answer] for n in range(5)}, resolve).rows
    assert set(rows) == {"a", "b"}
    assert rows["a"].claims == rows["b"].claims == Counts(hit=5)
    assert rows["a"].parts == Counts(hit=5, within=10)  # as actor, not as voice
    assert rows["b"].parts == Counts(hit=0, within=5)


def test_by_party_missed_and_extra_claims_are_told_of_the_party_they_name() -> None:
    wanted = gold_claim(actors=["Party A"], speaker=None)
    alarm = coded_claim(0, 34, actors=[{"text": "Party B", "party": "b"}], speaker=None)
    found = by_party(five(wanted), {str(n): [alarm] for n in range(5)}, resolve)
    assert found.rows["a"].claims == Counts(missed=5)
    assert found.rows["(others)"].claims == Counts(extra=5), "b stands in no label"


def test_an_equal_name_without_an_id_takes_its_seat() -> None:
    wanted = gold_claim(speaker="Party B")
    answer = coded_claim(49, 70, speaker=[{"kind": "source", "text": "party b", "party": None}])
    assert by_party(five(wanted), {str(n): [answer] for n in range(5)}, resolve).rows["b"].parts == Counts(hit=5, within=5)


def test_intervals_of_a_group_hold_its_figure() -> None:
    many = five(gold_claim()) + [Report(id="x", language="en", text=TEXT, row={}, claims=(gold_claim(),))]
    found = by_event(many, {str(n): [coded_claim(49, 70)] for n in range(3)})
    first = group_intervals(found, draws=200)["CASUALTIES"]["recall"]
    assert first == group_intervals(found, draws=200)["CASUALTIES"]["recall"]
    assert first.low < 0.5 < first.high


def write(folder: Path, name: str, **changes: Any) -> None:
    raw = {"id": name, "language": "en", "published": None, "text": TEXT, "claims": [gold_claim()]} | changes
    (folder / f"{name}.json").write_text(json.dumps(raw), "utf-8")


def test_a_half_never_opens_a_file_of_the_other(tmp_path: Path) -> None:
    write(tmp_path, "001")
    (tmp_path / "002.json").write_text("not json", "utf-8")
    assert [r.id for r in reports(tmp_path, half="practice")] == ["001"]
    with pytest.raises(ScoreError, match=r"002\.json: cannot be read"):
        reports(tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"claims": [gold_claim(quote="not there")]}, "quote of claim 1 does not occur"),
        ({"claims": [gold_claim(status="")]}, "claim 1 has no status"),
    ],
)
def test_bad_gold_names_the_place_and_the_mend(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    write(tmp_path, "001", **changes)
    with pytest.raises(ScoreError, match=message):
        reports(tmp_path)


def disturbed(reports_: tuple[Report, ...]) -> dict[str, list[dict[str, Any]]]:
    """The gold labels with losses, swaps and doubles: claims that are right in part."""
    dice, coded = random.Random(7), {}
    for entry in reports_:
        coded[entry.id] = claims = []
        for gold in entry.claims:
            if dice.random() < 0.2:
                continue
            claim: dict[str, Any] = copy.deepcopy(dict(gold))
            at = entry.text.find(claim.pop("quote")) + dice.choice([-60, -5, 0, 0, 5, 40])
            at = max(at, 0)
            pieces = [(at, at + dice.choice([10, 200]))] * dice.choice([1, 4])
            claim["evidence"] = [
                {"role": dice.choice(["event", "event", "voice"]), "start": a, "end": b, "quote": entry.text[a:b]}
                for a, b in pieces
            ]
            claim["status"] = dice.choice([claim["status"], claim["status"], "possible"])
            claim["speaker"] = [{"kind": "person", "text": claim["speaker"]}]
            claim["actors"] = [{"text": a, "derived": "rule" if dice.random() < 0.1 else None} for a in claim["actors"]]
            for quantity in claim["quantities"]:
                quantity["value"] += dice.choice([0, 0, 1])
            claims += [claim] * dice.choice([1, 1, 2])
    return coded


@pytest.mark.skipif(not (REFERENCE.exists() and GOLD.exists()), reason="the reference scorer lies outside of this repository")
def test_same_figures_as_the_reference_scorer(tmp_path: Path) -> None:
    practice = reports(GOLD, half="practice")
    coded = disturbed(practice)
    folder = tmp_path / "gold"
    folder.mkdir()
    for entry in practice:
        (folder / f"{entry.id}.json").write_text((GOLD / f"{entry.id}.json").read_text("utf-8"), "utf-8")
    lines = tmp_path / "claims.jsonl"
    lines.write_text("".join(json.dumps(c | {"article": key}) + "\n" for key, claims in coded.items() for c in claims), "utf-8")
    answer = subprocess.run([sys.executable, REFERENCE, folder, lines, "--json"], capture_output=True, text=True, check=True)
    ours = score(practice, coded)
    rounded = {
        name: {row: {key: round(value, 4) for key, value in figures(rows[row]).items()} for row in ROWS}
        for name, rows in ours.rows.items()
    }
    assert rounded == json.loads(answer.stdout)
    assert 0.3 < rounded["*"]["all"]["f1"] < 0.95
