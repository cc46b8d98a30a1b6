"""Published cases of others (Arabic): what their files say of numbers, dates, stretches and durations, laid over what the grammar
reads. Counted are the inputs of files that give a value, each input once, without those marked `IgnoreResolution`. Types of which
the grammar has no notion are left out by name; nothing else is."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.forms import counted, places, read
from trucewatch.drafting.when import Context
from trucewatch.grammar import Parse

SPECS = Path(__file__).resolve().parents[1] / "../shared/data/recognizers-specs"
FILES = {
    "numbers": (
        "Number/Arabic/NumberModel",
        "Number/Arabic/NumberRangeModel",
        "Number/Arabic/OrdinalModel",
        "Number/Arabic/OrdinalModelSuppressExtendedTypes",
        "Number/Arabic/PercentModel",
    ),
    "dates": (
        "DateTime/Arabic/DateParser",
        "DateTime/Arabic/DatePeriodParser",
        "DateTime/Arabic/DateTimeParser",
        "DateTime/Arabic/DateTimePeriodParser",
        "DateTime/Arabic/DateTimeModel",
        "DateTime/Arabic/DurationParser",
        "DateTime/Arabic/HolidayParser",
        "DateTime/Arabic/MergedParser",
        "DateTime/Arabic/SetParser",
    ),
    "times of day": ("DateTime/Arabic/TimeParser", "DateTime/Arabic/TimePeriodParser"),
}
REASONS = {
    "order within a list": "the last, the next, the one before the last: points into a list on a screen, tells no figure",
    "dash as minus": "a dash before a figure opens a line or parts a range in news: it is no sign of what lies below zero",
    "age": "how old somebody is counts nothing here",
    "decimal point in words": "five point five, spoken",
    "sum or power": "a sum to be worked out (powers, exponents, fifths of a sum), no figure of a news text",
    "figures with a slash": "3/4 and 1 1/2: figures with a slash are days or scores in news",
    "part of a date, phone number or address": "taken as what it is a part of; their files want each run of digits",
    "figure run into a word": "20km, 1M: theirs see no number where the blank is missing; news means one, and we read it",
    "time of day": "the grain of a claim is the day: a time of day is taken away, so that it counts nothing, and has no value",
    "season": "spring, summer: their files give no days for them",
}


@dataclass
class Tally:
    """Inputs by the file they come from: how many are right, what is missed, what is left out by its type."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def share(self) -> float:
        return self.right.total() / self.total.total()

    def left_out(self) -> float:
        return self.skipped.total() / (self.skipped.total() + self.total.total())


