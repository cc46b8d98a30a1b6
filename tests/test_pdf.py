"""PDF: paragraphs in the order in which they are read; Arabic with figures, brackets, foreign words; pages without text."""

from datetime import date
from pathlib import Path

import pytest

from tests.test_read import knowledge_once, read
from trucewatch.errors import ReadError
from trucewatch.read.bidi import brackets, logical
from trucewatch.read.pdf import pdf

CASES = Path(__file__).parent / "cases" / "pdf"


def told(name: str) -> list[str]:
    """The paragraphs of a source: its lines of text, signs of its layout left out."""
    lines = (CASES / f"{name}.typ").read_text("utf-8").splitlines()
    return [line.removeprefix("= ") for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", ["arabic", "figures", "english"])
def test_a_text_comes_back_to_the_letter(name: str) -> None:
    found = pdf((CASES / f"{name}.pdf").read_bytes())
    assert found.text.split("\n\n") == told(name)


def test_a_pdf_is_an_article(tmp_path: Path) -> None:
    (article,), problems = read(CASES / "arabic.pdf", knowledge_once())
    assert (article.language, article.published, problems) == ("ar", date(2026, 1, 12), [])
    assert [block.kind for block in article.blocks][:3] == ["headline", "dateline", "body"]
    (article,), problems = read(CASES / "english.pdf", knowledge_once())
    assert article.published == date(2026, 1, 12)
    assert [p.what for p in problems] == ["of 3 pages these have no text layer and are not read: 2, 3"]
    (article,), problems = read((CASES / "english.pdf").read_bytes(), knowledge_once())
    assert article.language == "en"


def test_no_text_and_no_pdf(tmp_path: Path) -> None:
    import pypdfium2

    empty = pypdfium2.PdfDocument.new()
    empty.new_page(200, 200)
    empty.save(tmp_path / "empty.pdf")
    found, problems = read(tmp_path / "empty.pdf", knowledge_once())
    assert found == [] and "without a text layer" in problems[0].what
    (tmp_path / "cut.pdf").write_bytes((CASES / "english.pdf").read_bytes()[:900])
    found, problems = read(tmp_path / "cut.pdf", knowledge_once())
    assert found == [] and "cannot be opened" in problems[0].what
    with pytest.raises(ReadError):
        pdf(b"%PDF-1.7 and nothing")


# Arabic letters stand for words from right to left: alef "\u0627", beh "\u0628".
A, B = "\u0627\u0627\u0627", "\u0628\u0628\u0628"


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        (f"{A} Press Dorva {B}", f"{A} Dorva Press {B}"),
        (f"{A} 2803 Resolution {B}", f"{A} Resolution 2803 {B}"),
        (f"{A} 12 2026 {B}", f"{A} 12 2026 {B}"),
        (f"{A} 2-0-13 {B}", f"{A} 13-0-2 {B}"),
        (f"{A} 12-01-2026 {B}", f"{A} 2026-01-12 {B}"),
        (f"{A} 12/01/2026 10:30 3.5", f"{A} 12/01/2026 10:30 3.5"),
        (f"{A} .11:45", f"{A} 11:45."),
        (f"{A} %7 {B}", f"{A} 7% {B}"),
        (f"{A} Dorva", f"{A} Dorva"),
        ("the vote was 13-0-2 (Dorva Press)", "the vote was 13-0-2 (Dorva Press)"),
    ],
)
def test_lines_from_right_to_left(given: str, read_as: str) -> None:
    assert logical(given) == read_as


def test_brackets_are_turned_only_where_that_closes_more() -> None:
    assert brackets([f"{A} ){B}( {A}", "left (as it is)"]) == [f"{A} ({B}) {A}", "left (as it is)"]
    assert brackets([f"{A} ({B}) {A}"]) == [f"{A} ({B}) {A}"]
    assert brackets([f"{A} ){B}", f"{B}( {A}"]) == [f"{A} ({B}", f"{B}) {A}"]
