"""The day of publication by evidence: every hint is kept with a verdict, and no day is ever guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trucewatch.html import Stated
from trucewatch.model import Block, DateEvidence
from trucewatch.model.outlet import Outlet
from trucewatch.read.anchors import anchors
from trucewatch.read.clock import local
from trucewatch.read.hints import Hint, hints, url_hints
from trucewatch.read.knowledge import Words
from trucewatch.read.lines import furniture_kind
from trucewatch.text import fold_text

# How far a source is trusted: the greater number is used, the other one refused where they differ.
ROW, JSONLD, FEED, META, DATELINE, TIME, URL, UPDATED, HEADER, URL_DIGITS = 200, 80, 70, 60, 50, 45, 35, 30, 20, 10
FIRST_YEAR = 1990  # no page was published before; machines print the zero of their clock
CUE, WEEKDAY, CLOCK = 25, 35, 10  # a dateline that says "published", names the weekday, tells the time
PAGE = {"jsonld": JSONLD, "feed": FEED, "meta": META, "time": TIME, "header": HEADER, "text": DATELINE}


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: str
    raw: str
    trust: int
    hint: Hint
    inside: bool
    updated: bool = False
    late: bool = False


def published(
    text: str,
    blocks: Sequence[Block],
    words: Words,
    *,
    row: str | None = None,
    url: str | None = None,
    page: Sequence[Stated] = (),
    outlet: Outlet | None = None,
    fetched: date | None = None,
) -> tuple[date | None, tuple[DateEvidence, ...]]:
    """The day and all evidence, the most trusted first, then what the body tells. None where no hint tells one day beyond doubt.

    `outlet`: whose file may put sources before others, and tells the clock by which the page's machine-readable dates are days.
    `fetched`: the day, by UTC, on which the page was fetched; nothing later can be its day of publication.
    """
    zone, first = (outlet.zone, outlet.date_precedence) if outlet else (None, ())
    found = [*_stated(row, page, words, zone), *_printed(text, blocks, words), *_address(url)]
    found = [_possible(candidate, fetched) for candidate in found] if fetched else found
    found.sort(key=lambda c: (c.source != "row", _place(c, first), -c.trust))
    used, day = _chosen(found)
    evidence = [_evidence(candidate, candidate is used, day, used) for candidate in found]
    return day, (*evidence, *_captured(fetched, day), *anchors(text, blocks, words, day))


def _place(candidate: _Candidate, first: Sequence[str]) -> int:
    """Where the outlet's file puts the source; what tells the last change only has no place in it."""
    return first.index(candidate.source) if candidate.source in first and not candidate.updated else len(first)


def _stated(row: str | None, page: Sequence[Stated], words: Words, zone: str | None) -> list[_Candidate]:
    out = []
    given = [Stated("row", row)] if row else []
    for item in (*given, *page):
        first = next(iter(hints(item.raw, words)), Hint(0, 0, ()))
        first = first if item.source == "row" else local(first, zone)
        out.append(_Candidate(item.source, item.raw, ROW if item.source == "row" else PAGE.get(item.source, TIME), first, False))
    return out


def _printed(text: str, blocks: Sequence[Block], words: Words) -> list[_Candidate]:
    """Hints in datelines and bylines before the body, and in those that open or follow it."""
    out: list[_Candidate] = []
    for block in blocks:
        if block.kind not in ("dateline", "byline", "breadcrumb"):
            continue
        header = furniture_kind(text[block.start : block.end], words, head=True) == "header"
        source = "header" if header else "byline" if block.kind == "byline" else "dateline"
        found = hints(text, words, block.start, block.end)
        for hint in found:
            after = text[hint.end : block.end] if hint is found[-1] else ""
            told = _cue(text[block.start : hint.start], after, words)
            trust = UPDATED if told == "updated" else HEADER if header else _trust(hint, told)
            out.append(_Candidate(source, text[hint.start : hint.end], trust, hint, True, told == "updated"))
    return out


def _captured(fetched: date | None, day: date | None) -> Iterator[DateEvidence]:
    """When an archive fetched the page: never the day of publication by itself."""
    if fetched:
        verdict, reason = (
            ("agrees", "fetched on the same day") if fetched == day else ("unread", "tells when the page was fetched")
        )
        yield DateEvidence("warc", fetched.isoformat(), fetched, verdict, reason)


def _possible(candidate: _Candidate, fetched: date) -> _Candidate:
    """The candidate without days that had not come when the page was fetched; a day more, for clocks ahead of UTC."""
    values = tuple(day for day in candidate.hint.values if day <= fetched + timedelta(days=1))
    if values or not candidate.hint.values:
        return replace(candidate, hint=replace(candidate.hint, values=values))
    return replace(candidate, late=True)


