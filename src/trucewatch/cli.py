"""The command line: one command per verb. Heavy rooms are imported inside the commands, so that `--help` answers at once.

Exit codes: 0 all is well; 1 some inputs were bad and are named on stderr, the rest is done; 2 nothing could be done.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch import __version__
from trucewatch.errors import ReadError, TrucewatchError

if TYPE_CHECKING:
    from trucewatch.flow import Coded

app = typer.Typer(
    name="trucewatch",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

Packs = Annotated[
    Path | None,
    typer.Option(
        "--packs", metavar="DIR", exists=True, file_okay=False, help="Your own data folder; its files take the place of ours."
    ),
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Language of articles that do not tell their own.")]


def main() -> None:
    """The `trucewatch` command."""
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trucewatch {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[bool, typer.Option("--version", help="Print the version and end.", callback=_version, is_eager=True)] = False,
) -> None:
    """Read reports on ceasefires and peace agreements: who says that who did what to whom, when, where and how many.

    \b
    trucewatch demo                     the bundled samples, as a table and as a page for the browser
    trucewatch code articles.jsonl      claims as JSON lines
    trucewatch article report.html      one article with its marked words
    """


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for claims.jsonl and claims.html.")] = Path(
        "trucewatch-demo"
    ),
    show: Annotated[bool | None, typer.Option("--open/--no-open", help="Open the page; the default is yes on a desktop.")] = None,
) -> None:
    """Code the bundled samples and show the claims.

    The articles are written for demonstration, not news. Writes claims.jsonl and claims.html.

    \b
    trucewatch demo
    trucewatch demo --out /tmp/demo --no-open
    """
    from trucewatch.packs import find
    from trucewatch.publish.screen import console, counted
    from trucewatch.publish.table import claims_of

    with _mending():
        bad: list[str] = []
        done = list(counted(_code([str(find("samples/articles.jsonl"))], bad), "articles"))
        screen = console()
        for coded in done:
            screen.print(claims_of(coded.article, coded.claims))
        page, lines = _write_demo(out, done)
    total = sum(len(coded.claims) for coded in done)
    typer.echo(f"{total} claims from {len(done)} articles. The samples are written for demonstration, not news.\n")
    typer.echo(f"  {page}    the articles with their marked words, for the browser")
    typer.echo(f"  {lines}   the claims, one JSON object a line\n")
    typer.echo("Next:  trucewatch code YOUR.jsonl       claims of your own articles")
    typer.echo("       trucewatch article REPORT.html   one article, its claims and the evidence of its date")
    if show or (show is None and _desktop()):
        typer.launch(page.resolve().as_uri())
    _end(bad)


@app.command()
def code(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE", help="JSON lines, HTML or plain text; - is the standard input.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there and not to the standard output.")
    ] = None,
    lang: Lang = None,
    packs: Packs = None,
) -> None:
    """Write the claims of articles as JSON lines.

    Bad inputs are named on stderr and the rest is done; the exit code is then 1.

    \b
    trucewatch code articles.jsonl > claims.jsonl
    trucewatch code page1.html page2.html -o claims.jsonl
    cat report.txt | trucewatch code - --lang en
    """
    from trucewatch.publish import lines
    from trucewatch.publish.files import writing
    from trucewatch.publish.screen import counted

    with _mending():
        bad: list[str] = []
        coded = _code(sources, bad, language=lang, folder=packs)
        if out:
            with writing(out) as file:
                for entry in counted(coded, "articles"):
                    file.write(lines(entry.claims))
        else:
            for entry in counted(coded, "articles", quiet=sys.stdout.isatty()):
                sys.stdout.write(lines(entry.claims))
    _end(bad)


@app.command()
def article(
    source: Annotated[str, typer.Argument(metavar="FILE", help="The article; - is the standard input.")],
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the page for the browser.")] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="Which article, where the file holds several.")] = None,
    lang: Lang = None,
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

    with _mending():
        bad: list[str] = []
        found = _one(_code([source], bad, language=lang, folder=packs), source, id_, bad)
        screen = console()
        screen.print(marked_text(found.article, found.claims))
        screen.print(claims_of(found.article, found.claims))
        screen.print(dates_of(found.article))
        for refusal in found.refusals:
            typer.echo(f"trucewatch: refused: {refusal.claim.event}: {refusal.reason}", err=True)
        if html:
            _write_page(html, [found], sample=False)
            typer.echo(f"\n{html}")
    _end(bad)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or two; - is the standard input.")],
    lang: Annotated[str, typer.Option("--lang", metavar="CODE", help="Language of the text.")],
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day of publication, as 2026-01-12.")
    ] = None,
    packs: Packs = None,
) -> None:
    """Print how the grammar reads a text.

    The items, the marks, and the rule behind each.

    \b
    trucewatch explain "Party A said party B shelled the town on Monday." --lang en --published 2026-01-12
    """
    from trucewatch import coder
    from trucewatch.packs import load

    with _mending():
        day = _day(published)
        for line in coder.explain(_stdin() if text == "-" else text, load(lang, packs), day):
            typer.echo(line)


@app.command()
def check(
    packs: Packs = None, as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a machine.")] = False
) -> None:
    """Validate every data file.

    Keys, classes, rules and the examples of the rules; the exit code is 2 where something is wrong.

    \b
    trucewatch check
    trucewatch check --packs my-data
    """
    from trucewatch import flow

    with _mending():
        report = flow.check_data(packs)
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
    misses: Annotated[int, typer.Option("--misses", min=0, metavar="N", help="Show N claims that were missed or false.")] = 0,
    bootstrap: Annotated[int, typer.Option("--bootstrap", min=0, metavar="N", help="Intervals from N draws of the reports.")] = 0,
    claims: Annotated[Path | None, typer.Option("--claims", metavar="FILE", help="Score these claims instead of coding.")] = None,
    packs: Packs = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a machine.")] = False,
) -> None:
    """Score the coder against labelled reports.

    Precision, recall and F1 of each slot. Of the sealed half only totals are shown.

    \b
    trucewatch eval gold/reports --half practice --lang ar,en
    trucewatch eval gold/reports --half practice --misses 20
    trucewatch eval gold/reports --half sealed --bootstrap 1000
    """
    from trucewatch import flow, score
    from trucewatch.publish.screen import counted
    from trucewatch.score import report

    with _mending():
        if half == "sealed" and misses:
            raise TrucewatchError("the sealed half shows totals only. Leave --misses out, or take --half practice.")
        bad: list[str] = []
        reports = score.reports(gold, half=half, languages=frozenset(filter(None, lang.split(","))))
        if claims:
            coded = flow.read_claims(claims)
        else:
            coded = flow.code_rows(
                [r.row for r in reports], folder=packs, on_problem=_note(bad), watch=lambda it: counted(it, "reports")
            )
        result = score.score(reports, coded)
        intervals = score.intervals(result.tallies, draws=bootstrap) if bootstrap else {}
        if as_json:
            typer.echo(json.dumps(report.as_data(result, intervals), ensure_ascii=False))
        else:
            for line in report.as_lines(result, intervals, misses=misses):
                typer.echo(line)
    _end(bad)


@app.command()
def schema(name: Annotated[str, typer.Argument(metavar="claim", help="What to describe: claim.")] = "claim") -> None:
    """Print the JSON Schema of the public form of a claim.

    \b
    trucewatch schema claim > claim.schema.json
    """
    from trucewatch.publish.form import schema as form

    with _mending():
        if name != "claim":
            raise TrucewatchError(f"no schema '{name}'. There is one: trucewatch schema claim.")
        typer.echo(json.dumps(form(), ensure_ascii=False, indent=2))


# --- what the commands share


@contextmanager
def _mending() -> Iterator[None]:
    """What a user can mend is told in one line, with exit code 2. A reader that has enough (`… | head`) is no fault."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None
    except TrucewatchError as problem:
        typer.echo(f"trucewatch: {problem}", err=True)
        raise typer.Exit(2) from None


