"""What several heads of one sentence tell together: tolls of one breath, a verb and its noun, a ballot; and what a toll has
from its cause."""

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.clause.line import Head, Line
from trucewatch.drafting.discourse import Discourse
from trucewatch.drafting.draft import Draft
from trucewatch.drafting.tells import pointed
from trucewatch.grammar.phrases import Actor


def merge(found: list[Draft]) -> list[Draft]:
    """Tolls of one breath become one claim; a verb and the noun of the same event beside it are one."""
    out: list[Draft] = []
    for draft in found:
        last = out[-1] if out else None
        if last is not None and last.head.kind == draft.head.kind and _one(last, draft):
            slots = {
                k: [
                    *last.filled.slots.get(k, []),
                    *(a for a in draft.filled.slots.get(k, []) if all(a.name != b.name for b in last.filled.slots.get(k, []))),
                ]
                for k in dict.fromkeys((*last.filled.slots, *draft.filled.slots))
            }
            counts = tuple({at: (at, c) for at, c in (*last.counts, *draft.counts)}.values())
            out[-1] = replace(
                last,
                heads=(*last.heads, draft.head),
                filled=replace(
                    last.filled,
                    slots=slots,
                    used=last.filled.used | draft.filled.used,
                    phrases=(*last.filled.phrases, *draft.filled.phrases),
                ),
                counts=tuple(sorted(counts, key=lambda c: c[0])),
                status=draft.status if last.status == "occurred" and _relative(last, draft) else last.status,
                when=last.when or draft.when,
                when_at=last.when_at if last.when else draft.when_at,
                place=last.place if last.place is not None else draft.place,
                rules=tuple(dict.fromkeys((*last.rules, *draft.rules))),
            )
            continue
        out.append(draft)
    return out


def _relative(a: Draft, b: Draft) -> bool:
    """ "The meeting … which was held": a verb in the relative clause of the noun of the same event adds to it."""
    if b.head.pos != "v" or a.head.kind != b.head.kind:
        return False
    if b.filled.own and not any(i.has("rel") for i in a.line.items[b.head.at - 3 : b.head.at]):
        return False
    nouns = [h for h in a.line.heads if h.kind == a.head.kind and h.pos == "n" and a.head.at <= h.at < b.head.at]
    if not nouns:
        return False
    low, high = nouns[-1].last, b.head.at
    between = a.line.items[low:high]
    if nouns[-1].at > 0 and any(a.line.items[k].has("prep.after") for k in (nouns[-1].at - 1, nouns[-1].at - 2) if k >= 0):
        return False  # the meeting after which this one is held is another
    if len(between) > 16 or any(i.has("p.stop") for i in between) or not any(i.has("rel") for i in between[-4:]):
        return False
    return not any(h.event and low <= h.at < high and h.kind != a.head.kind and h.pos == "v" for h in a.line.heads)


def _one(a: Draft, b: Draft) -> bool:
    if _relative(a, b):
        return True
    if a.heads[-1].pos == "n" and b.head.pos == "v" and a.head.kind == b.head.kind and 0 <= b.head.at - a.heads[-1].last <= 1:
        return True  # "a summit bringing together …"
    between = a.line.items[a.heads[-1].last : b.head.at]
    if a.head.kind == "VOTE" and len(between) <= 16:
        return True  # one ballot: for, against, abstaining
    if any(i.any("p.stop", "conj.while", "conj.but", "that") for i in between):
        return False
    if [t.actor.name for t in a.chain] != [t.actor.name for t in b.chain] or a.status != b.status:
        return False
    doers = (a.filled.doer, b.filled.doer)
    alike = not b.filled.own or doers[0] is not None and doers[1] is not None and doers[0].name == doers[1].name
    joined = any(i.has("conj.and") for i in between) and len(between) <= 12 and alike
    if a.head.kind == "CONSULT" and joined and a.head.pos == b.head.pos == "v":
        return True  # they met and discussed
    if a.head.kind == "ACCUSE" and len(between) <= 12 and alike and not b.filled.slots.get("recipients"):
        return True
    if a.status == "demanded" and a.head.pos == b.head.pos == "n" and a.head.kind == b.head.kind:
        return len(between) <= 6  # one demand that names several steps
    if a.head.kind == "VIOLATION" and b.head.pos == "n" and b.counts and not any(b.filled.slots.values()):
        return len(between) <= 8  # "breaches by A rose to 900 breaches"
    if a.head.kind in ("CASUALTIES", "VOTE"):
        return len(between) <= 14 and (
            a.when is None or b.when is None or (a.when.start, a.when.end) == (b.when.start, b.when.end)
        )
    if len(between) <= 4 and a.head.kind == b.head.kind and not any(i.any("conj.and", "p.comma") for i in between):
        return a.head.pos == "v" and b.head.pos != "v" or a.head.pos != "v" and b.head.pos == "v"
    return False


def caused(found: list[Draft], memory: Discourse) -> list[Draft]:
    """A toll told as the result of an attack or breach in the same clause has its doers."""
    out: list[Draft] = []
    for at, draft in enumerate(found):
        if draft.head.kind == "CASUALTIES" and not draft.filled.slots.get("actors"):
            cause = _cause_of(draft, found[:at], memory)
            if cause:
                draft = replace(draft, filled=replace(draft.filled, slots={**draft.filled.slots, "actors": list(cause)}))
        out.append(draft)
    return out


def _cause_of(draft: Draft, before: Sequence[Draft], memory: Discourse) -> tuple[Actor, ...]:
    line = draft.line
    for head in reversed([h for h in line.heads if h.last <= draft.head.at and h.kind in ("ASSAULT", "VIOLATION")]):
        between = line.items[head.last : draft.head.at]
        if len(between) > 14 or any(i.any("p.stop", "conj.while", "conj.but") for i in between):
            return ()
        own = next((d for d in before if d.head is head), None)
        same = next((d for d in reversed(before) if d.head.kind == head.kind), None)
        for told in (own, same if pointed(line, head) else None):
            if told is not None and told.filled.slots.get("actors"):
                return tuple(told.filled.slots["actors"])
        return memory.doers_of.get(head.kind, ()) if pointed(line, head) or _definite(line, head) else ()
    return ()


def _definite(line: Line, head: Head) -> bool:
    """ "The breaches": told before."""
    return head.pos == "n" and ("def" in line.items[head.at].classes or head.at > 0 and line.items[head.at - 1].has("det"))


def voting(draft: Draft, memory: Discourse) -> Draft:
    """A vote told without its body is the body's whose vote was told before, or the last one named that votes."""
    told = draft.filled.slots.get("actors", [])
    if draft.head.kind != "VOTE" or any(a.as_ != "abstaining" for a in told):
        return draft
    body = [a for a in memory.doers_of.get("VOTE", ()) if a.as_ is None] or memory.voters()
    return (
        replace(draft, filled=replace(draft.filled, slots={**draft.filled.slots, "actors": [*body[:1], *told]}))
        if body
        else draft
    )
