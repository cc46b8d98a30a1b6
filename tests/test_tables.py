"""Tables of events by others: rows as articles, claims that quote their cells, no number chosen and no beginner named."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run
from trucewatch import packs, tables
from trucewatch.errors import PackError
from trucewatch.flow import code_source

CASES = Path(__file__).parent / "cases" / "tables"


def coded(name: str) -> tuple[list[Any], list[str]]:
    bad: list[str] = []
    return list(code_source([CASES / f"{name}.csv"], on_problem=bad.append)), bad


def test_acled() -> None:
    found, bad = coded("acled")
    assert [entry.article.id for entry in found] == ["t:acled:DOR1", "t:acled:DOR2", "t:acled:DOR3", "t:acled:THA4"]
    assert len(bad) == 1 and "acled.csv:5: a row without 'event_id_cnty'" in bad[0]
    (clash,), (strike,), none, (deal,) = (entry.claims for entry in found)
    assert none == ()
    assert (clash.event, clash.mode, clash.actors) == ("ASSAULT", "firearms", ())
    assert [r.text for r in clash.participants] == ["Military Forces of Dorva (2022-)", "Halmar Front"]
    assert [(q.of, q.value, q.bound) for q in clash.quantities] == [("killed", 4, "exact")] and strike.quantities == ()
    assert [r.text for r in strike.actors + strike.recipients] == ["Military Forces of Dorva (2022-)", "Civilians (Dorva)"]
    assert (strike.when.start, strike.when.grain, strike.speaker[0].party) == ("2026-01-13", "week", "acled")
    assert (strike.speaker[-1].kind, strike.speaker[-1].text) == ("media", "Dorva Press")
    assert (deal.event, [r.party for r in deal.participants]) == ("AGREE", ["THA.gov", "KHM.gov"])


def test_ged_tells_each_estimate_as_what_it_is() -> None:
    found, bad = coded("ged")
    (one,), (two,) = (entry.claims for entry in found)
    assert [(q.value, q.bound) for q in one.quantities] == [(7, "about"), (5, "at_least"), (12, "up_to")] and bad == []
    assert (one.when.start, one.when.end, one.when.grain) == ("2026-01-12", "2026-01-14", "week")
    assert ([r.text for r in two.actors], two.quantities, two.speaker[-1].kind) == (["Halmar Front"], (), "outlet")


@pytest.mark.parametrize("name", ["acled", "ged"])
def test_every_span_quotes_the_row(name: str) -> None:
    for entry in coded(name)[0]:
        for claim in entry.claims:
            public = claim.public()
            parts = [*public["evidence"], *public["quantities"], public["where"]]
            parts += [role for key in ("actors", "recipients", "participants") for role in public[key]]
            parts += [voice for voice in public["speaker"] if voice["text"]]
            assert all(entry.article.text[p["start"] : p["end"]] == p.get("quote", p.get("text")) for p in parts)
            assert entry.article.text[slice(*public["when"]["span"])] == public["when"]["text"]


def test_the_ledger_keeps_them(tmp_path: Path) -> None:
    assert run("init", tmp_path / "m", "--agreement", "thailand-cambodia-2025").exit_code == 0
    told = json.loads(run("read", "-m", tmp_path / "m", CASES / "acled.csv", "--json").stdout)
    assert (told["articles"], told["new"]) == (4, 3)
    assert json.loads(run("read", "-m", tmp_path / "m", CASES / "acled.csv", "--json").stdout)["same"] == 3
    assert run("track", "-m", tmp_path / "m", "--as-of", "2026-01-31").exit_code == 0


def test_forms_are_read_strictly(tmp_path: Path) -> None:
    assert {form.name for form in tables.tables()} == {"acled", "ucdp-ged"} and list(tables.check()) == []
    own = tmp_path / "tables"
    own.mkdir()
    ours = packs.find("tables/ucdp-ged.yaml").read_text("utf-8")
    for old, new, told in (
        ("ASSAULT, roles: first", "ASSALT, roles: first", "unknown event 'ASSALT'"),
        ("ASSAULT, roles: first", "ASSAULT, mode: seize, roles: first", "no mode 'seize'"),
        ("voice:", "voices:", "the key 'voices' is unknown"),
    ):
        (own / "ucdp-ged.yaml").write_text(ours.replace(old, new), "utf-8")
        assert any(told in fault for fault in tables.check(tmp_path)), told
        with pytest.raises(PackError):
            tables.tables(tmp_path)
