"""The tracker of a day: claims, happenings and an agreement laid together. Pure: the same values give the same tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from trucewatch.model import Article, Claim, Finding, Happening, Series, Spread
from trucewatch.model.agreement import Agreement, Moment, Provision
from trucewatch.model.grade import Grading
from trucewatch.model.tracked import Deadline, Stance
from trucewatch.model.tracker import Proof, ProvisionState, Ruling, Term, Tracker
from trucewatch.track.deadlines import deadlines
from trucewatch.track.diary import bodies, meetings, votes
from trucewatch.track.force import standing
from trucewatch.track.grades import grades
from trucewatch.track.milestones import happened, milestones
from trucewatch.track.positions import positions
from trucewatch.track.proofs import Said, known, proofs, sources
from trucewatch.track.states import Claims, contested, history
from trucewatch.track.tellings import violations
from trucewatch.track.timing import done_on, slips, timeliness
from trucewatch.track.whose import Acts


def build(
    agreement: Agreement,
    happenings: Sequence[Happening],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    judgements: Sequence[Ruling] = (),
    *,
    as_of: date,
    acts_for: Acts | None = None,
    said: Said | None = None,
    stances: Sequence[Stance] = (),
    gradings: Sequence[Grading] = (),
    series: Sequence[Series] = (),
    spreads: Sequence[Spread] = (),
    findings: Sequence[Finding] = (),
) -> Tracker:
    """Where the agreement stands on a day, by claims printed until then.

    `happenings` should be made of those claims only (`known_at`). `judgements`: in the order in which they were made, the last
    one on a provision that holds on the day is shown; of `gradings` the last on a telling or a source. `said`: what each claim
    speaks of, where it is known already (`heard`). `stances`: rules by which claims tell positions. `series`, `spreads` and
    `findings` are taken over as they are.
    """
    facts = known(agreement, happenings, claims, articles, as_of=as_of, acts_for=acts_for or {}, said=said)
    facts = replace(facts, grades=grades(facts, gradings))
    by_id = {claim.id: claim for claim in facts.claims}
    dues = tuple(each for each in deadlines(agreement, as_of) if _agreed(agreement, each.provision, as_of))
    came = milestones(facts)
    told = proofs(facts)
    states, done = [], {}
    for row in agreement.provisions:
        mine = tuple(each for each in dues if each.provision == row.id)
        state, end = _state(agreement, row, told[row.id], by_id, mine, judgements, as_of)
        states.append(state)
        whole = row.nature in ("once", "create", "fallback") and state.timeliness not in ("superseded", "suspended")
        if whole and (told[row.id] or state.ruling):
            done[row.id] = end
    stands = standing(agreement, as_of)
    rests = {state.provision: state.history[-1].claims for state in states if state.history}
    return Tracker(
        agreement=agreement.id,
        names=agreement.names,
        as_of=as_of.isoformat(),
        standing=stands.state,
        standing_rule=stands.rule,
        claims=len(facts.claims),
        articles=len({claim.article for claim in facts.claims}),
        undated=facts.undated,
        milestones=came,
        provisions=tuple(states),
        violations=violations(facts),
        meetings=meetings(facts),
        votes=votes(facts),
        bodies=bodies(facts),
        positions=positions(facts, stances),
        deadlines=_terms(_reckoned(agreement, dues, happened(came), as_of), {state.provision: state for state in states}, as_of),
        slippage=() if agreement.kind == "proposal" else slips(dues, done, rests, as_of),
        series=tuple(series),
        spreads=tuple(spreads),
        findings=tuple(findings),
        grades=tuple(each for each in facts.grades.values() if each.rule != "automatic" or each.confirmable),
    )


def _reckoned(agreement: Agreement, dues: Sequence[Deadline], came: Mapping[str, Moment], as_of: date) -> tuple[Deadline, ...]:
    """The deadlines; those that wait for a milestone of which claims tell the day, reckoned from it and marked so. Whether
    anything is in time is never judged by them."""
    if not came:
        return tuple(dues)
    waiting = {each.provision for each in dues if each.waits_for in came}
    found = (replace(each, rule=f"{each.rule}+proposed-by-claims") for each in deadlines(agreement, as_of, happened=came))
    both = [*(each for each in dues if each.provision not in waiting), *(each for each in found if each.provision in waiting)]
    return tuple(sorted(both, key=lambda each: (each.due is None, each.due.end if each.due else as_of, each.provision)))


def _agreed(agreement: Agreement, provision: str, as_of: date) -> bool:
    """Whether the document of a provision was there."""
    row = next(each for each in agreement.provisions if each.id == provision)
    when = next((d.when for d in agreement.documents if d.id == row.document), None)
    return when is None or when.start <= as_of


def _state(
    agreement: Agreement,
    row: Provision,
    mine: tuple[Proof, ...],
    claims: Claims,
    dues: Sequence[Deadline],
    judgements: Sequence[Ruling],
    as_of: date,
) -> tuple[ProvisionState, str | None]:
    steps = history(agreement, row, mine, claims, as_of)
    proposed, rule = steps[-1].state, steps[-1].rule
    ruling = _ruling(row, judgements, as_of)
    state = ruling.state if ruling else proposed
    done = done_on(agreement, row, mine, claims, steps, ruling)
    timely, timing = timeliness(agreement, row, mine, dues, state, done, as_of)
    return (
        ProvisionState(
            provision=row.id,
            words=row.words,
            nature=row.nature,
            obligors=row.obligors,
            state=state,
            proposed=proposed,
            rule=rule,
            timeliness=timely,
            timing=timing,
            contested=contested(agreement, row, mine, as_of),
            sources_for=sources(mine, "for"),
            sources_against=sources(mine, "against"),
            evidence=mine,
            history=steps,
            ruling=ruling,
            checked=row.checked,
        ),
        done,
    )


def _ruling(row: Provision, judgements: Sequence[Ruling], as_of: date) -> Ruling | None:
    """The last word that holds on the day."""
    held = [each for each in judgements if each.provision == row.id and each.since <= as_of.isoformat()]
    return max(enumerate(held), key=lambda pair: (pair[1].since, pair[0]))[1] if held else None


def _terms(dues: Sequence[Deadline], states: Mapping[str, ProvisionState], as_of: date) -> tuple[Term, ...]:
    out = []
    for each in dues:
        state = states[each.provision]
        days = (each.due.end - as_of).days if each.due else None
        out.append(
            Term(
                each.provision,
                each.due,
                each.first,
                each.moved,
                each.waits_for,
                days,
                each.rule,
                state.state,
                state.timeliness,
                each.checked,
            )
        )
    return tuple(out)
