"""From a line's heads to drafts of claims: voices, status, time, place and figures of each; the memory of the article is kept."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date

from trucewatch.clause import nearby
from trucewatch.clause.borders import light, phrase_at
from trucewatch.clause.line import Head, Line
from trucewatch.clause.nouns import Noun, nouns
from trucewatch.clause.relations import frame_of
from trucewatch.drafting import status, voices
from trucewatch.drafting.discourse import Discourse
from trucewatch.drafting.draft import Around, Draft, Named, Told
from trucewatch.drafting.merge import caused, merge, voting
from trucewatch.drafting.slots import Filled, actors_of, fill
from trucewatch.drafting.tells import doubt, held
from trucewatch.drafting.voices import Scope
from trucewatch.drafting.when import Context, resolve
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor
from trucewatch.model import When
from trucewatch.packs import Pack


def drafts(line: Line, pack: Pack, memory: Discourse) -> list[Draft]:
    """The drafts of one sentence, in order of the text; the memory is brought up to date."""
    memory.meet(line.items, line.number)
    found = voices.scopes(line, pack)
    out: list[Draft] = []
    doubted: list[Draft] = []
    before = memory.latest(line.start)
    phrases = nouns(line)
    for head in line.heads:
        if not head.event:
            continue
        for other in head.others:
            aside = copy(memory)
            filled = _paired(other, fill(line, other, found, pack, aside), aside)
            doubted.append(replace(_draft(line, other, filled, found, phrases, before, pack, aside), doubt="other"))
        filled = fill(line, head, found, pack, memory)
        why = doubt(line, head, filled, found)
        if why is not None:
            aside = copy(memory)
            doubted.append(
                replace(_draft(line, head, _paired(head, filled, aside), found, phrases, before, pack, aside), doubt=why)
            )
            continue
        filled = _paired(head, filled, memory)
        out.append(_draft(line, head, filled, found, phrases, before, pack, memory))
        if filled.own and filled.doer is not None and filled.doer.kind != "pronoun":
            memory.doer = filled.doer
        if len(filled.slots.get("participants", [])) == 2:
            memory.pair, memory.paired = tuple(filled.slots["participants"]), line.number
    out, doubted = _restored(line, found, out, doubted)
    _remember_voices(line, found, memory, pack)
    for at in range(len(line.items)):
        if line.place(at) is not None:
            memory.spots.insert(0, (line, at))
    memory.quoting = _left_open(line, found, memory)
    made = [voting(draft, memory) for draft in merge(caused(out, memory))]
    for draft in made:
        for slot in ("actors", "participants"):
            if draft.filled.slots.get(slot):
                memory.doers_of[draft.head.kind] = tuple(draft.filled.slots[slot])
                break
    return sorted((*made, *doubted), key=lambda d: d.head.at)


def _restored(
    line: Line, found: Sequence[Scope], kept: Sequence[Draft], doubted: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """A threat, wish, blame or refusal whose content tells no happening of its own tells itself."""
    told = {draft.head.at for draft in kept}
    back = [d for d in doubted if d.doubt == "content" and not any(h.at in told for h in held(line, d.head, found))]
    out = sorted((*kept, *(replace(draft, doubt=None) for draft in back)), key=lambda d: d.head.at)
    return out, [draft for draft in doubted if all(draft is not other for other in back)]


def _left_open(line: Line, found: Sequence[Scope], memory: Discourse) -> Actor | None:
    """Who goes on speaking after this sentence: a quotation opened in it (or before it) is not closed."""
    marks = sum(item.has("p.quote") for item in line.items) + sum(
        1 for i in line.items if i.mark is not None for t in i.tokens if t.key == '"'
    )
    if memory.quoting is not None:
        return memory.quoting if marks % 2 == 0 else None
    if marks % 2 == 0:
        return None
    return memory.speaker if any(s.kind == "say" for s in found) else None


def _remember_voices(line: Line, found: Sequence[Scope], memory: Discourse, pack: Pack) -> None:
    for scope in found:
        if scope.kind in ("say", "deny", "demand") and scope.who is not None and scope.who.actor is not None:
            speaker = memory.resolve(scope.who.actor, line.items[scope.who.at])
            if speaker.kind != "pronoun":
                memory.speaker = speaker
                memory.doer = speaker


def _around(
    line: Line, found: Sequence[Scope], phrases: tuple[Noun, ...], before: tuple[Actor, ...], memory: Discourse
) -> Around:
    named: list[Named] = []
    for at, item in enumerate(line.items):
        actor = line.actor(at)
        if actor is None:
            if line.count(at) is not None:
                named.extend(Named(at, p, p) for p in actors_of(line, phrase_at(line, at, ""), memory))
            continue
        for form in actor.members or (actor,):
            named.extend(Named(at, form, one) for one in memory.resolve_all(form, item))
    return Around(
        named=tuple(named),
        nouns=phrases,
        times=tuple(memory.times[:4]),
        before=before,
        speaker=memory.speaker,
        doer=memory.doer,
        told=memory.told,
        scopes=tuple(found),
        spots=tuple(memory.spots[:3]),
        published=memory.published,
        truce=memory.truce,
        quoting=memory.quoting,
    )


def _draft(
    line: Line,
    head: Head,
    filled: Filled,
    found: Sequence[Scope],
    phrases: tuple[Noun, ...],
    before: tuple[Actor, ...],
    pack: Pack,
    memory: Discourse,
) -> Draft:
    around = _around(line, found, phrases, before, memory)
    holding = voices.over(found, head.at, _background(line, head))
    rules = [head.rule]
    chain: list[Told] = []
    if memory.quoting is not None and head.at < next(
        (i for i, item in enumerate(line.items) if item.has("p.quote")), len(line.items)
    ):
        chain.append(Told(memory.quoting, None))
    for scope in holding:
        links = (_carrier(line, scope, memory), _teller(line, scope, memory))
        chain += [told for told in links if told is not None and all(told.actor.name != other.actor.name for other in chain)]
        if scope.head is not None:
            rules.append(scope.head.rule)
    if chain and _performed(line, head, holding, filled, chain[-1]):
        chain.pop()
    frame = frame_of(head, pack)
    if frame.get("speaker") == "subj":
        doers = filled.slots.get(frame["subj"], [])
        deed = head.values.get("deed") == "1"
        speaker = filled.whole if filled.whole is not None and filled.doer in doers else doers[0] if doers else None
        if speaker is not None and not deed and speaker.kind != "pronoun" and not chain:
            chain.append(Told(speaker, None))
    filled = _spoken_deed(line, head, filled, holding, chain, frame, memory)
    inner = holding[-1] if holding else None
    state = "occurred" if _wish(head, holding) else status.of(line, head, holding, pack)
    counts = tuple(nearby.counts(line, head))
    used = set(filled.used)
    at, when = _when(line, head, found, pack, memory, state, counts)
    spots = nearby.places(line, used)
    ranked = sorted((nearby.cost(line, head, p) + extra, p) for p, extra in spots)
    place = ranked[0][1] if ranked and ranked[0][0] <= 14 else None
    rules = list(dict.fromkeys(rules))
    return Draft(line, head, (head,), filled, tuple(chain), state, when, at, place, counts, inner, tuple(rules), around)


def _paired(head: Head, filled: Filled, memory: Discourse) -> Filled:
    """A deal or meeting named again keeps the two parties named last, in the same or the sentence before."""
    slots = filled.slots
    if (
        head.kind not in ("CONSULT", "AGREE")
        or slots.get("participants")
        or slots.get("actors")
        or memory.line - memory.paired > 1
    ):
        return filled
    if head.values.get("mode") in ("accept", "offer") or not memory.pair:
        return filled
    return replace(filled, slots={**slots, "participants": list(memory.pair)})


def _wish(head: Head, holding: Sequence[Scope]) -> bool:
    """A wish without a type of its own as content of a demand is the demand itself, told as made."""
    return head.kind == "REQUEST" and bool(holding) and holding[-1].kind in ("demand", "REQUEST")


def _spoken_deed(
    line: Line,
    head: Head,
    filled: Filled,
    holding: Sequence[Scope],
    chain: Sequence[Told],
    frame: Mapping[str, str],
    memory: Discourse,
) -> Filled:
    """Who speaks is the doer of a verbal act without one of its own; a wish made in a demand has the demander as doer, the one
    asked as recipient."""
    slots = dict(filled.slots)
    if _wish(head, holding) and holding[-1].who is not None:
        scope = holding[-1]
        assert scope.who is not None
        slots["actors"] = actors_of(line, scope.who, memory)
        if scope.whom is not None:
            slots["recipients"] = actors_of(line, scope.whom, memory)
    elif frame.get("speaker") == "subj" and not slots.get("actors") and chain and head.kind != "REQUEST":
        slots["actors"] = [chain[-1].actor]
    return replace(filled, slots=slots)


def _performed(line: Line, head: Head, holding: Sequence[Scope], filled: Filled, told: Told) -> bool:
    """Saying is doing: who announces a truce of its own is its doer, not a voice on it."""
    acts = ("AGREE", "RETREAT", "CONCEDE", "DELAY", "ESTABLISH", "SANCTION", "MOBILIZE")
    if (
        not holding
        or holding[-1].head is None
        or holding[-1].head.values.get("performs") != "1"
        or head.pos != "n"
        or head.kind not in acts
    ):
        return False
    doers = [a for slot in ("actors", "participants") for a in filled.slots.get(slot, [])]
    return light(line, head) == holding[-1].head and any(a.name == told.actor.name for a in doers)


def _background(line: Line, head: Head) -> bool:
    """Whether an event stands in a clause of time or a relative clause."""
    for i in range(head.at - 1, max(-1, head.at - 6), -1):
        item = line.items[i]
        if item.any("p.comma", "p.stop", "p.quote"):
            return False
        if item.has("that") and i and line.items[i - 1].any("v", "n.say", "p.comma"):
            return False  # a complementizer, not a relative
        if item.any("prep.since", "rel"):
            return True
    return False


def _teller(line: Line, scope: Scope, memory: Discourse) -> Told | None:
    """The voice of a scope: its subject resolved, or who spoke last."""
    actor: Actor | None = None
    if scope.who is not None and scope.who.actor is not None:
        actor = memory.resolve(scope.who.actor, line.items[scope.who.at])
    if scope.impersonal or not _vocal(scope):
        return None
    if actor is not None and actor.kind == "document" and "document.deal" in actor.classes:
        return None  # what a plan or deal foresees is told by the outlet
    if actor is None or actor.kind == "pronoun":
        actor = memory.speaker
    return None if actor is None else Told(actor, scope.cue)


def _carrier(line: Line, scope: Scope, memory: Discourse) -> Told | None:
    """Who was told what follows and prints it ("a source told the agency that …")."""
    if scope.kind != "say" or not scope.printed or scope.whom is None or scope.whom.actor is None or scope.quoting:
        return None
    return Told(memory.resolve(scope.whom.actor, line.items[scope.whom.at]), scope.cue)


def _vocal(scope: Scope) -> bool:
    """Whether the doer of the operator says what follows: a plan or failure is a voice only where the lexicon says so."""
    if scope.kind in ("plan", "fail", "begin"):
        return scope.head is not None and scope.head.values.get("voice") == "1"
    if scope.kind == "may":
        return scope.head is None or scope.head.values.get("voice") != "0"
    return True


def _when(
    line: Line, head: Head, found: Sequence[Scope], pack: Pack, memory: Discourse, state: str, counts: Sequence[tuple[int, Count]]
) -> tuple[int | None, When | None]:
    """The nearest time; a time beside the reporting word dates the saying, which is the day of verbal and demanded acts only."""
    times = nearby.times(line)
    saying = {t for s in found if s.head is not None and not s.left for t in times if _of_saying(line, s, t)}
    frame = frame_of(head, pack)
    verbal = "speaker" in frame or state == "demanded"
    candidates = [t for t in times if (t not in saying or verbal) and not nearby.anothers(line, head, t)]
    at = nearby.nearest(line, head, candidates)
    if at is None:
        return None, _since_truce(head, memory, counts)
    item = line.items[at]
    time = line.time(at)
    assert time is not None
    if time.kind == "anaphor" and time.unit != "day" and memory.truce is not None and memory.published is not None:
        told = memory.told
        if told is None or told.start == told.end == memory.truce.isoformat():
            return at, When(
                memory.truce.isoformat(), memory.published.isoformat(), "day", "inferred", None, (item.start, item.end)
            )
    future = state in ("planned", "possible", "demanded") and at not in saying
    context = Context(memory.published, memory.told, memory.truce, future)
    when = resolve(time, context, None, (item.start, item.end))
    if when is not None:
        if when.start:
            memory.told = when
            memory.times = [when, *(t for t in memory.times if (t.start, t.end) != (when.start, when.end))]
        if head.kind in ("AGREE", "RETREAT") and head.values.get("starts") == "1" and when.start and when.start == when.end:
            memory.truce = date.fromisoformat(when.start)
    return at, when


def _since_truce(head: Head, memory: Discourse, counts: Sequence[tuple[int, Count]]) -> When | None:
    """A count of breaches without a time of its own runs since the truce came into force, where the article tells that day."""
    if head.kind != "VIOLATION" or not counts or memory.truce is None or memory.published is None:
        return None
    return When(
        memory.truce.isoformat(), memory.published.isoformat(), "day", "inferred", None, None, "since the truce came into force"
    )


def _of_saying(line: Line, scope: Scope, at: int) -> bool:
    """Whether a time belongs to the reporting word: it stands before the complementizer ("urged B on Monday to stop") or on the
    far side of the word."""
    if scope.head is None or scope.kind not in ("say", "demand", "deny"):
        return False
    opens = ("that", "p.colon", "prep.to") if scope.kind == "demand" else ("that", "p.colon")
    that = next((i for i in range(scope.head.last, scope.end) if line.items[i].any(*opens)), None)
    if that is not None and scope.head.last <= at < that:
        return True
    return at in (scope.head.at - 1,) and not any(h.event and h.at < at for h in line.heads)
