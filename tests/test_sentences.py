"""Sentences with the claims they should give: the share of right slots, which may rise but not fall (tests/cases/sentences)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.expected import failures, sentence, shown, slots
from trucewatch.model import Claim
from trucewatch.packs.strict import read_yaml

CASES = Path(__file__).parent / "cases" / "sentences"
# Share of right slots, of events found, and of claimless sentences left without a claim: a little below what was measured last.
FLOORS = {"ar": (0.73, 0.72, 0.5), "en": (0.89, 0.92, 0.2)}


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `all` slots, `found` of `events`, `quiet` of `claimless` sentences; `misses` in words."""

    right: int
    all: int
    found: int
    events: int
    quiet: int
    claimless: int
    misses: tuple[str, ...]

    @property
    def parts(self) -> tuple[float, float, float]:
        return self.right / self.all, self.found / self.events, self.quiet / self.claimless


def pairs(wanted: Sequence[Mapping[str, Any]], claims: Sequence[Claim]) -> dict[int, Claim]:
    """Wanted claim -> the claim of its event that answers it; each answers once, the best pairs first."""
    ranked = sorted(
        (len(failures(want, claim)), i, j)
        for i, want in enumerate(wanted)
        for j, claim in enumerate(claims)
        if claim.event == want["event"]
    )
    found: dict[int, Claim] = {}
    used: set[int] = set()
    for _, i, j in ranked:
        if i not in found and j not in used:
            found[i] = claims[j]
            used.add(j)
    return found


@cache
def measured(language: str) -> Share:
    right = all_ = found = events = quiet = claimless = 0
    misses: list[str] = []
    for case in read_yaml(CASES / f"{language}.yaml"):
        claims = sentence(case["text"], language, case["published"])
        if not case["expect"]:
            claimless += 1
            quiet += not claims
            misses += [f"{case['text']}\n  false: {shown(claim)}" for claim in claims]
            continue
        answers = pairs(case["expect"], claims)
        for number, want in enumerate(case["expect"]):
            asked = [slot for slot in slots(want) if slot != "event"]
            wrong = failures(want, answers[number]) if number in answers else ["event", *asked]
            events, found = events + 1, found + (number in answers)
            all_, right = all_ + len(asked), right + len(asked) - len(set(wrong) & set(asked))
            if wrong:
                got = shown(answers[number], wrong) if number in answers else "no claim"
                misses.append(f"{case['text']}\n  wants {want['event']} { {slot: want[slot] for slot in wrong} }\n  has {got}")
    return Share(right, all_, found, events, quiet, claimless, tuple(misses))


@pytest.mark.parametrize("language", FLOORS)
def test_the_share_of_right_slots_does_not_fall(language: str) -> None:
    share = measured(language)
    told = f"{language}: {share.right} of {share.all} slots, {share.found} of {share.events} events, "
    told += f"{share.quiet} of {share.claimless} claimless sentences quiet"
    print(told)
    assert all(value >= floor for value, floor in zip(share.parts, FLOORS[language], strict=True)), "\n".join(
        (told, *share.misses)
    )


def test_the_measure_counts_what_is_wrong() -> None:
    (claim,) = sentence("Israel shelled positions of Hamas on Monday.", "en", "2026-01-12")
    want = {"event": "ASSAULT", "status": "occurred", "speaker": None, "actors": ["Israel"], "participants": [], "where": None}
    assert failures(want, claim) == []
    wrong = {"event": "ASSAULT", "status": "denied", "speaker": "Hamas", "actors": ["Hamas"], "recipients": [], "where": "Gaza"}
    assert failures(wrong, claim) == ["status", "speaker", "actors", "recipients", "where"]
    assert pairs([wrong, want], [claim]) == {1: claim} and pairs([{"event": "VOTE"}], [claim]) == {}
