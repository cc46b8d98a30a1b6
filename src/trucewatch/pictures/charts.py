"""Drawings as SVG: numbers and days inside, no word, so that no letter depends on what draws them.

Nothing here knows what it draws. The same data give the same bytes; lengths are rounded to a tenth.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10

WIDTH, LEFT, RIGHT, TOP, FOOT = 720, 56, 14, 12, 26
COLOURS = ("#1f5fbf", "#9a5b00", "#6a3fb5", "#1c7a45", "#0b7c8c", "#7a6a2f", "#8a4a6e", "#5b616b")
SCALE = ("#d9dbe0", "#f0d9a8", "#d9a441", "#8a5a00")  # from nothing to all; lightness alone tells them apart
DASH = ' stroke-dasharray="7 5"'  # every other line, so that of two on one spot both are seen
SOFT, FAINT = "#70757f", "#c9ccd2"
_PLAIN = 'font-family="IBM Plex Sans Arabic, sans-serif" font-size="11"'


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on a day; the truth may lie from `low` to `high`, None = open."""

    day: str
    value: float
    low: float | None
    high: float | None


def steps(lines: Sequence[Sequence[Dot]], first: str, last: str) -> str:
    """A staircase for each line, each in a colour of its own, with a band where a value is not exact. A line begins at its first
    dot and goes on to `last`, for no newer figure is known."""
    most = max((each for line in lines for dot in line for each in (dot.value, dot.high or 0)), default=1) or 1
    top = _round(most)
    height = 230

    def x(day: str) -> float:
        return _across(day, first, last)

    def y(value: float) -> float:
        return TOP + (height - TOP - FOOT) * (1 - min(value, top) / top)

    out = [*_ground(first, last, height), *_levels(top, y)]
    for n, line in enumerate(lines):
        colour = COLOURS[n % len(COLOURS)]
        for dot, end in zip(line, [*(each.day for each in line[1:]), last], strict=True):
            high, low = top if dot.high is None else dot.high, dot.low or 0
            if (low, high) != (dot.value, dot.value):
                box = f'x="{x(dot.day):.1f}" y="{y(high):.1f}" width="{x(end) - x(dot.day):.1f}" height="{y(low) - y(high):.1f}"'
                out.append(f'<rect {box} fill="{colour}" fill-opacity="0.12"/>')
        path = f"M{x(line[0].day):.1f} {y(line[0].value):.1f}"
        path += "".join(f"H{x(dot.day):.1f}V{y(dot.value):.1f}" for dot in line[1:]) + f"H{x(last):.1f}"
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{DASH if n % 2 else ""}/>')
        out += [f'<circle cx="{x(dot.day):.1f}" cy="{y(dot.value):.1f}" r="3.5" fill="{colour}"/>' for dot in line]
    return svg(out, height)


def bars(days: Mapping[str, Sequence[int]], first: str, last: str) -> str:
    """One bar a day, of as many pieces as there are numbers."""
    top = _round(max((sum(each) for each in days.values()), default=1) or 1)
    height = 180
    wide = max(1.2, (WIDTH - LEFT - RIGHT) / (_days(first, last) + 1) - 1)

    def y(value: float) -> float:
        return TOP + (height - TOP - FOOT) * (1 - value / top)

    out = [*_ground(first, last, height), *_levels(top, y)]
    for day in sorted(days):
        below, left = 0, min(_across(day, first, last), WIDTH - RIGHT - wide)
        for n, count in enumerate(days[day]):
            if count:
                box = f'x="{left:.1f}" y="{y(below + count):.1f}" width="{wide:.1f}"'
                out.append(f'<rect {box} height="{y(below) - y(below + count):.1f}" fill="{COLOURS[n % len(COLOURS)]}"/>')
                below += count
    return svg(out, height)


def strips(rows: Sequence[Sequence[tuple[str, int]]], first: str, last: str) -> str:
    """A row of time for each, numbered; from each day on it has that place of the scale. Before its first day it has none."""
    high, gap = 15, 5
    height = TOP + len(rows) * (high + gap) + FOOT
    out = _ground(first, last, height)
    for n, row in enumerate(rows):
        y = TOP + n * (high + gap)
        out.append(text(LEFT - 8, y + 11, str(n + 1), "end"))
        for (day, place), end in zip(row, [*(day for day, _ in row[1:]), last], strict=True):
            one, other = _across(day, first, last), _across(end, first, last)
            box = f'x="{one:.1f}" y="{y}" width="{max(other - one, 1.5):.1f}" height="{high}"'
            out.append(f'<rect {box} fill="{SCALE[place]}" stroke="#8a929e" stroke-width="0.4"/>')
    return svg(out, height)


