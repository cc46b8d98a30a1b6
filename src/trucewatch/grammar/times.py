"""Times as told, not yet resolved: the day of reading is unknown here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.grammar.items import Item
from trucewatch.grammar.numbers import Count, Number, duration, size


@dataclass(frozen=True, slots=True)
class Time:
    """`kind`: date, relative, since, until, before, between, anaphor, vague (told, but no interval: "weeks ago"). A date has any
    of year, month, day, weekday, part (early, mid, late, a quarter, a half), and `n` -1, 0 or 1 where it says last, this or
    next; `unit` month or year where that is said of the month or year around it (the 5th of next month); `nth`: the second Sunday
    of its month. A relative time lies `n` units away (negative = before); `span` if it means the whole stretch up to now (the
    past three days); `part` of that
    unit. An anaphor points to the interval told before, `n` units away from it. Since, until, before and between hold times.
    `hijri`: month and year of the Islamic calendar. `count`: a term ("within 30 days") is a quantity too."""

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    hijri: bool = False
    unit: str | None = None
    nth: int | None = None
    n: float | None = None
    span: bool = False
    begin: "Time | None" = None
    finish: "Time | None" = None
    count: Count | None = None
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. It dates nothing: the grain of a claim is the day."""

    classes: frozenset[str] = frozenset({"clock"})


Captures = Mapping[str, Sequence[Item]]
Params = Mapping[str, Any]


def _int(items: Sequence[Item]) -> int | None:
    for item in items:
        if item.mark is not None and isinstance(item.mark.value, Number):
            return int(item.mark.value.value)
        if item.has("num.digits") and item.key.isdigit():
            return int(item.key)
        raw = item.value("num", "n")
        if raw is not None:
            return int(float(raw))
    return None


def _value(items: Sequence[Item], cls: str, key: str) -> str | None:
    for item in items:
        found = item.value(cls, key)
        if found is not None:
            return found
    return None


def _time(items: Sequence[Item]) -> Time | None:
    for item in items:
        if item.mark is not None and isinstance(item.mark.value, Time):
            return item.mark.value
    return None


