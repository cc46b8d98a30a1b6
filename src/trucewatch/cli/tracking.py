"""Commands that tell where an agreement stands: track, report."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.console.frame import AsKnown, Folder, app, clock, day, left, mending, moment, opened
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor
    from trucewatch.report import Sitrep

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="By what was printed until that day; without it today, or --as-known-at's day."),
]
Tongue = Annotated[str, typer.Option("--lang", metavar="CODE", help="Language of the answer.")]


@app.command()
def track(
    folder: Folder = Path(),
    as_of: AsOf = None,
    changes: Annotated[
        tuple[str, str] | None, typer.Option("--diff", metavar="DAY1 DAY2", help="What moved between two days, and why.")
    ] = None,
    known_at: AsKnown = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole tracker, or the changes, as JSON.")] = False,
    lang: Tongue = "en",
) -> None:
    """Tell where the agreement stands on a day: provisions, breaches told against each side, meetings, votes, deadlines.

    Only claims of articles printed by that day count. No state is a finding of fact.

    \b
    trucewatch track -m gaza
    trucewatch track -m gaza --as-of 2026-01-12 --json
    trucewatch track -m gaza --diff 2025-12-31 2026-01-12
    trucewatch track -m gaza --as-of 2026-01-12 --as-known-at 2026-02-01T18:00Z
    """
    from trucewatch import agreements, flow
    from trucewatch import track as tracking
    from trucewatch.packs import linking
    from trucewatch.publish.agreement import as_data
    from trucewatch.publish.reasons import reasons
    from trucewatch.publish.tracker import change_lines, lines

    with mending(), opened(folder) as monitor:
        then = moment(known_at, "--as-known-at")
        days = [each for told in changes or (as_of,) if (each := day(told, "--diff" if changes else "--as-of"))]
        names = agreements.namer(monitor.packs, lang)
        if changes:
            moved = tracking.diff(*(flow.tracker_of(monitor, each, as_known=then, watch=left) for each in days))
            if as_json:
                typer.echo(json.dumps(as_data(moved), ensure_ascii=False, indent=2))
            else:
                for line in change_lines(moved, one=changes[0], other=changes[1], names=names, language=lang):
                    typer.echo(line)
            return
        found = flow.tracker_of(monitor, days[0] if days else (then or clock()).date(), as_known=then, watch=left)
        if as_json:
            typer.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
            return
        for line in lines(found, names=names, why=reasons(linking(monitor.packs), names, lang), language=lang):
            typer.echo(line)


@app.command()
def report(
    folder: Folder = Path(),
    as_of: AsOf = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="What moved from that day on; without it, since the day before.")
    ] = None,
    week: Annotated[bool, typer.Option("--week", help="The weekly report: what moved since seven days before.")] = False,
    known_at: AsKnown = None,
    lang: Tongue = "en",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there and not to the standard output.")
    ] = None,
    for_print: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it for print too; needs typst.")] = None,
) -> None:
    """Write the situation report of a day as one page for the browser; each line names its source and quote.

    \b
    trucewatch report -m gaza -o report.html
    trucewatch report -m gaza --as-of 2026-01-12 --week --lang ar -o week-ar.html
    trucewatch report -m gaza -o report.html --pdf report.pdf
    trucewatch report -m gaza --as-known-at 2026-02-01 -o as-we-knew-it.html
    """
    from trucewatch.monitor import style_of
    from trucewatch.publish.files import writing, writing_bytes
    from trucewatch.report import html, pdf

    with mending(), opened(folder) as monitor:
        then = moment(known_at, "--as-known-at")
        told = day(as_of, "--as-of") or (then or clock()).date()
        if since and week:
            raise TrucewatchError("--week: --since tells the first day already. Give one of them.")
        early = told - timedelta(days=7) if week else day(since, "--since")
        style = style_of(monitor)
        made = sitrep_of(monitor, told, lang, since=early, as_known=then)
        if for_print:
            with writing_bytes(for_print) as printed:
                printed.write(pdf(made, style))
        if out is None:
            if not for_print:
                typer.echo(html(made, style), nl=False)
            return
        with writing(out) as file:
            file.write(html(made, style))
        typer.echo(f"{out}: where the agreement stands on {told}.")
        if made.hidden:
            _write_rest(out.with_suffix(".claims.jsonl"), made)


def _write_rest(beside: Path, made: "Sitrep") -> None:
    """All claims on which a report rests, where it cannot show all."""
    from trucewatch.export import Row, jsonl_lines
    from trucewatch.publish.files import writing

    with writing(beside) as file:
        file.writelines(jsonl_lines(Row(claim, article, grade) for claim, article, grade in made.cited))
    typer.echo(f"{beside}: all {len(made.cited)} claims of the report; the words of {made.hidden} are not in it.")


def sitrep_of(
    monitor: "Monitor",
    told: date,
    lang: str,
    *,
    since: date | None = None,
    as_known: datetime | None = None,
    sample: bool = False,
) -> "Sitrep":
    """The report of a day, compared with the day before unless an earlier one is named."""
    from trucewatch.views.day import Day, made

    before = since or told - timedelta(days=1)
    if before >= told:
        raise TrucewatchError(f"--since {before}: it is not before {told}. Give an earlier day.")
    return made(monitor, Day(told, before, lang, as_known), sample=sample, watch=left).report
