"""How a text was read, printed: items, marks, heads, claims."""

from collections.abc import Sequence

from trucewatch.clause import Head, Line, lines
from trucewatch.coder.verify import Refusal
from trucewatch.drafting import Draft
from trucewatch.grammar import Parse, tree
from trucewatch.judge import reasons
from trucewatch.model import Article, Claim
from trucewatch.packs import Pack


def derivation(article: Article, pack: Pack, good: Sequence[Claim], refused: Sequence[Refusal]) -> list[str]:
    """Line by line: items, marks, heads, and the claims with what was refused."""
    text = article.text
    out: list[str] = []
    for line in lines(article, pack):
        out.append(f"sentence {line.number}: {text[line.start : line.end]}")
        out.extend(tree(Parse(line.items, line.overlays, ()), text))
        out.append("heads:")
        out.extend(_head(line, head, text) for head in line.heads)
    out.append("claims:")
    out.extend(_claim(claim) for claim in good)
    out.extend(f"  refused: {r.reason}" for r in refused)
    return out


def weighed(found: Sequence[Draft], pack: Pack, text: str) -> list[str]:
    """What the judge weighed for each head, with the signs that weighed most; nothing where the rules decide alone."""
    out: list[str] = []
    for draft in found:
        head = draft.line.items[draft.head.at : draft.head.last]
        told = [
            f"    {r.task} {r.option} {r.chance:.2f}: {', '.join(f'{sign} {weight:+.2f}' for sign, weight in r.signs)}"
            for r in reasons(draft, found, pack, text)
        ]
        if told:
            doubt = f" in doubt ({draft.doubt})" if draft.doubt else ""
            out += [f"  {text[head[0].start : head[-1].end]!r} {draft.head.kind}{doubt}", *told]
    return ["weighed:", *out] if out else []


def _head(line: Line, head: Head, text: str) -> str:
    words = text[line.items[head.at].start : line.items[head.last - 1].end]
    return f"  {words!r} {head.pos}.{head.kind}{' opens' if head.opens else ''} {dict(head.values)} [{head.rule}]"


def _claim(c: Claim) -> str:
    told = [
        f"{name}={[r.text for r in getattr(c, name)]}" for name in ("actors", "recipients", "participants") if getattr(c, name)
    ]
    told += [f"when={c.when.start}..{c.when.end}"] if c.when else []
    told += [f"where={c.where.text}"] if c.where else []
    told += [f"{q.of}={q.value:g}({q.bound})" for q in c.quantities]
    voice = " > ".join(v.text or v.kind for v in c.speaker)
    return f"  {c.event}{'/' + c.mode if c.mode else ''} {c.status} [{voice}] {' '.join(told)} «{c.evidence[0].quote}»"
