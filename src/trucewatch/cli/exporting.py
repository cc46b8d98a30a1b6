"""The command export: claims in the formats of the field."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from trucewatch.console import asking
from trucewatch.console.frame import AsKnown, Packs, app, clock, day, end, ground, left, mending, moment, note, opened
from trucewatch.errors import ExportError

if TYPE_CHECKING:
    from trucewatch import export as exports
    from trucewatch.monitor import Monitor

Write = Callable[[BinaryIO, Counter[str]], None]
DIARY = "ical"  # the format that meetings and deadlines are written in


class What(StrEnum):
    """What is exported."""

    CLAIMS = "claims"
    MEETINGS = "meetings"


@app.command()
def export(
    source: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Claims in JSON lines, CSV or Parquet, in place of a ledger.")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", metavar="NAME", help="One of --list.")] = "jsonl",
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="Write there; - is the standard output.")] = "-",
    shown: Annotated[bool, typer.Option("--list", help="The formats: what each carries and what it cannot.")] = False,
    what: Annotated[What, typer.Option("--what", help="claims; or meetings and deadlines, as ical.")] = What.CLAIMS,
    folder: Annotated[
        Path | None, typer.Option("--monitor", "-m", metavar="DIR", envvar="TRUCEWATCH_MONITOR", help="The monitor's folder.")
    ] = None,
    words: Annotated[str | None, typer.Option("--words", metavar="WORDS", help="Words that stand in the claims.")] = None,
    event: asking.Event = None,
    status: asking.Status = None,
    party: asking.Party = None,
    speaker: asking.Speaker = None,
    accused: asking.Accused = None,
    outlet: asking.Outlet = None,
    about: asking.About = None,
    article: asking.OfArticle = None,
    lang: asking.Language = None,
    first: asking.First = None,
    last: asking.Last = None,
    known_at: AsKnown = None,
    withdrawn: asking.Withdrawn = False,
    packs: Packs = None,
) -> None:
    """Write claims in a format of the field. Every row carries who said it, the outlet and how it was told.

    \b
    trucewatch export --list
    trucewatch export -m gaza --format csv -o gaza.csv
    trucewatch export -m gaza --format geojson --event VIOLATION --from 2026-01-01 -o breaches.geojson
    trucewatch export -m gaza --format ical --what meetings -o gaza.ics
    trucewatch export claims.jsonl --format parquet -o claims.parquet
    """
    from trucewatch import export as exports

    bad: list[str] = []
    with mending(), ExitStack() as stack:
        home = None if source else folder
        own = ground(home, packs).packs
        known = exports.formats(own)
        if shown:
            for line in _listed(known):
                typer.echo(line)
            return
        if form not in known:
            raise ExportError(f"--format: no '{form}'. Take one of: {', '.join(known)}.")
        asked = {
            "words": words, "event": event, "status": status, "party": party, "speaker": speaker, "accused": accused,
            "outlet": outlet, "about": about, "article": article, "language": lang, "first": first, "last": last,
            "withdrawn": withdrawn,
        }  # fmt: skip
        if source:
            _no_filters(asked, what, known_at)
            write = _of_file(source, form, own, note(bad))
        else:
            monitor = stack.enter_context(opened(folder or Path()))
            write = _of_monitor(monitor, form, what, asked, known_at)
        passed = Counter[str]()
        with _into(out, form) as file:
            write(file, passed)
        for reason, count in sorted(passed.items()):
            typer.echo(f"left out: {count} ({reason})", err=True)
    end(bad)


def _of_file(source: str, form: str, own: Path | None, problem: Callable[[object], None]) -> Write:
    from trucewatch import export as exports
    from trucewatch.publish.form import check
    from trucewatch.publish.screen import counted

    known = exports.known(own, dataset=Path(source).stem)
    rows = exports.read(Path(source), check, problem)
    return lambda file, passed: exports.WRITERS[form](counted(rows, "claims"), file, known, passed)


def _of_monitor(monitor: "Monitor", form: str, what: What, told: dict[str, Any], known_at: str | None) -> Write:
    from trucewatch import export as exports
    from trucewatch import flow, ledger
    from trucewatch.publish.screen import counted

    as_of = moment(known_at, "--as-known-at")
    known = exports.known(monitor.packs, dataset=monitor.settings.name)
    if what is What.MEETINGS:
        return _diary(monitor, form, told, known_at, known)
    query = asking.asked(monitor, told, now=as_of is None)
    all_ = any(told.values())
    total = None if all_ else ledger.counts(monitor.ledger, as_of=as_of).claims
    rows = flow.exported(monitor, query, as_of=as_of)
    return lambda file, passed: exports.WRITERS[form](counted(rows, "claims", total=total), file, known, passed)


def _diary(monitor: "Monitor", form: str, told: dict[str, Any], known_at: str | None, known: "exports.Known") -> Write:
    """Meetings and deadlines as they stand on the day --to, else on that of --as-known-at, else today."""
    from trucewatch import export as exports
    from trucewatch import flow

    if form != DIARY:
        raise ExportError(f"--what meetings: they are written as a calendar. Say --format {DIARY}.")
    _no_filters({name: value for name, value in told.items() if name != "last"}, What.CLAIMS, None)
    then = moment(known_at, "--as-known-at")
    on = day(told["last"], "--to") or (then or clock()).date()
    tracker, agreement, rows = flow.met(monitor, on, as_of=then, watch=left)
    return lambda file, passed: exports.diary(tracker.meetings, tracker.deadlines, agreement, rows, file, known)


def _no_filters(told: dict[str, Any], what: What, known_at: str | None) -> None:
    """A file or a diary is written whole."""
    names = [name for name, value in told.items() if value] + (["as-known-at"] if known_at else [])
    if names or what is not What.CLAIMS:
        told_ = names[0] if names else "what"
        raise ExportError(f"--{told_}: only claims of a ledger can be chosen so. Leave it out.")


@contextmanager
def _into(out: str, form: str) -> Iterator[BinaryIO]:
    from trucewatch.publish.files import writing_bytes

    if out != "-":
        with writing_bytes(Path(out)) as file:
            yield file
        return
    if form == "parquet" and sys.stdout.isatty():
        raise ExportError("--out: Parquet is not for the terminal. Write it to a file: -o claims.parquet.")
    yield sys.stdout.buffer


def _listed(known: "dict[str, exports.Format]") -> Iterator[str]:
    for name, form in known.items():
        back = "; read back to the same claims" if form.back else ""
        yield f"{name:14} .{form.ending:9} {form.media}"
        yield f"{'':14} carries: {form.carries}{back}"
        yield f"{'':14} has no room for: {form.lacks}"
        yield f"{'':14} opened with: {form.opened}"
