"""The API holds what its description says, whatever it is asked: generated questions, good and bad."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.webs import NAME, NOW
from trucewatch import access, flow, monitor
from trucewatch.door.house import Settings
from trucewatch.door.known import known
from trucewatch.packs import find
from trucewatch.web import app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is a tool of group full")


@cache
def house() -> tuple[Any, str]:
    """An app on a monitor with two articles, and a token for all of it."""
    folder = Path(mkdtemp(prefix="truce-api-"))
    made = monitor.create(folder / NAME, agreement="gaza-2025", at=NOW)
    (folder / "some.jsonl").write_text("\n".join(find("samples/articles.jsonl").read_text("utf-8").splitlines()[:2]), "utf-8")
    for _ in flow.read_into(made, [folder / "some.jsonl"], actor="t", clock=lambda: NOW, on_problem=print):
        pass
    access.users.add(made.ledger, "robot", "coder", who="t", at=NOW)
    _, told = access.tokens.add(made.ledger, "robot", "test", ("read", "export", "submit", "judge"), who="t", at=NOW)
    shown = app({NAME: made}, clock=lambda: NOW, settings=Settings(hosts=("testserver", "localhost")), who=known)
    return shown, told


from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", house()[0])


@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
def test_answers_are_as_described(case: "schemathesis.Case") -> None:
    case.path_parameters["monitor"] = NAME
    if isinstance(case.body, dict):
        case.body.pop("fetch", None)  # no test goes out into the world
    # Of two days one comes first, and a place in a list is one that was given out: no description can say so.
    case.call_and_validate(excluded_checks=[positive_data_acceptance], headers={"Authorization": f"Bearer {house()[1]}"})
