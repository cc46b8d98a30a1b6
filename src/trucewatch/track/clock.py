"""Moments on a time line: their first and last instant, and what lies so many hours or months after them."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trucewatch.model.agreement import Moment


def first(moment: Moment, zone: str) -> datetime:
    """The earliest instant it may mean. `zone` is that of moments without a time of day."""
    return datetime.combine(moment.start, moment.at or time.min, ZoneInfo(moment.zone or zone))


def last(moment: Moment, zone: str) -> datetime:
    """The latest instant it may mean: that of its time of day, else the end of its last day (the next midnight)."""
    if moment.at:
        return first(moment, zone)
    return datetime.combine(moment.end + timedelta(days=1), time.min, ZoneInfo(zone))


def after(moment: Moment, count: int, unit: str) -> Moment:
    """`count` hours, days, months or years later. Hours are hours that pass, whatever clocks are put forward or back; days
    and more keep the time of day. Hours after a moment without a time of day give the days on which they may end."""
    if unit == "hours":
        return _hours(moment, count)
    return Moment(_later(moment.start, count, unit), _later(moment.end, count, unit), moment.at, moment.zone)


def _hours(moment: Moment, count: int) -> Moment:
    if moment.at and moment.zone:
        zone = ZoneInfo(moment.zone)
        passed = datetime.combine(moment.start, moment.at, zone).astimezone(UTC) + timedelta(hours=count)
        local = passed.astimezone(zone)
        return Moment(local.date(), local.date(), local.time(), moment.zone)
    early = datetime.combine(moment.start, time.min, UTC) + timedelta(hours=count)
    late = datetime.combine(moment.end, time.max, UTC) + timedelta(hours=count)
    return Moment(early.date(), late.date())


def _later(day: date, count: int, unit: str) -> date:
    """The same day so many months on, or the month's last where it is shorter."""
    if unit == "days":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
