"""Numbers, what they count, and times: sentences of tests/cases/numbers and tests/cases/times, and every number spelt out."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms import CASES, inner, read
from trucewatch.drafting.when import Context, resolve
from trucewatch.grammar import Parse, tree
from trucewatch.grammar.numbers import Count, Number
from trucewatch.grammar.times import Time
from trucewatch.model import When
from trucewatch.model.codes import QUANTITY_KINDS


def cases(topic: str) -> list[Any]:
    """One parameter set a sentence: language and case."""
    out = []
    for path in sorted((CASES / topic).glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            out.append(pytest.param(path.stem, case, id=f"{path.stem}: {case['text'][:60]}"))
    return out


def numbers(text: str, parsed: Parse) -> list[str]:
    """`words = value bound code` of each figure that is no ordinal; a range is low-high; the code only where it is one of
    ours."""
    out = []
    for item in parsed.items:
        for mark in inner(item.mark, lambda m: isinstance(m.value, (Number, Count))) if item.mark else ():
            number = mark.value.number if isinstance(mark.value, Count) else mark.value
            if number.ordinal:
                continue
            value = "-".join(f"{v:.10g}" for v in (number.value, number.high) if v is not None)
            code = mark.value.of if isinstance(mark.value, Count) and mark.value.of in QUANTITY_KINDS else ""
            out.append(f"{text[mark.start : mark.end]} = {value} {number.bound} {code}".strip())
    return out


def times(text: str, parsed: Parse, context: Context) -> list[str]:
    """`words = first..last` of each time."""
    out = []
    for item in parsed.items:
        for mark in inner(item.mark, lambda m: m.label in ("time", "clock")) if item.mark else ():
            when = resolve(mark.value, context, None, None) if isinstance(mark.value, Time) else None
            placed = f"{when.start or ''}..{when.end or ''}" if when else "clock" if mark.label == "clock" else "none"
            out.append(f"{text[mark.start : mark.end]} = {placed}")
    return out


@pytest.mark.parametrize(("language", "case"), cases("numbers"))
def test_numbers(language: str, case: dict[str, Any]) -> None:
    parsed = read(case["text"], language)
    assert numbers(case["text"], parsed) == case["expect"], "\n" + "\n".join(tree(parsed, case["text"]))


@pytest.mark.parametrize(("language", "case"), cases("times"))
def test_times(language: str, case: dict[str, Any]) -> None:
    parsed = read(case["text"], language)
    told = case.get("told")
    before = When(str(told[0]), str(told[1]), "day", "stated") if told else None
    context = Context(case["published"], before, None, case.get("future", False))
    assert times(case["text"], parsed, context) == case["expect"], "\n" + "\n".join(tree(parsed, case["text"]))


def test_each_language_has_enough_cases() -> None:
    for language in ("ar", "en"):
        count = sum(
            len(yaml.safe_load((CASES / topic / f"{language}.yaml").read_text("utf-8"))) for topic in ("numbers", "times")
        )
        assert count >= 120


# Every number spelt out

EN_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
EN_UNITS += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
AR_MASC = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
AR_FEM = ["صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
AR_TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]


def english(n: int, dash: str, joiner: str) -> str:
    """`dash` between ten and unit, `joiner` (" and " or " ") after the hundred."""
    if n < 20:
        return EN_UNITS[n]
    if n < 100:
        return EN_TENS[n // 10] + (dash + EN_UNITS[n % 10] if n % 10 else "")
    if n < 1000:
        return f"{EN_UNITS[n // 100]} hundred" + (joiner + english(n % 100, dash, joiner) if n % 100 else "")
    rest = n % 1000
    return f"{english(n // 1000, dash, joiner)} thousand" + (
        (joiner if rest < 100 else " ") + english(rest, dash, joiner) if rest else ""
    )


def arabic(n: int, feminine: bool, oblique: bool, hundred: str) -> str:
    """`feminine`: forms beside a feminine noun; `oblique`: genitive endings; `hundred`: one of the two spellings."""
    units = AR_FEM if feminine else AR_MASC
    if n <= 10:
        return units[n].replace("ان", "ين") if oblique and n == 2 else units[n]
    if n < 20:
        front = {11: ("أحد", "إحدى"), 12: ("اثني" if oblique else "اثنا", "اثنتي" if oblique else "اثنتا")}.get(
            n, (AR_MASC[n - 10], AR_FEM[n - 10])
        )
        return f"{front[feminine]} {'عشرة' if feminine else 'عشر'}"
    if n < 100:
        ten = AR_TENS[n // 10] + ("ين" if oblique else "ون")
        unit = n % 10
        return ten if not unit else f"{arabic(unit, feminine, oblique, hundred)} و{ten}"
    if n < 1000:
        hundreds = n // 100
        word = (
            hundred
            if hundreds == 1
            else hundred[:-1] + ("تين" if oblique else "تان")
            if hundreds == 2
            else AR_TENS[hundreds] * (hundreds > 2) + hundred
        )
        return word + (f" و{arabic(n % 100, feminine, oblique, hundred)}" if n % 100 else "")
    head, rest = divmod(n, 1000)
    if head <= 2:
        word = "ألف" if head == 1 else "ألفين" if oblique else "ألفان"
    else:
        word = f"{arabic(head, False, oblique, hundred)} {'آلاف' if head <= 10 else 'ألفا' if head % 100 > 10 else 'ألف'}"
    return word + (f" و{arabic(rest, feminine, oblique, hundred)}" if rest else "")


def only_number(text: str, language: str) -> float | None:
    """The value if the whole text is one number."""
    parsed = read(text, language)
    marks = [m for item in parsed.items if item.mark for m in inner(item.mark, lambda m: isinstance(m.value, (Number, Count)))]
    if len(marks) != 1 or (marks[0].start, marks[0].end) != (0, len(text)):
        return None
    value = marks[0].value
    return value.number.value if isinstance(value, Count) else value.value


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 99_999), st.sampled_from(["-", " "]), st.sampled_from([" and ", " "]))
def test_english_number_words(n: int, dash: str, joiner: str) -> None:
    words = english(n, dash, joiner)
    assert only_number(words, "en") == n, words


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 99_999), st.booleans(), st.booleans(), st.sampled_from(["مئة", "مائة"]))
def test_arabic_number_words(n: int, feminine: bool, oblique: bool, hundred: str) -> None:
    words = arabic(n, feminine, oblique, hundred)
    assert only_number(words, "ar") == n, words


@pytest.mark.parametrize("language", ["ar", "en"])
def test_number_words_one_by_one(language: str) -> None:
    for n in (*range(400), *range(400, 100_000, 389)):
        words = english(n, "-", " and ") if language == "en" else arabic(n, bool(n % 2), bool(n % 3), "مئة")
        assert only_number(words, language) == n, words


@given(st.integers(0, 10**9))
def test_figures_with_any_separator(n: int) -> None:
    for text in (f"{n}", f"{n:,}", f"{n:,}".replace(",", "٬"), f"{n}".translate({48 + d: 0x660 + d for d in range(10)})):
        assert only_number(text, "ar") == n, text
