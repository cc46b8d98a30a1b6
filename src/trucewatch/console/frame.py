"""The program, its options and exit codes, and what every family of commands shares."""

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch import __version__
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor

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
Folder = Annotated[
    Path, typer.Option("--monitor", "-m", metavar="DIR", envvar="TRUCEWATCH_MONITOR", help="The monitor's folder.")
]
Watching = Annotated[
    Path | None,
    typer.Option(
        "--monitor",
        "-m",
        metavar="DIR",
        envvar="TRUCEWATCH_MONITOR",
        help="A monitor's folder: its own data files, its language, its agreement.",
    ),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it; the name of this user if not told.")]
AsKnown = Annotated[
    str | None, typer.Option("--as-known-at", metavar="MOMENT", help="As it was known then: 2026-01-12 or 2026-01-12T18:00Z.")
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Language of articles that do not tell their own.")]


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
    trucewatch init my-monitor          a folder with a ledger; then read, watch, claims, track, report, export, judge
    """


@contextmanager
def mending() -> Iterator[None]:
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


def note(bad: list[str]) -> Callable[[object], None]:
    """Tells a problem on stderr at once and keeps it for the exit code."""

    def note(problem: object) -> None:
        bad.append(str(problem))
        typer.echo(f"trucewatch: {problem}", err=True)

    return note


def end(bad: list[str]) -> None:
    if bad:
        raise typer.Exit(1)


def clock() -> datetime:
    """The moment of now: no room below reads the clock."""
    return datetime.now(UTC)


def by(told: str | None) -> str:
    """Who does it."""
    try:
        return told or getpass.getuser()
    except (KeyError, OSError):
        raise TrucewatchError("nobody knows who you are here. Say it: --by NAME.") from None


def holder() -> str:
    """The name under which this run takes turns, so that several tell each other apart."""
    import platform
    from uuid import uuid4

    return f"{platform.node()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"


@contextmanager
def opened(folder: Path) -> "Iterator[Monitor]":
    """The monitor of a folder while the command runs."""
    from trucewatch import monitor

    found = monitor.open_(folder, at=clock())
    try:
        yield found
    finally:
        monitor.close(found)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a command reads with: data files of one's own, the language of what does not tell its own, the agreement watched."""

    packs: Path | None
    language: str | None
    agreement: Path | None


def ground(folder: Path | None, packs: Path | None = None, language: str | None = None) -> Ground:
    """What is told, and for the rest what the monitor of a folder has, if one is given."""
    if folder is None:
        return Ground(packs, language, None)
    from trucewatch import monitor

    own, spoken, agreement = monitor.ground(folder)
    return Ground(packs or own, language or spoken, agreement)


def left(entries: int) -> None:
    """Tells on a terminal how many entries are still to be linked; a day of reading is done in a moment and needs no word."""
    if sys.stderr.isatty() and entries:
        typer.echo(f"linking: {entries} entries left", err=True)


def moment(text: str | None, option: str) -> datetime | None:
    """A moment as told; a day alone means its end, a time without a zone is UTC."""
    try:
        if text and len(text) == len("2026-01-12"):
            return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1, microseconds=-1)
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise TrucewatchError(f"{option}: '{text}' is no moment. Write it as 2026-01-12 or 2026-01-12T18:00Z.") from None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def day(text: str | None, option: str = "--published") -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise TrucewatchError(f"{option}: '{text}' is no day. Write it as 2026-01-12.") from None


def stdin() -> str:
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")
