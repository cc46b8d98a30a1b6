"""A PDF with a text layer as a text: lines in the order in which they are read, wrapped lines joined to paragraphs."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from trucewatch.errors import ReadError
from trucewatch.html import Stated
from trucewatch.read.bidi import brackets, is_rtl, logical

GAP = 1.3  # of the usual distance of lines, from which a paragraph begins
SIZE = 1.15  # of the size of letters, from which a line is another paragraph
LETTERS = 3  # letters of a page at least; fewer are no text layer
_MADE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)")
_HYPHENS = "\x02\ufffe\u00ad"  # how a hyphen is given that stands only at the end of a line
_FORMS = ((0xFB00, 0xFD3D), (0xFD40, 0xFDFF), (0xFE70, 0xFEFC))  # ligatures and shapes of letters


@dataclass(frozen=True, slots=True)
class Pdf:
    """`text`: paragraphs divided by blank lines; `blank`: numbers of pages without text, from 1; `pages`: how many there are;
    `stated`: the day on which the file was made."""

    text: str
    blank: tuple[int, ...]
    pages: int
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """`top`: distance from the bottom of the page, in points; `size`: of its largest letter."""

    text: str
    top: float
    size: float


def pdf(data: bytes) -> Pdf:
    """The text of a PDF. Raises ReadError where it cannot be opened, or holds no text at all."""
    import pypdfium2  # slow to import, and needed for these files only

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise ReadError(f"a PDF that cannot be opened ({problem}). Save it again without a password.") from None
    try:
        found = [_paragraphs(_lines(page)) for page in document]
        made = _MADE.match(document.get_metadata_dict().get("CreationDate", ""))
    finally:
        document.close()
    blank = tuple(number for number, page in enumerate(found, 1) if not page)
    if len(blank) == len(found):
        raise ReadError(f"a PDF of {len(found)} pages without a text layer: pictures of text. Run it through text recognition.")
    stated = (Stated("header", "-".join(made.groups())),) if made else ()
    return Pdf("\n\n".join(_continued(found)), blank, len(found), stated)


def _lines(page: Any) -> list[_Line]:
    """The lines of a page, in order, with where they stand."""
    import pypdfium2.raw as raw

    layer = page.get_textpage()
    text: str = layer.get_text_range()
    if sum(char.isalpha() for char in text) < LETTERS or len(text) != layer.count_chars():
        return []
    out, at = [], 0
    for line in re.split(r"\r\n|\r|\n", text):
        marks = [at + place for place, char in enumerate(line) if not char.isspace()]
        if marks:
            size = max(raw.FPDFText_GetFontSize(layer.raw, mark) for mark in marks)
            out.append(_Line(line, median(layer.get_charbox(mark, loose=True)[1] for mark in marks), size))
        at += len(line)
        at += 2 if text[at : at + 2] == "\r\n" else 1
    return out


def _paragraphs(lines: list[_Line]) -> list[str]:
    """Wrapped lines joined: a paragraph begins after a wider gap, further up (a column) or in another size."""
    steps = [one.top - two.top for one, two in zip(lines, lines[1:], strict=False) if one.top - two.top > two.size / 2]
    usual = min(steps, default=0.0)
    words = [_shaped(line.text).rstrip() for line in lines]
    if is_rtl(" ".join(words)):
        words = brackets([logical(line) for line in words])
    out: list[str] = []
    for at, (line, text) in enumerate(zip(lines, words, strict=True)):
        before = lines[at - 1] if at else None
        step = before.top - line.top if before else 0.0
        alike = before is not None and max(line.size, before.size) <= SIZE * min(line.size, before.size)
        if before is None or not alike or step <= 0 or step > GAP * usual:
            out.append(text)
        else:
            out[-1] = _joined(out[-1], text)
    return [" ".join(paragraph.split()) for paragraph in out]


def _joined(before: str, line: str) -> str:
    return before[:-1] + line if before[-1:] in _HYPHENS else f"{before} {line}"


def _continued(pages: list[list[str]]) -> Iterator[str]:
    """The paragraphs of all pages; one that breaks off at the end of a page goes on on the next."""
    held = ""
    for page in pages:
        for number, paragraph in enumerate(page):
            goes_on = number == 0 and held and not re.search(r"[.!?:\u061f\u2026][\"'\u201d\u00bb)\]]*$", held)
            if goes_on and (paragraph[:1].islower() or not paragraph[:1].isupper()):
                held = _joined(held, paragraph)
                continue
            if held:
                yield held
            held = paragraph
    if held:
        yield held


def _shaped(text: str) -> str:
    """Ligatures as their letters, shapes of letters as the letter."""
    return "".join(unicodedata.normalize("NFKC", c) if any(a <= ord(c) <= b for a, b in _FORMS) else c for c in text)
