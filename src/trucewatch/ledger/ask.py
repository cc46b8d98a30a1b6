"""Asking the ledger: claims as they are shown now or as they were known at a moment, their history, articles, counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select

from trucewatch.access import NOTHING, Hidden
from trucewatch.database.engine import Ledger, reading
from trucewatch.database.tables import articles, audit, judgements, parties, readings, speaks
from trucewatch.ledger.rows import article_of
from trucewatch.ledger.search import searched
from trucewatch.ledger.sight import seen
from trucewatch.model import Article, Claim
from trucewatch.model.thaw import claim_of


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; None asks for all. `words`: all of them stand in the claim, the last may be the beginning of a word.
    `first` and `last` are days, both included. `party` stands anywhere in the claim, `speaker` is the innermost voice;
    `about` what the claim speaks of in the agreement, as far as that is kept (flow.catch_up). `withdrawn` asks for claims
    that are no longer given, and only for them. `after`: the place (`Entry.place`) of the last entry of the page before.
    `hidden`: what whoever asks may not see."""

    words: str | None = None
    event: str | None = None
    status: str | None = None
    party: str | None = None
    speaker: str | None = None
    accused: str | None = None
    article: str | None = None
    outlet: str | None = None
    language: str | None = None
    first: date | None = None
    last: date | None = None
    about: str | None = None
    withdrawn: bool = False
    limit: int = 100
    after: tuple[str, int] | None = None
    hidden: Hidden = NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """A spell in which a claim read so. `body` is the claim in its public form; `ended` is replaced, withdrawn or None;
    `redacted`: the number of the tombstone that took its words, or None."""

    n: int
    body: Mapping[str, Any]
    day: str
    since: datetime
    until: datetime | None
    ended: str | None
    run: str
    outlet: str | None
    language: str
    redacted: int | None

    @property
    def place(self) -> tuple[str, int]:
        return self.day, self.n


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds; `last` is the moment of its newest entry."""

    articles: int
    claims: int
    readings: int
    judgements: int
    entries: int
    last: datetime | None


def claims(ledger: Ledger, query: Query, *, as_of: datetime | None = None) -> tuple[Entry, ...]:
    """A page of claims, the latest day first; with words, the newest in the ledger first."""
    with reading(ledger) as connection:
        if query.words is None:
            return tuple(_entry(row) for row in connection.execute(_paged(query, as_of)).mappings())
        asked, before = wanted(query, as_of)[0], query.after[1] if query.after else None
        rows = searched(connection, asked, query.words, ledger.prefixes, before=before, limit=query.limit)
        return tuple(_entry(row) for row in rows)


def shown(ledger: Ledger, claims: Collection[str], *, hidden: Hidden = NOTHING) -> tuple[Entry, ...]:
    """These claims as they read now, in the order of the ledger; those that are given no more are not among them."""
    asked = _columns().where(readings.c.claim.in_(sorted(claims)), _holds(readings.c, None), seen(hidden)).order_by(readings.c.n)
    with reading(ledger) as connection:
        return tuple(_entry(row) for row in connection.execute(asked).mappings())


def newest(ledger: Ledger) -> int:
    """The number of the newest reading: another than before where a claim was added or reads otherwise."""
    with reading(ledger) as connection:
        return connection.execute(select(func.max(readings.c.n))).scalar() or 0


def history(ledger: Ledger, claim: str) -> tuple[Entry, ...]:
    """All spells of a claim, the oldest first."""
    asked = _columns().where(readings.c.claim == claim).order_by(readings.c.n)
    with reading(ledger) as connection:
        return tuple(_entry(row) for row in connection.execute(asked).mappings())


def article(ledger: Ledger, id_: str, *, as_of: datetime | None = None) -> Article | None:
    """An article as it is kept, or was at a moment."""
    asked = select(articles).where(articles.c.id == id_, _holds(articles.c, as_of)).order_by(articles.c.n.desc()).limit(1)
    with reading(ledger) as connection:
        row = connection.execute(asked).mappings().first()
    return article_of(dict(row)) if row else None


def articles_of(ledger: Ledger, ids: Collection[str], *, as_of: datetime | None = None) -> dict[str, Article]:
    """These articles by id, each as it is kept, or was at a moment."""
    asked = select(articles).where(articles.c.id.in_(sorted(ids)), _holds(articles.c, as_of)).order_by(articles.c.n)
    with reading(ledger) as connection:
        return {row["id"]: article_of(dict(row)) for row in connection.execute(asked).mappings()}


def printed(ledger: Ledger, first: date, last: date) -> tuple[tuple[Article, str | None], ...]:
    """The articles published on these days, both included, in the order in which they were kept; each with the one that it
    repeats."""
    days = articles.c.published.between(first.isoformat(), last.isoformat())
    asked = select(articles).where(articles.c.until.is_(None), days).order_by(articles.c.n)
    with reading(ledger) as connection:
        return tuple((article_of(dict(row)), row["repeat_of"]) for row in connection.execute(asked).mappings())


def printed_after(ledger: Ledger, n: int) -> tuple[tuple[Article, str | None], ...]:
    """The same of the articles whose row has a number after this one, whatever day they bear."""
    asked = select(articles).where(articles.c.until.is_(None), articles.c.n > n).order_by(articles.c.n)
    with reading(ledger) as connection:
        return tuple((article_of(dict(row)), row["repeat_of"]) for row in connection.execute(asked).mappings())


def entries(ledger: Ledger, limit: int) -> tuple[Mapping[str, Any], ...]:
    """The last entries of the chain, the newest last."""
    with reading(ledger) as connection:
        found = connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(limit)).mappings().all()
    return tuple(dict(row) for row in reversed(found))


def counts(ledger: Ledger, *, as_of: datetime | None = None, hidden: Hidden = NOTHING) -> Counts:
    """How much is known now, or was at a moment. Of what is hidden neither articles nor claims are counted."""
    made = audit.c.at <= as_of if as_of else audit.c.seq > 0
    asked = (
        select(func.count()).select_from(articles).where(_holds(articles.c, as_of), seen(hidden)),
        _told(hidden).where(_holds(readings.c, as_of)),
        _told(hidden).where(readings.c.since <= as_of if as_of else readings.c.n > 0),
        select(func.count()).select_from(judgements).where(judgements.c.at <= as_of if as_of else judgements.c.n > 0),
        select(func.count()).select_from(audit).where(made),
    )
    with reading(ledger) as connection:
        printed, shown, spells, judged, entries = (connection.execute(one).scalar_one() for one in asked)
        last = connection.execute(select(func.max(audit.c.at)).where(made)).scalar()
    return Counts(printed, shown, spells, judged, entries, last)


def _told(hidden: Hidden) -> Select[Any]:
    """A count of readings."""
    asked = select(func.count()).select_from(readings)
    return asked.join(articles, articles.c.n == readings.c.printed).where(seen(hidden)) if hidden else asked


def _columns() -> Select[Any]:
    named = (getattr(readings.c, name) for name in ("n", "body", "day", "since", "until", "ended", "run", "redacted"))
    return select(*named, articles.c.outlet, articles.c.language).join_from(
        readings, articles, articles.c.n == readings.c.printed
    )


def _holds(columns: Any, as_of: datetime | None) -> ColumnElement[bool]:
    """Whether a row's spell is open now, or was at a moment."""
    if as_of is None:
        now: ColumnElement[bool] = columns.until.is_(None)
        return now
    return and_(columns.since <= as_of, or_(columns.until.is_(None), columns.until > as_of))


