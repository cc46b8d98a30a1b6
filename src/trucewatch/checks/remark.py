"""A finding on claims."""

from collections.abc import Sequence

from trucewatch.link.view import View
from trucewatch.model import Finding, Reason


def remark(check: str, view: View, others: Sequence[View], values: tuple[tuple[str, str], ...]) -> Finding:
    """What a claim, held against others, shows; its event words are the quote."""
    claims = (view.id, *(v.id for v in others))
    articles = tuple(dict.fromkeys((view.claim.article, *(v.claim.article for v in others))))
    quote = next((e.quote for e in view.claim.evidence if e.role == "event"), "")
    return Finding(check, claims, articles, quote, Reason(check, values))
