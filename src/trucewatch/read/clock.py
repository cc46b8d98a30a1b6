"""The day by an outlet's own clock: pages state moments in UTC, their readers and their articles live by another day."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trucewatch.read.hints import Hint


def local(hint: Hint, zone: str | None) -> Hint:
    """The hint on the clock of `zone`, where it tells one day, a time and an offset; else as it is."""
    if zone is None or len(hint.values) != 1 or not hint.time or not hint.zone:
        return hint
    there = datetime.fromisoformat(f"{hint.values[0]}T{hint.time}{hint.zone}").astimezone(ZoneInfo(zone))
    day = date(there.year, there.month, there.day)
    weekday = hint.weekday if day == hint.values[0] else None  # it named the other day
    return replace(hint, values=(day,), weekday=weekday, time=f"{there:%H:%M}", zone=_offset(there))


def _offset(moment: datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"
