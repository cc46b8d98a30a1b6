"""How the claims of a happening stand to each other: same, updates, contradicts, denies, corrects, each with its reasons."""

from collections.abc import Iterator, Mapping, Sequence

from trucewatch.link.amounts import quantity_pairs
from trucewatch.link.bounds import compatible, shown
from trucewatch.link.compare import compare
from trucewatch.link.names import Name, agree, another
from trucewatch.link.view import View, iso
from trucewatch.model import Link, LinkKnowledge, Pairing, Quantity, Reason
from trucewatch.text.fold import fold_text

RISING = ("killed", "injured", "missing", "displaced", "detained", "released", "violations", "trucks")
FORCE = ("ASSAULT", "VIOLATION", "CASUALTIES", "COERCE")
TOLLED = ("killed", "injured", "missing", "displaced")
MANY = 10  # times over which a toll of some is hardly meant for that of all
AHEAD = ("planned", "possible", "demanded")


def links(
    views: Sequence[View],
    linked: Mapping[str, Mapping[str, int]],
    judged: Mapping[tuple[str, str], Pairing],
    knowledge: LinkKnowledge,
) -> tuple[Link, ...]:
    """All links of one happening: to each claim its strongest one, every judged pair, and every pair that stands otherwise."""
    ordered = sorted(views, key=lambda v: v.id)
    found: dict[tuple[str, str, str], Link] = {}
    own = {v.id: v for v in ordered}
    for one in ordered:
        near = min(((-margin, other) for other, margin in linked.get(one.id, {}).items() if other in own), default=None)
        first, second = sorted((one.id, near[1])) if near else ("", "")
        if near and (first, second, "same") not in found and (told := compare(own[first], own[second], knowledge)):
            found[first, second, "same"] = Link(first, second, "same", told.reasons)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            verdict = judged.get((one.id, other.id))
            if verdict is not None and verdict.verdict == "merge":
                reason = Reason("judged-merge", (("by", verdict.by), ("note", verdict.note)))
                found[one.id, other.id, "same"] = Link(one.id, other.id, "same", (reason,), verdict.by)
            for link in relation(one, other, knowledge):
                found[link.one, link.other, link.relation] = link
    return tuple(found[key] for key in sorted(found))


def relation(one: View, other: View, knowledge: LinkKnowledge) -> Iterator[Link]:
    """What two claims of one happening are to each other beside being about the same."""
    denied = [v.claim.status == "denied" for v in (one, other)]
    if denied[0] != denied[1]:
        denier, told = (one, other) if denied[0] else (other, one)
        if one.claim.event == other.claim.event or {one.claim.event, other.claim.event} <= set(FORCE):
            yield Link(denier.id, told.id, "denies", (Reason("denies"),))
        return
    newer, older = (one, other) if _later(one, other) else (other, one)
    disputes = [*_doers(one, other)]
    corrects = _corrects(newer, older, knowledge)
    for of, (old, new) in _apart(older, newer, corrects).items():
        if corrects:
            yield Link(newer.id, older.id, "corrects", (Reason("corrected"), _newer(of, old, new, newer)))
        elif _updates(older, newer, old, new):
            yield Link(newer.id, older.id, "updates", (_newer(of, old, new, newer),))
        else:
            pair = (old, new) if older.id < newer.id else (new, old)
            disputes.append(Reason("figures-exclude", (("of", of), ("one", shown(pair[0])), ("other", shown(pair[1])))))
    if disputes:
        yield Link(min(one.id, other.id), max(one.id, other.id), "contradicts", tuple(disputes))
    if older.claim.status in AHEAD and newer.claim.status in ("occurred", "ongoing") and newer.printed != older.printed:
        reason = Reason("now-occurred", (("old", older.claim.status), ("new", newer.claim.status)))
        yield Link(newer.id, older.id, "updates", (reason,))


def _later(one: View, other: View) -> bool:
    return (_told(one), one.printed or 0, one.id) > (_told(other), other.printed or 0, other.id)


def _told(view: View) -> int:
    """The day up to which its figures hold: the end of a running count, else the day of print."""
    return view.span[1] if view.running and view.span else view.printed or 0


def _apart(older: View, newer: View, corrects: bool) -> dict[str, tuple[Quantity, Quantity]]:
    """Figures of the same thing that exclude each other; none where some pair of them agrees, but in a correction, which names
    the figure that it takes back."""
    out: dict[str, tuple[Quantity, Quantity]] = {}
    agreed = set()
    for old, new in quantity_pairs(older, newer):
        if compatible(old, new) or _part(older, old, newer, new):
            agreed.add(old.of)
        else:
            out.setdefault(old.of, (old, new))
    return {of: pair for of, pair in sorted(out.items()) if corrects or of not in agreed}


def _part(one: View, first: Quantity, other: View, second: Quantity) -> bool:
    """Whether a toll of those whom its claim names ("three soldiers") may be a part of a greater one that names nobody."""
    less, more = (one, other) if first.value < second.value else (other, one)
    named, all_ = (dict(v.roles)["recipients"] for v in (less, more))
    few, many = sorted((first.value, second.value))
    return first.of in TOLLED and bool(named) and not all_ and many >= MANY * few


def _updates(older: View, newer: View, old: Quantity, new: Quantity) -> bool:
    """A later and higher toll of nobody else."""
    if old.of not in RISING or new.value <= old.value or _told(newer) <= _told(older):
        return False
    return not (older.voice and newer.voice and another(older.voice, newer.voice))


def _newer(of: str, old: Quantity, new: Quantity, newer: View) -> Reason:
    day = iso(_told(newer)) if _told(newer) else "?"
    return Reason("newer-figure", (("of", of), ("new", shown(new)), ("day", day), ("old", shown(old))))


def _corrects(newer: View, older: View, knowledge: LinkKnowledge) -> bool:
    """The outlet takes back what it printed, or a voice its own figure, wherever that is told."""
    calendar = knowledge.calendars.get(newer.language)
    if calendar is None or newer.claim.article == older.claim.article:
        return False
    own = newer.voice is not None and older.voice is not None and agree(newer.voice, older.voice) > 0
    printed = bool(newer.outlet) and newer.outlet == older.outlet
    if not (printed or own):
        return False
    text = f" {' '.join((*(newer.heading if printed else ()), *newer.block))} "
    return any(f" {fold_text(' '.join(words))} " in text for words in calendar.corrections)


def _doers(one: View, other: View) -> Iterator[Reason]:
    """One act, and each side names the other as its doer."""
    if not {one.claim.event, other.claim.event} <= set(FORCE):
        return
    ours, theirs = dict(one.roles), dict(other.roles)
    pairs = [(agree(x, y), x, y) for x in ours["actors"] for y in theirs["actors"]]
    if not pairs or any(verdict > 0 for verdict, _, _ in pairs):
        return
    crossed = _meet(ours["actors"], theirs["recipients"]) or _meet(ours["recipients"], theirs["actors"])
    voices = one.voice and other.voice and agree(one.voice, other.voice) <= 0
    if crossed or (any(verdict < 0 for verdict, _, _ in pairs) and voices):
        _, x, y = min(pairs, key=lambda p: (p[0], p[1].shown, p[2].shown))
        yield Reason("doers-differ", (("one", x.shown), ("other", y.shown)))


def _meet(names: Sequence[Name], others: Sequence[Name]) -> bool:
    return any(agree(x, y) > 0 for x in names for y in others)
