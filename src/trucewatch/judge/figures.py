"""How many: whether a figure of the sentence belongs to the event, and what it counts; whether a single victim is told."""

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.clause.borders import relations_of
from trucewatch.clause.nearby import retracted
from trucewatch.drafting.draft import Draft
from trucewatch.grammar.numbers import Count
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "figures"
NONE, OWN = "none", "own"
CODES = ("killed", "injured", "missing", "displaced", "detained", "released", "violations", "trucks", "days")
_CROSSED = (  # signs that are weighed together with the event's
    "rule", "way=", "counts=", "rival=", "item=", "close=", "prep=", "events=", "time=", "noun", "next=", "toll="
)  # fmt: skip
_SINGLE = ("CASUALTIES", "COERCE", "RETREAT", "ASSAULT")
Option = tuple[int, Count] | None


def cases(draft: Draft, pack: Pack) -> list[Case[Option]]:
    """A case for each count of the sentence that is not taken back; where none is there, one for a single victim (None)."""
    line, head = draft.line, draft.head
    of = draft.head.values.get("of")
    event = [f"kind={head.kind}", f"pos={head.pos}", f"of={of}", f"kindof={head.kind}.{of}"]
    event.append(f"ofs={'+'.join(sorted({str(h.values.get('of')) for h in draft.heads}))}")
    out: list[Case[Option]] = []
    spots = [(at, count) for at in range(len(line.items)) if (count := line.count(at)) is not None and not retracted(line, at)]
    for order, (at, count) in enumerate(spots):
        item = line.items[at]
        nearest = min(draft.heads, key=lambda h: abs(h.at - at))
        own = [f"rule={any(at == k for k, _ in draft.counts)}", *signs.way(line, nearest, at), *signs.standing(line, at)]
        own += [f"counts={count.of if (count.of or '')[:6] != 'other:' else 'other'}", f"noun={count.noun is not None}"]
        own += [f"rival={signs.rival(line, draft.heads, at)}", f"order={min(order, 3)}.{min(len(spots), 4)}"]
        own += [f"item={c}" for c in signs.kinds(item)]
        own += [f"bound={count.number.bound}", f"time={line.time(at) is not None}", f"actor={line.actor(at) is not None}"]
        own += [f"toll={nearest.values.get('of')}", f"next={_next(draft, at)}", f"noun.{count.of}"]
        pick = [s for s in own if s.startswith(_CROSSED)]
        close = [s for s in own if s.startswith(("rule=", "counts=", "next=", "toll="))]
        out.append(Case((at, count), (*own, *signs.crossed(pick, event), *signs.crossed(close, pick))))
    if not draft.counts and head.kind in _SINGLE:
        out.append(Case(None, tuple(_single(draft, pack, event, len(spots)))))
    return out


def _next(draft: Draft, at: int) -> str:
    """What the toll nearest to a figure counts, on either side."""
    line = draft.line
    tolls = [h for h in line.heads if h.event and "of" in h.values and abs(h.at - at) <= 5]
    return min(((abs(h.at - at), h.at < at, h.values["of"]) for h in tolls), default=(0, False, "-"))[2]


def _single(draft: Draft, pack: Pack, event: Sequence[str], figures: int) -> list[str]:
    """The signs of one victim: who stands where victims stand, and in which number."""
    line = draft.line
    own = ["single", f"figures={min(figures, 2)}", f"trigger={pack.code}:{signs.trigger(draft.heads, line)}"]
    victims = draft.filled.slots.get("recipients", [])
    own.append(f"victims={min(len(victims), 2)}")
    for victim in victims:
        own += [*signs.who(victim), f"number={victim.number}"]
    for noun in draft.around.nouns:
        if abs(noun.at - draft.head.at) > 4:
            continue
        side = "L" if noun.at < draft.head.at else "R"
        inside = line.items[noun.at : noun.last]
        prep = "+".join(relations_of(line, noun.at)[:1])
        own.append(f"noun={side}.{'bare' if noun.bare else 'article'}.{prep}")
        own += [
            f"noun={side}.{c}"
            for c in ("f.sg", "f.pl", "f.du", "group", "thing", "office", "word")
            if any(i.has(c) for i in inside)
        ]
    for k in (draft.head.at - 1, draft.head.last):
        if 0 <= k < len(line.items):
            own += [f"beside={c}" for c in signs.kinds(line.items[k])]
    return [f"one&{s}" for s in (*own, *event, *signs.crossed(own, event))]


def decide(draft: Draft, chosen: Sequence[tuple[Option, str]]) -> Draft:
    """The draft with these counts, each with what it counts (`own`: what its noun and the trigger say)."""
    kept = [(option, None if label == OWN else label) for option, label in chosen if option is not None]
    single = next((label for option, label in chosen if option is None), "")
    return replace(draft, counts=tuple(o for o, _ in kept), kinds=tuple(k for _, k in kept), single=single)
