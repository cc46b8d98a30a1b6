"""Sentences with the claims that the rules must give (tests/cases/claims): every case holds as it stands, none may be lost. The
judge, which weighs what the rules give, must keep nearly all of them right."""

from pathlib import Path
from typing import Any

import pytest

from tests.expected import failures, holds, sentence, shown
from trucewatch.model import Claim
from trucewatch.packs import load
from trucewatch.packs.strict import read_yaml

CASES = Path(__file__).parent / "cases" / "claims"
ALL = [(path.stem, case) for path in sorted(CASES.glob("*.yaml")) for case in read_yaml(path)]


def spelt(want: dict[str, Any]) -> dict[str, Any]:
    """A want in full: short forms `[2025-01-19, 2025-01-20]` of a time and `killed 13 at_least` of a figure spelt out."""
    out = dict(want)
    if isinstance(out.get("when"), list):
        out["when"] = dict(zip(("start", "end"), (str(day) if day else None for day in out["when"]), strict=True))
    if out.get("quantities") and isinstance(out["quantities"][0], str):
        words = [figure if figure.split()[-1].replace("_", "").isalpha() else f"{figure} exact" for figure in out["quantities"]]
        parts = [figure.rsplit(" ", 2) for figure in words]
        out["quantities"] = [{"of": of, "value": float(value), "bound": bound} for of, value, bound in parts]
    return out


def told(language: str, case: dict[str, Any], *, judged: bool) -> tuple[Claim, ...]:
    day = case.get("published")
    return sentence(case["text"], language, str(day) if day else None, judged=judged)


def right(claims: tuple[Claim, ...], case: dict[str, Any]) -> bool:
    wants = [spelt(want) for want in case["expect"]]
    met = all(any(c.event == want["event"] and not failures(want, c) for c in claims) for want in wants)
    return met if wants else not claims


@pytest.mark.parametrize("language", sorted({language for language, _ in ALL if load(language).weights}))
def test_the_judge_keeps_what_the_rules_have_right(language: str) -> None:
    cases = [case for code, case in ALL if code == language]
    lost = [case["text"] for case in cases if not right(told(language, case, judged=True), case)]
    assert len(lost) <= 0.1 * len(cases), "\n".join(lost)


@pytest.mark.parametrize(("language", "case"), ALL, ids=[f"{language}-{number}" for number, (language, _) in enumerate(ALL)])
def test_sentence_gives_its_claims(language: str, case: dict[str, Any]) -> None:
    """Each wanted claim is met by a claim of its event; a case that wants none gives none."""
    claims = told(language, case, judged=False)
    if not case["expect"]:
        assert not claims, [shown(claim) for claim in claims]
    for want in map(spelt, case["expect"]):
        wrong = [failures(want, claim) for claim in claims if claim.event == want["event"]]
        have = [shown(claim) for claim in claims]
        assert wrong and min(wrong, key=len) == [], f"{case['text']}\n  wants {want}\n  wrong {wrong}\n  has {have}"
        met = [claim for claim in claims if claim.event == want["event"] and not failures(want, claim)]
        much = [slot for slot, value in want.get("must_not", {}).items() if any(holds(slot, value, claim) for claim in met)]
        assert not much, f"{case['text']}\n  must not have {want['must_not']}\n  has {have}"
