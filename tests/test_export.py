"""Exports: every row says who said it, who printed it and how it was told; what a format can carry comes back as it was."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.made import arabic, claim, english
from trucewatch import agreements, export, flow, packs
from trucewatch.errors import ExportError
from trucewatch.export import flat
from trucewatch.export.ical import folded
from trucewatch.export.knowledge import check
from trucewatch.model import Article, Claim, Quantity, Role, Voice, When, Where
from trucewatch.model.agreement import Moment
from trucewatch.model.tracker import Meeting, Term
from trucewatch.publish.form import check as check_form

BACK = ("jsonl", "csv", "parquet")
TEXTS = sorted(set(export.WRITERS) - {"parquet"})


@cache
def rows() -> tuple[export.Row, ...]:
    """The claims of the demonstration's articles."""
    coded = flow.code_source([packs.find("samples/articles.jsonl")], on_problem=print)
    return tuple(export.Row(claim, entry.article) for entry in coded for claim in entry.claims)


@cache
def known() -> export.Known:
    return export.known(dataset="test")


def written(form: str, given_: Iterable[export.Row], left: Counter[str] | None = None) -> bytes:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="extra analytics")
    out = io.BytesIO()
    export.WRITERS[form](given_, out, known(), Counter() if left is None else left)
    return out.getvalue()


def table(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def made(event: str, status: str, **slots: Any) -> export.Row:
    entry, told = english()
    article = replace(entry, id="x", outlet="paper-x", url="https://paper.example.org/x", published=date(2031, 5, 4))
    return export.Row(replace(told[0], event=event, mode=None, status=status, article="x", **slots), article)


# --- who said it


def test_the_formats_listed_are_those_written() -> None:
    assert list(export.formats()) == list(export.WRITERS)
    assert {name for name, form in export.formats().items() if form.back} == set(BACK)


@pytest.mark.parametrize("form", sorted(export.WRITERS))
def test_every_row_says_who_said_it_and_where_and_how(form: str, tmp_path: Path) -> None:
    telling = made("CONSULT", "occurred", speaker=(Voice("outlet", None, None, None), Voice("source", "a clerk of A", 3, 15)))
    own = made("CONSULT", "occurred", id="c:2", speaker=(Voice("outlet", None, None, None),))
    data = written(form, [telling, own])
    if form == "parquet":
        told = [list(row) for row in _arrow_rows(data)]
        assert told == [["a clerk of A", "paper-x", "occurred"], ["paper-x", "paper-x", "occurred"]]
        return
    text = data.decode().replace("\r\n ", "")
    for words in ("a clerk of A", "paper-x", "occurred"):
        assert text.count(words) >= 1 + (words != "a clerk of A")
    by, printed, how = {
        "polecat": ("x_said_by", "x_outlet", "x_as_told"),
        "ical": ("X-SAID-BY:a clerk of A", "X-OUTLET:paper-x", "X-AS-TOLD:occurred"),
    }.get(form, ("said_by", "outlet", "as_told"))
    assert by in text and printed in text and how in text


def _arrow_rows(data: bytes) -> Iterable[tuple[str, str, str]]:
    import pyarrow.parquet

    found = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return [(row["said_by"], row["outlet"], row["as_told"]) for row in found]


def test_nobody_is_left_unnamed() -> None:
    row = export.bare(replace(english()[1][0], speaker=(Voice("outlet", None, None, None),), article="a:1"))
    (told,) = table(written("csv", [row]))
    assert (told["said_by"], told["outlet"]) == ("a:1", "a:1")


# --- there and back


@pytest.mark.parametrize("form", BACK)
def test_claims_of_the_samples_come_back(form: str, tmp_path: Path) -> None:
    path, problems = tmp_path / f"claims.{form}", list[object]()
    path.write_bytes(written(form, rows()))
    back = list(export.read(path, check_form, problems.append))
    assert problems == []
    assert [row.claim.public() for row in back] == [row.claim.public() for row in rows()]
    assert [(r.article.outlet, r.article.url, r.article.published) for r in back] == [
        (r.article.outlet, r.article.url, r.article.published) for r in rows()
    ]


ODD = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\r\n'=+-@\",;\u061c"), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(words=ODD, value=st.floats(0, 1e9) | st.integers(0, 10**9), number=st.integers(0, 10_000), outlet=ODD)
@pytest.mark.parametrize("form", BACK)
def test_odd_claims_come_back(
    form: str, words: str, value: float, number: int, outlet: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    claim = rows()[number % len(rows())].claim
    role = Role(words, 0, len(words), None, None, None)
    count = Quantity("other:" + words, value, "about", "new", None, None, None, (None, "2031-01-02"), words)
    odd = replace(claim, actors=(role, *claim.actors), quantities=(count, *claim.quantities))
    article = Article(claim.article, "", "en", outlet=outlet)
    path = tmp_path_factory.mktemp("odd") / f"claims.{form}"
    path.write_bytes(written(form, [export.Row(odd, article, "B2", (words,), True)]))
    (back,) = export.read(path, lambda body, place: None, pytest.fail)
    assert (back.claim.public(), back.article.outlet) == (odd.public(), outlet)
    assert (back.grade, back.redacted) == ("B2", True)
    assert form == "csv" or back.judged == (words,)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.jsonl", '{"id": 1}\n', "trucewatch schema claim"),
        ("a.jsonl", "{\n", "no JSON"),
        ("a.jsonl", "[]\n", "no object"),
        ("a.csv", "claim\n{\n", "no JSON"),
    ],
)
def test_what_is_no_claim_is_told_and_the_rest_is_read(name: str, text: str, what: str, tmp_path: Path) -> None:
    path, problems = tmp_path / name, list[object]()
    good = written(path.suffix[1:], rows()[:1]).decode()
    if path.suffix == ".csv":
        head, _, rest = good.partition("\r\n")
        column = head.split(",").index("claim")
        text, good = f"{head}\r\n" + "," * column + '"{"\r\n', rest
    path.write_text(text + good, "utf-8", newline="")
    assert [row.claim.id for row in export.read(path, check_form, problems.append)] == [rows()[0].claim.id]
    assert len(problems) == 1 and str(path) in str(problems[0])
    assert any(part in str(problems[0]) for part in what.split("|"))


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    with pytest.raises(ExportError, match="no column 'claim'"):
        list(export.read(tmp_path / "a.csv", check_form, print))
    with pytest.raises(ExportError, match="cannot be read"):
        list(export.read(tmp_path / "none.jsonl", check_form, print))


