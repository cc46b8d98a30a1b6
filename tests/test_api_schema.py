"""The API holds what its description says, whatever it is asked: generated questions, good and bad."""

import pytest
from hypothesis import HealthCheck, settings

from tests.webs import NAME, client

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is a tool of group full")
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client().app)


@schema.include(method="GET").parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
def test_answers_are_as_described(case: "schemathesis.Case") -> None:
    case.path_parameters["monitor"] = NAME
    case.call_and_validate(excluded_checks=[])
