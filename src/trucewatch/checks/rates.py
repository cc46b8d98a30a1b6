"""A rate by the day against a total over days."""

from collections.abc import Iterator, Sequence

from trucewatch.link.view import View, day, sentences
from trucewatch.model import Article, Calendar, Finding, LinkKnowledge, Reason
from trucewatch.text.countwords import Number, counts, length, spans
from trucewatch.text.figuretext import Token, follows, tokens, written

RATE, ROUNDED = 0.15, 0.6  # share by which a rate may miss a total over days, or by how much it may be rounded
MEANT = 6  # a rate so many times greater or smaller is told of something else
REACH = 3  # words between a number and "a day"
BEFORE = 5  # words before a number in which "average" may stand


def rates(article: Article, views: Sequence[View], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """A number "a day" that its total over the days told does not give: 25 a day, 813 in 67 days."""
    calendar = knowledge.calendars.get(article.language)
    if calendar is None or not calendar.per_day:
        return
    prefixes = knowledge.prefixes.get(article.language, ())
    before: tuple[int, list[Token]] | None = None
    for start, end in sentences(article.text).items():
        found = tokens(article.text, start, end)
        near = before[1] if before and "\n" not in article.text[before[0] : start].strip() else []
        told = counts([*near, *found], calendar, prefixes)
        for rate in told:
            if rate.at >= len(near) and _daily([*near, *found], rate, calendar):
                yield from _misfit(article, views, calendar, [*near, *found], told, rate)
        before = (start, found)


def _daily(found: list[Token], told: Number, calendar: Calendar) -> bool:
    """Whether a number is one by the day: "25 breaches a day", "a daily average of 25"."""
    return follows(found, told.last, calendar.per_day, REACH) or (
        _stands_before(found, told, calendar.daily) and _stands_before(found, told, calendar.average)
    )


def _stands_before(found: list[Token], told: Number, terms: frozenset[tuple[str, ...]]) -> bool:
    return any((token.text,) in terms for token in found[max(0, told.at - BEFORE) : told.at])


def _misfit(
    article: Article, views: Sequence[View], calendar: Calendar, found: list[Token], told: list[Number], rate: Number
) -> Iterator[Finding]:
    long = {one: days for one in told if (days := length(found, one, calendar)) is not None}
    lengths = [*long.values(), *spans(found, calendar), *_periods(views, found)]
    timed = {one for one in told if follows(found, one.last, calendar.hours, 1)}
    totals = [n for n in told if n not in {*long, *timed} and n.value > rate.value and not _daily(found, n, calendar)]
    # What is allowed a day is no reckoning from what came: a rate told before its total must be called an average.
    reckoned = _stands_before(found, rate, calendar.average)
    totals = [one for one in totals if reckoned or one.at < rate.at]
    if not lengths or not totals:
        return
    slack = max(RATE * rate.value, ROUNDED)
    if any(abs(total.value / days - rate.value) <= slack for total in totals for days in lengths if days):
        return
    total = max(totals, key=lambda one: one.value)
    days = min(lengths, key=lambda d: abs(total.value / d - rate.value))
    if not 1 / MEANT <= total.value / days / rate.value <= MEANT:
        return
    values = (
        ("total", written(total.value)),
        ("days", written(days)),
        ("rate", f"{total.value / days:.0f}"),
        ("told", written(rate.value)),
    )
    first, last = sorted((total, rate), key=lambda one: one.at)
    claims = tuple(v.id for v in views if any(q.value == total.value for q in v.claim.quantities))
    quote = article.text[found[first.at].start : found[last.last].end]
    yield Finding("rate-does-not-fit", claims, (article.id,), quote, Reason("rate-does-not-fit", values))


def _periods(views: Sequence[View], found: list[Token]) -> list[float]:
    """Lengths in days of the periods over which claims of these sentences count."""
    start, end = found[0].start, found[-1].end
    out = []
    for one in views:
        if not start <= one.sentence[0] + 1 <= end:
            continue
        for q in one.claim.quantities:
            first, last = (day(d) for d in q.period or (None, None))
            if first is not None and last is not None and last > first:
                out.append(float(last - first + 1))
    return out
