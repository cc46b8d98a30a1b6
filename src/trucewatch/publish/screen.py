"""What a person at a terminal sees beside the results: colours and a counter, neither of them in a pipe."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

T = TypeVar("T")
PIPE_WIDTH = 140


def console() -> Console:
    """Colours on a terminal only; a pipe gets wide plain lines."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def counted(entries: Iterable[T], what: str, *, quiet: bool = False, total: int | None = None) -> Iterator[T]:
    """The entries as they are, with a counter on stderr while they pass, and a bar where their `total` is known; on a terminal
    only."""
    if quiet or not sys.stderr.isatty():
        yield from entries
        return
    bars = (BarColumn(), TimeRemainingColumn()) if total else ()
    columns = SpinnerColumn(), TextColumn("{task.completed:.0f} {task.description}"), *bars, TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        for entry in entries:
            yield entry
            bar.advance(task)


def measured(entries: Iterable[T], size: Callable[[T], int], total: int) -> Iterator[T]:
    """The entries as they are, with a bar on stderr of their sizes in bytes, the rate and the time left."""
    columns = BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        for entry in entries:
            bar.advance(task, size(entry))
            yield entry
