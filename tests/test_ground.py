"""Every command takes a monitor's folder, and works with its data files, its language, its agreement."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from tests.test_cli import ENGLISH, run
from tests.test_outlets import GOOD, own
from trucewatch import cli, monitor

# demo makes monitors of its own, init makes one, schema says the same everywhere
WITHOUT = {"demo", "init", "schema"}


def leaves(command: object, path: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, inner in getattr(command, "commands", {}).items():
        here = f"{path} {name}".strip()
        if hasattr(inner, "commands"):
            yield from leaves(inner, here)
        else:
            yield here, [option for parameter in inner.params for option in parameter.opts]


def test_every_command_takes_a_monitor() -> None:
    found = dict(leaves(typer.main.get_command(cli.app)))
    assert len(found) > 20 and set(found) > WITHOUT
    wanting = {name for name, options in found.items() if not {"-m", "--monitor"} <= set(options)}
    assert wanting == WITHOUT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = run("init", tmp_path / "m", "--agreement", "gaza-2025")
    assert made.exit_code == 0, made.stderr
    settings = tmp_path / "m" / monitor.SETTINGS
    settings.write_text(settings.read_text("utf-8").replace("\n[ledger]", 'language = "en"\n\n[ledger]'), "utf-8")
    return tmp_path / "m"


def test_a_new_monitor_has_its_folders_and_no_data_of_its_own(home: Path) -> None:
    assert all((home / name).is_dir() for name in monitor.FOLDERS)
    assert monitor.ground(home) == (None, "en", home / "gaza-2025.yaml")
    own(home / "packs", masar=GOOD)
    assert monitor.ground(home)[0] == home / "packs"


def test_code_names_provisions_and_knows_the_monitors_outlets(home: Path, tmp_path: Path) -> None:
    own(home / "packs", masar=GOOD)
    row = json.loads(ENGLISH) | {"outlet": "Masar Daily"}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    alone = [json.loads(line) for line in run("code", path).stdout.splitlines()]
    watched = [json.loads(line) for line in run("code", "-m", home, path).stdout.splitlines()]
    assert {claim["speaker"][0]["party"] for claim in alone} == {"Masar Daily"}
    assert {claim["speaker"][0]["party"] for claim in watched} == {"masar"}
    assert len(alone) == len(watched) and not any(claim["about"] for claim in alone)
    assert "ceasefire" in {provision for claim in watched for provision in claim["about"]}
    shown = run("outlets", "-m", home, "masar", "--json")
    assert json.loads(shown.stdout)["hosts"] == ["masar.example"]


def test_claims_are_asked_for_by_the_name_of_an_outlet(home: Path, tmp_path: Path) -> None:
    own(home / "packs", masar=GOOD)
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(json.loads(ENGLISH) | {"outlet": "Masar Daily"}) + "\n", "utf-8")
    assert run("read", "-m", home, path).exit_code == 0
    by_id, by_name = (run("claims", "-m", home, "--outlet", told, "--json").stdout for told in ("masar", "The Masar"))
    assert by_id and by_id == by_name
    assert run("claims", "-m", home, "--outlet", "Another Daily", "--json").stdout == ""


def test_the_language_is_the_monitors(home: Path) -> None:
    text = "Party A said party B shelled the town on Monday."
    assert run("explain", text).exit_code == 2 and "--lang en" in run("explain", text).stderr
    told = run("explain", text, "-m", home)
    assert told.exit_code == 0 and told.stdout == run("explain", text, "--lang", "en").stdout


def test_the_variable_names_the_monitor(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(home / "packs", masar=GOOD)
    assert run("outlets", "masar").exit_code == 2
    monkeypatch.setenv("TRUCEWATCH_MONITOR", str(home))
    assert run("outlets", "masar").exit_code == 0


def test_a_folder_that_is_no_monitor_is_told(tmp_path: Path) -> None:
    for words in (["outlets"], ["code", "-"], ["check"], ["explain", "A", "--lang", "en"], ["agreement", "new", "x"]):
        result = run(*words, "-m", tmp_path, stdin="")
        assert result.exit_code == 2 and f"{tmp_path}: it is no monitor." in result.stderr, words


def test_check_looks_at_the_monitors_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.coder.check.check", lambda _: ())  # the examples of the rules take their time elsewhere
    own(home / "packs", masar=GOOD.replace("press", "paper"))
    agreement = home / "gaza-2025.yaml"
    agreement.write_text(agreement.read_text("utf-8").replace("id: gaza-2025", "id: Gaza", 1), "utf-8")
    result = run("check", "-m", home)
    assert result.exit_code == 2
    assert f"{home / 'packs/outlets/masar.yaml'}:2: kind:" in result.stderr and f"{agreement}:4:" in result.stderr
    alone = run("agreement", "check", "-m", home)
    assert alone.exit_code == 2 and f"{agreement}:4:" in alone.stderr
    assert run("agreement", "check").exit_code == 2


def test_a_new_agreement_lies_beside_the_settings(home: Path) -> None:
    assert run("agreement", "new", "river-truce", "-m", home).exit_code == 0
    assert (home / "river-truce.yaml").exists()
