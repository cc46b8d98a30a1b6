"""Whole archives: shards coded into parts, with bad ones among them; workers and drivers that die; embedded and cluster alike."""

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from tests.expected import samples
from tests.mortal import mortal
from tests.test_cli import run as command
from tests.warcs import packed, page, record

pytest.importorskip("fsspec", reason="needs the extra batch (group full)")
pytest.importorskip("pyarrow", reason="needs the extra batch (group full)")

from trucewatch import batch, link, packs, parts
from trucewatch.batch.limit import TooLongError, within
from trucewatch.batch.run import run
from trucewatch.errors import BatchError
from trucewatch.model import Claim

AGREEMENT = "gaza-2025"
RAIN = page("Rain is likely in the north on Monday, and it will be cold there. " * 9).encode()


@cache
def how(seconds: float = 20.0, agreement: str | None = None) -> batch.How:
    return batch.How(batch.version(), agreement, seconds=seconds)


def told_on(url: str, text: str) -> bytes:
    return record(url, page(text).encode())


def texts(languages: Sequence[str] = ("en", "ar")) -> list[str]:
    """Samples that are about the agreement."""
    mine = (entry.article for entry in samples() if entry.article.id.startswith("gaza"))
    return [article.text for article in mine if article.language in languages]


def archives(folder: Path, count: int) -> list[Path]:
    """So many archives, each of two articles and some pages about other things."""
    folder.mkdir()
    out = []
    for number in range(count):
        mine = [told_on(f"https://news.example.org/{number}/{n}", text) for n, text in enumerate(texts()[number::count][:2])]
        others = [record(f"https://other.example.org/{number}/{n}", RAIN) for n in range(5)]
        out.append(folder / f"{number}.warc.gz")
        out[-1].write_bytes(packed([*mine, *others], "gz"))
    return out


def code(path: Path | str, out: Path | str, told: batch.How | None = None) -> batch.Row:
    told = told or how()
    (shard,) = batch.shards([str(path)], told, pytest.fail)
    return batch.code_shard(shard, str(out), told)


