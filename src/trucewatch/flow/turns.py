"""One turn of a feed or of a page: fetched politely, read, coded, kept, settled."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from trucewatch import feeds, net, read, rota
from trucewatch.errors import KeepError, ReadError
from trucewatch.flow import again, evidence
from trucewatch.flow.articles import Report, code_article, keep_one
from trucewatch.flow.repeats import Recent
from trucewatch.ledger import Added, Run
from trucewatch.monitor import Monitor
from trucewatch.packs import Pack

T = TypeVar("T")
GIVEN_UP = ("robots", "address", "type", "large", "bomb", "unread")  # a page is not tried again
_MAPS = 3  # of an index so many sitemaps are looked at, the latest changed
_MOST = 2000  # pages of one answer
_AGAIN = 600.0  # seconds after which a page is tried again whose robots.txt could not be had
_GONE = "It was read before: what it said is kept, and that it is gone."
_NO_RULES = "robots.txt of its host could not be had. It is tried again when it can."
_UNPACKED = 64 * 1024 * 1024  # bytes of a sitemap that is a packed file
_ROBOTS = 2 * 1024 * 1024  # bytes of a robots.txt
_PLAIN = ("text/*", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Pace:
    """`every`: between two looks at a feed; `delay`: between two requests to a host; `lease`: within which a turn must end;
    `retry` and `longest`: seconds after a failure, and at most; `tries`: of a page; `together`: turns at a time; `grace`: seconds
    that turns under way have when the watcher is asked to end."""

    every: timedelta = timedelta(minutes=15)
    delay: timedelta = timedelta(seconds=3)
    lease: timedelta = timedelta(minutes=10)
    retry: float = 60.0
    longest: float = 6 * 3600.0
    tries: int = 8
    together: int = 16
    grace: float = 20.0


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a turn. `kind`: feed or page; `outcome`: a word of docs/watching.md; `new`: pages of a feed that were not
    known, or claims of a page that were not; `told`: the line for a user where something went wrong."""

    at: datetime
    kind: str
    url: str
    outcome: str
    new: int = 0
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Watcher:
    """What every turn needs. `worker`: one thread for what costs time; `loaded`: packs that were needed so far; `recent`:
    what was kept of late."""

    monitor: Monitor
    web: net.Web
    pace: Pace
    limits: net.Limits
    holder: str
    run: Run
    clock: Callable[[], datetime]
    pause: Callable[[float], Awaitable[None]]
    random: Random
    worker: Executor
    knowledge: read.Knowledge
    loaded: dict[str, Pack]
    recent: Recent
    on_problem: Report
    on_response: Callable[[net.Fetched], None]


async def feed_turn(on: Watcher, feed: rota.Feed) -> Turn:
    """Looks at a feed; its new pages are due at once."""
    rules = await _rules(on, feed.url)
    if not net.is_known(rules):
        return _feed_failed(on, feed, "waits", _NO_RULES, _AGAIN)
    if not net.allows(rules, feed.url):
        return _feed_failed(on, feed, "robots", "robots.txt asks to leave it alone. Ask the site, or take the feed out.")
    asked = net.Validators(feed.etag, feed.modified)
    answer = await net.fetch(feed.url, on.web, limits=on.limits, validators=asked, accept=net.FEEDS)
    if isinstance(answer, net.Refused):
        if answer.status == 410:
            return await _aside(on, lambda: _feed_gone(on, feed))
        return _feed_failed(on, feed, answer.outcome, f"{answer.what}. {answer.mend}", answer.retry_after)
    on.on_response(answer)
    if answer.outcome == "unchanged":
        return await _moved(on, feed, answer, _feed_done(on, feed, answer.outcome, None, []))
    try:
        found = await _aside(on, lambda: _listed(on, answer))
    except ReadError as problem:
        return _feed_failed(on, feed, "unread", str(problem))
    if found.kind == "index":
        return _feed_done(on, feed, "ok", (None, None), await _mapped(on, found.maps))
    if not found.whole:  # nothing is kept by which the server could say that nothing has changed
        return _feed_done(on, feed, "cut", (None, None), found.items)
    told = net.header(answer, "etag"), net.header(answer, "last-modified")
    return await _moved(on, feed, answer, _feed_done(on, feed, "ok", told, found.items))


async def _moved(on: Watcher, feed: rota.Feed, answer: net.Fetched, turn: Turn) -> Turn:
    """The same turn; a feed that was moved for good is looked for at its new address from now on."""
    if answer.moved is None or turn.outcome == "lost":
        return turn
    status, to = answer.moved

    def note() -> None:
        evidence.keep_told(_keeper(on), feed.url, status, [("outcome", "moved"), ("final", to)])
        rota.move(on.monitor.ledger, feed.url, to)

    await _aside(on, note)
    return replace(turn, told=f"{turn.url}: it was moved for good (status {status}). It is watched at {net.shown(to)} now.")