def date(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """Captures day, month, year, weekday, part; a figure like 12/1/2026 is captured as `figure` (day first unless the parameter
    says month). `of=<time>` takes over a time found before (today, 12 January). `mod`: last, next or this beside a month ("10
    October last"); with the parameter `unit` it is said of the month or year around it ("the 10th of last month"). `nth`: which
    of the weekdays of a month."""
    if "of" in captures:
        return _time(captures["of"])
    if "figure" in captures:
        return _figure(captures["figure"], params)
    day, year = _int(captures.get("day", ())), _int(captures.get("year", ()))
    month_items = captures.get("month", ())
    month, hijri = _value(month_items, "month", "n"), _value(month_items, "month", "hijri")
    weekday = _value(captures.get("weekday", ()), "weekday", "n")
    part = _value(captures.get("part", ()), "part", "part") or params.get("part")
    unit, nth = params.get("unit"), _int(captures.get("nth", ()))
    if day is not None and not 1 <= day <= 31 or month is None and hijri is None and day is not None and unit != "month":
        return None
    if nth is not None and not 1 <= nth <= 5:
        return None
    mod = captures.get("mod", ())
    side = 1.0 if any(i.has("next") for i in mod) else -1.0 if any(i.has("last") for i in mod) else 0.0 if mod else None
    islamic = hijri is not None and month is None or "hijri" in captures
    number = hijri if islamic else month
    if islamic and hijri is None:
        return None
    kind = "weekday" if weekday and not number and not year else "date.day" if day is not None else "date"
    return Time(
        "date",
        year,
        int(number) if number else None,
        day,
        int(weekday) if weekday else None,
        part,
        islamic,
        unit,
        nth,
        side,
        classes=frozenset({f"time.{kind}"}),
    )


def _figure(items: Sequence[Item], params: Params) -> Time | None:
    pieces = (
        "".join(t.key for item in items for t in item.tokens)
        .replace(".", "/")
        .replace("-", "/")
        .replace("\u2013", "/")
        .split("/")
    )
    if not all(p.isdigit() for p in pieces):
        return None
    if len(pieces) == 2:
        return _short_figure(int(pieces[0]), int(pieces[1]))
    if len(pieces) != 3:
        return None
    a, b, c = (int(p) for p in pieces)
    if len(pieces[0]) == 4:
        year, month, day = a, b, c
    elif len(pieces[2]) == 4:
        day, month, year = (b, a, c) if params.get("first") == "month" and a <= 12 else (a, b, c)
    else:
        return None
    if month > 12 and day <= 12:
        day, month = month, day
    return Time("date", year, month, day, classes=frozenset({"time.date.day"})) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _short_figure(a: int, b: int) -> Time | None:
    """3/2015 and 2015/3 are months; 22/4 and 4/22 are days, for one of the two can be no month. 3/4 may be a part."""
    low, high = sorted((a, b))
    if 1 <= low <= 12 and 1900 <= high <= 2100:
        return Time("date", high, low, classes=frozenset({"time.date"}))
    return Time("date", None, low, high, classes=frozenset({"time.date.day"})) if 1 <= low <= 12 < high <= 31 else None


def relative(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """A day, week, month … away from the day of publication. `day` captures a day word; `n` a number of units, or one `unit`
    alone; parameter `sign` -1, 0 or 1 (with n: the direction); `span: true` for the past N days. `weekday`: that day of the week,
    the nearest in the direction of `sign`; with `unit: week` that day of the week that lies `sign` weeks away. `vague: true`:
    told without a figure. `told: true`, or a word of the lexicon that says `from=told` (the following day): counted from the
    interval told before. A lexicon word may also say `span=1` (the past week)."""
    if params.get("vague"):
        return Time("vague", classes=frozenset({"time.vague"}))
    sign = params.get("sign")
    part = _value(captures.get("part", ()), "part", "part")
    if "day" in captures:
        offset = _value(captures["day"], "day", "offset")
        return None if offset is None else Time("relative", unit="day", n=float(offset), classes=frozenset({"time.day"}))
    if "weekday" in captures:
        weekday = _value(captures["weekday"], "weekday", "n")
        week = params.get("unit")
        return (
            None
            if weekday is None
            else Time("relative", weekday=int(weekday), unit=week, n=float(sign or 0), classes=frozenset({"time.relative"}))
        )
    units = captures.get("unit", ())
    unit = params.get("unit") or _value(units, "unit", "unit") or "day"
    each = size(units)
    counted = "n" in captures
    count = _amount(captures["n"]) if counted else 1.0
    if count is None:
        return None
    words = [item for item in items if item.has("last") or item.has("next")]
    told = params.get("told") or any(_value((w,), c, "from") == "told" for w in words for c in ("last", "next"))
    span = (
        bool(params.get("span"))
        or sign not in (None, 0)
        and params.get("span") is not False
        and (each > 1 and not counted or any(_value((w,), c, "span") for w in words for c in ("last", "next")))
    )
    n = count * each * int(1 if sign is None else sign)
    kind = "anaphor" if told else "relative"
    return Time(kind, part=part, unit=unit, n=n, span=span and not told, classes=frozenset({f"time.{kind}"}))


def _amount(items: Sequence[Item]) -> float | None:
    for item in items:
        if item.mark is not None and isinstance(item.mark.value, Number):
            return None if item.mark.value.ordinal else item.mark.value.value
    return None


def since(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """From the captured time on; parameter `told`: from the interval told before (since then); `open`: from the start of what the
    match names (the truce), found by the coder; `clause: true`: the time stands in a clause of its own ("since the truce took
    hold on 10 October") and dates the clause by its begin alone: class time.clause."""
    begin = _time(captures.get("from", ()))
    if begin is None and params.get("told"):
        begin = Time("anaphor")
    if begin is None and not params.get("open"):
        return None
    return Time("since", begin=begin, classes=frozenset({"time.since"} | ({"time.clause"} if params.get("clause") else set())))


def until(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """Up to the captured time, or with `exclusive: true` to the day before it; "within N days" (captures n, unit) = until N days
    after the day told before, or after publication."""
    finish = _time(captures.get("to", ()))
    if finish is None and "unit" in captures:
        count = _amount(captures["n"]) if "n" in captures else 1.0
        if count is not None:
            unit = _value(captures["unit"], "unit", "unit") or "day"
            each = size(captures["unit"])
            number = next(
                (i.mark.value for i in captures.get("n", ()) if i.mark is not None and isinstance(i.mark.value, Number)),
                Number(each),
            )
            term = Count(number, duration(captures["unit"][0]), (captures["unit"][0].start, captures["unit"][-1].end))
            return Time("until", unit=unit, n=count * each, count=term, classes=frozenset({"time.within"}))
    return (
        None
        if finish is None
        else Time("before" if params.get("exclusive") else "until", finish=finish, classes=frozenset({"time.until"}))
    )


def between(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """From one time to another. A bare day at one end takes month and year of the other; bare years make whole years."""
    begin, finish = _end(captures.get("from", ()), params), _end(captures.get("to", ()), params)
    if isinstance(begin, int) and isinstance(finish, Time):
        begin = replace(finish, day=begin, weekday=None, part=None) if finish.month and finish.day else None
    elif isinstance(begin, Time) and isinstance(finish, int):
        finish = replace(begin, day=finish, weekday=None, part=None) if begin.month and begin.day else None
    if not isinstance(begin, Time) or not isinstance(finish, Time):
        return None
    if begin.kind == finish.kind == "date" and begin.year is None and finish.year and begin.month:
        begin = replace(begin, year=finish.year - (1 if finish.month and begin.month > finish.month else 0))
    return Time("between", begin=begin, finish=finish, classes=frozenset({"time.between"}))


def _end(items: Sequence[Item], params: Params) -> "Time | int | None":
    found = _time(items)
    if found is not None:
        return found
    value = _int(items)
    if value is not None and params.get("years"):
        return Time("date", value)
    return value if value is not None and 1 <= value <= 31 else None


def anaphor(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """Points back to the interval told before (this period, the same day); with `unit` day it must be one day."""
    return Time(
        "anaphor",
        unit=params.get("unit") or _value(captures.get("unit", ()), "unit", "unit"),
        classes=frozenset({"time.anaphor"}),
    )


def clock(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Clock:
    """A time of day, taken so that its figures count nothing."""
    return Clock()
