"""The commands as a user types them: exit codes, bad input beside good, standard input, files that appear whole."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.made import SAMPLES
from trucewatch import __version__, cli
from trucewatch.publish.form import check as check_form
from trucewatch.score.tally import ROWS

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    "demo",
    "code",
    "article",
    "explain",
    "check",
    "eval",
    "schema",
    "init",
    "read",
    "claims",
    "track",
    "report",
    "judge",
    "review",
)
SAMPLE_ROWS = SAMPLES.read_text("utf-8").splitlines()
ENGLISH = next(row for row in SAMPLE_ROWS if '"gaza-2026-01-12-online-en"' in row)
ARABIC = next(row for row in SAMPLE_ROWS if '"gaza-2026-01-12-online"' in row)


def run(*words: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words], input=stdin)


def process(*words: object, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """A process of its own: what CliRunner cannot show (pipes, the end of a reader)."""
    start = "import sys; from trucewatch.cli import main; sys.argv[0] = 'trucewatch'; main()"
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-c", start, *map(str, words)], input=stdin, capture_output=True, env=env, check=False)


def claims_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.jsonl"
    path.write_text(f"{ARABIC}\n{ENGLISH}\n", "utf-8")
    return path


def test_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"trucewatch {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0 and f"  trucewatch {command}" in result.stdout


def test_help_loads_no_heavy_room() -> None:
    heavy = ("trafilatura", "pydantic", "jinja2", "yaml", "rich", "trucewatch.flow", "sqlalchemy", "alembic")
    code = f"import sys, trucewatch.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--nothing"),
        ("code",),
        ("nothing",),
        ("schema", "article"),
        ("explain", "x", "--lang", "en", "--published", "Monday"),
    ],
)
def test_wrong_use_ends_with_two(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


# --- code


def test_code_writes_claims_in_the_public_form(two: Path) -> None:
    result = run("code", two)
    assert result.exit_code == 0 and result.stderr == ""
    found = claims_of(result.stdout)
    texts = {row["id"]: row["text"] for row in map(json.loads, (ARABIC, ENGLISH))}
    assert {claim["article"] for claim in found} == set(texts)
    for claim in found:
        check_form(claim, "stdout:1")
        assert all(texts[claim["article"]][e["start"] : e["end"]] == e["quote"] for e in claim["evidence"])


def test_code_gives_the_same_bytes_each_time(two: Path) -> None:
    first, second = process("code", two), process("code", two)
    assert first.stdout == second.stdout and first.stdout.count(b"\n") > 5
    assert (first.returncode, first.stderr) == (0, b"")


def test_code_reads_standard_input() -> None:
    by_row = run("code", "-", stdin=ENGLISH)
    assert by_row.exit_code == 0 and claims_of(by_row.stdout)
    by_text = run("code", "-", "--lang", "en", stdin=json.loads(ENGLISH)["text"])
    assert [c["event"] for c in claims_of(by_text.stdout)] == [c["event"] for c in claims_of(by_row.stdout)]


def test_bad_inputs_are_named_and_the_rest_is_done(tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(
        f'{{"id": broken\n{ENGLISH}\n{{"id": "empty"}}\n{{"id": "x", "language": "xx", "text": "Abc def."}}\n', "utf-8"
    )
    result = run("code", tmp_path / "nowhere.jsonl", mixed)
    problems = result.stderr.splitlines()
    assert result.exit_code == 1
    assert {c["article"] for c in claims_of(result.stdout)} == {"gaza-2026-01-12-online-en"}
    assert problems[0].startswith(f"trucewatch: {tmp_path}/nowhere.jsonl: ")
    assert problems[1].startswith(f"trucewatch: {mixed}:1: ") and problems[2].startswith(f"trucewatch: {mixed}:3: ")
    assert "article x: no pack for the language 'xx'" in problems[3]
    assert all(problem.endswith(".") for problem in problems)


def test_a_fault_in_one_article_spares_the_others(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trucewatch import coder

    plain = coder.read

    def faulty(article: Any, pack: Any) -> Any:
        if article.language == "ar":
            raise RuntimeError("made to fail")
        return plain(article, pack)

    monkeypatch.setattr(coder, "read", faulty)
    result = run("code", two)
    assert (
        result.exit_code == 1
        and "article gaza-2026-01-12-online: the coder failed on it (RuntimeError: made to fail)" in result.stderr
    )
    assert {c["article"] for c in claims_of(result.stdout)} == {"gaza-2026-01-12-online-en"}


def test_out_is_written_whole_or_not_at_all(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "claims.jsonl"
    assert run("code", two, "-o", out).exit_code == 0
    assert out.read_text("utf-8") == run("code", two).stdout
    assert [path.name for path in out.parent.iterdir()] == ["claims.jsonl"]
    (tmp_path / "file").write_text("x", "utf-8")
    blocked = run("code", two, "-o", tmp_path / "file" / "claims.jsonl")
    assert blocked.exit_code == 2 and "cannot be written" in blocked.stderr


def test_a_reader_that_has_enough_is_no_fault(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text((ENGLISH + "\n") * 20, "utf-8")
    start = "from trucewatch.cli import main; import sys; sys.argv = ['trucewatch', 'code', sys.argv[1]]; main()"
    reader = subprocess.Popen(
        [sys.executable, "-c", start, str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    assert reader.stdout is not None and reader.stderr is not None
    assert reader.stdout.readline().startswith(b"{")
    reader.stdout.close()
    problems = reader.stderr.read()
    reader.stderr.close()
    assert (reader.wait(60), problems) == (0, b"")


# --- demo and article


def test_demo_shows_every_sample_and_writes_both_files(tmp_path: Path) -> None:
    start = time.monotonic()
    result = run("demo", "--out", tmp_path / "demo", "--no-open")
    assert result.exit_code == 0, result.stderr
    assert time.monotonic() - start < 60
    lines = (tmp_path / "demo" / "claims.jsonl").read_text("utf-8").splitlines()
    page = (tmp_path / "demo" / "claims.html").read_text("utf-8")
    ids = {json.loads(line)["id"] for line in lines}
    assert len(ids) == len(lines) > 60
    assert all(claim in page for claim in ids)
    assert f"{len(lines)} claims from {len(SAMPLE_ROWS)} articles" in result.stdout
    assert all(json.loads(row)["id"] in result.stdout for row in SAMPLE_ROWS)
    assert "Written for demonstration, not news." in page and "\x1b[" not in result.stdout
    for agreement, day in (("gaza-2025", "2026-02-28"), ("thailand-cambodia-2025", "2025-12-31")):
        report = (tmp_path / "demo" / f"report-{agreement}.html").read_text("utf-8")
        assert "Written for demonstration, not news." in report and any(claim in report for claim in ids)
        tracked = run("track", "-m", tmp_path / "demo" / f"monitor-{agreement}", "--as-of", day)
        assert tracked.exit_code == 0 and "[c:" in tracked.stdout
    assert run("demo", "--out", tmp_path / "demo", "--no-open").exit_code == 0  # once more into the same folder


def test_article_shows_text_claims_and_dates(two: Path, tmp_path: Path) -> None:
    html = tmp_path / "a.html"
    result = run("article", two, "--id", "gaza-2026-01-12-online-en", "--html", html)
    assert result.exit_code == 0, result.stderr
    assert "[1]" in result.stdout and "VIOLATION" in result.stdout
    assert "2026-01-12" in result.stdout and "refused" in result.stdout and "2026-01-01" in result.stdout
    assert "VIOLATION" in html.read_text("utf-8")


def test_article_that_is_not_there(two: Path, tmp_path: Path) -> None:
    assert "no article 'nobody'" in run("article", two, "--id", "nobody").stderr
    missing = run("article", tmp_path / "nowhere.txt")
    assert missing.exit_code == 2 and missing.stderr.count("trucewatch: ") == 1


# --- explain, check, schema


def test_explain_prints_the_derivation() -> None:
    result = run("explain", "Party A said the army shelled the town on Monday.", "--lang", "en", "--published", "2026-01-12")
    assert result.exit_code == 0 and "shelled" in result.stdout and "ASSAULT" in result.stdout


def test_explain_in_an_unknown_language() -> None:
    result = run("explain", "Abc.", "--lang", "xx")
    assert result.exit_code == 2 and result.stderr.startswith("trucewatch: ") and "Traceback" not in result.stderr


def test_check_finds_our_data_in_order() -> None:
    result = run("check", "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["problems"], answer["ok"]) == (0, [], True)
    assert {"ar", "en"} <= set(answer["languages"]) and answer["recalled"] >= 0


def test_check_names_what_is_wrong_in_a_folder_of_ones_own(tmp_path: Path) -> None:
    folder = tmp_path / "languages" / "en" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "verbs.tsv").write_text("term\tclass\tvalue\tforms\nfoo\tv.NOTHING\t\t\n", "utf-8")
    result = run("check", "--packs", tmp_path)
    assert result.exit_code == 2 and "verbs.tsv:2: " in result.stderr


def test_schema_is_the_form() -> None:
    from trucewatch.publish.form import schema

    result = run("schema", "claim")
    assert result.exit_code == 0 and json.loads(result.stdout) == schema()


# --- eval


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two labelled reports; the label of the first is what the coder should find, the second holds none."""
    folder = tmp_path / "gold"
    folder.mkdir()
    text = "Party A's army shelled the town on Monday.\n\nNothing else happened."
    label = {
        "event": "ASSAULT",
        "status": "occurred",
        "actors": ["army"],
        "recipients": ["the town"],
        "participants": [],
        "speaker": None,
        "when": {"start": "2026-01-12", "end": "2026-01-12"},
        "where": None,
        "quantities": [],
        "quote": "shelled the town",
    }
    for number, claims in (("001", [label]), ("002", [])):
        row = {"id": number, "url": None, "language": "en", "published": "2026-01-13", "text": text, "claims": claims}
        (folder / f"{number}.json").write_text(json.dumps(row), "utf-8")
    return folder


