"""From a line's heads to drafts of claims: which heads tell a happening of their own, and what each draft holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trucewatch.coder import nearby, status, voices
from trucewatch.coder.discourse import Discourse
from trucewatch.coder.line import Head, Line
from trucewatch.coder.clauses import light
from trucewatch.coder.slots import Filled, fill
from trucewatch.coder.voices import Scope
from trucewatch.coder.when import Context, resolve
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor
from trucewatch.model import When
from trucewatch.packs import Pack


@dataclass(frozen=True, slots=True)
class Told:
    """A speaker and the reporting word: one link of the chain of voices."""

    actor: Actor
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before spans become text. `counts` are (item, count); `place` an item; `rules` the names of what fired."""

    line: Line
    head: Head
    heads: tuple[Head, ...]
    filled: Filled
    chain: tuple[Told, ...]
    status: str
    when: When | None
    when_at: int | None
    place: int | None
    counts: tuple[tuple[int, Count], ...]
    scope: Scope | None
    rules: tuple[str, ...]


def drafts(line: Line, pack: Pack, memory: Discourse) -> list[Draft]:
    """The drafts of one sentence, in order of the text; the memory is brought up to date."""
    memory.meet(line.items)
    found = voices.scopes(line, pack)
    out: list[Draft] = []
    for head in line.heads:
        if not head.event:
            continue
        filled = fill(line, head, found, pack, memory)
        if not _tells(line, head, filled, found):
            continue
        out.append(_draft(line, head, filled, found, pack, memory))
        if filled.own and filled.doer is not None and filled.doer.kind != "pronoun":
            memory.doer = filled.doer
        if len(filled.slots.get("participants", [])) == 2:
            memory.pair = tuple(filled.slots["participants"])
    _remember_voices(line, found, memory, pack)
    memory.quoting = _left_open(line, found, memory)
    made = [_voting(draft, memory) for draft in _merge(_caused(out, memory))]
    for draft in made:
        for slot in ("actors", "participants"):
            if draft.filled.slots.get(slot):
                memory.doers_of[draft.head.kind] = tuple(draft.filled.slots[slot])
                break
    return made


def _voting(draft: Draft, memory: Discourse) -> Draft:
    """A vote told without its body is the body's whose vote was told before, or the last one named that votes."""
    told = draft.filled.slots.get("actors", [])
    if draft.head.kind != "VOTE" or any(a.as_ != "abstaining" for a in told):
        return draft
    body = [a for a in memory.doers_of.get("VOTE", ()) if a.as_ is None] or memory.voters()
    return replace(draft, filled=replace(draft.filled, slots={**draft.filled.slots, "actors": [*body[:1], *told]})) if body else draft


def _left_open(line: Line, found: Sequence[Scope], memory: Discourse) -> Actor | None:
    """Who goes on speaking after this sentence: a quotation opened in it (or before it) is not closed."""
    marks = sum(item.has("p.quote") for item in line.items) + sum(1 for i in line.items if i.mark is not None for t in i.tokens if t.key == '"')
    if memory.quoting is not None:
        return memory.quoting if marks % 2 == 0 else None
    if marks % 2 == 0:
        return None
    return memory.speaker if any(s.kind == "say" for s in found) else None


def _caused(found: list[Draft], memory: Discourse) -> list[Draft]:
    """A toll told as the result of an attack or breach in the same clause has its doers."""
    out: list[Draft] = []
    for at, draft in enumerate(found):
        if draft.head.kind == "CASUALTIES" and not draft.filled.slots.get("actors"):
            cause = _cause_of(draft, found[:at], memory)
            if cause:
                draft = replace(draft, filled=replace(draft.filled, slots={**draft.filled.slots, "actors": list(cause)}))
        out.append(draft)
    return out


def _cause_of(draft: Draft, before: Sequence[Draft], memory: Discourse) -> tuple[Actor, ...]:
    line = draft.line
    for head in reversed([h for h in line.heads if h.last <= draft.head.at and h.kind in ("ASSAULT", "VIOLATION")]):
        between = line.items[head.last : draft.head.at]
        if len(between) > 14 or any(i.has("p.stop") or i.has("conj.while") or i.has("conj.but") for i in between):
            return ()
        own = next((d for d in before if d.head is head), None)
        same = next((d for d in reversed(before) if d.head.kind == head.kind), None)
        for told in (own, same if _pointed(line, head) else None):
            if told is not None and told.filled.slots.get("actors"):
                return tuple(told.filled.slots["actors"])
        return memory.doers_of.get(head.kind, ()) if _pointed(line, head) else ()
    return ()


