"""Who speaks: the voices that may own a claim, and the outlet itself."""

from collections.abc import Iterator
from dataclasses import replace

from trucewatch.clause.relations import frame_of
from trucewatch.drafting.draft import Draft, Told
from trucewatch.grammar.phrases import Actor
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.packs import Pack

TASK = "voice"
_CROSSED = (  # signs that are weighed together with the event's
    "rule", "scope=", "chain", "rel=", "slot=", "last", "holds", "who=", "quoting", "before", "noun="
)  # fmt: skip


def cases(draft: Draft, pack: Pack) -> list[Case[Actor | None]]:
    """A case for each voice, and one for none (the outlet's own words)."""
    line, head = draft.line, draft.head
    found: dict[tuple[int, int], tuple[Actor, list[str]]] = {}

    def note(actor: Actor | None, *told: str) -> None:
        if actor is not None and actor.kind != "pronoun":
            found.setdefault(actor.name, (actor, []))[1].extend(told)

    for depth, link in enumerate(reversed(draft.chain)):
        note(link.actor, f"chain={depth}", "chained")
    resolved: dict[int, Actor] = {}
    for named in draft.around.named:
        resolved.setdefault(named.at, named.actor)
    holding = 0
    for scope in draft.around.scopes:
        holds = scope.start <= head.at < scope.end
        holding += holds
        if scope.who is not None:
            actor = resolved.get(scope.who.at, scope.who.actor)
            side = "left" if scope.left else "right"
            note(actor, f"scope={scope.kind}", f"scope={scope.kind}.{side}.{'holds' if holds else 'apart'}", f"holds={holds}")
            if scope.head is not None:
                words = signs.trigger([scope.head], line)
                note(
                    actor,
                    f"cue={pack.code}:{words}&{holds}",
                    f"cuepos={scope.head.pos}&{holds}",
                    *(signs.way(line, head, scope.head.at) if holds else ()),
                )
            else:
                note(actor, f"accord&{holds}")
    verbal = frame_of(head, pack).get("speaker") == "subj"
    for phrase in draft.filled.phrases:
        if phrase.relation in ("subj", "gen", "adj", "by"):
            note(resolved.get(phrase.at), f"rel={phrase.relation}", f"rel={phrase.relation}&verbal={verbal}")
    for role in ("actors", "recipients", "participants"):
        for actor in draft.filled.slots.get(role, []):
            note(actor, f"slot={role}", f"slot={role}&verbal={verbal}")
    note(draft.around.speaker, "last.speaker")
    note(draft.around.doer, "last.doer")
    note(draft.around.quoting, "quoting")
    for named in draft.around.named:
        if named.actor.kind in ("person", "office", "official", "source", "media", "organisation", "name", "state", "group"):
            note(named.actor, "here", *signs.way(line, head, named.at), f"first={named.at <= 3}")
    for order, actor in enumerate(draft.around.before):
        note(actor, f"before={order}")
    for somebody, stands in _speaking(draft):
        note(somebody, *stands)
    quoted = sum(item.has("p.quote") for item in line.items[: head.at]) % 2 == 1
    event = [
        f"kind={head.kind}",
        f"verbal={verbal}",
        f"status={draft.status}",
        f"pos={head.pos}",
        f"quoted={quoted}",
        f"scopes={min(holding, 3)}",
    ]
    event += [f"quoting={draft.around.quoting is not None}", f"line={min(line.number, 2)}"]
    chosen = draft.chain[-1].actor.name if draft.chain else None
    out: list[Case[Actor | None]] = []
    none = [
        "none",
        f"rule={chosen is None}",
        f"candidates={min(len(found), 5)}",
        f"trigger={pack.code}:{signs.trigger(draft.heads, line)}",
    ]
    held = sorted({f"under={s.kind}.{'left' if s.left else 'right'}" for s in draft.around.scopes if s.start <= head.at < s.end})
    out.append(
        Case(
            None,
            tuple(
                f"none&{s}"
                for s in (
                    "",
                    *none,
                    *event,
                    *held,
                    *signs.crossed(none[1:2], [*event, *held]),
                    *signs.crossed(event[:1], event[1:]),
                )
            ),
        )
    )
    for actor, told in found.values():
        own = sorted({*told, f"rule={actor.name == chosen}", f"ruleempty={chosen is None}", *signs.who(actor)})
        pick = [s for s in own if s.startswith(_CROSSED)]
        out.append(
            Case(actor, (*own, *signs.crossed(pick, event), *signs.crossed([s for s in own if s.startswith("rule=")], pick)))
        )
    return out


def _speaking(draft: Draft) -> Iterator[tuple[Actor, tuple[str, str]]]:
    """Noun phrases right beside a reporting word."""
    line, head = draft.line, draft.head
    for noun in draft.around.nouns:
        for scope in draft.around.scopes:
            cue = scope.head
            at = cue.at if cue is not None else next((k for k, i in enumerate(line.items) if i.start == scope.cue[0]), -9)
            gap = noun.at - (cue.last if cue is not None else at + 1) if noun.at > at else at - noun.last
            if 0 <= gap <= 2 and scope.kind in ("say", "deny", "demand", "may", "plan"):
                side = "R" if noun.at > at else "L"
                stands = f"noun={scope.kind}.{side}{gap}.{scope.who is None}.{scope.start <= head.at < scope.end}"
                yield Actor("phrase", noun.name, classes=frozenset({"actor"})), (stands, f"capital={noun.capital}")


def decide(draft: Draft, chosen: Actor | None) -> Draft:
    """The chain cut or changed so that the chosen voice is innermost."""
    if chosen is None:
        return replace(draft, chain=())
    at = next((n for n, link in enumerate(draft.chain) if link.actor.name == chosen.name), None)
    if at is not None:
        return replace(draft, chain=draft.chain[: at + 1])
    cue = next(
        (s.cue for s in draft.around.scopes if s.who is not None and s.who.actor is not None and s.who.actor.name == chosen.name),
        None,
    )
    return replace(draft, chain=(*draft.chain[:-1], Told(chosen, cue)))
