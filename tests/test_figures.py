"""Figures: daily series by others, counts from two starts, what bounds allow, one origin for an office that is not named."""

from datetime import date
from pathlib import Path

import pytest

from trucewatch import flow, link, packs
from trucewatch.errors import ReadError
from trucewatch.link.bounds import limits
from trucewatch.model import Article, Claim, Figure

SHARED = Path(__file__).resolve().parents[2] / "shared"
SERIES = SHARED / "data" / "techforpalestine" / "casualties_daily.json"
SEED = SHARED / "samples" / "seed.txt"
# The shape of the real series, with other numbers: the first report falls on the day of the truce and tells of the day before it.
TINY = """[
  {"report_date": "2031-01-01", "report_source": "mohtel", "killed_truce_new": 4, "injured": 9},
  {"report_date": "2031-01-02", "report_source": "mohtel", "killed_truce_new": 6, "injured": 0},
  {"report_date": "2031-01-03", "report_source": "gmotel", "killed_truce_new": 2},
  {"report_date": "2031-01-04", "report_source": "mohtel", "killed": 3, "killed_truce_new": 1, "injured": 5}
]"""


def daily(text: str) -> tuple[dict[str, Article], list[Claim]]:
    rows = list(link.read_daily(text, packs.daily("techforpalestine-gaza")))
    return {article.id: article for article, _ in rows}, [claim for _, claims in rows for claim in claims]


def figures(articles: dict[str, Article], claims: list[Claim], of: str) -> list[Figure]:
    knowledge = packs.linking()
    found = link.figures(link.view(claim, articles[claim.article], knowledge) for claim in claims)
    return [one for one in found if one.of == of]


def test_a_row_is_an_article_and_its_counts_are_claims_that_quote_it() -> None:
    articles, claims = daily(TINY)
    assert [a.published for a in articles.values()] == [date(2031, 1, day) for day in (1, 2, 3, 4)]
    assert len(claims) == 6 and len({c.id for c in claims}) == 6, "a count of 0 is no claim"
    for claim in claims:
        text = articles[claim.article].text
        assert text in TINY
        for piece in claim.evidence:
            assert text[piece.start : piece.end] == piece.quote
    assert {c.speaker[-1].party for c in claims} == {"gaza-health-ministry", "gaza-government-media-office"}
    assert daily(TINY) == (articles, claims)


@pytest.mark.parametrize("text", ["[]", "{}", '[{"report_date": "soon"}]', '[{"killed": 1}]', '[{"report_date": "2031-01-01"'])
def test_what_is_no_series_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(ReadError, match=r"techforpalestine-gaza: .*\. Give "):
        daily(text)


def test_counts_from_two_starts_stand_side_by_side_with_the_reason() -> None:
    articles, claims = daily(TINY)
    mine = [f for f in figures(articles, claims, "killed") if f.source == "gaza-health-ministry"]
    (first, second), (reason,) = link.counted_from(mine, ("2031-01-02", "2031-01-01"), "2031-01-04")
    assert (first.start, first.value, second.start, second.value) == ("2031-01-01", 11, "2031-01-02", 7)
    assert first.derived and first.claim is None
    assert reason.rule == "first-report-before"
    assert dict(reason.values) == {"day": "2031-01-01", "value": "4", "of": "killed", "one": "2031-01-01", "other": "2031-01-02"}
    assert link.told(reason, "en", packs.linking()).startswith("the report of 2031-01-01 tells of the time before it: 4 killed")
    assert link.added(mine, "2032-01-01", "2032-02-01") is None


@pytest.mark.parametrize(
    ("bound", "inside", "outside"),
    [("exact", 440, 441), ("about", 423, 400), ("at_least", 440, 439), ("more_than", 441, 440), ("up_to", 440, 441)],
)
def test_bounds_admit_and_exclude(bound: str, inside: float, outside: float) -> None:
    low, high = limits(440, bound)
    assert (low is None or low <= inside) and (high is None or inside <= high)
    assert (low is not None and outside < low) or (high is not None and outside > high)


def test_the_spread_names_every_source_and_no_best() -> None:
    base = Figure("killed", 440, "about", 413.6, 466.4, "cumulative", "2031-01-01", "2031-02-01", "office-a")
    other = Figure("killed", 300, "more_than", 301, None, "cumulative", "2031-01-01", "2031-02-02", "army-b")
    late = Figure("killed", 500, "exact", 500, 500, "cumulative", "2031-01-01", "2031-03-01", "office-a")
    every = link.series((base, other, late))
    day = link.spread(every, "killed", "2031-02-10")
    assert (day.low, day.high) == (301, None) and {f.source for f in day.figures} == {"office-a", "army-b"}
    alone = link.spread(every, "killed", "2031-02-01")
    assert (alone.low, alone.high, len(alone.figures)) == (413.6, 466.4, 1)
    assert link.spread(every, "killed", "2030-12-31").figures == ()


# --- the outside check, where the real series and the seed report lie beside the repository


@pytest.fixture(scope="module")
def real() -> tuple[dict[str, Article], list[Claim]]:
    if not SERIES.exists():
        pytest.skip(f"the real series is not at {SERIES}; the tiny one above has its shape")
    return daily(SERIES.read_text("utf-8"))


@pytest.mark.parametrize(("of", "first", "second", "between"), [("killed", 440, 423, "17"), ("injured", 1428, 1357, "71")])
def test_the_real_series_on_12_january_2026(
    real: tuple[dict[str, Article], list[Claim]], of: str, first: int, second: int, between: str
) -> None:
    found = figures(*real, of)
    (one, other), (reason,) = link.counted_from(found, ("2025-10-10", "2025-10-11"), "2026-01-12")
    assert (one.value, other.value) == (first, second)
    assert dict(reason.values)["value"] == between and dict(reason.values)["day"] == "2025-10-10"


def test_the_seed_and_the_series_agree_and_are_one_origin(real: tuple[dict[str, Article], list[Claim]]) -> None:
    if not SEED.exists():
        pytest.skip(f"the seed report is not at {SEED}")
    knowledge = packs.linking()
    (coded,) = flow.code_source([SEED], on_problem=print, language="ar")
    told = link.figures(link.view(claim, coded.article, knowledge) for claim in coded.claims)
    for of, value in (("killed", 440), ("injured", 1200)):
        (mine,) = [f for f in told if f.of == of]
        assert mine.value == value and mine.day == "2026-01-12" and mine.start == "2025-10-10"
        counts, reasons = link.counted_from(figures(*real, of), ("2025-10-10", "2025-10-11"), mine.day)
        assert [link.fits(mine, one) is not None for one in counts] == [True, True]
        assert len(reasons) == 1
    (killed,) = [f for f in told if f.of == "killed"]
    count = link.added(figures(*real, "killed"), "2025-10-10", "2026-01-12")
    assert count is not None
    origin = link.same_source(killed, count, knowledge)
    assert origin is not None and origin.rule == "unnamed-office" and dict(origin.values)["source"] == "gaza-health-ministry"
