"""The committed JSON Schemas are those of the models, and our own files and claims keep to them."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.expected import samples
from tools.schemas import FOLDER, stale, written
from trucewatch import flow
from trucewatch.agreements import acts_for, agreement
from trucewatch.model.grade import Grading
from trucewatch.model.tracker import Ruling
from trucewatch.packs import DATA
from trucewatch.packs.schema import MODELS
from trucewatch.packs.strict import read_yaml
from trucewatch.publish.agreement import as_data
from trucewatch.track import diff

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is in group full")
DEALS = ("gaza-2025", "thailand-cambodia-2025")
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
    assert set(written()) == {
        f"{name}.schema.json" for name in (*MODELS, "agreement", "claim", "monitor", "outlet", "style", "table", "tracker")
    }


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


@cache
def trackers(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """An agreement's tracker on three days of the samples, with a grade and a ruling; and what moved between them."""
    coded = samples()
    claims, articles = [claim for each in coded for claim in each.claims], {each.article.id: each.article for each in coded}
    grades = (Grading(claims[0].id, claims[0].reading, None, "B", "2", "ann", "seen"),)
    deal = agreement(name)
    ruling = Ruling(deal.provisions[0].id, "minimal", "2025-11-01", "ann", "seen", claims[0].id)
    known = flow.case_of(deal, claims, articles, (), (ruling,), grades, acts_for=acts_for())
    found = [flow.tracker(known, day) for day in (date(2025, 7, 1), date(2025, 12, 31), date(2026, 2, 28))]
    moved = diff(found[0], found[1]) + diff(found[1], found[2])
    return [json.loads(json.dumps(as_data(each))) for each in found], [as_data(each) for each in moved]


@pytest.mark.parametrize("name", DEALS)
def test_trackers_of_the_samples_keep_the_form(name: str) -> None:
    form, (found, moved) = validator("tracker"), trackers(name)
    assert [f"{list(error.path)}: {error.message}" for each in found for error in form.iter_errors(each)] == []
    filled = {key for each in found for key, value in each.items() if value}
    assert {
        "milestones",
        "provisions",
        "violations",
        "meetings",
        "bodies",
        "positions",
        "deadlines",
        "series",
        "grades",
    } <= filled
    change = form.evolve(schema=form.schema | {"$ref": "#/$defs/Change"})
    assert len(moved) > 20 and [error.message for each in moved for error in change.iter_errors(each)] == []
    assert not change.is_valid(moved[0] | {"mood": "good"})


def test_the_schema_of_a_tracker_refuses() -> None:
    form, good = validator("tracker"), trackers("gaza-2025")[0][2]
    state, position, meeting = good["provisions"][0], good["positions"][0], good["meetings"][0]
    for key, wrong in (
        ("standing", "on"),
        ("as_of", "soon"),
        ("mood", None),
        ("provisions", [state | {"state": "done"}]),
        ("provisions", [{**state, "evidence": [state["evidence"][0] | {"grade": "G9"}]}]),
        ("positions", [position | {"stance": "likes"}]),
        ("meetings", [{name: value for name, value in meeting.items() if name != "sources"}]),
        ("grades", [good["grades"][0] | {"credibility": "7"}]),
    ):
        assert not form.is_valid(good | {key: wrong}), (key, wrong)
    assert form.is_valid(good)


def test_the_schema_of_rules_refuses() -> None:
    form = validator("rules")
    rule = {"rule": "a", "make": "skip", "pattern": "b", "examples": ["b"], "not": ["c"]}
    assert form.is_valid([rule])
    for key in rule:
        assert not form.is_valid([{name: value for name, value in rule.items() if name != key}])
    assert not form.is_valid([rule | {"not": []}]) and not form.is_valid([rule | {"exmaples": []}])
