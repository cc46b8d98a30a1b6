"""The feeds that a monitor watches."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update

from trucewatch.database.engine import Ledger, reading, writing
from trucewatch.database.tables import feeds, pages
from trucewatch.rota.rows import insert_new

READ = "ok"  # the outcome of a page that was read, whatever came of looking at it again


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it stands. `outcome`: the word for the last turn, `failures`: how many in a row had no answer that could be used.

    `pages`: how many it has listed, `waiting`: how many of them are still to be read.
    """

    url: str
    due: datetime
    etag: str | None
    modified: str | None
    failures: int
    paused: bool
    outcome: str | None
    polled: datetime | None
    pages: int = 0
    waiting: int = 0


def host_of(url: str) -> str:
    """What is asked politely as one: scheme, name and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def add(ledger: Ledger, url: str, *, at: datetime) -> bool:
    """Takes a feed in; it is due at once. False where it is there already."""
    row = {"url": url, "host": host_of(url), "due": at, "failures": 0, "paused": False}
    with writing(ledger) as connection:
        return bool(insert_new(connection, feeds, feeds.c.url, [row]))


def listed(ledger: Ledger) -> tuple[Feed, ...]:
    """All feeds, by address."""
    left = func.count(case((unread(), 1))).label("waiting")
    held = select(pages.c.feed, func.count().label("pages"), left).group_by(pages.c.feed)
    counts = held.subquery()
    asked = select(feeds, counts.c.pages, counts.c.waiting).outerjoin(counts, counts.c.feed == feeds.c.url).order_by(feeds.c.url)
    with reading(ledger) as connection:
        return tuple(
            Feed(
                row["url"],
                row["due"],
                row["etag"],
                row["modified"],
                row["failures"],
                row["paused"],
                row["outcome"],
                row["polled"],
                row["pages"] or 0,
                row["waiting"] or 0,
            )
            for row in connection.execute(asked).mappings()
        )


def pause(ledger: Ledger, url: str, *, at: datetime, paused: bool = True) -> bool:
    """Leaves a feed alone until it is taken up again, which makes it due. False where there is no such feed."""
    with writing(ledger) as connection:
        changed = connection.execute(
            update(feeds).where(feeds.c.url == url).values(paused=paused, **({} if paused else {"due": at, "failures": 0}))
        )
        return changed.rowcount > 0


def remove(ledger: Ledger, url: str) -> bool:
    """Forgets a feed and the pages it has listed that are still to be read; what was read stays in the ledger, and known, and is
    not looked at again."""
    with writing(ledger) as connection:
        connection.execute(delete(pages).where(pages.c.feed == url, unread()))
        connection.execute(update(pages).where(pages.c.feed == url).values(due=None, link=None, published=None))
        return connection.execute(delete(feeds).where(feeds.c.url == url)).rowcount > 0


def move(ledger: Ledger, url: str, to: str) -> None:
    """A feed and its pages under another address; where that is watched already, it takes over the pages."""
    with writing(ledger) as connection:
        there = connection.execute(select(feeds.c.url).where(feeds.c.url == to)).scalar()
        connection.execute(update(pages).where(pages.c.feed == url).values(feed=to))
        if there is None:
            connection.execute(update(feeds).where(feeds.c.url == url).values(url=to, host=host_of(to)))
        else:
            connection.execute(delete(feeds).where(feeds.c.url == url))


def unread() -> ColumnElement[bool]:
    """Whether a page is still to be read for the first time."""
    return pages.c.due.is_not(None) & or_(pages.c.outcome.is_(None), pages.c.outcome != READ)
