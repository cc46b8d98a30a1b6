"""Sentences with the claims they must give (tests/cases/claims): every case holds as it stands, none may be lost."""

from pathlib import Path
from typing import Any

import pytest

from tests.expected import failures, sentence, shown
from trucewatch.packs.strict import read_yaml

CASES = Path(__file__).parent / "cases" / "claims"
ALL = [(path.stem, case) for path in sorted(CASES.glob("*.yaml")) for case in read_yaml(path)]


@pytest.mark.parametrize(("language", "case"), ALL, ids=[f"{language}-{number}" for number, (language, _) in enumerate(ALL)])
def test_sentence_gives_its_claims(language: str, case: dict[str, Any]) -> None:
    """Each wanted claim is met by a claim of its event; a case that wants none gives none."""
    claims = sentence(case["text"], language, case["published"])
    if not case["expect"]:
        assert not claims, [shown(claim) for claim in claims]
    for want in case["expect"]:
        wrong = [failures(want, claim) for claim in claims if claim.event == want["event"]]
        assert wrong and min(wrong, key=len) == [], f"{case['text']}\n  wants {want}\n  wrong {wrong}\n  has {[shown(c) for c in claims]}"
