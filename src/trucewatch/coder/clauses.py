"""Where clauses begin and end, and which phrases stand in which relation to a head. Order of words and prepositions are the pack's."""

from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.coder.line import Head, Line
from trucewatch.grammar import Item
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor
from trucewatch.packs import Pack

REACH = 14  # items a relation may span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may fill a slot: its item, its actor (or the counted people), the relation it stands in, and its preposition's other relations."""

    at: int
    relation: str
    actor: Actor | None = None
    count: Count | None = None
    others: tuple[str, ...] = ()

    def is_(self, *names: str) -> bool:
        """Whether it stands in one of these relations; a preposition may have several."""
        return self.relation in names or any(r in names for r in self.others)


def person_like(item: Item) -> bool:
    """Whether a count counts people (or bodies, groups), so that its noun may fill a slot."""
    value = item.mark.value if item.mark is not None else None
    return isinstance(value, Count) and (item.has("group") or item.has("org") or item.has("unnamed") or item.has("demonym"))


def fills(line: Line, at: int) -> bool:
    """Whether the item can fill a slot."""
    return line.actor(at) is not None or person_like(line.items[at])


def breaks(line: Line, at: int) -> bool:
    """Whether the item closes a clause on both sides."""
    item = line.items[at]
    return item.has("p.stop") or item.has("that") or item.has("rel") or item.has("conj.while") or item.has("conj.but") or item.has("conj.if")


def verb_at(line: Line, at: int) -> bool:
    return any(h.at <= at < h.last and h.pos == "v" for h in line.heads)


def relation_of(line: Line, at: int) -> str | None:
    """The first of `relations_of`, or None."""
    found = relations_of(line, at)
    return found[0] if found else None


def relations_of(line: Line, at: int) -> tuple[str, ...]:
    """The relations a preposition before the phrase at `at` gives it; articles, adjectives and quotation marks between are passed over.

    With a word for fire or arms between, the phrase is the one whose they are ("by fire of the army" = by).
    """
    at -= 1
    words = 2
    means = False
    while at >= 0:
        item = line.items[at]
        found = tuple(dict.fromkeys(c.split(".")[1] for c in sorted(item.classes) if c.startswith(("prep.", "tail."))))
        if found:
            return ("by",) if means and any(r in ("by", "in", "with", "from", "under") for r in found) else found
        if item.has("poss"):
            return ()
        if item.has("means"):
            means = True
            at -= 1
            continue
        loose = any(item.has(c) for c in ("det", "adj", "p.quote", "same", "adv", "compass", "skip", "p.dash"))
        if not loose and not (item.has("word") and not item.has("def") and words > 0):
            return ()
        words -= 0 if loose else 1
        at -= 1
    return ()


def _phrase(line: Line, at: int, relation: str, others: tuple[str, ...] = ()) -> Phrase:
    return Phrase(at, relation, line.actor(at), line.count(at), others)


def _skip_aside(line: Line, at: int) -> int:
    """From a comma leftwards: the position before an aside ", who …," or ", its chief," that ends at the comma; else `at`."""
    for k in range(at - 1, max(-1, at - REACH), -1):
        item = line.items[k]
        if item.has("p.stop"):
            return at
        if item.has("p.comma") or item.has("p.dash"):
            nxt = line.items[k + 1]
            inner = range(k + 1, at)
            opener = nxt.has("rel") or nxt.has("det") or nxt.has("office") or nxt.has("adv") or nxt.has("actor") or nxt.has("title") or nxt.has("pron")
            if nxt.has("rel") or (opener and any(fills(line, i) for i in inner) and k > 0 and fills(line, k - 1)):
                return k
            return at
    return at


def subject_left(line: Line, head: Head) -> Phrase | None:
    """The doer to the left of a verb: the nearest phrase without a preposition, asides passed over, the antecedent of a relative clause."""
    at = head.at - 1
    steps = 0
    while at >= 0 and steps < REACH:
        item = line.items[at]
        steps += 1
        if item.has("p.comma") or item.has("p.dash"):
            jump = _skip_aside(line, at)
            if jump != at:
                at = jump - 1
                continue
            if item.has("p.comma") and steps > 3:
                pass
        if item.has("rel"):
            for k in range(at - 1, max(-1, at - 4), -1):
                if fills(line, k):
                    return _phrase(line, k, "subj")
                if line.items[k].has("p.stop") or verb_at(line, k):
                    return None
            return None
        if item.has("conj.but") and _open(line, at, head.at):
            at -= 1
            continue
        if item.has("p.stop") or item.has("that") or item.has("conj.while") or item.has("conj.but") or item.has("conj.if"):
            return None
        if verb_at(line, at) and not _chained(line, at, head):
            return None
        if fills(line, at) and relation_of(line, at) is None:
            return _phrase(line, at, "subj")
        at -= 1
    return None


def _chained(line: Line, at: int, head: Head) -> bool:
    """Whether the verb at `at` is only an auxiliary or light verb of `head`, so that its subject is head's own."""
    other = next(h for h in line.heads if h.at <= at < h.last)
    if other.kind in ("be", "begin"):
        return True
    between = line.items[other.last : head.at]
    joined = any(i.has("conj.and") or i.has("conj.but") or i.has("prep.to") for i in between)
    return joined and len(between) <= 12 and not any(i.has("that") or i.has("rel") for i in between)


