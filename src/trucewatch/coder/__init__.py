"""Marks become claims: who says, who did what to whom, when, where, how many, with what status."""

from dataclasses import replace
from datetime import date

from trucewatch.clause.prepare import lines
from trucewatch.coder.claims import claim
from trucewatch.coder.derivation import derivation, weighed
from trucewatch.coder.lending import lent
from trucewatch.coder.relevance import relevant, setting
from trucewatch.coder.verify import Refusal, verify
from trucewatch.drafting import Discourse, Draft, drafts
from trucewatch.grammar.phrases import Actor
from trucewatch.judge import judge
from trucewatch.model import Article, Claim
from trucewatch.packs import Pack

__all__ = ["Refusal", "code", "drafted", "explain", "party_of", "read", "verify"]


def read(article: Article, pack: Pack) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The claims of an article in order of the text, verified; and those refused with the reason."""
    kept = lent(judge(drafted(article, pack), pack), pack)
    made = {c.id: c for c in (claim(article, draft, pack) for draft in kept)}
    return verify(article, tuple(made.values()))


def drafted(article: Article, pack: Pack) -> list[Draft]:
    """What the rules find in an article, in order of the text, with what they doubt; nothing where it is about something else."""
    told = lines(article, pack)
    matter = setting(told)
    if not relevant(matter):
        return []
    memory = Discourse(article.published)
    return [replace(draft, setting=matter) for line in told for draft in drafts(line, pack, memory)]


def code(article: Article, pack: Pack) -> tuple[Claim, ...]:
    """The verified claims of an article."""
    return read(article, pack)[0]


def party_of(words: str, pack: Pack) -> str | None:
    """The world id of the one party (or person) that these words name, read by themselves; None for none and for several."""
    items = (item for line in lines(Article("words", words, pack.code), pack) for item in line.items)
    actors = (item.mark.value for item in items if item.mark is not None and isinstance(item.mark.value, Actor))
    found = {actor.party for value in actors for actor in value.members or (value,)} - {None}
    return found.pop() if len(found) == 1 else None


def explain(text: str, pack: Pack, published: date | None = None) -> list[str]:
    """The derivation of a text, line by line: items, marks, heads, and the claims with the rules that made them."""
    article = Article("explain", text, pack.code, published=published)
    found = drafted(article, pack)
    return [*derivation(article, pack, *read(article, pack)), *weighed(found, pack, text)]
