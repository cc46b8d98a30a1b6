"""Which phrases stand in which relation to a head: doer, object, complement, prepositions. The order of words is the pack's."""

from collections.abc import Iterator, Mapping

from trucewatch.clause.borders import (
    REACH,
    Phrase,
    aside_before,
    breaks,
    fills,
    part,
    phrase_at,
    relation_of,
    relations_of,
    verb_at,
)
from trucewatch.clause.headfinal import lefts
from trucewatch.clause.line import Head, Line
from trucewatch.packs import Pack


def frame_of(head: Head, pack: Pack, other: str = "") -> Mapping[str, str]:
    """The frame of a head: its own, else its event's; `other` for a word that tells no event ("" = none)."""
    name = head.values.get("frame") or (pack.events[head.kind]["frame"] if head.event else other)
    return pack.frames[name] if name else {}


def relations(line: Line, head: Head, pack: Pack) -> list[Phrase]:
    """All phrases in relation to a head, in the frame's terms: subj obj gen adj of by with to from on against for in between …"""
    if pack.order == "sov":
        return lefts(line, head)
    if head.pos in ("n", "a") and not head.features & {"f.past", "f.pp"}:
        return list(_noun_relations(line, head, pack))
    out: list[Phrase] = []
    right = list(rights(line, head))
    passive = is_passive(line, head, pack)
    left = subject_left(line, head)
    if pack.order == "svo":
        left = _before(line, head, pack) or left
        if right and _inverted(line, head, right[0]) or left is None and right and _follows(line, head, right[0], pack):
            left, right = Phrase(right[0].at, "subj", right[0].actor, right[0].count), right[1:]
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
        elif (opening := _opening(line, head) or before) is not None:
            left = opening
        elif left is not None and not _governs(line, left.at, head.at):
            left = None
    if left is not None and not passive and pack.passive == "unmarked" and head.values.get("frame") == "kill":
        # Unvocalised, "killed" is read as passive where one phrase follows and it names people, not a body.
        alone = not any(p.relation == "" for p in right)
        passive = alone and (
            left.count is not None or left.actor is not None and left.actor.kind in ("group", "person", "office", "name")
        )
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


def _inverted(line: Line, head: Head, phrase: Phrase) -> bool:
    """ "…, said the minister": a reporting verb behind a comma, its doer right behind it and then a sign or the end."""
    small = all(i.any("time", "adv") for i in line.items[head.last : phrase.at])
    if head.operator != "say" or phrase.relation or not small or "f.ing" in head.features:
        return False
    opener = next((i for i in reversed(line.items[: head.at]) if not i.any("v.be", "adv", "pron")), None)
    after = line.items[phrase.at + 1 : phrase.at + 2]
    return opener is not None and opener.any("p.comma", "p.quote", "p.dash") and all(i.any("p", "time", "prep.in") for i in after)


def _follows(line: Line, head: Head, phrase: Phrase, pack: Pack) -> bool:
    """ "Died on Monday three soldiers": a finite verb that takes no object, its doer right behind it."""
    frame = frame_of(head, pack, "ask")
    small = all(i.any("time", "adv", "det", "adj", "clitic") for i in line.items[head.last : phrase.at])
    finite = head.pos == "v" and bool(head.features & {"f.past", "f.pres", "f.fut"}) and not head.features & {"f.base", "f.ing"}
    return small and finite and phrase.relation == "" and "subj" in frame and "obj" not in frame


def is_passive(line: Line, head: Head, pack: Pack) -> bool:
    """Passive by form: a participle after "be", a bare participle after its noun, or a form the lexicon or the vowel signs mark
    as passive. A word for dying or fleeing has no object, so that its doer stays who suffers."""
    if "f.pass" in head.features or line.items[head.at].has("vowel.pass"):
        suffers = frame_of(head, pack)
        return "obj" in suffers or suffers.get("subj") != "recipients"
    if pack.passive != "participle" or "f.pp" not in head.features:
        return False
    frame = frame_of(head, pack)
    if head.event and "obj" not in frame:
        return False  # an intransitive verb has no passive
    at = head.at - 1
    while at >= 0 and (line.items[at].any("adv", "neg", "time")):
        at -= 1
    if at < 0:
        return False
    if line.items[at].has("v.be"):
        return not line.items[at].has("v.be.have")
    if pack.adjective == "after" and not head.features & {"f.past", "f.pres", "f.base"}:
        return True  # a form that is nothing but a participle, with no auxiliary before it
    after = line.items[head.last] if head.last < len(line.items) else None
    return (
        "f.past" in head.features
        and after is not None
        and (after.has("prep.by") and _somebody(line, head.last + 1) or after.has("prep.in") and fills(line, at))
        and not line.items[at].has("modal")
    )


