"""The public form: claims fit it, the door refuses what does not, and the JSON Schema says the same to other programs."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.made import arabic, english
from trucewatch.errors import ReadError
from trucewatch.publish.form import check, schema

CLAIMS = [json.loads(json.dumps(claim.public())) for _, claims in (arabic(), english()) for claim in claims]
Change = Callable[[dict[str, Any]], object]

WRONG: list[tuple[str, Change]] = [
    ("unknown key", lambda c: c.update(title="x")),
    ("missing key", lambda c: c.pop("status")),
    ("unknown event", lambda c: c.update(event="WAR")),
    ("mode of another event", lambda c: c.update(mode="drone")),
    ("unknown status", lambda c: c.update(status="true")),
    ("no voice", lambda c: c.update(speaker=[])),
    ("a voice without words that is no outlet", lambda c: c["speaker"].append({"kind": "person", "text": None, "party": None})),
    ("a party without words and without a rule", lambda c: c["actors"].append({"text": None, "party": "a"})),
    ("no evidence", lambda c: c.update(evidence=[])),
    ("a negative offset", lambda c: c["evidence"][0].update(start=-1)),
    ("an offset that is no whole number", lambda c: c["evidence"][0].update(start=1.5)),
    ("a day that is none", lambda c: c["when"].update(start="12 January")),
    ("an extra key within", lambda c: c["when"].update(zone="x")),
    (
        "an unknown count",
        lambda c: c["quantities"].append(
            {"of": "dead", "value": 1, "bound": "exact", "scope": "new", "period": None, "text": "x", "start": 0, "end": 1}
        ),
    ),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c["id"])
def test_claims_fit(claim: dict[str, Any]) -> None:
    check(claim, "claims.jsonl:1")


@pytest.mark.parametrize(("name", "change"), WRONG, ids=[name for name, _ in WRONG])
def test_the_door_refuses(name: str, change: Change) -> None:
    wrong = copy.deepcopy(CLAIMS[0])
    change(wrong)
    with pytest.raises(ReadError, match=r"^claims\.jsonl:7: .*trucewatch schema claim"):
        check(wrong, "claims.jsonl:7")


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ReadError, match="f:1: the claim: "):
        check([], "f:1")  # type: ignore[arg-type]


def test_the_schema_says_the_same() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is in group full")
    form = schema()
    jsonschema.Draft202012Validator.check_schema(form)
    judge = jsonschema.Draft202012Validator(form)
    assert [list(judge.iter_errors(claim)) for claim in CLAIMS] == [[]] * len(CLAIMS)
    for name, change in WRONG:
        wrong = copy.deepcopy(CLAIMS[0])
        change(wrong)
        assert list(judge.iter_errors(wrong)), name