# --- tables


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), ("+A", "'+A"), ("-A", "'-A"), ("@x", "'@x"), ("\tx", "'\tx"), ("'=x", "''=x"), ("\uff1dx", "'\uff1dx")]
    + [("'tis", "'tis"), ("a=1", "a=1"), ("", ""), (-80.2, -80.2)],
)
def test_no_cell_is_a_formula_and_none_is_changed(cell: Any, shown: Any) -> None:
    assert flat.guarded(cell) == shown
    assert not isinstance(cell, str) or flat.bared(shown) == cell


@pytest.mark.parametrize("form", ["csv", "hxl", "polecat"])
def test_formulas_in_a_report_stay_words(form: str) -> None:
    row = made("CONSULT", "occurred", actors=(Role('=HYPERLINK("x")', 0, 5),), participants=())
    (told,) = table(written(form, [row]), "\t" if form == "polecat" else ",")[-1:]
    assert told["Actor Name Raw" if form == "polecat" else "actors"] == '\'=HYPERLINK("x")'


def figures(*told: tuple[str, float, str]) -> tuple[Quantity, ...]:
    return tuple(Quantity("killed", value, bound, scope, "x", 0, 1) for bound, value, scope in told)


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ([("exact", 3, "new")], 3, 3),
        ([("more_than", 900, "cumulative")], 900, None),
        ([("up_to", 5, "new")], None, 5),
        ([("at_least", 3, "new"), ("up_to", 5, "new")], 3, 5),
        ([("exact", 3, "new"), ("about", 440, "cumulative")], 3, 3),
        ([], None, None),
    ],
)
def test_figures_keep_their_bounds_and_spans_are_not_mixed(
    told: list[tuple[str, float, str]], least: float | None, most: float | None
) -> None:
    assert flat.counted(figures(*told), "killed")[:2] == (least, most)


def test_hxl_has_its_tags_below_the_names() -> None:
    head, tags, first = list(csv.reader(io.StringIO(written("hxl", rows()[:1]).decode(), newline="")))
    assert len(head) == len(tags) == len(first)
    assert all(tag.startswith("#") for tag in tags) and len(set(tags)) == len(tags)
    assert dict(zip(head, tags, strict=True))["said_by"] == "#meta+speaker"


def test_columns_of_the_table_are_told() -> None:
    assert {column.name for column in known().columns} == set(flat.cells(rows()[0]))
    text = (Path(__file__).resolve().parent.parent / "docs" / "exports.md").read_text("utf-8")
    assert [name for name in export.WRITERS if f"## {name}" not in text] == []


