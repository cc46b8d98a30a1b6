"""What a candidate looks like beside a head: the signs that the judge weighs. A sign is a short string; nothing of a word's
meaning stands here, the words come from the items."""

from collections.abc import Iterator, Sequence

from trucewatch.clause.borders import relations_of
from trucewatch.clause.line import Head, Line
from trucewatch.clause.relations import is_passive
from trucewatch.grammar import Item
from trucewatch.grammar.phrases import Actor
from trucewatch.packs import Pack

_AGREEING = frozenset({"f.m", "f.f", "f.fem", "f.sg", "f.pl", "f.du"})  # what a verb owes to its doer tells who that is
NAME = "name"
_STEPS = (0, 1, 2, 3, 5, 8, 12, 18)
_BETWEEN = (
    "p.comma",
    "p.stop",
    "p.quote",
    "p.colon",
    "that",
    "rel",
    "conj.and",
    "conj.while",
    "conj.but",
    "prep.to",
    "neg",
    "v.be",
)
_CLASSES = (
    "p.comma",
    "p.stop",
    "p.quote",
    "p.colon",
    "that",
    "rel",
    "conj.and",
    "conj.or",
    "conj.but",
    "conj.while",
    "conj.if",
    "neg",
    "modal.possible",
    "modal.planned",
    "modal.demanded",
    "v.be",
    "v.begin",
    "v.say",
    "v.deny",
    "v.demand",
    "v.plan",
    "v.may",
    "v.fail",
    "v.other",
    "n.say",
    "n.demand",
    "n.plan",
    "n.may",
    "accord",
    "pron",
    "det",
    "this",
    "adv",
    "time",
    "place",
    "actor",
    "number",
    "quantity",
    "thing",
    "group",
    "org",
    "unnamed",
    "office",
    "word",
    "num",
    "prep.by",
    "prep.with",
    "prep.to",
    "prep.from",
    "prep.on",
    "prep.against",
    "prep.for",
    "prep.of",
    "prep.in",
    "prep.between",
    "prep.about",
    "prep.under",
    "prep.after",
    "prep.before",
    "prep.during",
    "prep.because",
    "prep.until",
    "prep.since",
    "prep.despite",
    "skip",
    "means",
    "poss",
)


def step(n: int) -> str:
    """A distance in items as the step it falls into."""
    return str(max(s for s in _STEPS if s <= n))


def trigger(draft_heads: Sequence[Head], line: Line) -> str:
    """The first words of the trigger, folded."""
    head = draft_heads[0]
    items = line.items[head.at : head.last]
    keys = [NAME if named(item) else t.bare for item in items for t in item.tokens if t.shape == "word" and not t.clitic]
    return " ".join(keys[:3])


def word(item: Item) -> str:
    """The first word of an item as a sign may hold it: never a name, so that no weight can be learnt for or against anybody."""
    return NAME if named(item) else item.key


def named(item: Item) -> bool:
    """Whether an item names a party, a person, a people or a place."""
    return item.any("name", "demonym", "actor.state", "actor.organisation", "actor.name")


def kinds(item: Item) -> Iterator[str]:
    """The classes of an item that the judge looks at."""
    if item.any("actor.state", "actor.organisation", "actor.list"):
        yield "actor"
        return
    for name in _CLASSES:
        if item.has(name):
            yield name
    if any(c.startswith(("v.", "n.", "a.")) and c[2].isupper() for c in item.classes):
        yield from (c for c in sorted(item.classes) if c[:2] in ("v.", "n.", "a.") and c[2].isupper())


def way(line: Line, head: Head, at: int) -> list[str]:
    """Side, distance, and what stands between a head and an item."""
    if head.at <= at < head.last:
        return ["way=inside"]
    low, high = (head.last, at) if at >= head.last else (at + 1, head.at)
    side = "R" if at >= head.last else "L"
    between = line.items[low:high]
    verbs = sum(1 for h in line.heads if low <= h.at < high and h.pos == "v" and h.kind not in ("be", "begin"))
    events = sum(1 for h in line.heads if low <= h.at < high and h.event)
    out = [f"way={side}", f"way={side}{step(len(between))}", f"verbs={side}{min(verbs, 2)}", f"events={side}{min(events, 2)}"]
    for name in _BETWEEN:
        if any(item.has(name) for item in between):
            out.append(f"between={side}{name}")
    actors = sum(1 for k in range(low, high) if line.actor(k) is not None)
    out.append(f"actors={side}{min(actors, 3)}")
    if not any(f.startswith("between=") and not f.endswith("conj.and") for f in out) and not verbs:
        out.append(f"close={side}{step(len(between))}")
    return out


def standing(line: Line, at: int) -> list[str]:
    """The prepositions before an item, and what its neighbours are."""
    found = relations_of(line, at)
    out = [f"prep={'+'.join(found[:2]) or '-'}"]
    for name, k in (("left", at - 1), ("right", at + 1)):
        if 0 <= k < len(line.items):
            out.extend(f"{name}={c}" for c in kinds(line.items[k]))
        else:
            out.append(f"{name}=edge")
    return out


def who(actor: Actor) -> list[str]:
    """What sort of actor. Of a party nothing is told but that it is one: states, movements and bodies are weighed alike."""
    party = actor.party is not None or actor.kind in ("state", "organisation") or "actor.name" in actor.classes
    if party and actor.kind not in ("person", "office", "name", "source", "official", "media", "document"):
        out = ["who=party"]
    else:
        out = [f"who={actor.kind}"]
        out += [f"who.{name}" for name in (actor.number, "def" if "def" in actor.classes else None) if name]
    if "demonym" in actor.classes and not any(c.startswith("name.") for c in actor.classes):
        out.append("who.demonym")
    if "resolved" in actor.classes:
        out.append("who.resolved")
    return [*out, "who.short"] if actor.short else out


def event(line: Line, head: Head, pack: Pack) -> list[str]:
    """What sort of head."""
    out = [f"kind={head.kind}", f"pos={head.pos}", f"kindpos={head.kind}.{head.pos}"]
    out.extend(sorted(head.features - _AGREEING))
    if head.pos == "v" and is_passive(line, head, pack):
        out.append("passive")
    for key in ("mode", "frame", "of", "status", "hint", "deed", "self"):
        if key in head.values:
            out.append(f"{key}={head.values[key]}")
    return out


def crossed(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Each of one with each of the other."""
    return [f"{a}&{b}" for a in left for b in right]


def rival(line: Line, heads: Sequence[Head], at: int) -> str:
    """What stands nearer to an item than the heads: another event, a verb, or nothing."""

    def far(head: Head) -> int:
        return head.at - at if head.at > at else at - head.last + 1

    mine = min(far(h) for h in heads)
    own = {h.at for h in heads}
    nearer = [h for h in line.heads if h.kind not in ("be", "begin") and h.at not in own and far(h) < mine]
    if not nearer:
        return "-"
    best = min(nearer, key=far)
    return f"{'event' if best.event else best.kind}{'L' if best.at < at else 'R'}"


def near(line: Line, head: Head, at: int, reach: int = 14) -> bool:
    """Whether an item stands in reach of a head, no full stop or semicolon between."""
    low, high = (head.last, at) if at >= head.last else (at + 1, head.at)
    return high - low <= reach and not any(item.has("p.stop") for item in line.items[low:high])
