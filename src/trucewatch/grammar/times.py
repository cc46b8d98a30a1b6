"""Times as told, not yet resolved: the day of reading is unknown here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.grammar.items import Item
from trucewatch.grammar.numbers import Number


@dataclass(frozen=True, slots=True)
class Time:
    """`kind`: date, relative, since, until, between, anaphor, clock. A date has any of year, month, day, weekday, part (early, mid, late);
    a relative time `unit` and `n` units away (negative = before), `span` if it means the whole stretch up to now (the past three days);
    since, until and between hold times. `hijri`: month and year of the Islamic calendar."""

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    hijri: bool = False
    unit: str | None = None
    n: float | None = None
    span: bool = False
    begin: "Time | None" = None
    finish: "Time | None" = None
    classes: frozenset[str] = frozenset()


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
    """Captures day, month, year, weekday, part; a figure like 12/1/2026 is captured as `figure` (day first unless the parameter says month)."""
    if "figure" in captures:
        return _figure(captures["figure"], params)
    day, year = _int(captures.get("day", ())), _int(captures.get("year", ()))
    month_items = captures.get("month", ())
    month, hijri = _value(month_items, "month", "n"), _value(month_items, "month", "hijri")
    weekday = _value(captures.get("weekday", ()), "weekday", "n")
    part = _value(captures.get("part", ()), "part", "part") or params.get("part")
    if day is not None and not 1 <= day <= 31:
        return None
    if month is None and hijri is None and day is not None:
        return None
    number = month or hijri
    return Time("date", year, int(number) if number else None, day, int(weekday) if weekday else None, part, hijri is not None and month is None,
                classes=frozenset({"time.date"}))


def _figure(items: Sequence[Item], params: Params) -> Time | None:
    pieces = items[0].key.replace(".", "/").replace("-", "/").split("/")
    if len(pieces) != 3 or not all(p.isdigit() for p in pieces):
        return None
    a, b, c = (int(p) for p in pieces)
    if len(pieces[0]) == 4:
        year, month, day = a, b, c
    else:
        day, month, year = (b, a, c) if params.get("first") == "month" and a <= 12 else (a, b, c)
    if month > 12 and day <= 12:
        day, month = month, day
    return Time("date", year, month, day, classes=frozenset({"time.date"})) if 1 <= month <= 12 and 1 <= day <= 31 else None


def relative(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """A day, week, month … away from the day of publication. `n` captured or given; parameter `sign` -1 or 1; `span: true` for "the past N days";
    with `weekday` captured: that weekday of the week, or the nearest in the direction of `sign`."""
    unit = params.get("unit") or _value(captures.get("unit", ()), "unit", "unit") or "day"
    n: float | None = params.get("n")
    if n is None and "day" in captures:
        offset = _value(captures["day"], "day", "offset")
        n = float(offset) if offset is not None else None
        unit = "day"
    elif n is None and "n" in captures:
        got = _int(captures["n"])
        n = None if got is None else float(got) * int(params.get("sign", 1))
    elif n is None and "unit" in captures:
        count = float(_value(captures["unit"], "unit", "n") or 1)
        if any(item.has("f.du") for item in captures["unit"]):
            count = 2
        n = count * int(params.get("sign", 1))
    if n is None and "weekday" not in captures:
        return None
    weekday = _value(captures.get("weekday", ()), "weekday", "n")
    part = _value(captures.get("part", ()), "part", "part")
    sign = params.get("sign")
    return Time("relative", weekday=int(weekday) if weekday else None, part=part, unit=unit,
                n=n if n is not None else (float(sign) if sign else None), span=bool(params.get("span", False)), classes=frozenset({"time.relative"}))


def since(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """From the captured time on; without one, from the start of what the match names (the truce), found by the coder."""
    begin = _time(captures.get("from", ()))
    if begin is None and not params.get("open"):
        return None
    return Time("since", begin=begin, classes=frozenset({"time.since"}))


def until(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """Up to the captured time; "within N days" = until N days from now."""
    finish = _time(captures.get("to", ()))
    return None if finish is None else Time("until", finish=finish, classes=frozenset({"time.until"}))


def between(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """From one time to another; a bare day number at the front takes month and year of the second."""
    begin, finish = _time(captures.get("from", ())), _time(captures.get("to", ()))
    if begin is None and finish is not None and "from" in captures:
        day = _int(captures["from"])
        if day is not None and finish.month:
            begin = Time("date", finish.year, finish.month, day)
    if begin is None or finish is None:
        return None
    return Time("between", begin=begin, finish=finish, classes=frozenset({"time.between"}))


def anaphor(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """Points back to the interval told before (this period, the same day)."""
    return Time("anaphor", unit=_value(captures.get("unit", ()), "unit", "unit"), classes=frozenset({"time.anaphor"}))


def clock(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Time | None:
    """A time of day; with a captured time its day."""
    inner = _time(captures.get("on", ()))
    return inner if inner is not None else Time("clock", classes=frozenset({"clock"}))
