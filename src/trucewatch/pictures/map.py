"""A map as SVG: land and borders, lines of an agreement, and how much is told of which place. A place is shown as the area in
which it lies, as wide as it is known, never as a point; places that would stand on each other share one number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

from trucewatch.pictures.charts import COLOURS, svg, text
from trucewatch.pictures.land import Box, Land, Point, around, box_of, cut, lands

WIDTH, HEIGHT, ROOM = 720, 460, 26
KM = {"point": 1.0, "settlement": 3.0, "line": 5.0, "area": 8.0, "admin": 25.0}  # how far around its middle a place may lie
LEAST = 50.0  # km that a map shows from side to side at least
MARGIN = 0.12  # of what is shown, on each side
NEAR = 30.0  # points of the drawing within which places share a number
SEA, GROUND, WHOLE, BORDER, LINE = "#e8eef2", "#f7f5ef", "#f5e8cc", "#8a929e", "#b0254f"
CORNERS = 48  # of a circle that is cut
STEP = 12  # tenths of a unit of the drawing: what is nearer is one point
DEGREE = 111.32  # km


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of which `count` things are told. `precision` as in claims; where it is `country`, the whole country `code` is
    meant, and the degrees are not used."""

    id: str
    lat: float
    lon: float
    precision: str
    count: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of many parts, or an area (`closed`), in degrees."""

    parts: tuple[tuple[Point, ...], ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """`groups`: the ids of the spots that stand under number 1, 2 …; `codes`: of countries that bear their code; `outside`: the
    spots that lie beyond the frame."""

    svg: str
    groups: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _View:
    box: Box
    scale: float  # points of the drawing for a km
    height: float

    def at(self, point: Point) -> Point:
        """Where a point stands in the drawing: degrees of longitude are as short as in the middle of the box."""
        south, west, north, _ = self.box
        wide = DEGREE * cos(radians((south + north) / 2))
        return (point[0] - west) * wide * self.scale, (north - point[1]) * DEGREE * self.scale


def frame(spots: Iterable[Spot], lines: Iterable[Outline], codes: Iterable[str] = (), boxes: Sequence[Box] = ()) -> Box | None:
    """What a map should show: the given boxes, else the places and lines that lie in these countries, else the countries; None
    where there is nothing to show. Places that are whole countries do not widen it."""
    corners = [(x, y) for south, west, north, east in boxes for x, y in ((west, south), (east, north))]
    points = [point for line in lines for part in line.parts for point in part]
    if not corners:
        inside = set(codes)
        told = [each for each in spots if each.precision != "country" and (not inside or each.code in inside)]
        points += [(each.lon, each.lat) for each in told]
        whole = [box for code in sorted(inside) if (box := box_of(code))] if not points else []
        corners = [(x, y) for south, west, north, east in whole for x, y in ((west, south), (east, north))]
    return around([*corners, *points]) if corners or points else None


def draw(spots: Sequence[Spot], lines: Sequence[Outline], box: Box) -> Map:
    """The map of a box. The same places and lines give the same bytes."""
    view = _view(box)
    ground = lands(view.box)
    shown = [each for each in spots if _whole(each, ground) or (each.precision != "country" and _within(each, view.box))]
    whole = {each.code for each in shown if each.precision == "country"}
    out = [f'<rect width="{WIDTH}" height="{view.height:.0f}" fill="{SEA}"/>']
    out += [_area(land, view, WHOLE if land.code in whole else GROUND) for land in ground]
    out += _borders(ground, view)
    groups = _groups([each for each in shown if each.precision != "country"], view)
    placed = sorted((each for group in groups for each in group), key=lambda each: -KM.get(each.precision, KM["admin"]))
    out += [_around(each, ground, view) for each in placed]
    out += [_outline(line, n, view) for n, line in enumerate(lines)]
    named = [land for land in ground if land.code and (land.code in whole or any(_seen(each, view, ROOM) for each in land.rings))]
    taken = [_centre(group, view) for group in groups]
    middles = {land.code: _free(_middle(land, view), taken) for land in named}
    out += [text(*middles[code], code, "middle", "#5b616b") for code in sorted(middles) if code not in whole]
    for group in [[each] for each in shown if each.precision == "country"]:
        x, y = middles[group[0].code or ""]
        out += [text(x, y, group[0].code or "", "middle", "#5b616b"), *_label(x, y + 16, len(groups) + 1, group)]
        groups.append(group)
    for n, group in enumerate(groups, 1):
        if group[0].precision != "country":
            out += _label(*_centre(group, view), n, group)
    out += _rule(view)
    outside = tuple(each.id for each in spots if each not in shown)
    return Map(
        svg(out, view.height), tuple(tuple(each.id for each in group) for group in groups), tuple(sorted(middles)), outside
    )


def _view(box: Box) -> _View:
    """The box with a margin, as wide as a map is at least, filled up to the shape of the drawing."""
    south, west, north, east = box
    middle_y, middle_x = (south + north) / 2, (west + east) / 2
    wide = DEGREE * cos(radians(middle_y))
    across = max((east - west) * wide * (1 + 2 * MARGIN), LEAST)
    down = max((north - south) * DEGREE * (1 + 2 * MARGIN), across * HEIGHT / WIDTH)
    across = max(across, down * WIDTH / HEIGHT)
    half_y, half_x = down / DEGREE / 2, across / wide / 2
    return _View(
        (middle_y - half_y, middle_x - half_x, middle_y + half_y, middle_x + half_x), WIDTH / across, WIDTH * down / across
    )


def _within(spot: Spot, box: Box) -> bool:
    south, west, north, east = box
    return south <= spot.lat <= north and west <= spot.lon <= east


def _whole(spot: Spot, ground: Sequence[Land]) -> bool:
    return spot.precision == "country" and any(land.code == spot.code for land in ground)


def _groups(spots: Sequence[Spot], view: _View) -> list[list[Spot]]:
    """The places with most first; each joins the first group near whose first one it stands."""
    out: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda each: (-each.count, each.id)):
        x, y = view.at((spot.lon, spot.lat))
        near = [g for g in out if hypot(view.at((g[0].lon, g[0].lat))[0] - x, view.at((g[0].lon, g[0].lat))[1] - y) < NEAR]
        if near:
            near[0].append(spot)
        else:
            out.append([spot])
    return out


def _centre(group: Sequence[Spot], view: _View) -> Point:
    return view.at((group[0].lon, group[0].lat))


def _area(land: Land, view: _View, colour: str) -> str:
    path = "".join(_path(ring, view) + "Z" for ring in land.rings if _seen(ring, view))
    return f'<path d="{path}" fill="{colour}" fill-rule="evenodd"/>'


def _seen(ring: Sequence[Point], view: _View, least: float = 3) -> bool:
    """Whether a ring is wider or higher than some units of the drawing."""
    south, west, north, east = around(ring)
    (left, top), (right, foot) = view.at((west, north)), view.at((east, south))
    return max(right - left, foot - top) > least


def _borders(ground: Sequence[Land], view: _View) -> Iterator[str]:
    """Every border in the same thin line, once, whoever draws it how."""
    lines = sorted({min(line, line[::-1]) for land in ground for line in land.borders if _seen(line, view)})
    if lines:
        path = "".join(_path(line, view) for line in lines)
        yield f'<path d="{path}" fill="none" stroke="{BORDER}" stroke-width="0.8"/>'


def _outline(line: Outline, n: int, view: _View) -> str:
    path = "".join(_path(part, view) + ("Z" if line.closed else "") for part in line.parts)
    dash = ("", ' stroke-dasharray="8 4"', ' stroke-dasharray="2 3"')[n % 3]
    fill = f'fill="{LINE}" fill-opacity="0.08"' if line.closed else 'fill="none"'
    return f'<path d="{path}" {fill} stroke="{LINE}" stroke-width="2"{dash}/>'


def _path(points: Sequence[Point], view: _View) -> str:
    return _drawn([view.at(point) for point in points])


def _drawn(points: Sequence[Point]) -> str:
    """Points in a tenth of the drawing's unit, as steps; what falls on the point before is left out, but for the last one."""
    spots = [(round(x * 10), round(y * 10)) for x, y in points]
    kept = [spots[0]]
    for n, spot in enumerate(spots):
        if hypot(spot[0] - kept[-1][0], spot[1] - kept[-1][1]) >= STEP or n == len(spots) - 1:
            kept.append(spot)
    steps = " ".join(f"{(x - u) / 10:g} {(y - v) / 10:g}" for (u, v), (x, y) in pairwise(kept))
    return f"M{kept[0][0] / 10:g} {kept[0][1] / 10:g}l{steps}"


