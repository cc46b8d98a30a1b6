"""Sentences with the claims they must give (tests/cases/claims): every case holds as it stands, none may be lost."""

from pathlib import Path
from typing import Any

import pytest

from tests.expected import failures, sentence, shown
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


@pytest.mark.parametrize(("language", "case"), ALL, ids=[f"{language}-{number}" for number, (language, _) in enumerate(ALL)])
def test_sentence_gives_its_claims(language: str, case: dict[str, Any]) -> None:
    """Each wanted claim is met by a claim of its event; a case that wants none gives none."""
    day = case.get("published")
    claims = sentence(case["text"], language, str(day) if day else None)
    if not case["expect"]:
        assert not claims, [shown(claim) for claim in claims]
    for want in map(spelt, case["expect"]):
        wrong = [failures(want, claim) for claim in claims if claim.event == want["event"]]
        have = [shown(claim) for claim in claims]
        assert wrong and min(wrong, key=len) == [], f"{case['text']}\n  wants {want}\n  wrong {wrong}\n  has {have}"
