"""How the voice tells it: occurred, ongoing, planned, possible, demanded or denied."""

from collections.abc import Sequence

from trucewatch.clause.line import Head, Line
from trucewatch.clause.relations import subject_left
from trucewatch.drafting.voices import Scope
from trucewatch.grammar import Item
from trucewatch.packs import Pack

_OPERATOR = {
    "deny": "denied",
    "demand": "demanded",
    "REQUEST": "demanded",
    "plan": "planned",
    "may": "possible",
    "fail": "denied",
}


def of(line: Line, head: Head, holding: Sequence[Scope], pack: Pack) -> str:
    """The status of an event: first what stands in its own verb group, then the scopes that hold it (innermost first), then its
    lexicon line."""
    marked = next(
        (
            m.value
            for m in line.overlays
            if m.label == "status"
            and isinstance(m.value, dict)
            and m.value["of"][0] <= line.items[head.at].start < m.value["of"][1]
        ),
        None,
    )
    if marked is not None:
        return str(marked["status"])
    group = _group(line, head)
    negative = any(i.has("neg") for i in group) or _nobody(line, head, pack)
    if negative and head.values.get("frame") != "verbal":
        return "denied"
    for name, value in (("modal.possible", "possible"), ("modal.demanded", "demanded"), ("modal.planned", "planned")):
        if any(i.has(name) for i in group) and not (
            name == "modal.possible" and "f.past" in head.features and pack.order == "vso"
        ):
            return value
    for scope in reversed(holding):
        found = _OPERATOR.get(scope.kind)
        deal = scope.who is not None and scope.who.actor is not None and "document.deal" in scope.who.actor.classes
        if deal and found in (None, "possible") and not scope.left:
            return "planned"
        if found is not None and not (scope.left and scope.kind == "say"):
            return found if not _negated(line, scope) else "occurred"
        if scope.head is not None and not scope.left and scope.head.pos == "v" and scope.kind == "say":
            break
    lasting = head.kind == "DELAY" and bool(head.features & {"f.pres", "f.s"}) and "f.past" not in head.features
    if lasting or "f.ing" in head.features and any(i.has("v.be") for i in group):
        return "ongoing"
    if head.pos == "n" and (after := _after(line, head)) is not None:
        return after
    if any(i.has("status.ongoing") for i in group) or any(i.value("v.begin", "status") == "ongoing" for i in group):
        return "ongoing"
    return head.values.get("status", "occurred")


def _nobody(line: Line, head: Head, pack: Pack) -> bool:
    """ "Not one civilian died", "no soldier was hit": a negation before the doer of a finite verb."""
    if pack.order != "svo" or head.pos != "v" or head.features & {"f.base", "f.ing"}:
        return False
    doer = subject_left(line, head)
    return doer is not None and doer.at > 0 and line.items[doer.at - 1].has("neg")


def _group(line: Line, head: Head) -> list[Item]:
    """The auxiliaries, modals and negations right before a head."""
    out: list[Item] = []
    at = head.at - 1
    while at >= 0 and len(out) < 6:
        item = line.items[at]
        small = item.any("modal", "neg", "adv", "v.be", "to", "v.begin", "det", "pron", "clitic.pre", "skip")
        if not small and not (item.has("actor") and at > 0 and line.items[at - 1].has("modal")):
            break
        out.append(item)
        at -= 1
    return out


def _negated(line: Line, scope: Scope) -> bool:
    if scope.head is None or scope.kind in ("deny", "fail"):
        return False
    before = line.items[max(0, scope.head.at - 2) : scope.head.at]
    return any(i.has("neg") for i in before)


def _after(line: Line, head: Head) -> str | None:
    """The status a verb group gives to the event noun before it ("the talks will resume", "the truce may collapse")."""
    for at in range(head.last, min(len(line.items), head.last + 6)):
        item = line.items[at]
        for name, value in (("modal.possible", "possible"), ("modal.planned", "planned"), ("neg", "denied")):
            if item.has(name) and not (name == "neg" and _counted(line, at + 1)):
                return value
        if item.any("v", "p", "that", "rel", "conj"):
            return None
    return None


def _counted(line: Line, at: int) -> bool:
    """A figure behind a negation is denied itself ("27 hurt, not 32"), not what is counted."""
    return at < len(line.items) and line.count(at) is not None
