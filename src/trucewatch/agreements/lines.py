"""Lines and zones of an agreement: GeoJSON inline or in a file beside, read strictly. Where nobody published coordinates, a line
has its name only."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.model.agreement import Agreement, Line

Fault = tuple[tuple[str | int, ...], str]
DEPTH = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}  # lists around a point
SEE = "docs/add-an-agreement.md tells the form."


def drawn(agreement: Agreement, folder: Path) -> tuple[Agreement, tuple[Fault, ...]]:
    """The agreement with the coordinates that stand in files beside its own, and every fault of its lines."""
    lines, faults = [], []
    for at, row in enumerate(agreement.lines):
        found = row
        try:
            found = _from_file(row, folder) if row.file and not row.coordinates else row
        except PackError as problem:
            faults.append((("lines", at, "file"), str(problem)))
        else:
            faults += [(("lines", at, key), what) for key, what in _faults(row, found)]
        lines.append(found)
    return replace(agreement, lines=tuple(lines)), tuple(faults)


def _from_file(row: Line, folder: Path) -> Line:
    path = folder / (row.file or "")
    if path.name != row.file:
        raise PackError(f"'{row.file}' is no name of a file beside the agreement. Put it there and write its name.")
    try:
        shape = _geometry(json.loads(path.read_text("utf-8")), row)
    except OSError as problem:
        raise PackError(f"{path}: it cannot be read ({problem.strerror}). Put the file there, or take the key out.") from None
    except ValueError as problem:
        raise PackError(f"{path}: no JSON ({problem}). Give a GeoJSON file.") from None
    return replace(row, shape=shape["type"], coordinates=_frozen(shape["coordinates"]))


def _geometry(data: Any, row: Line) -> Mapping[str, Any]:
    """The one geometry of a file, or that of the feature which bears the line's id."""
    told = data if isinstance(data, dict) else {}
    if told.get("type") == "FeatureCollection":
        rows = [each for each in told.get("features") or () if isinstance(each, dict)]
        mine = [each for each in rows if row.id in (each.get("id"), (each.get("properties") or {}).get("id"))]
        if len(mine or rows) != 1:
            raise PackError(f"'{row.file}' holds {len(rows)} features, not one with the id '{row.id}'. Give it the id.")
        told = (mine or rows)[0]
    shape = told.get("geometry") if told.get("type") == "Feature" else told
    if not isinstance(shape, dict) or shape.get("type") not in DEPTH or not isinstance(shape.get("coordinates"), list):
        raise PackError(f"'{row.file}' draws no line and no area. Give one of: {', '.join(DEPTH)}.")
    return shape


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _faults(row: Line, found: Line) -> Iterator[tuple[str, str]]:
    if row.file and row.coordinates:
        yield "file", "coordinates both here and in a file. Keep one of them."
    elif (row.shape is None) != (row.coordinates is None) and not row.file:
        yield "id", f"a shape without coordinates, or coordinates without a shape. Write both or neither; {SEE}"
    elif found.shape and found.coordinates and (what := _wrong(found.shape, found.coordinates)):
        yield "file" if row.file else "coordinates", what


def _wrong(shape: str, coordinates: Any) -> str | None:
    parts = [coordinates]
    for _ in range(DEPTH[shape] - 1):
        parts = [each for part in parts for each in (part if isinstance(part, tuple) else (None,))]
    if not parts or not all(isinstance(points, tuple) for points in parts):
        return f"the lists are not nested as in a {shape}. {SEE}"
    area = shape.endswith("Polygon")
    for points in parts:
        if not all(map(_is_point, points)):
            return "a point is two numbers, longitude (-180 to 180) before latitude (-90 to 90). Mend the point."
        if len(points) < (4 if area else 2) or (area and points[0] != points[-1]):
            return f"a {shape} with too few points, or a ring that does not end where it begins. Mend the points."
    return None


def _is_point(point: Any) -> bool:
    numbers: Sequence[Any] = point if isinstance(point, tuple) and len(point) == 2 else ()
    if not numbers or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
        return False
    return bool(-180 <= numbers[0] <= 180 and -90 <= numbers[1] <= 90)