def _pointed(line: Line, head: Head) -> bool:
    """"These violations": a demonstrative beside a noun points back to what was told."""
    near = [*line.items[max(0, head.at - 2) : head.at], *line.items[head.last : head.last + 1]]
    return head.pos == "n" and any(i.has("this") or i.has("det.this") for i in near)


def _remember_voices(line: Line, found: Sequence[Scope], memory: Discourse, pack: Pack) -> None:
    for scope in found:
        if scope.kind in ("say", "deny", "demand") and scope.who is not None and scope.who.actor is not None:
            speaker = memory.resolve(scope.who.actor, line.items[scope.who.at])
            if speaker.kind != "pronoun":
                memory.speaker = speaker
                memory.doer = speaker


def _tells(line: Line, head: Head, filled: Filled, found: Sequence[Scope]) -> bool:
    """Whether a head tells a happening of its own. Not: an operator whose content is an event; a noun that only names what another event
    is about; a weak word with nothing beside it."""
    if head.opens:
        inside = [s for s in found if s.head is not None and s.head.at == head.at]
        if inside and any(h.event and inside[0].start <= h.at < inside[0].end and _bears(line, head, h) for h in line.heads):
            return False
    if _owned(line, head) or head.kind in ("VIOLATION", "ASSAULT", "CASUALTIES", "ACCUSE") and _pointed(line, head):
        return False
    own = any(filled.slots.values())
    if head.pos == "n":
        verb = light(line, head)
        if nearby.named(line, head):
            return False
        if not own and not head.values.get("self") and (verb is None or verb.kind == "other") and not _anchored(line, head):
            return False
    if head.values.get("hint") == "weak" and not own and not _anchored(line, head):
        return False
    return True


def _owned(line: Line, head: Head) -> bool:
    """Whether a threat or refusal before it holds the event as its content ("threatened to attack", "refused to sign")."""
    for other in reversed([h for h in line.heads if h.event and h.last <= head.at]):
        between = line.items[other.last : head.at]
        if any(i.has("p.comma") or i.has("p.stop") or i.has("conj.while") or i.has("conj.and") for i in between):
            return False
        if other.kind == "THREATEN" and len(between) <= 10:
            return True
        if other.kind == "REJECT" and len(between) <= 3 and (head.pos == "n" or any(i.has("prep.to") or i.has("that") for i in between)):
            return True
    return False


def _bears(line: Line, operator: Head, head: Head) -> bool:
    """Whether the event stands in the operator's own complement, not behind a further clause."""
    between = line.items[operator.last : head.at]
    return len(between) <= 12 and not any(i.has("p.stop") or i.has("conj.while") or i.has("rel") for i in between)


def _anchored(line: Line, head: Head) -> bool:
    """A figure, a time or a place of its own beside it."""
    return _figures(line, head) or _timed(line, head) or any(nearby.cost(line, head, at) + extra <= 6 for at, extra in nearby.places(line, ()))


def _figures(line: Line, head: Head) -> bool:
    return any(abs(at - head.at) <= 4 for at, _ in nearby.counts(line, head))


def _timed(line: Line, head: Head) -> bool:
    close = any(nearby.held(line, at) for at in range(head.last, min(head.last + 3, len(line.items))) if line.items[at].has("rel"))
    return nearby.nearest(line, head, nearby.times(line, lambda at: False), 12 if close else 6) is not None


