"""Reports of claims made by hand, line by line, in both languages: tests/golden/reports. `make golden` writes them anew.

The same report in a process with another order of hashes is the same, byte for byte.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from tests.expected import samples
from tests.made import arabic, english
from tests.test_page import DIRECTIONS
from tools import prove_report
from trucewatch import agreements, flow, track
from trucewatch.model import Reason
from trucewatch.model.tracker import ToldVote
from trucewatch.packs import linking
from trucewatch.publish.labels import labels
from trucewatch.publish.reasons import reasons
from trucewatch.publish.tracker import phrases, told_vote
from trucewatch.report import Cite, Ground, Outlet, Sitrep, Told, html, sitrep

FOLDER = Path(__file__).parent / "golden" / "reports"
DAY, SINCE = date(2026, 1, 12), date(2026, 1, 5)
GROUND = Ground(coder="9.9", head=(2, "ab" * 32), languages=("ar", "en"), outlets=(Outlet("un-news", "en", 3, "2026-01-02"),))


@cache
def report(language: str, outlet: str | None = "Sample Wire") -> Sitrep:
    """`outlet` None: nobody told who printed the two articles."""
    told = [english(), arabic()]
    claims = [replace(claim, id=f"{claim.id}-{article.language}") for article, own in told for claim in own]
    articles = {article.id: replace(article, outlet=outlet) for article, _ in told}
    case = flow.case_of(agreements.agreement("gaza-2025"), claims, articles, acts_for=agreements.acts_for())
    laid = flow.laid(case, DAY)
    now, before = flow.tracked(laid, DAY), flow.tracker(case, SINCE)
    held = laid.case
    made = Told(now, before, track.diff(before, now), held.agreement, held.claims, held.articles, laid.happenings, GROUND)
    names = agreements.namer(None, language)
    return sitrep(made, names=names, why=reasons(linking(), names, language), language=language, directions=DIRECTIONS)


def outline(told: Sitrep) -> Iterator[str]:
    """All words of a report, a line each; a picture by its table and by a digest of what is drawn."""
    yield from (told.title, told.standing, told.basis, " · ".join(f"{words}: {count}" for _, words, count in told.tally))
    for part in told.parts:
        yield from ("", f"# {part.title}")
        for chart in part.charts:
            yield f"[{chart.title}] {sha256(chart.svg.encode()).hexdigest()[:12]}"
            yield from (f"  {mark} {words}" for mark, words in chart.key)
            rows = zip(chart.rows, chart.claims, strict=True)
            yield from (f"  | {' | '.join(row)} | {' '.join(claims)}" for row, claims in rows)
        for item in part.items:
            yield f"- {item.head}"
            yield from (f"    {note}" for note in (*item.notes, *item.files))
            yield from (f"    + {_cited(cite)}" for cite in item.cites)
            yield from (f"    - {_cited(cite)}" for cite in item.counter)
        yield from (f"  ({name})" for name in part.silent)


def _cited(cite: Cite) -> str:
    return f"{cite.before}[{cite.quote}]{cite.after} ({cite.told.striptags()}; {cite.grade}; {cite.claim})"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_report_is_that_of_the_golden_file(language: str) -> None:
    path, told = FOLDER / f"{language}.txt", "\n".join(outline(report(language))) + "\n"
    if os.environ.get("TRUCEWATCH_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, "utf-8")
    assert path.read_text("utf-8") == told, "read the difference; if it is meant: make golden"


def test_another_order_of_hashes_gives_the_same_bytes() -> None:
    script = "import tests.test_report_golden as t; print(t.digest('en'), t.digest('ar'))"
    env = os.environ | {"PYTHONHASHSEED": "4242", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.split() == [digest("en"), digest("ar")]


def digest(language: str) -> str:
    return sha256(html(report(language)).encode()).hexdigest()


def test_a_source_is_told_by_a_name_or_by_its_own_words() -> None:
    """No folded word, no hash of an article and no code of an organ stands where a reader expects a name."""
    told = report("ar")
    words = [text for part in told.parts for item in part.items for text in (item.head, *item.notes)]
    assert any("السلطات المحلية" in text for text in words) and not any("السلطات المحليه" in text for text in words)
    assert not re.search(r"\b[A-Z]{3}\.[a-z]+", "\n".join(words))
    bare = [cite.told.striptags() for part in report("en", None).parts for item in part.items for cite in item.cites]
    assert bare and all("example.org" in text and "gaza-2026" not in text for text in bare)


def test_a_week_of_claims_of_the_proof_is_a_report_of_its_size() -> None:
    """The small instance of `make prove-report`."""
    pytest.importorskip("typst", reason="typst is not installed (extra pdf)")
    told = prove_report.told_of([(entry.article, entry.claims) for entry in samples() if entry.claims], 120)
    found = prove_report.written(told, "ar")
    assert found["holds"] and found["html_bytes"] > 100_000 and 0 < found["shown"] <= found["cited"]
    assert {str(row.published) for row in told.articles.values()} <= {f"2026-01-{day:02}" for day in range(6, 13)}


def test_reasons_and_votes_are_told_in_words() -> None:
    why = reasons(linking(), agreements.namer(None, "ar"), "ar")
    told = why(Reason("figures-exclude", (("of", "killed"), ("one", "3"), ("other", ">=466"))))
    assert "killed" not in told and ">=" not in told and "466" in told
    put = phrases(labels("en"), "report", "tracker")
    vote = ToldVote("c:1", "a", "x", None, None, None, "q")
    assert told_vote(vote, put) == "tells of the vote without figures"
    assert told_vote(replace(vote, votes_for=13, abstentions=2), put) == "tells 13 for, 2 abstaining"