def _open(line: Line, at: int, stop: int) -> bool:
    """Only auxiliaries and adverbs stand between."""
    return all(any(line.items[i].has(c) for c in ("adv", "modal", "neg", "v.be")) for i in range(at + 1, stop))


def rights(line: Line, head: Head) -> Iterator[Phrase]:
    """Phrases to the right of a head up to the end of its clause, each with its relation ("" = no preposition)."""
    at = head.last
    steps = 0
    while at < len(line.items) and steps < REACH:
        item = line.items[at]
        steps += 1
        if breaks(line, at):
            return
        other = next((h for h in line.heads if h.at == at), None)
        if other is not None and other.pos == "v" and other.kind not in ("be",):
            return
        if other is not None and other.event and other.kind == head.kind and line.items[at - 1].has("conj.and"):
            return
        if item.has("p.comma") and at + 1 < len(line.items):
            nxt = line.items[at + 1]
            if nxt.has("rel") or nxt.has("v") or nxt.has("conj.and") or nxt.has("prep.to") or nxt.has("accord"):
                return
            if line.actor(at + 1) is not None and verb_at(line, at + 2):
                return  # ", local authorities reported"
        if item.has("accord") or item.has("prep.because"):
            return
        beside = item.has("demonym") and item.has("actor.state") and not item.has("f.pl") and any(h.at in (at + 1, at + 2) and h.event and h.pos == "n" for h in line.heads)
        if fills(line, at) and not beside:
            office = part(line, at)
            found = relations_of(line, at)
            yield _phrase(line, at, f"as.{office}" if office else found[0] if found else "", found[1:])
        at += 1


def part(line: Line, at: int) -> str | None:
    """The part a phrase plays by the word before it: "chaired by A", "submitted by B", برئاسة (chair, sponsor, host, mediator)."""
    for k in range(at - 1, max(-1, at - 4), -1):
        item = line.items[k]
        found = next((c.split(".")[1] for c in sorted(item.classes) if c.startswith("as.")), None)
        if found is not None:
            return found
        if not any(item.has(c) for c in ("clitic", "prep", "det", "adj", "p.quote")):
            return None
    return None


def _noun_relations(line: Line, head: Head, pack: Pack) -> Iterator[Phrase]:
    """Phrases around a noun: demonym or possessor beside it, complement after it, prepositions."""
    before, after = head.at - 1, head.last
    k = before
    while k >= 0 and k >= before - 3 and any(line.items[k].has(c) for c in ("adj", "poss", "number", "quantity", "adv", "skip", "p.dash")):
        k -= 1
    if pack.adjective == "before" and k >= 0:
        item = line.items[k]
        if item.has("demonym") or (fills(line, k) and relation_of(line, k) is None and _adjacent(line, k, head.at)) or line.items[min(k + 1, before)].has("poss") and fills(line, k):
            yield _phrase(line, k, "adj")
    if after < len(line.items) and line.items[after].has("clitic.post") and line.items[after].has("pron"):
        owner = next((k for k in range(head.at - 1, max(-1, head.at - 10), -1) if fills(line, k)), None)
        if owner is not None:
            yield _phrase(line, owner, "gen")
    first = True
    for phrase in rights(line, head):
        if phrase.at == after and phrase.relation == "" and pack.adjective == "after":
            yield Phrase(phrase.at, "gen", phrase.actor, phrase.count)
        elif phrase.is_("of") and (phrase.relation == "of" or phrase.at <= after + 2):
            yield Phrase(phrase.at, "of", phrase.actor, phrase.count, (phrase.relation, *phrase.others))
            if first:
                yield Phrase(phrase.at, "gen", phrase.actor, phrase.count)
        elif phrase.relation:
            yield phrase
        elif pack.adjective == "after" and first and _near(line, after, phrase.at):
            yield Phrase(phrase.at, "gen", phrase.actor, phrase.count)
        first = False
    if pack.adjective == "after":
        for k in range(after, min(after + 3, len(line.items))):
            if line.items[k].has("demonym") and line.actor(k) is not None:
                yield _phrase(line, k, "adj")


def _adjacent(line: Line, at: int, stop: int) -> bool:
    return all(any(line.items[i].has(c) for c in ("poss", "adj", "number", "quantity", "cap", "skip", "p.dash")) for i in range(at + 1, stop))


def _near(line: Line, start: int, at: int) -> bool:
    return at - start <= 2 and not any(line.items[i].has("prep") or line.items[i].has("p") for i in range(start, at))


