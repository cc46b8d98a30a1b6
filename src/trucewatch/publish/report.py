"""A first situation report: the tracker of a day as one HTML file that needs nothing else. Each line names its source and
quote."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from trucewatch.model import Article, Claim
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import UNJUDGED, Grade
from trucewatch.model.tracker import STATES, ProvisionState, Tracker
from trucewatch.publish.agreement import Names, Put, day_text
from trucewatch.publish.labels import Labels, labels
from trucewatch.publish.page import environment, own_voice
from trucewatch.publish.tracker import (
    Why,
    body_text,
    by_party,
    count_text,
    grade_text,
    meeting_text,
    memory_text,
    phrases,
    position_text,
    proposal_text,
    rule_text,
    slip_text,
    source_text,
    spread_text,
    state_text,
    term_text,
    told_figure,
    words_of,
)

MOST = 6  # claims cited for one line; how many more there are is said
_FIGURES = re.compile(r"\d[\d:,.–\-]*\d|\d")


@dataclass(frozen=True, slots=True)
class Cite:
    """A claim as a source: who says it, in which outlet, printed when, in which words, where, and how it is graded."""

    claim: str
    told: Markup
    quote: str
    language: str
    direction: str
    url: str | None
    grade: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the report. `cites` carry it, `counter` speak against it; `files`: where a fact of the agreement's file was read;
    `level`: the state, for its colour; `group`: what its cites are: evidence or mentions."""

    head: str
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    counter: tuple[Cite, ...] = ()
    more: int = 0
    files: tuple[str, ...] = ()
    level: str | None = None
    group: str = "evidence"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report; `silent`: ids of which nothing is told."""

    id: str
    title: str
    items: tuple[Item, ...]
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Desk:
    tracker: Tracker
    agreement: Agreement
    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]
    directions: Mapping[str, str]
    names: Names
    known: Labels
    put: Put
    grades: Mapping[str, Grade]


def report(
    tracker: Tracker,
    agreement: Agreement,
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    *,
    names: Names,
    why: Why,
    language: str = "en",
    directions: Mapping[str, str],
    sample: bool = False,
) -> str:
    """The whole file. `directions`: language of an article → ltr or rtl; `why` tells the reason of a finding in words."""
    known = labels(language)
    put = phrases(known)
    by_id, graded = {claim.id: claim for claim in claims}, {each.claim: each for each in tracker.grades}
    desk = _Desk(tracker, agreement, by_id, articles, directions, names, known, put, graded)
    parts = (
        Part("provisions", put("provisions"), tuple(_provisions(desk)), tuple(_silent(desk))),
        Part("violations", put("violations"), tuple(_violations(desk))),
        Part("countings", put("countings"), tuple(_countings(desk))),
        Part("figures", put("figures"), tuple(_figures(desk))),
        Part("meetings", put("meetings"), tuple(_meetings(desk))),
        Part("votes", put("votes"), tuple(_votes(desk))),
        Part("bodies", put("bodies"), tuple(_bodies(desk))),
        Part("positions", put("positions"), tuple(_positions(desk))),
        Part("milestones", put("milestones"), tuple(_milestones(desk))),
        Part("deadlines", put("deadlines"), tuple(_deadlines(desk))),
        Part("findings", put("findings"), tuple(_findings(desk, why))),
    )
    basis = put("basis", claims=tracker.claims, articles=tracker.articles, undated=tracker.undated, day=tracker.as_of)
    page = environment()
    page.filters["figures"] = figures
    text = page.get_template("report.html.j2").render(
        known=known,
        put=put,
        title=put("title", name=words_of(tracker.names, known), day=tracker.as_of),
        standing=known.words["agreement"].get(tracker.standing, tracker.standing),
        basis=basis,
        parts=parts,
        tally=_tally(desk),
        sample=sample,
        confirmable=sum(row.confirmable for row in tracker.grades),
    )
    return text + "\n"


def figures(text: str) -> Markup:
    """Figures and days kept from left to right inside any text."""
    return Markup(_FIGURES.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', str(escape(text))))


def _cites(desk: _Desk, ids: Iterable[str]) -> tuple[Cite, ...]:
    return tuple(_cite(desk, each) for each in dict.fromkeys(ids) if each in desk.claims)


def _cite(desk: _Desk, claim_id: str) -> Cite:
    claim = desk.claims[claim_id]
    article = desk.articles[claim.article]
    quote = " … ".join(" ".join(piece.quote.split()) for piece in claim.evidence if piece.role == "event")
    own = not (claim.speaker and claim.speaker[-1].text)
    told = Markup(desk.put("quote_own" if own else "quote_of")).format(
        voice=Markup("<bdi>{}</bdi>").format(own_voice(article, claim, desk.known)),
        outlet=Markup("<bdi>{}</bdi>").format(desk.names(article.outlet) if article.outlet else article.id),
        day=article.published.isoformat() if article.published else desk.put("no_day"),
    )
    url = article.url if article.url and article.url.startswith(("https://", "http://")) else None
    graded = desk.grades.get(claim_id)
    grade = grade_text(graded, desk.put) if graded else "".join(UNJUDGED)
    return Cite(claim_id, told, quote, article.language, desk.directions.get(article.language, "auto"), url, grade)


def _where(desk: _Desk, ids: Sequence[str]) -> tuple[str, ...]:
    """Where facts of the agreement's file were read."""
    places = {source.id: source.where for source in desk.agreement.sources}
    return tuple(places.get(each, desk.put("memory")) for each in ids)


