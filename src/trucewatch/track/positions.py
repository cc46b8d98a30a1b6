"""How parties, and others, stand to an agreement as a whole and to its parts: by its file, and by what claims about it tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from trucewatch.model import Claim
from trucewatch.model.agreement import Moment, Words
from trucewatch.model.tracked import Stance
from trucewatch.model.tracker import Position
from trucewatch.track.about import UNSTATED, quotes, stands
from trucewatch.track.proofs import Known, day_of, quote_of, voice_of
from trucewatch.track.whose import acting, sides

NONE = "none"
OF_ANSWER = {
    "proposed-to": "no-answer",
    "accepted": "accepts",
    "accepted-with-conditions": "accepts-with-conditions",
    "rejected": "rejects",
}


def positions(facts: Known, stances: Sequence[Stance]) -> tuple[Position, ...]:
    """By day, then by party. What is told ten times stands once, on the day on which it was first known to be said."""
    out: list[Position] = []
    place: dict[tuple[object, ...], int] = {}
    for claim in facts.claims:  # in the order of print
        for each in _taken(facts, claim, stances):
            same = (each.party, each.stance, each.status)
            keys = ((*same, facts.happening.get(claim.id, claim.id)), (*same, each.about, each.day, each.voice))
            at = next((place[key] for key in keys if key in place), None)
            if at is None:
                at = len(out)
                out.append(each)
            else:
                out[at] = _both(out[at], each, facts.articles[claim.article].published)
            place |= dict.fromkeys(keys, at)
    return tuple(sorted((*_of_file(facts), *out), key=lambda each: (each.day, each.party, each.stance, each.claim or "")))


def _both(one: Position, again: Position, printed: date | None) -> Position:
    """A telling and a later one of the same."""
    day = min(one.day, again.day)
    return replace(
        one,
        day=day,
        about=tuple(dict.fromkeys((*one.about, *again.about))),
        whole=one.whole or again.whole,
        last=printed.isoformat() if printed and printed.isoformat() > day else one.last,
        tellings=(*one.tellings, *again.tellings),
    )


def _taken(facts: Known, claim: Claim, stances: Sequence[Stance]) -> Iterator[Position]:
    said = facts.said.get(claim.id, ())
    printed = facts.articles[claim.article].published
    rule = next((each for each in stances if _fits(each, claim)), None) if said else None
    if rule is None or rule.stance == NONE or printed is None:
        return
    doers = [role.party for role in (*claim.actors, *claim.participants) if role.party]
    who = doers or [voice.party for voice in claim.speaker[-1:] if voice.text and voice.party]
    bodies = {body.id for body in facts.agreement.bodies}  # what the agreement made has no position on it
    for party in _parties(facts, [each for each in who if each not in bodies]):
        yield Position(
            party=party,
            day=min(day_of(claim, printed), printed.isoformat()),
            stance=rule.stance,
            rule=rule.name,
            kind=claim.event,
            status=claim.status,
            about=tuple(each.id for each in said),
            whole=any(each.says == "names" for each in said),
            conditions=(),
            voice=voice_of(facts, claim),
            claim=claim.id,
            article=claim.article,
            quote=quote_of(claim),
            last=None,
            tellings=(claim.id,),
            source=(),
            checked=True,
        )


def _fits(rule: Stance, claim: Claim) -> bool:
    if claim.event not in rule.events or (rule.modes and (claim.mode or UNSTATED) not in rule.modes):
        return False
    if rule.statuses and claim.status not in rule.statuses:
        return False
    told = quotes(claim) if rule.words or rule.unless else ""
    return (not rule.words or stands(rule.words, told)) and not stands(rule.unless, told)


def _parties(facts: Known, ids: Iterable[str]) -> tuple[str, ...]:
    """The parties of the agreement behind these ids; of others the one for whom each acts, else the id itself."""
    out: dict[str, None] = {}
    for each in ids:
        mine = sides(facts.agreement, (each,), facts.acts_for)
        others = sorted(acting(facts.agreement, (each,), facts.acts_for) - {each})
        out |= dict.fromkeys(mine or others[:1] or (each,))
    return tuple(out)


def _of_file(facts: Known) -> Iterator[Position]:
    """Answers with their conditions, what one side declares or suspends, and votes that were no yes."""
    deal = facts.agreement
    for party in deal.parties:
        for row in party.acceptance:
            about = (row.document or deal.id,)
            yield from _told(facts, party.party, row.when, OF_ANSWER[row.kind], row.kind, about, row.conditions, row)
    for told in deal.declarations:
        yield from _told(facts, told.party, told.when, "declares", "declaration", (deal.id,), told.words, told)
    for pause in deal.suspensions:
        yield from _told(facts, pause.party, pause.start, "suspends", "suspension", (deal.id,), pause.note, pause)
    for vote in deal.votes:
        for who, stance in (*((p, "voted-against") for p in vote.against), *((p, "abstained") for p in vote.abstaining)):
            yield from _told(facts, who, vote.when, stance, "vote", (vote.document,), (), vote)


def _told(
    facts: Known, party: str, when: Moment | None, stance: str, kind: str, about: tuple[str, ...], terms: Words, row: object
) -> Iterator[Position]:
    """A line of the file, once its last possible day has come. Without a day it has no place in time."""
    if when is None or when.end > facts.as_of:
        return
    yield Position(
        party=party,
        day=when.end.isoformat(),
        stance=stance,
        rule=f"{kind}-in-the-file",
        kind=kind,
        status="occurred",
        about=about,
        whole=True,
        conditions=terms,
        voice=None,
        claim=None,
        article=None,
        quote="",
        last=None,
        tellings=(),
        source=getattr(row, "source", ()),
        checked=getattr(row, "checked", False),
    )
