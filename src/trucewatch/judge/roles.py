"""Who fills which slot: every actor near a head is weighed for actors, recipients and participants."""

from collections.abc import Mapping
from dataclasses import replace

from trucewatch.clause.line import Head
from trucewatch.clause.relations import frame_of
from trucewatch.drafting.draft import Draft
from trucewatch.drafting.slots import ROLES
from trucewatch.grammar.phrases import Actor
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "roles"
_CROSSED = (  # signs that are weighed together with the event's
    "rule=", "rel=", "frame=", "prep=", "rank=", "voice=", "asked=", "from=", "form=", "who=", "way=", "rival=", "close=",
    "before=", "capital=", "thing=",
)  # fmt: skip
_CLOSE = ("rule=", "rel=", "prep=")
BOTH = "actors+recipients"


def label(held: list[str]) -> str:
    """The label of an actor that stands in these slots."""
    return "none" if not held else BOTH if {"actors", "recipients"} <= set(held) else held[0]


def cases(draft: Draft, pack: Pack) -> list[Case[Actor]]:
    """A case for each actor that may stand in a slot, each name once."""
    line = draft.line
    spots: dict[tuple[int, int], tuple[Actor, int | None, list[str]]] = {}
    for named in draft.around.named:
        if named.actor.kind == "pronoun":
            continue
        form = "pronoun" if named.form.kind == "pronoun" else "short" if named.form.short else "full"
        found = spots.get(named.actor.name)
        if found is None or _nearer(draft.head, named.at, found[1]):
            spots[named.actor.name] = (named.actor, named.at, ["from=here", f"form={form}"])
    for order, actor in enumerate(draft.around.before):
        spots.setdefault(actor.name, (actor, None, ["from=before", f"before={order}"]))
    for known in (draft.around.speaker, draft.around.doer, *(a for v in draft.filled.slots.values() for a in v)):
        if known is not None and known.kind != "pronoun":
            spots.setdefault(known.name, (known, None, ["from=memory"]))
    for noun in draft.around.nouns:
        if noun.name not in spots and signs.near(line, draft.head, noun.at):
            sort = [f"capital={noun.capital}", f"bare={noun.bare}", f"noun={line.items[noun.at].mark is not None}"]
            sort += [f"thing={any(line.items[k].has('thing') for k in range(noun.at, noun.last))}"]
            spots[noun.name] = (
                Actor("phrase", noun.name, classes=frozenset({"actor"})),
                noun.at,
                ["from=noun", "form=noun", *sort],
            )
    event = signs.event(line, draft.head, pack)
    state = f"status={draft.status}"
    head = f"trigger={pack.code}:{signs.trigger(draft.heads, line)}"
    given = "+".join(r[0] for r in ROLES if draft.filled.slots.get(r))
    frame = frame_of(draft.head, pack)
    told = draft.chain[-1].actor.name if draft.chain else None
    ranks = _ranks(draft, [(a, at) for a, at, _ in spots.values()])
    out: list[Case[Actor]] = []
    for actor, at, base in spots.values():
        rule = "+".join(r for r in ROLES if any(a.name == actor.name for a in draft.filled.slots.get(r, []))) or "-"
        own = [*base, f"rule={rule}", *signs.who(actor)]
        if told is not None:
            own.append("speaks" if actor.name == told else "told")
        if draft.around.doer is not None and actor.name == draft.around.doer.name:
            own.append("doer")
        if at is not None:
            relation = next((p.relation or "bare" for p in draft.filled.phrases if p.at == at), "-")
            slot = frame.get(relation, "-")
            own += [f"rel={relation}", f"frame={slot}", *signs.way(line, draft.head, at), *signs.standing(line, at)]
            own.append(f"rank={ranks.get(actor.name, '-')}")
            own.append(f"rival={signs.rival(line, draft.heads, at)}")
            if line.count(at) is not None:
                own.append("counted")
            for scope in draft.around.scopes:
                if scope.start <= draft.head.at < scope.end:
                    for part, phrase in (("voice", scope.who), ("asked", scope.whom)):
                        if phrase is not None and phrase.at == at:
                            own.append(f"{part}={scope.kind}")
        pick = [s for s in own if s.startswith(_CROSSED)]
        some = [s for s in own if s.startswith(_CLOSE)]
        kind, pos = f"kind={draft.head.kind}", f"pos={draft.head.pos}"
        features = [
            *own,
            *signs.crossed(pick, [kind, f"{kind}.{draft.head.pos}"]),
            *signs.crossed(some, [head, state, pos, *event[3:]]),
            *signs.crossed([f"rule={rule}"], [f"given={given}", f"{kind}&given={given}"]),
            *signs.crossed(
                [s for s in own if s.startswith(("rel=", "rank=", "way="))],
                [f"given={given}", *(s for s in own if s.startswith("who"))],
            ),
        ]
        out.append(Case(actor, tuple(features)))
    return out


def _nearer(head: Head, at: int, other: int | None) -> bool:
    return other is None or abs(at - head.at) < abs(other - head.at)


def _ranks(draft: Draft, spots: list[tuple[Actor, int | None]]) -> dict[tuple[int, int], str]:
    """How many actors stand nearer on the same side."""
    out: dict[tuple[int, int], str] = {}
    here = [(at, a.name) for a, at in spots if at is not None]
    for side, places in (
        ("L", sorted([p for p in here if p[0] < draft.head.at], reverse=True)),
        ("R", sorted(p for p in here if p[0] >= draft.head.at)),
    ):
        for n, (_, name) in enumerate(places):
            out[name] = f"{side}{min(n, 3)}"
    return out


def decide(draft: Draft, chances: list[tuple[Actor, dict[str, float]]], least: Mapping[str, float]) -> Draft:
    """The slots as weighed: an actor stands in a slot where its chance is at least `least`. Of phrases that overlap, or name the
    same party, the likeliest stands. Whom the text gives a part (chair, host, abstaining) keeps it."""
    slots: dict[str, list[Actor]] = {}
    for role in ROLES:
        ranked = sorted(((-_chance(chance, role), actor.name, actor) for actor, chance in chances), key=lambda c: c[:2])
        kept = [actor for actor in draft.filled.slots.get(role, []) if actor.as_]
        for chance, _, actor in ranked:
            if -chance >= least[role] and not any(_same(actor, other) for other in kept):
                kept.append(next((a for a in draft.filled.slots.get(role, []) if a.name == actor.name), actor))
        if kept:
            slots[role] = sorted(kept, key=lambda a: a.name)
    return replace(draft, filled=replace(draft.filled, slots=slots))


def _chance(chance: Mapping[str, float], role: str) -> float:
    return chance.get(role, 0.0) + (chance.get(BOTH, 0.0) if role != "participants" else 0.0)


def _same(a: Actor, b: Actor) -> bool:
    return a.name[0] < b.name[1] and b.name[0] < a.name[1] or a.party is not None and a.party == b.party