def _around(spot: Spot, ground: Sequence[Land], view: _View) -> str:
    """A circle as wide as the place is known. What is known to some km only has a broken edge, and ends with its country."""
    x, y = view.at((spot.lon, spot.lat))
    size = max(KM.get(spot.precision, KM["admin"]) * view.scale, 11)
    ink = f'fill="{COLOURS[0]}" stroke="{COLOURS[0]}" stroke-width="1"'
    if spot.precision in ("point", "settlement"):
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {ink} fill-opacity="0.25"/>'
    turns = [2 * pi * n / CORNERS for n in range(CORNERS)]
    sides = [(cos(turn), sin(turn), cos(turn) * x + sin(turn) * y + size) for turn in turns]
    rings = [ring for land in ground if land.code == spot.code for ring in land.rings]
    parts = [part for ring in rings if len(part := cut([view.at(each) for each in ring], sides)) > 2]
    parts = parts or [tuple((x + size * cos(turn), y + size * sin(turn)) for turn in turns)]
    path = "".join(f"{_drawn(part)}Z" for part in parts)
    return f'<path d="{path}" {ink} fill-opacity="0.12" stroke-dasharray="4 3"/>'


def _label(x: float, y: float, n: int, group: Sequence[Spot]) -> Iterator[str]:
    """The number of the group, and how many things are told of it."""
    count = f"×{sum(each.count for each in group)}"
    wide = 14 + 7 * (len(str(n)) + len(count))
    yield f'<rect x="{x - wide / 2:.1f}" y="{y - 9:.1f}" width="{wide}" height="17" rx="8" fill="#ffffff" stroke="{COLOURS[0]}"/>'
    yield text(x - wide / 2 + 7, y + 4, str(n), "start", COLOURS[0])
    yield text(x + wide / 2 - 7, y + 4, count, "end", "#1b1d21")


