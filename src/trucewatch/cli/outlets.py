"""The command on outlet files: outlets."""

import json
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated

import typer

from trucewatch.console.frame import Packs, Watching, app, ground, mending
from trucewatch.errors import TrucewatchError
from trucewatch.model.outlet import Outlet


@app.command()
def outlets(
    name: Annotated[str | None, typer.Argument(metavar="ID", help="Show this outlet; without it all are listed.")] = None,
    folder: Watching = None,
    packs: Packs = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON for a machine.")] = False,
) -> None:
    """List the outlets that are known, ours and those of your own folder, or show one with the source of each fact.

    \b
    trucewatch outlets
    trucewatch outlets wafa
    trucewatch outlets -m my-monitor --json
    """
    from trucewatch.packs import outlets as read
    from trucewatch.publish.agreement import as_data

    with mending():
        found = read(ground(folder, packs).packs)
        if name is None:
            if as_json:
                typer.echo(json.dumps([as_data(each) for each in found], ensure_ascii=False, indent=2))
                return
            for each in found:
                typer.echo(_row(each))
            return
        one = next((each for each in found if each.id == name), None)
        if one is None:
            near = get_close_matches(name, [each.id for each in found], 1)
            mend = f"Did you mean '{near[0]}'?" if near else "trucewatch outlets lists them."
            raise TrucewatchError(f"no outlet '{name}'. {mend}")
        if as_json:
            typer.echo(json.dumps(as_data(one), ensure_ascii=False, indent=2))
            return
        for line in _lines(one):
            typer.echo(line)


def _row(one: Outlet) -> str:
    feeds = f"{len(one.feeds)} feed{'' if len(one.feeds) == 1 else 's'}"
    spoken = ",".join(one.languages)
    return f"{one.id:22} {one.kind:11} {one.country or '-':4} {spoken:12} {one.zone or '-':20} {feeds:8} {_name(one)}"


def _name(one: Outlet) -> str:
    names = dict(one.names)
    return names.get("en", one.names[0][1])[0]


def _lines(one: Outlet) -> Iterator[str]:
    yield f"{one.id}: {_name(one)} ({one.kind})"
    for language, names in one.names:
        yield f"  names {language}: {', '.join(names)}"
    plain = {
        "languages": ", ".join(one.languages),
        "country": one.country,
        "hosts": ", ".join(one.hosts),
        "zone": one.zone,
        "date from": ", ".join(one.date_precedence),
        "read in": f"{one.source}, {one.seen}",
    }
    yield from (f"  {key}: {value}" for key, value in plain.items() if value)
    for key, told in (("owner", one.owner), ("says of itself", one.affiliation)):
        if told:
            yield f"  {key}: {told.text} ({told.source}, {told.seen})"
    for feed in one.feeds:
        yield f"  {feed.kind}{f' {feed.language}' if feed.language else ''}: {feed.url} ({feed.source}, {feed.seen})"
    for part in ("title", "body", "date", "byline", "caption", "drop"):
        if selectors := getattr(one.page, part):
            yield f"  page {part}: {' | '.join(selectors)} ({one.page.source}, {one.page.seen})"
    yield from (f"  note: {note}" for note in one.notes)
