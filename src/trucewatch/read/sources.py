"""Files, rows, archives and standard input as articles. What is bad is reported and passed over; what was read before is kept."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from trucewatch.archive import Capture, Gate, Passed, is_archive, pages
from trucewatch.errors import ReadError
from trucewatch.model import Article, Piece
from trucewatch.read.encoding import BOMS, charset_of
from trucewatch.read.hints import hints
from trucewatch.read.knowledge import ANY, Knowledge, words_of
from trucewatch.read.one import Problem, Report, again, checked, decoded, problem, row_of
from trucewatch.read.pdf import pdf
from trucewatch.read.posts import exported, posts

STDIN = "-"
Found = Iterator[tuple[Article, Piece]]
MakeGate = Callable[[], Gate]
OnPassed = Callable[[str, Passed], None]  # (source, what was passed over)


@dataclass(frozen=True, slots=True)
class _How:
    """What is being read, with what knowledge, and whom to tell."""

    name: str
    knowledge: Knowledge
    language: str | None
    on_problem: Report
    gate: MakeGate | None
    on_passed: OnPassed


def articles(
    source: str | Path,
    knowledge: Knowledge,
    *,
    on_problem: Report,
    language: str | None = None,
    stdin: BinaryIO | None = None,
    gate: MakeGate | None = None,
    on_passed: OnPassed = lambda _, __: None,
) -> Iterator[Article]:
    """The articles of a source, as `pieces` finds them."""
    told = pieces(source, knowledge, on_problem=on_problem, language=language, stdin=stdin, gate=gate, on_passed=on_passed)
    return (article for article, _ in told)


def pieces(
    source: str | Path,
    knowledge: Knowledge,
    *,
    on_problem: Report,
    language: str | None = None,
    stdin: BinaryIO | None = None,
    gate: MakeGate | None = None,
    on_passed: OnPassed = lambda _, __: None,
) -> Found:
    """The articles of a file (.jsonl, .txt, .html, others by their beginning) or of "-", standard input, each with its bytes.

    `language`: that of every article which does not tell its own. Rows and archives are read one by one: a file may be larger
    than memory. Of an archive only the pages are read for which the gate opens, made by `gate` when it is needed; every record
    that is not read is told to `on_passed`.
    """
    standard = str(source) == STDIN
    how = _How("standard input" if standard else str(source), knowledge, language, on_problem, gate, on_passed)
    if standard:
        yield from _stream(stdin or sys.stdin.buffer, "", how)
        return
    path = Path(source)
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, path.suffix.lower(), how)
    except OSError as error:
        on_problem(Problem(str(path), None, f"cannot be read: {error.strerror}", "Look at the path and its rights."))


def _stream(stream: BinaryIO, suffix: str, how: _How) -> Found:
    first = _beginning(stream)
    kind = _kind(first, suffix)
    wide = any(first.startswith(mark) for mark, code in BOMS if code != "utf-8-sig") or b"\x00" in first[:200]
    if kind == "archive":
        yield from _archive(stream if stream.seekable() else io.BytesIO(first + stream.read()), how)
        return
    if kind == "rows" and not wide and _is_row(first):
        yield from _rows(_byte_lines(first, stream), how)
        return
    data = first + stream.read()
    if kind in ("rows", "table"):
        yield from _whole(data, kind, how)
    else:
        yield from _one(data, kind, how)


def _is_row(line: bytes) -> bool:
    """Whether a line is a row by itself: then the file is read line by line."""
    try:
        row = json.loads(line.lstrip(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "text" in row


def _whole(data: bytes, kind: str, how: _How) -> Found:
    """A file that must be seen whole: a table, an export, or rows that do not begin with one."""
    try:
        text = decoded(data, how.knowledge)
        if kind == "table":
            for post in posts(text):
                yield from _row(post.row, how, post.line, data=post.raw.encode(), form="table")
            return
        found = exported(text)
        if found is None:
            yield from _rows(iter([line.encode() for line in text.split("\n")]), how)
            return
        for line, place, row in found:
            yield from _row(row, how, line, f"{place}: " if place else "")
    except ReadError as error:
        how.on_problem(problem(how.name, None, error))


def _beginning(stream: BinaryIO) -> bytes:
    """The first lines, up to one that is not blank."""
    out = b""
    while line := stream.readline():
        out += line
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            break
    return out


def _kind(first: bytes, suffix: str) -> str:
    if is_archive(first):
        return "archive"
    if first.startswith(b"%PDF-"):
        return "pdf"
    if suffix in (".jsonl", ".ndjson", ".json"):
        return "rows"
    if suffix in (".csv", ".tsv"):
        return "table"
    if suffix in (".html", ".htm", ".xhtml"):
        return "page"
    if suffix == ".txt":
        return "text"
    start = first.replace(b"\x00", b"").lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe")
    return "rows" if start.startswith((b"{", b"[{", b"[\n", b"[\r")) else "page" if start.startswith(b"<") else "text"


def _byte_lines(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield from first.splitlines(keepends=True)
    yield from stream


def _one(data: bytes, kind: str, how: _How) -> Found:
    piece = Piece(how.name, kind, data, how.language)
    try:
        yield again(piece, how.knowledge), piece
        if kind == "pdf" and (found := pdf(data)).blank:
            told = ", ".join(map(str, found.blank))
            what = f"of {found.pages} pages these have no text layer and are not read: {told}"
            how.on_problem(Problem(how.name, None, what, "Run them through text recognition."))
    except ReadError as error:
        how.on_problem(problem(how.name, None, error))


def _archive(stream: BinaryIO, how: _How) -> Found:
    stream.seek(0)
    gate = how.gate() if how.gate else None
    for found in pages(stream, on_broken=lambda at, what: _broken(at, what, how), on_passed=lambda p: how.on_passed(how.name, p)):
        if gate and not gate.opens(found.body):
            how.on_passed(how.name, _passed("gate", found))
            continue
        charset = charset_of(found.content_type)
        piece = Piece(
            f"{how.name}@{found.offset}", found.form, found.body, how.language, found.url, found.fetched, charset=charset
        )
        try:
            yield again(piece, how.knowledge), piece
        except ReadError:  # most pages of the web hold no article: that is no fault of the file
            how.on_passed(how.name, _passed("unread", found))


def _passed(why: str, found: Capture) -> Passed:
    return Passed(why, found.url, found.offset, found.body)


def _broken(at: int, what: str, how: _How) -> None:
    mend = "The rest is read; fetch the page again, or repair the archive."
    how.on_problem(Problem(how.name, None, f"record at byte {at}: {what}", mend))


def _rows(lines: Iterator[bytes], how: _How) -> Found:
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        empty = False
        try:
            row = row_of(decoded(line, how.knowledge))
        except ReadError as error:
            how.on_problem(problem(how.name, number, error))
            continue
        yield from _row(row, how, number, data=line)
    if empty:
        how.on_problem(Problem(how.name, None, "nothing in it", "Give a file with rows."))


def _row(
    row: dict[str, Any] | str, how: _How, line: int | None, place: str = "", data: bytes | None = None, form: str = "row"
) -> Found:
    """A row as an article. `row` may be words: why it is not read. `data`: its bytes, where it stands in lines of its own, and in
    which `form`."""
    try:
        if isinstance(row, str):
            raise ReadError(row)
        day = checked(row).get("published")
        if day and not any(hint.values for hint in hints(day, words_of(how.knowledge, ANY))):
            what = f"{place}published '{day}' is no day; the row is read without it"
            how.on_problem(Problem(how.name, line, what, "Write it as 2026-01-12."))
        told_at = f"{how.name}:{line}" if line is not None else f"{how.name}#{place.removesuffix(': ')}"
        piece = Piece(told_at, form, data or json.dumps(row, ensure_ascii=False).encode(), how.language)
        yield again(piece, how.knowledge), piece
    except ReadError as error:
        told = problem(how.name, line, error)
        how.on_problem(replace(told, what=place + told.what))
