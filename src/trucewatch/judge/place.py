"""Where: the places of the sentence, the one told last, and none."""

from dataclasses import replace

from trucewatch.clause.line import Line
from trucewatch.drafting.draft import Draft
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "where"
_CROSSED = ("rule=", "prep=")  # signs that are weighed together with the event's
Option = tuple[Line, int] | None


def cases(draft: Draft, pack: Pack) -> list[Case[Option]]:
    """A case for each place, and one for none."""
    line, head = draft.line, draft.head
    spots: list[tuple[Line, int, list[str]]] = []
    here = [at for at, item in enumerate(line.items) if line.place(at) is not None or item.has("place")]
    for order, at in enumerate(here):
        own = [f"order={min(order, 2)}.{min(len(here), 3)}", *signs.way(line, head, at), *signs.standing(line, at)]
        own += [f"rival={signs.rival(line, draft.heads, at)}", f"used={at in draft.filled.used}"]
        actor = line.actor(at)
        if actor is not None:
            own += ["as=actor", *signs.who(actor)]
            for role, people in draft.filled.slots.items():
                if any(a.name == actor.name for a in people):
                    own.append(f"slot={role}")
        relation = next((p.relation or "bare" for p in draft.filled.phrases if p.at == at), "-")
        spots.append((line, at, [*own, f"rel={relation}"]))
    if draft.around.spot is not None:
        other, at = draft.around.spot
        spots.append(
            (
                other,
                at,
                ["earlier", f"ago={min(line.number - other.number, 3)}", f"same.paragraph={other.paragraph == line.paragraph}"],
            )
        )
    event = [f"kind={head.kind}", f"status={draft.status}", f"pos={head.pos}", f"kindpos={head.kind}.{head.pos}"]
    words = f"trigger={pack.code}:{signs.trigger(draft.heads, line)}"
    none = ["none", f"places={min(len(here), 3)}", f"rule={draft.place is None}"]
    out: list[Case[Option]] = [
        Case(None, tuple(f"none&{s}" for s in ("", *none, *event, words, *signs.crossed(none[1:], event))))
    ]
    for where, at, told in spots:
        value = where.place(at)
        own = [*told, f"rule={where is line and at == draft.place}", f"rulenone={draft.place is None}"]
        if value is not None:
            own += [f"precision={value.precision}", f"known={bool(value.ids)}"]
        pick = [
            s
            for s in own
            if s.startswith(
                (
                    "rule",
                    "prep=",
                    "rel=",
                    "way=",
                    "rival=",
                    "close=",
                    "as=",
                    "slot=",
                    "who=",
                    "precision=",
                    "earlier",
                    "ago=",
                    "order=",
                )
            )
        ]
        out.append(
            Case(
                (where, at),
                (*own, *signs.crossed(pick, event), *signs.crossed([s for s in own if s.startswith(("rule=", "prep="))], pick)),
            )
        )
    return out


def decide(draft: Draft, option: Option) -> Draft:
    """The draft with this place."""
    if option is None:
        return replace(draft, place=None, place_in=None)
    return replace(draft, place=option[1], place_in=None if option[0] is draft.line else option[0])
