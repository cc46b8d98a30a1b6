"""`trucewatch agreement` as a user types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.deals import deal, written
from trucewatch import cli
from trucewatch.agreements import listed

COMMANDS = ("list", "show", "check", "new")


def run(*words: object) -> Result:
    return CliRunner().invoke(cli.app, ["agreement", *(str(word) for word in words)])


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0 and f"  trucewatch agreement {command}" in result.stdout


def test_list_names_every_agreement_and_how_it_stands() -> None:
    result = run("list", "--on", "2025-12-15")
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert result.exit_code == 0 and set(lines) == set(listed())
    assert "in-force" in lines["gaza-2025"] and "27 of 27 bound, 10 from memory" in lines["gaza-2025"]
    assert "not-in-force" in lines["sudan-truce-proposals"] and "not-in-force" in lines["thailand-cambodia-2025"]


def test_list_as_data() -> None:
    rows = {row["id"]: row for row in json.loads(run("list", "--json", "--on", "2026-01-12").stdout)}
    assert (rows["drc-m23-doha"]["state"], rows["drc-m23-doha"]["bound"], rows["drc-m23-doha"]["provisions"]) == (
        "in-force",
        3,
        5,
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", sorted(listed()))
def test_show_fills_every_gap(name: str, language: str) -> None:
    result = run("show", name, "--lang", language, "--on", "2026-01-12")
    assert result.exit_code == 0 and len(result.stdout.splitlines()) > 40
    assert "{" not in result.stdout and "None" not in result.stdout


def test_show_tells_what_counts() -> None:
    text = run("show", "gaza-2025", "--on", "2026-01-12").stdout
    for wanted in (
        "On 2026-01-12: in force, since 2025-10-10 12:00 Asia/Jerusalem",
        "in force: 11 October 2025, by its own count, told by Gaza Health Ministry",
        "13 for, 0 against, 2 abstaining: China, Russia",
        "expires 2027-12-31",
        "2025-10-13 12:00 Asia/Jerusalem  hostages",
        "Provisions: 27, of which 10 from memory",
    ):
        assert wanted in text
    lebanon = run("show", "lebanon-2024", "--on", "2025-02-01").stdout
    assert "2025-02-18  withdrawal (first 2025-01-26 04:00 Asia/Beirut, moved)" in lebanon


def test_a_proposal_is_shown_as_one_on_every_day() -> None:
    for day in ("2025-11-06", "2026-01-12", "2026-11-24"):
        text = run("show", "sudan-truce-proposals", "--on", day).stdout
        assert f"On {day}: a proposal, which is never in force" in text and ": in force" not in text


def test_show_as_data() -> None:
    answer: dict[str, Any] = json.loads(run("show", "gaza-2025", "--json", "--on", "2026-01-12").stdout)
    assert answer["day"] == "2026-01-12" and answer["standing"]["state"] == "in-force"
    found = answer["agreement"]
    assert found["names"]["en"] and found["in_force"][0]["start"] == {
        "start": "2025-10-10",
        "end": "2025-10-10",
        "at": "12:00:00",
        "zone": "Asia/Jerusalem",
    }
    signal = found["provisions"][0]["signals"][0]
    assert signal["actors"] == ["ISR", "hamas"] and signal["words"] == {}
    assert found["area"]["boxes"] == [[31.2, 34.2, 31.61, 34.58]] and found["provisions"][0]["condition"] == {}
    assert answer["deadlines"][0]["provision"] == "aid"


def test_show_of_an_unknown_agreement() -> None:
    result = run("show", "gazza-2025")
    assert result.exit_code == 2 and "Did you mean 'gaza-2025'?" in result.stderr


def test_show_refuses_a_day_that_is_none() -> None:
    assert run("show", "gaza-2025", "--on", "yesterday").exit_code == 2


def test_check_tells_line_and_mend(tmp_path: Path) -> None:
    data = deal()
    assert run("check", written(tmp_path, data)).exit_code == 0
    data["provisions"][0]["pam"] = ["ceas"]
    path = written(tmp_path, data)
    result = run("check", path)
    assert result.exit_code == 2 and "Did you mean 'cease'?" in result.stderr and f"{path}:" in result.stderr
    answer = json.loads(run("check", path, "--json").stdout)
    assert answer["ok"] is False and len(answer["problems"]) == 1


def test_new_writes_what_check_leads_to_the_end(tmp_path: Path) -> None:
    made = run("new", "river-truce", "--between", "SDN.mil,rsf", "--out", tmp_path)
    path = tmp_path / "river-truce.yaml"
    assert made.exit_code == 0 and path.exists()
    first = run("check", path)
    assert first.exit_code == 2 and "'YYYY-MM-DD' is no day" in first.stderr
    path.write_text(path.read_text("utf-8").replace("YYYY-MM-DD", "2031-03-01"), "utf-8")
    assert run("check", path).exit_code == 0, run("check", path).stderr
    again = run("new", "river-truce", "--out", tmp_path)
    assert again.exit_code == 2 and "there already" in again.stderr


def test_new_without_sides_is_told_what_to_fill(tmp_path: Path) -> None:
    run("new", "river-truce", "--out", tmp_path)
    path = tmp_path / "river-truce.yaml"
    path.write_text(path.read_text("utf-8").replace("YYYY-MM-DD", "2031-03-01"), "utf-8")
    result = run("check", path)
    assert result.exit_code == 2 and "no party 'PARTY-A'" in result.stderr and "no such country" in result.stderr


def test_ones_own_folder_is_listed(tmp_path: Path) -> None:
    written(tmp_path / "agreements", deal())
    assert "river-truce" in run("list", "--packs", tmp_path).stdout
    assert run("show", "river-truce", "--packs", tmp_path).exit_code == 0


def test_a_monitor_shows_the_agreement_that_it_watches(tmp_path: Path) -> None:
    made = CliRunner().invoke(cli.app, ["init", str(tmp_path / "mine"), "--agreement", "lebanon-2024"])
    assert made.exit_code == 0, made.stderr
    result = run("show", "-m", tmp_path / "mine", "--on", "2025-02-01")
    assert result.exit_code == 0 and "(lebanon-2024: ceasefire)" in result.stdout
    assert run("list", "-m", tmp_path / "mine").exit_code == 0


def test_show_asks_which(tmp_path: Path) -> None:
    result = run("show")
    assert result.exit_code == 2 and "which agreement?" in result.stderr
    assert "it is no monitor" in run("show", "-m", tmp_path).stderr
