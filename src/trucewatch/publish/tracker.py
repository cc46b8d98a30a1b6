"""A tracker for a reader, as lines of plain text in the interface's language; and in words for the report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from trucewatch.model import Article
from trucewatch.model.grade import CONFIRMED, Grade
from trucewatch.model.happening import Figure, Finding, Spread
from trucewatch.model.tracker import (
    Accused,
    BodyState,
    Change,
    Count,
    Meeting,
    Position,
    Proposal,
    ProvisionState,
    Slip,
    TakenBack,
    Term,
    ToldVote,
    Tracker,
)
from trucewatch.publish.agreement import Names, Put, day_text, words_of
from trucewatch.publish.labels import Labels, labels, say
from trucewatch.text.figuretext import written

NAMED = ("body", "position")
PROPOSED = "proposed-by-claims"
TOLD_ONE_BY_ONE = ("acts", "accusations")
SHOWN = 3  # claims that stand under a provision in the terminal
Why = Callable[[Any], str]  # the reason of a finding in words


def phrases(known: Labels, *groups: str) -> Put:
    """The text of a key, or of a code of a key, with its gaps filled; of the first of these groups that has it."""
    words: dict[str, Any] = {}
    for group in reversed(groups or ("tracker",)):
        words |= known.words[group]

    def put(key: str, code: str | None = None, **gaps: object) -> str:
        entry: Any = words.get(key, key)
        text = entry.get(code, code) if isinstance(entry, dict) else entry
        return str(text).format(**gaps) if gaps else str(text)

    return put


def rule_text(rule: str, put: Put, names: Names) -> str:
    """A rule in words: `superseded-by-x` with the name of what it speaks of, `+` between two."""
    out = []
    for part in rule.split("+"):
        head = next((each for each in ("superseded-by", "suspended-by") if part.startswith(f"{each}-")), None)
        out.append(f"{put('rules', head)} {names(part[len(head) + 1 :])}" if head else put("rules", part))
    return put("semicolon").join(out)


def source_text(source: str, names: Names) -> str:
    return names(source.removeprefix("outlet:"))


def figure_text(value: float | None, bound: str, known: Labels) -> str:
    if value is None:
        return "…"
    return " ".join(filter(None, (say(known, "bounds", bound), written(value))))


def of_text(of: str, known: Labels, put: Put) -> str:
    return put(of) if of in TOLD_ONE_BY_ONE else say(known, "quantities", of)


def lines(tracker: Tracker, *, names: Names, why: Why, language: str = "en") -> Iterator[str]:
    """The tracker of a day, a line each."""
    known = labels(language)
    put = phrases(known)
    yield put("title", name=words_of(tracker.names, known), day=tracker.as_of)
    yield f"  {known.words['agreement'].get(tracker.standing, tracker.standing)}"
    yield f"  {put('basis', claims=tracker.claims, articles=tracker.articles, undated=tracker.undated, day=tracker.as_of)}"
    yield f"  {put('caution')}"
    parts: tuple[tuple[str, Iterator[str]], ...] = (
        ("provisions", _provisions(tracker, put, names)),
        ("violations", (line for row in tracker.violations for line in _accused(row, known, put, names))),
        ("figures", (line for row in tracker.spreads for line in _spread(row, known, put, names))),
        ("meetings", (line for row in tracker.meetings for line in _meeting(row, tracker, put, names, known))),
        ("votes", _votes(tracker, put, names)),
        ("bodies", (_body(row, put, names) for row in tracker.bodies)),
        ("positions", _positions(tracker, put, names, known)),
        ("milestones", _milestones(tracker, known, put, names)),
        ("deadlines", _deadlines(tracker, put)),
        ("slippage", _slippage(tracker, put)),
        ("grades", _grades(tracker, put)),
        ("findings", (f"  {why(row.reason)}: “{_short(row.quote)}” [{', '.join(row.articles)}]" for row in tracker.findings)),
    )
    taken = (("taken_back", _taken_back(tracker, put)),) if tracker.taken_back else ()
    for key, told in (*parts, *taken):
        yield ""
        yield put(key)
        some = False
        for line in told:
            some = True
            yield line
        if not some:
            yield f"  {put('none')}"


def _short(text: str, most: int = 110) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _taken_back(tracker: Tracker, put: Put) -> Iterator[str]:
    for row in tracker.taken_back:
        yield f"  {row.article}: {taken_text(row, put)} [{', '.join(row.claims)}]"


def taken_text(row: TakenBack, put: Put) -> str:
    return put("taken", row.says, since=row.since)


def _provisions(tracker: Tracker, put: Put, names: Names) -> Iterator[str]:
    told = [row for row in tracker.provisions if row.evidence or row.ruling]
    width = max((len(row.provision) for row in told), default=0)
    taken = {claim: f" · {taken_text(row, put)}" for row in tracker.taken_back for claim in row.claims}
    for row in told:
        yield f"  {row.provision:<{width}}  {state_text(row, put)}"
        yield f"  {'':<{width}}    {rule_text(row.rule, put, names)}{_timing(row, put, names)}"
        if row.ruling:
            judged = put("judged", who=row.ruling.who, reason=row.ruling.reason, state=put("states", row.proposed))
            yield f"  {'':<{width}}    {judged}"
        weighing = [proof for proof in row.evidence if proof.says != "mentions"]
        for proof in weighing[-SHOWN:]:
            sign = "+" if proof.says == "for" else "-"
            who = source_text(proof.voice, names)
            mark = taken.get(proof.claim, "")
            yield f"  {'':<{width}}    {sign} {proof.day} {who}: “{_short(proof.quote, 80)}” [{proof.claim} {proof.grade}]{mark}"
        if len(weighing) > SHOWN:
            yield f"  {'':<{width}}      {put('more', n=len(weighing) - SHOWN)}"
    silent = [row.provision for row in tracker.provisions if not (row.evidence or row.ruling)]
    if silent:
        yield f"  {put('silent', ids=', '.join(silent))}"


def state_text(row: ProvisionState, put: Put) -> str:
    """State, timeliness, sources, whether it is contested."""
    parts = [put("states", row.state)]
    parts += [put("timeliness", row.timeliness)] if row.timeliness else []
    parts += [put("sources", n=row.sources_for, m=row.sources_against)]
    parts += [put("contested")] if row.contested else []
    parts += [] if row.checked else [put("memory")]
    return " · ".join(parts)


def _timing(row: ProvisionState, put: Put, names: Names) -> str:
    return f"{put('semicolon')}{rule_text(row.timing, put, names)}" if row.timeliness else ""


def _accused(row: Accused, known: Labels, put: Put, names: Names) -> Iterator[str]:
    who = put("comma").join(source_text(each, names) for each in row.denied_by)
    denied = f" ({put('denied_by', who=who)})" if row.denied_by else ""
    yield f"  {put('against_party', who=names(row.party)) if row.party else put('against_nobody')}{denied}"
    for count in row.counts:
        yield f"    {count_text(count, known, put, names)}: “{_short(count.quote, 80)}” [{count.claims[0]}]"
    if not row.counts:
        yield f"    {put('nothing_against')}"


def count_text(row: Count, known: Labels, put: Put, names: Names) -> str:
    """A count with its source, the side it speaks for, its beginning and its day."""
    who = source_text(row.source, names)
    side = f" ({put('speaks_for', who=names(row.accuser))})" if row.accuser else ""
    since = f"{put('comma')}{put('since_day', day=row.start)}" if row.start else ""
    of = of_text(row.of, known, put)
    told = f"{of}: {written(row.value)}" if row.of in TOLD_ONE_BY_ONE else f"{figure_text(row.value, row.bound, known)} {of}"
    return f"{row.day} {who}{side}: {told}{since}"


def spread_text(row: Spread, known: Labels, put: Put, names: Names) -> str:
    """What is counted, since when where all count from one day, and the least and the greatest figure as they were told."""
    told = sorted(row.figures, key=lambda figure: figure.value)
    ends = list(dict.fromkeys(figure_text(figure.value, figure.bound, known) for figure in (told[0], told[-1])))
    doer = next((figure.doer for figure in row.figures if figure.doer), None)
    of = of_text(row.of, known, put) + (f" ({put('doer', who=names(doer))})" if doer else "")
    starts = {figure.start for figure in row.figures}
    since = f"{put('comma')}{put('since_day', day=starts.pop())}" if len(starts) == 1 and None not in starts else ""
    range_ = put("range", low=ends[0], high=ends[-1]) if len(ends) > 1 else ends[0]
    sources = len({figure.source for figure in row.figures})
    tail = put("semicolon") + put("none_preferred", n=sources) if sources > 1 else ""
    return put("spread", of=of, since=since, day=row.day, range=range_) + tail


def _spread(row: Spread, known: Labels, put: Put, names: Names) -> Iterator[str]:
    yield f"  {spread_text(row, known, put, names)}"
    for told in row.figures:
        yield f"    {told_figure(told, known, put, names)} [{told.claim or told.derived}]"


def told_figure(row: Figure, known: Labels, put: Put, names: Names) -> str:
    since = f"{put('comma')}{put('since_day', day=row.start)}" if row.start else ""
    return f"{row.day} {source_text(row.source, names)}: {figure_text(row.value, row.bound, known)}{since}"


def meeting_text(row: Meeting, tracker: Tracker, put: Put, names: Names, known: Labels) -> str:
    days = " – ".join(dict.fromkeys(filter(None, (row.start, row.end)))) or put("no_day")
    parts = [put("meeting", row.state), *(say(known, "modes", mode) for mode in row.modes), *map(names, row.places)]
    before = next((each for each in tracker.meetings if each.happening == row.follows), None)
    if before:
        parts.append(put("follows", day=before.end or before.start or put("no_day")))
    elif row.refers:
        parts.append(put("refers", words=row.refers))
    who = put("comma").join(names(each) for each in row.participants)
    return f"{days}: {' · '.join(parts)}" + (f": {who}" if who else "")


def _meeting(row: Meeting, tracker: Tracker, put: Put, names: Names, known: Labels) -> Iterator[str]:
    yield f"  {meeting_text(row, tracker, put, names, known)}"
    yield f"    “{_short(row.quote)}” [{row.claims[0]}]"


def _votes(tracker: Tracker, put: Put, names: Names) -> Iterator[str]:
    for row in tracker.votes:
        counts = {"yes": row.votes_for, "no": row.votes_against, "out": row.abstentions}
        yield f"  {put('vote_line', day=day_text(row.day), body=names(row.body), **counts)}"
        for told in row.told:
            yield f"    {source_text(told.voice, names)}: {told_vote(told, put)} [{told.claim}]"


def told_vote(row: ToldVote, put: Put) -> str:
    """What a claim tells of a vote; a figure that it does not tell is left out."""
    counts = (("yes", row.votes_for), ("no", row.votes_against), ("out", row.abstentions))
    told = [put("vote_part", key, n=written(value)) for key, value in counts if value is not None]
    return put("told_vote", counts=put("comma").join(told)) if told else put("told_vote_bare")


def _body(row: BodyState, put: Put, names: Names) -> str:
    return f"  {names(row.body)}: {body_text(row, put, names)}"


def body_text(row: BodyState, put: Put, names: Names) -> str:
    parts = [put("body", row.state)]
    parts += [day_text(row.created)] if row.created else []
    parts += [f"→ {day_text(row.expires)}"] if row.expires else []
    parts += [put("days_left", n=row.days_left)] if row.days_left is not None and row.days_left >= 0 else []
    for key, who in (("chair", row.chair), ("members", row.members)):
        parts += [put(key, who=put("comma").join(map(names, who)))] if who else []
    parts += [put("reports_every", n=row.reports_every)] if row.reports_every else []
    return " · ".join(parts)


def _grades(tracker: Tracker, put: Put) -> Iterator[str]:
    for row in tracker.grades:
        if row.rule != "automatic":
            yield f"  [{row.claim}] {grade_text(row, put)}"
    if may := sum(row.confirmable for row in tracker.grades):
        yield f"  {put('confirmable', n=may)}"


def grade_text(row: Grade, put: Put) -> str:
    """`B2`, by whom and why; that a 1 rests on one origin only is said."""
    if row.rule == "automatic":
        return row.code
    told = put("graded", grade=row.code, rule=put("grading", row.rule), who=row.who, reason=row.reason)
    alone = row.credibility == CONFIRMED and row.origins is not None and row.origins < 2
    return told + (f"{put('semicolon')}{put('one_origin')}" if alone else "")


def _milestones(tracker: Tracker, known: Labels, put: Put, names: Names) -> Iterator[str]:
    for row in tracker.milestones:
        if row.when:
            yield f"  {day_text(row.when)}  {words_of(row.words, known)}{memory_text(row.checked, put)}"
        elif row.proposals:
            yield f"  {put('no_day')}  {words_of(row.words, known)}"
        for told in row.proposals:
            yield f"    {proposal_text(told, put, names)}: “{_short(told.quote, 80)}” [{told.claims[0]}]"


def memory_text(checked: bool, put: Put) -> str:
    return "" if checked else f" · {put('memory')}"


def proposal_text(row: Proposal, put: Put, names: Names) -> str:
    days = " – ".join(dict.fromkeys((row.start, row.end)))
    who = put("comma").join(source_text(each, names) for each in row.voices)
    return put("proposed", day=days, n=row.sources, who=who)


def _positions(tracker: Tracker, put: Put, names: Names, known: Labels) -> Iterator[str]:
    for party, rows in by_party(tracker):
        yield f"  {names(party)}"
        for row in rows:
            told = f": “{_short(row.quote, 80)}” [{row.claim}]" if row.claim else ""
            file = f"{put('semicolon')}{put('file', ids=put('comma').join(row.source))}" if row.source else ""
            yield f"    {position_text(row, tracker, known, put, names)}{file}{told}"


def by_party(tracker: Tracker) -> list[tuple[str, list[Position]]]:
    """Positions of each party together: first of those of whom the file tells, then of the others, by their first day."""
    of: dict[str, list[Position]] = {}
    for row in sorted(tracker.positions, key=lambda each: not each.source):
        of.setdefault(row.party, []).append(row)
    return [(party, sorted(rows, key=lambda each: each.day)) for party, rows in of.items()]


def position_text(row: Position, tracker: Tracker, known: Labels, put: Put, names: Names) -> str:
    """A stance with its day and what it is about, its conditions, who tells it."""
    stance = put("stance", row.stance)
    stance += "" if row.status == "occurred" else f" ({say(known, 'statuses', row.status)})"
    parts = [f"{row.day} {stance}: {about_text(row, tracker, known, put, names)}"]
    parts += [put("conditions", words=words_of(row.conditions, known))] if row.conditions else []
    parts += [put("told_by", who=source_text(row.voice, names))] if row.voice and row.voice != row.party else []
    parts += [put("printed_again", day=row.last)] if row.last else []
    return put("semicolon").join(parts) + memory_text(row.checked, put)


def about_text(row: Position, tracker: Tracker, known: Labels, put: Put, names: Names) -> str:
    """The agreement, documents, phases and bodies by their names, provisions in their words."""
    called = {each.id: each.words for each in tracker.milestones} | {tracker.agreement: tracker.names}
    called |= {each.provision: each.words for each in tracker.provisions}
    told = (words_of(called[each], known).rstrip(".") if each in called else names(each) for each in row.about)
    return put("semicolon").join(told)


def _deadlines(tracker: Tracker, put: Put) -> Iterator[str]:
    for row in tracker.deadlines:
        timely = f" · {put('timeliness', row.timeliness)}" if row.timeliness else ""
        yield f"  {term_text(row, put)}  {row.provision}: {put('states', row.state)}{timely}"


def term_text(row: Term, put: Put) -> str:
    """The day of a term and how far it is; a day that rests on what claims tell says so."""
    if row.due is None:
        return put("waits")
    told = f"{put('semicolon')}{put('rules', PROPOSED)}" if row.rule.endswith(PROPOSED) else ""
    return f"{day_text(row.due)} ({days_text(row.days, put)}{told})"


def days_text(days: int | None, put: Put) -> str:
    if days is None:
        return put("waits")
    return put("ahead", n=days) if days >= 0 else put("passed", n=-days)


def _slippage(tracker: Tracker, put: Put) -> Iterator[str]:
    yield from (f"  {row.provision}: {slip_text(row, put)}" for row in tracker.slippage)


def slip_text(row: Slip, put: Put) -> str:
    parts = [put("moved_by", n=row.moved_days)] if row.moved_days else []
    parts += [put("late_by", n=row.late_days)] if row.late_days else []
    parts += [put("done_on", day=row.done) if row.done else put("not_done")]
    return put("comma").join(parts)


def told_finding(row: Finding, articles: Mapping[str, Article], names: Names, put: Put) -> str:
    """The words of a finding, and who printed them."""
    outlets = dict.fromkeys(names(articles[each].outlet or each) for each in row.articles if each in articles)
    return f"“{' '.join(row.quote.split())}” ({put('comma').join(outlets)})"


def change_lines(changes: Sequence[Change], *, one: str, other: str, names: Names, language: str = "en") -> Iterator[str]:
    """What moved between two days, a line each, with why and the claims."""
    known = labels(language)
    put = phrases(known)
    yield put("changes", one=one, other=other)
    for row in changes:
        moved = " → ".join(_told(each, put) for each in (row.before, row.after) if each is not None)
        claims = f" [{', '.join(row.claims)}]" if row.claims else ""
        who = names(row.id) if row.what in NAMED else row.id  # a provision may be called like a group of people
        yield f"  {put('what', row.what)} {who}: {moved} ({rule_text(row.why, put, names)}){claims}"
    if not changes:
        yield f"  {put('no_changes')}"


def _told(value: str, put: Put) -> str:
    states = put("states", value)
    return states if states != value else put("timeliness", value)