def _draft(line: Line, head: Head, filled: Filled, found: Sequence[Scope], pack: Pack, memory: Discourse) -> Draft:
    holding = voices.over(found, head.at, _background(line, head))
    rules = [head.rule]
    chain: list[Told] = []
    if memory.quoting is not None and head.at < next((i for i, item in enumerate(line.items) if item.has("p.quote")), len(line.items)):
        chain.append(Told(memory.quoting, None))
    for scope in holding:
        told = _teller(line, scope, memory)
        if told is not None and (not chain or chain[-1].actor.name != told.actor.name):
            chain.append(told)
        if scope.head is not None:
            rules.append(scope.head.rule)
    if chain and _performed(line, head, holding, filled, chain[-1]):
        chain.pop()
    frame = pack.frames[head.values.get("frame") or pack.events[head.kind]["frame"]]
    if frame.get("speaker") == "subj":
        doers = filled.slots.get(frame["subj"], [])
        deed = head.values.get("deed") == "1"
        speaker = filled.whole if filled.whole is not None and filled.doer in doers else doers[0] if doers else None
        if speaker is not None and not deed and speaker.kind != "pronoun" and not chain:
            chain.append(Told(speaker, None))
    inner = holding[-1] if holding else None
    state = status.of(line, head, holding, pack)
    counts = tuple(nearby.counts(line, head))
    used = set(filled.used)
    at, when = _when(line, head, found, pack, memory, state, counts)
    spots = nearby.places(line, used)
    ranked = sorted((nearby.cost(line, head, p) + extra, p) for p, extra in spots)
    place = ranked[0][1] if ranked and ranked[0][0] <= 14 else None
    return Draft(line, head, (head,), filled, tuple(chain), state, when, at, place, counts, inner, tuple(dict.fromkeys(rules)))


def _performed(line: Line, head: Head, holding: Sequence[Scope], filled: Filled, told: Told) -> bool:
    """Saying is doing: who announces a truce of its own is its doer, not a voice on it."""
    acts = ("AGREE", "RETREAT", "CONCEDE", "DELAY", "ESTABLISH", "SANCTION", "MOBILIZE")
    if not holding or holding[-1].head is None or holding[-1].head.values.get("performs") != "1" or head.pos != "n" or head.kind not in acts:
        return False
    doers = [a for slot in ("actors", "participants") for a in filled.slots.get(slot, [])]
    return light(line, head) == holding[-1].head and any(a.name == told.actor.name for a in doers)


def _background(line: Line, head: Head) -> bool:
    """Whether an event stands in a clause of time or a relative clause."""
    for i in range(head.at - 1, max(-1, head.at - 6), -1):
        item = line.items[i]
        if item.has("p.comma") or item.has("p.stop") or item.has("p.quote"):
            return False
        if item.has("prep.since") or item.has("rel"):
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


def _vocal(scope: Scope) -> bool:
    """Whether the doer of the operator says what follows: a plan or failure is a voice only where the lexicon says so."""
    if scope.kind in ("plan", "fail", "begin"):
        return scope.head is not None and scope.head.values.get("voice") == "1"
    if scope.kind == "may":
        return scope.head is None or scope.head.values.get("voice") != "0"
    return True


def _when(line: Line, head: Head, found: Sequence[Scope], pack: Pack, memory: Discourse, state: str,
          counts: Sequence[tuple[int, Count]]) -> tuple[int | None, When | None]:
    """The nearest time; a time beside the reporting word dates the saying, which is the day of verbal and demanded acts only."""
    saying = {t for s in found if s.head is not None and not s.left for t in nearby.times(line, lambda at: False) if _of_saying(line, s, t)}
    frame = pack.frames[head.values.get("frame") or pack.events[head.kind]["frame"]]
    verbal = "speaker" in frame or state == "demanded"
    candidates = [t for t in nearby.times(line, lambda at: False) if (t not in saying or verbal) and not nearby.anothers(line, head, t)]
    at = nearby.nearest(line, head, candidates)
    if at is None:
        return None, _since_truce(head, memory, counts)
    item = line.items[at]
    time = line.time(at)
    assert time is not None
    if time.kind == "anaphor" and time.unit != "day" and memory.truce is not None and memory.published is not None:
        told = memory.told
        if told is None or told.start == told.end == memory.truce.isoformat():
            return at, When(memory.truce.isoformat(), memory.published.isoformat(), "day", "inferred", None, (item.start, item.end))
    future = state in ("planned", "possible", "demanded") and at not in saying
    context = Context(memory.published, memory.told, memory.truce, future)
    when = resolve(time, context, None, (item.start, item.end))
    if when is not None:
        if when.start:
            memory.told = when
        if head.kind in ("AGREE", "RETREAT") and head.values.get("starts") == "1" and when.start and when.start == when.end:
            from datetime import date

            memory.truce = date.fromisoformat(when.start)
    return at, when


def _since_truce(head: Head, memory: Discourse, counts: Sequence[tuple[int, Count]]) -> When | None:
    """A count of breaches without a time of its own runs since the truce came into force, where the article tells that day."""
    if head.kind != "VIOLATION" or not counts or memory.truce is None or memory.published is None:
        return None
    return When(memory.truce.isoformat(), memory.published.isoformat(), "day", "inferred", None, None, "since the truce came into force")


