"""What the tolls of an act and the act itself lend each other: a sentence that goes on about an act leaves its day, its place and
its doer unsaid ("Six people were killed, the hospital said"). A claim takes them from the nearest one before it that tells of the
same act, never from one that something in its sentence sets apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from trucewatch.clause import nearby
from trucewatch.clause.asides import asides, of
from trucewatch.clause.line import Head, Line
from trucewatch.drafting.draft import Draft
from trucewatch.drafting.when import Context, resolve
from trucewatch.grammar.phrases import Actor
from trucewatch.model import When
from trucewatch.packs import Pack

ACT, TOLL = "ASSAULT", "CASUALTIES"
HURT = ("killed", "injured")
TOLD = ("occurred", "ongoing", "denied")
ON = 2  # sentences by which a toll that points to nothing may follow its act
FAR = 6  # sentences by which one that says "the attack" or "the toll" may
BESIDE = 8  # how far the day or place of an act may stand from it
LATE = 7  # days by which a new toll may follow the act it is of
DERIVED = "the day of the act it belongs to"


def lent(found: Sequence[Draft], pack: Pack) -> list[Draft]:
    """The drafts in their order, those of one act with the day, place and doer that another of them tells."""
    out = list(found)
    for at, draft in enumerate(out):
        if not _needs(draft) or _set_apart(draft.line, pack):
            continue
        draft = out[at] = _named(draft, out)
        giver = _beside(draft, out, at) or _before(draft, out[:at], pack) or _behind(draft, out[at + 1 :], pack)
        if giver is None:
            continue
        mates = [d for d in out if d.line is giver.line and d.head.kind == TOLL and d.head is not draft.head and _agree(draft, d)]
        for one in (giver, *mates):
            out[at] = _taking(out[at], one)
    return [_blamed(draft, out) for draft in out]


def _named(draft: Draft, found: Sequence[Draft]) -> Draft:
    """A toll with the day and the place that stand beside the act it names, where that act is no claim of its own ("corrected the
    toll of the shelling of 4 May")."""
    line = draft.line
    told = {h.at for d in found if d.line is line for h in d.heads}
    acts = [h for h in line.heads if h.kind == ACT and _single(h) and h.at not in told]
    if draft.head.kind != TOLL or not acts:
        return draft
    act = min(acts, key=lambda h: abs(h.at - draft.head.at))
    at = nearby.nearest(line, act, (t for t in nearby.times(line) if t >= act.last), BESIDE)
    if at is not None and draft.when is None:
        item, time = line.items[at], line.time(at)
        context = Context(draft.around.published, draft.around.told, draft.around.truce)
        when = resolve(time, context, None, (item.start, item.end)) if time is not None else None
        if when is not None and when.start == when.end:
            draft = replace(draft, when=when, when_at=at)
    spots = sorted((nearby.cost(line, act, spot) + extra, spot) for spot, extra in nearby.places(line, draft.filled.used))
    if spots and spots[0][0] <= BESIDE and draft.place is None:
        draft = replace(draft, place=spots[0][1], place_in=None, place_name=None)
    return draft


def _blamed(draft: Draft, found: Sequence[Draft]) -> Draft:
    """The doer of a toll is whom its voice blames in the same sentence ("blamed B for the strike, which left five dead")."""
    if draft.head.kind != TOLL or draft.status not in ("occurred", "ongoing") or draft.filled.slots.get("actors"):
        return draft
    for one in found:
        blame = one.head.kind == "ACCUSE" and one.line is draft.line and one.head.at < draft.head.at and one.status == "occurred"
        told = blame and (not draft.chain or _speakers(one) == _speakers(draft))
        people = one.filled.slots.get("recipients", [])
        if told and people and nearby.cost(draft.line, one.head, draft.head.at) <= 2 * nearby.FAR:
            return replace(draft, filled=replace(draft.filled, slots={**draft.filled.slots, "actors": list(people)}))
    return draft


def _speakers(draft: Draft) -> set[tuple[int, int]]:
    return {t.actor.name for t in draft.chain[-1:]}


def _needs(draft: Draft) -> bool:
    """A toll or an act with something left unsaid."""
    if draft.status not in TOLD or not _single(draft.head):
        return False
    if draft.head.kind == TOLL and not (draft.counts or draft.status == "denied" or draft.head.pos == "v"):
        return False
    return draft.when is None or draft.place is None or not draft.filled.slots.get("actors") or _announced(draft)


def _single(head: Head) -> bool:
    """An act, or a toll of people killed or hurt; fighting is no single act, and people flee from more than one."""
    if head.kind == TOLL:
        return head.values.get("of", "killed") in HURT
    return head.kind == ACT and head.values.get("frame") != "clash"


def _set_apart(line: Line, pack: Pack) -> bool:
    """Whether a sentence speaks of a stretch of time, of a whole war, or of another act than the one before it."""
    if any(True for _ in of(asides(line, pack), "apart", "whole")):
        return True
    return any(_lasting(line, at) for at in range(len(line.items)))


def _lasting(line: Line, at: int) -> bool:
    time = line.time(at)
    if time is not None:
        return (
            time.kind in ("since", "until", "before", "between", "vague") or time.span or time.unit in ("week", "month", "year")
        )
    return line.items[at].has("unit")


def _beside(draft: Draft, found: Sequence[Draft], at: int) -> Draft | None:
    """The act and the toll of one clause: "killed when a shell hit …"."""
    mates = [
        d
        for d in found
        if d is not draft
        and d.line is draft.line
        and _single(d.head)
        and d.head.kind != draft.head.kind
        and d.status in TOLD
        and nearby.cost(draft.line, d.head, draft.head.at) < nearby.FAR * 2
        and _agree(draft, d)
        and _tells(d, draft)
    ]
    return min(mates, key=lambda d: abs(d.head.at - draft.head.at)) if mates else None


def _before(draft: Draft, earlier: Sequence[Draft], pack: Pack) -> Draft | None:
    """The nearest earlier claim of a single act; None where it is too far, or of another day or place."""
    reach = FAR if pointing(draft) or draft.head.kind == ACT and draft.chain else ON
    for giver in reversed(earlier):
        if giver.line is draft.line or not _single(giver.head) or giver.status not in ("occurred", "ongoing"):
            continue
        if not 0 < draft.line.number - giver.line.number <= reach or _set_apart(giver.line, pack):
            return None
        if draft.head.kind == ACT and not (draft.status == "denied" or draft.chain or pointing(draft) or giver.line.number == 0):
            return None
        return giver if _agree(draft, giver) else None
    return None


def _behind(draft: Draft, later: Sequence[Draft], pack: Pack) -> Draft | None:
    """A toll told before its act: "raised the toll of the shelling", and then the shelling."""
    if draft.head.kind != TOLL or not pointing(draft):
        return None
    for giver in later:
        if (
            giver.head.kind == ACT
            and _single(giver.head)
            and giver.line is not draft.line
            and giver.status in ("occurred", "ongoing")
        ):
            near = giver.line.number - draft.line.number <= ON and not _set_apart(giver.line, pack)
            return giver if near and _agree(draft, giver) else None
    return None


def pointing(draft: Draft) -> bool:
    """Whether a sentence names an act or a toll as one that is known: "the attack", "the dead", "the toll"."""
    line = draft.line
    return (
        draft.head.pos == "n"
        and draft.head.kind == TOLL
        or any(_single(h) and h.pos == "n" and _definite(line, h) for h in line.heads)
    )


def _definite(line: Line, head: Head) -> bool:
    before = line.items[head.at - 1 : head.at]
    return "def" in line.items[head.at].classes or any(item.any("det", "this", "det.this") for item in before)


def _agree(draft: Draft, giver: Draft) -> bool:
    """Neither tells another day or another place than the other."""
    if draft.when is not None and giver.when is not None and not _same_day(draft, giver.when):
        return False
    if draft.place is not None and giver.place is not None:
        one, other = _spot(draft), _spot(giver)
        return one <= other or other <= one or draft.line is giver.line
    return True


def _same_day(draft: Draft, when: When) -> bool:
    assert draft.when is not None
    if (draft.when.start, draft.when.end) == (when.start, when.end):
        return True
    if not _announced(draft) or not (when.start and draft.when.start):
        return False
    late = (date.fromisoformat(draft.when.start) - date.fromisoformat(when.start)).days
    return when.start == when.end and 0 < late <= LATE


def _announced(draft: Draft) -> bool:
    """A toll whose day is that of its telling: "on Friday the ministry raised the toll"."""
    one = draft.when is not None and draft.when.start == draft.when.end
    return one and draft.head.kind == TOLL and draft.head.pos == "n"


def _spot(draft: Draft) -> frozenset[str]:
    line = draft.place_in or draft.line
    item = line.items[draft.place or 0]
    value = line.place(draft.place or 0)
    name = value.name if value is not None else draft.place_name or (item.start, item.end)
    return frozenset(t.bare for t in item.tokens if t.shape == "word" and not t.clitic and name[0] <= t.start < name[1])


def _tells(giver: Draft, draft: Draft) -> bool:
    return bool(
        giver.when is not None
        and draft.when is None
        or giver.place is not None
        and draft.place is None
        or giver.filled.slots.get("actors")
        and not draft.filled.slots.get("actors")
    )


def _taking(draft: Draft, giver: Draft) -> Draft:
    """The draft with what it leaves unsaid. Who did it, and where an act was, is taken only from the same voice, or from the
    outlet's own words."""
    out = draft
    if giver.when is not None and (draft.when is None or draft.when.start != giver.when.start and _announced(draft)):
        out = replace(out, when=replace(giver.when, basis="inferred", text=None, at=None, derived=DERIVED), when_at=None)
    same = _same_voice(draft, giver)
    near = (
        same or giver.head.kind == TOLL
        if draft.line is giver.line
        else same and (draft.head.kind, giver.head.kind) == (TOLL, ACT)
    )
    if near and giver.place is not None and draft.place is None:
        spot = giver.place_in or giver.line
        out = replace(out, place=giver.place, place_in=None if spot is draft.line else spot, place_name=giver.place_name)
    doers = giver.filled.slots.get("actors", [])
    if draft.head.kind == TOLL and doers and not draft.filled.slots.get("actors") and _voiced(draft, giver, doers):
        out = replace(out, filled=replace(out.filled, slots={**out.filled.slots, "actors": list(doers)}))
    return out


def _voiced(draft: Draft, giver: Draft, doers: Sequence[Actor]) -> bool:
    """Whether who told the doer tells this too; nobody who suffers is taken for the doer, and nothing denied has another's."""
    hit = {a.name for a in draft.filled.slots.get("recipients", [])}
    return _same_voice(draft, giver) and draft.status != "denied" and not any(a.name in hit for a in doers)


def _same_voice(draft: Draft, giver: Draft) -> bool:
    told = [t.actor.name for t in giver.chain]
    return not told or told == [t.actor.name for t in draft.chain]
