"""Drafts become claims of the public form."""

import hashlib
import json
from dataclasses import replace

from trucewatch import __version__
from trucewatch.clause.nearby import cost
from trucewatch.coder.figures import quantities
from trucewatch.drafting.draft import Draft, Told
from trucewatch.grammar.phrases import Actor
from trucewatch.model import Article, Claim, Coder, Evidence, Phrase, Role, Voice, When, Where
from trucewatch.packs import Pack

_KINDS = {
    "state": "organisation",
    "group": "organisation",
    "name": "person",
    "list": "organisation",
    "pronoun": "source",
    "phrase": "source",
}


def claim(article: Article, draft: Draft, pack: Pack) -> Claim:
    """The claim a draft tells, with ids that depend on its content alone."""
    text = article.text
    figures = quantities(draft, text)
    slots = {
        name: tuple(_role(a, text) for a in draft.filled.slots.get(name, [])) for name in ("actors", "recipients", "participants")
    }
    speaker = (Voice("outlet", None, None, None, article.outlet), *(_voice(t, text) for t in draft.chain))
    evidence = _evidence(draft, text)
    made = Claim(
        id="",
        reading="",
        article=article.id,
        event=draft.head.kind,
        mode=_mode(draft),
        status=draft.status,
        speaker=speaker,
        **slots,
        when=_when(draft, text),
        where=_where(draft, text, pack),
        cause=_cause(draft, text),
        object=_object(draft, text),
        quantities=figures,
        about=(),
        refers=_refers(draft, text),
        evidence=evidence,
        coder=Coder("rules", __version__, draft.rules),
    )
    return signed(made, draft.line.items[draft.head.at].start)


def _mode(draft: Draft) -> str | None:
    """The trigger's mode; a meeting told as remote in its clause (class `manner.online`, `manner.phone`) is that."""
    if draft.head.kind == "CONSULT":
        for manner in ("online", "phone"):
            if any(h.values.get("mode") == manner for h in draft.heads) or any(
                item.has(f"manner.{manner}") and cost(draft.line, draft.head, at) <= 16
                for at, item in enumerate(draft.line.items)
            ):
                return manner
    return draft.head.values.get("mode")


def signed(made: Claim, start: int) -> Claim:
    """The claim with `id` (article, event, start of the trigger, innermost voice) and `reading` (everything else)."""
    inner = made.speaker[-1]
    key = json.dumps([made.article, made.event, start, inner.text or inner.kind], ensure_ascii=False)
    content = made.public()
    del content["id"], content["reading"]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return replace(made, id=f"c:{hashlib.sha256(key.encode()).hexdigest()[:16]}", reading=f"r:{digest[:16]}")


def _role(actor: Actor, text: str) -> Role:
    return Role(text[actor.name[0] : actor.name[1]], *actor.name, actor.party, actor.as_)


def _voice(told: Told, text: str) -> Voice:
    actor = told.actor
    kind = _KINDS.get(actor.kind, actor.kind)
    cue = text[told.cue[0] : told.cue[1]] if told.cue else None
    return Voice(kind, text[actor.name[0] : actor.name[1]], *actor.name, actor.party, cue)


def _when(draft: Draft, text: str) -> When | None:
    if draft.when is None or draft.when_at is None:
        return draft.when
    item = draft.line.items[draft.when_at]
    return replace(draft.when, text=text[item.start : item.end], at=(item.start, item.end))


def _where(draft: Draft, text: str, pack: Pack) -> Where | None:
    if draft.place is None or _mode(draft) == "online":
        return None
    line = draft.place_in or draft.line
    item = line.items[draft.place]
    value = line.place(draft.place)
    ids = value.ids if value is not None else ()
    actor = line.actor(draft.place)
    if not ids and actor is not None:
        ids = tuple(filter(None, (actor.place, actor.party)))
    known = [pack.world.places[i] for i in ids if i in pack.world.places]
    best = max(known, key=lambda p: (p.population or 0, p.id)) if known else None
    start, end = value.name if value is not None else (item.start, item.end)
    if draft.place_name is not None:
        return Where(text[slice(*draft.place_name)], *draft.place_name, None, None, None, None, None, None)
    if best is not None:
        told = (value.precision if value is not None else None) or best.precision
        return Where(text[start:end], start, end, best.id, best.name, best.country, best.lat, best.lon, told)
    country = next((i for i in ids if len(i) == 3 and i.isupper()), None)
    precision = value.precision if value is not None else None
    return Where(text[start:end], start, end, None, None, country, None, None, "country" if country else precision)


