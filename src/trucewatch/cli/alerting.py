"""Commands that warn: alert."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.console.frame import Folder, app, clock, day, end, holder, mending, note, opened
from trucewatch.errors import MonitorError

if TYPE_CHECKING:
    from trucewatch.alerts import Looked
    from trucewatch.monitor import Monitor


@app.command()
def alert(
    folder: Folder = Path(),
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="As if that day were today.")] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be new; note and send nothing.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="The alerts of before, and how each was sent.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
) -> None:
    """Look once for what the rules of the monitor's settings ask to be told of; note it, and send it by feed, webhook and mail.

    Each cause is told once. `trucewatch watch` does the same after each round. docs/alerts.md tells how rules are written.

    \b
    trucewatch alert -m gaza --dry-run
    trucewatch alert -m gaza
    trucewatch alert -m gaza --list --json
    """
    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        today = day(as_of, "--as-of") or clock().date()
        if dry or listed:
            _show(monitor, today, listed, as_json)
            return
        if not monitor.settings.alerts.rules:
            raise MonitorError(f"{folder}: its settings hold no rule for alerts. Write one: docs/alerts.md.")
        done = look(monitor, today)
        told = {"new": done.told, "noted": done.noted, "sent": dict(done.sent), "failed": list(done.failed)}
        if as_json:
            typer.echo(json.dumps(told, ensure_ascii=False))
        else:
            ways = "".join(f", {count} sent by {channel}" for channel, count in done.sent.items())
            behind = f", {done.noted} that lie behind noted" if done.noted else ""
            typer.echo(f"{done.told} new alerts{behind}{ways}.")
        for line in done.failed:
            note(bad)(f"{line}. It is tried again at the next look.")
    end(bad)


def look(monitor: "Monitor", today: date) -> "Looked":
    """Looks once, with connections of its own."""
    import asyncio

    return asyncio.run(looking(monitor, today))


async def looking(monitor: "Monitor", today: date) -> "Looked":
    """The same inside a loop that runs already."""
    from random import Random
    from urllib.parse import urlsplit

    from trucewatch import alerts, net

    hook = monitor.settings.alerts.webhook
    inside = frozenset([urlsplit(hook.url).hostname or ""]) if hook and hook.inside else frozenset[str]()
    async with net.opened(allow=inside) as web:
        return await alerts.look(monitor, today, alerts.Post(holder(), web, Random()), at=clock())


def _show(monitor: "Monitor", today: date, listed: bool, as_json: bool) -> None:
    from trucewatch import alerts, rota

    seen = alerts.view(monitor, today, at=clock())
    if listed:
        due = rota.told(monitor.ledger, most=alerts.SHOWN)
    else:
        wanted = alerts.found(seen, monitor.settings.alerts)
        fresh = [one for one, news in wanted if news and not rota.is_known(monitor.ledger, one)]
        due = tuple(rota.Due("", clock(), one, 0) for one in fresh)
    ways = rota.outcomes(monitor.ledger, [each.id for each in due])
    for each in alerts.told_in(seen, due):
        if as_json:
            told = json.loads(alerts.body(each, monitor.settings.name))
            typer.echo(json.dumps(told | {"sent": ways.get(each.id, {})}, ensure_ascii=False))
            continue
        typer.echo(alerts.text(next(iter(each.told.values()))))
        for channel, outcome in ways.get(each.id, {}).items():
            typer.echo(f"  {channel}: {outcome}")
