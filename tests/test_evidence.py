"""Evidence: what was read is kept to the byte; whatever is changed, cut, removed or put there afterwards is named."""

import asyncio
import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from tests.badsites import plain, serving
from tests.ledgers import DATABASES, RUN, after, place
from tests.test_cli import ENGLISH, ROOT, run
from trucewatch import evidence, flow, ledger, monitor, packs
from trucewatch import read as reading
from trucewatch.errors import EvidenceError
from trucewatch.evidence import Material, Struck, append, packed, tombstone
from trucewatch.flow import evidence as keeping
from trucewatch.flow import replay
from trucewatch.monitor import Monitor

PAGE = """<html lang="en"><head><title>Army shells the town of Lowtown</title>
<link rel="canonical" href="https://paper.example/news/lowtown?id=3"/>
<meta property="article:published_time" content="2026-01-12T09:00:00Z"></head><body><article>
<h1>Army shells the town of Lowtown</h1>
<p>The army of A shelled the town of Lowtown on Monday, the ministry of B said. {toll} people were killed, it added.</p>
<p>The office of Mar&iacute;a <b>Invented</b>, who speaks for B, said that the ceasefire had been violated again.</p>
<p>A delegation of B will meet the mediators on Tuesday, two officials said, and the talks will last three days.</p>
{more}</article></body></html>
"""


