"""Drafts become claims of the public form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from trucewatch import __version__
from trucewatch.clause.asides import asides, of
from trucewatch.coder.figures import quantities
from trucewatch.coder.modes import mode
from trucewatch.coder.objects import object_
from trucewatch.coder.phrases import cause, refers
from trucewatch.drafting.draft import Draft, Told
from trucewatch.grammar.phrases import Actor
from trucewatch.model import Article, Claim, Coder, Evidence, Role, Voice, When, Where
from trucewatch.model.claim import signed
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
    beside = asides(draft.line, pack)
    how = mode(draft, beside, pack)
    items = draft.line.items
    spans = {kind: [(items[a.at].start, items[a.last - 1].end) for a in of(beside, kind)] for kind in ("agency", "someone")}
    figures = quantities(draft, beside, text)
    slots = {
        name: tuple(_role(a, text) for a in draft.filled.slots.get(name, [])) for name in ("actors", "recipients", "participants")
    }
    speaker = (Voice("outlet", None, None, None, article.outlet), *(_voice(t, spans, text) for t in draft.chain))
    evidence = _evidence(draft, text)
    made = Claim(
        id="",
        reading="",
        article=article.id,
        event=draft.head.kind,
        mode=how,
        status=draft.status,
        speaker=speaker,
        **slots,
        when=_when(draft, text),
        where=None if how == "online" else _where(draft, text, pack),
        cause=cause(draft, beside, text),
        object=object_(draft, beside, text),
        quantities=figures,
        about=(),
        refers=refers(draft, beside, text),
        evidence=evidence,
        coder=Coder("rules", __version__, draft.rules),
    )
    inner = made.speaker[-1]
    return signed(made, draft.line.items[draft.head.at].start, inner.text or inner.kind)


def _role(actor: Actor, text: str) -> Role:
    return Role(text[actor.name[0] : actor.name[1]], *actor.name, actor.party or actor.serves, actor.as_)


def _voice(told: Told, spans: Mapping[str, Sequence[tuple[int, int]]], text: str) -> Voice:
    actor = told.actor
    start, end = actor.name
    if actor.kind == "person" and actor.title is not None:
        start, end = min(start, actor.title[0]), max(end, actor.title[1])
    kind = "agency" if _agency(actor, spans["agency"]) else _KINDS.get(actor.kind, actor.kind)
    if kind == "office" and any(a <= start < b for a, b in spans["someone"]):
        kind = "official"  # "a rebel commander": unnamed
    cue = text[told.cue[0] : told.cue[1]] if told.cue else None
    return Voice(kind, text[start:end], start, end, actor.party, cue)


def _agency(actor: Actor, named: Sequence[tuple[int, int]]) -> bool:
    """A news agency by its name, or by its common noun where it is nobody we know."""
    if any(c.startswith("name.agency") for c in actor.classes):
        return True
    held = any(start < actor.name[1] and actor.name[0] < end for start, end in named)
    return held and actor.party is None and actor.kind in ("media", "organisation", "name")


def _when(draft: Draft, text: str) -> When | None:
    if draft.when is None or draft.when_at is None:
        return draft.when
    item = draft.line.items[draft.when_at]
    return replace(draft.when, text=text[item.start : item.end], at=(item.start, item.end))


def _where(draft: Draft, text: str, pack: Pack) -> Where | None:
    if draft.place is None:
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
