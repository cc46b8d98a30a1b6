"""How many: whether a figure of the sentence belongs to the event."""

from dataclasses import replace

from trucewatch.drafting.draft import Draft
from trucewatch.grammar.numbers import Count
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "figures"
_CROSSED = (
    "rule",
    "way=",
    "counts=",
    "rival=",
    "item=",
    "close=",
    "prep=",
    "events=",
    "time=",
    "noun=",
)  # signs that are weighed together with the event's
Option = tuple[int, Count]


def cases(draft: Draft, pack: Pack) -> list[Case[Option]]:
    """A case for each count of the sentence."""
    line = draft.line
    event = [
        f"kind={draft.head.kind}",
        f"pos={draft.head.pos}",
        f"of={draft.head.values.get('of')}",
        f"kindof={draft.head.kind}.{draft.head.values.get('of')}",
    ]
    out: list[Case[Option]] = []
    spots = [(at, count) for at in range(len(line.items)) if (count := line.count(at)) is not None]
    for order, (at, count) in enumerate(spots):
        head = min(draft.heads, key=lambda h: abs(h.at - at))
        item = line.items[at]
        own = [f"rule={any(at == k for k, _ in draft.counts)}", *signs.way(line, head, at), *signs.standing(line, at)]
        own += [
            f"counts={count.of}",
            f"noun={count.noun is not None}",
            f"rival={signs.rival(line, draft.heads, at)}",
            f"order={min(order, 3)}.{min(len(spots), 4)}",
        ]
        own += [f"item={c}" for c in signs.kinds(item)]
        own += [f"bound={count.number.bound}", f"time={line.time(at) is not None}", f"actor={line.actor(at) is not None}"]
        if any(s.noun is not None for s in [count]):
            own.append("noun")
        pick = [s for s in own if s.startswith(_CROSSED)]
        out.append(Case((at, count), (*own, *signs.crossed(pick, event), *signs.crossed(own[:1], pick))))
    return out


def decide(draft: Draft, chosen: list[Option]) -> Draft:
    """The draft with these counts."""
    return replace(draft, counts=tuple(chosen))
