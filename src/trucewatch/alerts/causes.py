"""What the rules ask for, in a day that is laid out: each cause with keys that stay the same as claims join it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from trucewatch.model import Series
from trucewatch.model.alert import Alert
from trucewatch.model.happening import Figure, Happening
from trucewatch.model.tracker import ProvisionState, Tracker
from trucewatch.report import Outlet, Told

DISPUTES = ("contradicts", "denies")


def states(tracker: Tracker, only: Sequence[str]) -> Iterator[Alert]:
    """Each time a provision came into a state. The key counts the times, for a telling found later may move the day."""
    for row in tracker.provisions:
        if only and row.provision not in only:
            continue
        yield from _steps(row)
        if row.ruling:
            told = row.ruling
            key = f"ruling:{row.provision}:{told.since}:{told.state}:{told.who}"
            yield Alert(
                "state", told.since, row.provision, (row.proposed, told.state, f"judged-by {told.who}"), (told.claim,), (key,)
            )


def _steps(row: ProvisionState) -> Iterator[Alert]:
    times: dict[str, int] = {}
    before = "not-initiated"
    for step in row.history:
        times[step.state] = times.get(step.state, 0) + 1
        if step.state != before:
            key = f"state:{row.provision}:{step.state}:{times[step.state]}"
            yield Alert("state", step.day, row.provision, (before, step.state, step.rule), step.claims, (key,))
        before = step.state


def jumps(series: Iterable[Series], of: Sequence[str], percent: float, least: float) -> Iterator[Alert]:
    """A running count that grew by so much in hundred, and by `least`, against the figure of the same source before it."""
    for row in series:
        if not row.running or (of and row.of not in of):
            continue
        for old, new in zip(row.figures, row.figures[1:], strict=False):
            grown = new.value - old.value
            if old.day < new.day and grown >= max(least, old.value * percent / 100) and grown > 0:
                yield _jump(row, old, new)


def _jump(row: Series, old: Figure, new: Figure) -> Alert:
    key = f"figure:{row.source}:{row.of}:{row.start}:{row.doer}:{row.whom}:{new.day}:{new.value:g}"
    values = (row.of, old.day, f"{old.value:g}", new.bound, f"{new.value:g}", row.start or "")
    claims = tuple(each.claim for each in (new, old) if each.claim)
    return Alert("figure", new.day, row.source if "." in row.source or row.source.isupper() else "", values, claims, (key,))


def contradictions(happenings: Iterable[Happening], published: Mapping[str, str]) -> Iterator[Alert]:
    """Two origins that contradict, or of which one denies the other; however many copies of each there are. `published`: claim →
    day of print."""
    for each in happenings:
        origin = {claim: row.id for row in each.origins for claim in row.claims}
        pairs: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for link in each.links:
            if link.relation in DISPUTES and link.one in published and link.other in published:
                sides = tuple(sorted((origin.get(link.one, link.one), origin.get(link.other, link.other))))
                pairs.setdefault((link.relation, sides[0], sides[1]), []).append((link.one, link.other))
        for (relation, _, _), found in sorted(pairs.items()):
            one, other = min(found)
            day = min(max(published[a], published[b]) for a, b in found)
            keys = tuple(f"{relation}:{min(pair)}:{max(pair)}" for pair in sorted(found))
            yield Alert("contradiction", day, each.event, (relation,), (one, other), keys)


def deadlines(tracker: Tracker, days: int, only: Sequence[str]) -> Iterator[Alert]:
    """Terms that end within so many days."""
    for row in tracker.deadlines:
        if row.due is None or row.days is None or not 0 <= row.days <= days or (only and row.provision not in only):
            continue
        end = row.due.end.isoformat()
        yield Alert("deadline", tracker.as_of, row.provision, (end, str(row.days)), (), (f"deadline:{row.provision}:{end}",))


def silences(outlets: Iterable[Outlet], today: date, days: int, articles: int, only: Sequence[str]) -> Iterator[Alert]:
    """Outlets of which we had so many articles at least, and none for more than so many days."""
    last: dict[str, str] = {}
    held: dict[str, int] = {}
    for row in outlets:
        if row.outlet and row.last:
            last[row.outlet] = max(row.last, last.get(row.outlet, ""))
            held[row.outlet] = held.get(row.outlet, 0) + row.articles
    for name in sorted(last):
        gone = (today - date.fromisoformat(last[name])).days
        if gone > days and held[name] >= articles and (not only or name in only):
            yield Alert("silence", today.isoformat(), name, (last[name], str(gone)), (), (f"silence:{name}:{last[name]}",))


def published(told: Told) -> dict[str, str]:
    """The day on which each claim was printed."""
    days = {name: row.published.isoformat() for name, row in told.articles.items() if row.published}
    return {claim.id: days[claim.article] for claim in told.claims if claim.article in days}
