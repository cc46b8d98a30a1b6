"""How an event was done: its trigger's own mode, a word beside it, or the event it holds (ontology/modes.yaml)."""

from collections.abc import Iterator, Mapping, Sequence

from trucewatch.clause.asides import Aside, of
from trucewatch.clause.line import Head
from trucewatch.clause.nearby import cost
from trucewatch.drafting.draft import Draft
from trucewatch.model import MODES
from trucewatch.packs import Pack

REACH = 12
FAR = 16  # a meeting told as remote anywhere in its clause
CONTENT = 30  # what is threatened, asked, called a breach: behind a complementizer too
REMOTE = ("online", "phone")
PARTIES = ("state", "organisation", "group")


def mode(draft: Draft, beside: Sequence[Aside], pack: Pack) -> str | None:
    """One of the event's own modes, or None where none is told."""
    kind = draft.head.kind
    if not MODES[kind]:
        return None
    if kind == "CONSULT" and (remote := _remote(draft)) is not None:
        return remote
    source = pack.modes[kind]
    own = next((h.values["mode"] for h in draft.heads if h.values.get("mode")), None)
    if own is not None and own not in source.loose:
        return own
    return _beside(draft, beside, pack) or own or _holder(draft) or _held(draft, pack) or _many(draft, pack)


def _holder(draft: Draft) -> str | None:
    """The mode of the verb of the same event whose content it is ("accepted a truce")."""
    inner = draft.scope
    return (
        inner.head.values.get("mode") if inner is not None and inner.head is not None and inner.kind == draft.head.kind else None
    )


def _remote(draft: Draft) -> str | None:
    for manner in REMOTE:
        if any(h.values.get("mode") == manner for h in draft.heads) or any(
            item.has(f"manner.{manner}") and cost(draft.line, draft.head, at) <= FAR for at, item in enumerate(draft.line.items)
        ):
            return manner
    return None


def _beside(draft: Draft, told: Sequence[Aside], pack: Pack) -> str | None:
    """The mode of the nearest word that tells one, unless it stands nearer to another event of the kind."""
    kind = draft.head.kind
    source = pack.modes[kind]
    kinds = (kind, source.like or kind)
    rivals = [h for h in draft.line.heads if h.kind in kinds]
    found = []
    for aside in of(told, *(f"mode.{k}" for k in kinds)):
        inside = any(h.at <= aside.at < h.last for h in draft.heads)
        away = 0 if inside else cost(draft.line, draft.head, aside.at)
        nearest = inside or all(cost(draft.line, h, aside.at) >= away for h in rivals if h.kind == kind)
        if nearest and away <= (CONTENT if source.like else REACH) and not _apart(draft, aside, kinds, source.held):
            found.append((away, aside.at, aside.values["mode"]))
    return min(found)[2] if found else None


def _apart(draft: Draft, aside: Aside, kinds: Sequence[str], held: Mapping[str, str]) -> bool:
    """Whether the word stands inside the trigger of an event that is neither of the kind nor its content ("ceasefire")."""
    other = next((h for h in draft.line.heads if h.event and h.at <= aside.at < h.last), None)
    return other is not None and other.kind not in kinds and all(key.partition(".")[0] != other.kind for key in held)


def _held(draft: Draft, pack: Pack) -> str | None:
    """By the event it holds as its content, or (a breach) by the act beside it."""
    source = pack.modes[draft.head.kind]
    if source.like:
        acts = [h for h in _others(draft) if h.kind == source.like and h.values.get("mode")]
        near = [(cost(draft.line, draft.head, h.at), h.at, h.values["mode"]) for h in acts]
        return min(near)[2] if near and min(near)[0] <= CONTENT else None
    for head in _others(draft):
        if head.at >= draft.head.last and cost(draft.line, draft.head, head.at) <= CONTENT:
            told = source.held.get(f"{head.kind}.{head.values.get('mode')}") or source.held.get(head.kind)
            if told is not None:
                return told
    return None


def _others(draft: Draft) -> Iterator[Head]:
    return (h for h in draft.line.heads if h.event and h not in draft.heads)


def _many(draft: Draft, pack: Pack) -> str | None:
    """Three or more bodies at one table."""
    many = pack.modes[draft.head.kind].many
    told = [a for a in draft.filled.slots.get("participants", []) if a.kind in (*PARTIES, "office")]
    return many if many and len({a.party or a.name for a in told}) >= 3 else None
