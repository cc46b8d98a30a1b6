"""With what status."""

from dataclasses import replace

from trucewatch.drafting.draft import Draft
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "status"


def cases(draft: Draft, pack: Pack) -> list[Case[None]]:
    """One case: the signs of the event's group and of what holds it."""
    line, head = draft.line, draft.head
    own = [f"rule={draft.status}", *signs.event(line, head, pack), f"trigger={pack.code}:{signs.trigger(draft.heads, line)}"]
    near: list[str] = []
    for k in range(1, 6):
        if head.at - k < 0:
            near.append(f"L{k}=edge")
            break
        item = line.items[head.at - k]
        near += [f"L{min(k, 3)}={c}" for c in signs.kinds(item)]
        if item.any("p.stop", "conj.while"):
            break
    for k in range(3):
        if head.last + k < len(line.items):
            near += [f"R{k}={c}" for c in signs.kinds(line.items[head.last + k])]
    words = [f"word{k}={pack.code}:{signs.word(line.items[head.at + k])}" for k in (-2, -1) if head.at + k >= 0]
    held = [f"under={s.kind}.{'left' if s.left else 'right'}" for s in draft.around.scopes if s.start <= head.at < s.end]
    inner = held[-1:] or ["under=-"]
    innermost = next((s for s in reversed(draft.around.scopes) if s.start <= head.at < s.end and s.head is not None), None)
    if innermost is not None and innermost.head is not None:
        held.append(f"cue={pack.code}:{signs.trigger([innermost.head], line)}")
        if innermost.who is not None and innermost.who.actor is not None:
            held.append(f"undervoice={signs.who(innermost.who.actor)[0]}")
        held.append(f"far={signs.step(max(0, head.at - innermost.head.last))}&{innermost.kind}")
    if draft.when is not None and draft.around.published is not None:
        day = draft.around.published.isoformat()
        start = draft.when.start or draft.when.end or ""
        held.append(f"time={'future' if start > day else 'past'}")
        held.append(f"open={draft.when.start is None}{draft.when.end is None}")
    else:
        held.append("time=-")
    held.append(f"doubt={draft.doubt}")
    plain = [*own, *near, *words, *held]
    kind = f"kind={head.kind}"
    crossed = (
        signs.crossed([f"rule={draft.status}"], [*near, *held, *own[1:]])
        + signs.crossed([kind], [*near, *held])
        + signs.crossed(inner, near)
    )
    return [Case(None, tuple(dict.fromkeys((*plain, *crossed))))]


def decide(draft: Draft, status: str) -> Draft:
    """The draft with this status."""
    return replace(draft, status=status)
