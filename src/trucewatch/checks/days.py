"""Days that cannot be as they are told."""

from collections.abc import Iterator, Sequence
from datetime import date

from trucewatch.checks.remark import remark
from trucewatch.link.view import View, iso
from trucewatch.model import Article, Finding, LinkKnowledge, Reason, When
from trucewatch.text.figuretext import dates, tokens

NEAR = 30  # letters before a day in which "until" may stand


def weekdays(article: Article, knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Dates whose weekday is another one, and dates that there are not."""
    for told in dates(article.text, article.language, article.published, knowledge):
        if told.day is None:
            yield Finding("impossible-date", (), (article.id,), told.shown, Reason("impossible-date", (("day", told.shown),)))
        elif told.weekday is not None and told.day.isoweekday() != told.weekday:
            values = (("day", told.day.isoformat()), ("was", _day_name(told.day)), ("told", told.shown))
            yield Finding("weekday-against-date", (), (article.id,), told.shown, Reason("weekday-against-date", values))


def _day_name(day: date) -> str:
    return f"weekday {day.isoweekday()}"


def ahead(article: Article, views: Sequence[View], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Told as past on a day that lies after the day of print. Only where the sentence itself names the year: without it the
    wrong one may have been taken. A day up to which something is said to last ("until 31 October") is none."""
    for one in views:
        when = one.claim.when
        if not when or when.basis != "stated" or one.claim.status != "occurred" or not one.span or one.printed is None:
            continue
        year = (when.start or "")[:4]
        named = when.text is None or year in when.text or year in one.words
        if one.span[0] > one.printed + 1 and year and named and not _up_to(article, when, knowledge):
            values = (("day", iso(one.span[0])), ("printed", iso(one.printed)))
            yield remark("day-after-print", one, (), values)


def _up_to(article: Article, when: When, knowledge: LinkKnowledge) -> bool:
    calendar = knowledge.calendars.get(article.language)
    before = tokens(article.text, max(0, when.at[0] - NEAR), when.at[0]) if when.at else []
    return calendar is not None and bool(before) and (before[-1].text,) in calendar.until
