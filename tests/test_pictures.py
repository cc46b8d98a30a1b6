"""Drawings: the map shows areas, counts and codes; the same places give the same bytes."""

import re
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from trucewatch.packs import find
from trucewatch.pictures.land import Box, box_of, lands
from trucewatch.pictures.map import Outline, Spot, draw, frame

SVG = "{http://www.w3.org/2000/svg}"
STRIP: Box = (31.2, 34.2, 31.61, 34.58)
SPOTS = (
    Spot("north", 31.5, 34.466, "settlement", 5, "PSE"),
    Spot("crossing", 31.247, 34.258, "point", 2, "PSE"),
    Spot("beside", 31.25, 34.26, "settlement", 4, "PSE"),
    Spot("district", 31.4, 34.38, "admin", 1, "PSE"),
    Spot("far", 38.9, -77.0, "settlement", 3, "USA"),
    Spot("whole", 0, 0, "country", 6, "EGY"),
)


def words(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_map_tells_numbers_and_says_what_it_leaves_out() -> None:
    made = draw(SPOTS, (), STRIP)
    assert made.groups == (("north",), ("beside", "crossing"), ("district",), ("whole",))
    assert made.outside == ("far",) and {"PSE", "EGY"} <= set(made.codes)
    told = words(made.svg)
    assert [each for each in told if each.startswith("×")] == ["×6", "×5", "×6", "×1"]
    assert all(re.fullmatch(r"[A-Z]{3}|×?\d+|\d+ km", each) for each in told), told


def test_a_place_is_as_wide_as_it_is_known_and_ends_with_its_country() -> None:
    drawn = draw(SPOTS, (), STRIP).svg
    assert len(re.findall(r"<circle ", drawn)) == 3  # the point and the towns
    (region,) = re.findall(r'<path d="([^"]+)"[^>]* stroke-dasharray="4 3"/>', drawn)
    abroad = draw([replace(SPOTS[3], code="NLD")], (), STRIP).svg
    (whole,) = re.findall(r'<path d="([^"]+)"[^>]* stroke-dasharray="4 3"/>', abroad)
    assert _wide(whole) > 300 and _wide(region) < _wide(whole) / 1.5


def _wide(path: str) -> float:
    """How wide a path of steps is."""
    xs = []
    for part in path.rstrip("Z").split("Z"):
        start, _, steps = part.partition("l")
        xs.append(float(start[1:].split()[0]))
        for step in steps.split()[::2]:
            xs.append(xs[-1] + float(step))
    return max(xs) - min(xs)


def test_what_stands_in_the_north_is_drawn_above() -> None:
    boxes = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width', draw(SPOTS[:2], (), STRIP).svg)
    assert len(boxes) == 2
    (north_x, north_y), (south_x, south_y) = ((float(x), float(y)) for x, y in boxes)
    assert north_y < south_y and north_x > south_x


def test_lines_of_an_agreement_are_drawn_and_widen_the_frame() -> None:
    line = Outline((((34.3, 31.2), (34.9, 31.9)),))
    area = Outline((((34.3, 31.2), (34.4, 31.2), (34.4, 31.3), (34.3, 31.2)),), closed=True)
    box = frame((), (line,), (), (STRIP,))
    assert box == (31.2, 34.2, 31.9, 34.9)
    paths = re.findall(r'<path d="([^"]+)" fill="(\S+)"[^>]* stroke="#b0254f"', draw((), (line, area), box).svg)
    assert [(path.endswith("Z"), fill) for path, fill in paths] == [(False, "none"), (True, "#b0254f")]


def test_the_frame_follows_the_places_of_the_countries_meant() -> None:
    assert frame(SPOTS, (), ("PSE",)) == (31.247, 34.258, 31.5, 34.466)
    assert frame(SPOTS[-1:], (), ("THA",)) == box_of("THA")
    assert frame((), (), ()) is None


@pytest.mark.parametrize("box", [STRIP, (24.0, 10.0, 25.0, 11.0)])  # the second lies within one country
def test_land_is_cut_to_the_box(box: Box) -> None:
    found = lands(box)
    assert found
    for land in found:
        for x, y in (point for ring in land.rings for point in ring):
            assert box[1] - 1e-9 <= x <= box[3] + 1e-9 and box[0] - 1e-9 <= y <= box[2] + 1e-9
    whole = [land.code for land in lands((24.0, 10.0, 25.0, 11.0))]
    assert "LBY" in whole


def test_the_land_is_what_the_tool_made() -> None:
    made = "f01e4ad1ab07555cdd6360692cdbeaf51a271ab3bf5c93c614508764cbf4f9ff"
    assert sha256(find("map/countries.json.gz").read_bytes()).hexdigest() == made