def _item(desk: _Desk, head: str, ids: Iterable[str], *notes: str, files: Sequence[str] = ()) -> Item:
    cites = _cites(desk, ids)
    return Item(head, notes, cites[:MOST], more=max(0, len(cites) - MOST), files=_where(desk, files))


def _tally(desk: _Desk) -> tuple[tuple[str, str, int], ...]:
    counts = {state: sum(row.state == state for row in desk.tracker.provisions) for state in reversed(STATES)}
    return tuple((state, desk.put("states", state), count) for state, count in counts.items())


def _provisions(desk: _Desk) -> Iterator[Item]:
    rows = {row.id: row for row in desk.agreement.provisions}
    for state in desk.tracker.provisions:
        if not (state.evidence or state.ruling):
            continue
        row = rows[state.provision]
        who = desk.put("comma").join(desk.names(each) for each in state.obligors)
        told = {says: [p.claim for p in state.evidence if p.says == says] for says in ("for", "against", "mentions")}
        weighing = bool(told["for"] or told["against"])
        cites = _cites(desk, reversed(told["for"] if weighing else told["mentions"]))
        counter = _cites(desk, reversed(told["against"]))
        hidden = max(0, len(cites) - MOST) + max(0, len(counter) - MOST)
        notes = [desk.put("owed", who=who), f"{state_text(state, desk.put)}: {_rules(desk, state)}"]
        notes += [_ruling(desk, state)] if state.ruling else []
        head = f"{words_of(row.words, desk.known)}"
        files, group = _where(desk, row.source), "evidence" if weighing else "mentions"
        yield Item(head, tuple(notes), cites[:MOST], counter[:MOST], hidden, files, state.state, group)


def _rules(desk: _Desk, state: ProvisionState) -> str:
    out = rule_text(state.rule, desk.put, desk.names)
    return f"{out}{desk.put('semicolon')}{rule_text(state.timing, desk.put, desk.names)}" if state.timeliness else out


def _ruling(desk: _Desk, state: ProvisionState) -> str:
    assert state.ruling is not None
    return desk.put("judged", who=state.ruling.who, reason=state.ruling.reason, state=desk.put("states", state.proposed))


def _silent(desk: _Desk) -> Iterator[str]:
    for row in desk.tracker.provisions:
        if not (row.evidence or row.ruling):
            yield words_of(row.words, desk.known)


