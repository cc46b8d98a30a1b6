"""Figures and times as news prints them (tests/cases/*/news) and published cases of others: how many are right, by language and
topic, held at floors. What is missed is listed where a floor is broken."""

from collections.abc import Callable

import pytest

from tests import specs
from tests.forms import misses, news

FLOORS = {"numbers": 0.95, "times": 0.93}  # share of the cases of each language that must be right
LANGUAGES = ("en", "es", "fr", "he", "ru", "tr", "uk")


@pytest.mark.parametrize("topic", ["numbers", "times"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_as_news_prints_them(language: str, topic: str, record_property: Callable[[str, object], None]) -> None:
    missed, total = misses(topic, language), len(news(topic, language))
    record_property(f"{language} {topic}", f"{total - len(missed)} of {total}")
    assert total - len(missed) >= FLOORS[topic] * total, "\n".join(missed)


def test_english_has_four_hundred_cases() -> None:
    assert sum(len(news(topic, "en")) for topic in ("numbers", "times")) >= 400


@pytest.mark.skipif(not specs.SPECS.is_dir(), reason="the published cases are not on this machine")
@pytest.mark.parametrize(("topic", "floor"), [("numbers", 0.95), ("dates", 0.85)])
def test_published_cases(topic: str, floor: float, record_property: Callable[[str, object], None]) -> None:
    done = specs.tally(topic)
    record_property(topic, f"{done.right.total()} of {done.total.total()}; left out: {dict(done.skipped)}")
    assert done.share() >= floor, "\n".join(done.missed)


@pytest.mark.skipif(not specs.SPECS.is_dir(), reason="the published cases are not on this machine")
def test_at_most_a_quarter_is_left_out() -> None:
    """Of all inputs that tell numbers or dates; every type that is left out has its reason."""
    done = [specs.tally(topic) for topic in ("numbers", "dates")]
    left, kept = sum(t.skipped.total() for t in done), sum(t.total.total() for t in done)
    assert left <= (left + kept) / 4
    assert set().union(*(t.skipped for t in done)) <= set(specs.REASONS)
