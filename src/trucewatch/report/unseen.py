"""What the report rests on, and what it could not see: silent outlets, languages nobody reads, feeds and pages that failed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from trucewatch.publish.agreement import Names, Put
from trucewatch.publish.labels import Labels, say
from trucewatch.report.sitrep import Item


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is held of an outlet in one language by the day of the report. `last`: the newest day of print."""

    outlet: str | None
    language: str
    articles: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is paused or whose last `failures` turns had no answer."""

    url: str
    outcome: str
    failures: int
    paused: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """`head`: number and digest of the ledger's last entry; `languages`: those that are read. Feeds and pages are as they stand
    now, for nobody keeps how they stood: they are left out where a report asks for an earlier knowledge."""

    coder: str
    head: tuple[int, str] | None = None
    as_known: str | None = None
    languages: Collection[str] = ()
    outlets: tuple[Outlet, ...] = ()
    feeds: tuple[Feed, ...] = ()
    waiting: int = 0
    failed: tuple[tuple[str, int], ...] = ()


def unseen(ground: Ground, undated: int, since: str, put: Put, names: Names, known: Labels) -> Iterator[Item]:
    """A line for all that may be missing. `since`: outlets that printed nothing after this day are silent."""
    last: dict[str, str] = {}
    for row in ground.outlets:
        if row.outlet and row.last:
            last[row.outlet] = max(row.last, last.get(row.outlet, ""))
    silent = sorted((day, outlet) for outlet, day in last.items() if day <= since)
    if last:
        yield Item(put("outlets_heard", n=len(last) - len(silent), m=len(last), since=since))
    if silent:
        told = tuple(put("last_printed", who=names(outlet), day=day) for day, outlet in silent)
        yield Item(put("outlets_silent", n=len(silent)), (put("semicolon").join(told),))
    unread: dict[str, int] = {}
    for row in ground.outlets:
        if row.language not in ground.languages:
            unread[row.language] = unread.get(row.language, 0) + row.articles
    for code, count in sorted(unread.items()):
        yield Item(put("language_unread", language=code, n=count))
    if undated:
        yield Item(put("undated", n=undated))
    for feed in ground.feeds:
        words = put("feed_paused") if feed.paused else put("feed_failed", n=feed.failures)
        yield Item(f"{feed.url}: {words}", (say(known, "outcomes", feed.outcome),) if feed.outcome else ())
    for outcome, count in ground.failed:
        yield Item(put("pages_failed", n=count, why=say(known, "outcomes", outcome)))
    if ground.waiting:
        yield Item(put("pages_waiting", n=ground.waiting))


def method(ground: Ground, put: Put) -> Iterator[Item]:
    """How the report was made, so that it can be made again."""
    yield Item(put("method_note"))
    yield Item(put("method_coder", version=ground.coder))
    if ground.head:
        yield Item(put("method_head", n=ground.head[0], hash=ground.head[1]))
    if ground.as_known:
        yield Item(put("method_known", moment=ground.as_known))
