"""Web archives: every file of the collection is read as far as it goes; what is broken is told with its place; the gate."""

import gzip
import io
import json
import random
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expected import samples
from tests.test_cli import run
from tests.test_read import SHARED, knowledge_once
from tests.warcs import packed, page, record
from trucewatch import agreements
from trucewatch.archive import Capture, Gate, gate, pages
from trucewatch.archive.captures import unchunked, unpacked
from trucewatch.flow.gates import gate_of, names_of
from trucewatch.packs.strict import read_yaml
from trucewatch.read import SINGLE, Problem, articles

FORMS = ("plain", "gz", "zst", "lz4")
COLLECTION = SHARED / "data" / "warc"
FILES = read_yaml(Path(__file__).parent / "cases" / "archives.yaml")
URLS = [f"https://news.example.org/{number}" for number in range(8)]


def read(data: bytes) -> tuple[list[Capture], list[tuple[int, str]], Counter[str]]:
    broken: list[tuple[int, str]] = []
    passed: Counter[str] = Counter()
    found = pages(
        io.BytesIO(data), on_broken=lambda at, what: broken.append((at, what)), on_passed=lambda p: passed.update([p.why])
    )
    return list(found), broken, passed


# --- records


@pytest.mark.skipif(not COLLECTION.exists(), reason="the collection of archives is not here")
@pytest.mark.parametrize(("name", "told"), FILES.items(), ids=FILES)
def test_the_collection(name: str, told: dict[str, object]) -> None:
    found, broken, passed = read((COLLECTION / name).read_bytes())
    assert (len(found), [at for at, _ in broken], dict(passed)) == (told["pages"], told.get("broken", []), told.get("passed", {}))


@pytest.mark.skipif(not COLLECTION.exists(), reason="the collection of archives is not here")
def test_the_collection_is_whole() -> None:
    here = {path.relative_to(COLLECTION).as_posix() for path in COLLECTION.rglob("*") if path.is_file() and "arc" in path.name}
    assert here == set(FILES)
    assert sum(".warc" in name for name in FILES) == 55


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_record_costs_no_other(form: str) -> None:
    chance = random.Random(7)
    parts = [record(url, page(" ".join(str(chance.random()) for _ in range(300))).encode()) for url in URLS]
    whole = packed(parts, form)
    found, broken, _ = read(whole)
    assert [capture.url for capture in found] == URLS and broken == []
    offsets = [capture.offset for capture in found]
    start, end = offsets[3], offsets[4]
    damaged = whole[: start + 20] + b"\xff" * (end - start - 20) + whole[end:]
    found, broken, _ = read(damaged)
    assert [capture.url for capture in found] == URLS[:3] + URLS[4:]
    assert len(broken) == 1 and offsets[2] <= broken[0][0] <= start
    for more in (1600, 40):  # in the page, in the head before it
        found, broken, _ = read(whole[: offsets[5] + more])
        assert [capture.url for capture in found] == URLS[:5]
        assert len(broken) == 1 and offsets[4] <= broken[0][0] <= offsets[5]


def test_a_record_that_is_longer_than_it_says_costs_no_other() -> None:
    parts = [record(url, page("Report.").encode()) for url in URLS[:3]]
    longer = parts[1].replace(b"Report.", b"Report." + b" and more" * 40)
    found, broken, _ = read(parts[0] + longer + parts[2])
    assert [capture.url for capture in found] == URLS[:3]
    assert broken == [(len(parts[0]), broken[0][1])] and "no record" in broken[0][1]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None)
@given(place=st.floats(0, 1), noise=st.binary(max_size=60), cut=st.integers(0, 400))
def test_no_damage_ends_the_reading(form: str, place: float, noise: bytes, cut: int) -> None:
    whole = packed([record(url, page(f"Report {url}.").encode()) for url in URLS], form)
    at = int(place * len(whole))
    before = [capture.url for capture in read(whole)[0] if capture.offset + 600 < at]
    found, _, _ = read(whole[:at] + noise + whole[at + cut :])
    sure = before[:-1]
    assert [capture.url for capture in found][: len(sure)] == sure