def _trust(hint: Hint, told: str | None) -> int:
    return DATELINE + WEEKDAY * (hint.weekday is not None) + CLOCK * (hint.time is not None) + CUE * (told == "published")


def _cue(before: str, after: str, words: Words) -> str | None:
    """published or updated: the last word of that kind before a date in its line, else the first one after it."""
    found = list(words.cue.finditer(fold_text(before)))[-1:] or list(words.cue.finditer(fold_text(after)))[:1]
    return words.furniture[" ".join(found[0].group().split())] if found else None


def _address(url: str | None) -> list[_Candidate]:
    found = url_hints(url) if url else ()
    return [_Candidate("url", raw, URL if sure else URL_DIGITS, Hint(0, 0, (day,)), False) for raw, day, sure in found]


def _chosen(found: Sequence[_Candidate]) -> tuple[_Candidate | None, date | None]:
    for candidate in found:
        if candidate.hint.hijri or candidate.late or _zero(candidate):
            continue
        day = _one_day(candidate, found)
        if day is not None:
            return candidate, day
    return None, None


def _zero(candidate: _Candidate) -> bool:
    stated = not candidate.inside and candidate.source not in ("row", "url")
    return stated and bool(candidate.hint.values) and all(day.year < FIRST_YEAR for day in candidate.hint.values)


def _one_day(candidate: _Candidate, found: Sequence[_Candidate]) -> date | None:
    """The day a candidate means: its weekday must fit; swapped readings are decided by the weekday or by another source."""
    fitting = _fitting(candidate.hint)
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    others = {c.hint.values[0] for c in found if c is not candidate and len(c.hint.values) == 1 and not c.hint.hijri}
    backed = [day for day in fitting if day in others]
    return backed[0] if len(backed) == 1 else None


def _fitting(hint: Hint) -> tuple[date, ...]:
    return tuple(day for day in hint.values if hint.weekday is None or day.isoweekday() == hint.weekday)


def _evidence(candidate: _Candidate, is_used: bool, day: date | None, used: _Candidate | None) -> DateEvidence:
    hint = candidate.hint
    value = _value(hint, day)
    verdict, reason = ("used", _why_used(candidate)) if is_used else _verdict(candidate, value, day, used)
    start, end = (hint.start, hint.end) if candidate.inside else (None, None)
    return DateEvidence(candidate.source, candidate.raw, value, verdict, reason, hint.zone, hint.time, start, end)


def _value(hint: Hint, day: date | None) -> date | None:
    """The day of a hint for the record: of swapped readings the one that agrees with the outcome."""
    fitting = _fitting(hint) or hint.values
    if day in fitting:
        return day
    return fitting[0] if len(fitting) == 1 else None


def _why_used(candidate: _Candidate) -> str:
    if candidate.source == "row":
        return "given with the row"
    if candidate.updated:
        return "the day of the last change; no other day is told"
    extras = [name for name, there in (("weekday", candidate.hint.weekday), ("time", candidate.hint.time)) if there is not None]
    told = f" with {' and '.join(extras)}" if extras else ""
    return f"{candidate.source}{told}; nothing more trusted tells a day"


def _verdict(candidate: _Candidate, value: date | None, day: date | None, used: _Candidate | None) -> tuple[str, str]:
    hint = candidate.hint
    if candidate.late:
        return "refused", "later than the day on which the page was fetched"
    if _zero(candidate):
        return "refused", "the zero of a clock, no day of publication"
    if hint.values and not _fitting(hint):
        return "refused", "weekday and date do not fit together"
    if hint.month is not None:
        if day is not None:
            same = (day.year, day.month) == (hint.month.year, hint.month.month)
            return ("agrees", "the same month") if same else ("refused", f"another month than the {_name(used)} ({day})")
        return "unread", "tells a month but no day"
    if value is None:
        return "unread", "day and month may be swapped" if hint.values else "no date that can be read"
    if day is None:
        return "unread", "a Hijri date alone may be a day off" if hint.hijri else "tells no day beyond doubt"
    if value == day:
        return "agrees", "the same day"
    if hint.hijri and abs(value - day) <= timedelta(days=1):
        return "agrees", "the same day in the Hijri calendar, give or take one"
    if candidate.updated:
        return "refused", "tells the last change, not the publication"
    return "refused", f"contradicts the {_name(used)} ({day})"


def _name(used: _Candidate | None) -> str:
    return used.source if used else "other evidence"
