"""Commands that judge our own work: check, eval, schema."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.console.frame import Packs, Watching, app, end, ground, mending, note
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from trucewatch.score import Groups, Report
    from trucewatch.score.tally import Coded


@app.command()
def check(
    folder: Watching = None,
    packs: Packs = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a machine.")] = False,
) -> None:
    """Validate every data file.

    Keys, classes, rules and the examples of the rules; the exit code is 2 where something is wrong. With -m those of a
    monitor too: its settings, its agreement, its own data files.

    \b
    trucewatch check
    trucewatch check --packs my-data
    trucewatch check -m my-monitor
    """
    from trucewatch import flow

    with mending():
        known = ground(folder, packs)
        report = flow.check_data(known.packs, known.agreement)
    if as_json:
        answer = {
            "ok": not report.problems,
            "problems": list(report.problems),
            "languages": list(report.languages),
            "recalled": report.recalled,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for problem in report.problems:
            typer.echo(f"trucewatch: {problem}", err=True)
        verdict = "all data files are in their form" if not report.problems else f"{len(report.problems)} problems"
        typer.echo(f"{', '.join(report.languages)}: {verdict}. Rows of the world files written from memory: {report.recalled}.")
    if report.problems:
        raise typer.Exit(2)


@app.command(name="eval")
def eval_(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of labelled reports: 001.json, 002.json …")],
    half: Annotated[
        str | None, typer.Option("--half", metavar="HALF", help="practice (odd numbers) or sealed (even numbers).")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", metavar="ar,en", help="Only reports in these languages.")] = "",
    misses: Annotated[
        int, typer.Option("--misses", min=0, metavar="N", help="Show N claims missed or false, and how their sentences are read.")
    ] = 0,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="event|party", help="A table of each type or party, too.")
    ] = None,
    bootstrap: Annotated[int, typer.Option("--bootstrap", min=0, metavar="N", help="Intervals from N draws of the reports.")] = 0,
    claims: Annotated[Path | None, typer.Option("--claims", metavar="FILE", help="Score these claims instead of coding.")] = None,
    folder: Watching = None,
    packs: Packs = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a machine.")] = False,
) -> None:
    """Score the coder against labelled reports.

    Precision, recall and F1 of each slot. Of the sealed half only totals are shown.
    With --by a table by event type, or by party: how many of the claims that name it are found.

    \b
    trucewatch eval gold/reports --half practice --lang ar,en
    trucewatch eval gold/reports --half practice --by event --by party
    trucewatch eval gold/reports --half practice --misses 20
    trucewatch eval gold/reports --half sealed --bootstrap 1000
    """
    from trucewatch import flow, score
    from trucewatch.publish.screen import counted
    from trucewatch.score import report

    with mending():
        if half == "sealed" and misses:
            raise TrucewatchError("the sealed half shows totals only. Leave --misses out, or take --half practice.")
        if unknown := [name for name in by or () if name not in score.BY]:
            raise TrucewatchError(f"--by: no table by '{unknown[0]}'. Take one of: {', '.join(score.BY)}.")
        bad: list[str] = []
        own = ground(folder, packs).packs
        reports = score.reports(gold, half=half, languages=frozenset(filter(None, lang.split(","))))
        if claims:
            coded = flow.read_claims(claims)
        else:
            coded = flow.code_rows(
                [r.row for r in reports], folder=own, on_problem=note(bad), watch=lambda it: counted(it, "reports")
            )
        result = score.score(reports, coded)
        intervals = score.intervals(result.tallies, draws=bootstrap) if bootstrap else {}
        groups = {name: _groups(name, reports, coded, own) for name in dict.fromkeys(by or ())}
        spans = {name: score.group_intervals(found, draws=bootstrap) if bootstrap else {} for name, found in groups.items()}
        if as_json:
            answer = report.as_data(result, intervals)
            if groups:
                answer["by"] = {name: report.groups_as_data(found, spans[name]) for name, found in groups.items()}
            typer.echo(json.dumps(answer, ensure_ascii=False))
        else:
            _show(report.as_lines(result, intervals))
            for name, found in groups.items():
                _show(["", *report.groups_as_lines(name, found, spans[name])])
            rows = {entry.id: entry.row for entry in reports}
            for miss in result.misses[:misses]:
                _show(report.miss_as_lines(miss, flow.reading(miss.sentence, rows[miss.report], own)))
    end(bad)


def _groups(name: str, reports: "Sequence[Report]", coded: "Coded", packs: Path | None) -> "Groups":
    from trucewatch import flow, score

    return score.by_event(reports, coded) if name == "event" else score.by_party(reports, coded, flow.resolver(packs))


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(metavar="claim|tracker", help="What to describe: claim, tracker.")] = "claim",
) -> None:
    """Print the JSON Schema of the public form of a claim, or of what `track --json` tells.

    \b
    trucewatch schema claim > claim.schema.json
    trucewatch schema tracker > tracker.schema.json
    """
    from trucewatch.publish import form, tracker_form

    with mending():
        forms = {"claim": form.schema, "tracker": tracker_form.schema}
        if name not in forms:
            raise TrucewatchError(f"no schema '{name}'. Known: {', '.join(forms)}.")
        typer.echo(json.dumps(forms[name](), ensure_ascii=False, indent=2))
