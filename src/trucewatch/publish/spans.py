"""The text of an article cut into segments, each with the roles and claims whose words it holds. Overlaps need no nesting so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.model import Article, Claim

ROLES = ("event", "voice", "who", "when", "where", "figure", "context")
PIECES = {"event": "event", "voice": "voice", "time": "when", "place": "where", "figure": "figure", "antecedent": "context"}
BODY = "body"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the text that fill a role of claim number `claim` (counted from 1 in the article)."""

    start: int
    end: int
    role: str
    claim: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Text between two borders of stretches. `first_of` numbers the claims whose earliest event words begin here."""

    start: int
    text: str
    roles: tuple[str, ...]
    claims: tuple[int, ...]
    first_of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    segments: tuple[Segment, ...]


def stretches(claims: Sequence[Claim]) -> tuple[Stretch, ...]:
    found = {stretch for number, claim in enumerate(claims, 1) for stretch in _of_claim(claim, number)}
    return tuple(sorted(found, key=lambda s: (s.start, -s.end, ROLES.index(s.role), s.claim)))


def _of_claim(claim: Claim, number: int) -> Iterator[Stretch]:
    for piece in claim.evidence:
        yield Stretch(piece.start, piece.end, PIECES.get(piece.role, "context"), number)
    for voice in claim.speaker:
        if voice.start is not None and voice.end is not None:
            yield Stretch(voice.start, voice.end, "voice", number)
    for role in (*claim.actors, *claim.recipients, *claim.participants):
        if role.start is not None and role.end is not None:
            yield Stretch(role.start, role.end, "who", number)
    for quantity in claim.quantities:
        if quantity.start is not None and quantity.end is not None:
            yield Stretch(quantity.start, quantity.end, "figure", number)
    for phrase in (*claim.cause, claim.object, claim.refers):
        if phrase:
            yield Stretch(phrase.start, phrase.end, "context", number)
    if claim.when and claim.when.at:
        yield Stretch(*claim.when.at, "when", number)
    if claim.where:
        yield Stretch(claim.where.start, claim.where.end, "where", number)


def paragraphs(article: Article, claims: Sequence[Claim]) -> tuple[Paragraph, ...]:
    """Blank lines part paragraphs and are dropped; a block (headline, dateline …) is a paragraph of its own. All else is kept."""
    marks = stretches(claims)
    starts = _starts(marks)
    found = []
    for start, end in _pieces(article):
        segments = tuple(_segments(article.text, start, end, marks, starts))
        found.append(Paragraph(_kind(article, start), segments))
    return tuple(found)


def _pieces(article: Article) -> Iterator[tuple[int, int]]:
    text = article.text
    gaps = {edge for match in _BLANK_LINE.finditer(text) for edge in match.span()}
    cuts = sorted({0, len(text)} | gaps | {edge for block in article.blocks for edge in (block.start, block.end)})
    for start, end in zip(cuts, cuts[1:], strict=False):
        words = text[start:end].strip()
        if words:
            first = text.index(words, start)
            yield first, first + len(words)


def _kind(article: Article, at: int) -> str:
    return next((block.kind for block in article.blocks if block.start <= at < block.end), BODY)


def _starts(marks: Sequence[Stretch]) -> dict[int, int]:
    """Claim number → where its event words begin; where it has none, its first words."""
    found: dict[int, int] = {}
    for wanted in (lambda s: s.role == "event", lambda s: True):
        for mark in filter(wanted, marks):
            found.setdefault(mark.claim, mark.start)
    return found


def _segments(text: str, start: int, end: int, marks: Sequence[Stretch], starts: dict[int, int]) -> Iterator[Segment]:
    near = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end, *(e for m in near for e in (m.start, m.end) if start < e < end)}
    edges |= {at for at in starts.values() if start < at < end}
    cuts = sorted(edges)
    for a, b in zip(cuts, cuts[1:], strict=False):
        here = [mark for mark in near if mark.start <= a and b <= mark.end]
        yield Segment(
            start=a,
            text=text[a:b],
            roles=tuple(role for role in ROLES if any(mark.role == role for mark in here)),
            claims=tuple(sorted({mark.claim for mark in here})),
            first_of=tuple(sorted(number for number, at in starts.items() if a <= at < b)),
        )
