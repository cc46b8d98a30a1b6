"""The parts of a report that show the tracker of a day, line by line."""

from collections.abc import Iterator
from dataclasses import replace

from trucewatch.model.tracker import STATES, ProvisionState, Term
from trucewatch.publish.agreement import day_text, words_of
from trucewatch.publish.tracker import (
    body_text,
    by_party,
    count_text,
    meeting_text,
    memory_text,
    position_text,
    proposal_text,
    rule_text,
    slip_text,
    source_text,
    spread_text,
    state_text,
    taken_text,
    term_text,
    told_figure,
    told_vote,
)
from trucewatch.report.desk import Desk, first, item, where
from trucewatch.report.drawn import order
from trucewatch.report.said import findings, statements
from trucewatch.report.sitrep import Item, Part

MEETINGS = ("held", "planned", "possible", "demanded", "denied")


def parts(desk: Desk) -> tuple[Part, ...]:
    put = desk.put
    return (
        Part("provisions", put("provisions"), tuple(_provisions(desk)), tuple(_silent(desk))),
        Part("violations", put("violations"), tuple(_violations(desk))),
        Part("countings", put("countings"), tuple(_countings(desk))),
        Part("figures", put("figures"), tuple(_figures(desk))),
        Part("meetings", put("meetings"), tuple(_meetings(desk))),
        Part("votes", put("votes"), tuple(_votes(desk))),
        Part("bodies", put("bodies"), tuple(_bodies(desk))),
        Part("statements", put("statements", since=desk.before.as_of, day=desk.tracker.as_of), tuple(statements(desk))),
        Part("positions", put("positions"), tuple(_positions(desk))),
        Part("milestones", put("milestones"), tuple(_milestones(desk))),
        Part("deadlines", put("deadlines"), tuple(_deadlines(desk))),
        Part("findings", put("findings"), tuple(findings(desk))),
        *((Part("taken_back", put("taken_back"), tuple(_taken_back(desk))),) if desk.tracker.taken_back else ()),
    )


def tally(desk: Desk) -> tuple[tuple[str, str, int], ...]:
    counts = {state: sum(row.state == state for row in desk.tracker.provisions) for state in reversed(STATES)}
    return tuple((state, desk.put("states", state), count) for state, count in counts.items())


def _provisions(desk: Desk) -> Iterator[Item]:
    rows = {row.id: row for row in desk.agreement.provisions}
    for state in desk.tracker.provisions:
        if not (state.evidence or state.ruling):
            continue
        row = rows[state.provision]
        who = desk.put("comma").join(desk.names(each) for each in state.obligors)
        told = {says: [p.claim for p in state.evidence if p.says == says] for says in ("for", "against", "mentions")}
        weighing = bool(told["for"] or told["against"])
        carry, more = first(desk, reversed(told["for"] if weighing else told["mentions"]))
        counter, further = first(desk, reversed(told["against"]))
        notes = [desk.put("owed", who=who), f"{state_text(state, desk.put)}: {_rules(desk, state)}"]
        notes += [_ruling(desk, state)] if state.ruling else []
        head = f"{words_of(row.words, desk.known)}"
        files, group = where(desk, row.source), "evidence" if weighing else "mentions"
        yield Item(head, tuple(notes), carry, counter, more + further, files, state.state, group)


def _rules(desk: Desk, state: ProvisionState) -> str:
    out = rule_text(state.rule, desk.put, desk.names)
    return f"{out}{desk.put('semicolon')}{rule_text(state.timing, desk.put, desk.names)}" if state.timeliness else out


def _ruling(desk: Desk, state: ProvisionState) -> str:
    assert state.ruling is not None
    return desk.put("judged", who=state.ruling.who, reason=state.ruling.reason, state=desk.put("states", state.proposed))


def _silent(desk: Desk) -> Iterator[str]:
    for row in desk.tracker.provisions:
        if not (row.evidence or row.ruling):
            yield words_of(row.words, desk.known)


def _violations(desk: Desk) -> Iterator[Item]:
    for row in desk.tracker.violations:
        head = desk.put("against_party", who=desk.names(row.party)) if row.party else desk.put("against_nobody")
        who = desk.put("comma").join(source_text(each, desk.names) for each in row.denied_by)
        notes = [desk.put("denied_by", who=who)] if row.denied_by else []
        notes += [] if row.counts else [desk.put("nothing_against")]
        yield Item(head, tuple(notes), level="side", counter=first(desk, row.denials)[0])
        for count in row.counts:
            yield item(desk, count_text(count, desk.known, desk.put, desk.names), count.claims)


