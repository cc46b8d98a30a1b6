"""Dates as they are printed in a line or an address: day, month only, or Hijri; the weekday, time and zone beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from hijridate import Hijri

from trucewatch.read.knowledge import Words
from trucewatch.text import fold
from trucewatch.text.figuretext import day_of

_TIME = re.compile(r"(?<!\d)(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?::[0-5]\d)?(?!\d)")
_ZONE = re.compile(
    r"(?:gmt|utc)\s*(?P<s1>[+-])\s*(?P<h1>\d{1,2}):?(?P<m1>[0-5]\d)?(?!\d)|(?P<s2>[+-])\s*(?P<h2>\d{1,2})\s*(?:gmt|utc)"
    r"|(?<=\d)\s?(?P<s3>[+-])(?P<h3>\d\d):?(?P<m3>[0-5]\d)(?!\d)|(?<=\d)(?P<z>z)\b|(?P<u>gmt|utc)"
)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_URL_SECTION = re.compile(r"/((?:19|20)\d\d)/[A-Za-z][\w.-]*/(\d{1,2})/(\d{1,2})/")  # /2013/world/8/3/
_WEEKDAY_NEAR = 28  # characters between a date and its weekday at most


@dataclass(frozen=True, slots=True)
class Hint:
    """A date as printed at [start, end). `values`: its day, or two days where day and month may be swapped (day first), or none.

    `month`: first day of the month where no day is told. `hijri`: a converted Hijri date, right within a day.
    """

    start: int
    end: int
    values: tuple[date, ...]
    month: date | None = None
    hijri: bool = False
    weekday: int | None = None
    time: str | None = None
    zone: str | None = None


def hints(text: str, words: Words, start: int = 0, end: int | None = None) -> list[Hint]:
    """All dates in text[start:end], in order; offsets are those of `text`. Meant for lines of furniture, not for body text."""
    line = text[start:end]
    if not any(char.isdigit() for char in line):
        return []
    folded = fold(line)
    found: list[Hint] = []
    for first, last, values, month, hijri in _dates(folded.text, words):
        weekday = weekday_near(folded.text, first, last, words)
        time, zone = _clock(folded.text, first, last, words)
        at, to = folded.back(first, last)
        found.append(Hint(start + at, start + to, values, month, hijri, weekday, time, zone))
    return found


def _dates(line: str, words: Words) -> list[tuple[int, int, tuple[date, ...], date | None, bool]]:
    """(start, end, days, month, hijri) of every date, the most telling form first where forms overlap."""
    taken: list[tuple[int, int, tuple[date, ...], date | None, bool]] = []
    for form, pattern in words.dates.items():
        for match in pattern.finditer(line):
            if any(match.start() < to and at < match.end() for at, to, *_ in taken):
                continue
            values, month, hijri = _value(form, match, words)
            if values or month:
                taken.append((match.start(), match.end(), values, month, hijri))
    return sorted(taken)


def _value(form: str, match: re.Match[str], words: Words) -> tuple[tuple[date, ...], date | None, bool]:
    get = match.groupdict()
    year = int(get["y"])
    if form == "figures":
        return _either(year, int(get["a"]), int(get["b"]), words.orders), None, False
    if form == "hijri":
        return _from_hijri(year, words.hijri_months[" ".join(get["m"].split())], int(get["d"])), None, True
    month = int(get["mo"]) if get.get("mo") else _month(get["m"], words)
    if form in ("month", "month figures"):
        return (), day_of(year, month, 1), False
    day = day_of(year, month, int(get["d"]))
    return ((day,) if day else ()), None, False


def _month(name: str, words: Words) -> int:
    """The month of a name; of a double name (Levantine/Egyptian) both must mean the same, else 0."""
    parts = {words.months[" ".join(part.split())] for part in re.split(r"[/()]", name) if part.strip()}
    return parts.pop() if len(parts) == 1 else 0


def _either(year: int, first: int, second: int, orders: frozenset[str]) -> tuple[date, ...]:
    days = [day_of(year, second, first)] if "day" in orders or first > 12 else []
    if "month" in orders or second > 12:
        days.append(day_of(year, first, second))
    return tuple(dict.fromkeys(day for day in days if day))


def _from_hijri(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        other = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return ()
    return (date(other.year, other.month, other.day),)


def weekday_near(line: str, start: int, end: int, words: Words) -> int | None:
    """The weekday told nearest before the date, else just after it."""
    before = list(words.weekday.finditer(line, max(0, start - _WEEKDAY_NEAR), start))
    found = before[-1] if before else words.weekday.search(line, end, end + _WEEKDAY_NEAR // 2)
    return words.weekdays[" ".join(found.group().split())] if found else None


def _clock(line: str, start: int, end: int, words: Words) -> tuple[str | None, str | None]:
    """("HH:MM", "+02:00") printed in the same line as the date."""
    rest = line[:start] + " " * (end - start) + line[end:]
    found = _TIME.search(rest, end) or _TIME.search(rest)
    if not found:
        return None, None
    hour = int(found["h"])
    half = _half(rest, found, words)
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{found['min']}", _zone(rest, found.end())


def _half(line: str, time: re.Match[str], words: Words) -> str | None:
    after = words.half.search(line, time.end(), time.end() + 12)
    if after and not line[time.end() : after.start()].strip(" .,،"):
        return words.halves[after.group()]
    for before in words.half.finditer(line, max(0, time.start() - 8), time.start()):
        if not line[before.end() : time.start()].strip(" :"):
            return words.halves[before.group()]
    return None


def _zone(line: str, after: int) -> str | None:
    found = _ZONE.search(line, after)
    if not found:
        return None
    for n in "123":
        if found[f"s{n}"]:
            minutes = found[f"m{n}"] if n != "2" else None
            hours = int(found[f"h{n}"])
            return f"{found[f's{n}']}{hours:02}:{minutes or '00'}" if hours <= 14 else None
    return "+00:00"


def url_hints(url: str) -> Iterator[tuple[str, date, bool]]:
    """(raw, day, sure) of dates in an address; `sure` where the parts stand apart (/2026/01/04/, yyyy=…&mm=…&dd=…)."""
    try:
        parts = urlsplit(unquote(url))
    except ValueError:  # half a bracket in the host's place
        return
    query = {key: value[0] for key, value in parse_qs(parts.query).items()}
    for match in (*_URL_DAY.finditer(parts.path), *_URL_SECTION.finditer(parts.path)):
        if day := day_of(*(int(group) for group in match.groups())):
            yield match.group(), day, True
    for year, month, dom in (("yyyy", "mm", "dd"), ("year", "month", "day"), ("y", "m", "d")):
        values = [query.get(key, "") for key in (year, month, dom)]
        if all(value.isdecimal() and len(value) <= 4 for value in values) and (day := day_of(*(int(value) for value in values))):
            yield parts.query, day, True
    for match in re.finditer(r"(?<!\d)(\d{14}|\d{12}|\d{8})(?!\d)", f"{parts.path}?{parts.query}"):
        digits = match.group()
        ahead = day_of(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if digits[:2] in ("19", "20") else None
        last = len(digits) == 8 and digits[4:6] in ("19", "20")
        behind = day_of(int(digits[4:8]), int(digits[2:4]), int(digits[:2])) if last else None
        if (ahead is None) != (behind is None) and (day := ahead or behind):
            yield digits, day, False
