"""Times as told become intervals of days, resolved against the day of publication and what was told before."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hijridate import Hijri

from trucewatch.grammar.times import Time
from trucewatch.model import When

PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "h1": (1, 15), "h2": (16, 31)}  # days of a month
QUARTERS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "h1": (1, 6), "h2": (7, 12)}  # months of a year
QUARTERS |= {f"q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)}
FAR_AHEAD = 6  # days by which a date without a year may lie after publication and still be of that year


@dataclass(frozen=True, slots=True)
class Context:
    """`published`: the day of publication or None; `told`: the last interval told; `truce`: the day a deal came into force, if
    told; `future`: the clause looks ahead."""

    published: date | None
    told: When | None = None
    truce: date | None = None
    future: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included; None = open on that side."""

    start: date | None
    end: date | None
    grain: str
    basis: str


def resolve(time: Time, context: Context, text: str | None, at: tuple[int, int] | None) -> When | None:
    """The interval of a time, or None if it cannot be placed. "Published" never dates an act by itself."""
    try:
        found = _interval(time, context)
    except (ValueError, OverflowError):  # a day before year 1 or after year 9999
        return None
    if found is None or found.start is None and found.end is None:
        return None
    return When(
        found.start.isoformat() if found.start else None,
        found.end.isoformat() if found.end else None,
        found.grain,
        found.basis,
        text,
        at,
        None,
    )


def _interval(time: Time, context: Context) -> Interval | None:
    if time.kind == "date":
        return _date(time, context)
    if time.kind == "relative":
        return _relative(time, context)
    if time.kind == "since":
        return _since(time, context)
    if time.kind in ("until", "before"):
        return _until(time, context)
    if time.kind == "between" and time.begin is not None and time.finish is not None:
        begin, finish = _interval(time.begin, context), _interval(time.finish, context)
        if begin and finish and begin.start and finish.end and begin.start <= finish.end:
            return Interval(begin.start, finish.end, begin.grain, begin.basis)
        return None
    return _anaphor(time, context) if time.kind == "anaphor" else None


def _since(time: Time, context: Context) -> Interval | None:
    """From the first day of what is named to the day of publication; looking ahead the end is open."""
    if time.begin is None:
        begin = Interval(context.truce, context.truce, "day", "inferred") if context.truce else None
    else:
        begin = _interval(time.begin, context)
    if begin is None or begin.start is None:
        return None
    end = context.published
    if end is not None and (begin.start > end or context.future and begin.start >= end):
        end = None
    return Interval(begin.start, end, begin.grain, begin.basis)


def _until(time: Time, context: Context) -> Interval | None:
    if time.finish is not None:
        finish = _interval(time.finish, replace(context, future=True))
        if finish is not None and time.kind == "before":
            return Interval(None, finish.start - timedelta(days=1), finish.grain, finish.basis) if finish.start else None
        return Interval(None, finish.end, finish.grain, finish.basis) if finish and finish.end else None
    if not context.future:
        return None
    base = _told_day(context) or context.published
    if base is None or time.n is None:
        return None
    stretch = _stretch(base, time.n, time.unit or "day")
    return Interval(None, stretch.end, stretch.grain, stretch.basis) if stretch else None


def _told_day(context: Context) -> date | None:
    """The one day told before, if it lies at most two weeks before publication: what a term runs from."""
    told = context.told
    if told is None or told.start is None or told.start != told.end:
        return None
    day = date.fromisoformat(told.start)
    return day if context.published is None or 0 <= (context.published - day).days <= 14 else None


def _anaphor(time: Time, context: Context) -> Interval | None:
    told = context.told
    if told is None:
        return None
    start, end = (date.fromisoformat(d) if d else None for d in (told.start, told.end))
    if time.n is None:
        if time.unit == "day" and start != end:
            return None
        return Interval(start, end, told.grain, "inferred")
    base = end if time.n > 0 else start
    if base is None or time.unit == "day" and start != end:
        return None
    if (time.unit or "day") in ("hour", "minute", "second"):
        return Interval(base, base, "day", "inferred")
    if time.unit == "week" and start == end:
        found: Interval | None = _away(base, 7 * time.n, "day", None)
    else:
        found = _away(base, time.n, time.unit or "day", time.part)
    return replace(found, basis="inferred") if found else None