def _somebody(line: Line, at: int) -> bool:
    """Whether somebody stands within the next three items ("by the army", not "by 13 votes")."""
    return any(fills(line, i) for i in range(at, min(at + 3, len(line.items))))


def subject_left(line: Line, head: Head) -> Phrase | None:
    """The doer to the left of a verb: the nearest phrase without a preposition, asides passed over, the antecedent of a
    relative clause."""
    at = head.at - 1
    steps = 0
    while at >= 0 and steps < REACH:
        item = line.items[at]
        steps += 1
        if item.any("p.comma", "p.dash"):
            jump = aside_before(line, at)
            if jump != at:
                at = jump - 1
                continue
        if item.has("rel"):
            for k in range(at - 1, max(-1, at - 4), -1):
                if fills(line, k):
                    return phrase_at(line, k, "subj")
                if line.items[k].has("p.stop") or verb_at(line, k):
                    return None
            return None
        if item.any("conj.but", "adv") and _open(line, at, head.at):
            at -= 1
            continue
        if item.any("p.stop", "that", "conj.while", "conj.but", "conj.if"):
            return None
        if verb_at(line, at) and not _chained(line, at, head):
            return None
        if fills(line, at) and relation_of(line, at) is None:
            return phrase_at(line, at, "subj")
        at -= 1
    return None


def _chained(line: Line, at: int, head: Head) -> bool:
    """Whether the verb at `at` is only an auxiliary or light verb of `head`, so that its subject is head's own."""
    other = next(h for h in line.heads if h.at <= at < h.last)
    if other.kind in ("be", "begin"):
        return True
    if other.operator in ("demand", "REQUEST") and not any(
        i.any("conj.and", "conj.but") for i in line.items[other.last : head.at]
    ):
        return False  # "called on A to …": the one asked is the doer
    between = line.items[other.last : head.at]
    joined = any(i.any("conj.and", "conj.but") for i in between) or line.items[head.at - 1].has("prep.to")
    return joined and len(between) <= 12 and not any(i.any("that", "rel") for i in between)


def _open(line: Line, at: int, stop: int) -> bool:
    """Only auxiliaries and adverbs stand between."""
    return all(line.items[i].any("adv", "modal", "neg", "v.be") for i in range(at + 1, stop))


def rights(line: Line, head: Head) -> Iterator[Phrase]:
    """Phrases to the right of a head up to the end of its clause, each with its relation ("" = no preposition)."""
    at = head.last
    steps = 0
    if head.event and line.items[at - 1].has("tail.that"):
        return  # "denounced that": what follows is a clause of its own
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
            if nxt.any("rel", "v", "conj.and", "prep.to", "accord"):
                return
            if line.actor(at + 1) is not None and verb_at(line, at + 2):
                return  # ", local authorities reported"
        if item.any("accord", "prep.because"):
            return
        beside = (
            item.has("demonym")
            and item.has("actor.state")
            and not item.has("f.pl")
            and any(h.at in (at + 1, at + 2) and h.event and h.pos == "n" for h in line.heads)
        )
        if fills(line, at) and not beside:
            office = part(line, at)
            found = relations_of(line, at)
            yield phrase_at(line, at, f"as.{office}" if office else found[0] if found else "", found[1:])
        at += 1


