"""Counts become the quantities of a claim."""

from collections.abc import Sequence

from trucewatch.clause.asides import Aside, of
from trucewatch.clause.nearby import cost
from trucewatch.drafting.draft import Draft
from trucewatch.grammar.numbers import Count
from trucewatch.model import Quantity

WHOLE = 16  # items between a figure and the words that make it a total
LASTING = ("CASUALTIES", "VIOLATION", "AID", "COERCE", "RETREAT", "ASSAULT", "PROTEST")  # whose counts run over their time
_PEOPLE = ("other:person", "other:people", None)


def quantities(draft: Draft, asides: Sequence[Aside], text: str) -> tuple[Quantity, ...]:
    """In order of the text. What a toll or a vote counts is the trigger's to say; elsewhere the counted noun's."""
    out: list[Quantity] = []
    period = (draft.when.start, draft.when.end) if draft.when and _covers(draft) else None
    for number, (at, count) in enumerate(draft.counts):
        part = _part(draft, at, asides)
        kind = (draft.kinds[number] if draft.kinds else None) or _of(draft, at, count, text)
        kind = kind or (out[-1].of if part and out else None)
        if kind is None:
            continue
        item = draft.line.items[at]
        scope = "part" if part else _scope(draft, at, asides, period is not None)
        values = [(count.number.value, count.number.bound)]
        if count.number.high is not None:
            values.append((count.number.high, "up_to"))
        out.extend(
            Quantity(kind, value, bound, scope, text[item.start : item.end], item.start, item.end, period)
            for value, bound in values
        )
    out.extend(_single(draft, text, out))
    out.extend(_ballot(draft, out))
    return tuple(dict.fromkeys(out))


def _part(draft: Draft, at: int, asides: Sequence[Aside]) -> bool:
    """Whether a figure is part of one told before: "among them 12 children", "of the 80 trucks 30 …"."""
    earlier = [k for k, _ in draft.counts if k < at]
    if earlier and any(0 <= at - a.last <= 3 or a.at == at + 1 for a in of(asides, "among")):
        return True
    return bool(earlier) and earlier[0] <= 2 and any(draft.line.items[k].has("prep.of") for k in range(earlier[0]))


def _scope(draft: Draft, at: int, asides: Sequence[Aside], lasting: bool) -> str:
    """Of the whole war or list, of a stretch of time, or new."""
    if any(abs(a.at - at) <= WHOLE and not _parted(draft, a.at, at) for a in of(asides, "whole")):
        return "total"
    return "cumulative" if lasting else "new"


def _parted(draft: Draft, one: int, other: int) -> bool:
    return any(draft.line.items[k].any("p.stop", "conj.while") for k in range(min(one, other), max(one, other)))


def _covers(draft: Draft) -> bool:
    return draft.head.kind in LASTING and draft.when is not None and draft.when.start != draft.when.end


def _of(draft: Draft, at: int, count: Count, text: str) -> str | None:
    nearest = min(draft.heads, key=lambda h: (cost(draft.line, h, at), h.at))
    given = nearest.values.get("of")
    of = count.of
    item = draft.line.items[at]
    if draft.head.kind in ("CASUALTIES", "VOTE"):
        if of in (
            "killed",
            "injured",
            "missing",
            "displaced",
            "detained",
            "votes_for",
            "votes_against",
            "abstentions",
            "days",
        ) or (of or "").startswith("other:body"):
            return of
        if item.any("thing", "unit"):
            return of
        voters = draft.head.kind == "VOTE" and given is None and item.any("counted.office", "group", "org", "unnamed")
        return "votes_for" if voters else given or of
    if draft.head.kind == "VIOLATION" and (of in (None, "other:time", "other:times") or item.has("n.VIOLATION")):
        return "violations"
    if (
        given
        and (of in _PEOPLE or of is None or item.has("group"))
        and draft.head.kind in ("RETREAT", "COERCE", "VIOLATION", "PROTEST")
    ):
        return given
    if of is not None:
        return of
    if count.noun is not None:
        return f"other:{text[count.noun[0] : count.noun[1]]}"
    return None


def _ballot(draft: Draft, told: list[Quantity]) -> list[Quantity]:
    """What a vote leaves unsaid and the text settles: abstainers named are counted; with the whole told, the rest voted
    against."""
    if draft.head.kind != "VOTE":
        return []
    by = {q.of: q.value for q in told}
    out: list[Quantity] = []
    named = [a for a in draft.filled.slots.get("actors", []) if a.as_ == "abstaining"]
    if named and "abstentions" not in by:
        by["abstentions"] = len(named)
        out.append(Quantity("abstentions", len(named), "exact", "new", None, None, None, None, "names counted"))
    whole = next((c.total for _, c in draft.counts if c.total), None)
    if whole and "votes_for" in by and "votes_against" not in by:
        rest = whole - by["votes_for"] - by.get("abstentions", 0)
        if rest >= 0 and (rest == 0 or "abstentions" in by):
            reason = f"{whole:g} - {by['votes_for']:g} - {by.get('abstentions', 0):g}"
            out.append(Quantity("votes_against", rest, "exact", "new", None, None, None, None, reason))
    return out


def _single(draft: Draft, text: str, told: list[Quantity]) -> list[Quantity]:
    """A single named victim counts one."""
    if draft.single is not None:
        return _one(draft, text, draft.single) if draft.single and not told else []
    if draft.head.kind != "CASUALTIES" or told or draft.status == "denied":
        return []
    of = draft.head.values.get("of", "killed")
    victims = draft.filled.slots.get("recipients", [])
    one = len(victims) == 1 and (
        victims[0].kind in ("person", "office")
        or victims[0].kind in ("group", "state")
        and victims[0].number == "sg"
        and "demonym" not in victims[0].classes
    )
    if one and of in ("killed", "injured"):
        start, end = victims[0].name
        return [Quantity(of, 1, "exact", "new", text[start:end], start, end, None)]
    return []


def _one(draft: Draft, text: str, of: str) -> list[Quantity]:
    """One victim, told by who it is or by the trigger alone."""
    victims = [a.name for a in draft.filled.slots.get("recipients", []) if draft.line.start <= a.name[0] < draft.line.end]
    items = draft.line.items[draft.head.at : draft.head.last]
    start, end = victims[0] if victims else (items[0].start, items[-1].end)
    return [Quantity(of, 1, "exact", "new", text[start:end], start, end, None)]
