"""The map of a report: where things are told to have happened, around the lines of the agreement."""

from collections.abc import Iterator

from trucewatch.model import Claim, Happening, Where
from trucewatch.model.agreement import Line
from trucewatch.pictures.map import KM, LINE, Outline, Spot, draw, frame
from trucewatch.publish.agreement import words_of
from trucewatch.publish.labels import say
from trucewatch.report.desk import Desk
from trucewatch.report.sitrep import Chart

TOLD = frozenset({"occurred", "ongoing"})


def places(desk: Desk, start: str) -> Iterator[Chart]:
    """Happenings since a day by place, each once, where it is told most exactly; and the lines that have coordinates."""
    at: dict[str, list[tuple[Happening, Claim, Where]]] = {}
    for each in desk.happenings:
        found = _place(desk, each) if each.start and start <= each.start <= desk.tracker.as_of else None
        if found:
            at.setdefault(_key(found[1]), []).append((each, *found))
    spots = [_spot(key, rows[0][2], len(rows)) for key, rows in sorted(at.items())]
    drawn = [row for row in desk.agreement.lines if row.coordinates]
    lines, area = [_outline(row) for row in drawn], desk.agreement.area
    box = frame(spots, lines, area.countries, area.boxes)
    made = draw(spots, lines, box) if box else None
    if made is None or not (made.groups or lines):
        return
    numbers = {key: str(n) for n, group in enumerate(made.groups, 1) for key in group}
    ordered = sorted(at, key=lambda key: (int(numbers.get(key, "0")) or len(at) + 1, -len(at[key]), key))
    table = tuple(_row(desk, key, at[key], numbers) for key in ordered)
    claims = tuple(tuple(claim.id for _, claim, _ in at[key]) for key in ordered)
    key = [(str(n), _group(desk, group, at)) for n, group in enumerate(made.groups, 1)]
    key += [(code, desk.names(code)) for code in made.codes]
    key += [(LINE, words_of(row.names, desk.known)) for row in drawn]
    heads = tuple(desk.put("columns", each) for each in ("mark", "place", "precision", "number", "kind"))
    yield Chart("places", desk.put("chart_places_title"), desk.put("chart_places"), made.svg, tuple(key), heads, table, claims)


def _place(desk: Desk, row: Happening) -> tuple[Claim, Where] | None:
    """The claim that tells the place most exactly."""
    told = [desk.claims[each] for each in row.claims if each in desk.claims]
    found = [(claim, claim.where) for claim in told if claim.status in TOLD and claim.where and _known(claim.where)]
    return min(found, key=lambda pair: (KM.get(pair[1].precision or "", 1e4), pair[0].id), default=None)


def _known(where: Where) -> bool:
    if where.precision == "country":
        return where.country is not None
    return where.lat is not None and where.lon is not None


def _key(where: Where) -> str:
    """What is called by one name on the map."""
    return (where.country if where.precision == "country" else where.place or where.name or where.text) or ""


def _spot(key: str, where: Where, count: int) -> Spot:
    return Spot(key, where.lat or 0.0, where.lon or 0.0, where.precision or "admin", count, where.country)


def _outline(line: Line) -> Outline:
    points = line.coordinates
    parts: tuple[object, ...] = (points,)
    for _ in range({"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[line.shape or "LineString"]):
        parts = tuple(each for part in parts for each in part)  # type: ignore[attr-defined]
    told = tuple(tuple((x, y) for x, y in part) for part in parts)  # type: ignore[attr-defined]
    return Outline(told, closed=bool(line.shape and line.shape.endswith("Polygon")))


def _row(desk: Desk, key: str, rows: list[tuple[Happening, Claim, Where]], numbers: dict[str, str]) -> tuple[str, ...]:
    kinds = dict.fromkeys(say(desk.known, "events", each.event) for each, _, _ in rows)
    precision = say(desk.known, "precisions", rows[0][2].precision or "admin")
    return numbers.get(key, desk.put("outside")), desk.names(key), precision, str(len(rows)), desk.put("comma").join(kinds)


def _group(desk: Desk, group: tuple[str, ...], at: dict[str, list[tuple[Happening, Claim, Where]]]) -> str:
    return desk.put("comma").join(f"{desk.names(key)} ({len(at[key])})" for key in group)
