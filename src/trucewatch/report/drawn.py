"""Which pictures a report holds, each with its key and its table in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from trucewatch.model.happening import Figure, Spread
from trucewatch.model.tracker import STATES, ProvisionState
from trucewatch.pictures import charts
from trucewatch.publish.agreement import words_of
from trucewatch.publish.labels import say
from trucewatch.publish.tracker import figure_text, of_text, source_text
from trucewatch.report.desk import Desk, voice
from trucewatch.report.sitrep import Chart

ROWS, COLUMNS = 12, 10  # of the grid of voices and outlets
SHORT = 14  # days that a picture of time shows at least


def series(desk: Desk) -> Iterator[Chart]:
    """A staircase with a line for each source, of each count since the agreement came into force."""
    for row in desk.tracker.spreads:
        lines = {source: _figures(desk, row, source) for source in dict.fromkeys(figure.source for figure in row.figures)}
        names = {source: source_text(source, desk.names) for source in lines}
        days = [figure.start or figure.day for line in lines.values() for figure in line]
        if not days:
            continue
        drawn = charts.steps([[_dot(each) for each in line] for line in lines.values()], _first(desk, days), desk.tracker.as_of)
        doer = next((figure.doer for figure in row.figures if figure.doer), None)
        title = of_text(row.of, desk.known, desk.put) + (f" ({desk.put('doer', who=desk.names(doer))})" if doer else "")
        table = tuple(
            (names[source], each.day, figure_text(each.value, each.bound, desk.known), each.start or "")
            for source, line in lines.items()
            for each in line
        )
        heads = tuple(desk.put("columns", each) for each in ("source", "day", "figure", "since"))
        yield Chart("series", title, desk.put("chart_series"), drawn, _colours(names.values()), heads, table)


def acts(desk: Desk) -> Iterator[Chart]:
    """Happenings told against each side, a bar a day."""
    of = {claim: each for each in desk.happenings for claim in each.claims}
    seen: dict[tuple[str, str], int] = {}
    sides = [row for row in desk.tracker.violations if any(count.of == "acts" for count in row.counts)]
    days: dict[str, list[int]] = {}
    for n, row in enumerate(sides):
        told = {claim for count in row.counts if count.of == "acts" for claim in count.claims if claim in of}
        found = {of[claim].id: of[claim] for claim in told}
        for each in found.values():
            day = each.start or each.end
            if day and day <= desk.tracker.as_of:
                days.setdefault(day, [0] * len(sides))[n] += 1
                seen[(day, _side(desk, row.party))] = days[day][n]
    if not days:
        return
    drawn = charts.bars(days, _first(desk, days), desk.tracker.as_of)
    table = tuple((day, who, str(count)) for (day, who), count in sorted(seen.items()))
    heads = tuple(desk.put("columns", each) for each in ("day", "side", "number"))
    key = _colours([_side(desk, row.party) for row in sides])
    yield Chart("acts", desk.put("chart_acts_title"), desk.put("chart_acts"), drawn, key, heads, table)


def states(desk: Desk) -> Iterator[Chart]:
    """Each provision of which something is told as a strip of time in the colour of its state."""
    rows = [row for row in desk.tracker.provisions if row.history and (row.evidence or row.ruling)]
    if not rows:
        return
    places = [_turns(row) for row in rows]
    drawn = charts.strips(places, _first(desk, [day for row in places for day, _ in row]), desk.tracker.as_of)
    names = [words_of(row.words, desk.known) for row in rows]
    table = tuple(
        (name, each.day, desk.put("states", each.state)) for name, row in zip(names, rows, strict=True) for each in row.history
    )
    heads = tuple(desk.put("columns", each) for each in ("provision", "since", "state"))
    scale = tuple((colour, desk.put("states", state)) for colour, state in zip(charts.SCALE, STATES, strict=True))
    yield Chart(
        "states", desk.put("chart_states_title"), desk.put("chart_states"), drawn, (*scale, *_numbers(names)), heads, table
    )


def times(desk: Desk) -> Iterator[Chart]:
    """Happenings by kind on the line of time, from the beginning of the agreement on."""
    start = _start(desk)
    kinds: dict[str, Counter[str]] = {}
    for each in desk.happenings:
        if each.start and start <= each.start <= desk.tracker.as_of and "occurred" in each.statuses:
            kinds.setdefault(each.event, Counter())[each.start] += 1
    if not kinds:
        return
    ordered = sorted(kinds, key=lambda kind: (-kinds[kind].total(), kind))
    first = _first(desk, [day for kind in ordered for day in kinds[kind]])
    names = [say(desk.known, "events", kind) for kind in ordered]
    table = tuple(
        (say(desk.known, "events", kind), day, str(kinds[kind][day])) for kind in ordered for day in sorted(kinds[kind])
    )
    heads = tuple(desk.put("columns", each) for each in ("kind", "day", "number"))
    drawn = charts.dots([kinds[kind] for kind in ordered], first, desk.tracker.as_of)
    yield Chart("times", desk.put("chart_times_title"), desk.put("chart_times"), drawn, _numbers(names), heads, table)


def repeats(desk: Desk) -> Iterator[Chart]:
    """Whose words stand in which outlet, in how many articles."""
    told: dict[tuple[str, str], set[str]] = {}
    for claim in desk.claims.values():
        outlet = desk.articles[claim.article].outlet
        who = voice(desk, claim.id)
        if outlet and claim.speaker and claim.speaker[-1].text:
            told.setdefault((who, desk.names(outlet)), set()).add(claim.article)
    voices = _most(Counter({who: sum(len(ids) for (w, _), ids in told.items() if w == who) for who, _ in told}), ROWS)
    outlets = _most(Counter({of: sum(len(ids) for (_, o), ids in told.items() if o == of) for _, of in told}), COLUMNS)
    if not told:
        return
    drawn = charts.grid([[len(told.get((who, of), ())) for of in outlets] for who in voices])
    key = tuple((f"→ {n}", name) for n, name in enumerate(voices, 1)) + tuple((f"↓ {n}", of) for n, of in enumerate(outlets, 1))
    table = tuple((who, of, str(len(told[(who, of)]))) for who in voices for of in outlets if (who, of) in told)
    heads = tuple(desk.put("columns", each) for each in ("voice", "outlet", "articles"))
    yield Chart("repeats", desk.put("chart_repeats_title"), desk.put("chart_repeats"), drawn, key, heads, table)


def _most(counts: Counter[str], most: int) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def _figures(desk: Desk, row: Spread, source: str) -> list[Figure]:
    """All figures of a source in the series of which one stands in the spread, one a day, the oldest first."""
    mine = {figure for figure in row.figures if figure.source == source}
    days = {
        figure.day: figure
        for one in desk.tracker.series
        if mine & set(one.figures)
        for figure in one.figures
        if figure.day <= desk.tracker.as_of
    }
    return [days[day] for day in sorted(days)]


def _turns(row: ProvisionState) -> list[tuple[str, int]]:
    """The days on which the state became another one, with its place on the scale."""
    steps = [(step.day, STATES.index(step.state)) for step in row.history]
    return [each for n, each in enumerate(steps) if n == 0 or each[1] != steps[n - 1][1]]


def _dot(row: Figure) -> charts.Dot:
    return charts.Dot(row.day, row.value, row.low, row.high)


def _side(desk: Desk, party: str | None) -> str:
    return desk.put("against_party", who=desk.names(party)) if party else desk.put("against_nobody")


def _start(desk: Desk) -> str:
    begun = [each.start.start.isoformat() for each in desk.agreement.in_force]
    return min((day for day in begun if day <= desk.tracker.as_of), default="")


def _first(desk: Desk, days: Sequence[str] | Mapping[str, object]) -> str:
    """Where a picture of time begins: at the first of these days, but some days before the last one."""
    early = (date.fromisoformat(desk.tracker.as_of) - timedelta(days=SHORT)).isoformat()
    return min(early, *days)


def _colours(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((charts.COLOURS[n % len(charts.COLOURS)], name) for n, name in enumerate(names))


def _numbers(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(n), name) for n, name in enumerate(names, 1))
