"""Times as told become intervals of days, resolved against the day of publication and what was told before."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from trucewatch.grammar.times import Time
from trucewatch.model import When


@dataclass(frozen=True, slots=True)
class Context:
    """`published`: the day of publication or None; `told`: the last interval told; `truce`: the day a deal came into force, if told;
    `future`: the clause looks ahead."""

    published: date | None
    told: When | None = None
    truce: date | None = None
    future: bool = False


Interval = tuple[date | None, date | None, str, str]  # start, end, grain, basis


def resolve(time: Time, context: Context, text: str | None, at: tuple[int, int] | None) -> When | None:
    """The interval of a time, or None if it cannot be placed. "Published" never dates an act by itself."""
    found = _interval(time, context)
    if found is None:
        return None
    start, end, grain, basis = found
    if start is None and end is None:
        return None
    return When(start.isoformat() if start else None, end.isoformat() if end else None, grain, basis, text, at, None)


def _interval(time: Time, context: Context) -> Interval | None:
    if time.kind == "date":
        return _date(time, context)
    if time.kind == "relative":
        return _relative(time, context)
    if time.kind == "since" and time.begin is None:
        return (context.truce, context.published, "day", "inferred") if context.truce else None
    if time.kind == "since" and time.begin is not None:
        begin = _interval(_past(time.begin), context)
        return (begin[0], context.published, begin[2], begin[3]) if begin and begin[0] else None
    if time.kind == "until" and time.finish is not None:
        finish = _interval(time.finish, Context(context.published, context.told, context.truce, True))
        return (None, finish[1], finish[2], finish[3]) if finish and finish[1] else None
    if time.kind == "between" and time.begin is not None and time.finish is not None:
        finish = _interval(time.finish, context)
        begin = _interval(time.begin if time.begin.year or not time.finish.year else _with_year(time.begin, time.finish.year), context)
        if begin and finish and begin[0] and finish[1] and begin[0] <= finish[1]:
            return begin[0], finish[1], begin[2], begin[3]
        return None
    if time.kind == "anaphor" and context.told is not None:
        told = context.told
        return (date.fromisoformat(told.start) if told.start else None, date.fromisoformat(told.end) if told.end else None, told.grain, "inferred")
    return None


def _past(time: Time) -> Time:
    return time


def _with_year(time: Time, year: int) -> Time:
    return Time(time.kind, year, time.month, time.day, time.weekday, time.part, time.hijri, time.unit, time.n, time.span, time.begin, time.finish)


def _date(time: Time, context: Context) -> Interval | None:
    published = context.published
    if time.hijri:
        return _hijri(time, context)
    if time.month is not None:
        year = time.year or _year_of(time, context)
        if year is None:
            return None
        if time.day is not None:
            day = _day(year, time.month, time.day)
            return (day, day, "day", "stated") if day else None
        last = calendar.monthrange(year, time.month)[1]
        first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(time.part or "", (1, last))
        return date(year, time.month, first_day), date(year, time.month, last_day), "month" if not time.part else "week", "stated"
    if time.year is not None:
        months = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}.get(time.part or "", (1, 12))
        return date(time.year, months[0], 1), date(time.year, months[1], calendar.monthrange(time.year, months[1])[1]), "year", "stated"
    if time.weekday is not None and published is not None:
        day = _weekday(time.weekday, published, context.future)
        return day, day, "day", "relative"
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(time: Time, context: Context) -> int | None:
    """The year of a date told without one: the nearest that is not after publication, or, looking ahead, not before it."""
    published = context.published
    if published is None or time.month is None:
        return None
    day = time.day or {"early": 1, "mid": 11, "late": 21}.get(time.part or "", 1)
    year = published.year
    here = _day(year, time.month, min(day, calendar.monthrange(year, time.month)[1]))
    if here is None:
        return year
    if context.future:
        return year + 1 if (published - here).days > 60 else year
    ahead = (here - published).days
    return year - 1 if ahead > (0 if time.day else 31) + 6 else year


def _hijri(time: Time, context: Context) -> Interval | None:
    from hijridate import Hijri

    if time.month is None or time.year is None:
        return None
    try:
        first = Hijri(time.year, time.month, time.day or 1)
        start = first.to_gregorian()
        length = 1 if time.day else first.month_length()
    except (ValueError, OverflowError):
        return None
    begin = date(start.year, start.month, start.day)
    return begin, begin + timedelta(days=length - 1), "day" if time.day else "month", "stated"


def _weekday(weekday: int, published: date, future: bool) -> date:
    """The nearest such day not after publication; looking ahead, the nearest not before it."""
    gap = (published.isoweekday() - weekday) % 7
    if future:
        return published + timedelta(days=(weekday - published.isoweekday()) % 7)
    return published - timedelta(days=gap)


def _month_shift(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _relative(time: Time, context: Context) -> Interval | None:
    published = context.published
    if published is None:
        return None
    n, unit = time.n, time.unit or "day"
    if time.weekday is not None:
        if n is None or n == 0:
            day = _weekday(time.weekday, published, context.future)
        elif n < 0:
            gap = (published.isoweekday() - time.weekday) % 7
            day = published - timedelta(days=gap or 7)
        else:
            gap = (time.weekday - published.isoweekday()) % 7
            day = published + timedelta(days=gap or 7)
        return day, day, "day", "relative"
    if n is None:
        return None
    if time.span:
        return _stretch(published, n, unit)
    if unit in ("minute", "hour", "day", "night", "morning"):
        day = published + timedelta(days=round(n) if unit not in ("hour", "minute") else round(n / 24) if unit == "hour" else 0)
        return day, day, "day", "relative"
    if unit == "week":
        monday = published - timedelta(days=published.isoweekday() - 1) + timedelta(weeks=round(n))
        return monday, monday + timedelta(days=6), "week", "relative"
    if unit == "month":
        year, month = _month_shift(published, round(n))
        last = calendar.monthrange(year, month)[1]
        first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(time.part or "", (1, last))
        return date(year, month, first_day), date(year, month, last_day), "month", "relative"
    if unit == "year":
        year = published.year + round(n)
        return date(year, 1, 1), date(year, 12, 31), "year", "relative"
    return None


def _stretch(published: date, n: float, unit: str) -> Interval | None:
    """The whole stretch of n units that ends (n < 0) or begins (n > 0) on the day of publication."""
    if unit == "month" or unit == "year":
        months = round(n * (12 if unit == "year" else 1))
        year, month = _month_shift(published, months)
        other = date(year, month, min(published.day, calendar.monthrange(year, month)[1]))
    else:
        days = {"minute": 0.0, "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0}.get(unit)
        if days is None:
            return None
        other = published + timedelta(days=round(n * days) or (-1 if n < 0 else 1))
    return (other, published, "day", "relative") if n < 0 else (published, other, "day", "relative")
