"""The gate of the ledger: a claim that does not quote its article is refused, with the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.model import EVENTS, MODES, STATUSES, Article, Claim


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused claim and why."""

    claim: Claim
    reason: str


def verify(article: Article, claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The claims that hold, and the refused ones."""
    good: list[Claim] = []
    refused: list[Refusal] = []
    for claim in claims:
        reason = next(_faults(article, claim), None)
        if reason is None:
            good.append(claim)
        else:
            refused.append(Refusal(claim, reason))
    return tuple(good), tuple(refused)


def _spans(claim: Claim) -> Iterator[tuple[str, str, int | None, int | None]]:
    for name in ("speaker", "actors", "recipients", "participants", "quantities"):
        for part in getattr(claim, name):
            if part.text is not None:
                yield name, part.text, part.start, part.end
    for phrase in (*claim.cause, *(p for p in (claim.object, claim.refers, claim.where) if p is not None)):
        yield "phrase", phrase.text, phrase.start, phrase.end
    for piece in claim.evidence:
        yield "evidence", piece.quote, piece.start, piece.end
    if claim.when is not None and claim.when.text is not None:
        yield "when", claim.when.text, *(claim.when.at or (None, None))


def _faults(article: Article, claim: Claim) -> Iterator[str]:
    if claim.article != article.id:
        yield f"belongs to article {claim.article}, not {article.id}"
    if claim.event not in EVENTS:
        yield f"unknown event {claim.event}"
    if claim.status not in STATUSES:
        yield f"unknown status {claim.status}"
    if claim.mode is not None and claim.mode not in MODES.get(claim.event, ()):
        yield f"mode {claim.mode} is none of {claim.event}"
    for name, text, start, end in _spans(claim):
        if start is None or end is None or not 0 <= start < end <= len(article.text) or article.text[start:end] != text:
            yield f"{name}: the text at {start}..{end} is not '{text}'"
    pieces = [e for e in claim.evidence if e.role == "event"]
    if not 1 <= len(pieces) <= 3:
        yield f"{len(pieces)} pieces of event evidence; one to three are needed"
    for name in ("actors", "recipients", "participants"):
        if any(role.text is None and role.derived is None for role in getattr(claim, name)):
            yield f"{name}: neither text nor the rule that derived it"
    if claim.when is not None and claim.when.start and claim.when.end and claim.when.start > claim.when.end:
        yield f"when ends ({claim.when.end}) before it begins ({claim.when.start})"
