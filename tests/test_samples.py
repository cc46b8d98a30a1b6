"""The sample articles keep their promises, and the expectations written for two of them point into their text."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from trucewatch.model import BOUNDS, EVENTS, MODES, STATUSES
from trucewatch.model.codes import QUANTITY_KINDS

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "src" / "trucewatch" / "data" / "samples"
NOTICES = {"ar": "كُتب للعرض لا للنشر", "en": "written for demonstration, not news"}
INVENTED = {
    "Sample Wire",
    "Sample Courier",
    "Sample Mirror",
    "وكالة العينة",
    "بريد العينة",
    "مرآة العينة",
    "شبكة العينة الإخبارية",
}
KEYS = {"id", "url", "outlet", "language", "published", "text"}
ARTICLES: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
]
BY_ID = {article["id"]: article for article in ARTICLES}


def letters(text: str) -> Counter[str]:
    """How many letters of each script: the first word of the Unicode name, ARABIC or LATIN."""
    return Counter(unicodedata.name(char).split()[0] for char in text if char.isalpha())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article["id"]))
def test_a_sample_keeps_the_form(article: dict[str, Any]) -> None:
    assert set(article) == KEYS
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article["id"])
    assert article["published"] is None or date.fromisoformat(article["published"])
    host = urlsplit(article["url"]).hostname or ""
    assert host == "example.org" or host.endswith(".example.org")
    assert article["outlet"] in INVENTED
    assert article["text"].rstrip("\n").split("\n")[-1] == NOTICES[article["language"]]
    assert article["text"].count(NOTICES[article["language"]]) == 1


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article["id"]))
def test_the_language_is_that_of_the_script(article: dict[str, Any]) -> None:
    count = letters(article["text"])
    script = {"ar": "ARABIC", "en": "LATIN"}[article["language"]]
    assert count[script] / count.total() > 0.95


def test_the_set_is_balanced_and_its_ids_are_unique() -> None:
    languages = Counter(article["language"] for article in ARTICLES)
    assert len(ARTICLES) == len(BY_ID) >= 30
    assert languages["ar"] >= 13 and languages["en"] >= 13
    assert len({article["url"] for article in ARTICLES}) == len(ARTICLES)
    undated = sum(article["published"] is None for article in ARTICLES)
    assert len(ARTICLES) / 4 <= undated <= len(ARTICLES) / 2


def test_the_wire_text_is_printed_three_times() -> None:
    texts = [BY_ID[f"gaza-2026-01-14-phase-two-{letter}"]["text"] for letter in "abc"]
    paragraphs = [{part for part in text.split("\n") if len(part) > 80} for text in texts]
    assert len(paragraphs[0]) == 4
    assert paragraphs[0] == paragraphs[1] < paragraphs[2]
    assert len(paragraphs[2] - paragraphs[0]) == 1


def test_one_article_shows_no_date() -> None:
    text = BY_ID["gaza-aid-undated"]["text"]
    assert not re.search(r"20\d\d|٢٠\d\d", text) and BY_ID["gaza-aid-undated"]["published"] is None


def test_one_article_is_long_and_one_is_a_flash() -> None:
    lengths = sorted(len(article["text"]) for article in ARTICLES)
    assert lengths[0] < 200 and lengths[-1] > 2000


def test_the_saved_page_and_the_bare_text_repeat_an_article() -> None:
    page = (SAMPLES / "page.html").read_text(encoding="utf-8")
    source = BY_ID["gaza-2026-02-19-board-of-peace-en"]
    for part in source["text"].split("\n"):
        assert part in page
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[0])
    assert data["datePublished"].startswith(source["published"]) and data["mainEntityOfPage"] == source["url"]
    assert (SAMPLES / "plain.txt").read_text(encoding="utf-8") == BY_ID["thai-cambodia-2025-12-27-statement"]["text"]


def surfaces(row: dict[str, Any]) -> Iterator[str]:
    for slot in ("speaker", "where", "object"):
        if row.get(slot):
            yield row[slot]
    for slot in ("actors", "recipients", "participants", "cause"):
        for part in row.get(slot, ()):
            yield part if isinstance(part, str) else part["text"]


def check_codes(row: dict[str, Any]) -> None:
    """Event, mode, status, interval and figures of an expected claim are those of the model."""
    assert row["event"] in EVENTS and row["status"] in STATUSES
    assert row.get("mode") is None or row["mode"] in MODES[row["event"]]
    if row.get("when"):
        assert set(row["when"]) == {"start", "end"}
        days = [date.fromisoformat(day) for day in (row["when"]["start"], row["when"]["end"]) if day]
        assert days == sorted(days)
    for figure in row.get("quantities", ()):
        assert figure["of"] in QUANTITY_KINDS or figure["of"].startswith("other:")
        assert figure["bound"] in BOUNDS and isinstance(figure["value"], int | float)


@pytest.mark.parametrize("name", ["seed", "seed-en"])
def test_the_golden_rows_point_into_their_article(name: str) -> None:
    expected = json.loads((ROOT / "tests" / "golden" / name / "expected.json").read_text(encoding="utf-8"))
    text = BY_ID[expected["article"]]["text"]
    assert {row["row"] for row in expected["rows"]} == set(range(1, 13))
    for row in expected["rows"]:
        check_codes(row)
        assert all(surface in text for surface in surfaces(row)), row
        assert text.count(row["quote"]) == 1 and row["must_not"], row
    for trap in expected["traps"]:
        assert all(line in text for line in trap.get("no_evidence_in", [])), trap
        assert len(trap) > 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_sentence_cases_keep_the_form(language: str) -> None:
    cases = yaml.safe_load((ROOT / "tests" / "cases" / "sentences" / f"{language}.yaml").read_text(encoding="utf-8"))
    assert len(cases) >= 40 and sum(not case["expect"] for case in cases) >= 8
    assert len({case["text"] for case in cases}) == len(cases)
    for case in cases:
        assert set(case) == {"text", "published", "expect", "why"} and case["why"]
        assert date.fromisoformat(case["published"])
        for row in case["expect"]:
            check_codes(row)
            assert all(surface in case["text"] for surface in surfaces(row)), row