def _evidence(draft: Draft, text: str) -> tuple[Evidence, ...]:
    line = draft.line
    starts, ends = [], []
    for head in draft.heads:
        starts.append(line.items[head.at].start)
        ends.append(line.items[head.last - 1].end)
    for actors in draft.filled.slots.values():
        for actor in actors:
            if line.start <= actor.name[0] and actor.name[1] <= line.end and abs(actor.name[0] - starts[0]) < 160:
                starts.append(actor.name[0])
                ends.append(actor.name[1])
    for at, _ in draft.counts:
        starts.append(line.items[at].start)
        ends.append(line.items[at].end)
    start, end = min(starts), max(ends)
    out = [Evidence("event", start, end, text[start:end])]
    for told in draft.chain[-1:]:
        a, b = told.actor.name
        out.append(Evidence("voice", a, b, text[a:b]))
    for role, spot in (("time", draft.when_at), ("place", draft.place)):
        if spot is not None and (role != "time" or draft.when is not None):
            item = ((draft.place_in if role == "place" else None) or line).items[spot]
            start, end = (role == "place" and draft.place_name) or (item.start, item.end)
            out.append(Evidence(role, start, end, text[start:end]))
    for at, _ in draft.counts:
        item = line.items[at]
        out.append(Evidence("figure", item.start, item.end, text[item.start : item.end]))
    for actors in draft.filled.slots.values():
        for actor in actors:
            if not (line.start <= actor.name[0] < line.end):
                out.append(Evidence("antecedent", *actor.name, text[actor.name[0] : actor.name[1]]))
    return tuple(dict.fromkeys(out))


def _clause_end(draft: Draft, at: int) -> int:
    items = draft.line.items
    end = at
    while end < len(items) and end - at < 16 and not (items[end].any("p.stop", "p.comma", "conj.while")):
        end += 1
    return end


def _cause(draft: Draft, text: str) -> tuple[Phrase, ...]:
    """Why, as told: what follows a preposition of cause, or a verb that lays one thing to another ("attributed his doubts to
    …")."""
    items = draft.line.items
    for head in draft.heads:
        if head.values.get("cause") == "1":
            to = next((k for k in range(head.last, min(len(items), head.last + 8)) if items[k].has("prep.to")), None)
            if to is not None and (end := _clause_end(draft, to + 1)) > to + 1:
                start, stop = items[to + 1].start, items[end - 1].end
                return (Phrase(text[start:stop], start, stop),)
    for at in range(draft.head.last, min(len(items), draft.head.last + 16)):
        if items[at].any("p.stop", "conj.while"):
            break
        if items[at].has("prep.because") and at + 1 < len(items):
            end = _clause_end(draft, at + 1)
            if end > at + 1:
                start, stop = items[at + 1].start, items[end - 1].end
                return (Phrase(text[start:stop], start, stop),)
    return ()


_WITH_OBJECT = ("ACCUSE", "REJECT", "SUPPORT", "DELAY", "VOTE", "ESTABLISH", "REQUEST", "AGREE")