# --- POLECAT


@pytest.mark.parametrize(
    ("event", "mode", "status", "shown"),
    [
        ("AGREE", "sign", "occurred", ("SUPPORT", "")),
        ("AGREE", "offer", "occurred", ("AGREE", "")),
        ("CONSULT", "online", "occurred", ("CONSULT", "phone")),
        ("CONSULT", "visit", "occurred", ("CONSULT", "visit")),
        ("CONSULT", None, "planned", ("AGREE", "")),
        ("RETREAT", "ceasefire", "planned", ("CONCEDE", "")),
        ("RETREAT", "ceasefire", "ongoing", ("RETREAT", "ceasefire")),
        ("VIOLATION", "aerial", "occurred", ("ASSAULT", "aerial")),
        ("ACCUSE", "investigate", "occurred", ("ACCUSE", "investigate")),
        ("VIOLATION", "aerial", "denied", None),
        ("ASSAULT", None, "planned", None),
        ("CONSULT", None, "possible", None),
        ("CASUALTIES", None, "occurred", None),
        ("VOTE", None, "occurred", None),
    ],
)
def test_types_of_polecat(event: str, mode: str | None, status: str, shown: tuple[str, str] | None) -> None:
    left = Counter[str]()
    row = made(event, status)
    found = table(written("polecat", [replace(row, claim=replace(row.claim, mode=mode))], left), "\t")
    assert [(each["Event Type"], each["Event Mode"]) for each in found] == ([shown] if shown else [])
    assert sum(left.values()) == (0 if shown else 1)


def test_polecat_has_forty_columns_and_ours_behind() -> None:
    pair = tuple(Role(name, 0, 1, name) for name in ("ISR", "hamas"))
    data = written("polecat", [made("CONSULT", "occurred", participants=pair, actors=(), recipients=())])
    head = data.decode().splitlines()[0].split("\t")
    assert len(head) == 45 and head[40:] == ["x_claim_id", "x_said_by", "x_outlet", "x_as_told", "x_quote"]
    (row,) = table(data, "\t")
    assert row["Actor Name"] == row["Recipient Name"] == "Israel; Hamas"
    assert row["Quad Code"] == "VERBAL COOPERATION" and row["Publication Date"] == "2031-05-04"


def test_no_group_gets_a_sector_and_organs_do() -> None:
    pair = (Role("x", 0, 1, "ISR.mil"), Role("y", 0, 1, "hamas"))
    (row,) = table(written("polecat", [made("ASSAULT", "occurred", actors=pair[:1], recipients=pair[1:], participants=())]), "\t")
    assert (row["Primary Actor Sector"], row["Primary Recipient Sector"]) == ("MIL", "")


# --- places and days


@pytest.mark.parametrize(
    ("precision", "mode", "point"),
    [("point", None, True), ("settlement", None, True), ("admin", None, False), ("country", None, False), ("area", None, False)]
    + [("settlement", "online", False), ("line", None, False)],
)
def test_only_spots_and_towns_are_points(precision: str, mode: str | None, point: bool) -> None:
    row = made("CONSULT", "occurred", where=Where("Tel", 0, 3, "gn:1", "Tel", "XXA", 31.5, -4.25, precision))
    (feature,) = json.loads(written("geojson", [replace(row, claim=replace(row.claim, mode=mode))]))["features"]
    assert feature["geometry"] == ({"type": "Point", "coordinates": [-4.25, 31.5]} if point else None)
    told = feature["properties"]
    assert (told["center_lat"] is None) == (point or mode is not None)
    assert bool(told["where_prec"]) == (mode is None)


@pytest.mark.parametrize(("status", "shown"), [("occurred", "CONFIRMED"), ("planned", "TENTATIVE"), ("denied", "CANCELLED")])
def test_days_of_the_calendar(status: str, shown: str) -> None:
    row = made("CONSULT", status, when=When("2031-05-01", "2031-05-03", "day", "stated"))
    text = written("ical", [row, made("ASSAULT", "occurred")], left := Counter[str]()).decode()
    for line in ("DTSTART;VALUE=DATE:20310501", "DTEND;VALUE=DATE:20310504", f"STATUS:{shown}"):
        assert f"\r\n{line}\r\n" in text
    assert text.count("BEGIN:VEVENT") == sum(left.values()) == 1