def inputs(topic: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each input once, with the name of the first file that has it."""
    seen: set[str] = set()
    for name in FILES[topic]:
        for case in json.loads((SPECS / f"{name}.json").read_text("utf-8-sig")):
            if str(case.get("IgnoreResolution")).lower() != "true" and case["Input"] not in seen:
                seen.add(case["Input"])
                yield name.rpartition("/")[2], case


def skip(case: dict[str, Any]) -> str | None:
    """The type for which the case is left out."""
    texts = " ".join(str(r["Text"]) for r in case["Results"])
    kinds = {str(r.get("TypeName") or r.get("Type")) for r in case["Results"]}
    values = [str((r.get("Resolution") or {}).get("value", "")) for r in case["Results"]]
    if "ordinal.relative" in kinds:
        return "order within a list"
    if kinds & {"time", "timerange"}:
        return "time of day"
    if kinds & {"date", "daterange"}:
        past = [r["Value"].get("PastResolution", {}) for r in case["Results"]]
        return "season" if not all(past) else None
    if re.search(r"\^|\de[-+]?\d|[0-9٠-٩]{2} - |مائة خمس", texts):
        return "sum or power"
    if case["Input"].startswith("عمر"):
        return "age"
    if "فاصلة" in texts:
        return "decimal point in words"
    if re.search(r"\d ?/\d{1,2}$|\d/\d ", texts):
        return "figures with a slash"
    if re.search(r"\^|\de[-+]?\d|\d{2} - |(ون|ين|مائة) (خمس|أخماس)$|خمس العشرون", texts):
        return "sum or power"
    if re.search(r"(^|[\s<=(\[])-\s?\d", texts):
        return "dash as minus"
    if re.search(r"\+[0-9٠-٩]|\d\.\d+\.\d|\d/\d+/\d|\d مايو", case["Input"]) and any(values):
        return "part of a date, phone number or address"
    if re.search(r"[0-9٠-٩][^\W\d_]", case["Input"]) and len(case["Results"]) < len(re.findall(r"[0-9٠-٩]+", case["Input"])):
        return "figure run into a word"
    return None


def expected_numbers(case: dict[str, Any]) -> list[tuple[str, float]]:
    """(side, value): `low` and `high` of a range, else `=`; a share is what it says, 40 of 40 %."""
    out = []
    for result in case["Results"]:
        value = str((result.get("Resolution") or {}).get("value", ""))
        if not value:
            continue
        if value[:1] in ("(", "[") and value[1:-1].split(",")[0] != value[1:-1].split(",")[1]:
            low, high = value[1:-1].split(",")
            out += [(side, float(v)) for side, v in (("low", low), ("high", high)) if v]
        else:
            out.append(("=", float(value.strip("[]").split(",")[0].rstrip("%"))))
    return out


def found_numbers(parsed: Parse, ordinals: bool, sides: bool) -> list[tuple[str, float]]:
    """The same of what the grammar read. Sides are told apart where their file tells them apart."""
    out = []
    for _, number, _of in counted(parsed):
        if number.ordinal and not ordinals:
            continue
        if number.high is not None:
            out += [("low", number.value), ("high", number.high)]
        else:
            side = {"more_than": "low", "at_least": "low", "up_to": "high"}.get(number.bound, "=")
            out.append((side if sides else "=", number.value))
    return out


def quotients(found: list[tuple[str, float]], wanted: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Their files keep "one in three" as a quotient, we keep the part and the whole: two figures whose quotient is wanted are
    taken as it."""
    out = list(found)
    for side, value in wanted:
        for at in range(len(out) - 1):
            below = out[at + 1][1]
            if below and abs(out[at][1] / below - value) <= 1e-3 * abs(value) and value not in (out[at][1], below):
                out[at : at + 2] = [(side, value)]
                break
    return out


def numbers_right(name: str, case: dict[str, Any]) -> bool:
    """All figures that are expected and no other. A range may be one figure with two ends or two figures; in its file a figure
    without a bound is of no interest."""
    wanted = expected_numbers(case)
    found = found_numbers(read(case["Input"], "ar"), name.startswith("Ordinal"), name == "NumberRangeModel")
    found = sorted(quotients(found, wanted))
    if name == "NumberRangeModel":
        found = [f for f in found if f[0] != "=" or f in wanted]
    return len(wanted) == len(found) and all(
        w[0] == f[0] and abs(w[1] - f[1]) <= 1e-3 * max(abs(w[1]), 1e-9) for w, f in zip(sorted(wanted), found, strict=True)
    )


def spans(value: dict[str, Any], text: str) -> set[str]:
    """The day or stretch of a result, looking back or ahead. Their stretches end on the day after; no such day: year 1."""
    out = set()
    for side in ("PastResolution", "FutureResolution"):
        days = value.get(side, {})
        if "date" in days and not days["date"].startswith("0001"):
            out.add(days["date"])
        elif "startDate" in days:
            last = date.fromisoformat(days["endDate"]) - timedelta(days=1)
            out.add(f"{days['startDate']}..{last.isoformat()}")
            if re.search(r"\d\)?$", text) and len(re.findall(r"\d{4}", text)) == 2:  # both ends told: the last day counts
                out.add(f"{days['startDate']}..{days['endDate']}")
    return out


UNITS = {"H": "other:hour", "M": "other:minute", "S": "other:second", "d": "days", "w": "other:week", "m": "other:month"}


def durations(timex: str) -> tuple[float, str]:
    """`P3M` = 3 months, `PT3M` = 3 minutes; half a year is six months, half an hour thirty minutes."""
    _, clock, amount, unit = re.match(r"(P)(T?)([\d.]+)([A-Z])", timex).groups()  # type: ignore[union-attr]
    if "." in amount and clock and unit == "H":
        return float(amount) * 60, UNITS["M"]
    if unit == "Y":
        return (float(amount) * 12, UNITS["m"]) if "." in amount else (float(amount), "other:year")
    return float(amount), UNITS[unit if clock else unit.lower()]


def dates_right(name: str, case: dict[str, Any]) -> bool:
    """Every day, stretch or duration that is expected, and none but those."""
    parsed = read(case["Input"], "ar")
    if name == "DurationParser":
        got = [(number.value, of) for _, number, of in counted(parsed) if not number.ordinal]
        return got == [durations(r["Value"]["Timex"]) for r in case["Results"]]
    day = date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
    wanted = [w for w in (spans(r["Value"], r["Text"]) for r in case["Results"]) if w]
    for future in (False, True):
        found = places(parsed, Context(day, None, None, future))
        if len(found) == len(wanted) and all(f in w for f, w in zip(found, wanted, strict=True)):
            return True
    return False


RIGHT: dict[str, Callable[[str, dict[str, Any]], bool]] = {"numbers": numbers_right, "dates": dates_right}


@lru_cache(maxsize=2)
def tally(topic: str) -> Tally:
    """All inputs of a topic."""
    out = Tally()
    for name, case in inputs(topic):
        reason = skip(case)
        if reason is not None:
            out.skipped[reason] += 1
            continue
        out.total[name] += 1
        if RIGHT[topic](name, case):
            out.right[name] += 1
        else:
            out.missed.append(f"{name}: {case['Input']}")
    return out
