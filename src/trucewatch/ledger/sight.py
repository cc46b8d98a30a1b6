"""What is hidden from whoever asks, as a condition on the rows of articles; every question about claims takes it."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, not_, or_, select, true

from trucewatch.access import Hidden
from trucewatch.database.engine import Ledger, reading
from trucewatch.database.tables import articles, readings
from trucewatch.judgements.made import Judgement


def seen(hidden: Hidden) -> ColumnElement[bool]:
    """Whether an article may be seen. One of no known outlet is hidden by its id alone."""
    if not hidden:
        return true()
    outlet, name = articles.c.outlet, articles.c.id
    return and_(or_(outlet.is_(None), outlet.not_in(sorted(hidden.outlets))), name.not_in(sorted(hidden.articles)))


def hides(hidden: Hidden, article: str, outlet: str | None) -> bool:
    """The same of one article that is at hand."""
    return article in hidden.articles or outlet in hidden.outlets


def claims_behind(ledger: Ledger, hidden: Hidden) -> frozenset[str]:
    """The claims, now or ever, of what is hidden: what people said of them is hidden too."""
    if not hidden:
        return frozenset()
    asked = select(readings.c.claim).join_from(readings, articles, articles.c.n == readings.c.printed).where(not_(seen(hidden)))
    with reading(ledger) as connection:
        return frozenset(connection.execute(asked.distinct()).scalars())


def openly(told: Iterable[Judgement], behind: Collection[str]) -> tuple[Judgement, ...]:
    """What people said, but for what is said of a hidden claim, or also tells of one: that two tell the same."""
    return tuple(each for each in told if each.claim not in behind and _second(each.value) not in behind)


def _second(value: object) -> object:
    return value.get("to") if isinstance(value, dict) else None
