"""Reading claims back: from JSON lines (ours, or those of `trucewatch code`), CSV and Parquet."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from trucewatch.errors import ExportError, TrucewatchError
from trucewatch.export.flat import WHOLE, bared
from trucewatch.export.row import Row, bare
from trucewatch.ledger import claim_of

STDIN = "-"
TOLD = ("outlet", "url", "published", "language")
Check = Callable[[Mapping[str, Any], str], None]
OnProblem = Callable[[object], None]
_MORE = ("said_by", "said_by_id", "as_told", "grade", "judged", "redacted", "ledger")


def read(path: Path, check: Check, on_problem: OnProblem) -> Iterator[Row]:
    """The claims of a file, told apart by its ending; what is no claim is told to `on_problem`, the rest is read. `check` raises
    an error for a body that is not in the public form, given the place. Raises ExportError."""
    for body, told, place in _READERS.get(path.suffix, _lines)(path, on_problem):
        try:
            check(body, place)
            yield _row(body, told)
        except TrucewatchError as problem:
            on_problem(problem)


def _row(body: Mapping[str, Any], told: Mapping[str, Any]) -> Row:
    row = bare(claim_of(body), **{name: told.get(name) or None for name in TOLD})
    grade = told.get("grade") or f"{told.get('reliability') or 'F'}{told.get('credibility') or '6'}"
    judged, redacted = told.get("judged") or (), bool(told.get("redacted"))
    return Row(row.claim, row.article, grade, tuple(judged.split("; ") if isinstance(judged, str) else judged), redacted)


Found = Iterator[tuple[Mapping[str, Any], Mapping[str, Any], str]]


def _lines(path: Path, on_problem: OnProblem) -> Found:
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            place = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                told = json.loads(line)
            except ValueError as problem:
                on_problem(f"{place}: no JSON ({problem}). Write one claim a line.")
                continue
            if not isinstance(told, dict):
                on_problem(f"{place}: no object. Write one claim a line.")
                continue
            yield {name: value for name, value in told.items() if name not in (*TOLD, *_MORE)}, _of_ledger(told), place


def _of_ledger(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `trucewatch claims --json` puts beside a claim."""
    more = told.get("ledger")
    return told if not isinstance(more, dict) else {name: more.get(name) for name in TOLD}


def _csv(path: Path, on_problem: OnProblem) -> Found:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with _opened(path) as file:
        reader = csv.DictReader(file)
        if WHOLE not in (reader.fieldnames or ()):
            raise ExportError(f"{path}:1: no column '{WHOLE}'. Give a file of trucewatch export --format csv.")
        for row in reader:
            place = f"{path}:{reader.line_num}"
            try:
                yield json.loads(row[WHOLE] or ""), {name: bared(cell or "") for name, cell in row.items()}, place
            except ValueError as problem:
                on_problem(f"{place}: the column '{WHOLE}' holds no JSON ({problem}). Export the claims again.")


def _parquet(path: Path, on_problem: OnProblem) -> Found:
    from trucewatch.export.parquet import bodies

    for number, (body, row) in enumerate(bodies(path), 1):
        yield body, row, f"{path}:{number}"


_READERS: Mapping[str, Callable[[Path, OnProblem], Found]] = {".csv": _csv, ".parquet": _parquet}


def _opened(path: Path) -> TextIO:
    if str(path) == STDIN:
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    try:
        return path.open(encoding="utf-8", newline="")
    except OSError as problem:
        raise ExportError(f"{path}: cannot be read ({problem.strerror}). Give a file of claims.") from None