def whole(out: Path) -> dict[str, bytes]:
    """All parts to the byte, without the manifest, which tells times."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for folder in ("claims", "articles") for p in (out / folder).iterdir()}


# --- one shard


def test_a_shard_is_read_gated_coded_and_read_back(tmp_path: Path) -> None:
    (path,) = archives(tmp_path / "in", 1)
    row = code(path, tmp_path / "out", how(agreement=AGREEMENT))
    assert (row.state, row.records, row.looked, row.read, row.failed) == ("done", 7, 7, 2, 0)
    assert row.passed == {"gate": 5} and row.claims > 5 and row.memory > 10**7
    assert min(row.seconds[stage] for stage in ("read", "gate", "page", "code", "write")) > 0
    at = parts.place(str(tmp_path / "out"))
    told = list(parts.coded(at, row.name))
    assert sum(len(claims) for _, claims, _ in told) == row.claims
    for article, claims, source in told:
        assert source.startswith(f"{path}@") and all(claim.article == article.id for claim in claims)
        assert all(article.text[e.start : e.end] == e.quote for claim in claims for e in claim.evidence)
    assert any(claim.about for _, claims, _ in told for claim in claims)
    alone = [{**json.loads(line), "about": []} for line in command("code", path, "--gate", AGREEMENT).stdout.splitlines()]
    assert alone == [{**claim.public(), "about": []} for _, claims, _ in told for claim in claims]
    assert list(batch.rows(at)) == [row] and not list((tmp_path / "out").rglob("*.tmp"))


def test_rows_and_columns_are_shards_too(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    rows = [{"id": f"a{n}", "text": text, "language": "en", "published": "2026-01-12"} for n, text in enumerate(texts(["en"]))]
    lines = [*(json.dumps(row) for row in rows), "{no row", json.dumps({"id": "x"})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    write_table(pa.Table.from_pylist(rows), tmp_path / "c.parquet")
    found: list[list[Claim]] = []
    for name, failed in (("a.jsonl", 2), ("b.jsonl.gz", 2), ("c.parquet", 0)):
        row = code(tmp_path / name, tmp_path / "out")
        assert (row.state, row.read, row.failed) == ("done", len(rows), failed), row.failures
        found.append(list(parts.claims(parts.place(str(tmp_path / "out")), row.name)))
    assert found[0] == found[1] == found[2] and len(found[0]) > 10


@pytest.mark.parametrize("form", ["empty", "noise", "cut", "large", "slow", "rows cut", "no column"])
def test_what_is_bad_is_told_and_the_rest_is_done(form: str, tmp_path: Path) -> None:
    text = texts(["en"])[0]
    good, last = told_on("https://news.example.org/1", text), told_on("https://news.example.org/2", texts(["en"])[1])
    path, told, read, seconds = tmp_path / "a.warc.gz", "", 0, 20.0
    if form == "empty":
        path.write_bytes(b"")
        told = "nothing in it"
    elif form == "noise":
        path.write_bytes(os.urandom(5000))
        told = "no record"
    elif form == "cut":
        path.write_bytes(packed([good, last], "gz")[:-200])
        told, read = "cut off", 1
    elif form == "large":
        path = tmp_path / "a.warc"
        head = record("https://news.example.org/3", b"").replace(b"Content-Length: 44", b"Content-Length: 300000000")
        with path.open("wb") as file:
            file.write(good + head[: head.index(b"\r\n\r\n") + 4])
            file.seek(300_000_000, os.SEEK_CUR)
            file.write(b"\r\n\r\n" + last)
        told, read = "larger than any page", 2
    elif form == "slow":
        packs.load("en")
        long = page("The army of Israel shelled the town of Rafah on Monday, Hamas said.\n" * 20000).encode()
        path.write_bytes(packed([good, record("https://news.example.org/3", long), last], "gz"))
        told, read, seconds = "longer than 2 seconds", 2, 2.0
    elif form == "rows cut":
        path = tmp_path / "a.jsonl.gz"
        path.write_bytes(gzip.compress(b"".join(json.dumps({"text": text, "n": n}).encode() + b"\n" for n in range(40)))[:-60])
        told, read = "damaged", 1
    else:
        import pyarrow as pa
        from pyarrow.parquet import write_table

        path = tmp_path / "a.parquet"
        write_table(pa.table({"words": [text]}), path)
        told = 'no column "text"'
    row = code(path, tmp_path / "out", how(seconds))
    assert row.failed >= 1 and told in row.failures[0][1] and row.failures[0][0].startswith(str(path)), row.failures
    assert row.read >= read and row.memory < 2 * 10**9
    assert row.state == ("unread" if form in ("empty", "no column") else "done")


def test_object_storage_is_a_place_too(tmp_path: Path) -> None:
    import fsspec

    (path,) = archives(tmp_path / "in", 1)
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/bucket/a.warc.gz", path.read_bytes())
    there, here = code("memory://bucket/a.warc.gz", "memory://out"), code(path, tmp_path / "out")
    assert (there.read, there.claims) == (here.read, here.claims) and there.uri == "memory:///bucket/a.warc.gz"
    assert (
        memory.cat_file(f"/out/claims/{there.name}.parquet")
        == (tmp_path / "out" / "claims" / f"{here.name}.parquet").read_bytes()
    )
    memory.rm("/bucket", recursive=True)
    memory.rm("/out", recursive=True)


def test_another_coder_is_refused(tmp_path: Path) -> None:
    (path,) = archives(tmp_path / "in", 1)
    other = batch.How("0.0.0-of-another-machine")
    with pytest.raises(BatchError, match="another trucewatch"):
        code(path, tmp_path / "out", other)
    assert not list((tmp_path / "out").rglob("*.parquet"))


def test_the_name_tells_the_shard_and_the_coder(tmp_path: Path) -> None:
    first, second = archives(tmp_path / "in", 2)
    names = {shard.name for shard in batch.shards([str(tmp_path / "in")], how(), pytest.fail)}
    assert names == {s.name for s in batch.shards([str(second), str(first), str(first)], how(), pytest.fail)} and len(names) == 2
    again = batch.How(how().version, language="en")
    assert not names & {shard.name for shard in batch.shards([str(tmp_path / "in")], again, pytest.fail)}
    first.write_bytes(first.read_bytes() + b"\n")
    assert len(names & {shard.name for shard in batch.shards([str(tmp_path / "in")], how(), pytest.fail)}) == 1


def test_a_limit_of_time() -> None:
    assert within(5, lambda: 7) == 7
    begun = time.monotonic()
    with pytest.raises(TooLongError):
        within(0.1, lambda: sum(1 for _ in iter(int, 1)))
    assert time.monotonic() - begun < 3
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


# --- many shards


def test_what_kills_its_worker_is_set_aside_and_costs_nobody_else(tmp_path: Path) -> None:
    tasks = ["a", "poison", "b", "weak", "c", "d"]
    spawn = get_context("spawn")
    slots = [batch.Slot(lambda: ProcessPoolExecutor(1, spawn), 1)] * 2
    events = {event.task: event for event in run(tasks, mortal, (str(tmp_path),), slots)}
    assert {task: event.made for task, event in events.items()} == {t: None if t == "poison" else t.upper() for t in tasks}
    assert "died 3 times" in events["poison"].what
    assert {task: len((tmp_path / task).read_text()) for task in tasks} == {
        "a": 1,
        "b": 1,
        "c": 1,
        "d": 1,
        "poison": 3,
        "weak": 3,
    }


def test_the_command_goes_on_where_it_was_whoever_died(tmp_path: Path) -> None:
    paths = archives(tmp_path / "in", 3)
    (tmp_path / "in" / "empty.warc").touch()
    out, calm = tmp_path / "out", tmp_path / "calm"
    words = ["batch", str(tmp_path / "in"), "-o", str(out), "--workers", "2"]
    driver = started(words)
    while driver.poll() is None and not list(out.glob("claims/*.parquet")):
        time.sleep(0.05)
    driver.kill()
    driver.communicate()
    done = whole(out)
    assert any(name.startswith("claims") and name.endswith(".parquet") for name in done)
    again = started(words)
    told, problems = again.communicate(timeout=100)
    assert again.returncode == 1 and "empty.warc: nothing in it" in problems, problems
    lines = [json.loads(line) for line in told.splitlines()]
    assert len(lines) == 4 - len([name for name in done if name.startswith("claims") and name.endswith(".parquet")])
    for path in reversed(paths):
        code(path, calm)
    assert whole(out) == whole(calm)
    rows = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    assert [row["state"] for row in rows] == ["done"] * 3 + ["unread"] and rows == sorted(rows, key=lambda row: row["uri"])


def started(words: Sequence[str]) -> "subprocess.Popen[str]":
    asked = [sys.executable, "-c", "from trucewatch.cli import main; main()", *words]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def cluster() -> Iterator[str]:
    """A scheduler and two workers in processes of their own; gives its address."""
    pytest.importorskip("distributed", reason="needs the extra cluster (group full)")
    from distributed import LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None, "silence_logs": 50}
    with LocalCluster(**options) as made:
        yield str(made.scheduler_address)


def test_a_cluster_gives_the_same_though_a_worker_dies(tmp_path: Path) -> None:
    paths = archives(tmp_path / "in", 3)
    with cluster() as address, batch.on_cluster(address) as slots:
        tasks = ["weak", "a", "b"]
        assert {e.task: e.made for e in run(tasks, mortal, (str(tmp_path),), slots)} == {t: t.upper() for t in tasks}
        all_ = batch.shards([str(tmp_path / "in")], how(), pytest.fail)
        assert {row.state for row in batch.code(all_, str(tmp_path / "out"), how(), slots)} == {"done"}
    for path in paths:
        code(path, tmp_path / "calm")
    assert whole(tmp_path / "out") == whole(tmp_path / "calm")


# --- linking


class Here(Executor):
    """Works at once, in this process."""

    def submit(self, work: Callable[..., Any], /, *told: Any, **named: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(work(*told, **named))
        return done


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples coded as four shards, one of them four times."""
    home = tmp_path_factory.mktemp("coded")
    names = ("id", "text", "language", "outlet")
    mine = [entry.article for entry in samples() if entry.article.id.startswith("gaza")]
    rows = [{n: getattr(article, n) for n in names} | {"published": str(article.published)} for article in mine]
    for number in range(4):
        lines = [json.dumps(row) + "\n" for row in (*rows[number::4], rows[0])]
        (home / f"{number}.jsonl").write_text("".join(lines), "utf-8")
        code(home / f"{number}.jsonl", home / "out")
    return home / "out"


