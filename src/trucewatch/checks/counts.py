"""Running counts held against each other: falling ones, parts greater than the whole, other beginnings."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from trucewatch.checks.remark import remark
from trucewatch.link.bounds import shown
from trucewatch.link.counts import counts_alike, crossed, quantity, same_voice
from trucewatch.link.view import View
from trucewatch.model import Figure, Finding

STARTS = (1, 7)  # days between two starts that are meant for the same beginning but differ
LOOK = 120  # days between two figures that are compared at all
ASIDE = 60  # days between figures whose starts are compared


def falling(told: Sequence[tuple[View, Figure]]) -> Iterator[Finding]:
    """A running count of one source that is lower than its count of the nearest day before (the highest of that day), in another
    article: within one, the lower number is a part of the greater as a rule."""
    for group in _running(told):
        for at, (new_view, new) in enumerate(group):
            earlier = ((v, f) for v, f in reversed(group[:at]) if f.day < new.day and f.article != new.article)
            before = [
                (v, f) for v, f in earlier if same_voice(v, new_view) and counts_alike(v, f, new_view, new) and _overlap(f, new)
            ]
            last = [(v, f) for v, f in before if f.day == before[0][1].day]
            old_view, old = max(last, key=lambda pair: pair[1].value, default=(new_view, new))
            if not (new.start and old.start) and new.value * 2 < old.value:
                continue  # without a beginning, so much less is a count of something else
            if old.low is not None and new.high is not None and new.high < old.low:
                values = (("source", new.source), ("of", new.of), ("old", _told(old)), ("before", old.day), ("new", _told(new)))
                yield remark("falling-total", new_view, (old_view,), (*values, ("day", new.day)))


def exceeding(told: Sequence[tuple[View, Figure]]) -> Iterator[Finding]:
    """A count of one source over a part of the time that is greater than its count over all of it."""
    for (one_view, one), (other_view, other) in _pairs(told):
        if not (one.start and other.start) or not same_voice(one_view, other_view) or one.of != other.of:
            continue
        part, whole, part_view, whole_view = (one, other, one_view, other_view)
        if (whole.start or "") > (part.start or "") or whole.day < part.day:
            part, whole, part_view, whole_view = (other, one, other_view, one_view)
        inside = (whole.start or "") < (part.start or "") and part.day <= whole.day
        if inside and _apart(part) > STARTS[1] and part.low is not None and whole.high is not None and part.low > whole.high:
            values = (("of", part.of), ("part", _told(part)), ("total", _told(whole)))
            yield remark("part-exceeds-total", part_view, (whole_view,), values)


def _overlap(one: Figure, other: Figure) -> bool:
    """Whether two counts share some day: a week is not the count of the week before."""
    return not (one.start and other.day < one.start) and not (other.start and one.day < other.start)


def _apart(one: Figure) -> int:
    return _days(one.start or one.day, one.day)


def starts(told: Sequence[tuple[View, Figure]]) -> Iterator[Finding]:
    """Counts of the same thing, or of two sides of each other's deeds, that begin on different days near each other: one finding
    for each pair of days, where one article tells both the first such. A calendar month is no beginning."""
    seen: set[tuple[str, str]] = set()
    for (one_view, one), (other_view, other) in [*_within(told), *_pairs(told)]:
        if not (one.start and other.start) or one.start == other.start or _month(one) or _month(other):
            continue
        if not _overlap(one, other) or not counts_alike(one_view, one, other_view, other) and not crossed(one_view, other_view):
            continue
        late, early = (one_view, other_view) if one.start > other.start else (other_view, one_view)
        first, last = sorted((one.start, other.start))
        near = STARTS[0] <= _days(first, last) <= STARTS[1] and _days(*sorted((one.day, other.day))) <= ASIDE
        if near and late.firm and early.firm and (first, last) not in seen:
            seen.add((first, last))
            yield remark("starts-differ", late, (early,), (("one", first), ("other", last)))


def _within(told: Sequence[tuple[View, Figure]]) -> Iterator[tuple[tuple[View, Figure], tuple[View, Figure]]]:
    """Pairs of running figures of one article, whatever they count."""
    groups: dict[str, list[tuple[View, Figure]]] = {}
    for one in told:
        if one[1].scope in ("cumulative", "total"):
            groups.setdefault(one[0].claim.article, []).append(one)
    for key in sorted(groups):
        yield from combinations(groups[key], 2)


def _month(one: Figure) -> bool:
    """Whether a count covers whole months of the calendar."""
    return (one.start or "").endswith("-01") and (date.fromisoformat(one.day) + timedelta(days=1)).day == 1


def _running(told: Sequence[tuple[View, Figure]]) -> list[list[tuple[View, Figure]]]:
    """Running figures by what they count, each group by day."""
    groups: dict[str, list[tuple[View, Figure]]] = {}
    for view, one in told:
        if one.scope in ("cumulative", "total"):
            groups.setdefault(one.of, []).append((view, one))
    return [sorted(groups[of], key=lambda pair: (pair[1].day, pair[0].id, pair[1].value)) for of in sorted(groups)]


def _pairs(told: Sequence[tuple[View, Figure]]) -> Iterator[tuple[tuple[View, Figure], tuple[View, Figure]]]:
    """Pairs of running figures of one thing whose days are near each other, the earlier day first."""
    for group in _running(told):
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if _days(one[1].day, other[1].day) > LOOK:
                    break
                yield one, other


def _told(one: Figure) -> str:
    return shown(quantity(one))


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
