"""The diary of meetings, the votes, and the bodies of an agreement on a day."""

from collections.abc import Sequence

from trucewatch.model import Claim, Happening, Role
from trucewatch.model.agreement import Body
from trucewatch.model.tracker import BodyState, Meeting, ToldVote, VoteState
from trucewatch.text.fold import fold_text
from trucewatch.track.about import stands
from trucewatch.track.proofs import Known, quote_of, voice_of
from trucewatch.track.whose import sides

STATE_OF = (("held", ("occurred", "ongoing")), ("denied", ("denied",)), ("planned", ("planned",)), ("possible", ("possible",)))
COUNTS = ("votes_for", "votes_against", "abstentions")


def meetings(facts: Known) -> tuple[Meeting, ...]:
    """Meetings and talks about the agreement, or between two of its parties in an article that names its area; the earliest
    first, those without a day last."""
    by_id = {claim.id: claim for claim in facts.claims}
    found = []
    for row in facts.happenings:
        claims = [by_id[each] for each in row.claims if each in by_id]
        talks = [claim for claim in claims if claim.event == "CONSULT"]
        if talks and any(_concerns(facts, claim) for claim in talks):
            found.append((row, talks))
    mine = {claim.id: row for row, talks in found for claim in talks}
    diary = (_meeting(facts, row, talks, mine) for row, talks in found)
    return tuple(sorted(diary, key=lambda each: (each.start or each.end or "9", each.end or "9", each.happening)))


def _concerns(facts: Known, claim: Claim) -> bool:
    if facts.said.get(claim.id):
        return True
    article = facts.articles[claim.article]
    first = min((d.when.start for d in facts.agreement.documents if d.when), default=None)
    if first and article.published and article.published < first:
        return False
    who = sides(facts.agreement, (role.party for role in _present(claim)), facts.acts_for)
    return len(who) > 1 and stands(facts.agreement.area.words, fold_text(article.text))


def _present(claim: Claim) -> tuple[Role, ...]:
    return (*claim.participants, *claim.actors, *claim.recipients)


def _meeting(facts: Known, row: Happening, talks: Sequence[Claim], mine: dict[str, Happening]) -> Meeting:
    statuses = {claim.status for claim in talks}
    state = next((name for name, fits in STATE_OF if statuses & set(fits)), "demanded")
    days = [claim.when for claim in talks if claim.when and (claim.when.start or claim.when.end)]
    shown = min(talks, key=lambda claim: (claim.status not in ("occurred", "ongoing"), -len(claim.participants), claim.id))
    refers = next((claim.refers.text for claim in talks if claim.refers), None)
    follows, rule = _follows(facts, row, talks, mine)
    who = dict.fromkeys(role.party or role.text or "" for claim in talks for role in _present(claim))
    return Meeting(
        happening=row.id,
        start=row.start if days else None,
        end=row.end if days else None,
        state=state,
        modes=tuple(dict.fromkeys(claim.mode for claim in talks if claim.mode)),
        participants=tuple(name for name in who if name),
        places=tuple(dict.fromkeys(claim.where.place or claim.where.name or claim.where.text for claim in talks if claim.where)),
        about=tuple(dict.fromkeys(each.id for claim in talks for each in facts.said.get(claim.id, ()))),
        refers=refers,
        follows=follows,
        follows_rule=rule,
        claims=tuple(claim.id for claim in talks),
        sources=len({facts.origin.get(claim.id, claim.id) for claim in talks}),
        article=shown.article,
        quote=quote_of(shown),
    )


def _follows(facts: Known, row: Happening, talks: Sequence[Claim], mine: dict[str, Happening]) -> tuple[str | None, str | None]:
    """The earlier meeting to which a claim's words point: the one told by the same words of the same article, else, in that
    article, the last one before it."""
    for claim in talks:
        if claim.refers is None:
            continue
        near = [each for each in facts.claims if each.article == claim.article and each.id in mine and mine[each.id].id != row.id]
        for other in near:
            spans = [piece for piece in other.evidence if piece.role == "event"]
            if any(piece.start < claim.refers.end and claim.refers.start < piece.end for piece in spans):
                return mine[other.id].id, "told-by-the-same-words"
        earlier = [mine[each.id] for each in near if row.start and (mine[each.id].end or "9") < row.start]
        if earlier:
            return max(earlier, key=lambda each: (each.end or "", each.id)).id, "last-one-before-in-the-article"
    return None, None


def votes(facts: Known) -> tuple[VoteState, ...]:
    """The votes of the file that had been taken, each with what claims tell of it."""
    out = []
    for row in facts.agreement.votes:
        if row.when.start > facts.as_of:
            continue
        told = [claim for claim in facts.claims if any(each.id == row.id for each in facts.said.get(claim.id, ()))]
        numbers = (row.votes_for, row.votes_against, row.abstentions)
        shown = tuple(_told(facts, claim) for claim in told)
        out.append(VoteState(row.id, row.body, row.document, row.when, *numbers, row.source, row.checked, shown))
    return tuple(out)


def _told(facts: Known, claim: Claim) -> ToldVote:
    found = {q.of: q.value for q in claim.quantities}
    yes, no, out = (found.get(of) for of in COUNTS)
    return ToldVote(claim.id, claim.article, voice_of(facts, claim), yes, no, out, quote_of(claim))


def bodies(facts: Known) -> tuple[BodyState, ...]:
    """The bodies of the file, those that are there first as in the file."""
    return tuple(_body(facts, row) for row in facts.agreement.bodies)


def _body(facts: Known, row: Body) -> BodyState:
    there = row.created is not None and row.created.start <= facts.as_of
    over = row.expires is not None and row.expires.end < facts.as_of
    members = [
        member.party
        for member in row.members
        if (member.start is None or member.start.start <= facts.as_of) and (member.end is None or facts.as_of <= member.end.end)
    ]
    return BodyState(
        body=row.id,
        mandate=row.mandate,
        state="expired" if over and there else "there" if there else "not-dated" if row.created is None else "not-there-yet",
        created=row.created,
        expires=row.expires,
        days_left=(row.expires.end - facts.as_of).days if row.expires and there else None,
        chair=row.chair if there else (),
        members=tuple(members) if there else (),
        reports_every=row.reports_every,
        claims=_naming(facts, row.id),
        source=row.source,
        checked=row.checked,
    )


def _naming(facts: Known, body: str) -> tuple[str, ...]:
    return tuple(claim.id for claim in facts.claims if any(each.id == body for each in facts.said.get(claim.id, ())))
