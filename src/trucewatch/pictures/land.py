"""Countries of the world as rings of points, cut to what a map shows (data/map/SOURCES.md)."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import Any

from trucewatch.packs import find

Point = tuple[float, float]  # longitude, latitude, in degrees
Side = tuple[float, float, float]
Box = tuple[float, float, float, float]  # south, west, north, east, as in agreements


@dataclass(frozen=True, slots=True)
class Land:
    """A country as far as a box shows it. `code`: ISO 3166 of three letters, empty where it has none. `rings` are closed, holes
    among them; `borders` are lines where it meets another one or the sea."""

    code: str
    rings: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]


@cache
def lands(box: Box) -> tuple[Land, ...]:
    """What of the countries lies within a box, sorted by code."""
    out = []
    for code, rings in _file()["countries"]:
        near = [ring for ring in rings if any(_meets(box, arc) for arc in ring)] or _around(box, rings)
        cut = [each for ring in near if len(each := _cut(_ring(ring), box)) > 2]
        borders = [line for ring in near for arc in ring if _meets(box, arc) for line in _pieces(_points(arc), box)]
        if cut:
            out.append(Land(code, tuple(cut), tuple(borders)))
    return tuple(sorted(out, key=lambda each: (each.code, each.rings)))


@cache
def box_of(code: str) -> Box | None:
    """The box around the greatest part of a country, None where nobody drew it."""
    rings = next((rings for known, rings in _file()["countries"] if known == code), None)
    if not rings:
        return None
    boxes = [around(_ring(ring)) for ring in rings]
    return max(boxes, key=lambda each: (each[2] - each[0]) * (each[3] - each[1]))


def around(points: Iterable[Point]) -> Box:
    """The smallest box that holds all of some points."""
    told = list(points)
    xs, ys = [x for x, _ in told], [y for _, y in told]
    return min(ys), min(xs), max(ys), max(xs)


@cache
def _file() -> dict[str, Any]:
    with gzip.open(find("map/countries.json.gz"), "rt", encoding="utf-8") as file:
        told: dict[str, Any] = json.load(file)
    return told


def _meets(box: Box, arc: int) -> bool:
    """Whether the box of an arc and a box have something in common. An arc below zero is one that is walked backwards."""
    told, (sx, sy), (ox, oy) = _file(), _file()["scale"], _file()["origin"]
    west, south, east, north = told["arcs"][max(arc, ~arc)][:4]
    below, left, above, right = box
    return bool(oy + south * sy <= above and oy + north * sy >= below and ox + west * sx <= right and ox + east * sx >= left)


def _around(box: Box, rings: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The rings that hold a box whole, so that none of their arcs meets it."""
    south, west, north, east = box
    found = []
    for ring in rings:
        below, left, above, right = _frame(ring)
        if below <= south and above >= north and left <= west and right >= east:
            found.append(ring)
    return found


def _frame(ring: Sequence[int]) -> Box:
    told, (sx, sy), (ox, oy) = _file(), _file()["scale"], _file()["origin"]
    boxes = [told["arcs"][max(arc, ~arc)][:4] for arc in ring]
    south, north = min(each[1] for each in boxes), max(each[3] for each in boxes)
    west, east = min(each[0] for each in boxes), max(each[2] for each in boxes)
    return oy + south * sy, ox + west * sx, oy + north * sy, ox + east * sx


def _ring(arcs: Iterable[int]) -> tuple[Point, ...]:
    return tuple(chain.from_iterable(_points(arc) for arc in arcs))


@cache
def _points(arc: int) -> tuple[Point, ...]:
    told, (sx, sy), (ox, oy) = _file(), _file()["scale"], _file()["origin"]
    steps = told["arcs"][max(arc, ~arc)][4:]
    xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
    points = tuple((ox + x * sx, oy + y * sy) for x, y in zip(xs, ys, strict=True))
    return points if arc >= 0 else points[::-1]


def _pieces(line: Sequence[Point], box: Box) -> Iterator[tuple[Point, ...]]:
    """The parts of a line that lie within a box, each with the steps by which it comes in and goes out."""
    south, west, north, east = box
    inside = [west <= x <= east and south <= y <= north for x, y in line]
    piece: list[Point] = []
    for n, point in enumerate(line):
        if any(inside[max(0, n - 1) : n + 2]):
            piece.append(point)
        elif piece:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)


def _cut(ring: Sequence[Point], box: Box) -> tuple[Point, ...]:
    south, west, north, east = box
    return cut(ring, ((-1, 0, -west), (1, 0, east), (0, -1, -south), (0, 1, north)))


def cut(ring: Sequence[Point], sides: Iterable[Side]) -> tuple[Point, ...]:
    """What of a ring lies within a shape without dents, told by its sides: a point (x, y) is inside where ax + by <= c for each
    (a, b, c) (Sutherland and Hodgman)."""
    points = list(ring)
    for side in sides:
        points = list(_kept(points, side))
    return tuple(points)


def _kept(points: Sequence[Point], side: Side) -> Iterator[Point]:
    a, b, c = side
    for n, (x, y) in enumerate(points):
        u, v = points[n - 1]
        here, before = a * x + b * y - c, a * u + b * v - c
        if (here <= 0) != (before <= 0):
            part = before / (before - here)
            yield u + part * (x - u), v + part * (y - v)
        if here <= 0:
            yield x, y
