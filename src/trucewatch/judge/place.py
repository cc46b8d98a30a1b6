"""Where: the places of the sentence, phrases behind a preposition of place, those told last, and none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trucewatch.clause.borders import relations_of
from trucewatch.clause.line import Line
from trucewatch.drafting.draft import Draft
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "where"
_CROSSED = (  # signs that are weighed together with the event's
    "rule", "prep=", "rel=", "way=", "rival=", "close=", "as=", "slot=", "who=", "precision=", "earlier", "ago=", "order=",
    "noun", "capital=", "thing=", "places=",
)  # fmt: skip
_TO_PLACES = frozenset({"in", "on", "from", "to", "between", "under", "against", "with"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a sentence, or a phrase (`name`) that no rule made one."""

    line: Line
    at: int
    name: tuple[int, int] | None = None


def cases(draft: Draft, pack: Pack) -> list[Case[Spot | None]]:
    """A case for each place, and one for none."""
    line, head = draft.line, draft.head
    here = [at for at in range(len(line.items)) if _names_place(line, at)]
    event = [f"kind={head.kind}", f"status={draft.status}", f"pos={head.pos}", f"kindpos={head.kind}.{head.pos}"]
    words = f"trigger={pack.code}:{signs.trigger(draft.heads, line)}"
    none = ["none", f"places={min(len(here), 3)}", f"rule={draft.place is None}", f"earlier={bool(draft.around.spots)}"]
    told = ("", *none, *event, words, *signs.crossed(none[1:], event), *signs.crossed(none[1:2], none[2:]))
    out: list[Case[Spot | None]] = [Case(None, tuple(f"none&{s}" for s in told))]
    for spot, own in (*_here(draft, here), *_phrases(draft, here), *_earlier(draft)):
        value = spot.line.place(spot.at) if spot.name is None else None
        own += [f"rule={spot.line is line and spot.name is None and spot.at == draft.place}", f"rulenone={draft.place is None}"]
        own.append(f"places={min(len(here), 2)}")
        if value is not None:
            own += [f"precision={value.precision}", f"known={bool(value.ids)}"]
        pick = [s for s in own if s.startswith(_CROSSED)]
        close = [s for s in own if s.startswith(("rule=", "prep="))]
        out.append(Case(spot, (*own, *signs.crossed(pick, event), *signs.crossed(close, pick))))
    return out


def _names_place(line: Line, at: int) -> bool:
    """A state's name is a place only behind a preposition of place, else a party, as a movement's is."""
    if line.place(at) is not None:
        return True
    item = line.items[at]
    return item.has("place") and (line.actor(at) is None or not item.has("name.state") or "in" in relations_of(line, at))


def _here(draft: Draft, here: list[int]) -> Iterator[tuple[Spot, list[str]]]:
    line = draft.line
    for order, at in enumerate(here):
        own = [f"order={min(order, 2)}.{min(len(here), 3)}", *_beside(draft, at)]
        actor = line.actor(at)
        if actor is not None:
            own += ["as=actor", *signs.who(actor)]
            for role, people in draft.filled.slots.items():
                if any(a.name == actor.name for a in people):
                    own.append(f"slot={role}")
        yield Spot(line, at), own


def _phrases(draft: Draft, here: list[int]) -> Iterator[tuple[Spot, list[str]]]:
    line = draft.line
    for noun in draft.around.nouns:
        if not _TO_PLACES & set(relations_of(line, noun.at)) or not signs.near(line, draft.head, noun.at):
            continue
        if any(noun.at <= at < noun.last for at in here) and noun.last - noun.at == 1:
            continue
        inside = line.items[noun.at : noun.last]
        own = ["noun", f"capital={noun.capital}", f"bare={noun.bare}", *_beside(draft, noun.at)]
        own += [
            f"noun.{c}" for c in ("thing", "placekind", "org", "group", "n", "compass", "place") if any(i.has(c) for i in inside)
        ]
        own += [f"nounhead={i.key}" for i in (inside[0], inside[-1]) if not i.any("actor", "place", "cap")]
        yield Spot(line, noun.at, noun.name), own


def _earlier(draft: Draft) -> Iterator[tuple[Spot, list[str]]]:
    for order, (line, at) in enumerate(draft.around.spots):
        own = ["earlier", f"ago={min(draft.line.number - line.number, 3)}", f"earlier.order={order}"]
        own += [f"same.paragraph={line.paragraph == draft.line.paragraph}", f"prep={'+'.join(relations_of(line, at)[:2])}.before"]
        yield Spot(line, at), own


def _beside(draft: Draft, at: int) -> list[str]:
    line = draft.line
    relation = next((p.relation or "bare" for p in draft.filled.phrases if p.at == at), "-")
    own = [f"rel={relation}", f"rival={signs.rival(line, draft.heads, at)}", f"used={at in draft.filled.used}"]
    return [*own, *signs.way(line, draft.head, at), *signs.standing(line, at)]


def decide(draft: Draft, option: Spot | None) -> Draft:
    """The draft with this place."""
    if option is None:
        return replace(draft, place=None, place_in=None, place_name=None)
    return replace(draft, place=option.at, place_in=None if option.line is draft.line else option.line, place_name=option.name)
