"""What is exported: a claim with the article that it stands in, and who said it, who printed it, how it was told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.model import Article, Claim, Role

JOIN = "; "


@dataclass(frozen=True, slots=True)
class Row:
    """`article` has an empty text where only claims are at hand. `grade`: a letter and a digit of the Admiralty code. `judged`:
    what people said of the claim, as "field: value (who)"."""

    claim: Claim
    article: Article
    grade: str = "F6"
    judged: tuple[str, ...] = ()
    redacted: bool = False


def bare(claim: Claim, **told: str | None) -> Row:
    """A claim without its article; `told`: outlet, url, published, language as far as they are known."""
    printer = next((voice.party for voice in claim.speaker if voice.kind == "outlet"), None)
    day = told.get("published")
    published = date.fromisoformat(day) if day else None
    outlet, language = told.get("outlet") or printer, told.get("language") or ""
    return Row(claim, Article(claim.article, "", language, told.get("url"), outlet, published))


def outlet(row: Row) -> str:
    """Who printed it; where nobody told, the id of the article, so that it is never empty."""
    return row.article.outlet or next((v.party for v in row.claim.speaker if v.kind == "outlet" and v.party), row.claim.article)


def said_by(row: Row) -> str:
    """The innermost voice in the article's words; the outlet where it speaks itself."""
    voice = row.claim.speaker[-1]
    return plain(voice.text) if voice.text else outlet(row)


def told(row: Row) -> dict[str, Any]:
    """What stands in every row of every format."""
    return {
        "said_by": said_by(row),
        "said_by_id": row.claim.speaker[-1].party,
        "outlet": outlet(row),
        "as_told": row.claim.status,
        "url": row.article.url,
        "published": row.article.published.isoformat() if row.article.published else None,
        "language": row.article.language or None,
        "grade": row.grade,
        "judged": list(row.judged),
        "redacted": row.redacted,
    }


def quote(row: Row) -> str:
    """The words that tell it, pieces joined by an ellipsis."""
    return " … ".join(plain(piece.quote) for piece in row.claim.evidence if piece.role == "event")


def days(row: Row) -> tuple[str, str]:
    """First and last day as told; an open end is that of the other, without both the day of publication; '' = not known."""
    when = row.claim.when
    start, end = (when.start, when.end) if when else (None, None)
    printed = row.article.published.isoformat() if row.article.published else ""
    return start or end or printed, end or start or printed


def names(roles: tuple[Role, ...]) -> str:
    return JOIN.join(plain(role.text) or role.party or "" for role in roles)


def ids(roles: tuple[Role, ...]) -> str:
    """Ids in the order of the names; as many separators as between those."""
    return JOIN.join(role.party or "" for role in roles) if any(role.party for role in roles) else ""


def plain(text: str | None) -> str:
    """Words on one line."""
    return " ".join((text or "").split())