def _middle(land: Land, view: _View) -> Point:
    """Where a country's code stands: the middle of the greatest part that is shown, kept off the edge."""
    ring = max(land.rings, key=lambda each: abs(_size(each)))
    size = _size(ring)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    if not size:
        x, y = view.at(ring[0])
    else:
        told = [((a[0] + b[0]) * (c := a[0] * b[1] - b[0] * a[1]), (a[1] + b[1]) * c) for a, b in pairs]
        x, y = view.at((sum(each[0] for each in told) / (6 * size), sum(each[1] for each in told) / (6 * size)))
    return min(max(x, ROOM), WIDTH - ROOM), min(max(y, ROOM), view.height - 2 * ROOM)


def _free(spot: Point, taken: Sequence[Point]) -> Point:
    """A little below, where a number stands in the way."""
    near = any(abs(x - spot[0]) < NEAR and abs(y - spot[1]) < NEAR / 2 for x, y in taken)
    return (spot[0], spot[1] + NEAR * 0.8) if near else spot


def _size(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _rule(view: _View) -> Iterator[str]:
    """How long some km are."""
    km = max(step * 10**power for power in range(5) for step in (1, 2, 5) if step * 10**power * view.scale <= WIDTH / 4)
    x, y = WIDTH - 16 - km * view.scale, view.height - 14
    yield f'<path d="M{x:.1f} {y - 4:.1f}v4H{WIDTH - 16}v-4" fill="none" stroke="#5b616b"/>'
    yield text(WIDTH - 16, y - 7, f"{km} km", "end", "#5b616b")
