"""The committed JSON Schemas are those of the models, and our own files and claims keep to them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.expected import samples
from tools.schemas import FOLDER, stale, written
from trucewatch.packs import DATA
from trucewatch.packs.schema import MODELS
from trucewatch.packs.strict import read_yaml

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is in group full")
FILES = (
    sorted(DATA.glob("languages/*/pack.yaml"))
    + sorted(DATA.glob("languages/*/grammar/*.yaml"))
    + sorted(DATA.glob("ontology/*.yaml"))
    + sorted(DATA.glob("agreements/[!_]*.yaml"))
    + sorted(DATA.glob("outlets/*.yaml"))
)


def validator(name: str) -> Any:
    form = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(form)
    return jsonschema.Draft202012Validator(form)


def test_the_committed_schemas_are_those_of_the_models() -> None:
    assert stale() == [], "run python tools/schemas.py"
    assert set(written()) == {f"{name}.schema.json" for name in (*MODELS, "agreement", "claim", "monitor", "outlet")}


def test_claims_of_the_samples_keep_the_form() -> None:
    form = validator("claim")
    claims = [claim.public() for entry in samples() for claim in entry.claims]
    faults = [f"{claim['id']}: {error.message}" for claim in claims for error in form.iter_errors(claim)]
    assert len(claims) > 100 and faults == []


def test_the_schema_of_a_claim_refuses() -> None:
    form = validator("claim")
    good = samples()[0].claims[0].public()
    assert form.is_valid(good)
    for wrong in (
        {"event": "ATTACK"},
        {"mode": "by-night"},
        {"status": "done"},
        {"speaker": []},
        {"evidence": []},
        {"mood": None},
    ):
        assert not form.is_valid(good | wrong), wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_a_data_file_keeps_its_form(path: Path) -> None:
    name = {"grammar": "rules", "agreements": "agreement", "outlets": "outlet"}.get(path.parent.name, path.stem)
    assert [f"{list(error.path)}: {error.message}" for error in validator(name).iter_errors(read_yaml(path))] == []


def test_the_schema_of_rules_refuses() -> None:
    form = validator("rules")
    rule = {"rule": "a", "make": "skip", "pattern": "b", "examples": ["b"], "not": ["c"]}
    assert form.is_valid([rule])
    for key in rule:
        assert not form.is_valid([{name: value for name, value in rule.items() if name != key}])
    assert not form.is_valid([rule | {"not": []}]) and not form.is_valid([rule | {"exmaples": []}])
