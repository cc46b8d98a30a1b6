"""Reading: encodings, rows, pages, blocks, dates."""

import io
import itertools
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.errors import ReadError
from trucewatch.model import Article
from trucewatch.packs.strict import read_yaml
from trucewatch.read import (
    Knowledge,
    Problem,
    Stated,
    Words,
    articles,
    blocks,
    decode,
    knowledge,
    language_of,
    published,
    words_of,
)

HERE = Path(__file__).parent
LANGUAGES = HERE.parent / "src/trucewatch/data/languages"
SHARED = HERE.parent.parent / "shared"
ARABIC = (
    "اجتمعت اللجنة المشتركة صباح اليوم في العاصمة، وفق مصدر فيها، على أن تعود إلى الاجتماع بعد يومين.\n\n"
    "وقال المصدر إن اللقاء دام ساعتين.\n"
)
RUSSIAN = "Делегации обеих сторон вновь встретились в столице, сообщил посредник. Договорились, что они не будут стрелять."


@cache
def knowledge_once() -> Knowledge:
    return knowledge(LANGUAGES)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge_once()


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
    stated = [Stated(*item) for item in case.get("page", ())]
    day, evidence = published(text, blocks(text, words), words, row=case.get("row"), url=case.get("url"), page=stated)
    told = [[e.source, e.value.isoformat() if e.value else None, e.verdict] for e in evidence]
    assert (day.isoformat() if day else None) == case["published"], told
    if "evidence" in case:
        assert told == case["evidence"]
    if "clock" in case:
        used = next(e for e in evidence if e.verdict == "used")
        assert [used.time, used.zone] == case["clock"]
    assert all(text[e.start : e.end] == e.raw for e in evidence if e.start is not None and e.end is not None)


@pytest.mark.parametrize(("language", "case"), cases("blocks"))
def test_blocks(language: str, case: dict[str, Any], known: Knowledge) -> None:
    text = case["text"]
    found = blocks(text, words_of(known, language))
    told = [[b.kind, text[b.start : b.end]] for b in found]
    assert [kind for kind, _ in told] == [kind for kind, _ in case["blocks"]], told
    assert all(part.startswith(begin) for (_, part), (_, begin) in zip(told, case["blocks"], strict=True)), told
    covered = {at for b in found for at in range(b.start, b.end)}
    assert all(at in covered or char.isspace() for at, char in enumerate(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"])
def test_arabic_encodings(encoding: str, known: Knowledge) -> None:
    assert decode(ARABIC.encode(encoding), known.letters, known.stopwords) == ARABIC


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", RUSSIAN),
        ("utf-16-le", RUSSIAN),
        ("utf-16-be", "Talks resumed on Thursday."),
        ("windows-1252", "Les délégations se sont retrouvées à l’hôtel, près de la frontière."),
        ("windows-1255", "משלחות שני הצדדים נפגשו שוב בבירה, כך מסר המתווך של השיחות."),
        ("windows-1254", "Görüşmeler bugün başkentte yeniden başladı ve akşama kadar sürdü."),
        ("windows-1256", "قتل ثلاثة في قصف على رفح"),
        ("iso-8859-6", "قتل ثلاثة في قصف على رفح"),
    ],
)
def test_other_encodings_and_short_texts(encoding: str, text: str, known: Knowledge) -> None:
    assert decode(text.encode(encoding), known.letters, known.stopwords) == text


def test_agencies_as_printed(known: Knowledge) -> None:
    (article,), _ = read(f"لقاء جديد\nوكالات / سما/\n\n{ARABIC}\nوذكرت رويترز أن اللقاء كان قصيرا.".encode(), known)
    assert article.agencies == ("سما",)


