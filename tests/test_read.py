"""Reading: encodings, rows, pages, blocks, dates."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trucewatch.errors import ReadError
from trucewatch.model import Article
from trucewatch.packs.strict import read_yaml
from trucewatch.read import Knowledge, Problem, Words, articles, blocks, decode, knowledge, language_of, published, words_of

HERE = Path(__file__).parent
LANGUAGES = HERE.parent / "src/trucewatch/data/languages"
SHARED = HERE.parent.parent / "shared"
ARABIC = "اجتمعت اللجنة المشتركة صباح اليوم في العاصمة، وفق مصدر فيها، على أن تعود إلى الاجتماع بعد يومين.\n\nوقال المصدر إن اللقاء دام ساعتين.\n"
RUSSIAN = "Делегации обеих сторон вновь встретились в столице, сообщил посредник. Договорились, что они не будут стрелять."


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge(LANGUAGES)


def cases(topic: str) -> Iterator[Any]:
    for path in sorted((HERE / "cases" / topic).glob("*.yaml")):
        for number, case in enumerate(read_yaml(path), 1):
            language = case.get("language") or path.stem
            yield pytest.param(language, case, id=f"{path.stem}-{number}-{case['why'][:50]}")


def read(source: Any, known: Knowledge, **options: Any) -> tuple[list[Article], list[Problem]]:
    problems: list[Problem] = []
    if isinstance(source, bytes):
        options["stdin"], source = io.BytesIO(source), "-"
    return list(articles(source, known, on_problem=problems.append, **options)), problems


@pytest.mark.parametrize(("language", "case"), cases("dates"))
def test_dates(language: str, case: dict[str, Any], known: Knowledge) -> None:
    words, text = words_of(known, language), case["text"]
    day, evidence = published(text, blocks(text, words), words, row=case.get("row"), url=case.get("url"))
    told = [[e.source, e.value.isoformat() if e.value else None, e.verdict] for e in evidence]
    assert (day.isoformat() if day else None) == case["published"], told
    if "evidence" in case:
        assert told == case["evidence"]
    if "clock" in case:
        used = next(e for e in evidence if e.verdict == "used")
        assert [used.time, used.zone] == case["clock"]
    assert all(text[e.start:e.end] == e.raw for e in evidence if e.start is not None and e.end is not None)


@pytest.mark.parametrize(("language", "case"), cases("blocks"))
def test_blocks(language: str, case: dict[str, Any], known: Knowledge) -> None:
    text = case["text"]
    found = blocks(text, words_of(known, language))
    assert [[b.kind, text[b.start:b.end][:len(begin)]] for b, (_, begin) in zip(found, case["blocks"], strict=False)] == case["blocks"]
    assert len(found) == len(case["blocks"])
    covered = {at for b in found for at in range(b.start, b.end)}
    assert all(at in covered or char.isspace() for at, char in enumerate(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"])
def test_arabic_encodings(encoding: str, known: Knowledge) -> None:
    assert decode(ARABIC.encode(encoding), known.letters, known.stopwords) == ARABIC


@pytest.mark.parametrize(("encoding", "text"), [
    ("windows-1251", RUSSIAN), ("utf-16-le", RUSSIAN), ("windows-1252", "Les délégations se sont retrouvées à l’hôtel, près de la frontière."),
    ("windows-1255", "משלחות שני הצדדים נפגשו שוב בבירה, כך מסר המתווך של השיחות."),
    ("windows-1254", "Görüşmeler bugün başkentte yeniden başladı ve akşama kadar sürdü."), ("utf-16-be", "Talks resumed on Thursday."),
    ("windows-1256", "قتل ثلاثة في قصف على رفح"), ("iso-8859-6", "قتل ثلاثة في قصف على رفح"),
])
def test_other_encodings_and_short_texts(encoding: str, text: str, known: Knowledge) -> None:
    assert decode(text.encode(encoding), known.letters, known.stopwords) == text


def test_declared_charset_of_a_page(known: Knowledge) -> None:
    html = f"<html><head><meta charset=windows-1256></head><body><p>{ARABIC}</p></body></html>"
    assert ARABIC in decode(html.encode("windows-1256"), known.letters, known.stopwords, html=True)
    wrong = html.replace("windows-1256", "iso-8859-1")
    assert ARABIC in decode(wrong.encode("utf-8"), known.letters, known.stopwords, html=True)
    assert ARABIC in decode(wrong.encode("windows-1256"), known.letters, known.stopwords, html=True)


@pytest.mark.parametrize("data", [
    b"", b" \n\r\n", b"\xef\xbb\xbf", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"\xff\xfe\x00",
])
def test_no_text(data: bytes, known: Knowledge) -> None:
    with pytest.raises(ReadError):
        decode(data, known.letters, known.stopwords)


@pytest.mark.parametrize(("text", "code"), [
    (ARABIC, "ar"), (RUSSIAN, "ru"), ("Delegations of both parties met again in the capital and agreed to meet with the mediator.", "en"),
    ("Les délégations des deux parties se sont retrouvées dans la capitale avec le médiateur.", "fr"),
    ("Las delegaciones de ambas partes volvieron a reunirse en la capital con el mediador.", "es"),
    ("Tarafların heyetleri bu hafta başkentte bir araya geldi ve ateşkes için yeni bir tarih belirledi.", "tr"),
    ("Делегації обох сторін знову зустрілися у столиці, і посередник повідомив, що вони не стрілятимуть.", "uk"),
    ("משלחות שני הצדדים נפגשו שוב בבירה.", "he"), ("Die Delegationen beider Seiten trafen sich erneut in der Hauptstadt, sagte der Vermittler.", None),
    ("代表团再次会面。", None), ("12 345", None),
])
def test_language(text: str, code: str | None, known: Knowledge) -> None:
    assert language_of(text, known) == code


def test_rows(known: Knowledge) -> None:
    good = {"id": "x1", "url": "https://example.org/2026/01/13/a", "language": "ar", "published": None, "text": ARABIC, "outlet": "o"}
    rows = [json.dumps(good), "", "{\"text\": ", "[1]", json.dumps({"id": "x2"}), json.dumps({"text": 5}), json.dumps({"text": "代表团再次会面。"}),
            json.dumps({"text": ARABIC, "published": "soon"}), json.dumps({"text": ARABIC, "url": 5}), json.dumps({"id": 7, "text": ARABIC})]
    found, problems = read("\n".join(rows).encode(), known)
    assert [a.id for a in found] == ["x1", found[1].id, "7"]
    assert found[1].id.startswith("a:") and len(found[1].id) == 18
    assert [(p.line, p.source) for p in problems] == [(n, "standard input") for n in (3, 4, 5, 6, 7, 8, 9)]
    assert all(p.what and p.mend.endswith(".") for p in problems)
    assert "character 11" in problems[0].what and found[1].published is None
    assert found[0].text == ARABIC and found[0].outlet == "o" and found[0].published == date(2026, 1, 13)


def test_a_bad_line_of_bytes_spoils_only_itself(known: Knowledge) -> None:
    row = json.dumps({"text": ARABIC}, ensure_ascii=False)
    found, problems = read(b"\n".join([row.encode(), b"\x00\x01\x02\x03", row.encode("windows-1256"), row.encode()]), known)
    assert [a.text for a in found] == [ARABIC] * 3
    assert [p.line for p in problems] == [2]


def test_rows_in_utf_16(known: Knowledge) -> None:
    found, problems = read("\n".join(json.dumps({"text": ARABIC}, ensure_ascii=False) for _ in range(2)).encode("utf-16"), known)
    assert [a.text for a in found] == [ARABIC, ARABIC] and not problems


def test_files(tmp_path: Path, known: Knowledge) -> None:
    page = ("<html lang=ar><head><title>لقاء جديد للجنة المشتركة</title><meta name=date content=2026-01-01></head><body><h1>لقاء جديد للجنة المشتركة"
            "</h1><div>الإثنين 12 يناير 2026 08:11 م</div><article>" + "".join(f"<p>{line} {ARABIC}</p>" for line in "أبجدهوز") + "</article></body></html>")
    for name, data in {"a.txt": ARABIC.encode("windows-1256"), "b.html": page.encode(), "empty.txt": b"", "c.jsonl": b"\n", "d.png": b"\x89PNG\r\n"}.items():
        (tmp_path / name).write_bytes(data)
    assert read(tmp_path / "a.txt", known)[0][0].text == ARABIC
    (article,), problems = read(tmp_path / "b.html", known)
    assert article.text.startswith("لقاء جديد للجنة المشتركة\n\nالإثنين 12 يناير 2026 08:11 م\n\n")
    assert article.published == date(2026, 1, 12) and article.language == "ar" and not problems
    assert [(e.source, e.verdict) for e in article.dates] == [("dateline", "used"), ("header", "refused")]
    for name in ("empty.txt", "c.jsonl", "d.png", "absent.txt"):
        found, problems = read(tmp_path / name, known)
        assert not found and len(problems) == 1 and problems[0].source.endswith(name)


def test_standard_input_is_sniffed(known: Knowledge) -> None:
    assert read(f"\n\n{ARABIC}".encode(), known)[0][0].text == f"\n\n{ARABIC}"
    assert read(ARABIC.encode("utf-16"), known)[0][0].text == ARABIC
    assert read(f"\n<html><body><article><p>{ARABIC * 3}</p></article></body></html>".encode(), known)[0][0].text.startswith("اجتمعت")


def test_override_takes_the_place_of_our_file(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "furniture.tsv").write_text("term\tclass\tvalue\tforms\nmore of it\tfurniture\tkind=related\t\n", "utf-8")
    words: Words = words_of(knowledge(LANGUAGES, tmp_path), "en")
    assert words.furniture["more of it"] == "related" and "read also" not in words.furniture and words.months["january"] == 1


def gold() -> list[dict[str, Any]]:
    folder = SHARED / "gold/reports"
    return [json.loads((folder / f"{n:03}.json").read_text("utf-8")) for n in range(1, 84, 2)] if folder.is_dir() else []


@pytest.mark.skipif(not gold(), reason="no gold reports beside the project")
def test_gold_dates_and_quotes(known: Knowledge, record_property: Any) -> None:
    right, quotes, inside = [], 0, 0
    reports = gold()
    for report in reports:
        words, text = words_of(known, report["language"]), report["text"]
        found = blocks(text, words)
        day, _ = published(text, found, words, url=report["url"])
        right.append((day.isoformat() if day else None) == report["published"])
        for claim in report["claims"]:
            at = text.index(claim["quote"])
            quotes += 1
            inside += any(b.kind == "body" and b.start <= at and at + len(claim["quote"]) <= b.end for b in found)
    record_property("dates", f"{sum(right)}/{len(reports)}")
    record_property("quotes", f"{inside}/{quotes}")
    print(f"dates {sum(right)} of {len(reports)}, quotes in body {inside} of {quotes}")
    assert sum(right) >= 0.9 * len(reports)
    assert inside >= 0.99 * quotes
