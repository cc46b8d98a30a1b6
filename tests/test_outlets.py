"""Outlets: files read strictly, an article's outlet found, its clock and its order of evidence used."""

import io
import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trucewatch import packs, read
from trucewatch.agreements import namer
from trucewatch.errors import PackError
from trucewatch.model import Article
from trucewatch.model.outlet import Outlet
from trucewatch.packs.check import check
from trucewatch.packs.outlets import outlet_faults
from trucewatch.packs.strict import read_yaml
from trucewatch.publish.tracker import source_text
from trucewatch.read.outlets import indexed, outlet_of
from trucewatch.text import fold_text

DATA = packs.DATA / "outlets"
GOOD = """\
names: {en: [The Masar, Masar Daily], ar: [صحيفة المسار]}
kind: press
languages: [en]
hosts: [masar.example]
source: its page on itself
seen: 2026-11-24
"""
TEXT = "Talks resume\n\nTalks on the border resumed in the capital this week, both foreign ministries said."


def own(folder: Path, **files: str) -> Path:
    """A data folder of one's own with these outlet files; `_` in a name stands for a dash."""
    (folder / "outlets").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "outlets" / f"{name.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return folder


@cache
def knowledge() -> read.Knowledge:
    return read.knowledge(packs.DATA / "languages")


def article(known: tuple[Outlet, ...], **row: Any) -> Article:
    data = json.dumps({"text": TEXT, "language": "en"} | row).encode()
    problems: list[read.Problem] = []
    (found,) = read.articles(
        "-", replace(knowledge(), outlets=indexed(known)), on_problem=problems.append, stdin=io.BytesIO(data)
    )
    assert not problems
    return found


def one(folder: Path, more: str = "") -> tuple[Outlet, ...]:
    return tuple(each for each in packs.outlets(own(folder, masar=GOOD + more)) if each.id == "masar")


def test_ours_are_read() -> None:
    found = packs.outlets()
    assert [each.id for each in found] == sorted(path.stem for path in DATA.glob("*.yaml"))
    assert outlet_faults() == []
    for each in found:
        assert each.source and date.fromisoformat(each.seen), each.id
        assert {"en"} <= {language for language, _ in each.names}, each.id
        assert {feed.language for feed in each.feeds if feed.language} <= set(each.languages), each.id
        assert all(feed.source and date.fromisoformat(feed.seen) for feed in each.feeds), each.id


def test_an_outlet_has_the_id_of_the_party_of_its_name() -> None:
    rows = read_yaml(packs.DATA / "world" / "organisations.yaml")
    parties = {fold_text(name): row["id"] for row in rows for names in row["names"].values() for name in names}
    told = [
        (each.id, parties[key])
        for each in packs.outlets()
        for _, names in each.names
        for name in names
        if (key := fold_text(name)) in parties
    ]
    assert len(told) > 100
    assert [pair for pair in told if pair[0] != pair[1]] == []


@pytest.mark.parametrize(
    ("told", "url", "expected"),
    [
        ("The Masar", None, "masar"),
        ("masar", None, "masar"),
        ("  MASAR   daily ", None, "masar"),
        ("صحيفه المسار", None, "masar"),
        (None, "https://www.masar.example/a/1", "masar"),
        (None, "https://ar.masar.example:443/a", "masar"),
        ("Another Daily", "https://masar.example/a", "masar"),
        (None, "https://notmasar.example/a", None),
        (None, "https://masar.example.org/a", None),
        (None, "https://[broken/a", None),
        ("Another Daily", None, None),
    ],
)
def test_the_outlet_is_found(told: str | None, url: str | None, expected: str | None, tmp_path: Path) -> None:
    found = outlet_of(told, url, indexed(one(tmp_path)))
    assert (found.id if found else None) == expected


def test_a_portal_prints_for_others(tmp_path: Path) -> None:
    known = indexed(packs.outlets(own(tmp_path, masar=GOOD.replace("press", "portal"))))
    assert outlet_of("Another Daily", "https://masar.example/a", known) is None
    assert (outlet_of(None, "https://masar.example/a", known) or pytest.fail()).id == "masar"


def test_the_article_carries_the_id_or_the_name(tmp_path: Path) -> None:
    known = one(tmp_path)
    assert article(known, url="https://masar.example/a").outlet == "masar"
    assert article(known, outlet="Masar Daily").outlet == "masar"
    assert article(known, outlet="Another Daily").outlet == "Another Daily"
    assert article(known).outlet is None