def _paged(query: Query, as_of: datetime | None) -> Select[Any]:
    """A page in the order of days."""
    asked, day, n = wanted(query, as_of)
    if query.after:
        asked = asked.where(or_(day < query.after[0], and_(day == query.after[0], n < query.after[1])))
    return asked.order_by(day.desc(), n.desc()).limit(query.limit)


def wanted(query: Query, as_of: datetime | None) -> tuple[Select[Any], ColumnElement[str], ColumnElement[int]]:
    """All that is asked but its words, and the columns of day and number to order by."""
    asked = _columns()
    for column in ("event", "status", "speaker", "accused", "article"):
        if (value := getattr(query, column)) is not None:
            asked = asked.where(getattr(readings.c, column) == value)
    if query.hidden:
        asked = asked.where(seen(query.hidden))
    for column in ("outlet", "language"):
        if (value := getattr(query, column)) is not None:
            asked = asked.where(getattr(articles.c, column) == value)
    asked = asked.where(_withdrawn(as_of) if query.withdrawn else _holds(readings.c, as_of))
    if query.about is not None:
        asked = asked.join(speaks, speaks.c.n == readings.c.n).where(speaks.c.id == query.about)
    day: ColumnElement[str] = readings.c.day
    n: ColumnElement[int] = readings.c.n
    if query.party is not None:
        asked = asked.join(parties, parties.c.n == n).where(parties.c.party == query.party)
        day, n = parties.c.day, parties.c.n
    if query.first:
        asked = asked.where(day >= query.first.isoformat())
    if query.last:
        asked = asked.where(day <= query.last.isoformat())
    return asked, day, n


def _withdrawn(as_of: datetime | None) -> ColumnElement[bool]:
    """Spells that ended by withdrawal, of claims that nothing gives again."""
    again = readings.alias("again")
    shown = select(again.c.n).where(again.c.claim == readings.c.claim, _holds(again.c, as_of))
    later = select(again.c.n).where(again.c.claim == readings.c.claim, again.c.n > readings.c.n)
    known: ColumnElement[bool] = readings.c.until.is_not(None)
    if as_of is not None:
        known, later = readings.c.until <= as_of, later.where(again.c.since <= as_of)
    return and_(readings.c.ended == "withdrawn", known, ~shown.exists(), ~later.exists())


def _entry(row: RowMapping) -> Entry:
    return Entry(**row)


def everything(
    ledger: Ledger,
    *,
    first: date | None = None,
    last: date | None = None,
    as_of: datetime | None = None,
    hidden: Hidden = NOTHING,
) -> tuple[tuple[Claim, ...], dict[str, Article]]:
    """The claims of these days (both included; all without) with their articles by id, each in the version that holds."""
    asked = select(readings.c.body).where(_holds(readings.c, as_of)).order_by(readings.c.n)
    if hidden:
        asked = asked.join(articles, articles.c.n == readings.c.printed).where(seen(hidden))
    if first:
        asked = asked.where(readings.c.day >= first.isoformat())
    if last:
        asked = asked.where(readings.c.day <= last.isoformat())
    names = asked.with_only_columns(readings.c.article).order_by(None)
    printed = select(articles).where(articles.c.id.in_(names), _holds(articles.c, as_of))
    with reading(ledger) as connection:
        told = tuple(claim_of(row.body) for row in connection.execute(asked))
        return told, {row["id"]: article_of(dict(row)) for row in connection.execute(printed.order_by(articles.c.n)).mappings()}
