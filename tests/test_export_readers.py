"""What is exported, read by the programs that its users read it with (groups full and ftm)."""

import csv
import io
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trucewatch import export, flow, packs
from trucewatch.export.linked import ANNOTATION, SCHEMA
from trucewatch.export.row import said_by

FULL = "group full: uv run --group full pytest"
OA, AS, DC, DCTERMS, RDF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
# The terms of the Web Annotation vocabulary that we use, so that nothing is fetched.
NOTES = {
    **{
        name: OA + name for name in ("Annotation", "SpecificResource", "TextualBody", "TextQuoteSelector", "TextPositionSelector")
    },
    "id": "@id",
    "type": "@type",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Software": AS + "Application",
    "body": {"@type": "@id", "@id": OA + "hasBody"},
    "target": {"@type": "@id", "@id": OA + "hasTarget"},
    "source": {"@type": "@id", "@id": OA + "hasSource"},
    "selector": {"@type": "@id", "@id": OA + "hasSelector"},
    "items": {"@type": "@id", "@id": AS + "items", "@container": "@list"},
    "motivation": {"@type": "@vocab", "@id": OA + "motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": OA + "hasPurpose"},
    **{name: OA + name for name in ("describing", "tagging", "exact", "prefix", "suffix", "start", "end")},
    "generator": {"@type": "@id", "@id": DCTERMS + "generator"},
    "value": RDF + "value",
    "format": DC + "format",
    "name": AS + "name",
}


@cache
def rows() -> tuple[export.Row, ...]:
    coded = flow.code_source([packs.find("samples/articles.jsonl")], on_problem=print)
    return tuple(export.Row(claim, entry.article) for entry in coded for claim in entry.claims)


def written(form: str) -> bytes:
    out = io.BytesIO()
    export.WRITERS[form](rows(), out, export.known(dataset="test"), Counter())
    return out.getvalue()


def test_libhxl_knows_all_tags() -> None:
    hxl = pytest.importorskip("hxl", reason=FULL)
    cells = list(csv.reader(io.StringIO(written("hxl").decode(), newline="")))
    found = hxl.data(cells).cache()
    read = list(found)
    assert len(found.columns) == len(cells[0]) and all(column.tag for column in found.columns)
    assert len(read) == len(rows())
    assert [row.get("#meta+speaker") for row in read] == [said_by(row) for row in rows()]
    assert all(row.get("#meta+source") and row.get("#status+told") for row in read)
    assert hxl.validate(found, [{"#valid_tag": "#event+type", "#valid_required": "true"}])


def test_icalendar_reads_the_calendar() -> None:
    icalendar = pytest.importorskip("icalendar", reason=FULL)
    calendar = icalendar.Calendar.from_ical(written("ical"))
    events = calendar.walk("VEVENT")
    meetings = [row for row in rows() if row.claim.event == "CONSULT"]
    assert 0 < len(events) <= len(meetings)
    assert not [fault for event in events for fault in event.errors]
    told = {str(event["UID"]): event for event in events}
    assert len(told) == len(events)
    for row in meetings:
        if event := told.get(f"{row.claim.id}@trucewatch"):
            assert str(event["SUMMARY"]).startswith(f"{said_by(row)} ({row.article.outlet}), {row.claim.status}")
            assert event["DTSTART"].dt < event["DTEND"].dt
            assert str(event["STATUS"]) in ("CONFIRMED", "TENTATIVE", "CANCELLED")