def test_what_is_no_page() -> None:
    picture = record(URLS[0], b"\x89PNG", head="Content-Type: image/png")
    gone = record(URLS[1], b"gone").replace(b"200 OK", b"404 No")
    text = record(URLS[2], b"plain words", kind="conversion")
    asked = record(URLS[3], b"GET / HTTP/1.1\r\n\r\n", kind="request")
    found, broken, passed = read(picture + gone + text + asked)
    assert [(c.url, c.form, c.body, c.fetched) for c in found] == [(URLS[2], "text", b"plain words", date(2026, 1, 20))]
    assert (broken, passed) == ([], Counter({"form": 1, "status": 1}))


def test_the_wrapping_comes_off() -> None:
    body = page("Words.").encode()
    chunks = b"".join(b"%x;name=value\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"
    squeezed = zlib.compressobj(wbits=-15)
    for head, sent in (
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked", chunks),
        ("Content-Type: text/html\r\nTransfer-Encoding: chunked", body),  # taken apart already
        ("Content-Type: text/html\r\nContent-Encoding: gzip", gzip.compress(body)),
        ("Content-Type: text/html\r\nContent-Encoding: gzip", body),
        ("Content-Type: text/html\r\nContent-Encoding: deflate", zlib.compress(body)),
        ("Content-Type: text/html\r\nContent-Encoding: deflate", squeezed.compress(body) + squeezed.flush()),
    ):
        found, _, _ = read(record(URLS[0], sent, head=head))
        assert [capture.body for capture in found] == [body], head
    assert unchunked(b"no chunks") == b"no chunks" and unpacked(b"no gzip", "gzip") == b"no gzip"


# --- articles


def read_file(path: Path, make: Callable[[], Gate] | None = None) -> tuple[list[str | None], list[Problem], Counter[str]]:
    problems: list[Problem] = []
    passed: Counter[str] = Counter()
    found = articles(path, knowledge_once(), on_problem=problems.append, gate=make, on_passed=lambda _, p: passed.update([p.why]))
    return [article.url for article in found], problems, passed


def wrapped(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as a page in the ways in which the web writes it."""
    html = page(text)
    yield "utf-8", html.encode()
    yield "decimal", html.encode("ascii", "xmlcharrefreplace")
    yield "hexadecimal", "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in html).encode()
    yield "escapes", b"<script>" + json.dumps({"articleBody": text}).encode() + b"</script>"
    yield "windows-1256", html.encode("windows-1256", "xmlcharrefreplace")
    yield "iso-8859-6", html.encode("iso-8859-6", "xmlcharrefreplace")


@cache
def gate_once(name: str, fast: bool) -> Gate:
    return gate_of(agreements.agreement(name), fast=fast)


def engines() -> list[bool]:
    return [True, False] if gate(["x"], SINGLE).engine == "hyperscan" else [False]


@pytest.mark.parametrize("name", ["gaza-2025", "thailand-cambodia-2025"])
@pytest.mark.parametrize("fast", engines())
def test_the_gate_opens_for_what_is_about_the_agreement(name: str, fast: bool) -> None:
    ours = name[:4]
    for article in (entry.article for entry in samples()):
        for way, body in wrapped(article.text):
            if article.id.startswith(ours):
                assert gate_once(name, fast).opens(body), (article.id, way)


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled reports are not here")
@pytest.mark.parametrize("fast", engines())
def test_the_gate_opens_for_every_report_of_the_process(fast: bool) -> None:
    seen = 0
    for number in range(1, 100, 2):
        path = SHARED / "gold" / "reports" / f"{number:03}.json"
        row = json.loads(path.read_text("utf-8")) if path.exists() else {"process": None}
        if row["process"] == "Gaza":
            seen += 1
            assert all(gate_once("gaza-2025", fast).opens(body) for _, body in wrapped(row["text"])), number
    assert seen >= 6


@pytest.mark.parametrize("fast", engines())
def test_the_gate_stops_the_rest(fast: bool) -> None:
    opens = gate_once("gaza-2025", fast).opens
    for text in (
        "A recipe for lentils with lemon.",
        "The magazine of gardens appears on Monday.",
        "Rain is likely in the north.",
    ):
        assert not any(opens(body) for _, body in wrapped(text)), text
    assert opens("\ufeffwords".encode("utf-16"))  # rare, so it is read in any case


@pytest.mark.parametrize("fast", engines())
def test_borders_and_spellings(fast: bool) -> None:
    opens = gate(["Dorva", "IDX", "Nord Kesh", "\u0623\u0631\u0636"], SINGLE, fast=fast).opens
    for text in (
        "in dorva.",
        "Dorvans say",
        "the IDX said",
        "NORD&nbsp;KESH",
        "Nord\n Kesh",
        "\u0648\u0627\u0631\u0636",
        "\u0622\u0631\u0636",
    ):
        assert opens(text.encode()), text
    for text in ("endorvaged", "idxes", "Nordkesh", "\u0631\u0636"):
        assert not opens(text.encode()), text


def test_names_of_an_agreement() -> None:
    names = names_of(agreements.agreement("gaza-2025"))
    assert {"Hamas", "Israeli", "Rafah", "\u063a\u0632\u0629"} <= names
    assert not {"United States", "Paris", "Cairo"} & names


def test_an_archive_is_read_as_articles(tmp_path: Path) -> None:
    text = "The joint committee met on Monday in the capital of Dorva, a source said.\n" * 3
    rain = page("Rain is likely in the north on Monday, and it will be cold there. " * 9)
    parts = [record(URLS[0], page(text).encode()), record(URLS[1], rain.encode()), record(URLS[2], b"<p></p>")]
    path = tmp_path / "three.warc.gz"
    path.write_bytes(packed(parts, "gz"))
    urls, problems, passed = read_file(path, lambda: gate(["Dorva"], SINGLE))
    assert (urls, problems, passed) == ([URLS[0]], [], Counter({"gate": 2}))
    urls, problems, passed = read_file(path)
    assert (urls, problems, passed) == (URLS[:2], [], Counter({"unread": 1}))
    path.write_bytes(packed(parts, "gz")[:-40])
    urls, problems, _ = read_file(path)
    assert urls == URLS[:2] and "record at byte" in problems[0].what


def test_no_day_after_the_fetching(tmp_path: Path) -> None:
    words = "The committee met in the capital and agreed on nothing, a source said on the sidelines of the meeting.\n" * 3
    late = page(words).replace("</head>", '<meta property="article:published_time" content="2026-02-03T10:00:00Z"></head>')
    path = tmp_path / "late.warc"
    path.write_bytes(record("https://news.example.org/2026/01/19/report", late.encode()))
    (article,) = articles(path, knowledge_once(), on_problem=lambda p: pytest.fail(str(p)))
    assert article.published == date(2026, 1, 19)
    assert [e.reason for e in article.dates if e.source == "meta"] == ["later than the day on which the page was fetched"]


# --- commands


def test_code_and_read_an_archive(tmp_path: Path) -> None:
    (text,) = (entry.article.text for entry in samples() if entry.article.id == "gaza-2025-11-17-vote-en")
    parts = [record(URLS[0], page(text).encode()), record(URLS[1], page("Rain is likely. " * 30).encode()), b"WARC/1.0 and noise"]
    path, dropped = tmp_path / "a.warc", tmp_path / "dropped.jsonl"
    path.write_bytes(b"".join(parts))
    done = run("code", path, "--gate", "gaza-2025", "--dropped", dropped)
    assert done.exit_code == 1 and "record at byte" in done.stderr
    assert "1 records of archives passed over: 1 name nothing of the agreement" in done.stderr
    assert done.stdout and {json.loads(line)["event"] for line in done.stdout.splitlines()} & {"VOTE"}
    (kept,) = (json.loads(line) for line in dropped.read_text("utf-8").splitlines())
    assert kept["url"] == URLS[1]
    assert "Rain is likely." in kept["start"] and kept["offset"] == len(parts[0])
    assert run("init", tmp_path / "m", "--agreement", "gaza-2025").exit_code == 0
    done = run("read", "-m", tmp_path / "m", path, "--json")
    told = json.loads(done.stdout)
    assert (told["articles"], told["passed"]) == (1, {"gate": 1}) and told["new"] > 0
    told = json.loads(run("read", "-m", tmp_path / "m", path, "--no-gate", "--json").stdout)
    assert (told["articles"], told["new"], told["passed"]) == (2, 0, {})
