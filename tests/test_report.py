"""The report: one file that asks for nothing; each line has its source; both directions of writing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tests.expected import samples
from tests.test_page import DIRECTIONS, Tree
from trucewatch import agreements, flow
from trucewatch.model.tracker import Ruling
from trucewatch.publish.report import figures, report

AS_OF = date(2026, 2, 28)
RULING = Ruling("rafah", "minimal", "2026-02-02", "<b>ann</b>", "seen & noted", "c:1")


@cache
def case() -> flow.Case:
    coded = samples()
    claims = [claim for entry in coded for claim in entry.claims]
    articles = {entry.article.id: entry.article for entry in coded}
    return flow.case_of(agreements.agreement("gaza-2025"), claims, articles, (), (RULING,), acts_for=agreements.acts_for())


@cache
def page(language: str) -> str:
    known = case()
    return report(
        flow.tracker(known, AS_OF),
        known.agreement,
        known.claims,
        known.articles,
        names=agreements.namer(None, language),
        why=lambda reason: reason.rule,
        language=language,
        directions=DIRECTIONS,
        sample=True,
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_file_is_well_nested_and_alone(language: str) -> None:
    text = page(language)
    tree = Tree(text)
    assert tree.faults == [] and tree.open == []
    assert not re.search(r"url\(|@import|<script|<link|<img|<iframe", text)
    (policy,) = [a["content"] for a, _ in tree.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy and "default-src 'none'" in policy and "script-src" not in policy
    (root,) = tree.all("html")
    assert root[0] == {"lang": language, "dir": DIRECTIONS[language]}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_line_names_its_source(language: str) -> None:
    items = [row for row in Tree(page(language)).all("li", "item") if "side" not in (row[0]["class"] or "").split()]
    assert len(items) > 40
    bare = [text for _, text in items if not re.search(r"c:[0-9a-f]{8}", text) and "/" not in text and "2026" not in text]
    memory = {"en": "from memory", "ar": "من الذاكرة"}[language]
    assert [text for text in bare if memory not in text and "tass.com" not in text and "," not in text] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_quote_is_of_its_article(language: str) -> None:
    texts = [" ".join(article.text.split()) for article in case().articles.values()]
    quotes = [text for _, text in Tree(page(language)).all("q")]
    assert len(quotes) > 40
    for quote in quotes:
        assert any(all(part in text for part in quote.split(" … ")) for text in texts), quote


def test_both_sides_stand_even_where_nothing_is_told() -> None:
    known = case()
    nobody = {"ISR": frozenset[str]()}
    empty = replace(known, claims=(), articles={}, said={}, acts_for=nobody)
    shown = report(
        flow.tracker(empty, AS_OF),
        known.agreement,
        (),
        {},
        names=agreements.namer(None, "en"),
        why=lambda reason: reason.rule,
        directions=DIRECTIONS,
    )
    sides = [told for _, text in Tree(shown).all("li", "side") if (told := " ".join(text.split())).startswith("Against")]
    assert sides == ["Against Israel nothing told", "Against Hamas nothing told", "Against nobody by name nothing told"]


def test_a_persons_word_is_shown_as_such_and_never_as_markup() -> None:
    assert "judged by &lt;b&gt;ann&lt;/b&gt;: seen &amp; noted (the rules propose: not initiated)" in page("en")
    assert "<b>ann</b>" not in page("en") and "<b>ann</b>" not in page("ar")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on 2026-01-12", 'on <bdi dir="ltr">2026-01-12</bdi>'),
        ("1,553 & 3", '<bdi dir="ltr">1,553</bdi> &amp; <bdi dir="ltr">3</bdi>'),
        ("no figure.", "no figure."),
    ],
)
def test_figures_are_kept_from_left_to_right(text: str, shown: str) -> None:
    assert figures(text) == shown


def test_the_same_claims_give_the_same_bytes() -> None:
    build: Callable[[], str] = lambda: page.__wrapped__("ar")  # noqa: E731
    assert build() == build()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "overdue",  # deadlines and how late
                "141 days after its day, not told as done",
                "chair: Donald Trump",  # bodies, members, the days left of a mandate
                "671 days left",
                "members: Marco Rubio, Steve Witkoff",
                "reports every 6 months",
                "accepts with conditions",  # answers with their conditions
                "ready to free all hostages by the exchange formula",
                "doubts: Gaza ceasefire and plan of twenty points",  # what a third party holds of the whole, and since when
                "printed again until 2026-01-12",
                "13 for, 0 against, 2 abstaining",  # votes
                "how breaches are reported",
                "shooting, incursion across the line",  # what each source counts
                "F6",
            ),
        ),
        (
            "ar",
            (
                "فات موعده",
                "بعد موعده بعدد 141 من الأيام، لم يرو إنجازه",
                "الرئاسة: دونالد ترامب",
                "بقي 671 يوما",
                "الأعضاء: ماركو روبيو، ستيف ويتكوف",
                "تقرير كل 6 أشهر",
                "يقبل بشروط",
                "مستعدة للإفراج عن جميع الرهائن",
                "يشكك: وقف إطلاق النار في غزة وخطة النقاط العشرين",
                "أعيد نشره حتى 2026-01-12",
                "13 مع، 0 ضد، 2 امتناع",
                "كيف تبلَّغ الخروقات",
                "F6",
            ),
        ),
    ],
)
def test_all_that_is_tracked_stands_in_the_report(language: str, told: tuple[str, ...]) -> None:
    words = " ".join(re.sub(r"<[^>]+>", "", page(language)).split())
    assert [each for each in told if each not in words] == []
