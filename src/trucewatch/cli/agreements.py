"""Commands on agreement files: agreement list, show, check, new."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.console.frame import Packs, Watching, app, clock, day, ground, mending
from trucewatch.errors import TrucewatchError

group = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Agreement files: what was agreed, by whom, what is owed and when."
)
app.add_typer(group, name="agreement")

Machine = Annotated[bool, typer.Option("--json", help="JSON for a machine.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="As it stands on this day, as 2026-01-12; else today.")]
Words = Annotated[str, typer.Option("--lang", metavar="CODE", help="Language to show it in: en or ar.")]


def _on(text: str | None) -> date:
    return day(text, "--on") or clock().date()


@group.command(name="list")
def list_(on: On = None, lang: Words = "en", folder: Watching = None, packs: Packs = None, as_json: Machine = False) -> None:
    """List the agreements: ours and those of your own folder.

    \b
    trucewatch agreement list
    trucewatch agreement list --on 2025-12-01 --packs my-data
    """
    from trucewatch import agreements
    from trucewatch.track import standing

    with mending():
        rows = []
        for each in agreements.agreements(ground(folder, packs).packs):
            memory = sum(not row.checked for row in each.provisions)
            stands, titles = standing(each, _on(on)), dict(each.names)
            bound = len(stands.covers) or (0 if stands.state == "not-in-force" else len(each.provisions))
            title = titles.get(lang) or titles.get("en", "")
            rows.append((each.id, each.kind, stands.state, bound, len(each.provisions), memory, title))
        if as_json:
            keys = ("id", "kind", "state", "bound", "provisions", "from_memory", "name")
            typer.echo(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
            return
        wide = max(len(row[0]) for row in rows)
        for name, kind, state, bound, count, memory, title in rows:
            typer.echo(f"{name:{wide}}  {kind:15}  {state:12}  {bound:2} of {count:2} bound, {memory:2} from memory  {title}")


@group.command()
def show(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", help="An agreement of the list, or the path of a file; else the monitor's.")
    ] = None,
    on: On = None,
    lang: Words = "en",
    folder: Watching = None,
    packs: Packs = None,
    as_json: Machine = False,
) -> None:
    """Show one agreement.

    Parties and their answers, phases, what is owed by whom and when, bodies, votes, and what sources tell differently.

    \b
    trucewatch agreement show gaza-2025
    trucewatch agreement show lebanon-2024 --on 2025-02-01 --lang ar
    trucewatch agreement show my-truce.yaml --json
    trucewatch agreement show -m my-monitor
    """
    from trucewatch import agreements
    from trucewatch.publish.agreement import as_data, shown
    from trucewatch.track import deadlines, standing

    with mending():
        known = ground(folder, packs)
        wanted, own = name or known.agreement, known.packs
        if wanted is None:
            raise TrucewatchError(
                "which agreement? Give an id (trucewatch agreement list), a file, or a monitor that watches one (-m)."
            )
        found, when = agreements.agreement(str(wanted), own), _on(on)
        state, dues = standing(found, when), deadlines(found, when)
        if as_json:
            answer = {
                "day": when.isoformat(),
                "standing": as_data(state),
                "deadlines": as_data(dues),
                "agreement": as_data(found),
            }
            typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for line in shown(found, state, dues, day=when, names=agreements.namer(own, lang), language=lang):
            typer.echo(line)


@group.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Agreement files; without one the monitor's.")
    ] = None,
    folder: Watching = None,
    packs: Packs = None,
    as_json: Machine = False,
) -> None:
    """Check agreement files: form, ids, days, terms, categories, sources. The exit code is 2 where something is wrong.

    \b
    trucewatch agreement check my-truce.yaml
    trucewatch agreement check -m my-monitor
    """
    from trucewatch import agreements

    with mending():
        known = ground(folder, packs)
        chosen = files or ([known.agreement] if known.agreement else [])
        if not chosen:
            raise TrucewatchError("which agreement? Give a file, or a monitor that watches one (-m).")
        problems = [fault for path in chosen for fault in agreements.agreement_faults(path, known.packs)]
    if as_json:
        typer.echo(json.dumps({"ok": not problems, "problems": problems}, ensure_ascii=False))
    else:
        for problem in problems:
            typer.echo(f"trucewatch: {problem}", err=True)
        typer.echo(f"{len(chosen)} read, {len(problems)} problems." if problems else f"{len(chosen)} read, all in their form.")
    if problems:
        raise typer.Exit(2)


@group.command()
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of the new agreement: lower-case letters, digits, dashes.")],
    between: Annotated[str, typer.Option("--between", metavar="A,B", help="Ids of its two sides.")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder to write it into; else this one.")] = None,
    folder: Watching = None,
) -> None:
    """Write a new agreement file to be filled in; `trucewatch agreement check` then tells what is missing.

    \b
    trucewatch agreement new river-truce --between SDN.mil,rsf
    trucewatch agreement new river-truce --out my-data/agreements
    trucewatch agreement new river-truce -m my-monitor
    """
    from trucewatch import agreements
    from trucewatch.publish.files import writing

    with mending():
        if folder:
            ground(folder)  # it must be a monitor
        path = (out or folder or Path()) / f"{name}.yaml"
        if path.exists():
            raise TrucewatchError(f"{path}: this file is there already. Give another id or another folder.")
        with writing(path) as file:
            file.write(agreements.template(name, list(filter(None, between.split(",")))))
    typer.echo(f"{path}\nFill it in, then: trucewatch agreement check {path}")
