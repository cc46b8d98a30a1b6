"""Lines of an agreement as GeoJSON, inline or in a file beside it; notes in several languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.deals import FACT, deal, written
from tests.test_cli import run
from trucewatch.agreements import agreement, agreement_faults, agreements
from trucewatch.publish.agreement import as_data, shown
from trucewatch.track import standing

LINE: dict[str, Any] = {"id": "bank", "names": {"en": "North bank", "ar": "الضفة الشمالية"}, **FACT}
PATH = [[-57.0, -33.0], [-57.5, -33.2]]
RING = [[[-57.0, -33.0], [-57.5, -33.2], [-57.2, -33.5], [-57.0, -33.0]]]


def made(folder: Path, **line: Any) -> Path:
    return written(folder, deal() | {"lines": [LINE | line]})


def collection(*ids: str) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": PATH}
    rows = [{"type": "Feature", "properties": {"id": each}, "geometry": line} for each in ids]
    return {"type": "FeatureCollection", "features": rows}


def test_a_line_may_have_a_name_only(tmp_path: Path) -> None:
    (row,) = agreement(str(made(tmp_path))).lines
    assert (row.shape, row.coordinates, row.file) == (None, None, None)


@pytest.mark.parametrize(("shape", "coordinates"), [("LineString", PATH), ("MultiLineString", [PATH, PATH]), ("Polygon", RING)])
def test_a_line_drawn_in_the_file_itself(tmp_path: Path, shape: str, coordinates: Any) -> None:
    (row,) = agreement(str(made(tmp_path, shape=shape, coordinates=coordinates))).lines
    assert (row.shape, as_data(row)["coordinates"]) == (shape, coordinates)


@pytest.mark.parametrize(
    "data", [{"type": "LineString", "coordinates": PATH}, collection("bank")["features"][0], collection("other", "bank")]
)
def test_a_line_drawn_in_a_file_beside(tmp_path: Path, data: Any) -> None:
    (tmp_path / "river.geojson").write_text(json.dumps(data), "utf-8")
    path = made(tmp_path, file="river.geojson")
    (row,) = agreement(str(path)).lines
    assert (row.shape, as_data(row)["coordinates"]) == ("LineString", PATH)
    home = tmp_path / "monitor"
    assert run("init", home, "--agreement", path).exit_code == 0
    assert agreement(str(home / path.name)).lines == (row,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"shape": "LineString"}, "a shape without coordinates"),
        ({"coordinates": PATH}, "a shape without coordinates, or coordinates without a shape"),
        ({"shape": "LineString", "coordinates": [[-33.0, -157.0], [0, 0]]}, "a point is two numbers, longitude"),
        ({"shape": "LineString", "coordinates": [[True, 1.0], [0, 0]]}, "a point is two numbers"),
        ({"shape": "LineString", "coordinates": PATH[:1]}, "a LineString with too few points"),
        ({"shape": "Polygon", "coordinates": [RING[0][:3]]}, "a Polygon with too few points"),
        ({"shape": "Polygon", "coordinates": PATH}, "a point is two numbers"),
        ({"shape": "MultiLineString", "coordinates": [PATH, 5]}, "not nested as in a MultiLineString"),
        ({"shape": "MultiPolygon", "coordinates": PATH}, "not nested as in a MultiPolygon"),
        ({"shape": "Point", "coordinates": [0, 0]}, "'Point' does not fit shape"),
        ({"file": "../river.geojson"}, "no name of a file beside the agreement"),
        ({"file": "missing.geojson"}, "it cannot be read"),
        ({"file": "town.geojson"}, "draws no line and no area"),
        ({"file": "two.geojson"}, "holds 2 features, not one with the id 'bank'"),
        ({"file": "broken.geojson"}, "no JSON"),
        ({"file": "two.geojson", "shape": "LineString", "coordinates": PATH}, "coordinates both here and in a file"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_refused(tmp_path: Path, line: dict[str, Any], told: str) -> None:
    (tmp_path / "town.geojson").write_text(json.dumps({"type": "Point", "coordinates": [0, 0]}), "utf-8")
    (tmp_path / "two.geojson").write_text(json.dumps(collection("a", "b")), "utf-8")
    (tmp_path / "broken.geojson").write_text("{", "utf-8")
    path = made(tmp_path, **line)
    (fault,) = agreement_faults(path)
    assert told in fault and fault.startswith(f"{path}:"), fault


def test_a_note_in_the_readers_language_or_as_it_stands(tmp_path: Path) -> None:
    data = deal() | {"channel": "by radio"}
    data["parties"][2]["note"] = {"en": "hosts talks", "ar": "تستضيف المحادثات"}
    found = agreement(str(written(tmp_path, data)))
    day = found.in_force[0].start.start
    pages = {code: "\n".join(shown(found, standing(found, day), (), day=day, names=str, language=code)) for code in ("en", "ar")}
    assert "hosts talks" in pages["en"] and "تستضيف المحادثات" in pages["ar"] and "hosts talks" not in pages["ar"]
    assert all("by radio" in page for page in pages.values())


def test_our_notes_are_told_in_both_languages() -> None:
    told = [agreement.channel for agreement in agreements()]
    told += [row.note for each in agreements() for row in (*each.parties, *each.documents, *each.variants, *each.violations)]
    assert sum(map(bool, told)) > 30
    assert [note for note in told if note and {code for code, _ in note} != {"ar", "en"}] == []