def dots(rows: Sequence[Mapping[str, int]], first: str, last: str) -> str:
    """A row of time for each, numbered, with a dot on each day; its size tells how many."""
    high = 24
    height = TOP + len(rows) * high + FOOT
    out = _ground(first, last, height)
    for n, row in enumerate(rows):
        y = TOP + n * high + high / 2
        out.append(text(LEFT - 8, y + 4, str(n + 1), "end"))
        out.append(_line(LEFT, y, WIDTH - RIGHT, y, FAINT))
        for day in sorted(row):
            size = min(3 + 1.5 * (row[day] - 1) ** 0.5, high / 2 - 1)
            spot = f'cx="{_across(day, first, last):.1f}" cy="{y:.1f}" r="{size:.1f}"'
            out.append(f'<circle {spot} fill="{COLOURS[n % len(COLOURS)]}" fill-opacity="0.75"/>')
    return svg(out, height)


def grid(rows: Sequence[Sequence[int]]) -> str:
    """Numbers in a grid, rows and columns numbered; the darker a field, the more."""
    high, wide = 22, min(64.0, (WIDTH - LEFT - RIGHT) / max(1, len(rows[0])))
    most = max(max(row) for row in rows) or 1
    out = [text(LEFT + wide * (n + 0.5), TOP + 10, str(n + 1), "middle") for n in range(len(rows[0]))]
    for n, row in enumerate(rows):
        y = TOP + 18 + n * high
        out.append(text(LEFT - 8, y + 15, str(n + 1), "end"))
        for m, count in enumerate(row):
            tint = 0.0 if not count else 0.12 + 0.68 * count / most
            box = f'x="{LEFT + m * wide:.1f}" y="{y}" width="{wide - 2:.1f}" height="{high - 2}"'
            out.append(f'<rect {box} fill="{COLOURS[0]}" fill-opacity="{tint:.2f}" stroke="{FAINT}" stroke-width="0.5"/>')
            if count:
                out.append(text(LEFT + (m + 0.5) * wide - 1, y + 15, str(count), "middle", "#ffffff" if tint > 0.5 else SOFT))
    return svg(out, TOP + 18 + len(rows) * high + 6)


def _ground(first: str, last: str, height: float) -> list[str]:
    """The line of time with some of its days."""
    foot = height - FOOT + 4
    out = [_line(LEFT, foot - 4, WIDTH - RIGHT, foot - 4, SOFT)]
    span = _days(first, last)
    count = min(5, span)
    for n in range(count + 1):
        day = (date.fromisoformat(first) + timedelta(days=round(span * n / max(count, 1)))).isoformat()
        x = _across(day, first, last)
        anchor = "start" if n == 0 else "end" if n == count else "middle"
        out += [_line(x, foot - 4, x, foot, SOFT), text(x, foot + 14, day, anchor)]
    return out


def _levels(top: float, y: Callable[[float], float]) -> Iterator[str]:
    for part in (0.0, 0.25, 0.5, 0.75, 1.0) if top >= 4 else (0.0, 1.0):
        at = y(top * part)
        yield _line(LEFT, at, WIDTH - RIGHT, at, FAINT)
        yield text(LEFT - 8, at + 4, f"{top * part:,.0f}", "end")


def _round(value: float) -> float:
    """The next number that four parts divide well."""
    if value <= 4:
        return ceil(value)
    step: float = 10 ** int(log10(value)) / 5
    return step * 4 * ceil(value / (step * 4)) if value >= 20 else 4 * ceil(value / 4)


def _days(first: str, last: str) -> int:
    return max(1, (date.fromisoformat(last) - date.fromisoformat(first)).days)


def _across(day: str, first: str, last: str) -> float:
    part = (date.fromisoformat(day) - date.fromisoformat(first)).days / _days(first, last)
    return LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, part))


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="0.8"/>'


def text(x: float, y: float, words: str, anchor: str, colour: str = SOFT) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" {_PLAIN}>{words}</text>'


def svg(parts: Sequence[str], height: float) -> str:
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} direction="ltr">{"".join(parts)}</svg>'
