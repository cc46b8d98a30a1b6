"""Commands that watch feeds: watch; feeds add, list, pause, remove."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.console.frame import By, Folder, app, by, clock, end, holder, mending, note, opened
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from trucewatch.flow.turns import Turn
    from trucewatch.monitor import Monitor

rows = typer.Typer(no_args_is_help=True, help="The feeds that a monitor watches.")
app.add_typer(rows, name="feeds")

Urls = Annotated[list[str], typer.Argument(metavar="URL", help="Address of a feed or sitemap.")]
AsJson = Annotated[bool, typer.Option("--json", help="One object a line.")]


@app.command()
def watch(
    folder: Folder = Path(),
    feed: Annotated[list[str] | None, typer.Option("--feed", metavar="URL", help="Take this feed in first.")] = None,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due any more.")] = False,
    every: Annotated[float, typer.Option("--every", metavar="MINUTES", min=1, help="Between two looks at a feed.")] = 15,
    as_json: AsJson = False,
    who: By = None,
) -> None:
    """Look at the monitor's feeds, read each new page, keep its claims; until Ctrl-C or SIGTERM.

    Several may watch one monitor: each feed and page is taken by one of them. One that was killed goes on where it was.

    \b
    trucewatch watch -m gaza --feed https://paper.example/rss.xml
    trucewatch watch -m gaza --once --json
    """
    import asyncio

    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        _add(monitor, feed or [])
        tell = _lines if as_json else _status
        asyncio.run(_watch(monitor, by(who), every, once, tell, note(bad)))
    if once:
        end(bad)


async def _watch(
    monitor: "Monitor",
    actor: str,
    every: float,
    once: bool,
    tell: "Callable[[Callable[[object], None]], Callable[[Turn], None]]",
    on_problem: Callable[[object], None],
) -> None:
    import asyncio
    import signal
    from datetime import timedelta
    from random import Random

    from trucewatch import net
    from trucewatch.flow.turns import Pace
    from trucewatch.flow.watch import watch

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with net.opened() as web:
        warning = asyncio.create_task(_warn(monitor, every, on_problem)) if not once else None
        await watch(
            monitor,
            web,
            actor=actor,
            holder=holder(),
            clock=clock,
            pause=asyncio.sleep,
            random=Random(),
            stop=stop,
            on_turn=tell(on_problem),
            on_problem=on_problem,
            pace=Pace(every=timedelta(minutes=every)),
            once=once,
        )
    if warning:
        warning.cancel()
        await asyncio.gather(warning, return_exceptions=True)
    await _warned(monitor, on_problem)


async def _warn(monitor: "Monitor", every: float, on_problem: Callable[[object], None]) -> None:
    """Alerts after each round of looks."""
    import asyncio

    while True:
        await asyncio.sleep(every * 60)
        await _warned(monitor, on_problem)


async def _warned(monitor: "Monitor", on_problem: Callable[[object], None]) -> None:
    """Alerts by the monitor's rules, where it has any; what goes wrong with them does not stop the reading."""
    from trucewatch.cli.alerting import looking

    if not monitor.settings.alerts.rules:
        return
    try:
        for line in (await looking(monitor, clock().date())).failed:
            on_problem(line)
    except TrucewatchError as problem:
        on_problem(problem)


def _lines(on_problem: Callable[[object], None]) -> "Callable[[Turn], None]":
    """Each turn as an object on the standard output."""

    def tell(turn: "Turn") -> None:
        at = turn.at.isoformat().replace("+00:00", "Z")
        told = {"at": at, "kind": turn.kind, "url": turn.url, "outcome": turn.outcome, "new": turn.new, "told": turn.told}
        typer.echo(json.dumps(told, ensure_ascii=False))
        if turn.told:
            on_problem(f"{turn.outcome}: {turn.told}")

    return tell


def _status(on_problem: Callable[[object], None]) -> "Callable[[Turn], None]":
    """What went wrong, at once; on a terminal also one line with all counts that is written over."""
    import sys

    counts = {"feeds": 0, "pages": 0, "claims": 0, "failed": 0}

    def tell(turn: "Turn") -> None:
        if turn.told:
            counts["failed"] += 1
            if sys.stderr.isatty():
                typer.echo("\r\x1b[K", err=True, nl=False)
            on_problem(f"{turn.outcome}: {turn.told}")
        else:
            counts["feeds" if turn.kind == "feed" else "pages"] += 1
            counts["claims"] += turn.new if turn.kind == "page" else 0
        if sys.stderr.isatty():
            line = f"{turn.at:%H:%M:%S}Z  " + ", ".join(f"{count} {name}" for name, count in counts.items()) + f"  {turn.url}"
            typer.echo(f"\r\x1b[K{line[:100]}", err=True, nl=False)

    return tell