def _countings(desk: Desk) -> Iterator[Item]:
    """What each source counts as a breach, and how breaches are reported."""
    deal = desk.agreement
    if deal.channel:
        yield Item(desk.put("channel", words=words_of(deal.channel, desk.known)), level="side")
    for row in deal.violations:
        whom = desk.put("comma").join(map(desk.names, row.against))
        against = f" ({desk.put('of_deeds', who=whom)})" if whom else ""
        told = [desk.put("comma").join(row.kinds)] if row.kinds else []
        told += [desk.put("since_day", day=day_text(row.since))] if row.since else []
        told += [words_of(each, desk.known) for each in (row.channel, row.note) if each]
        head = f"{desk.names(row.party)}{against}: {desk.put('semicolon').join(told)}{memory_text(row.checked, desk.put)}"
        yield item(desk, head, (), files=row.source)


def _figures(desk: Desk) -> Iterator[Item]:
    for row in sorted(desk.tracker.spreads, key=order):
        told = tuple(told_figure(figure, desk.known, desk.put, desk.names) for figure in row.figures)
        yield item(desk, spread_text(row, desk.known, desk.put, desk.names), filter(None, (f.claim for f in row.figures)), *told)


def _meetings(desk: Desk) -> Iterator[Item]:
    """Those held, then those planned, possible, demanded, denied; each by its day."""
    for state in MEETINGS:
        rows = [row for row in desk.tracker.meetings if row.state == state]
        if rows:
            yield Item(desk.put("meeting", state), level="side")
        for row in rows:
            yield item(desk, meeting_text(row, desk.tracker, desk.put, desk.names, desk.known), row.claims)


def _votes(desk: Desk) -> Iterator[Item]:
    facts = {row.id: row for row in desk.agreement.votes}
    for row in desk.tracker.votes:
        counts = {"yes": row.votes_for, "no": row.votes_against, "out": row.abstentions}
        head = desk.put("vote_line", day=day_text(row.day), body=desk.names(row.body), **counts)
        who = [(key, getattr(facts[row.vote], key)) for key in ("against", "abstaining")]
        notes = [desk.put(f"voters_{key}", who=desk.put("comma").join(map(desk.names, ids))) for key, ids in who if ids]
        notes += [f"{source_text(told.voice, desk.names)}: {told_vote(told, desk.put)}" for told in row.told]
        yield item(desk, head, (told.claim for told in row.told), *dict.fromkeys(notes), files=row.source)


def _bodies(desk: Desk) -> Iterator[Item]:
    for row in desk.tracker.bodies:
        head = f"{desk.names(row.body)}: {body_text(row, desk.put, desk.names)}"
        yield item(desk, head, row.claims, words_of(row.mandate, desk.known), files=row.source)


def _milestones(desk: Desk) -> Iterator[Item]:
    for row in desk.tracker.milestones:
        if not (row.when or row.proposals):
            continue
        when = day_text(row.when) if row.when else desk.put("no_day")
        head = f"{when}: {words_of(row.words, desk.known)}{memory_text(row.checked, desk.put)}"
        told = tuple(proposal_text(each, desk.put, desk.names) for each in row.proposals)
        claims = (claim for each in row.proposals for claim in each.claims)
        line = item(desk, head, claims, *told, files=row.source)
        yield replace(line, counter=first(desk, row.denials)[0])


def _positions(desk: Desk) -> Iterator[Item]:
    for party, rows in by_party(desk.tracker):
        yield Item(desk.names(party), level="side")
        for row in rows:
            head = position_text(row, desk.tracker, desk.known, desk.put, desk.names)
            yield item(desk, head, row.tellings, files=row.source)


def _deadlines(desk: Desk) -> Iterator[Item]:
    """Those ahead, then those passed, the last one first, then those that wait for something."""
    dated = [term for term in desk.tracker.deadlines if term.days is not None]
    ahead = [term for term in dated if (term.days or 0) >= 0]
    passed = [term for term in reversed(dated) if (term.days or 0) < 0]
    waits = [term for term in desk.tracker.deadlines if term.days is None]
    for key, terms in (("ahead", ahead), ("passed", passed), ("waits", waits)):
        if terms:
            yield Item(desk.put("terms", key), level="side")
        yield from (_deadline(desk, term) for term in terms)


def _deadline(desk: Desk, term: Term) -> Item:
    row = next(each for each in desk.agreement.provisions if each.id == term.provision)
    slip = next((each for each in desk.tracker.slippage if each.provision == term.provision), None)
    notes = [desk.put("timeliness", term.timeliness)] if term.timeliness else []
    notes += [slip_text(slip, desk.put)] if slip else []
    head = f"{term_text(term, desk.put)}: {words_of(row.words, desk.known)}"
    return item(desk, head, slip.claims if slip else (), *notes, files=row.source)


def _taken_back(desk: Desk) -> Iterator[Item]:
    for row in desk.tracker.taken_back:
        article = desk.articles.get(row.article)
        who = desk.names(article.outlet) if article and article.outlet else row.article
        yield item(desk, f"{who}: {taken_text(row, desk.put)}", row.claims)
