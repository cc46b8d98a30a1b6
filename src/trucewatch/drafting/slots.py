"""Which phrase fills which slot of an event: frame, control, resolution of short forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trucewatch.clause.borders import Phrase, light
from trucewatch.clause.line import Head, Line
from trucewatch.clause.relations import frame_of, is_passive, relations
from trucewatch.drafting.discourse import Discourse
from trucewatch.drafting.voices import Scope
from trucewatch.grammar.phrases import Actor
from trucewatch.packs import Pack

ROLES = ("actors", "recipients", "participants")


@dataclass(frozen=True, slots=True)
class Filled:
    """The slots of one event: actors by slot, the doer (for "and then he"; `whole`: the list it stands in), the items used,
    whether a verb's doer was found in its own clause, the phrases in relation to the head."""

    slots: dict[str, list[Actor]] = field(default_factory=dict)
    doer: Actor | None = None
    whole: Actor | None = None
    used: frozenset[int] = frozenset()
    own: bool = False
    phrases: tuple[Phrase, ...] = ()


def _onesided(head: Head, slots: dict[str, list[Actor]], phrases: Sequence[Phrase]) -> dict[str, list[Actor]]:
    """A deal with one side named is that side's own act: acceptance, offer, announcement."""
    alone = slots.get("participants", [])
    if (
        head.kind == "AGREE"
        and len(alone) == 1
        and not slots.get("actors")
        and not any(p.relation in ("with", "between") for p in phrases)
    ):
        return {**{k: v for k, v in slots.items() if k != "participants"}, "actors": alone}
    return slots


def actors_of(line: Line, phrase: Phrase, memory: Discourse) -> list[Actor]:
    """The actors of a phrase, short forms and pronouns resolved, a list taken apart; "440 people" names nobody."""
    item = line.items[phrase.at]
    bare = phrase.count is not None and phrase.count.of in ("other:person", "other:people", None) and not item.has("demonym")
    if phrase.actor is not None and not (bare and phrase.actor.kind == "group"):
        return [b for a in (phrase.actor.members or (phrase.actor,)) for b in memory.resolve_all(a, item)]
    if phrase.count is not None and phrase.count.noun is not None and not bare:
        return [Actor("group", phrase.count.noun, number="pl", classes=frozenset({"actor", "actor.group"}))]
    return []


def governor(found: Sequence[Scope], head: Head) -> Scope | None:
    """The innermost scope to the right of its word that holds the head."""
    holding = [s for s in found if s.start <= head.at < s.end and not s.left and s.head is not None and s.head.at != head.at]
    return max(holding, key=lambda s: s.start) if holding else None


def fill(line: Line, head: Head, found: Sequence[Scope], pack: Pack, memory: Discourse) -> Filled:
    """The slots by the head's frame; a missing doer comes from the light verb, the governing operator, or the doer told
    before."""
    frame = frame_of(head, pack)
    phrases = relations(line, head, pack)
    slots: dict[str, list[Actor]] = {}
    used: set[int] = set()
    doer: Actor | None = None
    whole: Actor | None = None
    own = False
    for phrase in phrases:
        office = phrase.relation.removeprefix("as.") if phrase.relation.startswith("as.") else None
        relation = next((r for r in (phrase.relation, *phrase.others) if r in frame), phrase.relation)
        named = (
            ("participants" if head.kind in ("CONSULT", "AGREE") else "actors") if office else frame.get(relation) or ""
        ).split("+")
        if phrase.at in used or named[0] not in ROLES:
            continue
        people = (
            _spoken(line, phrase, found, head) or actors_of(line, phrase, memory)
            if head.kind != "VOTE" or phrase.count is None
            else []
        )
        if not people:
            continue
        used.add(phrase.at)
        if office or head.values.get("of") == "abstentions":
            people = [replace(p, as_=office or "abstaining") for p in people]
        if phrase.relation == "subj":
            doer, own = people[0], True
            whole = phrase.actor if phrase.actor is not None and phrase.actor.members else people[0]
        for slot in named:
            slots.setdefault(slot, []).extend(people)
    subject_slot = (frame.get("subj") or "").split("+")[0]
    if (
        doer is None
        and frame.get("speaker") == "subj"
        and head.pos == "a"
        and (scope := governor(found, head)) is not None
        and scope.kind == "say"
    ):
        people = actors_of(line, scope.who, memory) if scope.who is not None else []
        if people:
            doer = people[0]
            slots.setdefault(subject_slot, []).extend(people)
    agent = subject_slot in ("actors", "participants") and not is_passive(line, head, pack)
    if doer is None and agent and subject_slot not in slots:
        people = _control(line, head, found, pack, memory)
        if people:
            doer = people[0]
            if head.pos == "v" or subject_slot not in slots:
                kept = [p for p in people if all(p.name != q.name for others in slots.values() for q in others)]
                slots.setdefault(subject_slot, []).extend(kept)
    for name, span in head.slots.items():
        if name in ROLES:
            for at, item in enumerate(line.items):
                if span[0] <= item.start < span[1] and line.actor(at) is not None:
                    slots.setdefault(name, []).extend(actors_of(line, Phrase(at, name, line.actor(at)), memory))
                    used.add(at)
    slots = _onesided(head, {k: _unique([a for a in v if a.kind != "pronoun"]) for k, v in slots.items()}, phrases)
    return Filled(slots, doer, whole or doer, frozenset(used), own, tuple(phrases))