def _violations(desk: _Desk) -> Iterator[Item]:
    for row in desk.tracker.violations:
        head = desk.put("against_party", who=desk.names(row.party)) if row.party else desk.put("against_nobody")
        who = desk.put("comma").join(source_text(each, desk.names) for each in row.denied_by)
        notes = [desk.put("denied_by", who=who)] if row.denied_by else []
        notes += [] if row.counts else [desk.put("nothing_against")]
        yield Item(head, tuple(notes), level="side", counter=_cites(desk, row.denials)[:MOST])
        for count in row.counts:
            yield _item(desk, count_text(count, desk.known, desk.put, desk.names), count.claims)


def _countings(desk: _Desk) -> Iterator[Item]:
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
        yield _item(desk, head, (), files=row.source)


def _figures(desk: _Desk) -> Iterator[Item]:
    for row in desk.tracker.spreads:
        told = tuple(told_figure(figure, desk.known, desk.put, desk.names) for figure in row.figures)
        yield _item(desk, spread_text(row, desk.known, desk.put, desk.names), filter(None, (f.claim for f in row.figures)), *told)


def _meetings(desk: _Desk) -> Iterator[Item]:
    for row in desk.tracker.meetings:
        yield _item(desk, meeting_text(row, desk.tracker, desk.put, desk.names, desk.known), row.claims)


def _votes(desk: _Desk) -> Iterator[Item]:
    for row in desk.tracker.votes:
        counts = {"yes": row.votes_for, "no": row.votes_against, "out": row.abstentions}
        head = desk.put("vote_line", day=day_text(row.day), body=desk.names(row.body), **counts)
        yield _item(desk, head, (told.claim for told in row.told), files=row.source)


def _bodies(desk: _Desk) -> Iterator[Item]:
    for row in desk.tracker.bodies:
        head = f"{desk.names(row.body)}: {body_text(row, desk.put, desk.names)}"
        yield _item(desk, head, row.claims, words_of(row.mandate, desk.known), files=row.source)


def _milestones(desk: _Desk) -> Iterator[Item]:
    for row in desk.tracker.milestones:
        if not (row.when or row.proposals):
            continue
        when = day_text(row.when) if row.when else desk.put("no_day")
        head = f"{when}: {words_of(row.words, desk.known)}{memory_text(row.checked, desk.put)}"
        told = tuple(proposal_text(each, desk.put, desk.names) for each in row.proposals)
        claims = (claim for each in row.proposals for claim in each.claims)
        item = _item(desk, head, claims, *told, files=row.source)
        yield replace(item, counter=_cites(desk, row.denials)[:MOST])


def _positions(desk: _Desk) -> Iterator[Item]:
    for party, rows in by_party(desk.tracker):
        yield Item(desk.names(party), level="side")
        for row in rows:
            head = position_text(row, desk.tracker, desk.known, desk.put, desk.names)
            yield _item(desk, head, row.tellings, files=row.source)


def _deadlines(desk: _Desk) -> Iterator[Item]:
    rows = {row.id: row for row in desk.agreement.provisions}
    slips = {row.provision: row for row in desk.tracker.slippage}
    for term in desk.tracker.deadlines:
        row = rows[term.provision]
        notes = [desk.put("timeliness", term.timeliness)] if term.timeliness else []
        slip = slips.get(term.provision)
        notes += [slip_text(slip, desk.put)] if slip else []
        head = f"{term_text(term, desk.put)}: {words_of(row.words, desk.known)}"
        yield _item(desk, head, slip.claims if slip else (), *notes, files=row.source)


def _findings(desk: _Desk, why: Why) -> Iterator[Item]:
    for row in desk.tracker.findings:
        outlets = (desk.names(desk.articles[each].outlet or each) for each in row.articles if each in desk.articles)
        yield _item(desk, str(why(row.reason)), row.claims, f"“{' '.join(row.quote.split())}” ({', '.join(outlets)})")
