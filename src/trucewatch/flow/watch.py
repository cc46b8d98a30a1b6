"""Watching feeds: what is due is taken on lease, done side by side and settled, until the watcher is asked to end."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random

from trucewatch import __version__, ledger, net, rota
from trucewatch.flow.articles import Report, knowledge, linked
from trucewatch.flow.repeats import Recent
from trucewatch.flow.turns import Pace, Turn, Watcher, feed_turn, page_turn
from trucewatch.monitor import Monitor

_LOOK = 60.0  # seconds after which a watcher that has nothing to do looks again: others may have added feeds
_TICK = 0.5


async def watch(
    monitor: Monitor,
    web: net.Web,
    *,
    actor: str,
    holder: str,
    clock: Callable[[], datetime],
    pause: Callable[[float], Awaitable[None]],
    random: Random,
    stop: asyncio.Event,
    on_turn: Callable[[Turn], None],
    on_problem: Report,
    on_response: Callable[[net.Fetched], None] = lambda _: None,
    pace: Pace = Pace(),  # noqa: B008 - frozen
    limits: net.Limits = net.Limits(),  # noqa: B008
    once: bool = False,
) -> None:
    """Watches the monitor's feeds. `once`: until nothing is due any more; else until `stop`.

    `holder` names this watcher and no other. `clock` tells the moment and `pause` waits: a simulation gives its own.
    `on_response` sees every whole answer of a feed or page before anything is made of it. Killed at any moment, another or the
    next watcher goes on where it was; what it had in hand is taken up when its leases have ended.
    """
    run = ledger.Run(clock(), actor, "rules", __version__)
    with ThreadPoolExecutor(1, "reading") as worker:
        told = (monitor, web, pace, limits, holder, run, clock, pause, random)
        on = Watcher(*told, worker, knowledge(monitor.packs), {}, Recent(), on_problem, on_response)
        running: dict[asyncio.Task[Turn], str] = {}
        try:
            while not stop.is_set():
                _take(on, running)
                if not running and not await _idle(on, stop, once):
                    break
                await _done(running, stop, on_turn)
        finally:
            await _end(on, running, on_turn)


def _take(on: Watcher, running: dict[asyncio.Task[Turn], str]) -> None:
    """Begins as many turns as there is room for: feeds first, then pages; one of each host."""
    book, pace = on.monitor.ledger, on.pace
    by = rota.Asking(on.clock(), pace.lease, on.holder, pace.delay)
    for feed in rota.claim_feeds(book, by, most=pace.together - len(running), but=set(running.values())):
        running[asyncio.create_task(feed_turn(on, feed))] = rota.host_of(feed.url)
    for page in rota.claim_pages(book, by, most=pace.together - len(running), but=set(running.values())):
        running[asyncio.create_task(page_turn(on, page))] = rota.host_of(page.link)


async def _idle(on: Watcher, stop: asyncio.Event, once: bool) -> bool:
    """Waits until something is due. False: there is nothing more to do."""
    await asyncio.get_running_loop().run_in_executor(on.worker, linked, on.monitor)
    now = on.clock()
    due = rota.next_due(on.monitor.ledger, now if once else None)
    if once and due is None:
        return False
    wait = min(_LOOK, max(0.0, (due - now).total_seconds())) if due else _LOOK
    if wait:
        await _first(stop, asyncio.create_task(_slept(on, wait)))
    return True


async def _slept(on: Watcher, seconds: float) -> None:
    await on.pause(seconds)


async def _first(stop: asyncio.Event, task: asyncio.Task[None]) -> None:
    """Until the task is done or the watcher is asked to end."""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    for one in (task, stopped):
        one.cancel()
    await asyncio.gather(task, stopped, return_exceptions=True)


async def _done(running: dict[asyncio.Task[Turn], str], stop: asyncio.Event, on_turn: Callable[[Turn], None]) -> None:
    """Until a turn has ended, or a moment has passed in which others may have become due."""
    if not running or stop.is_set():
        return
    done, _ = await asyncio.wait(running, timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        del running[task]
        on_turn(task.result())


async def _end(on: Watcher, running: dict[asyncio.Task[Turn], str], on_turn: Callable[[Turn], None]) -> None:
    """Turns under way have a while to end; what is left is given back."""
    if running:
        done, late = await asyncio.wait(running, timeout=on.pace.grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for task in done:
            if task.exception() is None:
                on_turn(task.result())
    rota.release(on.monitor.ledger, on.holder)