def relations(line: Line, head: Head, pack: Pack) -> list[Phrase]:
    """All phrases in relation to a head, in the frame's terms: subj obj gen adj of by with to from on against for in between …"""
    if head.pos in ("n", "a") and not head.features & {"f.past", "f.pp"}:
        return list(_noun_relations(line, head, pack))
    out: list[Phrase] = []
    right = list(rights(line, head))
    passive = is_passive(line, head, pack)
    left = subject_left(line, head)
    if pack.order == "svo":
        left = _before(line, head, pack) or left
    adjoining = left is not None and _adjoins(line, left.at, head.at)
    if pack.order == "vso" and not adjoining:
        bare = [p for p in right if p.relation == ""]
        before = _before(line, head, pack)
        if bare and before is not None and ("f.pl" in head.features or _object_first(line, head, bare[0], pack)):
            left = before
        elif bare and "f.pl" in head.features and left is not None:
            pass
        elif bare:
            left = Phrase(bare[0].at, "subj", bare[0].actor, bare[0].count)
            right = [p for p in right if p.at != bare[0].at]
        elif before is not None:
            left = before
        elif left is not None and not _governs(line, left.at, head.at):
            left = None
    if left is not None and not passive and pack.passive == "unmarked" and head.values.get("frame") == "kill":
        # Unvocalised, "killed" is read as passive where one phrase follows and it names people, not a body.
        alone = not any(p.relation == "" for p in right)
        passive = alone and (left.count is not None or left.actor is not None and left.actor.kind in ("group", "person", "office", "name"))
    if left is not None:
        out.append(Phrase(left.at, "obj" if passive else "subj", left.actor, left.count))
    taken = False
    for phrase in right:
        if phrase.relation:
            out.append(phrase)
        elif not taken:
            out.append(Phrase(phrase.at, "obj", phrase.actor, phrase.count))
            taken = True
    return out


def _before(line: Line, head: Head, pack: Pack) -> Phrase | None:
    """The doer of the verb before, where "and" joins this verb to it without a doer of its own between."""
    at = head.at - 1
    while at >= 0 and any(line.items[at].has(c) for c in ("modal", "neg", "adv", "v.be")):
        at -= 1
    if at < 0 or not any(line.items[at].has(c) for c in ("conj.and", "conj.but", "conj.then")):
        return None
    earlier = [h for h in line.heads if h.pos == "v" and h.last <= at and h.kind != "be"]
    if not earlier:
        return None
    return next((p for p in relations(line, earlier[-1], pack) if p.relation == "subj"), None)


def _object_first(line: Line, head: Head, phrase: Phrase, pack: Pack) -> bool:
    """A joined verb that asks, blames or strikes: people without a body beside it are whom it concerns, not who does it."""
    frame = pack.frames.get(head.values.get("frame") or (pack.events[head.kind]["frame"] if head.event else "ask"), {})
    people = phrase.count is not None or phrase.actor is not None and phrase.actor.kind == "group"
    return people and "obj" in frame


def light(line: Line, head: Head) -> Head | None:
    """The verb a noun is the object of ("carried out strikes", "announced on Monday a ceasefire"): only its doer, times and small words between."""
    for other in reversed([h for h in line.heads if h.last <= head.at]):
        between = line.items[other.last : head.at]
        if any(i.has("p.comma") or i.has("p.stop") or i.has("that") or i.has("rel") or i.has("conj.and") for i in between):
            return None
        if other.pos != "v":
            return None
        if other.kind == "be":
            continue
        words = [i for i in between if not any(i.has(c) for c in ("actor", "time", "det", "adj", "adv", "number", "quantity", "p.quote", "clitic"))]
        operator = other.kind == "begin" or other.operator is not None
        if len(words) > 3 or (not operator and any(i.has("prep") and not i.has("prep.on") for i in between[:1])):
            return None
        return other
    return None


def _adjoins(line: Line, at: int, stop: int) -> bool:
    """Only auxiliaries, negation, adverbs and asides stand between a phrase and the verb after it."""
    i = stop - 1
    while i > at:
        item = line.items[i]
        if item.has("p.comma") or item.has("p.dash"):
            jump = _skip_aside(line, i)
            if jump == i:
                return False
            i = jump
        elif not any(item.has(c) for c in ("modal", "neg", "adv", "v.be", "rel", "p.quote", "time", "p.close")):
            return False
        i -= 1
    return True


def _governs(line: Line, at: int, stop: int) -> bool:
    """A doer named earlier still holds for a verb that is joined by "and" or stands in a relative clause."""
    between = line.items[at + 1 : stop]
    return any(i.has("conj.and") or i.has("rel") or i.has("conj.then") for i in between)


def is_passive(line: Line, head: Head, pack: Pack) -> bool:
    """Passive by form: a participle after "be", a bare participle after its noun, or a form the lexicon or the vowel signs mark as passive."""
    if "f.pass" in head.features or line.items[head.at].has("vowel.pass"):
        return True
    if pack.passive != "participle" or "f.pp" not in head.features:
        return False
    at = head.at - 1
    while at >= 0 and (line.items[at].has("adv") or line.items[at].has("neg") or line.items[at].has("time")):
        at -= 1
    if at < 0:
        return False
    if line.items[at].has("v.be"):
        return not line.items[at].has("v.be.have")
    after = line.items[head.last] if head.last < len(line.items) else None
    return "f.past" in head.features and after is not None and (after.has("prep.by") or after.has("prep.in") and fills(line, at)) and not line.items[at].has("modal")