def _note(bad: list[str]) -> Callable[[object], None]:
    """Tells a problem on stderr at once and keeps it for the exit code."""

    def note(problem: object) -> None:
        bad.append(str(problem))
        typer.echo(f"trucewatch: {problem}", err=True)

    return note


def _end(bad: list[str]) -> None:
    if bad:
        raise typer.Exit(1)


def _code(
    sources: Iterable[str], bad: list[str], *, language: str | None = None, folder: Path | None = None
) -> "Iterator[Coded]":
    from trucewatch.flow import code_source

    return code_source(sources, language=language, folder=folder, on_problem=_note(bad))


def _one(coded: "Iterator[Coded]", source: str, wanted: str | None, bad: list[str]) -> "Coded":
    found = next((entry for entry in coded if wanted in (None, entry.article.id)), None)
    if found is None:
        if wanted is None and bad:  # told already
            raise typer.Exit(2)
        raise ReadError(f"{source}:1: no article{f' {wanted!r}' if wanted else ''}. Look at the file, or leave --id out.")
    return found


def _write_page(path: Path, coded: "Iterable[Coded]", *, sample: bool) -> None:
    from trucewatch.publish import page
    from trucewatch.publish.files import writing

    shown = list(coded)
    directions = {entry.article.language: entry.direction for entry in shown}
    text = page([(entry.article, entry.claims) for entry in shown], directions=directions, sample=sample)
    with writing(path) as file:
        file.write(text)


def _write_demo(out: Path, done: "list[Coded]") -> tuple[Path, Path]:
    from trucewatch.publish import lines
    from trucewatch.publish.files import writing

    page, claims = out / "claims.html", out / "claims.jsonl"
    _write_page(page, done, sample=True)
    with writing(claims) as file:
        file.writelines(lines(entry.claims) for entry in done)
    return page, claims


def _desktop() -> bool:
    screen = sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return screen and sys.stdout.isatty()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise TrucewatchError(f"--published: '{text}' is no day. Write it as 2026-01-12.") from None


def _stdin() -> str:
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")