def _of_saying(line: Line, scope: Scope, at: int) -> bool:
    """Whether a time belongs to the reporting word: it stands before the complementizer or on the far side of the word."""
    if scope.head is None or scope.kind not in ("say", "demand", "deny"):
        return False
    that = next((i for i in range(scope.head.last, scope.end) if line.items[i].has("that") or line.items[i].has("p.colon")), None)
    if that is not None and scope.head.last <= at < that:
        return True
    return at in (scope.head.at - 1,) and not any(h.event and h.at < at for h in line.heads)


def _merge(found: list[Draft]) -> list[Draft]:
    """Tolls of one breath become one claim; a verb and the noun of the same event beside it are one."""
    out: list[Draft] = []
    for draft in found:
        last = out[-1] if out else None
        if last is not None and last.head.kind == draft.head.kind and _one(last, draft):
            slots = {k: [*last.filled.slots.get(k, []), *(a for a in draft.filled.slots.get(k, []) if all(a.name != b.name for b in last.filled.slots.get(k, [])))]
                     for k in {*last.filled.slots, *draft.filled.slots}}
            counts = tuple({at: (at, c) for at, c in (*last.counts, *draft.counts)}.values())
            out[-1] = replace(last, heads=(*last.heads, draft.head), filled=replace(last.filled, slots=slots, used=last.filled.used | draft.filled.used),
                              counts=tuple(sorted(counts, key=lambda c: c[0])), when=last.when or draft.when, when_at=last.when_at if last.when else draft.when_at,
                              place=last.place if last.place is not None else draft.place, rules=tuple(dict.fromkeys((*last.rules, *draft.rules))))
            continue
        out.append(draft)
    return out


def _relative(a: Draft, b: Draft) -> bool:
    """"The meeting … which was held": a verb in the relative clause of the noun of the same event adds to it."""
    if b.head.pos != "v" or a.head.kind != b.head.kind or b.filled.own:
        return False
    nouns = [h for h in a.line.heads if h.kind == a.head.kind and h.pos == "n" and a.head.at <= h.at < b.head.at]
    if not nouns:
        return False
    low, high = nouns[-1].last, b.head.at
    between = a.line.items[low:high]
    if nouns[-1].at > 0 and any(a.line.items[k].has("prep.after") for k in (nouns[-1].at - 1, nouns[-1].at - 2) if k >= 0):
        return False  # the meeting after which this one is held is another
    if len(between) > 16 or any(i.has("p.stop") for i in between) or not any(i.has("rel") for i in between[-4:]):
        return False
    return not any(h.event and low <= h.at < high and h.kind != a.head.kind and h.pos == "v" for h in a.line.heads)


def _one(a: Draft, b: Draft) -> bool:
    if _relative(a, b):
        return True
    if a.heads[-1].pos == "n" and b.head.pos == "v" and a.head.kind == b.head.kind and 0 <= b.head.at - a.heads[-1].last <= 1:
        return True  # "a summit bringing together …"
    between = a.line.items[a.heads[-1].last : b.head.at]
    if a.head.kind == "VOTE" and len(between) <= 16:
        return True  # one ballot: for, against, abstaining
    if any(i.has("p.stop") or i.has("conj.while") or i.has("conj.but") or i.has("that") for i in between):
        return False
    if [t.actor.name for t in a.chain] != [t.actor.name for t in b.chain] or a.status != b.status:
        return False
    joined = any(i.has("conj.and") for i in between) and len(between) <= 12 and not b.filled.own
    if a.head.kind == "CONSULT" and joined and a.head.pos == b.head.pos == "v":
        return True  # they met and discussed
    if a.head.kind == "ACCUSE" and len(between) <= 12 and not b.filled.own and not b.filled.slots.get("recipients"):
        return True
    if a.status == "demanded" and a.head.pos == b.head.pos == "n" and a.head.kind == b.head.kind:
        return len(between) <= 6  # one demand that names several steps
    if a.head.kind in ("CASUALTIES", "VOTE"):
        return len(between) <= 14 and (a.when is None or b.when is None or (a.when.start, a.when.end) == (b.when.start, b.when.end))
    if len(between) <= 4 and a.head.kind == b.head.kind and not any(i.has("conj.and") or i.has("p.comma") for i in between):
        return a.head.pos == "v" and b.head.pos != "v" or a.head.pos != "v" and b.head.pos == "v"
    return False
