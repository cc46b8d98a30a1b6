"""From articles and claims to rows and back: what is kept of each, and the columns that are made from a claim."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from trucewatch.database.chain import digest
from trucewatch.database.tables import moment_text
from trucewatch.judgements import told_by
from trucewatch.model import Article, Block, DateEvidence

# In these events the doer is accused by whoever tells them; in ACCUSE it is the one to whom it is done.
_BLAMED = {"ACCUSE": "recipients", "VIOLATION": "actors", "ASSAULT": "actors", "CASUALTIES": "actors", "COERCE": "actors"}
_CONTENT = ("id", "outlet", "language", "url", "published", "repeat_of", "agencies", "dates", "blocks", "text")


def article_row(article: Article, repeat_of: str | None) -> dict[str, Any]:
    """What is kept of an article, with the digest of all of it."""
    row: dict[str, Any] = {
        "id": article.id,
        "outlet": article.outlet,
        "language": article.language,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "repeat_of": repeat_of,
        "agencies": list(article.agencies),
        "dates": [asdict(d) | {"value": d.value.isoformat() if d.value else None} for d in article.dates],
        "blocks": [asdict(block) for block in article.blocks],
        "text": article.text,
    }
    return row | {"digest": article_digest(row)}


def article_digest(row: Mapping[str, Any]) -> str:
    return digest({name: row[name] for name in _CONTENT})


def article_of(row: Mapping[str, Any]) -> Article:
    """The article that a row keeps."""
    return Article(
        id=row["id"],
        text=row["text"],
        language=row["language"],
        url=row["url"],
        outlet=row["outlet"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        dates=tuple(DateEvidence(**d | {"value": date.fromisoformat(d["value"]) if d["value"] else None}) for d in row["dates"]),
        agencies=tuple(row["agencies"]),
        blocks=tuple(Block(**block) for block in row["blocks"]),
    )


def columns(body: Mapping[str, Any], published: str | None) -> dict[str, Any]:
    """The columns made from a claim. Its day: the last of its interval, else the first, else that of publication, else ''."""
    when = body["when"] or {}
    blamed = _BLAMED.get(body["event"])
    return {
        "day": when.get("end") or when.get("start") or published or "",
        "event": body["event"],
        "status": body["status"],
        "speaker": told_by(body)["party"],
        "accused": next((role["party"] for role in body[blamed] if role["party"]), None) if blamed else None,
        "version": body["coder"]["version"],
    }


def party_rows(body: Mapping[str, Any], n: int, day: str) -> list[dict[str, Any]]:
    """Who stands in a claim, each once with its roles."""
    found: dict[str, list[str]] = {}
    for name in ("actors", "recipients", "participants", "speaker"):
        for party in {part["party"] for part in body[name] if part["party"]}:
            found.setdefault(party, []).append(name)
    return [{"party": party, "day": day, "n": n, "roles": ",".join(roles)} for party, roles in sorted(found.items())]


def tombstone_digest(row: Mapping[str, Any]) -> str:
    named = ("kind", "object", "digest", "reason", "who", "spans", *(["records"] if row["records"] else []))
    return digest({name: row[name] for name in named})


def custody_digest(row: Mapping[str, Any]) -> str:
    named = ("who", "tool", "kind", "source", "status", "form", "language", "payload", "record", "file", "offset", "length")
    return digest({name: row[name] for name in named} | {"at": moment_text(row["at"])})


def sighting_digest(row: Mapping[str, Any]) -> str:
    named = ("printed", "custody", "says", "start", "end")
    return digest({name: row[name] for name in named} | {"at": moment_text(row["at"])})


def rows_digest(rows: Iterable[tuple[int, str]]) -> str:
    """One digest over rows by their numbers and digests, in order of the numbers."""
    return digest(sorted(rows))