@rows.command()
def add(
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL", help="Address of a feed or sitemap.")] = None,
    folder: Folder = Path(),
    outlet: Annotated[
        list[str] | None, typer.Option("--outlet", metavar="ID", help="All feeds that the outlet's file names.")
    ] = None,
) -> None:
    """Take feeds in: RSS, Atom, JSON Feed, sitemaps and their indexes. They are looked at when `trucewatch watch` runs next.

    \b
    trucewatch feeds add -m gaza https://paper.example/rss.xml
    trucewatch feeds add -m gaza --outlet un-news
    """
    with mending(), opened(folder) as monitor:
        wanted = [*(urls or ()), *(url for name in outlet or () for url in _of_outlet(monitor, name))]
        if not wanted:
            raise TrucewatchError("no feed is named. Give addresses, or --outlet ID.")
        new = _add(monitor, wanted)
        typer.echo(f"{new} feeds taken in, {len(wanted) - new} were there already.")


@rows.command(name="list")
def list_(folder: Folder = Path(), as_json: AsJson = False) -> None:
    """The feeds as they stand: what came of the last look, when the next is due, how many pages they listed.

    \b
    trucewatch feeds list -m gaza
    """
    from trucewatch import rota

    with mending(), opened(folder) as monitor:
        for feed in rota.listed(monitor.ledger):
            moments = {"due": feed.due, "polled": feed.polled}
            told = {name: at and at.isoformat(timespec="seconds").replace("+00:00", "Z") for name, at in moments.items()}
            if as_json:
                row = {"url": feed.url, **told, "outcome": feed.outcome, "failures": feed.failures, "paused": feed.paused}
                typer.echo(json.dumps(row | {"pages": feed.pages, "waiting": feed.waiting}, ensure_ascii=False))
                continue
            state = "paused" if feed.paused else f"due {told['due']}"
            last = f"{feed.outcome} {told['polled']}" if feed.outcome else "not looked at yet"
            failed = f", failed {feed.failures} times in a row" if feed.failures else ""
            typer.echo(f"{feed.url}\n    {last}{failed}; {state}; {feed.pages} pages listed, {feed.waiting} still to be read")


@rows.command()
def pause(
    urls: Urls, folder: Folder = Path(), off: Annotated[bool, typer.Option("--off", help="Take it up again.")] = False
) -> None:
    """Leave feeds alone until they are taken up again.

    \b
    trucewatch feeds pause -m gaza https://paper.example/rss.xml
    trucewatch feeds pause -m gaza --off https://paper.example/rss.xml
    """
    from trucewatch import rota

    _each(folder, urls, lambda monitor, url: rota.pause(monitor.ledger, url, at=clock(), paused=not off))


@rows.command()
def remove(urls: Urls, folder: Folder = Path()) -> None:
    """Forget feeds and what of theirs is still to be read. What was read stays.

    \b
    trucewatch feeds remove -m gaza https://paper.example/rss.xml
    """
    from trucewatch import rota

    _each(folder, urls, lambda monitor, url: rota.remove(monitor.ledger, url))


def _each(folder: Path, urls: list[str], do: "Callable[[Monitor, str], bool]") -> None:
    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        for url in urls:
            if not do(monitor, _address(url)):
                note(bad)(f"{url}: there is no such feed. Look at: trucewatch feeds list")
    end(bad)


def _add(monitor: "Monitor", urls: list[str]) -> int:
    """Takes feeds in, all of them or none; returns how many are new."""
    from trucewatch import rota

    return sum(rota.add(monitor.ledger, url, at=clock()) for url in [_address(url) for url in urls])


def _address(url: str) -> str:
    from trucewatch import net

    found = net.parsed(url)
    if isinstance(found, str):
        raise TrucewatchError(f"{net.shown(url)}: {found}")
    return str(found)


def _of_outlet(monitor: "Monitor", name: str) -> list[str]:
    from trucewatch import packs

    found = next((outlet for outlet in packs.outlets(monitor.packs) if outlet.id == name), None)
    if found is None or not found.feeds:
        what = "there is no outlet of this id" if found is None else "its file names no feed"
        raise TrucewatchError(f"--outlet {name}: {what}. Look at: trucewatch outlets, or give the address.")
    return [feed.url for feed in found.feeds]
