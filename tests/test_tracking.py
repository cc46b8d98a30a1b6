"""`trucewatch track` and `report` on a monitor that has read the bundled samples."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.expected import samples
from tests.test_cli import run
from trucewatch.packs import find


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("monitors") / "gaza"
    made = run("init", folder, "--agreement", "gaza-2025")
    assert made.exit_code == 0, made.stderr
    done = run("read", "-m", folder, find("samples/articles.jsonl"), "--by", "ann")
    assert done.exit_code == 0, done.stderr
    return folder


def tracker(home: Path, *more: str) -> Any:
    result = run("track", "-m", home, *more, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def provision(found: Any, name: str) -> Any:
    return next(row for row in found["provisions"] if row["provision"] == name)


def test_the_tracker_of_a_day_by_what_was_printed(home: Path) -> None:
    early, late = tracker(home, "--as-of", "2025-10-12"), tracker(home, "--as-of", "2025-10-13")
    assert provision(early, "hostages")["state"] == "not-initiated"
    assert (provision(late, "hostages")["state"], provision(late, "hostages")["timeliness"]) == ("full", "on-time")
    printed = {row["published"] for row in provision(late, "hostages")["evidence"]}
    assert printed and max(printed) <= "2025-10-13"
    assert tracker(home, "--as-of", "2025-10-13") == late


def test_the_form_of_the_json_is_stable(home: Path) -> None:
    found = tracker(home, "--as-of", "2026-01-12")
    parts = [
        "milestones",
        "provisions",
        "violations",
        "meetings",
        "votes",
        "bodies",
        "positions",
        "deadlines",
        "slippage",
        "series",
        "spreads",
    ]
    head = ["agreement", "names", "as_of", "standing", "standing_rule", "claims", "articles", "undated"]
    assert list(found) == [*head, *parts, "findings", "grades", "taken_back"]
    assert found["names"].keys() >= {"ar", "en"} and found["as_of"] == "2026-01-12" and found["standing"] == "in-force"
    row = provision(found, "ceasefire")
    assert row["words"]["en"] and row["history"][0].keys() == {"day", "state", "rule", "claims"}
    assert {"claim", "article", "says", "rule", "voice", "quote", "origin"} <= row["evidence"][0].keys()


def test_every_quote_stands_in_its_article(home: Path) -> None:
    texts = {coded.article.id: coded.article.text for coded in samples()}
    found = tracker(home, "--as-of", "2026-02-28")
    rows = [row for each in found["provisions"] for row in each["evidence"]] + found["meetings"]
    assert len(rows) > 30
    for row in rows:
        for part in row["quote"].removesuffix("…").split(" … "):
            assert part.strip() in " ".join(texts[row["article"]].split())


def test_both_sides_are_shown_and_no_source_is_added_to_another(home: Path) -> None:
    found = tracker(home, "--as-of", "2026-01-12")["violations"]
    assert [row["party"] for row in found] == ["ISR", "hamas", None]
    mine = [c for c in found[0]["counts"] if (c["source"], c["of"]) == ("ghazi-hamad", "violations")]
    assert [(c["value"], c["bound"], c["accuser"]) for c in mine] == [(900, "more_than", "hamas")]
    assert found[1]["counts"]


def test_the_seed_meeting_stands_in_the_diary(home: Path) -> None:
    found = tracker(home, "--as-of", "2026-01-12")["meetings"]
    online = [row for row in found if "online" in row["modes"]]
    assert [(row["start"], row["state"], sorted(row["participants"])) for row in online] == [
        ("2026-01-12", "held", ["EGY", "QAT", "TUR", "USA"])
    ]


def test_the_terminal_in_both_languages(home: Path) -> None:
    for language in ("en", "ar"):
        shown = run("track", "-m", home, "--as-of", "2026-01-12", "--lang", language)
        assert shown.exit_code == 0, shown.stderr
        assert "hostages" in shown.stdout and "[c:" in shown.stdout and "\x1b[" not in shown.stdout
        assert "breach-told-lately" not in shown.stdout  # rules are told in words
    assert "Against Israel" in run("track", "-m", home, "--as-of", "2026-01-12").stdout


def test_what_moved_between_two_days(home: Path) -> None:
    shown = run("track", "-m", home, "--diff", "2025-10-12", "2025-10-13")
    assert shown.exit_code == 0, shown.stderr
    assert "state hostages: not initiated → full (the amount is reached)" in shown.stdout
    moved = tracker(home, "--diff", "2025-10-12", "2025-10-13")
    assert {"what", "id", "before", "after", "why", "claims"} == set(moved[0])
    assert "Nothing moved." in run("track", "-m", home, "--diff", "2025-10-13", "2025-10-13").stdout


def test_a_persons_word_on_a_provision(home: Path) -> None:
    claim = provision(tracker(home, "--as-of", "2026-02-28"), "rafah")["evidence"][0]["claim"]
    word = '{"provision": "rafah", "state": "minimal", "since": "2026-02-02"}'
    done = run("judge", "-m", home, claim, "state", word, "--reason", "seen on the spot", "--by", "ann")
    assert done.exit_code == 0, done.stderr
    assert provision(tracker(home, "--as-of", "2026-02-01"), "rafah")["ruling"] is None
    row = provision(tracker(home, "--as-of", "2026-02-02"), "rafah")
    assert (row["state"], row["proposed"], row["ruling"]["who"]) == ("minimal", "not-initiated", "ann")
    assert "judged by ann: seen on the spot" in run("track", "-m", home, "--as-of", "2026-02-02").stdout
    wrong = run("judge", "-m", home, claim, "state", '{"provision": "rafah", "state": "done"}', "--reason", "x")
    assert wrong.exit_code == 2 and "no state of a provision" in wrong.stderr


def test_a_judged_status_moves_the_state(home: Path) -> None:
    row = provision(tracker(home, "--as-of", "2025-10-13"), "hostages")
    claim = next(each["claim"] for each in row["evidence"] if each["says"] == "for")
    for value, state in (("planned", "not-initiated"), ("occurred", "full")):
        done = run("judge", "-m", home, claim, "status", value, "--reason", "read again", "--by", "ann")
        assert done.exit_code == 0, done.stderr
        assert provision(tracker(home, "--as-of", "2025-10-13"), "hostages")["state"] == state


def test_a_monitor_without_an_agreement_says_so(tmp_path: Path) -> None:
    assert run("init", tmp_path / "m").exit_code == 0
    shown = run("track", "-m", tmp_path / "m")
    assert shown.exit_code == 2 and "it watches no agreement" in shown.stderr and "Traceback" not in shown.stderr
    assert run("track", "-m", tmp_path / "m", "--as-of", "yesterday").exit_code == 2


@pytest.mark.parametrize(("language", "word"), [("en", "Against Israel"), ("ar", "البنود")])
def test_the_report_as_a_file_and_on_the_standard_output(home: Path, tmp_path: Path, language: str, word: str) -> None:
    out = tmp_path / "r" / "report.html"
    done = run("report", "-m", home, "--as-of", "2026-02-28", "--lang", language, "-o", out)
    assert done.exit_code == 0 and str(out) in done.stdout, done.stderr
    shown = run("report", "-m", home, "--as-of", "2026-02-28", "--lang", language)
    assert shown.stdout == out.read_text("utf-8") and word in shown.stdout


def test_as_the_ledger_knew_it_then(home: Path) -> None:
    """Nothing was known before the articles were read; the day is that of the moment where none is told."""
    before = tracker(home, "--as-of", "2026-01-12", "--as-known-at", "2020-01-01")
    assert (before["claims"], before["articles"]) == (0, 0)
    assert tracker(home, "--as-known-at", "2020-01-01T10:00Z")["as_of"] == "2020-01-01"
    assert tracker(home, "--as-of", "2026-01-12", "--as-known-at", "2099-01-01") == tracker(home, "--as-of", "2026-01-12")
    page = run("report", "-m", home, "--as-of", "2026-01-12", "--as-known-at", "2020-01-01")
    assert page.exit_code == 0 and "0 claims from 0 articles" in page.stdout.replace('<bdi dir="ltr">', "").replace("</bdi>", "")
    wrong = run("track", "-m", home, "--as-known-at", "then")
    assert wrong.exit_code == 2 and "--as-known-at: 'then' is no moment" in wrong.stderr