def test_eval_codes_and_scores(gold: Path) -> None:
    result = run("eval", gold, "--json", "--bootstrap", "20")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0 and {name: rows["all"]["reports"] for name, rows in answer.items()} == {"*": 2, "en": 2}
    assert set(answer["en"]) == set(ROWS)
    assert answer["*"]["event"]["r"] == 1.0 and answer["*"]["event"]["false_alarms"] >= 1
    assert len(answer["*"]["all"]["interval"]) == 2


def test_eval_of_a_half_shows_only_that_half(gold: Path) -> None:
    (gold / "002.json").write_text("sealed", "utf-8")
    result = run("eval", gold, "--half", "practice", "--misses", "5")
    assert result.exit_code == 0 and "all languages: 1 reports" in result.stdout


def test_eval_by_event_and_by_party(gold: Path) -> None:
    for number in ("003", "005", "007", "009"):
        row = json.loads((gold / "001.json").read_text("utf-8")) | {"id": number}
        (gold / f"{number}.json").write_text(json.dumps(row), "utf-8")
    found = json.loads(run("eval", gold, "--by", "event", "--by", "party", "--json", "--bootstrap", "10").stdout)["by"]
    assert found["event"]["ASSAULT"]["claims"] == 5 and found["event"]["ASSAULT"]["recall"] == 1.0
    assert found["event"]["ASSAULT"]["recall_interval"] == [1.0, 1.0]
    assert found["party"] == {}, "parties A and B are nobody's"
    lines = run("eval", gold, "--by", "event").stdout.splitlines()
    assert any(line.split()[:2] == ["ASSAULT", "5"] for line in lines)
    assert "no table by 'colour'" in run("eval", gold, "--by", "colour").stderr