def test_declared_charset_of_a_page(known: Knowledge) -> None:
    html = f"<html><head><meta charset=windows-1256></head><body><p>{ARABIC}</p></body></html>"
    assert ARABIC in decode(html.encode("windows-1256"), known.letters, known.stopwords, html=True)
    wrong = html.replace("windows-1256", "iso-8859-1")
    assert ARABIC in decode(wrong.encode("utf-8"), known.letters, known.stopwords, html=True)
    assert ARABIC in decode(wrong.encode("windows-1256"), known.letters, known.stopwords, html=True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\r\n",
        b"\xef\xbb\xbf",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        bytes(range(256)) * 4,
        b"\x00\x01\x02\x03" * 50,
        b"\xff\xfe\x00",
        b"\xff\xfea",
    ],
)
def test_no_text(data: bytes, known: Knowledge) -> None:
    with pytest.raises(ReadError):
        decode(data, known.letters, known.stopwords)


GERMAN = (
    "Die Delegationen beider Seiten trafen sich erneut in der Hauptstadt, sagte der Vermittler. Die Gespräche sollen in zwei "
    "Tagen fortgesetzt werden. Es war das erste Treffen seit dem Beginn der Waffenruhe, die im Oktober in Kraft getreten ist."
)
PERSIAN = "هیئت های دو طرف بار دیگر در پایتخت دیدار کردند. گفتگوها تا دو روز دیگر ادامه خواهد یافت و آتش بس برقرار است."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ARABIC, "ar"),
        (RUSSIAN, "ru"),
        (GERMAN, None),
        (PERSIAN, None),
        ("代表团再次会面。", None),
        ("12 345", None),
        ("Delegations of both parties met again in the capital and agreed to meet with the mediator.", "en"),
        ("Les délégations des deux parties se sont retrouvées dans la capitale avec le médiateur.", "fr"),
        ("Las delegaciones de ambas partes volvieron a reunirse en la capital con el mediador.", "es"),
        ("Tarafların heyetleri bu hafta başkentte bir araya geldi ve ateşkes için yeni bir tarih belirledi.", "tr"),
        ("Делегації обох сторін знову зустрілися у столиці, і посередник повідомив, що вони не стрілятимуть.", "uk"),
        ("משלחות שני הצדדים נפגשו שוב בבירה.", "he"),
        ("مقتل ثلاثة في قصف", "ar"),
    ],
)
def test_language(text: str, code: str | None, known: Knowledge) -> None:
    assert language_of(text, known) == code


def test_rows(known: Knowledge) -> None:
    good = {"id": "x1", "url": "https://ex.org/2026/01/13/a", "language": "ar", "published": None, "outlet": "o", "text": ARABIC}
    bad = [
        '{"text": ',
        "[1]",
        {"id": "x2"},
        {"text": 5},
        {"text": "代表团再次会面。"},
        {"text": ARABIC, "published": "soon"},
        {"text": ARABIC, "url": 5},
    ]
    rows = [row if isinstance(row, str) else json.dumps(row) for row in (good, "", *bad, {"id": 7, "text": ARABIC})]
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


@pytest.mark.parametrize(("told", "code"), [("ar-EG", "ar"), ("AR", "ar"), ("", "ar"), (None, "ar"), ("de", "de")])
def test_language_of_a_row(told: str | None, code: str, known: Knowledge) -> None:
    (article,), problems = read(json.dumps({"text": ARABIC, "language": told}).encode(), known)
    assert article.language == code and not problems


def test_rows_in_utf_16(known: Knowledge) -> None:
    found, problems = read("\n".join(json.dumps({"text": ARABIC}, ensure_ascii=False) for _ in range(2)).encode("utf-16"), known)
    assert [a.text for a in found] == [ARABIC, ARABIC] and not problems


