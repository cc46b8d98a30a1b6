"""Commands that tell where an agreement stands: track, report."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trucewatch.cli.frame import AsKnown, Folder, app, clock, day, left, mending, moment, opened

if TYPE_CHECKING:
    from trucewatch.flow import Laid
    from trucewatch.model import Reason

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
    from trucewatch.publish.agreement import as_data
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
        for line in lines(found, names=names, why=reasons(monitor.packs, lang), language=lang):
            typer.echo(line)


@app.command()
def report(
    folder: Folder = Path(),
    as_of: AsOf = None,
    known_at: AsKnown = None,
    lang: Tongue = "en",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there and not to the standard output.")
    ] = None,
) -> None:
    """Write where the agreement stands on a day as one page for the browser; each line names its source and quote.

    \b
    trucewatch report -m gaza -o report.html
    trucewatch report -m gaza --as-of 2026-01-12 --lang ar -o report-ar.html
    trucewatch report -m gaza --as-known-at 2026-02-01 -o as-we-knew-it.html
    """
    from trucewatch import flow
    from trucewatch.publish.files import writing

    with mending(), opened(folder) as monitor:
        then = moment(known_at, "--as-known-at")
        told = day(as_of, "--as-of") or (then or clock()).date()
        text = page_of(flow.day_of(monitor, told, as_known=then, watch=left), told, monitor.packs, lang)
        if out is None:
            typer.echo(text, nl=False)
            return
        with writing(out) as file:
            file.write(text)
        typer.echo(f"{out}: where the agreement stands on {told}.")


def page_of(laid: "Laid", told: date, packs: Path | None, lang: str, *, sample: bool = False) -> str:
    """The report of a day that is laid out."""
    from trucewatch import agreements, flow
    from trucewatch.publish.report import report as page

    known = laid.case
    return page(
        flow.tracked(laid, told),
        known.agreement,
        known.claims,
        known.articles,
        names=agreements.namer(packs, lang),
        why=reasons(packs, lang),
        language=lang,
        directions=flow.directions(known, packs),
        sample=sample,
    )


def reasons(packs: Path | None, language: str) -> "Callable[[Reason], Any]":
    """What a finding says, in words."""
    from trucewatch import link
    from trucewatch.packs import linking

    knowledge = linking(packs)
    return lambda reason: link.told(reason, language, knowledge)