def _object(draft: Draft, text: str) -> Phrase | None:
    """What is adopted, doubted, delayed, created: the noun phrase after the head, up to its clause's end, unless it fills a
    slot."""
    if draft.head.kind not in _WITH_OBJECT:
        return None
    items = draft.line.items
    if (
        draft.head.kind == "DELAY"
        and draft.head.pos == "v"
        and not draft.filled.own
        and (told := _before(draft, text)) is not None
    ):
        return told
    said = draft.head.last < len(items) and items[draft.head.last].has("that")
    if said or items[draft.head.last - 1].has("tail.that"):
        return _clause(draft, text, draft.head.last + (1 if said else 0))
    inner = items[draft.head.at].tokens[1:]
    if (
        draft.head.kind in ("VOTE", "ESTABLISH")
        and inner
        and inner[-1].shape == "word"
        and items[draft.head.at].any("v", "n")
        and _noun(draft)
    ):
        return _inside(draft, text)
    at = draft.head.at if draft.head.values.get("self") == "1" else draft.head.last
    while (
        at < len(items)
        and at != draft.head.at
        and (items[at].any("prep", "actor", "tail", "det") or at in draft.filled.used or items[at].any("that", "time"))
    ):
        at += 1
    others = {h.at for h in draft.line.heads if h.event and h.at != draft.head.at}
    end = at
    while end < len(items) and end - at < 10 and not items[end].any("p.stop", "p.comma", "conj.while", "rel", "time", "v"):
        if items[end].has("conj.and") and end + 1 in others:
            break
        end += 1
    if end <= at or end == at + 1 and not (items[at].any("word", "n", "thing", "org")):
        return None
    start, stop = items[at].start, items[end - 1].end
    return Phrase(text[start:stop], start, stop)


def _clause(draft: Draft, text: str, at: int) -> Phrase | None:
    """The content of "that": up to the next comma or stop."""
    items = draft.line.items
    end = at
    while end < len(items) and end - at < 20 and not items[end].any("p.stop", "p.comma", "conj.while", "prep.because"):
        end += 1
    if end <= at:
        return None
    start, stop = items[at].start, items[end - 1].end
    return Phrase(text[start:stop], start, stop)


def _noun(draft: Draft) -> bool:
    """Whether the trigger is a term that holds its own object ("adopted a resolution", "forming a government")."""
    item = draft.line.items[draft.head.at]
    return len(item.tokens) > 1 and not any(c.startswith("tail.") for c in item.classes)


def _inside(draft: Draft, text: str) -> Phrase:
    """The object inside the trigger, with the words that describe it."""
    items = draft.line.items
    end = draft.head.last
    while (
        end < len(items)
        and end - draft.head.last < 6
        and items[end].any("adv", "adj", "word", "demonym", "a")
        and not items[end].any("v", "p")
    ):
        end += 1
    start, stop = items[draft.head.at].tokens[1].start, items[end - 1].end
    return Phrase(text[start:stop], start, stop)


def _before(draft: Draft, text: str) -> Phrase | None:
    """What is delayed, told as the subject: the words between the clause's beginning and the verb."""
    items = draft.line.items
    at = draft.head.at
    while (
        at > 0
        and draft.head.at - at < 10
        and not items[at - 1].any("p.stop", "p.comma", "that", "conj.while", "conj.and", "time", "p.quote", "v")
    ):
        at -= 1
    while at < draft.head.at and items[at].any("prep", "adv", "neg", "modal"):
        at += 1
    end = draft.head.at
    while end > at and items[end - 1].any("adv", "neg", "modal", "v.be"):
        end -= 1
    if end <= at:
        return None
    start, stop = items[at].start, items[end - 1].end
    return Phrase(text[start:stop], start, stop)


def _refers(draft: Draft, text: str) -> Phrase | None:
    """The words that point to another meeting, deal or document: an event noun after a preposition of time ("after the meeting
    held in …")."""
    items = draft.line.items
    if draft.head.kind not in ("CONSULT", "AGREE", "RETREAT", "VOTE"):
        return None
    for at in range(draft.head.last, min(len(items), draft.head.last + 14)):
        if items[at].has("p.stop"):
            return None
        if items[at].has("prep.after") and any(h.at in (at + 1, at + 2) and h.event and h.pos == "n" for h in draft.line.heads):
            end = _clause_end(draft, at + 1)
            start, stop = items[at + 1].start, items[end - 1].end
            return Phrase(text[start:stop], start, stop)
    return None
