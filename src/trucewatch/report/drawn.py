"""Which pictures a report holds, each with its key and its table in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from trucewatch.model.codes import QUANTITY_KINDS
from trucewatch.model.happening import Figure, Happening, Series, Spread
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
    """A staircase with a line for each source, of each count since the agreement came into force; figures that name the doer
    stand apart from those that name none."""
    kinds: dict[str, list[Spread]] = {}
    for row in sorted(desk.tracker.spreads, key=order):
        kinds.setdefault(row.of, []).append(row)
    known = {figure: one for one in desk.tracker.series for figure in one.figures}
    for of, rows in kinds.items():
        told: dict[str, list[Figure]] = {}
        for row in rows:
            for figure in row.figures:
                told.setdefault(_line(desk, row, figure), []).append(figure)
        lines = {name: _figures(own, known, desk.tracker.as_of) for name, own in told.items()}
        days = [figure.start or figure.day for line in lines.values() for figure in line]
        if not days:
            continue
        drawn = charts.steps([[_dot(each) for each in line] for line in lines.values()], _first(desk, days), desk.tracker.as_of)
        rest = [(name, each) for name, line in lines.items() for each in line]
        table = tuple((name, each.day, figure_text(each.value, each.bound, desk.known), each.start or "") for name, each in rest)
        claims = tuple((each.claim,) if each.claim else () for _, each in rest)
        heads = _heads(desk, "source", "day", "figure", "since")
        title = of_text(of, desk.known, desk.put)
        yield Chart("series", title, desk.put("chart_series"), drawn, _colours(lines), heads, table, claims)


def order(row: Spread) -> tuple[int, str, bool]:
    """Counts of people before those of things, as the codes stand; those that name the doer first."""
    place = QUANTITY_KINDS.index(row.of) if row.of in QUANTITY_KINDS else len(QUANTITY_KINDS)
    return place, row.of, not any(figure.doer for figure in row.figures)


def _line(desk: Desk, row: Spread, figure: Figure) -> str:
    doer = next((each.doer for each in row.figures if each.doer), None)
    who = source_text(figure.source, desk.names)
    return f"{who} ({desk.put('doer', who=desk.names(doer))})" if doer else who


def acts(desk: Desk) -> Iterator[Chart]:
    """Happenings told against each side, a bar a day."""
    of = {claim: each for each in desk.happenings for claim in each.claims}
    seen: dict[tuple[str, str], list[str]] = {}
    sides = [row for row in desk.tracker.violations if any(count.of == "acts" for count in row.counts)]
    days: dict[str, list[int]] = {}
    for n, row in enumerate(sides):
        told = {claim for count in row.counts if count.of == "acts" for claim in count.claims if claim in of}
        found = {of[claim].id: of[claim] for claim in told}
        for each in found.values():
            day = each.start or each.end
            if day and day <= desk.tracker.as_of:
                days.setdefault(day, [0] * len(sides))[n] += 1
                seen.setdefault((day, _side(desk, row.party)), []).append(next(c for c in each.claims if c in told))
    if not days:
        return
    drawn = charts.bars(days, _first(desk, days), desk.tracker.as_of)
    table = tuple((day, who, str(len(claims))) for (day, who), claims in sorted(seen.items()))
    key = _colours([_side(desk, row.party) for row in sides])
    claims = tuple(tuple(each) for _, each in sorted(seen.items()))
    heads = _heads(desk, "day", "side", "number")
    yield Chart("acts", desk.put("chart_acts_title"), desk.put("chart_acts"), drawn, key, heads, table, claims)


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
    claims = tuple(each.claims for row in rows for each in row.history)
    heads = _heads(desk, "provision", "since", "state")
    scale = tuple((colour, desk.put("states", state)) for colour, state in zip(charts.SCALE, STATES, strict=True))
    key = (*scale, *_numbers(names))
    yield Chart("states", desk.put("chart_states_title"), desk.put("chart_states"), drawn, key, heads, table, claims)


def times(desk: Desk) -> Iterator[Chart]:
    """Happenings by kind on the line of time, from the beginning of the agreement on."""
    begun = start(desk)
    kinds: dict[str, dict[str, list[Happening]]] = {}
    for each in desk.happenings:
        if each.start and begun <= each.start <= desk.tracker.as_of and "occurred" in each.statuses:
            kinds.setdefault(each.event, {}).setdefault(each.start, []).append(each)
    if not kinds:
        return
    ordered = sorted(kinds, key=lambda kind: (-sum(map(len, kinds[kind].values())), kind))
    first = _first(desk, [day for kind in ordered for day in kinds[kind]])
    names = [say(desk.known, "events", kind) for kind in ordered]
    rows = [(kind, day, kinds[kind][day]) for kind in ordered for day in sorted(kinds[kind])]
    table = tuple((say(desk.known, "events", kind), day, str(len(told))) for kind, day, told in rows)
    claims = tuple(tuple(each.claims[0] for each in told) for _, _, told in rows)
    drawn = charts.dots([{day: len(kinds[kind][day]) for day in kinds[kind]} for kind in ordered], first, desk.tracker.as_of)
    heads, title, note = _heads(desk, "kind", "day", "number"), desk.put("chart_times_title"), desk.put("chart_times")
    yield Chart("times", title, note, drawn, _numbers(names), heads, table, claims)


def repeats(desk: Desk) -> Iterator[Chart]:
    """Whose words stand in which outlet, in how many articles."""
    told: dict[tuple[str, str], dict[str, str]] = {}
    for claim in desk.claims.values():
        outlet = desk.articles[claim.article].outlet
        if outlet and claim.article in desk.near and claim.speaker and claim.speaker[-1].text:
            told.setdefault((voice(desk, claim.id), desk.names(outlet)), {}).setdefault(claim.article, claim.id)
    if not told:
        return
    voices = _most(((who, len(ids)) for (who, _), ids in told.items()), ROWS)
    outlets = _most(((of, len(ids)) for (_, of), ids in told.items()), COLUMNS)
    drawn = charts.grid([[len(told.get((who, of), ())) for of in outlets] for who in voices])
    key = tuple((f"→ {n}", name) for n, name in enumerate(voices, 1)) + tuple((f"↓ {n}", of) for n, of in enumerate(outlets, 1))
    rows = [(who, of, told[(who, of)]) for who in voices for of in outlets if (who, of) in told]
    table, claims = tuple((who, of, str(len(ids))) for who, of, ids in rows), tuple(tuple(ids.values()) for _, _, ids in rows)
    heads, note = _heads(desk, "voice", "outlet", "articles"), desk.put("chart_repeats")
    yield Chart("repeats", desk.put("chart_repeats_title"), note, drawn, key, heads, table, claims)


def _most(counts: Iterable[tuple[str, int]], most: int) -> list[str]:
    total: Counter[str] = Counter()
    for name, count in counts:
        total[name] += count
    return sorted(total, key=lambda name: (-total[name], name))[:most]


def _heads(desk: Desk, *codes: str) -> tuple[str, ...]:
    return tuple(desk.put("columns", each) for each in codes)


def _figures(rows: Sequence[Figure], series: Mapping[Figure, Series], last: str) -> list[Figure]:
    """All figures of the series in which some stand, one a day, the oldest first."""
    found = dict.fromkeys(series[figure] for figure in rows if figure in series)
    days = {figure.day: figure for one in found for figure in one.figures if figure.day <= last}
    return [days[day] for day in sorted(days)]


def _turns(row: ProvisionState) -> list[tuple[str, int]]:
    """The days on which the state became another one, with its place on the scale."""
    steps = [(step.day, STATES.index(step.state)) for step in row.history]
    return [each for n, each in enumerate(steps) if n == 0 or each[1] != steps[n - 1][1]]


def _dot(row: Figure) -> charts.Dot:
    return charts.Dot(row.day, row.value, row.low, row.high)


def _side(desk: Desk, party: str | None) -> str:
    return desk.put("against_party", who=desk.names(party)) if party else desk.put("against_nobody")


def start(desk: Desk) -> str:
    """The first day on which the agreement was in force."""
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
