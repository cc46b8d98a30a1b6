"""Which heads tell a happening of their own."""

from collections.abc import Sequence

from trucewatch.clause import nearby
from trucewatch.clause.borders import light
from trucewatch.clause.line import Head, Line
from trucewatch.drafting.slots import Filled
from trucewatch.drafting.voices import Scope

TOLD = 12  # items between a toll and its bare figure


def doubt(line: Line, head: Head, filled: Filled, found: Sequence[Scope]) -> str | None:
    """Why a head may tell no happening of its own, or None. An operator whose content is an event (`content`); a word that points
    back (`pointed`) or stands in a threat or refusal (`owned`); a noun that only names what another event is about (`named`), or
    with nothing beside it (`bare`); a weak word with nothing beside it (`weak`). What a word may tell beside its likeliest
    event is doubted too (`other`), by the caller."""
    if held(line, head, found):
        return "content"
    if _owned(line, head):
        return "owned"
    if head.kind in ("VIOLATION", "ASSAULT", "CASUALTIES", "ACCUSE") and pointed(line, head):
        return "pointed"
    own = any(filled.slots.values())
    if head.pos == "n":
        verb = light(line, head)
        if nearby.named(line, head):
            return "named"
        if not own and not head.values.get("self") and (verb is None or verb.kind == "other") and not _anchored(line, head):
            return "bare"
    return None if own or head.values.get("hint") != "weak" or _anchored(line, head) else "weak"


def held(line: Line, head: Head, found: Sequence[Scope]) -> list[Head]:
    """The events that an operator has as its content."""
    inside = next((s for s in found if s.head is not None and s.head.at == head.at), None) if head.opens else None
    if inside is None:
        return []
    return [h for h in line.heads if h.event and inside.start <= h.at < inside.end and _bears(line, head, h)]


def pointed(line: Line, head: Head) -> bool:
    """ "These violations": a demonstrative beside a noun points back to what was told."""
    if head.pos != "n" or head.at == 0:
        return False
    before = line.items[head.at - 1]
    near = [before, *line.items[head.last : head.last + 1]]
    if head.at > 1 and before.any("word", "adj", "demonym", "number"):
        near.append(line.items[head.at - 2])
    return any(i.any("this", "det.this") for i in near)


def _owned(line: Line, head: Head) -> bool:
    """Whether a threat or refusal before it holds the event as its content ("threatened to attack", "refused to sign")."""
    for other in reversed([h for h in line.heads if h.event and h.last <= head.at]):
        between = line.items[other.last : head.at]
        if any(i.any("p.comma", "p.stop", "conj.while", "conj.and") for i in between):
            return False
        if other.kind == "THREATEN" and len(between) <= 10:
            return True
        if other.kind == "REJECT" and len(between) <= 3 and (head.pos == "n" or any(i.any("prep.to", "that") for i in between)):
            return True
    return False


def _bears(line: Line, operator: Head, head: Head) -> bool:
    """Whether the event stands in the operator's own complement, not behind a further clause."""
    between = line.items[operator.last : head.at]
    return len(between) <= 12 and not any(i.any("p.stop", "conj.while", "rel") for i in between)


def _anchored(line: Line, head: Head) -> bool:
    """A figure or a time of its own beside it; fighting and protest also by a place."""
    if _figures(line, head) or _timed(line, head):
        return True
    if head.kind == "VIOLATION" and any(h.kind == "ASSAULT" and _called(line, h.last, head.at) for h in line.heads):
        return True  # "called the burning of its offices a violation"
    if head.kind == "DELAY" and head.pos == "v" and (_late(line, head) or _reasoned(line, head)):
        return True
    spots = nearby.places(line, ()) if head.kind in ("ASSAULT", "PROTEST") else []
    return any(nearby.cost(line, head, at) + extra <= 6 for at, extra in spots)


def _called(line: Line, start: int, stop: int) -> bool:
    """Whether an act stands before the word that calls it a breach, in one clause."""
    return 0 <= stop - start <= 14 and not any(
        i.any("p.comma", "p.stop", "conj.and", "conj.while") for i in line.items[start:stop]
    )


def _figures(line: Line, head: Head) -> bool:
    """A figure beside it; one without a noun ("has risen to 7,205") may stand further off."""
    reach = {
        at: TOLD if c.of is None and c.noun is None and head.kind == "CASUALTIES" else 4 for at, c in nearby.counts(line, head)
    }
    return any(abs(at - head.at) <= far for at, far in reach.items())


def _late(line: Line, head: Head) -> bool:
    """What is late stands right beside the verb: an act, a paper, a meeting."""
    at = head.last if line.order == "vso" else head.at - 1
    while 0 <= at < head.at and line.items[at].any("v.be", "v.be.have", "adv", "modal", "neg"):
        at -= 1
    return 0 <= at < len(line.items) and line.items[at].any("n", "document")


def _reasoned(line: Line, head: Head) -> bool:
    return any(item.has("prep.because") for item in line.items[head.last : head.last + 4])


def _timed(line: Line, head: Head) -> bool:
    close = any(
        nearby.held(line, at) for at in range(head.last, min(head.last + 3, len(line.items))) if line.items[at].has("rel")
    )
    return nearby.nearest(line, head, nearby.times(line), 12 if close else 6) is not None
