"""A rate by the day against a total over days."""

from collections.abc import Iterator, Sequence

from trucewatch.link.view import View, day, sentences
from trucewatch.model import Article, Calendar, Finding, LinkKnowledge, Reason
from trucewatch.text.figuretext import Token, follows, numbers, tokens, written

RATE = 0.25  # share by which a rate may miss a total over days


def rates(article: Article, views: Sequence[View], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """A number "a day" that its total over the days told does not give: 25 a day, 813 in 67 days."""
    calendar = knowledge.calendars.get(article.language)
    if calendar is None or not calendar.per_day:
        return
    before: tuple[int, list[Token]] | None = None
    for start, end in sentences(article.text).items():
        found = tokens(article.text, start, end)
        worded = ((at, float(calendar.numerals[t.text])) for at, t in enumerate(found) if t.text in calendar.numerals)
        for at, rate in (*numbers(found, calendar), *worded):
            if not follows(found, at, calendar.per_day, 3) or rate <= 0:
                continue
            near = before[1] if before and "\n" not in article.text[before[0] : start].strip() else []
            yield from _misfit(article, views, calendar, [*near, *found], len(near) + at, rate)
        before = (start, found)


def _misfit(
    article: Article, views: Sequence[View], calendar: Calendar, found: list[Token], at: int, rate: float
) -> Iterator[Finding]:
    counts = list(numbers(found, calendar))
    lengths = [
        n for i, n in counts if i != at and follows(found, i, calendar.days, 1) and not follows(found, i, calendar.per_day, 1)
    ]
    lengths += _periods(views, found)
    totals = [(n, i) for i, n in counts if n not in lengths and n > rate and not follows(found, i, calendar.per_day, 3)]
    if not lengths or not totals:
        return
    if any(abs(total / days - rate) <= RATE * rate for total, _ in totals for days in lengths if days):
        return
    total, place = max(totals)
    days = min(lengths, key=lambda d: abs(total / d - rate))
    values = (("total", written(total)), ("days", written(days)), ("rate", f"{total / days:.0f}"), ("told", written(rate)))
    low, high = sorted((found[place].start, found[at].end))
    claims = tuple(v.id for v in views if any(q.value == total for q in v.claim.quantities))
    yield Finding("rate-does-not-fit", claims, (article.id,), article.text[low:high], Reason("rate-does-not-fit", values))


def _periods(views: Sequence[View], found: list[Token]) -> list[float]:
    """Lengths in days of the periods over which claims of these sentences count."""
    start, end = found[0].start, found[-1].end
    out = []
    for one in views:
        if not (one.running and start <= one.sentence[0] + 1 <= end):
            continue
        for q in one.claim.quantities:
            first, last = (day(d) for d in q.period or (None, None))
            if first is not None and last is not None and last > first:
                out.append(float(last - first + 1))
    return out