def test_followthemoney_reads_the_statements() -> None:
    pytest.importorskip("followthemoney", reason="group ftm: uv run --group ftm pytest")
    from followthemoney import model
    from followthemoney.statement.serialize import read_csv_statements

    found: dict[str, list[Any]] = {}
    for statement in read_csv_statements(io.BytesIO(written("ftm"))):
        found.setdefault(statement.entity_id, []).append(statement)
    kinds = Counter[str]()
    for statements in found.values():
        for statement in statements:
            schema = model.get(statement.schema)
            assert schema is not None
            kinds[statement.schema] += 1
            if statement.prop != "id":
                told = schema.get(statement.prop)
                assert told is not None and told.type.name == statement.prop_type, statement.prop
                assert told.type.clean(statement.value) == statement.value or told.type.name in (
                    "name",
                    "text",
                    "string",
                    "address",
                )
    assert {"Event", "Article", "Person", "PublicBody", "Organization"} <= set(kinds)
    assert sum(any(s.schema == "Event" for s in each) for each in found.values()) == len(rows())


def test_duckdb_reads_parquet_and_csv(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason=FULL)
    pytest.importorskip("pyarrow", reason=FULL)
    for form in ("parquet", "csv"):
        (tmp_path / f"claims.{form}").write_bytes(written(form))
    with duckdb.connect() as base:
        asked = "SELECT outlet, event, count(*) FROM '{}' GROUP BY ALL ORDER BY ALL"
        parquet, flat = (base.execute(asked.format(tmp_path / f"claims.{form}")).fetchall() for form in ("parquet", "csv"))
        assert parquet == flat and sum(row[2] for row in parquet) == len(rows())
        actors = (
            f"SELECT count(*) FROM (SELECT unnest(actors) AS a FROM '{tmp_path / 'claims.parquet'}') WHERE a.party IS NOT NULL"
        )
        assert base.execute(actors).fetchone() == (sum(bool(role.party) for row in rows() for role in row.claim.actors),)


def test_shapely_reads_the_map() -> None:
    shapely = pytest.importorskip("shapely", reason=FULL)
    features = json.loads(written("geojson"))["features"]
    placed = [shapely.geometry.shape(each["geometry"]) for each in features if each["geometry"]]
    assert placed and all(point.is_valid and -180 <= point.x <= 180 and -90 <= point.y <= 90 for point in placed)
    assert len(features) == len(rows())


def _expanded(form: str) -> list[dict[str, Any]]:
    pyld = pytest.importorskip("pyld", reason=FULL)

    def load(url: str, options: object) -> dict[str, Any]:
        known = {ANNOTATION: NOTES, SCHEMA: {"@vocab": "https://schema.org/", "id": "@id", "url": {"@type": "@id"}}}
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": known[url]},
            "contentType": "application/ld+json",
        }

    found: list[dict[str, Any]] = pyld.jsonld.expand(json.loads(written(form)), {"documentLoader": load})
    return found


def test_a_processor_keeps_all_of_a_note() -> None:
    (page,) = _expanded("webannotation")
    notes = page[AS + "items"][0]["@list"]
    assert len(notes) == len(rows())
    for row, note in zip(rows(), notes, strict=True):
        assert note["@type"] == [OA + "Annotation"] and note[OA + "hasBody"]
        assert note["urn:trucewatch:term:said_by"] == [{"@value": said_by(row)}]
        assert note["urn:trucewatch:term:as_told"] == [{"@value": row.claim.status}]
        assert [target[OA + "hasSource"] for target in note[OA + "hasTarget"]] == [[{"@id": row.article.url}]] * len(
            row.claim.evidence
        )


def test_a_processor_keeps_all_of_a_claim() -> None:
    found = _expanded("schemaorg")
    assert [each["@type"] for each in found] == [["https://schema.org/Claim"]] * len(rows())
    assert all(each["urn:trucewatch:term:outlet"] and each["https://schema.org/author"] for each in found)


def test_the_proof_runs_small(tmp_path: Path) -> None:
    from tools.prove_export import measured

    origin = tuple((row.article, (row.claim,)) for row in rows()[:3])
    found = measured("hxl", origin, 50, tmp_path)
    assert found["claims"] == 50 and found["bytes"] > 5_000 and found["left_out"] == 0
    assert found["megabytes"] >= found["megabytes_before"] > 0
    assert list(tmp_path.iterdir()) == []