def test_files(tmp_path: Path, known: Knowledge) -> None:
    head = "<title>لقاء جديد للجنة المشتركة</title><meta name=date content=2026-01-01>"
    body = "".join(f"<p>{line} {ARABIC}</p>" for line in "أبجدهوز")
    page = (
        f"<html lang=ar><head>{head}</head><body><h1>لقاء جديد للجنة المشتركة</h1><div>الإثنين 12 يناير 2026 08:11 م</div>"
        f"<article>{body}</article></body></html>"
    )
    files = {
        "a.txt": ARABIC.encode("windows-1256"),
        "b.html": page.encode(),
        "empty.txt": b"",
        "c.jsonl": b"\n",
        "d.png": b"\x89PNG",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert read(tmp_path / "a.txt", known)[0][0].text == ARABIC
    (article,), problems = read(tmp_path / "b.html", known)
    assert article.text.startswith("لقاء جديد للجنة المشتركة\n\nالإثنين 12 يناير 2026 08:11 م\n\n")
    assert article.published == date(2026, 1, 12) and article.language == "ar" and not problems
    assert [(e.source, e.verdict) for e in article.dates] == [("dateline", "used"), ("header", "refused")]
    for name in ("empty.txt", "c.jsonl", "d.png", "absent.txt"):
        found, problems = read(tmp_path / name, known)
        assert not found and len(problems) == 1 and problems[0].source.endswith(name)


def test_samples(known: Knowledge) -> None:
    """Our own samples: what the text alone shows of its date is what the row says, and the notice under it is never body."""
    path = LANGUAGES.parent / "samples/articles.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found, problems = read(path, known)
    assert not problems and [a.id for a in found] == [row["id"] for row in rows]
    dated = 0
    for article, row in zip(found, rows, strict=True):
        assert article.text == row["text"]
        last = article.text.rstrip().rsplit("\n", 1)[-1]
        assert next(b.kind for b in reversed(article.blocks)) == "caption", last
        day, _ = published(article.text, article.blocks, words_of(known, article.language))
        if row["published"] and day:
            assert day.isoformat() == row["published"], row["id"]
            dated += 1
    assert dated >= 12
    (page,), _ = read(path.with_name("page.html"), known)
    assert page.published == date(2026, 2, 19) and "2 March 2026" not in page.text


def test_standard_input_is_sniffed(known: Knowledge) -> None:
    assert read(f"\n\n{ARABIC}".encode(), known)[0][0].text == f"\n\n{ARABIC}"
    assert read(ARABIC.encode("utf-16"), known)[0][0].text == ARABIC
    page = f"\n<html><body><article><p>{ARABIC * 3}</p></article></body></html>"
    assert read(page.encode(), known)[0][0].text.startswith("اجتمعت")
    found, problems = read(json.dumps([{"text": ARABIC}]).encode(), known)
    assert not found and "not an object" in problems[0].what


PIECES = st.sampled_from(
    [
        "date 2026-01-01",
        "الرئيسية > أخبار",
        "لقاء جديد",
        "Share | Tweet",
        "الإثنين 12 يناير 2026",
        "اقرأ أيضا",
        "اقرأ أيضا: خبر",
        "MIAMI: ",
        " — ",
        ":",
        "-",
        "[الصورة: جمع]",
        "وسوم: هدنة",
        ARABIC,
        "\n",
        "\n\n",
        " ",
        "12/1/2026",
        "99/99/2026",
        "https://example.org",
        "غ\u0640\u064e",
        "\u200f",
        "1. ",
        "\xa0",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_blocks_of_any_text_cover_it_in_order(text: str) -> None:
    words = words_of(knowledge_once(), "ar")
    found = blocks(text, words, title="لقاء جديد")
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = {at for b in found for at in range(b.start, b.end)}
    assert all(b.start < b.end for b in found) and all(at in covered or char.isspace() for at, char in enumerate(text))
    published(text, found, words, row=text[:20], url=f"https://example.org/{text[:40]}")
    published(text, found, words, url=text)


@given(st.binary(max_size=60))
@settings(max_examples=150, deadline=None)
def test_bytes_are_read_or_refused(data: bytes) -> None:
    known = knowledge_once()
    try:
        assert isinstance(decode(data, known.letters, known.stopwords), str)
    except ReadError as error:
        assert str(error).count(". ") >= 1


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
