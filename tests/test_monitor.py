"""A monitor from its making to its backup, as a user types it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.expected import samples
from tests.ledgers import DATABASES, after, place
from tests.test_cli import ARABIC, ENGLISH, ROOT, run
from trucewatch import ledger, monitor
from trucewatch.errors import MonitorError, PackError


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A monitor that has read two articles; its ledger is a file or on a server."""
    monkeypatch.setenv("COLUMNS", "200")
    rows = tmp_path / "two.jsonl"
    rows.write_text(f"{ARABIC}\n{ENGLISH}\n", "utf-8")
    with place(request.param, tmp_path) as where:
        server = ("--ledger", where) if isinstance(where, str) else ()
        made = run("init", tmp_path / "m", "--name", "try", *server)
        assert made.exit_code == 0, made.stderr
        done = run("read", "-m", tmp_path / "m", rows, "--by", "ann")
        assert done.exit_code == 0 and done.stdout.startswith("2 articles: "), done.stderr
        yield tmp_path / "m"


def rows(*words: object) -> list[dict[str, Any]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_way_of_a_monitor(home: Path, tmp_path: Path) -> None:
    again = run("read", "-m", home, tmp_path / "two.jsonl")
    assert again.exit_code == 0 and "0 claims new, 0 read otherwise than before, 0 withdrawn" in again.stdout
    found = rows("claims", "-m", home, "--event", "VIOLATION", "--lang", "en")
    assert found and all(row["event"] == "VIOLATION" and row["ledger"]["language"] == "en" for row in found)
    claim = found[0]["id"]
    assert rows("claims", "-m", home, "--as-known-at", "2020-01-01") == []
    assert [row["id"] for row in rows("claims", "-m", home, "--history", claim)] == [claim]
    table = run("claims", "-m", home, "more than 900")
    assert "VIOLATION" in table.stdout and claim in table.stdout and "claims." in table.stdout
    judged = run("judge", "-m", home, claim, "status", "possible", "--reason", "it says may", "--by", "ann")
    assert judged.exit_code == 0 and '"possible"' in judged.stdout
    (row,) = (r for r in rows("claims", "-m", home, "--event", "VIOLATION", "--lang", "en") if r["id"] == claim)
    assert [j["value"] for j in row["ledger"]["judgements"]] == ["possible"]
    assert run("review", "-m", home).stdout == "0 judgements wait for a person.\n"
    assert "the chain holds" in run("audit", "verify", "-m", home).stdout
    entries = [json.loads(line) for line in run("audit", "show", "-m", home).stdout.splitlines()]
    assert [(e["action"], e["actor"]) for e in entries] == [
        *((action, "ann") for _ in range(2) for action in ("read", "custody", "printed")),
        ("judge", "ann"),
    ]


def test_copies_and_redaction(home: Path, tmp_path: Path) -> None:
    copy, out = tmp_path / "copy", tmp_path / "out.jsonl"
    assert run("ledger", "backup", "-m", home, copy).exit_code == 0
    assert run("ledger", "export", "-m", home, "-o", out).exit_code == 0
    assert out.read_text("utf-8") == run("ledger", "export", "-m", home).stdout
    gone = run("ledger", "redact", "-m", home, "Ghazi Hamad", "--reason", "a try", "--by", "ann")
    assert gone.exit_code == 0 and gone.stdout.startswith("Words taken out of 1 articles"), gone.stderr
    assert "Ghazi" not in run("ledger", "export", "-m", home).stdout
    assert "1 redactions" in run("ledger", "status", "-m", home).stdout
    other = tmp_path / "other"
    assert run("init", other).exit_code == 0
    moved = run("ledger", "import", out, "-m", other)
    assert moved.exit_code == 0 and "the chain holds" in moved.stdout
    refused = run("ledger", "import", out, "-m", other)
    assert refused.exit_code == 2 and "not empty" in refused.stderr
    restored = run("ledger", "restore", "-m", other, copy)
    assert restored.exit_code == 0 and "is kept as" in restored.stdout, restored.stderr
    told = run("ledger", "redact", "-m", other, "Ghazi Hamad", "--reason", "a try").stdout
    assert "An older copy still holds them" in told and "ledger.sqlite.replaced-" in told
    assert run("ledger", "clean", "-m", other).exit_code == 0
    assert run("audit", "verify", "-m", other).exit_code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nam = 'x'", "trucewatch.toml:1: name: "),
        ("name = 'x'\n\n[ledger]\nurl = 'mysql://x'", "trucewatch.toml:4: ledger.url: "),
        ("name = 'x'\nlangage = 'ar'", "trucewatch.toml:2: langage: "),
        ("name = ", "trucewatch.toml:1: "),
        ("name = 'x'\nagreement = 'none.yaml'", "trucewatch.toml:2: no file "),
        ("name = 'x'", "there is no ledger. Make a monitor"),
        (None, "it is no monitor. Make one: trucewatch init"),
    ],
)
def test_a_folder_that_is_not_in_its_form(text: str | None, told: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "trucewatch.toml").write_text(text, "utf-8")
    result = run("claims", "-m", tmp_path)
    assert result.exit_code == 2 and told in result.stderr, result.stderr
    assert not (tmp_path / "ledger.sqlite").exists()


def test_init_copies_an_agreement_and_refuses_a_second_time(tmp_path: Path) -> None:
    folder = tmp_path / 'm "x"'
    made = monitor.create(folder, agreement="gaza-2025", at=after(0))
    watched = monitor.agreement_of(made)
    assert watched is not None and watched.id == "gaza-2025" and made.settings.name == "gaza-2025"
    assert made.packs is None and made.ledger.prefixes
    monitor.close(made)
    with pytest.raises(MonitorError, match="a monitor already"):
        monitor.create(folder, agreement=None, at=after(0))
    again = monitor.create(tmp_path / "copy", agreement=str(folder / "gaza-2025.yaml"), name='a "name"', at=after(0))
    assert again.settings.name == 'a "name"' and monitor.agreement_of(again) == watched
    monitor.close(again)


def test_init_refuses_what_is_no_agreement(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text("id: deal\n", "utf-8")
    with pytest.raises(PackError, match="deal.yaml:"):
        monitor.create(tmp_path / "n", agreement=str(tmp_path / "deal.yaml"), at=after(0))
    with pytest.raises(MonitorError, match="no agreement 'nothing'.* gaza-2025"):
        monitor.create(tmp_path / "n", agreement="nothing", at=after(0))
    assert not (tmp_path / "n").exists()


def test_a_bad_article_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    row = json.loads(ENGLISH)
    lines = [row, row | {"id": "nul", "text": row["text"] + "\x00"}, {"id": "empty"}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    run("init", tmp_path / "m")
    result = run("read", "-m", tmp_path / "m", tmp_path / "rows.jsonl")
    assert result.exit_code == 1 and result.stdout.startswith("1 articles: ")
    assert "U+0000" in result.stderr and "rows.jsonl:3: " in result.stderr


def test_standard_input_and_the_folder_from_the_environment(tmp_path: Path) -> None:
    run("init", tmp_path / "m")
    env = os.environ | {"TRUCEWATCH_MONITOR": str(tmp_path / "m"), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "trucewatch.cli", "read", "-", "--by", "ann"]
    done = subprocess.run(command, input=ENGLISH.encode(), capture_output=True, env=env, check=False)
    assert done.returncode == 0 and done.stdout.startswith(b"1 articles: "), done.stderr


def test_a_claim_comes_back_as_it_went_in() -> None:
    for entry in samples():
        for claim in entry.claims:
            public = json.loads(json.dumps(claim.public()))
            assert ledger.claim_of(public).public() == public
