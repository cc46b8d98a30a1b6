"""GeoJSON (RFC 7946): one feature for a claim. What is no spot or town has no geometry: no province is a pin."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, BinaryIO

from trucewatch.export.flat import figure
from trucewatch.export.knowledge import Known
from trucewatch.export.row import JOIN, Row, names, plain, quote, told

ONLINE = ("online", "phone")


def geojson(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """A FeatureCollection, one feature a line."""
    title = json.dumps(f"Claims of news reports ({known.dataset}); each names who says it", ensure_ascii=False)
    out.write(f'{{"type": "FeatureCollection", "name": {title}, "features": ['.encode())
    between = "\n"
    for row in rows:
        out.write((between + json.dumps(feature(row, known), ensure_ascii=False)).encode())
        between = ",\n"
    out.write(b"\n]}\n")


def feature(row: Row, known: Known) -> dict[str, Any]:
    """`center_lon`, `center_lat`: the middle of a place that is larger than a town; it is not where it happened."""
    claim, when = row.claim, row.claim.when
    where = None if claim.mode in ONLINE else claim.where
    reach = known.codes.precision.get(where.precision or "") if where else None
    placed = where is not None and where.lat is not None and where.lon is not None
    point = placed and reach is not None and reach.point
    lon, lat = (where.lon, where.lat) if where and placed else (None, None)
    properties = told(row) | {
        "event": claim.event,
        "mode": claim.mode,
        "start": when.start if when else None,
        "end": when.end if when else None,
        "grain": when.grain if when else None,
        "actors": names(claim.actors),
        "recipients": names(claim.recipients),
        "participants": names(claim.participants),
        "figures": JOIN.join(map(figure, claim.quantities)),
        "quote": quote(row),
        "place": plain(where.text) if where else None,
        "place_id": where.place if where else None,
        "country": where.country if where else None,
        "precision": where.precision if where else None,
        "where_prec": reach.where_prec if reach else None,
        "radius_class": reach.radius if reach else None,
        "center_lon": None if point else lon,
        "center_lat": None if point else lat,
    }
    geometry = {"type": "Point", "coordinates": [lon, lat]} if point else None
    return {"type": "Feature", "id": claim.id, "geometry": geometry, "properties": properties}