def _date(time: Time, context: Context) -> Interval | None:
    published = context.published
    if time.hijri:
        return _hijri(time)
    if time.unit is not None:
        return _around(time, context) if published is not None else None
    if time.month is not None:
        year = time.year or _year_of(time, context)
        if year is None:
            return None
        if time.day is None:
            return _month(year, time.month, time.part, "stated")
        if time.day > calendar.monthrange(year, time.month)[1]:
            return None
        day = date(year, time.month, time.day)
        return Interval(day, day, "day", "stated")
    if time.year is not None:
        first, last = QUARTERS.get(time.part or "", (1, 12))
        return Interval(
            date(time.year, first, 1), date(time.year, last, calendar.monthrange(time.year, last)[1]), "year", "stated"
        )
    if time.weekday is not None and published is not None:
        day = _weekday(time.weekday, published, 1 if context.future else 0)
        return Interval(day, day, "day", "relative")
    return None


def _around(time: Time, context: Context) -> Interval | None:
    """A month of last, this or next year, a day of last, this or next month, or the nth weekday of it. A bare day ("the 15th") is
    the nearest that is not after publication, or, looking ahead, not before it."""
    published = context.published
    if published is None:
        return None
    ahead = round(time.n or 0)
    if time.unit == "year":
        return _date(replace(time, unit=None, n=None, year=published.year + ahead), context)
    if time.n is None and time.day is not None:
        ahead = (time.day < published.day) if context.future else -(time.day > published.day)
    index = published.year * 12 + published.month - 1 + ahead
    year, month = index // 12, index % 12 + 1
    day = time.day
    if time.nth is not None and time.weekday is not None:
        day = 1 + (time.weekday - date(year, month, 1).isoweekday()) % 7 + 7 * (time.nth - 1)
    if day is None or day > calendar.monthrange(year, month)[1]:
        return None
    return Interval(date(year, month, day), date(year, month, day), "day", "relative")


def _month(year: int, month: int, part: str | None, basis: str) -> Interval:
    last = calendar.monthrange(year, month)[1]
    first, final = PARTS.get(part or "", (1, 31))
    return Interval(date(year, month, first), date(year, month, min(final, last)), "week" if part else "month", basis)


def _year_of(time: Time, context: Context) -> int | None:
    """The year of a date told without one: the nearest that is not after publication (where that is unknown: not after the day
    told before), or, looking ahead, not before it."""
    published = context.published
    if published is None and context.told is not None and context.told.end:
        published = date.fromisoformat(context.told.end)
    if published is None or time.month is None:
        return None
    first = PARTS.get(time.part or "", (1, 31))[0]
    last = calendar.monthrange(published.year, time.month)[1]
    day = date(published.year, time.month, min(time.day or first, last))
    ahead = (day - published).days
    if time.n is not None and time.n:
        return published.year + (1 if time.n > 0 and ahead < 0 else -1 if time.n < 0 and ahead > 0 else 0)
    if context.future:
        if ahead > 300:
            return published.year - 1  # "due by 30 December", read in the first days of January
        return published.year + (1 if ahead < -120 else 0)
    return published.year - (1 if ahead > FAR_AHEAD else 0)


def _hijri(time: Time) -> Interval | None:
    """Umm al-Qura reckoning; a locally sighted month may begin a day off."""
    if time.month is None or time.year is None:
        return None
    first = Hijri(time.year, time.month, time.day or 1)
    start = first.to_gregorian()
    begin = date(start.year, start.month, start.day)
    length = first.month_length()
    if time.day:
        return Interval(begin, begin, "day", "stated")
    low, high = PARTS.get(time.part or "", (1, 31))
    return Interval(
        begin + timedelta(days=low - 1), begin + timedelta(days=min(high, length) - 1), "week" if time.part else "month", "stated"
    )


