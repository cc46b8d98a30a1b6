"""Days that cannot be as they are told."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from trucewatch.checks.remark import remark
from trucewatch.link.view import TOLLS, View, iso
from trucewatch.model import Article, Finding, LinkKnowledge, Reason, When
from trucewatch.text.figuretext import Told, tokens

NEAR = 30  # letters before a day in which "until" may stand


def weekdays(article: Article, dated: Iterable[Told]) -> Iterator[Finding]:
    """Dates whose weekday is another one, and dates that there are not. `dated`: those of the article."""
    for told in dated:
        if told.day is None:
            yield Finding("impossible-date", (), (article.id,), told.shown, Reason("impossible-date", (("day", told.shown),)))
        elif told.weekday is not None and told.day.isoweekday() != told.weekday:
            values = (("day", told.day.isoformat()), ("was", _day_name(told.day)), ("told", told.shown))
            yield Finding("weekday-against-date", (), (article.id,), told.shown, Reason("weekday-against-date", values))


def _day_name(day: date) -> str:
    return f"weekday {day.isoweekday()}"


def ahead(article: Article, views: Sequence[View], dated: Iterable[Told], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Told as past on a day that lies after the day of print, once for the claims of a sentence. Only where the sentence itself
    names the year, or for a deed of force a weekday that fits: else the wrong one may have been taken. A day up to which
    something is said to last ("until 31 October") is none."""
    found: dict[tuple[int, int], list[View]] = {}
    pinned = {told.day for told in dated if _fits(told)}
    for one in views:
        when = one.claim.when
        if not when or when.basis != "stated" or one.claim.status != "occurred" or not one.span or one.printed is None:
            continue
        year = (when.start or "")[:4]
        named = when.text is None or year in when.text or year in one.words
        named = named or (one.claim.event in TOLLS and date.fromordinal(one.span[0]) in pinned)
        if one.span[0] > one.printed + 1 and year and named and not _up_to(article, when, knowledge):
            found.setdefault((one.sentence[0], one.span[0]), []).append(one)
    for (_, day), (first, *others) in found.items():
        values = (("day", iso(day)), ("printed", article.published.isoformat() if article.published else "?"))
        yield remark("day-after-print", first, others, values)


def _fits(told: Told) -> bool:
    return told.day is not None and told.weekday == told.day.isoweekday()


def _up_to(article: Article, when: When, knowledge: LinkKnowledge) -> bool:
    calendar = knowledge.calendars.get(article.language)
    before = tokens(article.text, max(0, when.at[0] - NEAR), when.at[0]) if when.at else []
    return calendar is not None and bool(before) and (before[-1].text,) in calendar.until