def test_a_meeting_is_told_as_it_stands_and_who_denies_it_is_named() -> None:
    base = {
        "modes": (),
        "participants": (),
        "places": (),
        "about": (),
        "refers": None,
        "article": "x",
        "quote": "x",
        "sources": 2,
    }
    one = Meeting("h:1", "2031-05-01", None, "held", **base, follows=None, follows_rule=None, claims=("c:no", "c:yes"))  # type: ignore[arg-type]
    two = replace(one, happening="h:2", state="planned", follows="h:1", claims=("c:soon",))
    told = [
        made("CONSULT", "denied", id="c:no"),
        made("CONSULT", "occurred", id="c:yes"),
        made("CONSULT", "planned", id="c:soon"),
    ]
    term = Term("halt", Moment(date(2031, 6, 1), date(2031, 6, 7)), None, 0, None, 3, "by-file", "minimal", "not-due", True)
    deal = agreements.agreement("gaza-2025")
    deal = replace(deal, provisions=(replace(deal.provisions[0], id="halt"),))
    out = io.BytesIO()
    export.diary([one, two], [term], deal, told, out, known())
    first, second, task = out.getvalue().decode().replace("\r\n ", "").split("BEGIN:V")[2:]
    assert "STATUS:CONFIRMED" in first and "X-AS-TOLD:occurred" in first and "RELATED-TO" not in first
    assert "COMMENT:" in first and "(paper-x)\\, denied: " in first
    assert "STATUS:TENTATIVE" in second and "RELATED-TO;RELTYPE=SIBLING:h:1@trucewatch" in second and "COMMENT" not in second
    assert "DUE;VALUE=DATE:20310607" in task and "STATUS" not in task and "X-OUTLET:" in task


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_lines_are_cut_between_letters(text: str) -> None:
    line = folded(text)
    assert all(len(piece.encode()) <= 75 for piece in line.split("\r\n"))
    assert line.replace("\r\n ", "") == text + "\r\n"


def test_arabic_is_cut_between_letters() -> None:
    entry, told = arabic()
    data = written("ical", [export.Row(one, entry) for one in told])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert "\ufffd" not in data.decode()
    assert entry.outlet and entry.outlet in data.decode().replace("\r\n ", "")


# --- linked data, statements


def test_a_note_quotes_its_article() -> None:
    entry, told = english()
    found = json.loads(written("webannotation", [export.Row(one, entry) for one in told]))["items"]
    for note in found:
        for target in note["target"]:
            quote, place = target["selector"]
            assert target["source"] == entry.url
            assert entry.text[place["start"] : place["end"]] == quote["exact"]
            assert entry.text[: place["start"]].endswith(quote["prefix"])
            assert entry.text[place["end"] :].startswith(quote["suffix"])


def test_no_verdict_is_published() -> None:
    text = written("schemaorg", rows()).decode()
    assert "ClaimReview" not in text and "reviewRating" not in text
    assert len(json.loads(text)["@graph"]) == len(rows())


def test_statements_are_told_apart() -> None:
    found = table(written("ftm", rows()))
    assert len({row["id"] for row in found}) == len(found)
    assert all(row["value"] and row["said_by"] and row["outlet"] and row["as_told"] for row in found)


# --- the data behind


def test_our_files_are_in_their_form() -> None:
    assert list(check()) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "what"),
    [
        ("exports/polecat.yaml", "type: SUPPORT}", "type: SUPORT}", "unknown type 'SUPORT'"),
        ("exports/polecat.yaml", "modes: [online]", "modes: [onlin]", "unknown mode 'onlin'"),
        ("exports/polecat.yaml", "quad: VERBAL COOPERATION, score: 5.0", "quad: WORDS, score: 5.0", "quad"),
        ("exports/codes.yaml", "  country:", "  land:", "'country' is missing"),
        ("exports/codes.yaml", "denied: CANCELLED", "denid: CANCELLED", "'denied'"),
        ("exports/formats.yaml", "back: true", "bak: true", "'back' is missing"),
        ("exports/columns.tsv", "column\ttag", "colum\ttag", "header"),
    ],
)
def test_faults_of_data_files_are_told(name: str, before: str, after: str, what: str, tmp_path: Path) -> None:
    text = packs.find(name).read_text("utf-8")
    assert before in text
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text(text.replace(before, after, 1), "utf-8")
    faults = list(check(tmp_path))
    assert faults and what in faults[0] and str(tmp_path / name) in faults[0]


def test_a_claim_by_hand_is_a_claim(tmp_path: Path) -> None:
    entry, _ = english()
    told: Claim = claim(entry, 9, "CONSULT", "occurred", "met online on Monday")
    assert json.loads(written("jsonl", [export.Row(told, entry)]))["said_by"] == entry.outlet
