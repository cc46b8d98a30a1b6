"""The report: one file that asks for nothing; each line has its source; both directions of writing."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from xml.etree import ElementTree

import pypdfium2
import pytest

from tests.expected import samples
from tests.test_page import DIRECTIONS, Tree
from trucewatch import agreements, flow, link, track
from trucewatch.errors import TrucewatchError
from trucewatch.model import Reason
from trucewatch.model.tracker import Ruling
from trucewatch.packs import find, linking
from trucewatch.pictures import charts
from trucewatch.report import Chart, Ground, Item, Outlet, Part, Sitrep, Told, figures, html, pdf, sitrep
from trucewatch.report.pdf import as_data, runs

AS_OF = date(2026, 2, 28)
RULING = Ruling("rafah", "minimal", "2026-02-02", "<b>ann</b>", "seen & noted", "c:1")


@cache
def case() -> flow.Case:
    coded = samples()
    claims = [claim for entry in coded for claim in entry.claims]
    articles = {entry.article.id: entry.article for entry in coded}
    return flow.case_of(agreements.agreement("gaza-2025"), claims, articles, (), (RULING,), acts_for=agreements.acts_for())


SINCE = date(2026, 1, 31)
GROUND = Ground(
    coder="9.9",
    head=(7, "ab" * 32),
    languages=("ar", "en"),
    outlets=(
        Outlet("un-news", "en", 3, "2026-02-20"),
        Outlet("wafa", "ar", 2, "2026-01-12"),
        Outlet("un-news", "xx", 4, "2026-02-01"),
    ),
    failed=(("gone", 3),),
    waiting=5,
)


def told(known: flow.Case) -> Told:
    laid = flow.laid(known, AS_OF)
    now, before = flow.tracked(laid, AS_OF), flow.tracker(known, SINCE)
    return Told(now, before, track.diff(before, now), known.agreement, known.claims, known.articles, laid.happenings, GROUND)


@cache
def model(language: str) -> Sitrep:
    names = agreements.namer(None, language)
    knowledge = linking()

    def why(reason: Reason) -> str:
        return link.told(reason, language, knowledge)

    return sitrep(told(case()), names=names, why=why, language=language, directions=DIRECTIONS, sample=True)


@cache
def page(language: str) -> str:
    return html(model(language))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_file_is_well_nested_and_alone(language: str) -> None:
    text = page(language)
    tree = Tree(text)
    assert tree.faults == [] and tree.open == []
    assert not re.search(r"url\(|@import|<script|<link|<img|<iframe", text)
    (policy,) = [a["content"] for a, _ in tree.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy and "default-src 'none'" in policy and "script-src" not in policy
    (root,) = tree.all("html")
    assert root[0] == {"lang": language, "dir": DIRECTIONS[language]}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_line_names_its_source(language: str) -> None:
    rows = Tree(page(language)).all("li", "item")
    items = [row for row in rows if not {"side", "ground"} & set((row[0]["class"] or "").split())]
    assert len(items) > 40
    bare = [text for _, text in items if not re.search(r"c:[0-9a-f]{8}", text) and "/" not in text and "2026" not in text]
    memory = {"en": "from memory", "ar": "من الذاكرة"}[language]
    assert [text for text in bare if memory not in text and "tass.com" not in text and "," not in text] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_quote_is_of_its_article(language: str) -> None:
    texts = [" ".join(article.text.split()) for article in case().articles.values()]
    quotes = [text for _, text in Tree(page(language)).all("q")]
    assert len(quotes) > 40
    for quote in quotes:
        assert any(all(part in text for part in quote.split(" … ")) for text in texts), quote


def test_both_sides_stand_even_where_nothing_is_told() -> None:
    known = case()
    nobody = {"ISR": frozenset[str]()}
    empty = replace(known, claims=(), articles={}, said={}, acts_for=nobody)
    shown = html(sitrep(told(empty), names=agreements.namer(None, "en"), why=lambda reason: reason.rule, directions=DIRECTIONS))
    sides = [words for _, text in Tree(shown).all("li", "side") if (words := " ".join(text.split())).startswith("Against")]
    assert sides == ["Against Israel nothing told", "Against Hamas nothing told", "Against nobody by name nothing told"]


def test_a_persons_word_is_shown_as_such_and_never_as_markup() -> None:
    assert "judged by &lt;b&gt;ann&lt;/b&gt;: seen &amp; noted (the rules propose: not initiated)" in page("en")
    assert "<b>ann</b>" not in page("en") and "<b>ann</b>" not in page("ar")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on 2026-01-12", 'on <bdi dir="ltr">2026-01-12</bdi>'),
        ("1,553 & 3", '<bdi dir="ltr">1,553</bdi> &amp; <bdi dir="ltr">3</bdi>'),
        ("no figure.", "no figure."),
    ],
)
def test_figures_are_kept_from_left_to_right(text: str, shown: str) -> None:
    assert figures(text) == shown


def test_the_same_claims_give_the_same_bytes() -> None:
    build: Callable[[], str] = lambda: html(model.__wrapped__("ar"))  # noqa: E731
    assert build() == build()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "overdue",  # deadlines and how late
                "141 days after its day, not told as done",
                "chair: Donald Trump",  # bodies, members, the days left of a mandate
                "671 days left",
                "members: Marco Rubio, Steve Witkoff",
                "reports every 6 months",
                "accepts with conditions",  # answers with their conditions
                "ready to free all hostages by the exchange formula",
                "doubts: Gaza ceasefire and plan of twenty points",  # what a third party holds of the whole, and since when
                "printed again until 2026-01-12",
                "13 for, 0 against, 2 abstaining",  # votes
                "how breaches are reported",
                "shooting, incursion across the line",  # what each source counts
                "F6",
            ),
        ),
        (
            "ar",
            (
                "فات موعده",
                "بعد موعده بعدد 141 من الأيام، لم يرو إنجازه",
                "الرئاسة: دونالد ترامب",
                "بقي 671 يوما",
                "الأعضاء: ماركو روبيو، ستيف ويتكوف",
                "تقرير كل 6 أشهر",
                "يقبل بشروط",
                "مستعدة للإفراج عن جميع الرهائن",
                "يشكك: وقف إطلاق النار في غزة وخطة النقاط العشرين",
                "أعيد نشره حتى 2026-01-12",
                "13 مع، 0 ضد، 2 امتناع",
                "كيف تبلَّغ الخروقات",
                "F6",
            ),
        ),
    ],
)
def test_all_that_is_tracked_stands_in_the_report(language: str, told: tuple[str, ...]) -> None:
    words = " ".join(re.sub(r"<[^>]+>", "", page(language)).split())
    assert [each for each in told if each not in words] == []


def part(language: str, name: str) -> Part:
    return next(each for each in model(language).parts if each.id == name)


def test_the_figures_stand_first_with_source_bound_and_period() -> None:
    first = model("en").parts[0]
    assert first.id == "headlines"
    line = next(each for each in first.items if each.head.startswith("killed (deeds of Israel)"))
    assert "since 2025-10-10" in line.head and "from about 400 to 573; 4 sources, none preferred" in line.head
    assert "2026-02-10 Government Media Office: 573, since 2025-10-10" in line.notes
    assert {"2026-02-10"} <= {cite.told.split(", ")[-1] for cite in line.cites}


def test_what_moved_names_the_line_and_its_claims_and_nothing_else() -> None:
    moved = part("en", "moved")
    assert moved.title == "What moved from 2026-01-31 to 2026-02-28"
    heads = [each.head for each in moved.items]
    assert any("killed (deeds of Israel), since 2025-10-10" in head and "573" in head for head in heads)  # printed meanwhile
    assert not any("more than 900 breaches" in head for head in heads)  # stood there before
    assert not any("573 killed" in head for head in heads)  # told among the figures already
    assert all(each.cites or each.counter or each.files for each in moved.items if "<b>ann</b>" not in "".join(each.notes))
    still = sitrep(
        replace(told(case()), before=told(case()).tracker, changes=()),
        names=agreements.namer(None, "en"),
        why=lambda reason: reason.rule,
        directions=DIRECTIONS,
    )
    assert next(each for each in still.parts if each.id == "moved").items == ()


def test_what_could_not_be_seen() -> None:
    lines = [" ".join((each.head, *each.notes)) for each in part("en", "unseen").items]
    assert "1 of 2 known outlets printed something after 2026-01-31" in lines
    assert any(line.startswith("Nothing of 1 outlets") and "last on 2026-01-12" in line for line in lines)
    assert "4 articles in the language xx, which nobody reads here" in lines
    assert "3 pages could not be read: not there" in lines and "5 pages found and still to be read" in lines


def test_the_method_names_coder_and_ledger() -> None:
    for language in ("en", "ar"):
        told_ = " ".join(each.head for each in part(language, "method").items)
        assert "trucewatch 9.9" in told_ and "ab" * 32 in told_


def test_disputes_name_both_voices() -> None:
    rows = part("en", "disputes").items
    assert rows and all(len(row.cites) == 2 and row.notes for row in rows)


def test_a_long_report_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.report.make.EMBEDDED", 5)
    monkeypatch.setattr("trucewatch.report.make.LINES", 3)
    short = sitrep(told(case()), names=agreements.namer(None, "en"), why=lambda reason: reason.rule, directions=DIRECTIONS)
    shown = {cite.claim for each in short.parts for line in each.items for cite in (*line.cites, *line.counter)}
    assert len(shown) == 5 and short.hidden == len(short.cited) - 5 and model("en").cited == short.cited
    text = html(short)
    assert f"The words of {figures(str(short.hidden))} further claims" in text and "lines more" in text


def drawings(language: str) -> list[Chart]:
    return [chart for each in model(language).parts for chart in each.charts]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pictures_hold_figures_and_days_only_and_have_a_table(language: str) -> None:
    made = drawings(language)
    assert {each.kind for each in made} == {"series", "acts", "states", "times", "repeats", "places"}
    for chart in made:
        root = ElementTree.fromstring(chart.svg)
        words = [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]
        assert words and all(re.fullmatch(r"×?[\d,.-]+|[A-Z]{3}|\d+ km", each) for each in words), words
        assert chart.rows and all(len(row) == len(chart.columns) for row in chart.rows) and chart.key
        assert len(chart.claims) == len(chart.rows)
        assert chart.kind == "states" or all(chart.claims)  # a provision begins with a state that rests on no claim
    assert page(language).count("<summary>") == len(made)


def test_pictures_are_the_same_in_both_languages() -> None:
    """Words differ and are not in them; the order of sources is that of the figures."""
    kinds = ("series", "acts", "states")
    one, other = ([chart.svg for chart in drawings(language) if chart.kind in kinds] for language in ("en", "ar"))
    assert one == other


def test_a_step_chart_stands_where_its_figures_are() -> None:
    line = [charts.Dot("2026-01-01", 0, 0, 0), charts.Dot("2026-01-11", 40, 32, None), charts.Dot("2026-01-21", 80, 80, 80)]
    drawn = charts.steps([line], "2026-01-01", "2026-01-21")
    spots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)
    assert spots == [("56.0", "204.0"), ("381.0", "108.0"), ("706.0", "12.0")]
    (band,) = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawn)
    assert band == ("381.0", "12.0", "325.0", "115.2")  # from 32 up to the top, for it is open


@pytest.mark.parametrize(("most", "top"), [(1, 1), (3, 3), (7, 8), (440, 480), (1553, 1600), (2_000_000, 2_400_000)])
def test_scales_end_on_round_numbers_above_the_greatest(most: float, top: float) -> None:
    drawn = charts.steps([[charts.Dot("2026-01-01", most, most, most)]], "2026-01-01", "2026-01-02")
    levels = [float(each.replace(",", "")) for each in re.findall(r'text-anchor="end"[^>]*>([\d,]+)<', drawn)]
    assert max(levels) == top


@cache
def printed(language: str) -> bytes:
    pytest.importorskip("typst", reason="typst is not installed (extra pdf)")
    return pdf(model(language))


def words_of(document: bytes) -> str:
    with_text = pypdfium2.PdfDocument(document)
    return " ".join(" ".join(page_.get_textpage().get_text_bounded() for page_ in with_text).split())


def test_print_holds_the_claims_of_the_page() -> None:
    """Lines that begin from right to left are left out: what takes the text out again orders them in its own way."""
    text = words_of(printed("en")).replace(" ", "")
    cites = [cite for each in model("en").parts for line in each.items for cite in (*line.cites, *line.counter)]
    mine = [cite for cite in cites if cite.told.striptags().isascii()]
    assert len(mine) > 40 and [each.claim for each in mine if each.claim not in text] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_figure_is_turned_round_in_print(language: str) -> None:
    text = words_of(printed(language))
    for figure in ("2026-02-28", "2025-10-10", "1,553", "1,620"):
        assert figure in text
    assert not re.search(r"\d\d-\d\d-20\d\d", text)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_print_is_set_in_the_font_that_comes_along(language: str) -> None:
    fonts = set(re.findall(rb"/BaseFont\s*/([A-Z]{6}\+)?([\w-]+)", printed(language)))
    names = {name.decode() for _, name in fonts}
    assert names and {name for name in names if not name.startswith("IBMPlexSansArabic")} <= {"LibertinusSerif-Regular"}, names


def test_print_is_the_same_each_time() -> None:
    first = printed("ar")
    again = pdf(model.__wrapped__("ar"))
    assert words_of(first) == words_of(again)
    one, other = (pypdfium2.PdfDocument(each) for each in (first, again))
    assert len(one) == len(other) > 5
    for number in (0, 5):
        pictures = [bytes(each[number].render(scale=0.5).buffer) for each in (one, other)]
        assert pictures[0] == pictures[1]


def test_the_font_is_the_one_that_was_vendored() -> None:
    sums = {
        "IBMPlexSansArabic-Bold.ttf": "68272317b082d1cf037e2b839c12a9bc44918a6b26c66050220b8d656a4b35c8",
        "IBMPlexSansArabic-Regular.ttf": "1a68cdfdce511308e0f070aa366d6888c387fd40096c0c5ac228b7cb089115b0",
    }
    folder = find("fonts/OFL.txt").parent
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ttf")} == sums


def test_without_typst_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(TrucewatchError, match=r"--pdf: typst is not installed\. Run: pip install 'trucewatch\[pdf\]'\."):
        pdf(model("en"))


def test_figures_are_runs_of_their_own() -> None:
    assert runs("13–0–2 on 2026-01-12.") == [
        {"words": "13–0–2", "figure": True},
        {"words": " on ", "figure": False},
        {"words": "2026-01-12", "figure": True},
        {"words": ".", "figure": False},
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_code_stands_where_a_reader_expects_a_name(language: str) -> None:
    """What moved, disputes and repeats are told in words: no id of a party, no name of a rule."""
    for name in ("moved", "disputes", "again"):
        for line in part(language, name).items:
            told_ = " ".join((line.head, *line.notes)) if name == "moved" else line.head
            assert not re.search(r"\b[A-Z]{3}\.[a-z]+|\b[a-z]+(-[a-z]+){2,}\b", told_), told_


def test_an_address_is_one_run_in_print() -> None:
    place = "un.example/a/1234.html"
    shown = as_data(replace(model("ar"), parts=(Part("x", "x", (Item("x", files=(place, "y.example/77")),)),)))
    (notes,) = (each["notes"] for each in shown["parts"][0]["items"])
    assert [run["words"] for run in notes[0] if run["figure"]] == [place, "y.example/77"]