def _feed_gone(on: Watcher, feed: rota.Feed) -> Turn:
    """A feed whose server says that it will not come back."""
    evidence.keep_told(_keeper(on), feed.url, 410, [("outcome", "gone")])
    told = "it is gone for good (status 410) and is not looked at any more. Look for its new address, or take it out."
    return _feed_failed(on, feed, "gone", told, paused=True)


async def page_turn(on: Watcher, page: rota.Page) -> Turn:
    """Fetches a page, keeps its article and claims."""
    rules = await _rules(on, page.link)
    if not net.is_known(rules):
        return _page_failed(on, replace(page, failures=page.failures - 1), "waits", _NO_RULES, _AGAIN)
    if not net.allows(rules, page.link):
        return _page_failed(on, page, "robots", "robots.txt asks to leave it alone. Ask the site, or leave it out.")
    first: datetime | None = on.clock()
    told = net.Validators()
    if _was_read(page):
        first, told = await _aside(on, lambda: again.visits(on.monitor, page.link))
    answer = await net.fetch(page.link, on.web, limits=on.limits, validators=told, accept=net.PAGES)
    if isinstance(answer, net.Refused):
        await _aside(on, lambda: evidence.keep_refusal(_keeper(on), answer))
        if _was_read(page) and answer.outcome == "gone":
            return _page_gone(on, page, first, f"{answer.what}. {_GONE}")
        return _page_failed(on, page, answer.outcome, f"{answer.what}. {answer.mend}", answer.retry_after)
    on.on_response(answer)
    if answer.outcome == "unchanged":
        return _page_done(on, page, answer.outcome, 0, again.next_visit(first, on.clock(), _hours(on)))
    try:
        added, lasts = await _aside(on, lambda: _kept(on, page, answer))
    except (ReadError, KeepError) as problem:
        return _page_failed(on, page, "unread", str(problem))
    due = again.next_visit(first, on.clock(), _hours(on)) if lasts or _was_read(page) else None
    return _page_done(on, page if _was_read(page) else replace(page, link=answer.final), "ok", added.new, due)


def _kept(on: Watcher, page: rota.Page, answer: net.Fetched) -> tuple[Added, bool]:
    """The answer is kept before it is read. Its article has the id of its address: fetched once more, it is the same article.
    Also tells whether it is worth looking at again."""
    piece, record = evidence.keep_answer(_keeper(on), answer, on.monitor.settings.language, feed=page.published)
    article = read.again(piece, on.knowledge)
    coded = code_article(article, replace(piece, source=net.shown(page.link)), on.loaded, on.monitor.packs, on.on_problem)
    if coded is None:
        raise ReadError("it could not be coded. The line before tells why.")
    lasts = again.worth(coded, on.clock(), _hours(on))
    if (taken := evidence.taken_back(_keeper(on), article, coded.claims, record)) is not None:
        return taken, lasts
    added = keep_one(on.monitor, coded, on.recent, run=on.run, at=on.clock())
    evidence.keep_source(_keeper(on), article, piece, record)
    return added, lasts


def _hours(on: Watcher) -> tuple[float, ...]:
    return on.monitor.settings.watch.look_again


def _was_read(page: rota.Page) -> bool:
    return page.outcome == rota.READ


def _keeper(on: Watcher) -> evidence.Keeper:
    return evidence.Keeper(on.monitor, on.run.actor, on.clock, on.on_problem)


def _listed(on: Watcher, answer: net.Fetched) -> feeds.Listing:
    evidence.keep_listing(_keeper(on), answer)
    return _listing(answer)


async def _rules(on: Watcher, url: str) -> net.Robots:
    """robots.txt of the host, asked for where it is not known."""
    host, now = rota.host_of(url), on.clock()
    kept = rota.rules(on.monitor.ledger, host, now)
    if kept is not None:
        return net.Robots(kept, 0.0)
    found = net.robots_of(await net.fetch(net.robots_url(url), on.web, limits=replace(on.limits, size=_ROBOTS), accept=_PLAIN))
    delay = max(on.pace.delay, timedelta(seconds=net.delay(found)))
    until = now + timedelta(seconds=found.seconds)
    rota.keep_rules(on.monitor.ledger, host, found.text, until=until, at=now, delay=delay)
    return found


async def _mapped(on: Watcher, maps: tuple[feeds.Map, ...]) -> list[feeds.Item]:
    """The pages of the sitemaps that changed last; one that cannot be had is looked at the next time."""
    latest = sorted(maps, key=lambda one: one.changed or "", reverse=True)
    if not any(one.changed for one in maps):
        latest = list(reversed(maps))
    items: list[feeds.Item] = []
    for one in latest[:_MAPS]:
        await on.pause(on.pace.delay.total_seconds())
        if not net.allows(await _rules(on, one.link), one.link):
            continue
        answer = await net.fetch(one.link, on.web, limits=on.limits, accept=net.FEEDS)
        if isinstance(answer, net.Fetched):
            on.on_response(answer)
            try:
                items += (await _aside(on, lambda got=answer: _listed(on, got))).items  # type: ignore[misc]
            except ReadError as problem:
                on.on_problem(f"{net.shown(one.link)}: {problem}")
        else:
            on.on_problem(net.told(answer))
    return items


