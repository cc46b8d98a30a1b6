"""Numbers and dates as they stand in a text, for checks that must see what no claim holds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from trucewatch.model import Calendar, LinkKnowledge
from trucewatch.text.fold import fold

_TOKEN = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u066c]\d{3})+$")
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d|[/.]\d)")
PARTING = (",", "\u060c", ";", "\u061b", ":", "(", ")")
BACK, AHEAD = 300, 65  # days before and after print in which a date without a year lies


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, number or sign with its place in the untouched text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A date in a text: `day` None = there is no such day; `weekday` as told (Monday 1) or None; `shown` its words."""

    day: date | None
    weekday: int | None
    shown: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words, numbers and signs of text[start:end], folded."""
    return list(_tokens(text[start:end], start))


@lru_cache(maxsize=256)
def _tokens(text: str, start: int) -> tuple[Token, ...]:
    """One check after the other looks at the same sentences."""
    folded = fold(text)
    spans = ((match.group(), *folded.back(*match.span())) for match in _TOKEN.finditer(folded.text))
    return tuple(Token(word, start + first, start + last) for word, first, last in spans)


def value(token: str) -> float | None:
    """The number a token tells in digits, None where it is none."""
    if not token[:1].isdigit():
        return None
    if _GROUPED.match(token):
        return float(re.sub(r"\D", "", token))
    try:
        return float(token.replace("\u066b", ".").replace(",", "."))
    except ValueError:
        return None


def written(value: float) -> str:
    """A number as a reader reads it: thousands apart, no fraction where there is none."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def follows(found: list[Token], at: int, terms: frozenset[tuple[str, ...]], reach: int) -> bool:
    """Whether one of the terms begins within `reach` words behind token `at`."""
    for first in range(at + 1, min(at + 1 + reach, len(found))):
        if any(tuple(t.text for t in found[first : first + len(term)]) == term for term in terms):
            return True
    return False


def numbers(found: list[Token], calendar: Calendar | None) -> Iterator[tuple[int, float]]:
    """Position and value of numbers that count something: no days of a month, years, percentages or hours of the clock."""
    months = {words[0] for words in calendar.months} if calendar else set()
    for at, token in enumerate(found):
        told = value(token.text)
        if told is None or re.fullmatch(r"(?:19|20)\d\d", token.text):
            continue
        near = {*_beside(found, at, -1), *_beside(found, at, 1)}
        if not (told <= 31 and months & near) and not _joined(found, at):
            yield at, told


def _beside(found: list[Token], at: int, step: int) -> Iterator[str]:
    """The two words before or behind a token, up to a sign that parts them: "9 March, 25 every day"."""
    for place in (at + step, at + 2 * step):
        if not 0 <= place < len(found) or found[place].text in PARTING:
            return
        yield found[place].text


def _joined(found: list[Token], at: int) -> bool:
    """Whether a number is part of a longer sign: 12:30, 3/4, 40 %."""
    here = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    if after is not None and after.text in ("%", "\u066a"):
        return True
    left = (
        before is not None
        and before.end == here.start
        and before.text in (":", "/")
        and at > 1
        and found[at - 2].text[0].isdigit()
    )
    right = after is not None and after.start == here.end and after.text in (":", "/")
    return left or (
        right and at + 2 < len(found) and found[at + 2].start == found[at + 1].end and found[at + 2].text[0].isdigit()
    )


