"""Files, rows and standard input as articles. One bad row or file is reported and passed over; what was read before is kept."""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from trucewatch.errors import ReadError
from trucewatch.html import NO_RULES, Stated
from trucewatch.model import Article, Block
from trucewatch.model.outlet import PageRules
from trucewatch.read.blocks import agencies, blocks
from trucewatch.read.dates import published
from trucewatch.read.encoding import BOMS, decode
from trucewatch.read.hints import hints
from trucewatch.read.knowledge import ANY, Knowledge, words_of
from trucewatch.read.language import language_of
from trucewatch.read.outlets import outlet_of
from trucewatch.read.page import page

STDIN = "-"
_FIELDS = {
    "id": "text",
    "url": "address",
    "language": "code such as ar",
    "published": "day such as 2026-01-12",
    "outlet": "text",
    "title": "text",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read. `line` is the row's number in a file of rows, else None; `mend` says what would help."""

    source: str
    line: int | None
    what: str
    mend: str


Report = Callable[[Problem], None]


def articles(
    source: str | Path, knowledge: Knowledge, *, on_problem: Report, language: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article]:
    """The articles of a file (.jsonl, .txt, .html, others by their beginning) or of "-", standard input.

    `language`: that of every article which does not tell its own. Rows are read one by one: a file may be larger than memory.
    """
    if str(source) == STDIN:
        yield from _stream(stdin or sys.stdin.buffer, "standard input", "", knowledge, on_problem, language)
        return
    path = Path(source)
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), path.suffix.lower(), knowledge, on_problem, language)
    except OSError as error:
        on_problem(Problem(str(path), None, f"cannot be read: {error.strerror}", "Look at the path and its rights."))


def _stream(
    stream: BinaryIO, name: str, suffix: str, knowledge: Knowledge, on_problem: Report, language: str | None
) -> Iterator[Article]:
    first = _beginning(stream)
    kind = _kind(first, suffix)
    wide = any(first.startswith(mark) for mark, code in BOMS if code != "utf-8-sig") or b"\x00" in first[:200]
    if kind == "rows" and not wide:
        lines: Iterator[bytes] = _byte_lines(first, stream)
    else:
        data = first + stream.read()
        if kind == "rows":
            try:
                lines = iter([line.encode() for line in _decoded(data, knowledge).split("\n")])
            except ReadError as error:
                on_problem(_problem(name, None, error))
                return
        else:
            yield from _one(data, name, kind, knowledge, on_problem, language)
            return
    yield from _rows(lines, name, knowledge, on_problem, language)


def _beginning(stream: BinaryIO) -> bytes:
    """The first lines, up to one that is not blank."""
    out = b""
    while line := stream.readline():
        out += line
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            break
    return out


def _kind(first: bytes, suffix: str) -> str:
    if suffix in (".jsonl", ".ndjson", ".json"):
        return "rows"
    if suffix in (".html", ".htm", ".xhtml"):
        return "page"
    if suffix == ".txt":
        return "text"
    start = first.replace(b"\x00", b"").lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe")
    return "rows" if start.startswith((b"{", b"[{")) else "page" if start.startswith(b"<") else "text"


def _byte_lines(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield from first.splitlines(keepends=True)
    yield from stream


def _decoded(data: bytes, knowledge: Knowledge, *, html: bool = False) -> str:
    return decode(data, knowledge.letters, knowledge.stopwords, html=html)


def _one(data: bytes, name: str, kind: str, knowledge: Knowledge, on_problem: Report, language: str | None) -> Iterator[Article]:
    try:
        text = _decoded(data, knowledge, html=kind == "page")
        if kind == "text":
            yield _article({"text": text}, knowledge, language)
            return
        found = page(text, words_of(knowledge, language or ANY), knowledge.marks, lambda url: _rules(url, knowledge))
        told = (found.language or "").split("-")[0].lower()
        code = language or language_of(found.text, knowledge) or (told if told in knowledge.letters else None)
        yield _article({"text": found.text, "url": found.url, "title": found.title}, knowledge, code, found.stated, found.told)
    except ReadError as error:
        on_problem(_problem(name, None, error))


def _rows(lines: Iterator[bytes], name: str, knowledge: Knowledge, on_problem: Report, language: str | None) -> Iterator[Article]:
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        empty = False
        try:
            row = _row(_decoded(line, knowledge))
            day = row.get("published")
            if day and not any(hint.values for hint in hints(day, words_of(knowledge, ANY))):
                what = f"published '{day}' is no day; the row is read without it"
                on_problem(Problem(name, number, what, "Write it as 2026-01-12."))
            yield _article(row, knowledge, language)
        except ReadError as error:
            on_problem(_problem(name, number, error))
    if empty:
        on_problem(Problem(name, None, "nothing in it", "Give a file with rows."))


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReadError(f"no JSON: {error.msg.lower()} at character {error.pos + 1}. Write one JSON object a line.") from None
    except RecursionError:
        raise ReadError("no row: the JSON is nested too deeply. Write one flat JSON object a line.") from None
    if not isinstance(row, dict):
        raise ReadError('no row: the JSON is not an object. Write {"text": …} on each line.')
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise ReadError('no text in this row. Fill the field "text".')
    if re.search(r"[\ud800-\udfff]", row["text"]):
        raise ReadError("the text holds half a surrogate pair. Write characters beyond U+FFFF as one pair.")
    for field, form in _FIELDS.items():
        if row.get(field) is not None and not isinstance(row[field], str):
            if field == "id" and isinstance(row[field], int) and not isinstance(row[field], bool):
                row[field] = str(row[field])
                continue
            raise ReadError(f'the field "{field}" is no string. Write it as {form} in quotes.')
    return row


def _rules(url: str | None, knowledge: Knowledge) -> PageRules:
    printer = outlet_of(None, url, knowledge.outlets)
    return printer.page if printer else NO_RULES


def _article(
    row: dict[str, Any], knowledge: Knowledge, language: str | None, stated: Sequence[Stated] = (), marked: Sequence[Block] = ()
) -> Article:
    """The text goes in as it is: nothing is trimmed, joined or normalised. `stated` and `marked`: what a page's markup tells."""
    text: str = row["text"]
    told = (row.get("language") or "").strip()
    short = told.split("-")[0].lower()  # ar-EG is read with the words of ar
    code = (short if short in knowledge.letters else told) or language or language_of(text, knowledge)
    if not code:
        raise ReadError('the language was not recognised. Tell it in the field "language" or as an option.')
    words = words_of(knowledge, code)
    found = blocks(text, words, title=row.get("title"), marked=marked)
    printer = outlet_of(row.get("outlet"), row.get("url"), knowledge.outlets)
    day, evidence = published(text, found, words, row=row.get("published"), url=row.get("url"), page=stated, outlet=printer)
    return Article(
        id=row.get("id") or f"a:{hashlib.sha256(text.encode()).hexdigest()[:16]}",
        text=text,
        language=code,
        url=row.get("url"),
        outlet=printer.id if printer else row.get("outlet"),
        published=day,
        dates=evidence,
        agencies=agencies(text, found, words),
        blocks=found,
    )


def _problem(source: str, line: int | None, error: ReadError) -> Problem:
    what, _, mend = str(error).partition(". ")
    return Problem(source, line, what.rstrip("."), mend)