def _spoken(line: Line, phrase: Phrase, found: Sequence[Scope], head: Head) -> list[Actor]:
    """A pronoun inside what somebody says is that speaker where number and kind allow ("the army said it …", "the minister said
    he …")."""
    if phrase.actor is None or phrase.actor.kind != "pronoun":
        return []
    scope = governor(found, head)
    who = scope.who.actor if scope is not None and scope.who is not None else None
    if who is None or who.kind == "pronoun" or scope is None or scope.who is None or scope.who.at >= phrase.at or who.short:
        return []
    person = who.kind in ("person", "name", "office", "official", "source")
    classes = phrase.actor.classes
    fits = "f.pl" in classes or (person if classes & {"f.m", "f.f"} else not person)
    return list(who.members or (who,)) if fits else []


def _control(line: Line, head: Head, found: Sequence[Scope], pack: Pack, memory: Discourse) -> list[Actor]:
    """Whom the construction makes the doer: the subject of a light verb, the one asked or blamed, the one who plans."""
    if head.pos == "n":
        verb = light(line, head)
        if verb is not None and (verb.operator or verb.kind) in ("begin", "other", "say", "plan", "fail", "deny"):
            subject = next((p for p in relations(line, verb, pack) if p.relation == "subj"), None)
            if subject is not None and not (
                verb.operator == "say" and subject.actor is not None and subject.actor.kind in ("media", "document", "source")
            ):
                return actors_of(line, subject, memory)
            scope = governor(found, verb)
            if scope is not None and scope.who is not None and verb.kind == "begin":
                return actors_of(line, scope.who, memory)
        scope = governor(found, head)
        if (
            scope is not None
            and scope.head is not None
            and scope.kind in ("demand", "ACCUSE", "REQUEST")
            and scope.whom is not None
        ):
            return actors_of(line, scope.whom, memory)
        return []
    scope = governor(found, head)
    if scope is not None and scope.head is not None:
        to_verb = head.at > 0 and (
            line.items[head.at - 1].has("prep.to") or head.features & {"f.ing", "f.base"} or line.items[head.at - 1].has("that")
        )
        if scope.kind in ("demand", "ACCUSE", "REQUEST") and scope.whom is not None:
            return actors_of(line, scope.whom, memory)
        if scope.kind in ("demand", "REQUEST"):
            return []
        close = line.items[head.at - 1].has("that") or _after_pronoun(line, head)
        if scope.who is not None and (close if scope.kind == "say" else to_verb or pack.order == "vso"):
            return actors_of(line, scope.who, memory)
    if memory.doer is not None and _after_pronoun(line, head):
        return [memory.doer]
    if pack.order == "vso" and memory.doer is not None and head.at <= 2:
        return [memory.doer]
    return []


def _after_pronoun(line: Line, head: Head) -> bool:
    """A pronoun on the complementizer is the doer ("but that-it has not …")."""
    at = head.at - 1
    while at >= 0 and line.items[at].any("neg", "modal", "adv", "v.be"):
        at -= 1
    return at >= 1 and line.items[at].has("clitic.post") and line.items[at].has("pron") and line.items[at - 1].has("that")


def _unique(people: list[Actor]) -> list[Actor]:
    out: list[Actor] = []
    for person in people:
        if all(person.name != other.name for other in out):
            out.append(person)
    return out
