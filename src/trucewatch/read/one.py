"""One row, one page, one text as an article."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.errors import ReadError
from trucewatch.html import NO_RULES, Stated
from trucewatch.model import Article, Block, Piece
from trucewatch.model.outlet import PageRules
from trucewatch.read.blocks import agencies, blocks
from trucewatch.read.dates import published
from trucewatch.read.encoding import decode
from trucewatch.read.knowledge import ANY, Knowledge, words_of
from trucewatch.read.language import language_of
from trucewatch.read.notices import notices
from trucewatch.read.outlets import outlet_of
from trucewatch.read.page import page
from trucewatch.read.pdf import pdf
from trucewatch.read.posts import posts
from trucewatch.text import canonical

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


def again(piece: Piece, knowledge: Knowledge) -> Article:
    """The article of a piece; the same piece gives the same article. Raises ReadError."""
    language, url, fetched = piece.language, piece.url, piece.fetched
    hint = (Stated("feed", piece.feed),) if piece.feed else ()
    if piece.form == "pdf":
        layer = pdf(piece.data)
        return article_of({"text": layer.text, "url": url}, knowledge, language, (*layer.stated, *hint), fetched=fetched)
    text = decoded(piece.data, knowledge, html=piece.form == "page", charset=piece.charset)
    if piece.form == "table":
        return article_of(checked(next(posts(text)).row), knowledge, language)
    if piece.form == "row":
        return article_of(row_of(text), knowledge, language)
    if piece.form != "page":
        return article_of({"text": text, "url": url}, knowledge, language, hint, fetched=fetched)
    found = page(text, words_of(knowledge, language or ANY), knowledge.marks, lambda told: _rules(url or told, knowledge))
    told = (found.language or "").split("-")[0].lower()
    code = language or language_of(found.text, knowledge) or (told if told in knowledge.letters else None)
    row = {"text": found.text, "url": url or found.url, "title": found.title}
    return article_of(row, knowledge, code, (*found.stated, *hint), found.told, fetched=fetched)


def decoded(data: bytes, knowledge: Knowledge, *, html: bool = False, charset: str | None = None) -> str:
    return decode(data, knowledge.letters, knowledge.stopwords, html=html, charset=charset)


def row_of(line: str) -> dict[str, Any]:
    """A row of a file of JSON lines. Raises ReadError."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReadError(f"no JSON: {error.msg.lower()} at character {error.pos + 1}. Write one JSON object a line.") from None
    except RecursionError:
        raise ReadError("no row: the JSON is nested too deeply. Write one flat JSON object a line.") from None
    if not isinstance(row, dict):
        raise ReadError('no row: the JSON is not an object. Write {"text": …} on each line.')
    return checked(row)


def checked(row: dict[str, Any]) -> dict[str, Any]:
    """The row, if it has a text and its other fields are strings; a number as id becomes one. Raises ReadError."""
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


def article_of(
    row: dict[str, Any],
    knowledge: Knowledge,
    language: str | None,
    stated: Sequence[Stated] = (),
    marked: Sequence[Block] = (),
    *,
    fetched: date | None = None,
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
    url, told_day = row.get("url"), row.get("published")
    day, evidence = published(text, found, words, row=told_day, url=url, page=stated, outlet=printer, fetched=fetched)
    return Article(
        id=row.get("id") or name_of(url, text),
        text=text,
        language=code,
        url=url,
        outlet=printer.id if printer else row.get("outlet"),
        published=day,
        dates=evidence,
        agencies=agencies(text, found, words),
        blocks=found,
        notices=tuple(notices(text, words)),
    )


def name_of(url: str | None, text: str = "") -> str:
    """The id of an article that has none of its own: by its address, so that another text there is another version of it; by its
    text where there is no address, or one that is not of a page."""
    page_of = canonical(url) if url and "://" in url else ""
    told = f"//{page_of}" if "/" in page_of or "?" in page_of else f"{url}\n{text}" if url else text
    return f"a:{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def problem(source: str, line: int | None, error: ReadError) -> Problem:
    """What an error says, with its place."""
    what, _, mend = str(error).partition(". ")
    return Problem(source, line, what.rstrip("."), mend)
