"""Figures as told, by source and day: series, the spread over sources, and counts added up from daily ones. No figure is "the"
one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from trucewatch.link.bounds import compatible, limits, near
from trucewatch.link.names import Name, agree, best
from trucewatch.link.view import View, day, iso
from trucewatch.model import Figure, LinkKnowledge, Quantity, Reason, Series, Spread
from trucewatch.text.figuretext import written
from trucewatch.text.fold import fold_text

_WORD = re.compile(r"[^\W_]+")
LENGTHS = ("days", "other:hours", "other:hour", "other:day")  # lengths of time are no figures of a series
TOLD = ("occurred", "ongoing")
START_SLACK = 7  # days between two starts that are meant for the same beginning
DAY_SLACK = 4  # days between two figures that may be of one source


def figures(views: Iterable[View]) -> tuple[Figure, ...]:
    """Every figure of claims that tell something that happened, by day. A figure without a day stands on its day of print."""
    out = [figure(v, q) for v in views if v.claim.status in TOLD for q in v.claim.quantities if q.of not in LENGTHS]
    return tuple(sorted((f for f in out if f is not None), key=lambda f: (f.day, f.source, f.of, f.claim or "", f.value)))


def figure(view: View, quantity: Quantity) -> Figure | None:
    """One quantity of a claim as a point of a series; None where no day is known at all."""
    period = quantity.period or (None, None)
    own = view.span if view.running or not any(period) else None
    start = day(period[0]) if period[0] else own[0] if own and view.running else None
    end = day(period[1]) or (own[1] if own else None) or (view.span[1] if view.span else None) or view.printed
    if end is None:
        return None
    low, high = limits(quantity.value, quantity.bound)
    roles = dict(view.roles)
    return Figure(
        of=quantity.of,
        value=quantity.value,
        bound=quantity.bound,
        low=low,
        high=high,
        scope="cumulative" if view.running and quantity.scope == "new" else quantity.scope,
        start=iso(start) if start is not None else None,
        day=iso(end),
        source=source(view),
        doer=_whose(roles["actors"]),
        whom=_whose(roles["recipients"]),
        article=view.claim.article,
        claim=view.id,
    )


def source(view: View) -> str:
    """Who counts: the id of the innermost voice or its folded words; `outlet:` and its id for the outlet's own count."""
    if view.voice is None:
        return f"outlet:{view.outlet or view.claim.article}"
    return view.voice.party or plain(view.voice.shown)


def plain(text: str) -> str:
    """The folded words of a text, clitics left on, with one blank between."""
    return " ".join(_WORD.findall(fold_text(text)))


def _whose(names: Sequence[Name]) -> str | None:
    return "+".join(sorted(n.party or " ".join(sorted(n.words)) for n in names)) or None


def series(found: Iterable[Figure]) -> tuple[Series, ...]:
    """Figures grouped by source, thing, start, doer and victims; each series by day."""
    groups: dict[tuple[str, str, bool, str, str, str], list[Figure]] = {}
    for one in found:
        running = one.scope in ("cumulative", "total")
        key = (one.source, one.of, running, one.start if running and one.start else "", one.doer or "", one.whom or "")
        groups.setdefault(key, []).append(one)
    return tuple(
        Series(key[0], key[1], key[2], key[3] or None, key[4] or None, key[5] or None, tuple(sorted(group, key=_order)))
        for key, group in sorted(groups.items())
    )


def _order(one: Figure) -> tuple[str, str, float]:
    return one.day, one.claim or "", one.value


def spread(every: Iterable[Series], of: str, on: str, *, reasons: tuple[Reason, ...] = ()) -> Spread:
    """What all sources say of a running count on a day: of each series its last figure up to that day."""
    last = [
        [f for f in one.figures if f.day <= on][-1]
        for one in every
        if one.of == of and one.running and any(f.day <= on for f in one.figures)
    ]
    lows, highs = [f.low for f in last], [f.high for f in last]
    low = None if not last or None in lows else min(v for v in lows if v is not None)
    high = None if not last or None in highs else max(v for v in highs if v is not None)
    return Spread(of, on, low, high, tuple(last), reasons)