def test_the_order_of_evidence_is_the_outlets(tmp_path: Path) -> None:
    row = {"text": f"12 January 2026\n{TEXT}", "url": "https://masar.example/2026/01/09/a"}
    assert article(one(tmp_path / "a"), **row).published == date(2026, 1, 12)
    told = article(one(tmp_path / "b", "date_precedence: [url]\n"), **row)
    assert told.published == date(2026, 1, 9)
    assert [(each.source, each.verdict) for each in told.dates] == [("url", "used"), ("dateline", "refused")]
    assert article(one(tmp_path / "b"), **row, published="2026-01-10").published == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("stated", "zone", "day", "time", "offset"),
    [
        ("2026-01-12T22:30:00Z", "Asia/Beirut", "2026-01-13", "00:30", "+02:00"),
        ("2026-07-12T21:30:00+00:00", "Asia/Beirut", "2026-07-13", "00:30", "+03:00"),
        ("2026-01-12T01:00:00+03:00", "Europe/Paris", "2026-01-11", "23:00", "+01:00"),
        ("2026-01-12T22:30:00Z", None, "2026-01-12", "22:30", "+00:00"),
        ("2026-01-12T22:30:00", "Asia/Beirut", "2026-01-12", "22:30", None),
        ("2026-01-12", "Asia/Beirut", "2026-01-12", None, None),
    ],
)
def test_the_day_is_that_of_the_outlets_clock(
    stated: str, zone: str | None, day: str, time: str | None, offset: str | None, tmp_path: Path
) -> None:
    (masar,) = one(tmp_path, f"zone: {zone}\n" if zone else "")
    words = read.words_of(knowledge(), "en")
    told = [read.Stated("jsonld", stated)]
    found, (evidence,) = read.published(TEXT, read.blocks(TEXT, words), words, page=told, outlet=masar)
    assert (str(found), evidence.time, evidence.zone, evidence.raw) == (day, time, offset, stated)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (GOOD.replace("kind: press", "kind: paper"), ":2: kind: input should be 'press', 'agency'"),
        (GOOD + "host: [b.example]\n", ":7: the key 'host' is unknown. Did you mean 'hosts'?"),
        (GOOD.replace("[masar.example]", "[https://masar.example/]"), "'https://masar.example/' is no host. Write it in small"),
        (GOOD.replace("[masar.example]", "[www.masar.example]"), "'www.masar.example' is no host."),
        (GOOD.replace("2026-11-24", "24 November"), ":6: seen: '24 November' is no day. Write it as 2026-11-24."),
        (
            GOOD.replace("source: its page on itself\n", ""),
            "'source' is missing. Write it; docs/add-an-outlet.md tells the form.",
        ),
        (GOOD + "zone: Asia/Beyrouth\n", ":7: zone: 'Asia/Beyrouth' is no zone of the IANA tables. Write it as Asia/Beirut."),
        (GOOD + "date_precedence: [header, footer]\n", "input should be 'jsonld'"),
        (GOOD + "owner: {text: a trust}\n", "'source' is missing."),
        (GOOD + "feeds: [{url: 'ftp://masar.example/f', kind: rss, source: a, seen: 2026-11-24}]\n", "is no address. Write it"),
        (GOOD + "names: {en: [Twice]}\n", "the key 'names' stands twice."),
    ],
)
def test_a_wrong_file_is_refused(wrong: str, what: str, tmp_path: Path) -> None:
    folder = own(tmp_path, masar=wrong)
    faults = outlet_faults(folder)
    assert faults and what in faults[0] and faults[0].startswith(f"{folder / 'outlets' / 'masar.yaml'}:"), faults
    with pytest.raises(PackError) as problem:
        packs.outlets(folder)
    assert str(problem.value) == faults[0]


def test_a_host_or_a_name_tells_one_outlet(tmp_path: Path) -> None:
    other = GOOD.replace("[masar.example]", "[b.example, masar.example]").replace("The Masar", "Other")
    folder = own(tmp_path, masar=GOOD, other=other)
    faults = outlet_faults(folder)
    assert len(faults) == 3 and all("other.yaml:" in fault and "stands in masar.yaml too" in fault for fault in faults), faults


def test_a_file_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    ours = packs.outlets()[0]
    folder = own(tmp_path, **{ours.id: GOOD, "Wrong": GOOD})
    assert outlet_faults(folder)[0].startswith(f"{folder / 'outlets' / 'Wrong.yaml'}:1: 'Wrong' is no id.")
    assert outlet_faults(folder)[0] in check(folder)
    (folder / "outlets" / "Wrong.yaml").unlink()
    found = packs.outlets(folder)
    assert len(found) == len(packs.outlets()) and found[0].hosts == ("masar.example",) and outlet_faults(folder) == []


PAGES = Path(__file__).parent.parent.parent / "shared/data/html-fundus"
KNOWN = {
    "ABC": "abc-spain",
    "AnadoluAjansi": "anadolu",
    "ElDiario": "eldiario-es",
    "ElMundo": "el-mundo",
    "ElPais": "el-pais",
    "EuronewsFR": "euronews",
    "Haberturk": "haberturk",
    "Kommersant": "kommersant",
    "LBCGroup": "lbci",
    "LaVanguardia": "la-vanguardia",
    "LeFigaro": "le-figaro",
    "LeMonde": "le-monde",
    "LesEchos": "les-echos",
    "NTVTR": "ntv-turkey",
    "Pravda": "ukrainska-pravda",
}


@pytest.mark.skipif(not PAGES.is_dir(), reason="no saved pages beside the project")
def test_saved_pages_are_those_of_our_outlets() -> None:
    known = indexed(packs.outlets())
    pages = {name: row["url"] for path in PAGES.glob("*/meta.info") for name, row in json.loads(path.read_text("utf-8")).items()}
    found = {name: outlet_of(None, url, known) for name, url in pages.items() if name.split("_")[0] in KNOWN}
    assert len(found) >= len(KNOWN)
    assert {name: each.id if each else None for name, each in found.items()} == {
        name: KNOWN[name.split("_")[0]] for name in found
    }


def test_a_report_calls_an_outlet_by_its_name(tmp_path: Path) -> None:
    folder = own(tmp_path, masar=GOOD)
    assert [namer(folder, code)("masar") for code in ("en", "ar", "fr")] == ["The Masar", "صحيفة المسار", "The Masar"]
    assert source_text("outlet:masar", namer(folder)) == "The Masar"
    assert source_text("outlet:Another Daily", namer(folder)) == "Another Daily"
    assert namer()("el-mundo") == "El Mundo" and namer()("masar") == "masar"
