"""Times, places and figures around a head: the nearest that its clause allows."""

from collections.abc import Iterable

from trucewatch.clause.borders import light, relations_of
from trucewatch.clause.line import Head, Line
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor

FAR = 24
COUNTED = ("CASUALTIES", "VIOLATION", "VOTE")  # events that a figure without a noun counts


def cost(line: Line, head: Head, at: int) -> int:
    """How far an item is from a head: items between, and more for each clause border or other verb between."""
    low, high = (head.last, at) if at >= head.last else (at + 1, head.at)
    total = 0
    for i in range(low, high):
        item = line.items[i]
        total += 1
        if item.has("p.stop"):
            total += 100
        elif item.any("that", "conj.while", "conj.but"):
            total += 14
        elif item.has("rel"):
            total += 0 if held(line, i) else 8
        elif item.has("p.comma"):
            total += 2
    for other in line.heads:
        if low <= other.at < high and other.at != head.at:
            total += 5 if other.event or other.pos == "v" and other.kind not in ("be", "begin", "other") else 1
    return total + (2 if (at < head.at) is not (line.order == "sov" and head.pos == "v") else 0)


def held(line: Line, at: int) -> bool:
    """Whether a relative clause only says that what its noun tells was held ("the meeting that took place on …")."""
    return any(line.items[k].has("v.begin") for k in (at + 1, at + 2) if k < len(line.items))


def anothers(line: Line, head: Head, at: int) -> bool:
    """Whether a time stands in the relative clause that says when another event between was held."""
    for other in line.heads:
        between = other.event and other.pos == "n" and head.at < other.at < at
        if between and any(line.items[i].has("rel") and held(line, i) for i in range(other.last, min(other.last + 3, at))):
            return True
    return False


def nearest(line: Line, head: Head, candidates: Iterable[int], limit: int = FAR) -> int | None:
    """The candidate with the least cost within the limit, the earlier on a tie."""
    ranked = sorted((cost(line, head, at), at) for at in candidates)
    return ranked[0][1] if ranked and ranked[0][0] <= limit else None


def times(line: Line) -> list[int]:
    """Items that tell a time."""
    return [at for at in range(len(line.items)) if line.time(at) is not None]


def places(line: Line, used: Iterable[int]) -> list[tuple[int, int]]:
    """(item, extra cost) of phrases that may be the place of an act: after a preposition of place, or a place phrase by
    itself."""
    out: list[tuple[int, int]] = []
    gone = set(used)
    for at, item in enumerate(line.items):
        if at in gone:
            continue
        found = relations_of(line, at)
        relation = "in" if "in" in found else found[0] if found else None
        actor = line.actor(at)
        if line.place(at) is not None:
            out.append((at, {"in": 0, "from": 3, "to": 3, "on": 2}.get(relation or "", 5)))
        elif isinstance(actor, Actor) and item.has("place") and relation == "in":
            out.append((at, 1))
    return out


def named(line: Line, head: Head) -> bool:
    """Whether a noun only names what an event verb is about ("breached the truce")."""
    verb = light(line, head) if head.pos == "n" else None
    return verb is not None and verb.event and verb.operator is None and verb.kind != head.kind


def owner(line: Line, at: int) -> Head | None:
    """The event head a figure belongs to."""
    counted = next((h for h in line.heads if h.at == at + 1 and h.event and h.pos in ("n", "a")), None)
    if counted is not None:
        return counted  # "900 breaches"
    told = {c.split(".")[1] for c in line.items[at].classes if c.startswith("n.")}
    heads = [h for h in line.heads if h.event and not named(line, h)]
    heads = [h for h in heads if h.kind in told] or heads  # "900 breaches" belongs to the breach
    count = line.count(at)
    if count is not None and count.of is None and count.noun is None:  # "the toll of the war has risen to 7,205"
        heads = [h for h in heads if h.kind in COUNTED and cost(line, h, at) <= FAR] or heads
    ranked = sorted(((cost(line, h, at), h.at, h) for h in heads), key=lambda r: r[:2])
    return ranked[0][2] if ranked and ranked[0][0] <= FAR else None


def counts(line: Line, head: Head) -> list[tuple[int, Count]]:
    """The counts that belong to a head, in order of the text."""
    out: list[tuple[int, Count]] = []
    for at in range(len(line.items)):
        count = line.count(at)
        if count is not None and not retracted(line, at) and (head.at <= at < head.last or owner(line, at) == head):
            out.append((at, count))
    return out


def retracted(line: Line, at: int) -> bool:
    """Whether a figure is named only to be replaced: "27 were injured, not 32", "27, down from 32", "from 8 dead to 11"."""
    before = line.items[at - 1] if at else None
    if before is None or line.time(at) is not None:
        return False
    if before.has("neg"):
        return any(line.count(k) is not None for k in range(at - 1))
    if not before.has("prep.from"):
        return False
    later = (k for k in range(at + 1, min(at + 4, len(line.items))) if line.count(k) is not None)
    return at > 1 and line.count(at - 2) is not None or any(line.items[k - 1].has("prep.to") for k in later)