def _listing(answer: net.Fetched) -> feeds.Listing:
    charset = read.charset_of(net.header(answer, "content-type") or "")
    try:
        data = net.gunzipped(answer.body, _UNPACKED)
    except (net.TooLargeError, net.StrangeError):
        raise ReadError("it is packed in a way that cannot be unpacked. Ask the site to mend it.") from None
    return feeds.listing(data, base=answer.final, charset=charset)


def _feed_done(
    on: Watcher,
    feed: rota.Feed,
    outcome: str,
    validators: tuple[str | None, str | None] | None,
    items: "tuple[feeds.Item, ...] | list[feeds.Item]",
) -> Turn:
    """`cut`: what there is counts, but it is looked at again soon."""
    now = on.clock()
    every = on.pace.every.total_seconds()
    failures = feed.failures + 1 if outcome == "cut" else 0
    first = on.pace.retry if failures else every
    wait = net.pause(failures, first=first, longest=every, random=on.random)
    found = [rota.Found(bare(item.link), item.published or item.updated) for item in items[:_MOST] if item.link]
    new = rota.settle_feed(
        on.monitor.ledger,
        feed.url,
        holder=on.holder,
        at=now,
        due=now + timedelta(seconds=wait),
        outcome=outcome,
        failures=failures,
        validators=validators,
        found=found,
    )
    return Turn(now, "feed", net.shown(feed.url), outcome if new is not None else "lost", new or 0)


def _feed_failed(
    on: Watcher, feed: rota.Feed, outcome: str, told: str, asked: float | None = None, *, paused: bool = False
) -> Turn:
    now, failures = on.clock(), feed.failures + 1
    wait = net.pause(failures, first=on.pace.retry, longest=on.pace.longest, random=on.random, asked=asked)
    due = now + timedelta(seconds=wait)
    held = rota.settle_feed(
        on.monitor.ledger, feed.url, holder=on.holder, at=now, due=due, outcome=outcome, failures=failures, paused=paused
    )
    shown = net.shown(feed.url)
    return Turn(now, "feed", shown, outcome if held is not None else "lost", told=f"{shown}: {told}")


def _page_done(on: Watcher, page: rota.Page, outcome: str, new: int, due: datetime | None) -> Turn:
    """A page that was read, or is as it was. `due`: when it is looked at again, at its link."""
    held = rota.settle_page(
        on.monitor.ledger, page.key, holder=on.holder, outcome=rota.READ, failures=0, due=due, link=page.link
    )  # fmt: skip
    return Turn(on.clock(), "page", net.shown(page.link), outcome if held else "lost", new)


def _page_gone(on: Watcher, page: rota.Page, first: datetime | None, told: str) -> Turn:
    """A page that is there no more; it may come back until the last time it is looked at."""
    turn = _page_done(on, page, "gone", 0, again.next_visit(first, on.clock(), _hours(on)))
    return replace(turn, told=f"{turn.url}: {told}")


def _page_failed(on: Watcher, page: rota.Page, outcome: str, told: str, asked: float | None = None) -> Turn:
    now, failures = on.clock(), page.failures + 1
    wait = net.pause(failures, first=on.pace.retry, longest=on.pace.longest, random=on.random, asked=asked)
    due = None if outcome in GIVEN_UP or failures >= on.pace.tries else now + timedelta(seconds=wait)
    noted = rota.READ if _was_read(page) else outcome
    held = rota.settle_page(on.monitor.ledger, page.key, holder=on.holder, outcome=noted, failures=failures, due=due)
    shown = net.shown(page.link)
    return Turn(now, "page", shown, outcome if held else "lost", told=f"{shown}: {told}")


def bare(link: str) -> str:
    """An address without its fragment and without what tells where a reader came from."""
    parts = urlsplit(link)
    query = parts.query
    if "utm_" in query:
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not k.startswith("utm_")])
    return parts._replace(query=query, fragment="").geturl()


async def _aside(on: Watcher, work: Callable[[], T]) -> T:
    """Work that takes time, beside the loop; a fault of ours in it costs this page or feed only."""
    try:
        return await asyncio.get_running_loop().run_in_executor(on.worker, work)
    except (ReadError, KeepError):
        raise
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, AssertionError, AttributeError) as fault:
        raise ReadError(f"reading it failed ({type(fault).__name__}: {fault}). Please report the address.") from fault
