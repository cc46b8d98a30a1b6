"""Commands that read articles and show claims: demo, code, article, explain."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trucewatch import __version__
from trucewatch.console.frame import Ground, Lang, Packs, Watching, app, clock, day, end, ground, mending, note, opened, stdin
from trucewatch.console.passing import Dropped, Passing, tell, watcher
from trucewatch.errors import ReadError, TrucewatchError

if TYPE_CHECKING:
    from trucewatch.flow import Coded

# what the demo follows: agreement, day, the day it is compared with, language of the report
WATCHED = (("gaza-2025", "2026-02-28", "2026-01-31", "en"), ("thailand-cambodia-2025", "2025-12-31", "2025-12-24", "en"))


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for what it writes.")] = Path("trucewatch-demo"),
    show: Annotated[bool | None, typer.Option("--open/--no-open", help="Open the page; the default is yes on a desktop.")] = None,
) -> None:
    """Show the whole way on the bundled samples: code them, keep them in a monitor, track, report.

    The articles are written for demonstration, not news. Writes claims.jsonl, claims.html, and for each of two
    agreements a monitor and a report.

    \b
    trucewatch demo
    trucewatch demo --out /tmp/demo --no-open
    """
    from trucewatch.packs import find
    from trucewatch.publish.screen import console, counted
    from trucewatch.publish.table import claims_of

    with mending():
        bad: list[str] = []
        done = list(counted(_code([str(find("samples/articles.jsonl"))], bad, ground(None)), "articles"))
        screen = console()
        for coded in done:
            screen.print(claims_of(coded.article, coded.claims))
        page, lines = _write_demo(out, done)
        shown = [_follow(out, done, *watched) for watched in WATCHED]
    total = sum(len(coded.claims) for coded in done)
    typer.echo(f"{total} claims from {len(done)} articles. The samples are written for demonstration, not news.\n")
    typer.echo(f"  {page}    the articles with their marked words, for the browser")
    typer.echo(f"  {lines}   the claims, one JSON object a line")
    for report, home, told in shown:
        typer.echo(f"  {report}    where {told}; its monitor is {home}")
    typer.echo("")
    typer.echo("Next:  trucewatch code YOUR.jsonl       claims of your own articles")
    typer.echo("       trucewatch article REPORT.html   one article, its claims and the evidence of its date")
    typer.echo(f"       trucewatch track -m {shown[0][1]} --as-of {WATCHED[0][1]}")
    typer.echo("       trucewatch init MY-MONITOR       a monitor of your own")
    if show or (show is None and _desktop()):
        typer.launch(page.resolve().as_uri())
    end(bad)


@app.command()
def code(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE", help="JSON lines, HTML, plain text, WARC; - is the standard input.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there and not to the standard output.")
    ] = None,
    lang: Lang = None,
    folder: Watching = None,
    gate: Annotated[
        str | None, typer.Option("--gate", metavar="ID", help="Of an archive: only pages that name something of this agreement.")
    ] = None,
    dropped: Dropped = None,
    packs: Packs = None,
) -> None:
    """Write the claims of articles as JSON lines.

    Bad inputs are named on stderr and the rest is done; the exit code is then 1. What is passed over in archives is counted.
    With -m each claim names the provisions of the monitor's agreement that it speaks of.

    \b
    trucewatch code articles.jsonl > claims.jsonl
    trucewatch code page1.html page2.html -o claims.jsonl
    trucewatch code crawl.warc.gz --gate gaza-2025 --dropped dropped.jsonl > claims.jsonl
    cat report.txt | trucewatch code - --lang en
    """
    from trucewatch.publish.files import writing
    from trucewatch.publish.lines import lines
    from trucewatch.publish.screen import counted

    with mending():
        bad: list[str] = []
        passing = Passing()
        coded = _code(sources, bad, ground(folder, packs, lang), gate=gate, on_passed=watcher(passing))
        if out:
            with writing(out) as file:
                for entry in counted(coded, "articles"):
                    file.write(lines(entry.claims))
        else:
            for entry in counted(coded, "articles", quiet=sys.stdout.isatty()):
                sys.stdout.write(lines(entry.claims))
        tell(passing, dropped)
    end(bad)


@app.command()
def article(
    source: Annotated[str, typer.Argument(metavar="FILE", help="The article; - is the standard input.")],
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the page for the browser.")] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="Which article, where the file holds several.")] = None,
    lang: Lang = None,
    folder: Watching = None,
    packs: Packs = None,
) -> None:
    """Show one article with its claims.

    Its text with marked words, the claims, and how the day of publication was found.

    \b
    trucewatch article report.html
    trucewatch article report.html --html report-claims.html
    trucewatch article articles.jsonl --id my-article-7
    """
    from trucewatch.publish.screen import console
    from trucewatch.publish.table import claims_of, dates_of, marked_text

    with mending():
        bad: list[str] = []
        found = _one(_code([source], bad, ground(folder, packs, lang)), source, id_, bad)
        screen = console()
        screen.print(marked_text(found.article, found.claims))
        screen.print(claims_of(found.article, found.claims))
        screen.print(dates_of(found.article))
        for refusal in found.refusals:
            typer.echo(f"trucewatch: refused: {refusal.claim.event}: {refusal.reason}", err=True)
        if html:
            _write_page(html, [found], sample=False)
            typer.echo(f"\n{html}")
    end(bad)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or two; - is the standard input.")],
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Language of the text; else the monitor's.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day of publication, as 2026-01-12.")
    ] = None,
    folder: Watching = None,
    packs: Packs = None,
) -> None:
    """Print how the grammar reads a text.

    The items, the marks, and the rule behind each.

    \b
    trucewatch explain "Party A said party B shelled the town on Monday." --lang en --published 2026-01-12
    """
    from trucewatch import coder
    from trucewatch.packs import load

    with mending():
        published_on, known = day(published), ground(folder, packs, lang)
        if not known.language:
            raise TrucewatchError("in which language? Tell it: --lang en, or give a monitor with a language (-m).")
        for line in coder.explain(stdin() if text == "-" else text, load(known.language, known.packs), published_on):
            typer.echo(line)


def _code(sources: Iterable[str], bad: list[str], known: Ground, **more: Any) -> "Iterator[Coded]":
    from trucewatch.flow import code_source

    return code_source(
        sources, language=known.language, folder=known.packs, agreement=known.agreement, on_problem=note(bad), **more
    )


def _one(coded: "Iterator[Coded]", source: str, wanted: str | None, bad: list[str]) -> "Coded":
    found = next((entry for entry in coded if wanted in (None, entry.article.id)), None)
    if found is None:
        if wanted is None and bad:  # told already
            raise typer.Exit(2)
        raise ReadError(f"{source}:1: no article{f' {wanted!r}' if wanted else ''}. Look at the file, or leave --id out.")
    return found


def _write_page(path: Path, coded: "Iterable[Coded]", *, sample: bool) -> None:
    from trucewatch.publish.files import writing
    from trucewatch.publish.page import page

    shown = list(coded)
    directions = {entry.article.language: entry.direction for entry in shown}
    text = page([(entry.article, entry.claims) for entry in shown], directions=directions, sample=sample)
    with writing(path) as file:
        file.write(text)


def _write_demo(out: Path, done: "list[Coded]") -> tuple[Path, Path]:
    from trucewatch.publish.files import writing
    from trucewatch.publish.lines import lines

    page, claims = out / "claims.html", out / "claims.jsonl"
    _write_page(page, done, sample=True)
    with writing(claims) as file:
        file.writelines(lines(entry.claims) for entry in done)
    return page, claims


def _follow(out: Path, done: "list[Coded]", agreement: str, as_of: str, since: str, language: str) -> tuple[Path, Path, str]:
    """The coded samples in a fresh monitor of an agreement, tracked on a day and reported."""
    from trucewatch import flow, ledger, monitor
    from trucewatch.cli.tracking import sitrep_of
    from trucewatch.publish.files import writing
    from trucewatch.report import html

    home, page = out / f"monitor-{agreement}", out / f"report-{agreement}.html"
    told = date.fromisoformat(as_of)
    if not (home / monitor.SETTINGS).exists():
        monitor.close(monitor.create(home, agreement=agreement, at=clock()))
    with opened(home) as found:
        run = ledger.Run(clock(), "demo", "rules", __version__)
        for _ in flow.keep(found, done, run=run, clock=clock, on_problem=typer.echo):
            pass
        text = html(sitrep_of(found, told, language, since=date.fromisoformat(since), sample=True))
    with writing(page) as file:
        file.write(text)
    return page, home, f"{agreement} stands on {as_of}"


def _desktop() -> bool:
    screen = sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return screen and sys.stdout.isatty()