def added(daily: Sequence[Figure], start: str, until: str) -> Figure | None:
    """The daily figures of one source from a day to a day, added up; None where there are none. Reports of the same day are all
    counted: give the figures of one daily source only."""
    within = [f for f in daily if f.scope == "new" and start <= f.day <= until]
    if not within:
        return None
    first = within[0]
    total = sum(f.value for f in within)
    exact = all(f.bound == "exact" for f in within)
    low, high = limits(total, "exact") if exact else (sum(f.low or 0 for f in within), None)
    bound = "exact" if exact else "at_least"
    return replace(
        first, value=total, bound=bound, low=low, high=high, scope="cumulative", start=start, day=until, article=None, claim=None,
        derived="daily reports added up",
    )  # fmt: skip


def counted_from(daily: Sequence[Figure], starts: Sequence[str], until: str) -> tuple[tuple[Figure, ...], tuple[Reason, ...]]:
    """The same daily figures counted from each of several starts, and why the counts differ: a report of a day tells of the hours
    before it, so the report of the first day may belong to the time before a truce or after."""
    found = [f for start in sorted(starts) if (f := added(daily, start, until))]
    reasons = []
    for early, late in zip(found, found[1:], strict=False):
        between = [f for f in daily if f.scope == "new" and (early.start or "") <= f.day < (late.start or "")]
        values = (
            ("day", ", ".join(dict.fromkeys(f.day for f in between))),
            ("value", written(early.value - late.value)),
            ("of", early.of),
            ("one", early.start or "?"),
            ("other", late.start or "?"),
        )
        reasons.append(Reason("first-report-before", values))
    return tuple(found), tuple(reasons)


def alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing from the same beginning, as far as they tell."""
    if one.of != other.of or (one.scope == "new") != (other.scope == "new"):
        return False
    if one.start and other.start and abs((day(one.start) or 0) - (day(other.start) or 0)) > START_SLACK:
        return False
    return _free(one.doer, other.doer) and _free(one.whom, other.whom)


def counts_alike(one: View, first: Figure, other: View, second: Figure) -> bool:
    """The same of two claims' figures; doers and victims by their names where they are told in two languages."""
    if one.language == other.language:
        return alike(first, second)
    least = 0 if same_voice(one, other) else 1
    free = all(not ours or not theirs or best(ours, theirs)[0] >= least for ours, theirs in _sides(one, other))
    return free and alike(replace(first, doer=None, whom=None), second)


def crossed(one: View, other: View) -> bool:
    """Whether two sides count each other's deeds: the voice of each is the doer in the other's count."""
    (ours, theirs), _ = _sides(one, other)
    if one.voice is None or other.voice is None or best(ours, theirs)[0] > 0:
        return False
    return best((one.voice,), theirs)[0] > 0 and best((other.voice,), ours)[0] > 0


def _sides(one: View, other: View) -> tuple[tuple[tuple[Name, ...], tuple[Name, ...]], ...]:
    ours, theirs = dict(one.roles), dict(other.roles)
    return tuple((ours[role], theirs[role]) for role in ("actors", "recipients"))


def _free(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other or bool(set(one.split()) & set(other.split()))


def fits(one: Figure, other: Figure) -> Reason | None:
    """The reason why two told figures allow each other; None where they do not."""
    first, second = quantity(one), quantity(other)
    if not compatible(first, second):
        return None
    return Reason("within-bounds", (("one", _shown(one)), ("other", _shown(other))))


def quantity(one: Figure) -> Quantity:
    """A figure as the quantity it was told as."""
    return Quantity(one.of, one.value, one.bound, one.scope, None, None, None)


def _shown(one: Figure) -> str:
    return f"{one.bound} {written(one.value)}"


def same_source(one: Figure, other: Figure, knowledge: LinkKnowledge) -> Reason | None:
    """Why two figures have one origin: the same source, or an office that is not named gives what a named one counts."""
    if one.source == other.source:
        return Reason("same-speaker", (("voice", one.source),))
    unnamed = [f.source in knowledge.authorities for f in (one, other)]
    if unnamed[0] == unnamed[1]:
        return None
    named = other if unnamed[0] else one
    close = abs((day(one.day) or 0) - (day(other.day) or 0)) <= DAY_SLACK
    if close and not named.source.startswith("outlet:") and alike(replace(one, doer=None, whom=None), other):
        first, second = quantity(one), quantity(other)
        if near(first, second):
            return Reason("unnamed-office", (("source", named.source),))
    return None


def same_voice(one: View, other: View) -> bool:
    """Whether two claims are told by one voice, across spellings."""
    if one.voice is None or other.voice is None:
        return one.voice is other.voice and bool(one.outlet) and one.outlet == other.outlet
    return agree(one.voice, other.voice) > 0
