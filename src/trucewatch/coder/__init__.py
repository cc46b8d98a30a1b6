"""Marks become claims: who says, who did what to whom, when, where, how many, with what status."""

from datetime import date

from trucewatch.clause.prepare import lines
from trucewatch.coder.claims import claim
from trucewatch.coder.derivation import derivation
from trucewatch.drafting.discourse import Discourse
from trucewatch.drafting.draft import Draft
from trucewatch.drafting.drafts import drafts
from trucewatch.coder.relevance import relevant
from trucewatch.coder.verify import Refusal, verify
from trucewatch.model import Article, Claim
from trucewatch.packs import Pack

__all__ = ["Refusal", "code", "explain", "read", "verify"]


def read(article: Article, pack: Pack) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The claims of an article in order of the text, verified; and those refused with the reason."""
    memory = Discourse(article.published)
    found: list[Draft] = []
    told = lines(article, pack)
    if not relevant(told):
        return (), ()
    for line in told:
        found.extend(draft for draft in drafts(line, pack, memory) if draft.doubt is None)
    made = {c.id: c for c in (claim(article, draft, pack) for draft in found)}
    return verify(article, tuple(made.values()))


def code(article: Article, pack: Pack) -> tuple[Claim, ...]:
    """The verified claims of an article."""
    return read(article, pack)[0]


def explain(text: str, pack: Pack, published: date | None = None) -> list[str]:
    """The derivation of a text, line by line: items, marks, heads, and the claims with the rules that made them."""
    article = Article("explain", text, pack.code, published=published)
    return derivation(article, pack, *read(article, pack))
