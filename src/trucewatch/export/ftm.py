"""Statements of FollowTheMoney on parties, articles and events: one value a row, each with where and when it was seen."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import BinaryIO

from trucewatch.export.knowledge import Known
from trucewatch.export.row import Row, outlet, plain, quote, said_by

HEAD = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id", "said_by", "outlet", "as_told",
)  # fmt: skip
_TYPES = {
    "id": "checksum", "name": "name", "country": "country", "publisher": "string", "sourceUrl": "url", "publishedAt": "date",
    "title": "string", "summary": "text", "startDate": "date", "endDate": "date", "location": "address", "involved": "entity",
    "proof": "entity", "keywords": "string", "recordId": "string", "notes": "text",
}  # fmt: skip
CLDR = "cldr"
Told = tuple[str, str, str, str, str | None]  # entity, schema, property, value, words as printed


def ftm(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """A statement is written once for what was said, by whom, in which article. Its id is a digest of all of that."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, dialect=csv.unix_dialect)
    writer.writerow(HEAD)
    for row in rows:
        writer.writerows(_lines(row, known))
        out.write(buffer.getvalue().encode())
        buffer.seek(0)
        buffer.truncate()
    out.write(buffer.getvalue().encode())


def _lines(row: Row, known: Known) -> Iterator[list[str]]:
    seen = row.article.published.isoformat() if row.article.published else ""
    by, printed, status = said_by(row), outlet(row), row.claim.status
    for entity, schema, prop, value, original in dict.fromkeys(_told(row, known)):
        digest = sha1("\x1f".join((known.dataset, entity, prop, value, row.claim.id)).encode(), usedforsecurity=False).hexdigest()
        lang = row.article.language if _TYPES[prop] in ("name", "text") else ""
        tongue = known.codes.languages.get(lang, "")
        place = (entity, entity, prop, _TYPES[prop], schema, value, known.dataset, printed, tongue)
        yield [*place, original or "", "f", seen, seen, digest, by, printed, status]


def _told(row: Row, known: Known) -> Iterator[Told]:
    yield from _article(row)
    yield from _event(row, known)
    claim = row.claim
    for role in (*claim.actors, *claim.recipients, *claim.participants):
        yield from _party(role.party, role.text, known)
    for voice in claim.speaker:
        if voice.text:
            yield from _party(voice.party, voice.text, known)


def _article(row: Row) -> Iterator[Told]:
    entity, schema = _key("article", row.claim.article), "Article"
    yield entity, schema, "id", _digest(entity), None
    yield entity, schema, "title", row.claim.article, None
    yield entity, schema, "publisher", outlet(row), None
    if row.article.url:
        yield entity, schema, "sourceUrl", row.article.url, None
    if row.article.published:
        yield entity, schema, "publishedAt", row.article.published.isoformat(), None


def _event(row: Row, known: Known) -> Iterator[Told]:
    claim = row.claim
    entity, schema = _key("claim", claim.id), "Event"
    yield entity, schema, "id", _digest(entity), None
    yield entity, schema, "name", f"{claim.event}, {claim.status}: {said_by(row)} ({outlet(row)})", None
    yield entity, schema, "recordId", claim.id, None
    yield entity, schema, "summary", quote(row), None
    yield entity, schema, "publisher", outlet(row), None
    yield entity, schema, "notes", f"{said_by(row)}: {claim.status}", None
    yield entity, schema, "proof", _key("article", claim.article), None
    if row.article.url:
        yield entity, schema, "sourceUrl", row.article.url, None
    for word in filter(None, (claim.event, claim.mode, claim.status)):
        yield entity, schema, "keywords", word, None
    if claim.when and claim.when.start:
        yield entity, schema, "startDate", claim.when.start, claim.when.text
    if claim.when and claim.when.end:
        yield entity, schema, "endDate", claim.when.end, claim.when.text
    if claim.where:
        yield entity, schema, "location", claim.where.name or plain(claim.where.text), plain(claim.where.text)
        if country := _country(claim.where.country or "", known):
            yield entity, schema, "country", country, plain(claim.where.text)
    for role in (*claim.actors, *claim.recipients, *claim.participants):
        if party := _entity(role.party, role.text):
            yield entity, schema, "involved", party, plain(role.text) or None


def _party(id_: str | None, text: str | None, known: Known) -> Iterator[Told]:
    """A party by its id; one without an id by the words for it, which are then nobody else's."""
    entity = _entity(id_, text)
    if entity is None:
        return
    found = known.parties.get(id_ or "")
    organ = known.parties.get((id_ or "").partition(".")[0])
    schema = known.codes.schemata[found.kind] if found else known.codes.schemata["body"] if organ else known.codes.unnamed
    yield entity, schema, "id", _digest(entity), None
    if name := plain(text):
        yield entity, schema, "name", name, name
    elif found and (shown := dict(found.name).get("en")):
        yield entity, schema, "name", shown, None


def _entity(id_: str | None, text: str | None) -> str | None:
    words = plain(text)
    return _key("party", id_) if id_ else _key("words", _digest(words.casefold())[:16]) if words else None


def _key(kind: str, name: str) -> str:
    return f"tw-{kind}-{name}".replace(":", "-")


def _digest(text: str) -> str:
    return sha1(text.encode(), usedforsecurity=False).hexdigest()


def _country(code: str, known: Known) -> str | None:
    """Two letters, as the table of CLDR's ids has them."""
    table, _, short = known.parties[code].source.partition(":") if code in known.parties else ("", "", "")
    return short.lower() if table == CLDR else None