def _weekday(weekday: int, published: date, direction: int) -> date:
    """0: the nearest such day not after publication; 1: the nearest not before it."""
    if direction > 0:
        return published + timedelta(days=(weekday - published.isoweekday()) % 7)
    return published - timedelta(days=(published.isoweekday() - weekday) % 7)


def _relative(time: Time, context: Context) -> Interval | None:
    published = context.published
    if published is None or time.n is None:
        return None
    if time.weekday is not None:
        if time.unit == "week":
            day = published + timedelta(days=time.weekday - published.isoweekday() + 7 * round(time.n))
        elif time.n == 0:
            day = _weekday(time.weekday, published, 1 if context.future else 0)
        elif time.n < 0:
            day = published - timedelta(days=(published.isoweekday() - time.weekday) % 7 or 7)
        else:
            day = published + timedelta(days=(time.weekday - published.isoweekday()) % 7 or 7)
        return Interval(day, day, "day", "relative")
    if time.span:
        return _stretch(published, time.n, time.unit or "day")
    if time.unit == "weekend":
        return _weekend(published, time.n, context.future)
    if time.unit == "week" and time.n == 0 and context.future and published.isoweekday() == 7:
        return _away(published, 1, "week", None)  # "this week", said of what is to come on its last day
    return _away(published, time.n, time.unit or "day", time.part)


def _weekend(published: date, n: float, future: bool) -> Interval:
    """Saturday and Sunday. "Last weekend" told on a Saturday is the one before."""
    saturday = _weekday(6, published, 1 if n > 0 or n == 0 and future and published.isoweekday() < 6 else 0)
    if n < 0 and published.isoweekday() >= 6:
        saturday -= timedelta(days=7)
    elif n > 0 and published.isoweekday() >= 6:
        saturday = _weekday(6, published + timedelta(days=1), 1)
    return Interval(saturday, saturday + timedelta(days=1), "day", "relative")


def _away(base: date, n: float, unit: str, part: str | None) -> Interval | None:
    """The day, week (Monday to Sunday), month or year that lies n units from the base."""
    whole = round(n)
    if unit == "week":
        monday = base - timedelta(days=base.isoweekday() - 1) + timedelta(weeks=whole)
        return Interval(monday, monday + timedelta(days=6), "week", "relative")
    if unit == "month":
        index = base.year * 12 + base.month - 1 + whole
        return _month(index // 12, index % 12 + 1, part, "relative")
    if unit == "year":
        first, last = QUARTERS.get(part or "", (1, 12))
        year = base.year + whole
        return Interval(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), "year", "relative")
    days = {"second": 0, "minute": 0, "hour": round(n / 24)}.get(unit, whole)
    if unit == "season":
        return None
    day = base + timedelta(days=days)
    return Interval(day, day, "day", "relative")


def _stretch(base: date, n: float, unit: str) -> Interval | None:
    """The whole stretch of n units that ends (n < 0) or begins (n > 0) on the base day."""
    if unit in ("month", "year"):
        index = base.year * 12 + base.month - 1 + round(n * (12 if unit == "year" else 1))
        year, month = index // 12, index % 12 + 1
        other = date(year, month, min(base.day, calendar.monthrange(year, month)[1]))
    else:
        size = {"second": 0.0, "minute": 0.0, "hour": 1 / 24, "week": 7.0, "weekend": 7.0}.get(unit, 1.0)
        if unit == "season":
            return None
        whole = round(n * size)
        other = base + timedelta(days=whole or (0 if unit in ("second", "minute") else -1 if n < 0 else 1))
    first, last = (other, base) if n < 0 else (base, other)
    return Interval(first, last, "day", "relative")
