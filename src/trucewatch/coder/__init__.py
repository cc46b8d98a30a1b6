"""Marks become claims: who says, who did what to whom, when, where, how many, with what status."""

from datetime import date

from trucewatch.coder.claims import claim
from trucewatch.coder.discourse import Discourse
from trucewatch.coder.draft import Draft
from trucewatch.coder.drafts import drafts
from trucewatch.coder.prepare import lines
from trucewatch.coder.relevance import relevant
from trucewatch.coder.verify import Refusal, verify
from trucewatch.grammar import Parse, tree
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
        found.extend(drafts(line, pack, memory))
    made = {c.id: c for c in (claim(article, draft, pack) for draft in found)}
    return verify(article, tuple(made.values()))


def code(article: Article, pack: Pack) -> tuple[Claim, ...]:
    """The verified claims of an article."""
    return read(article, pack)[0]


def explain(text: str, pack: Pack, published: date | None = None) -> list[str]:
    """The derivation of a text, line by line: items, marks, heads, and the claims with the rules that made them."""
    article = Article("explain", text, pack.code, published=published)
    out: list[str] = []
    for line in lines(article, pack):
        out.append(f"sentence {line.number}: {text[line.start : line.end]}")
        out.extend(tree(Parse(line.items, line.overlays, ()), text))
        out.append("heads:")
        out.extend(
            f"  {text[line.items[h.at].start : line.items[h.last - 1].end]!r} {h.pos}.{h.kind}{' opens' if h.opens else ''} {dict(h.values)} [{h.rule}]"
            for h in line.heads
        )
    good, refused = read(article, pack)
    out.append("claims:")
    for c in good:
        who = ", ".join(
            f"{name}={[r.text for r in getattr(c, name)]}"
            for name in ("actors", "recipients", "participants")
            if getattr(c, name)
        )
        voice = " > ".join(v.text or v.kind for v in c.speaker)
        when = f" when={c.when.start}..{c.when.end}" if c.when else ""
        where = f" where={c.where.text}" if c.where else ""
        figures = "".join(f" {q.of}={q.value:g}({q.bound})" for q in c.quantities)
        out.append(
            f"  {c.event}{'/' + c.mode if c.mode else ''} {c.status} [{voice}] {who}{when}{where}{figures} «{c.evidence[0].quote}»"
        )
    out.extend(f"  refused: {r.reason}" for r in refused)
    return out
