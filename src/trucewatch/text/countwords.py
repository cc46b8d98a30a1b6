"""Numbers of a text in digits and in words, and lengths of time, for checks that must see what no claim holds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trucewatch.model import Calendar
from trucewatch.text.figuretext import Token, follows, numbers, value

LEAST = 2  # smaller numbers in words ("one of them") count nothing as a rule
TENS, HUNDREDS, THOUSANDS = 20, 100, 1000


@dataclass(frozen=True, slots=True)
class Number:
    """A number that counts something: the positions of its first and last token, and its value."""

    at: int
    last: int
    value: float


def counts(found: list[Token], calendar: Calendar | None, prefixes: tuple[str, ...] = ()) -> list[Number]:
    """The numbers of a text in order, in digits or words. `prefixes`: what may be written onto the first word of a number."""
    digits = dict(numbers(found, calendar))
    out: list[Number] = []
    at = 0
    while at < len(found):
        told = None
        if at in digits:
            told = _digits(found, at, digits[at], calendar)
        elif calendar and value(found[at].text) is None:
            told = _begun(found, at, calendar, prefixes)
        if told:
            out.append(told)
        at = told.last + 1 if told else at + 1
    return out


def _digits(found: list[Token], at: int, told: float, calendar: Calendar | None) -> Number:
    """A number in digits, with the "thousand" behind it."""
    step = _next(found, at, calendar) if calendar else None
    scaled = step is not None and step[1] >= THOUSANDS and not step[2]
    return Number(at, at + step[0], told * step[1]) if step and scaled else Number(at, at, told)


def _begun(found: list[Token], at: int, calendar: Calendar, prefixes: tuple[str, ...]) -> Number | None:
    for prefix in ("", *prefixes) if found[at].text.startswith(prefixes) else ("",):
        first = _term(found, at, calendar.numerals, prefix)
        if first and not (prefix and len(found[at].text) - len(prefix) < LEAST):
            told = _spelt(found, at, at + first[0] - 1, float(first[1]), calendar)
            return told if told.value >= LEAST else None
    return None


def _term(found: list[Token], at: int, terms: Mapping[tuple[str, ...], int], prefix: str = "") -> tuple[int, int] | None:
    """Length and value of the longest term that begins at a token, a prefix taken off its first word."""
    if at >= len(found) or not found[at].text.startswith(prefix):
        return None
    first = found[at].text[len(prefix) :]
    texts = (first, *(token.text for token in found[at + 1 : at + 4]))
    fitting = [term for term in (texts[:size] for size in range(4, 0, -1)) if term in terms]
    return (len(fitting[0]), terms[fitting[0]]) if fitting else None


def _spelt(found: list[Token], at: int, last: int, first: float, calendar: Calendar) -> Number:
    """A number that begins with `first`, with the words behind it that belong to it: "two hundred and five", "35 thousand"."""
    total, group, end = 0.0, first, first
    while step := _next(found, last, calendar):
        length, more, joined = step
        if more >= THOUSANDS and not joined and group < more:
            total, group = total + group * more, 0.0
        elif more == HUNDREDS and not joined and 1 < end < TENS // 2:
            group *= more
        elif (
            (
                (end >= HUNDREDS > more)
                or (end >= THOUSANDS > more)
                or (TENS <= end < HUNDREDS and more < TENS // 2 and joined != " ")
            )
            or end < TENS // 2
            and TENS <= more < HUNDREDS
            and joined
            and joined != " "
        ):
            group += more
        else:
            break
        last, end = last + length, float(more)
    return Number(at, last, total + group)


def _next(found: list[Token], last: int, calendar: Calendar) -> tuple[int, int, str] | None:
    """The term behind a number: how many tokens further it ends, its value, and how it is joined: not, by a hyphen or a letter
    written onto it, or by a word of its own (" ")."""
    at = last + 1
    if at >= len(found):
        return None
    if plain := _term(found, at, calendar.numerals):
        return plain[0], plain[1], ""
    if found[at].text == "-" and (hyphened := _term(found, at + 1, calendar.numerals)):
        return hyphened[0] + 1, hyphened[1], "-"
    for (join,) in calendar.joins:
        if found[at].text == join and (worded := _term(found, at + 1, calendar.numerals)):
            return worded[0] + 1, worded[1], " "
        if written := _term(found, at, calendar.numerals, join) if len(join) == 1 else None:
            return written[0], written[1], join
    return None


def length(found: list[Token], told: Number, calendar: Calendar) -> float | None:
    """The days of a number that is a length of time, None where it is none: "40 on Monday" is none where a language says "40 day
    Monday"."""
    at = told.last + 1 + (told.last + 1 < len(found) and found[told.last + 1].text == "-")
    unit = _term(found, at, calendar.units)
    if unit is None or _weekday(found, at + unit[0], calendar) or follows(found, told.last, calendar.per_day, 1):
        return None
    return told.value * unit[1]


def spans(found: list[Token], calendar: Calendar) -> Iterator[float]:
    """Lengths of time that are told in a word: "a fortnight"."""
    for at in range(len(found)):
        span = _term(found, at, calendar.spans)
        if span and not (at and re.fullmatch(r"[\d.,]+", found[at - 1].text)):
            yield float(span[1])


def _weekday(found: list[Token], at: int, calendar: Calendar) -> bool:
    return _term(found, at, calendar.weekdays) is not None
