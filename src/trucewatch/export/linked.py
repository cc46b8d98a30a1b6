"""Linked data: W3C Web Annotations of the articles, and schema.org Claims. Our own terms stand in the context, so that a
processor keeps them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from urllib.parse import quote as escaped

from trucewatch.export.knowledge import Known
from trucewatch.export.row import Row, outlet, plain, quote, said_by, told
from trucewatch.model import Evidence

ANNOTATION, SCHEMA = "http://www.w3.org/ns/anno.jsonld", "https://schema.org/"
OWN = "urn:trucewatch:term:"
TERMS = ("said_by", "said_by_id", "outlet", "as_told", "grade", "judged", "redacted", "event", "mode")
AROUND = 32  # letters before and behind a quote
HEADLINE = "headline"
_PERSONS, _NAMELESS = ("person", "official"), ("source", "media")


def webannotation(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """An AnnotationPage; one annotation for a claim, with a target for each piece of its evidence."""
    head = {"id": f"urn:trucewatch:page:{_id(known.dataset)}", "type": "AnnotationPage"}
    _page(ANNOTATION, head, "items", map(annotation, rows), out)


def schemaorg(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """A graph of Claims. Never a ClaimReview: whether a claim is true is for a person to say."""
    _page(SCHEMA, {}, "@graph", map(claim_of, rows), out)


def annotation(row: Row) -> dict[str, Any]:
    """The claim as a note on its article's words. Positions are code points, as the standard counts them."""
    claim, more = row.claim, told(row)
    tags = [claim.event, *([claim.mode] if claim.mode else []), claim.status, *claim.about]
    words = f"{said_by(row)} ({outlet(row)}): {claim.event} {claim.mode or ''}".strip() + f", {claim.status}"
    body = [{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": words}]
    body += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    made = {
        "id": f"urn:trucewatch:claim:{_id(claim.id)}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"trucewatch {claim.coder.name} {claim.coder.version}"},
        "body": body,
        "target": [_target(row, piece) for piece in claim.evidence],
    }
    return made | {name: more[name] for name in TERMS if more.get(name) not in (None, [])}


def _target(row: Row, piece: Evidence) -> dict[str, Any]:
    exact: dict[str, Any] = {"type": "TextQuoteSelector", "exact": piece.quote}
    if row.article.text:
        exact["prefix"] = row.article.text[max(0, piece.start - AROUND) : piece.start]
        exact["suffix"] = row.article.text[piece.end : piece.end + AROUND]
    position = {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
    return {"type": "SpecificResource", "source": _address(row), "selector": [exact, position]}


def claim_of(row: Row) -> dict[str, Any]:
    """The claim as schema.org has it: its words, its author, and the article in which it appears."""
    claim, more, voice = row.claim, told(row), row.claim.speaker[-1]
    kind = "Person" if voice.kind in _PERSONS else "Thing" if voice.kind in _NAMELESS else "Organization"
    author = {"@type": kind, "name": said_by(row)} | ({"identifier": voice.party} if voice.party else {})
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": _address(row),
        "publisher": {"@type": "Organization", "name": outlet(row)},
        "url": row.article.url,
        "headline": _headline(row),
        "datePublished": more["published"],
        "inLanguage": more["language"],
    }
    made: dict[str, Any] = {
        "@id": f"urn:trucewatch:claim:{_id(claim.id)}",
        "@type": "Claim",
        "text": quote(row),
        "author": author,
        "appearance": {name: value for name, value in article.items() if value},
        "keywords": [claim.event, *([claim.mode] if claim.mode else []), claim.status],
        "inLanguage": more["language"],
        "event": claim.event,
        "mode": claim.mode,
    }
    made |= {name: more[name] for name in TERMS if name in more}
    return {name: value for name, value in made.items() if value not in (None, [])}


def _page(context: str, head: dict[str, Any], name: str, items: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    """One JSON object, written item by item."""
    opening = json.dumps({"@context": [context, {term: OWN + term for term in TERMS}]} | head)
    out.write(f'{opening[:-1]}, "{name}": ['.encode())
    for piece in _pieces(items):
        out.write(piece.encode())
    out.write(b"\n]}\n")


def _pieces(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    between = "\n"
    for item in items:
        yield between + json.dumps(item, ensure_ascii=False)
        between = ",\n"


def _headline(row: Row) -> str:
    block = next((block for block in row.article.blocks if block.kind == HEADLINE), None)
    return plain(row.article.text[block.start : block.end]) if block else ""


def _address(row: Row) -> str:
    return row.article.url or f"urn:trucewatch:article:{_id(row.claim.article)}"


def _id(name: str) -> str:
    return escaped(name, safe="")