def dates(text: str, language: str, printed: date | None, knowledge: LinkKnowledge) -> Iterator[Told]:
    """The dates of a text that name a day and a month."""
    calendar = knowledge.calendars.get(language)
    if calendar is None:
        return
    found = tokens(text)
    prefixes = knowledge.prefixes.get(language, ())
    firsts = {name[0] for name in calendar.months}
    for at, token in enumerate(found):
        if firsts.isdisjoint(_starts(token.text, prefixes)):
            continue
        for length, month in _named(found, at, calendar.months, prefixes):
            told = _date(text, found, at, length, month, printed, calendar, prefixes)
            if told:
                yield told
                break
    for match in _NUMERIC.finditer(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        if 1900 < year < 2200 and not day_of(year, other, one) and not day_of(year, one, other):
            yield Told(None, None, match.group(), *match.span())


def _starts(word: str, prefixes: tuple[str, ...]) -> set[str]:
    """A word, and what is left of it without what may be written onto it."""
    if not word.startswith(prefixes):
        return {word}
    return {word, *(word[len(p) :] for p in prefixes if word.startswith(p) and len(word) > len(p) + 2)}


def _named(found: list[Token], at: int, names: Mapping[tuple[str, ...], int], prefixes: tuple[str, ...]) -> list[tuple[int, int]]:
    """Lengths and numbers of the names that begin at a token, the longest first."""
    starts = _starts(found[at].text, prefixes)
    out = []
    for name, number in names.items():
        if name[0] in starts and tuple(t.text for t in found[at + 1 : at + len(name)]) == name[1:]:
            out.append((len(name), number))
    return sorted(out, reverse=True)


def _date(
    text: str,
    found: list[Token],
    at: int,
    length: int,
    month: int,
    printed: date | None,
    calendar: Calendar,
    prefixes: tuple[str, ...],
) -> Told | None:
    after = at + length
    first, last = at, after - 1
    before = _day_before(found, at, calendar, prefixes)
    if before:
        day, first = before
    else:
        after += after < len(found) and found[after].text == "."
        told = _day(found, after)
        if told is None:
            return None
        day, last = told, after + _ends(found, after + 1, calendar)
    year, last = _year(found, last)
    weekday, begins = _weekday(found, first, calendar, prefixes)
    known = day_of(year, month, day) if year else _nearest(month, day, printed)
    start, end = found[begins].start, found[last].end
    open_ = last >= after and first == at and not _closed(found, last)
    if known is None and (open_ or (year is None and printed is None)):
        return None
    return Told(known, weekday, text[start:end], start, end)


def _day_before(found: list[Token], at: int, calendar: Calendar, prefixes: tuple[str, ...]) -> tuple[int, int] | None:
    """The day of the month before a month and the position of its first word: 14, 14th, "14 of", "the fourteenth of"."""
    end = at - (at > 0 and (found[at - 1].text,) in calendar.links)
    bare = end - _ends(found, end - 1, calendar)
    day = _day(found, bare - 1)
    if day is not None:
        return day, bare - 1
    for start in range(max(0, end - 3), end):
        for length, number in _named(found, start, calendar.ordinals, prefixes):
            if start + length == end and number <= 31:
                return number, start
    return None


def _ends(found: list[Token], at: int, calendar: Calendar) -> int:
    """1 where a token is the end of an ordinal written onto its number ("th"), else 0."""
    return int(0 < at < len(found) and (found[at].text,) in calendar.ends and found[at - 1].end == found[at].start)


def _day(found: list[Token], at: int) -> int | None:
    if not 0 <= at < len(found) or not found[at].text.isdecimal():
        return None
    number = int(found[at].text)
    return number if 1 <= number <= 39 else None


def _closed(found: list[Token], at: int) -> bool:
    """Behind a month, a number that is no day of it counts what follows ("June 31 people"), unless nothing does."""
    behind = found[at + 1] if at + 1 < len(found) else None
    return behind is None or not behind.text[0].isalpha()


def _year(found: list[Token], last: int) -> tuple[int | None, int]:
    at = last + 1
    if at < len(found) and found[at].text in (",", "\u060c"):
        at += 1
    if at < len(found) and re.fullmatch(r"(?:19|20|21)\d\d", found[at].text):
        return int(found[at].text), at
    return None, last


def _weekday(found: list[Token], first: int, calendar: Calendar, prefixes: tuple[str, ...]) -> tuple[int | None, int]:
    """The weekday right before a date, signs and words that link them ("Sunday the 14th") passed over."""
    at = first - 1
    while at >= 0 and first - at <= 3 and (found[at].text in (",", "\u060c", "(") or (found[at].text,) in calendar.links):
        at -= 1
    if at < 0:
        return None, first
    names = _named(found, at, calendar.weekdays, prefixes)
    return (names[0][1], at) if names else (None, first)


def _nearest(month: int, day: int, printed: date | None) -> date | None:
    """The day of that name around the day of print; None where it exists in no year that is near."""
    if printed is None:
        return None
    known = [d for year in (printed.year - 1, printed.year, printed.year + 1) if (d := day_of(year, month, day))]
    within = [d for d in known if -BACK <= (d - printed).days <= AHEAD]
    return min(within or known, key=lambda d: abs((d - printed).days), default=None)


def day_of(year: int, month: int, day: int) -> date | None:
    """None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
