"""A running house for tests: a monitor with a few articles, and a browser without a screen."""

import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from trucewatch import flow, monitor
from trucewatch.model.actor import Actor
from trucewatch.packs import find

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would like another client, which nothing else needs
    from fastapi.testclient import TestClient

from trucewatch.door.house import Finder, Settings
from trucewatch.web import app

NOW = datetime(2026, 2, 28, 12, tzinfo=UTC)
NAME = "truce"
ADMIN = Actor("tester", ((NAME, "admin"),))


@cache
def filled() -> monitor.Monitor:
    """A monitor that has read the samples on one agreement; made once, so nobody may write into it."""
    folder = Path(mkdtemp(prefix="truce-web-")) / NAME
    made = monitor.create(folder, agreement="gaza-2025", at=NOW)
    rows = find("samples/articles.jsonl").read_text("utf-8").splitlines()
    chosen = folder.with_suffix(".jsonl")
    chosen.write_text("\n".join(row for row in rows if '"gaza-2026-01' in row), "utf-8")
    for _ in flow.read_into(made, [str(chosen)], actor="tester", clock=lambda: NOW, on_problem=_fail):
        pass
    return made


def _fail(problem: object) -> None:
    raise AssertionError(problem)


def client(
    *,
    actor: Actor | None = ADMIN,
    who: Finder | None = None,
    also: Sequence[Any] = (),
    made: monitor.Monitor | None = None,
    **settings: Any,
) -> TestClient:
    """A browser that this actor holds; None: nobody known; or whoever `who` finds. `made`: another monitor than the filled."""
    house = app(
        {NAME: made or filled()},
        clock=lambda: NOW,
        settings=Settings(**({"hosts": ("testserver",)} | settings)),
        who=who or (lambda request: actor),
        also=also,
    )
    return TestClient(house, raise_server_exceptions=False)