def test_an_archive_is_linked_day_by_day_as_in_one_memory(coded: Path) -> None:
    at = parts.place(str(coded))
    told = [entry for name in parts.files(at, parts.CLAIMS) for entry in parts.coded(at, name)]
    articles = {article.id: article for article, _, _ in told if article.published}
    claims = {claim.id: claim for article, found, _ in told for claim in found if article.published}
    at_once = link.happenings(claims.values(), articles, knowledge=packs.linking())
    links = batch.links_of(str(coded))
    slots = [batch.Slot(Here, 1)]
    assert {step for step, _, _ in batch.link_parts(links, slots)} == {"lay", "again", "look", "tell"}
    made = sorted(batch.happenings(links), key=lambda each: (each.start or "9", each.id))
    assert made == list(at_once) and any(len(each.articles) > 1 for each in made)
    days = [{articles[name].published for name in each.articles} for each in made]
    assert any(len(printed) > 1 for printed in days), "no happening is told on two days"
    assert list(batch.link_parts(links, slots)) == []
    repeats = parts.repeats(at, Path(links.folder) / "happenings")
    printers = {article.id: article.outlet for article in articles.values()}
    several = [o for each in made for o in each.origins if len({printers[claims[c].article] for c in o.claims}) > 1]
    assert 0 < len(several) <= sum(row.utterances for row in repeats)
    assert all(row.first != row.then for row in repeats)


def test_an_archive_is_asked_and_goes_into_a_ledger(coded: Path, tmp_path: Path) -> None:
    at = parts.place(str(coded))
    claims = {claim.id: claim for name in parts.files(at, parts.CLAIMS) for claim in parts.claims(at, name)}
    rows = parts.series(at, "month")
    assert sum(row.claims for row in rows) == len(claims) and {len(row.at) for row in rows} <= {0, 7}
    votes = parts.series(at, "year", event="VOTE")
    assert {row.event for row in votes} == {"VOTE"}
    assert sum(row.claims for row in votes) == sum(claim.event == "VOTE" for claim in claims.values())
    mine = [c for c in claims.values() if any(role.party == "HAMAS" for role in (*c.actors, *c.recipients))]
    assert sum(row.claims for row in parts.series(at, "day", party="HAMAS")) == len(mine)
    assert command("survey", coded, "--by", "week").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert "there are no parts" in command("survey", tmp_path / "empty").stderr
    assert command("init", tmp_path / "m").exit_code == 0
    told = command("load", coded, "-m", tmp_path / "m").stdout
    assert f": {len(claims)} claims new" in told, told
    assert f"0 claims new, {len(claims)} as before" in command("load", coded, "-m", tmp_path / "m").stdout
