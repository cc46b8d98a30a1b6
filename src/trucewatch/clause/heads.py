"""The heads of a sentence: which words tell an event or open a scope, and as what."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trucewatch.clause.line import OPENING, OPERATORS, TOLL, Head, count_in
from trucewatch.grammar import Item, Mark
from trucewatch.grammar.phrases import Event
from trucewatch.model import EVENTS


def _features(item: Item) -> frozenset[str]:
    return frozenset(c for c in item.classes if c.startswith("f."))


def _before_verb(items: Sequence[Item], at: int) -> bool:
    """A form that may be noun or verb right before a finite verb is its doer ("On Saturday, strikes hit …")."""
    nxt = at + 1
    while nxt < len(items) and items[nxt].has("adv"):
        nxt += 1
    if nxt >= len(items) or not items[at].classes & {"f.s", "f.pl", "f.base"}:
        return False
    after = items[nxt]
    return (
        after.any("modal", "v.be")
        or after.has("v")
        and "f.past" in after.classes
        and not after.any("n", "a")
        and "f.pp" not in after.classes
    )


def _verbal(items: Sequence[Item], at: int) -> bool:
    """Whether an item that may be verb or noun stands where a verb stands."""
    item = items[at]
    if item.has("vowel.pass"):
        return True
    if item.any("n", "a") and _before_verb(items, at):
        return False
    if at and items[at - 1].has("v.begin") and "f.sg" in item.classes:
        return False
    if "def" in item.classes or any(c.startswith("clitic.post") for c in (items[at + 1].classes if at + 1 < len(items) else ())):
        return "f.past" in item.classes and "def" not in item.classes and not _after_preposition(items, at)
    if at == 0:
        return not any(f in item.classes for f in ("f.pl",)) or "f.past" in item.classes
    before = items[at - 1]
    if before.any("det", "skip", "demonym", "num", "number", "quantity", "poss", "adj", "time"):
        return False
    if _infinitive(items, at) or before.any("modal", "neg", "pron", "that", "rel"):
        return True
    if before.any("n.may", "n.plan", "n.demand") and "f.base" not in item.classes:
        return False
    if before.has("v.be"):
        return any(f in item.classes for f in ("f.ing", "f.pp"))
    if _after_preposition(items, at):
        return "f.ing" in item.classes
    if before.has("word") and not before.has("cap") and at > 1 and items[at - 2].has("det") and item.any("n", "a"):
        return False  # "a strong mandate"
    if before.any("n", "org", "thing"):
        return "f.past" in item.classes
    return True


def _complemented(items: Sequence[Item], at: int) -> bool:
    """Whether "that" (or a colon, or "to") follows before the next comma."""
    for item in items[at + 1 : at + 9]:
        if item.any("that", "p.colon"):
            return True
        if item.any("p.comma", "p.stop"):
            return False
    return False


def _adjectival(items: Sequence[Item], at: int) -> bool:
    """A participle that stands as an adjective before its noun ("repeated breaches", "the promised aid")."""
    if not items[at].classes & {"f.pp", "f.ing"} or at == 0 or at + 1 >= len(items):
        return False
    before, after = items[at - 1], items[at + 1]
    opener = before.any("prep", "det", "poss", "demonym", "adj", "number")
    return opener and after.any("n", "group", "org", "thing", "placekind", "place", "actor") and not before.has("v.be")


def _after_verb(items: Sequence[Item], at: int) -> bool:
    """Where verb and verbal noun are spelt alike: after a verb of its own clause a word is the noun ("announced the army
    the-shelling-of …")."""
    for k in range(at - 1, -1, -1):
        item = items[k]
        if item.any("that", "rel", "p.stop", "p.comma", "conj", "p.colon", "p.quote"):
            return False
        if (
            item.has("v")
            and item.mark is None
            and not item.has("v.be")
            and (k == 0 and item.has("v.deny") or not item.any("prep", "n", "a"))
        ):
            return True
    return False


def _infinitive(items: Sequence[Item], at: int) -> bool:
    """A base form behind "to"."""
    return "f.base" in items[at].classes and at > 0 and (items[at - 1].any("prep.to", "tail.to"))


def _after_preposition(items: Sequence[Item], at: int) -> bool:
    return at > 0 and items[at - 1].has("prep")


def heads(items: Sequence[Item], overlays: Sequence[Mark], order: str = "svo") -> tuple[Head, ...]:
    """Heads in order: rule-made event marks first of all, then lexicon triggers and operators that no chunk or rule covers,
    tolls in counts."""
    out: list[Head] = []
    covered: set[int] = set()
    for mark in overlays:
        if mark.label != "event" or not isinstance(mark.value, Event):
            continue
        inside = [i for i, item in enumerate(items) if item.first >= mark.first and item.last <= mark.last]
        if not inside or covered & set(inside):
            continue
        covered |= set(inside)
        made = _ruled(items, mark, mark.value, inside)
        words = [head for at in inside if items[at].mark is None for head in _lexical(items, at, order)]
        others = {head.kind: replace(head, at=made.at, last=made.last, others=()) for head in words if head.event}
        out.append(replace(made, others=tuple(head for kind, head in others.items() if kind != made.kind)))
    for at, item in enumerate(items):
        if at in covered:
            continue
        count = count_in(item.mark)
        if count is not None and count.of in TOLL and not item.any("thing", "unit"):
            rule = item.mark.rule if item.mark else ""
            out.append(Head(at, at + 1, "CASUALTIES", "a", {"of": count.of or "", "self": "1"}, frozenset(), False, rule, {}))
        elif count is None and item.mark is None:
            told = _lexical(items, at, order)
            out += [replace(head, others=tuple(other for other in told[1:] if other.event)) for head in told[:1]]
    return tuple(sorted(out, key=lambda h: h.at))


def _ruled(items: Sequence[Item], mark: Mark, value: Event, inside: Sequence[int]) -> Head:
    """The head of an event that a rule of several words found."""
    kind = value.values.get("event", "")
    features = frozenset(f for i in inside for f in _features(items[i]))
    opens = value.values.get("hint") == "operator" or kind in OPENING
    at, last, pos = inside[0], inside[-1] + 1, value.values.get("pos", "v")
    return Head(at, last, kind, pos, value.values, features, opens, mark.rule, value.slots, kind)


def _lexical(items: Sequence[Item], at: int, order: str) -> list[Head]:
    """What a word of the lexicon may tell where it stands, each event once, the likeliest first."""
    item = items[at]
    options: list[tuple[str, str, Any]] = []
    for entry in item.entries:
        for cls in sorted(entry.classes):
            pos, _, kind = cls.partition(".")
            if pos in ("v", "n", "a") and (kind in EVENTS or kind in OPERATORS):
                options.append((pos, kind, entry))
    if not options:
        return []
    poses = {o[0] for o in options}
    if len(poses) > 1 and "v" in poses:
        wanted = "v" if _verbal(items, at) and not (order == "vso" and _after_verb(items, at)) else "n" if "n" in poses else "a"
        options = [o for o in options if o[0] == wanted] or options
    if poses == {"v"} and _adjectival(items, at):
        return []
    if poses == {"v"} and item.has("prep") and not (at + 1 < len(items) and items[at + 1].has("that")):
        return []
    events = {o[1]: o for o in reversed(options) if o[1] in EVENTS}
    chosen = [events[kind] for kind in dict.fromkeys(o[1] for o in options if o[1] in EVENTS)] or options[:1]
    return [_head(items, at, option, options, poses) for option in chosen]


def _head(items: Sequence[Item], at: int, option: tuple[str, str, Any], options: Sequence[Any], poses: set[str]) -> Head:
    item, (pos, kind, entry) = items[at], option
    if pos == "v" and poses == {"v"} and not _verbal(items, at) and item.has("f.base") and at and items[at - 1].has("det"):
        pos = "n"
    operators = [o[1] for o in options if o[0] == pos and o[1] in OPENING]
    if kind in EVENTS and operators and entry.value.get("hint") != "operator" and pos == "v":
        # One word that tells a deed or reports (adopted / admitted that): a complementizer decides.
        if _complemented(items, at):
            kind, entry = operators[0], next(o[2] for o in options if o[1] == operators[0])
        else:
            operators = []
    opens = bool(operators) or entry.value.get("hint") == "operator"
    features = frozenset(c for c in entry.classes if c.startswith("f."))
    features |= _features(item) if pos == "v" else frozenset()
    return Head(at, at + 1, kind, pos, entry.value, features, opens, entry.place, {}, (operators or [kind])[0] if opens else None)
