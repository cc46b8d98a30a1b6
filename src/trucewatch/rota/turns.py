"""Turns: what is due is taken on lease, done, and settled. A lease that ran out goes to another; who held it settles nothing.

Each host is asked for one thing at a time, and is free again after its pause: so two watchers together are as polite as one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, case, func, or_, select, update

from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.tables import feeds, hosts, pages
from trucewatch.rota.feeds import READ, Feed, host_of, unread
from trucewatch.rota.rows import insert_new, one_by_one


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a feed lists. `published` as printed there."""

    link: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose turn it is. `failures`: how often it was tried in vain; `outcome`: ok once it was read."""

    key: str
    link: str
    feed: str
    published: str | None
    failures: int
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for turns, and when. `delay`: the pause between two requests to a host that asks for no longer one."""

    at: datetime
    lease: timedelta
    holder: str
    delay: timedelta


def claim_feeds(ledger: Ledger, by: Asking, *, most: int, but: Collection[str] = ()) -> tuple[Feed, ...]:
    """Feeds that are due, the longest due first, one of each host; they are the asking watcher's until the lease ends. `but`:
    hosts that are left out."""
    rows = _claim(ledger, feeds, feeds.c.url, feeds.c.paused.is_(False), by, most, but)
    told = ("url", "due", "etag", "modified", "failures", "paused", "outcome", "polled")
    return tuple(Feed(**{name: row[name] for name in told}) for row in rows)


def claim_pages(ledger: Ledger, by: Asking, *, most: int, but: Collection[str] = ()) -> tuple[Page, ...]:
    """The same for pages."""
    rows = _claim(ledger, pages, pages.c.key, pages.c.link.is_not(None), by, most, but)
    return tuple(
        Page(**{name: row[name] for name in ("key", "link", "feed", "published", "failures", "outcome")}) for row in rows
    )


def settle_feed(
    ledger: Ledger,
    url: str,
    *,
    holder: str,
    at: datetime,
    due: datetime,
    outcome: str,
    failures: int,
    validators: tuple[str | None, str | None] | None = None,
    found: Sequence[Found] = (),
    paused: bool = False,
) -> int | None:
    """Ends a feed's turn: its new pages and its validators are kept together or not at all. Returns how many pages were new; None
    where the lease was lost, which changes nothing. `paused`: it is not looked at again."""
    told: dict[str, Any] = {"due": due, "outcome": outcome, "failures": failures, "polled": at, "lease": None, "holder": None}
    told |= {"paused": True} if paused else {}
    if validators is not None:
        told |= {"etag": validators[0], "modified": validators[1]}
    rows = {key(one.link): one for one in found}
    with writing(ledger) as connection:
        done = connection.execute(update(feeds).where(feeds.c.url == url, feeds.c.holder == holder).values(told))
        if not done.rowcount:
            return None
        new = [
            {"key": name, "feed": url, "host": host_of(one.link), "link": one.link, "due": at, "failures": 0}
            | {"published": one.published}
            for name, one in rows.items()
        ]
        return len(insert_new(connection, pages, pages.c.key, new))


def settle_page(
    ledger: Ledger, name: str, *, holder: str, outcome: str, failures: int, due: datetime | None = None, link: str | None = None
) -> bool:
    """Ends a page's turn; without `due` for good: then its address is forgotten, its key stays, so that it is known again.
    `link`: where it is looked for the next time, if elsewhere."""
    told: dict[str, Any] = {"due": due, "outcome": outcome, "failures": failures, "lease": None, "holder": None}
    if due is None:
        told |= {"link": None, "published": None}
    elif link is not None:
        told |= {"link": link, "host": host_of(link)}
    with writing(ledger) as connection:
        return connection.execute(update(pages).where(pages.c.key == name, pages.c.holder == holder).values(told)).rowcount > 0


def release(ledger: Ledger, holder: str) -> None:
    """Gives back all that a watcher had in hand."""
    with writing(ledger) as connection:
        for table in (feeds, pages):
            connection.execute(update(table).where(table.c.holder == holder).values(lease=None, holder=None))


def next_due(ledger: Ledger, by: datetime | None = None) -> datetime | None:
    """When the next turn can begin, once no lease and no pause of a host is in its way; `by`: of what is due by then. None where
    there is nothing."""
    with reading(ledger) as connection:
        moments = [connection.execute(_soonest(table, by)).scalar() for table in (feeds, pages)]
    return min((moment for moment in moments if moment), default=None)


def waiting(ledger: Ledger) -> int:
    """How many pages are still to be read; those that were, and are looked at again, are none of them."""
    with reading(ledger) as connection:
        return connection.execute(select(func.count()).select_from(pages).where(unread())).scalar_one()


def given_up(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    """Pages that were not read and are not tried again, by the word for their last turn."""
    done = (pages.c.due.is_(None), pages.c.outcome.is_not(None), pages.c.outcome != READ)
    asked = select(pages.c.outcome, func.count()).where(*done).group_by(pages.c.outcome).order_by(pages.c.outcome)
    with reading(ledger) as connection:
        return tuple((outcome, count) for outcome, count in connection.execute(asked))


def key(link: str) -> str:
    """By this a page is known for ever."""
    return sha256(link.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _soonest(table: Table, by: datetime | None) -> Any:
    """The least moment at which a row is due, held by nobody, on a host that is free."""
    moment: Any = table.c.due
    for other in (table.c.lease, hosts.c.free):
        moment = case((and_(other.is_not(None), other > moment), other), else_=moment)
    open_ = table.c.paused.is_(False) if "paused" in table.c else table.c.due.is_not(None)
    asked = select(func.min(moment)).select_from(table.outerjoin(hosts, hosts.c.host == table.c.host)).where(open_)
    return asked if by is None else asked.where(table.c.due <= by)


def _claim(
    ledger: Ledger,
    table: Table,
    key_: ColumnElement[Any],
    open_: ColumnElement[bool],
    by: Asking,
    most: int,
    but: Collection[str],
) -> list[RowMapping]:
    if most <= 0:
        return []
    free = or_(hosts.c.free.is_(None), hosts.c.free <= by.at)
    mine = or_(table.c.lease.is_(None), table.c.lease <= by.at)
    rank = func.row_number().over(partition_by=table.c.host, order_by=(table.c.due, key_)).label("rank")
    asked = select(table, hosts.c.delay, rank).select_from(table.outerjoin(hosts, hosts.c.host == table.c.host))
    first = asked.where(open_, table.c.due <= by.at, mine, free, table.c.host.not_in(list(but))).subquery()
    with writing(ledger) as connection:
        one_by_one(connection)
        chosen = select(first).where(first.c.rank == 1).order_by(first.c.due, first.c[key_.name]).limit(most)
        rows = list(connection.execute(chosen).mappings())
        for row in rows:
            taken = update(table).where(key_ == row[key_.name]).values(lease=by.at + by.lease, holder=by.holder)
            connection.execute(taken)
            _busy(connection, row["host"], by.at + max(by.delay, timedelta(seconds=row["delay"] or 0)))
    return rows


def _busy(connection: Connection, host: str, until: datetime) -> None:
    if not insert_new(connection, hosts, hosts.c.host, [{"host": host, "free": until, "delay": 0.0}]):
        connection.execute(update(hosts).where(hosts.c.host == host).values(free=until))