def page(toll: str = "Five", more: str = "") -> bytes:
    return PAGE.format(toll=toll, more=more).encode()


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Monitor]:
    """A monitor that has read a page, a text and two rows."""
    with place(request.param, tmp_path) as where:
        made = monitor.create(tmp_path / "m", agreement=None, at=after(0), url=where if isinstance(where, str) else None)
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "page.html").write_bytes(page())
        (folder / "report.txt").write_text(
            "Party A said on 12 January 2026 that party B had violated the ceasefire in Lowtown.\n"
        )
        row = json.loads(ENGLISH)
        rows = [row, row | {"id": "another", "url": "https://other.example/7", "text": row["text"] + "\nMaria Invented said so."}]
        (folder / "rows.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows))
        read(made, folder / "page.html", folder / "report.txt", folder / "rows.jsonl")
        yield made
        monitor.close(made)


def read(home: Monitor, *sources: Path | str, at: float = 1) -> list[str]:
    told: list[str] = []
    moments = iter(range(10_000))

    def clock() -> datetime:
        return after(at + next(moments) / 1000)

    list(flow.read_into(home, sources, actor="ann", clock=clock, on_problem=told.append, language="en"))
    return told


def faults(home: Monitor) -> list[replay.Flaw]:
    return [flaw for flaw in replay.verify(home).flaws if flaw.fault]


def files_of(home: Monitor) -> tuple[Path, ...]:
    return evidence.files(keeping.folder_of(home))


def test_what_was_read_is_kept_to_the_byte(home: Monitor, tmp_path: Path) -> None:
    found = replay.verify(home)
    assert found.flaws == () and (found.files, found.records, found.articles, found.without) == (1, 4, 4, 0) and found.claims > 4
    rows = {row.source: row for row in ledger.records(home.ledger)}
    html = rows[str(tmp_path / "in" / "page.html")]
    assert keeping.piece_of(keeping.folder_of(home), html).data == page() and html.who == "ann" and html.form == "page"
    assert (
        keeping.piece_of(keeping.folder_of(home), rows[f"{tmp_path}/in/rows.jsonl:2"])
        .data.decode()
        .startswith('{"id": "another"')
    )


def test_a_row_of_a_table_and_what_an_archive_told(home: Monitor, tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text("id,text,date\n7,Party A said that party B had violated the ceasefire in Lowtown.,2026-01-12\n", "utf-8")
    assert read(home, table, at=5) == []
    (row,) = [each for each in ledger.records(home.ledger) if each.form == "table"]
    piece = keeping.piece_of(keeping.folder_of(home), row)
    assert (piece.data, row.payload) == (table.read_bytes(), evidence.sha256(table.read_bytes()))
    keeper = keeping.Keeper(home, "ann", lambda: after(6), print)
    served = replace(piece, source="arch.warc@0", form="page", data=page(), url="https://p.example/9", charset="koi8-r")
    article = reading.again(served, reading.knowledge(packs.DATA / "languages"))
    ledger.add(home.ledger, article, [], run=RUN, at=after(6))
    keeping.keep_source(keeper, article, served)
    told = next(each for each in ledger.records(home.ledger) if each.source == "arch.warc@0")
    assert keeping.piece_of(keeping.folder_of(home), told).charset == "koi8-r"
    assert faults(home) == []


def test_reading_again_leaves_no_trace(home: Monitor, tmp_path: Path) -> None:
    before, size = ledger.counts(home.ledger), files_of(home)[0].stat().st_size
    assert read(home, tmp_path / "in" / "page.html", tmp_path / "in" / "rows.jsonl", at=5) == []
    assert ledger.counts(home.ledger) == before and files_of(home)[0].stat().st_size == size


def test_other_programs_read_it(home: Monitor) -> None:
    from warcio.archiveiterator import ArchiveIterator

    (path,) = files_of(home)
    with path.open("rb") as stream:
        found = [
            (record.rec_type, record.content_stream().read(), record.digest_checker.passed)
            for record in ArchiveIterator(stream, check_digests="record")
        ]
    assert [(kind, good) for kind, _, good in found] == [("resource", True)] * 4 and found[0][1] == page()


def test_every_flipped_byte_is_named(home: Monitor) -> None:
    (path,) = files_of(home)
    rows, good = ledger.records(home.ledger), path.read_bytes()
    dice = random.Random(7)
    for at in (*range(200), *range(200, len(good), 3)):
        path.write_bytes(good[:at] + bytes([good[at] ^ (1 << dice.randrange(8))]) + good[at + 1 :])
        (flaw,) = replay.file_flaws(path.parent, rows)
        (row,) = (row for row in rows if row.offset <= at < row.offset + row.length)
        assert flaw.fault and (flaw.file, flaw.offset, flaw.row) == (path.name, row.offset, row.n)
    path.write_bytes(good)
    assert faults(home) == []


def test_a_cut_tail_a_removed_record_and_a_removed_file_are_named(home: Monitor) -> None:
    (path,) = files_of(home)
    rows, good = ledger.records(home.ledger), path.read_bytes()
    for length in (0, 1, rows[1].offset, rows[3].offset - 1, rows[3].offset + 5, len(good) - 1):
        path.write_bytes(good[:length])
        lost = {row.n for row in rows if row.offset + row.length > length}
        assert {flaw.row for flaw in faults(home)} == lost
    path.write_bytes(good[: rows[1].offset] + good[rows[2].offset :])
    assert {flaw.row for flaw in faults(home)} >= {rows[1].n, rows[3].n}
    path.unlink()
    assert {flaw.row for flaw in faults(home)} == {row.n for row in rows}


def test_what_was_put_there_is_told(home: Monitor) -> None:
    (path,) = files_of(home)
    extra = packed(Material("resource", "file:x", after(1), "text/plain", b"put there"))
    path.write_bytes(path.read_bytes() + extra + b"torn")
    (path.parent / "2026-01-13.warc.gz").write_bytes(extra)
    found = replay.verify(home).flaws
    assert [flaw.fault for flaw in found] == [False] * 3 and {flaw.file for flaw in found} == {path.name, "2026-01-13.warc.gz"}
    path.write_bytes(path.read_bytes()[: -len(extra) - 4] + b"between" + extra)
    assert "whole record" in replay.verify(home).flaws[-1].what or faults(home)


CHANGES = (
    "UPDATE custody SET who = 'bob' WHERE n = {n}",
    'UPDATE custody SET "offset" = "offset" + 1 WHERE n = {n}',
    "UPDATE custody SET source = 'elsewhere' WHERE n = {n}",
    "UPDATE custody SET payload = record WHERE n = {n}",
    "UPDATE custody SET at = '2020-01-01T00:00:00.000000Z' WHERE n = {n}",
    "UPDATE custody SET tool = 'trucewatch 0.0' WHERE n = {n}",
    "UPDATE sightings SET custody = {other} WHERE custody = {n}",
    "DELETE FROM sightings WHERE custody = {n}",
    "DELETE FROM audit WHERE action = 'custody' AND object = 'record {n}'",
    "UPDATE audit SET actor = 'bob' WHERE action = 'custody' AND object = 'record {n}'",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_row_of_custody_is_named(home: Monitor, change: str) -> None:
    first, second, *_ = ledger.records(home.ledger)
    with home.ledger.engine.execution_options(truce_write=True).begin() as connection:
        connection.execute(text(change.format(n=first.n, other=second.n)))
    told = " ".join(flaw.what for flaw in faults(home))
    seqs = {row["seq"] for row in ledger.entries(home.ledger, 100)}
    (gone,) = (set(range(1, max(seqs) + 1)) - seqs) or {0}
    assert f"custody row {first.n}" in told or "sighting" in told or f"entry {gone}:" in told or "it was changed after" in told


def test_a_removed_row_of_custody_is_named(home: Monitor) -> None:
    first = ledger.records(home.ledger)[0]
    with home.ledger.engine.execution_options(truce_write=True).begin() as connection:
        connection.execute(text(f"DELETE FROM sightings WHERE custody = {first.n}"))
        connection.execute(text(f"DELETE FROM custody WHERE n = {first.n}"))
    told = [flaw.what for flaw in replay.verify(home).flaws]
    assert any("custody are not as it says" in what for what in told) and any(
        "no row of custody speaks of" in what for what in told
    )


def test_an_article_and_a_claim_that_say_otherwise_are_named(home: Monitor) -> None:
    (claim, *_) = ledger.claims(home.ledger, ledger.Query(event="VIOLATION"))
    with home.ledger.engine.execution_options(truce_write=True).begin() as connection:
        connection.execute(text(f"UPDATE articles SET text = '  ' || text WHERE id = '{claim.body['article']}'"))
    found = faults(home)
    assert any(flaw.claim == claim.body["id"] for flaw in found)
    assert any("its source reads otherwise now" in flaw.what and flaw.row is not None for flaw in found)


def test_another_version_of_the_reader_may_read_otherwise(home: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "TOOL", "trucewatch 9.9")
    found = replay.verify(home)
    assert found.flaws == ()
    entry = found_article = next(p for p in ledger.met(home.ledger) if p.article.text.startswith("Party A"))
    monkeypatch.setattr(replay.read, "again", lambda piece, _: entry.article if piece.form == "text" else found_article.article)
    notes = replay.verify(home).flaws
    assert len(notes) == 3 and not any(flaw.fault for flaw in notes) and "trucewatch 0.1.0 read it" in notes[0].what


def test_a_torn_record_is_cut_and_said(home: Monitor, tmp_path: Path) -> None:
    (path,) = files_of(home)
    path.write_bytes(path.read_bytes() + packed(Material("resource", "file:y", after(1), "text/plain", page()))[:-9])
    (tmp_path / "more.html").write_bytes(page("Seven"))
    (told,) = read(home, tmp_path / "more.html", at=3)
    assert "bytes of a record that was never finished were cut off" in told
    found = replay.verify(home)
    assert found.flaws == () and found.records == 5


def test_a_shortened_file_is_not_written_to(home: Monitor, tmp_path: Path) -> None:
    (path,) = files_of(home)
    short = path.read_bytes()[:-10]
    path.write_bytes(short)
    (tmp_path / "more.html").write_bytes(page("Seven"))
    assert read(home, tmp_path / "more.html", at=3) == []
    assert path.read_bytes() == short and [one.name for one in files_of(home)] == ["2026-01-12.2.warc.gz", "2026-01-12.warc.gz"]
    assert len(faults(home)) == 1


def test_a_name_is_struck_wherever_it_stands(home: Monitor, tmp_path: Path) -> None:
    before = files_of(home)[0].stat().st_size
    told: list[str] = []
    done = keeping.redact(home, "maria invented", reason="at her wish " * 90, who="bob", at=after(9), on_problem=told.append)
    assert (done.records, told) == (2, []) and done.articles >= 1
    (path,) = files_of(home)
    assert path.stat().st_size == before
    clear = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    assert "nvented" not in clear and "Mar&iacute;a" not in clear and "at her wish" in clear and "who: bob" in clear
    found = replay.verify(home)
    assert found.flaws == () and found.struck == 2
    struck = [row for row in ledger.records(home.ledger) if row.redacted is not None]
    assert {row.n for row in struck} and all(row.source for row in struck)
    read(home, tmp_path / "in" / "page.html", tmp_path / "in" / "rows.jsonl", at=20)  # and nothing brings it back
    (tmp_path / "in" / "page.html").write_bytes(page(more="<!-- another day -->"))
    assert read(home, tmp_path / "in" / "page.html", at=25) == []
    (tmp_path / "in" / "page.html").write_bytes(page("Six"))
    (refused,) = read(home, tmp_path / "in" / "page.html", at=26)
    assert "words were taken out of it" in refused
    assert "nvented" not in gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    path.write_bytes(path.read_bytes().replace(b"  ", b" \t", 1))
    assert len(faults(home)) == 1


def test_of_a_claim_its_source_is_struck_and_again_in_a_backup(home: Monitor, tmp_path: Path) -> None:
    (claim, *_) = ledger.claims(home.ledger, ledger.Query(event="VIOLATION", article="another"))
    copy = tmp_path / "copy"
    ledger.backup(home.ledger, copy)
    done = keeping.redact(home, claim.body["id"], reason="ruling", who="bob", at=after(9), on_problem=pytest.fail)
    assert done.records == 1 and faults(home) == []
    if home.ledger.file is None:
        return
    ledger.close(home.ledger)
    restored, _, repeated = ledger.restore(home.ledger.file, copy, at=after(12))
    ledger.close(restored)
    again = monitor.open_(home.folder, at=after(13))
    assert repeated == 1 and faults(again) == []
    monitor.close(again)


def test_a_strike_that_was_broken_off_is_carried_on(home: Monitor) -> None:
    row = next(row for row in ledger.records(home.ledger) if row.form == "page")
    data = tombstone(Struck(row.payload, "at her wish", "bob", after(8)), row.length)
    evidence.strike(keeping.folder_of(home), row.file, row.offset, data)
    assert [flaw.row for flaw in faults(home)] == [row.n]
    keeping.redact(home, "maria invented", reason="at her wish", who="bob", at=after(9), on_problem=pytest.fail)
    assert faults(home) == []


def test_versions_of_an_article(home: Monitor, tmp_path: Path) -> None:
    address = "https://paper.example/news/7"
    first, second = (tmp_path / f"{name}.jsonl" for name in "ab")
    told = json.loads(ENGLISH) | {"id": None, "outlet": None, "url": f"{address}?utm_source=x"}
    words = "The army of A shelled the town of Lowtown on Monday. Officials of party B said that two people were killed."
    first.write_text(json.dumps(told | {"text": words}))
    notice = "Correction: an earlier version of this article gave another toll."
    other = f"A new sentence stands first. {words.replace('two', 'three')}\n{notice}"
    second.write_text(json.dumps(told | {"url": "http://Paper.example/news/7/?fbclid=1#top", "text": other}))
    read(home, first, at=30)
    read(home, second, at=40)
    (old, new) = ledger.versions(home.ledger, ledger.known_as(home.ledger, flow_name(address))[0][0])
    assert old.changes == () and old.until == new.since and old.same
    assert {(change.how, change.fields) for change in new.changes if change.how == "changed"} == {("changed", ("quantities",))}
    assert new.same + sum(change.how != "withdrawn" for change in new.changes) >= old.same
    assert [one.says for one in new.sightings] == ["printed", "corrected"]
    (said,) = new.sightings[1:]
    assert other[said.start : said.end].startswith("Correction:") and said.start is not None
    assert not any(piece["start"] >= said.start for change in new.changes for piece in change.body["evidence"])
    assert faults(home) == []
    shown = run("versions", "-m", home.folder, address)
    assert "version 2" in shown.stdout and "quantities" in shown.stdout and "corrected" in shown.stdout


def flow_name(url: str) -> str:
    from trucewatch.read import name_of

    return name_of(url)


def test_commands(home: Monitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    good = run("evidence", "verify", "-m", home.folder)
    assert good.exit_code == 0 and good.stdout.startswith("4 records in 1 files, 4 articles read again, ")
    claim = next(entry for entry in ledger.claims(home.ledger, ledger.Query(event="VIOLATION", article="another"))).body
    copy = tmp_path / "copy.json"
    shown = run("evidence", "show", claim["id"], "-m", home.folder, "-o", copy)
    assert shown.exit_code == 0 and "2026-01-12.warc.gz, byte " in shown.stdout and "WARC-Type: resource" in shown.stdout
    assert json.loads(copy.read_bytes())["id"] == "another" and claim["reading"] in shown.stdout
    (record,) = json.loads(run("evidence", "show", claim["reading"], "-m", home.folder, "--json").stdout)["records"]
    assert record["source"].endswith("rows.jsonl:2") and record["who"] == "ann"
    assert run("evidence", "show", record["n"], "-m", home.folder).exit_code == 0
    assert len(run("evidence", "list", "-m", home.folder, "-n", "3").stdout.splitlines()) == 3
    assert "neither a claim nor a reading" in run("evidence", "show", "c:no", "-m", home.folder).stderr
    assert "no article" in run("versions", "no", "-m", home.folder).stderr
    (path,) = files_of(home)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    bad = run("evidence", "verify", "-m", home.folder)
    assert bad.exit_code == 1 and f"{path.name}:{record['offset']} (row {record['n']})" in bad.stderr
    told = json.loads(run("evidence", "verify", "-m", home.folder, "--json").stdout)
    assert not told["ok"] and [fault["row"] for fault in told["faults"]] == [record["n"]]


KILLED = """
import sys
from datetime import UTC, datetime
from trucewatch import flow, monitor
home = monitor.open_(__import__("pathlib").Path(sys.argv[1]), at=datetime.now(UTC))
for _ in flow.read_into(home, [sys.argv[2]], actor="ann", clock=lambda: datetime.now(UTC), on_problem=print):
    print("kept", flush=True)
"""


@pytest.mark.parametrize("kind", DATABASES)
def test_killed_while_reading(kind: str, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    row = json.loads(ENGLISH) | {"text": "Party A said that party B violated the ceasefire in Lowtown. "}
    rows.write_text(
        "".join(
            json.dumps(row | {"id": f"r{n}", "url": None, "text": row["text"] + f"It said so {n} times."}) + "\n"
            for n in range(60)
        )
    )
    dice = random.Random(3)
    with place(kind, tmp_path) as where:
        made = monitor.create(tmp_path / "m", agreement=None, at=after(0), url=where if isinstance(where, str) else None)
        for _ in range(3):
            env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
            words = [sys.executable, "-c", KILLED, str(made.folder), str(rows)]
            with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) as child:
                assert child.stdout is not None
                for _ in range(dice.randrange(2, 15)):
                    child.stdout.readline()
                time.sleep(dice.random() / 50)
                child.kill()
            assert faults(made) == []
        read(made, rows, at=10_000_000)
        found = replay.verify(made)
        assert (found.articles, found.without) == (60, 0) and not any(flaw.fault for flaw in found.flaws)
        monitor.close(made)


# --- what is fetched


def fetch(home: Monitor, port: int, *paths: str, at: float) -> list[str]:
    told: list[str] = []
    urls = [f"http://127.0.0.1:{port}{path}" for path in paths]
    found = flow.read_into(
        home, urls, actor="ann", clock=lambda: after(at), on_problem=told.append, language="en", allow=frozenset({"127.0.0.1"})
    )
    list(found)
    return told


@contextmanager
def served(answers: dict[str, Any]) -> Iterator[int]:
    """A server in a thread of its own."""
    begun: Queue[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Queue()

    async def run() -> None:
        async with serving(answers) as port:
            stop = asyncio.Event()
            begun.put((port, asyncio.get_running_loop(), stop))
            await stop.wait()

    thread = Thread(target=lambda: asyncio.run(run()))
    thread.start()
    port, loop, stop = begun.get()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def test_an_address_is_kept_with_its_head_and_is_gone_later(home: Monitor) -> None:
    answers = {
        "/news/1": plain(page(), "X-Told: yes"),
        "/robots.txt": plain(b"User-agent: *\nDisallow: /secret", kind="text/plain"),
    }
    with served(answers) as port:
        assert fetch(home, port, "/news/1?utm_source=x", at=50) == []
        assert "robots.txt asks to leave it alone" in fetch(home, port, "/secret", at=51)[0]
        answers["/news/1"] = plain(page("Six"))
        assert fetch(home, port, "/news/1", at=52) == []
        answers["/news/1"] = plain(b"", status="410 Gone")
        for at in (53, 54):
            assert "there is nothing (status 410)" in fetch(home, port, "/news/1", at=at)[0]
        id_ = flow_name(f"http://127.0.0.1:{port}/news/1")
    old, new = ledger.versions(home.ledger, id_)
    assert [[one.says for one in version.sightings] for version in (old, new)] == [["printed"], ["printed", "gone"]]
    assert ("changed", ("quantities",)) in {(change.how, change.fields) for change in new.changes}
    found = replay.verify(home)
    assert found.flaws == ()
    row = ledger.custody_of(home.ledger, old.sightings[0].custody)
    assert row is not None and (row.kind, row.status) == ("response", 200)
    response, request = evidence.records(evidence.at(keeping.folder_of(home) / row.file, row.offset, row.length))
    assert ("x-told", "yes") in response.head and response.payload == page() and request.kind == "request"
    assert request.head[0][1].startswith("GET /news/1?utm_source=x ") and "User-Agent" in dict(request.head)


def test_what_was_taken_out_is_not_fetched_again(home: Monitor) -> None:
    answers = {"/news/1": plain(gzip.compress(page()), "Content-Encoding: gzip")}
    with served(answers) as port:
        assert fetch(home, port, "/news/1", at=50) == []
        done = keeping.redact(home, "maria invented", reason="at her wish", who="bob", at=after(51), on_problem=pytest.fail)
        assert done.records == 3
        fetch(home, port, "/news/1", at=52)
        answers["/news/1"] = plain(page("Six"))
        assert "words were taken out of it" in fetch(home, port, "/news/1", at=53)[0]
    assert faults(home) == []
    rows = [row for row in ledger.records(home.ledger) if row.redacted is None]
    for row in rows:
        assert not keeping.holds(evidence.at(keeping.folder_of(home) / row.file, row.offset, row.length), "maria invented")
    assert sum(row.kind == "metadata" for row in rows) == 2


# --- records


def test_a_response_with_its_request(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    told = Material(
        "response", "https://a.example/", after(0), "application/http; msgtype=response", b"body", head, b"GET / HTTP/1.1\r\n\r\n"
    )
    data = packed(told)
    assert packed(told) == data and len(data) >= 2048
    response, request = evidence.records(data)
    assert (response.kind, response.payload, response.sound, response.head[0]) == (
        "response",
        b"body",
        True,
        ("", "HTTP/1.1 200 OK"),
    )
    assert request.kind == "request" and request.sound
    assert evidence.records(data[:-1]) == () == evidence.records(b"x" + data)


@pytest.mark.parametrize("length", [2048, 2049, 70_000, 1_000_000])
def test_a_tombstone_has_the_length_of_what_it_replaces(length: int) -> None:
    data = tombstone(Struck("0" * 64, "\u0643\u0644\u0645\u0629 " * 300, "w" * 1000, after(0)), length)
    (found,) = evidence.records(data)
    assert len(data) == length and found.struck and found.sound


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EvidenceError, match="the evidence cannot be written"):
        append(tmp_path / "file", b"x", day=after(0).date(), ends=lambda _: 0)
    with pytest.raises(EvidenceError, match="the file is missing"):
        evidence.at(tmp_path / "none", 0, 1)
    with pytest.raises(EvidenceError, match="cannot be taken out"):
        evidence.strike(tmp_path, "none", 0, b"x")
