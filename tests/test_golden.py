"""Whole articles against what is expected of them; the same input gives the same bytes; every quoted word stands in the text."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.expected import SAMPLES, best, failures, golden, holds, samples, shown
from trucewatch.flow import Coded
from trucewatch.model import Claim
from trucewatch.packs import languages

GOLDEN = {name: golden(name) for name in ("seed", "seed-en")}
ROWS = [(name, number, row) for name, data in GOLDEN.items() for number, row in enumerate(data["rows"])]
TRAPS = [(name, number, trap) for name, data in GOLDEN.items() for number, trap in enumerate(data["traps"])]


def coded(name: str) -> Coded:
    return next(entry for entry in samples() if entry.article.id == GOLDEN[name]["article"])


def of_event(name: str, event: str) -> list[Claim]:
    return [claim for claim in coded(name).claims if claim.event == event]


def ids(rows: list[tuple[str, int, dict[str, Any]]]) -> list[str]:
    return [f"{name}-{number + 1}-{entry.get('event', '')}{entry.get('trap', '')}" for name, number, entry in rows]


# --- two articles, row by row


@pytest.mark.parametrize(("name", "number", "row"), ROWS, ids=ids(ROWS))
def test_a_row_is_met(name: str, number: int, row: dict[str, Any]) -> None:
    claim = best(row, coded(name).claims)
    rest = "\n".join(shown(other) for other in of_event(name, row["event"]))
    assert claim is not None, f"row {row['row']}: no claim of {row['event']} for «{row['quote']}»"
    wrong = failures(row, claim)
    wanted = "\n".join(f"    {slot}: {row[slot]}" for slot in wrong)
    assert not wrong, (
        f"row {row['row']} «{row['quote']}» wants\n{wanted}\nbut has\n{shown(claim, wrong)}\nall of its event:\n{rest}"
    )


@pytest.mark.parametrize(("name", "number", "row"), ROWS, ids=ids(ROWS))
def test_a_row_is_not_met_falsely(name: str, number: int, row: dict[str, Any]) -> None:
    text = coded(name).article.text
    start = text.index(row["quote"])
    told = [claim for claim in of_event(name, row["event"]) if _begins(claim, start, start + len(row["quote"]))]
    for wrong in row["must_not"]:
        held = [shown(claim) for claim in told if all(holds(slot, value, claim) for slot, value in wrong.items())]
        assert not held, f"row {row['row']} must not hold {wrong}\n" + "\n".join(held)


def _begins(claim: Claim, start: int, end: int) -> bool:
    return any(piece.role == "event" and start <= piece.start < end for piece in claim.evidence)


@pytest.mark.parametrize(("name", "number", "trap"), TRAPS, ids=ids(TRAPS))
def test_a_trap_is_passed_by(name: str, number: int, trap: dict[str, Any]) -> None:
    entry = coded(name)
    caught = list(_caught(entry, trap))
    assert not caught, f"{trap['trap']}\n" + "\n".join(caught)
    if "published" in trap:
        assert str(entry.article.published) == trap["published"]
        refused = {str(hint.value) for hint in entry.article.dates if hint.verdict == "refused"}
        assert str(entry.article.published) not in trap["not_published"] and set(trap["not_published"]) <= refused


def _caught(entry: Coded, trap: dict[str, Any]) -> Iterator[str]:
    text = entry.article.text
    places = [at for line in trap.get("no_evidence_in", ()) for at in _finds(text, line)]
    for claim in entry.claims:
        if "event" in trap and (claim.event, trap.get("mode", claim.mode)) != (trap["event"], claim.mode):
            continue
        voices = [voice.text or "" for voice in claim.speaker]
        figures = [{"of": figure.of, "value": figure.value} for figure in claim.quantities]
        evidence = [(piece.start, piece.end) for piece in claim.evidence]
        ends = claim.when.end if claim.when else None
        if (
            any(start < b and a < end for a, b in places for start, end in evidence)
            or any(word in voice for word in trap.get("no_speaker", ()) for voice in voices)
            or any(wrong in figures for wrong in trap.get("no_quantity", ()))
            or any(holds("where", place, claim) for place in trap.get("no_where", ()))
            or any(holds("when", when, claim) for when in trap.get("no_when", ()))
            or (claim.status == "occurred" and (ends or "") > trap.get("no_occurred_after", "9999"))
        ):
            yield shown(claim)


def _finds(text: str, line: str) -> Iterator[tuple[int, int]]:
    at = text.find(line)
    while at >= 0:
        if "\n" in text[max(0, at - 2) : at] or at == 0 or len(line) > 20:  # a short line only where it begins one
            yield at, at + len(line)
        at = text.find(line, at + 1)


# --- all samples


def test_the_same_input_gives_the_same_bytes() -> None:
    def run(seed: str) -> bytes:
        start = "from trucewatch.cli import main; main()"
        env = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", start, "code", str(SAMPLES)], capture_output=True, env=env, check=True)
        return done.stdout

    first, second = run("1"), run("4242")
    ours = [json.loads(line)["reading"] for line in first.splitlines()]
    assert first == second and len(ours) > 100
    assert ours == [claim.reading for entry in samples() for claim in entry.claims]


@pytest.mark.parametrize("number", range(30))
def test_every_span_quotes_the_text(number: int) -> None:
    entry = samples()[number]
    pieces = list(_pieces([claim.public() for claim in entry.claims]))
    assert entry.refusals == () and entry.article.language in languages()
    for words, start, end in pieces:
        assert entry.article.text[start:end] == words
    for claim in entry.claims:
        when = claim.when
        assert when is None or when.text is None or (when.at and entry.article.text[slice(*when.at)] == when.text)
        assert claim.article == entry.article.id and len({c.id for c in entry.claims}) == len(entry.claims)


def _pieces(data: Any) -> Iterator[tuple[str, int, int]]:
    """Every (words, start, end) of a claim, however deep."""
    if isinstance(data, list):
        for part in data:
            yield from _pieces(part)
    elif isinstance(data, dict):
        words = data.get("quote") or data.get("text")
        if words is not None and "end" in data and isinstance(data["start"], int):
            yield words, data["start"], data["end"]
        yield from _pieces(list(data.values()))


def test_the_samples_hold_claims_in_both_languages() -> None:
    counts = {language: sum(len(e.claims) for e in samples() if e.article.language == language) for language in ("ar", "en")}
    assert len(samples()) >= 30 and all(count > 50 for count in counts.values()), counts