def _noun_relations(line: Line, head: Head, pack: Pack) -> Iterator[Phrase]:
    """Phrases around a noun: demonym or possessor beside it, complement after it, prepositions."""
    before, after = head.at - 1, head.last
    k = before
    while k >= 0 and k >= before - 3 and line.items[k].any("adj", "poss", "number", "quantity", "adv", "skip", "p.dash"):
        k -= 1
    if pack.adjective == "before" and k >= 0:
        item = line.items[k]
        if (
            item.has("demonym")
            or (fills(line, k) and relation_of(line, k) is None and _adjacent(line, k, head.at))
            or line.items[min(k + 1, before)].has("poss")
            and fills(line, k)
        ):
            yield phrase_at(line, k, "adj")
    if after < len(line.items) and line.items[after].has("clitic.post") and line.items[after].has("pron"):
        owner = next((k for k in range(head.at - 1, max(-1, head.at - 10), -1) if fills(line, k)), None)
        if owner is not None:
            yield phrase_at(line, owner, "gen")
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
                yield phrase_at(line, k, "adj")


def _adjacent(line: Line, at: int, stop: int) -> bool:
    return all(line.items[i].any("poss", "adj", "number", "quantity", "cap", "skip", "p.dash") for i in range(at + 1, stop))


def _near(line: Line, start: int, at: int) -> bool:
    return at - start <= 2 and not any(line.items[i].any("prep", "p") for i in range(start, at))


def _before(line: Line, head: Head, pack: Pack) -> Phrase | None:
    """The doer of the verb before, where "and" joins this verb to it without a doer of its own between."""
    at = head.at - 1
    while at >= 0 and line.items[at].any("modal", "neg", "adv", "v.be"):
        at -= 1
    if at > 0 and "f.ing" in head.features and line.items[at].has("p.comma"):
        finite = [
            h for h in line.heads if h.pos == "v" and h.last <= at and h.kind != "be" and not h.features & {"f.ing", "f.base"}
        ]
        if finite:  # "bombed the market, killing 20"
            return next((p for p in relations(line, finite[-1], pack) if p.relation == "subj"), None)
    if at < 0 or not line.items[at].any("conj.and", "conj.but", "conj.then"):
        return None
    earlier = [h for h in line.heads if h.pos == "v" and h.last <= at and h.kind != "be"]
    if not head.features & {"f.ing", "f.base"}:  # a finite verb joins a finite one
        earlier = [h for h in earlier if not h.features & {"f.ing", "f.base"}] or earlier
    if not earlier:
        return None
    return next((p for p in relations(line, earlier[-1], pack) if p.relation == "subj"), None)


def _opening(line: Line, head: Head) -> Phrase | None:
    """The doer of a sentence that opens with a verb that the lexicon does not hold, where "and said" goes on with it."""
    if head.operator != "say" or head.at < 3 or not line.items[head.at - 1].has("conj.and"):
        return None
    first = next((k for k, item in enumerate(line.items[:3]) if not item.any("clitic.pre", "conj.and")), 0)
    opened = line.items[first].has("word") and line.items[first].mark is None
    return phrase_at(line, first + 1, "subj") if opened and fills(line, first + 1) else None


def _object_first(line: Line, head: Head, phrase: Phrase, pack: Pack) -> bool:
    """A joined verb that asks, blames or strikes: people without a body beside it are whom it concerns, not who does it."""
    frame = frame_of(head, pack, "ask")
    people = phrase.count is not None or phrase.actor is not None and phrase.actor.kind == "group"
    return people and "obj" in frame


def _adjoins(line: Line, at: int, stop: int) -> bool:
    """Only auxiliaries, negation, adverbs and asides stand between a phrase and the verb after it."""
    i = stop - 1
    while i > at:
        item = line.items[i]
        if item.any("p.comma", "p.dash"):
            jump = aside_before(line, i)
            if jump == i and not (i - 1 == at and any(token.key == "," for token in line.items[at].tokens)):
                return False  # a comma that closes no aside, neither one between nor the name behind an office
            i = jump
        elif not item.any("modal", "neg", "adv", "v.be", "rel", "p.quote", "time", "p.close", "clitic.post"):
            return False
        i -= 1
    return True


def _governs(line: Line, at: int, stop: int) -> bool:
    """A doer named earlier still holds for a verb that is joined by "and" or stands in a relative clause."""
    between = line.items[at + 1 : stop]
    return any(i.any("conj.and", "rel", "conj.then") for i in between)
