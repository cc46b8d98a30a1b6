"""Exports as a user types them."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.test_cli import ARABIC, ENGLISH, run
from trucewatch import export, flow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A monitor that watches an agreement and has read two articles."""
    folder = tmp_path_factory.mktemp("export")
    os.environ.pop("TRUCEWATCH_MONITOR", None)
    (folder / "two.jsonl").write_text(f"{ARABIC}\n{ENGLISH}\n", "utf-8")
    assert run("init", folder / "m", "--name", "try", "--agreement", "gaza-2025").exit_code == 0
    assert run("read", "-m", folder / "m", folder / "two.jsonl", "--by", "ann").exit_code == 0
    return folder / "m"


def lines(*words: object) -> list[dict[str, object]]:
    done = run("export", *words)
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_list_names_all_formats() -> None:
    done = run("export", "--list")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines() if line[0] != " "] == list(export.WRITERS)


def test_claims_of_a_ledger_are_chosen_as_they_are_shown(home: Path) -> None:
    shown = [
        json.loads(line) for line in run("claims", "-m", home, "--json", "--event", "VIOLATION", "-n", "999").stdout.splitlines()
    ]
    found = lines("-m", home, "--event", "VIOLATION")
    assert found and [row["id"] for row in found] == [row["id"] for row in shown]
    assert all(row["said_by"] and row["outlet"] and row["as_told"] == row["status"] for row in found)
    assert lines("-m", home, "--as-known-at", "2020-01-01") == []


def test_pages_lose_nothing_and_repeat_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lines("-m", home)
    monkeypatch.setitem(flow.exported.__globals__, "PAGE", 3)
    for more in ((), ("--party", "ISR.mil"), ("--words", "the")):
        ids = Counter(str(row["id"]) for row in lines("-m", home, *more))
        assert set(ids.values()) <= {1} and (more or len(ids) == len(whole) > 3)


def test_a_judgement_and_a_grade_stand_beside_the_claim(home: Path) -> None:
    claim = str(lines("-m", home, "--event", "VIOLATION")[0]["id"])
    assert run("judge", "-m", home, claim, "status", "possible", "--reason", "may", "--by", "ann").exit_code == 0
    assert run("judge", "-m", home, claim, "grade", "B2", "--reason", "seen", "--by", "ann").exit_code == 0
    (row,) = (row for row in lines("-m", home) if row["id"] == claim)
    assert row["grade"] == "B2" and "status: possible (ann)" in row["judged"]  # type: ignore[operator]
    assert row["status"] != "possible"


def test_a_redacted_claim_stays_redacted(home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(home, tmp_path / "m"))
    row = lines("-m", home, "--event", "CONSULT")[-1]
    quote = row["evidence"][0]["quote"]  # type: ignore[index]
    assert run("ledger", "redact", "-m", home, row["id"], "--reason", "a ruling", "--by", "ann").exit_code == 0
    (after,) = (each for each in lines("-m", home) if each["id"] == row["id"])
    assert after["redacted"] is True and after["outlet"]
    for form in export.WRITERS:
        if form != "parquet":
            assert " ".join(str(quote).split()) not in run(
                "export", "-m", home, "-f", form, "--article", row["article"]
            ).stdout.replace("\n ", "")


def test_a_file_of_claims_becomes_another(home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.csv"
    assert run("export", "-m", home, "-o", first).exit_code == 0
    assert run("export", first, "--format", "csv", "-o", second).exit_code == 0
    done = run("export", second)
    assert done.exit_code == 0 and done.stdout == first.read_text("utf-8")


def test_a_bad_line_is_told_and_the_rest_is_done(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{\n" + run("export", "-m", home).stdout, "utf-8")
    done = run("export", path)
    assert done.exit_code == 1 and f"{path}:1: no JSON" in done.stderr
    assert done.stdout.count("\n") == len(lines("-m", home))


def test_meetings_and_deadlines(home: Path) -> None:
    done = run("export", "-m", home, "-f", "ical", "--what", "meetings", "--to", "2026-02-28")
    assert done.exit_code == 0, done.stderr
    text = done.stdout.replace("\n ", "")  # the runner reads every end of line as one
    assert text.count("BEGIN:VEVENT") >= 1 and text.count("BEGIN:VTODO") >= 1
    events = [part.split("END:VEVENT")[0] for part in text.split("BEGIN:VEVENT")[1:]]
    for part in events:
        assert "X-SAID-BY:" in part and "X-OUTLET:" in part and "X-AS-TOLD:" in part
        assert "STATUS:CONFIRMED" not in part or "X-AS-TOLD:occurred" in part or "X-AS-TOLD:ongoing" in part


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("-f", "xls"), "no 'xls'. Take one of"),
        (("--what", "meetings"), "Say --format ical"),
        (("-f", "ical", "--what", "meetings", "--event", "VOTE"), "--event: only claims of a ledger"),
        (("--from", "May"), "is no day"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(words: tuple[str, ...], what: str, home: Path) -> None:
    done = run("export", "-m", home, *words)
    assert done.exit_code == 2 and what in done.stderr and done.stderr.count("\n") == 1


def test_a_file_takes_no_filters(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("")
    done = run("export", tmp_path / "a.jsonl", "--event", "VOTE")
    assert done.exit_code == 2 and "--event: only claims of a ledger" in done.stderr