def test_misses_show_how_their_sentence_is_read(gold: Path) -> None:
    row = json.loads((gold / "001.json").read_text("utf-8"))
    row["claims"][0] |= {"event": "AID"}
    (gold / "001.json").write_text(json.dumps(row), "utf-8")
    told = run("eval", gold, "--half", "practice", "--misses", "1").stdout
    assert "missed  001  AID occurred  shelled the town" in told
    after = told.partition("missed  001")[2]
    assert "sentence 0: Party A's army shelled the town on Monday." in after and "v.ASSAULT" in after


def test_the_sealed_half_shows_totals_only(gold: Path) -> None:
    assert run("eval", gold, "--half", "sealed", "--by", "event").exit_code == 0
    refused = run("eval", gold, "--half", "sealed", "--misses", "1")
    assert refused.exit_code == 2 and "the sealed half shows totals only" in refused.stderr
    assert run("eval", gold, "--half", "sealed").exit_code == 0


def test_eval_takes_claims_that_were_written_before(gold: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join((gold / f"{n}.json").read_text("utf-8") + "\n" for n in ("001", "002")), "utf-8")
    claims = tmp_path / "claims.jsonl"
    assert run("code", rows, "-o", claims).exit_code == 0
    assert run("eval", gold, "--claims", claims, "--json").stdout == run("eval", gold, "--json").stdout
    claims.write_text('{"id": "c:1"}\n', "utf-8")
    wrong = run("eval", gold, "--claims", claims)
    assert wrong.exit_code == 2 and f"{claims}:1: " in wrong.stderr


def test_eval_without_reports(tmp_path: Path) -> None:
    assert "no gold reports here" in run("eval", tmp_path).stderr
