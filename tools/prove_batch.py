"""What coding an archive costs and what it survives. Each part writes proofs/batch/NAME.json; where that is, it is passed over.

python -m tools.prove_batch speed SHARED/data     stages, pages a second, memory, beside fastwarc and trafilatura; both engines
python -m tools.prove_batch two SHARED/data       two workers beside one; wants a machine on which nothing else runs
python -m tools.prove_batch kills SHARED/data     a cluster, ten workers and two drivers killed: equal to undisturbed runs
python -m tools.prove_batch gate SHARED           nothing is lost: reports and samples in four encodings; stopped pages coded

The archive is made by tools/archive_corpus.py under build/prove-batch; what is there is not made again.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools import archive_corpus
from trucewatch import agreements, batch, packs, read
from trucewatch.archive import pages
from trucewatch.batch.run import CRASHES
from trucewatch.flow.articles import code_article, knowledge, with_provisions
from trucewatch.flow.gates import gate_of
from trucewatch.model import Article, Piece

ROOT = Path(__file__).resolve().parent.parent
PROOFS, WORK = ROOT / "proofs" / "batch", ROOT / "build" / "prove-batch"
AGREEMENT = archive_corpus.AGREEMENT
ENGINES = ("hyperscan", "aho-corasick")
MEASURED = 4  # shards of the large archive that the speed is measured on
ENCODINGS = ("utf-8", "windows-1256", "iso-8859-6", "ascii")  # ascii: every other letter as an entity


def corpus(data: Path, name: str, raw: float, shards: int) -> Path:
    """The archive of this name, made where it is not there."""
    folder = WORK / name
    if not (folder / "corpus.json").exists():
        archive_corpus.build(data, folder, raw, shards)
    return folder


def keep(name: str, told: dict[str, Any]) -> None:
    PROOFS.mkdir(parents=True, exist_ok=True)
    (PROOFS / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(name, json.dumps(told, ensure_ascii=False))


def how() -> batch.How:
    return batch.How(batch.version(), AGREEMENT)


def shards(folder: Path) -> tuple[batch.Shard, ...]:
    return batch.shards([f"{folder}/*.warc.gz"], how(), print)


# --- speed


def speed(data: Path, engine: str) -> None:
    """In this process alone; seconds are those of the processor."""
    if engine != ENGINES[0]:
        sys.modules["hyperscan"] = None  # type: ignore[assignment]
    folder = corpus(data, "corpus", 2.1e9, archive_corpus.SHARDS)
    mine = shards(folder)[:MEASURED]
    out = WORK / f"speed-{engine}"
    batch.code_shard(shards(corpus(data, "small", 1e8, 24))[0], str(out), how())  # packs are loaded, the gate is made
    begun = time.process_time()
    rows = [batch.code_shard(shard, str(out), how()) for shard in mine]
    spent = time.process_time() - begun
    stages: Counter[str] = Counter()
    for row in rows:
        stages.update(row.seconds)
    records, raw = sum(row.records for row in rows), _raw(mine)
    alone, read_pages = _alone(mine), _pages(mine)
    told = {
        "engine": engine,
        "records": records,
        "raw bytes": raw,
        "articles": sum(row.read for row in rows),
        "claims": sum(row.claims for row in rows),
        "seconds of one core": round(spent, 1),
        "pages a second and core": round(records / spent),
        "MB of pages a second and core": round(raw / spent / 1e6),
        "share of stages": {name: round(took / stages.total(), 3) for name, took in sorted(stages.items())},
        "gate MB a second": round(raw / stages["gate"] / 1e6),
        "fastwarc alone, seconds": round(alone, 2),
        "captures alone, seconds": round(read_pages, 2),
        "times fastwarc alone": round(spent / alone, 2),
        "times fastwarc without page and code": round((stages["read"] + stages["gate"]) / alone, 2),
        "memory of the process, MB": round(max(row.memory for row in rows) / 1e6),
        "load": os.getloadavg()[0],
    }
    if engine == ENGINES[0]:
        told |= _beside_trafilatura(mine)
    keep(f"speed-{engine}", told)


def _raw(mine: Sequence[batch.Shard]) -> int:
    return sum(len(found.body) for shard in mine for found in _captures(shard))


def _captures(shard: batch.Shard) -> Iterator[Any]:
    with Path(shard.uri).open("rb") as stream:
        yield from pages(stream, on_broken=lambda at, what: None, on_passed=lambda passed: None)


def _pages(mine: Sequence[batch.Shard]) -> float:
    return _timed(lambda: sum(1 for shard in mine for _ in _captures(shard)))


def _alone(mine: Sequence[batch.Shard]) -> float:
    """fastwarc reading every record, and nothing else."""
    from fastwarc.warc import ArchiveIterator

    def reading() -> None:
        for shard in mine:
            with Path(shard.uri).open("rb") as stream:
                for record in ArchiveIterator(stream, parse_http=False):
                    record.reader.read()

    return min(_timed(reading) for _ in range(2))


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _beside_trafilatura(mine: Sequence[batch.Shard], most: int = 120) -> dict[str, Any]:
    """Reading and coding a page beside trafilatura's finding of the text alone, on pages for which the gate opens."""
    from trafilatura import extract

    gate = gate_of(agreements.agreement(AGREEMENT))
    bodies = [found.body for shard in mine for found in _captures(shard) if gate.opens(found.body)][:most]
    known, loaded = knowledge(None), dict[str, packs.Pack]()
    pieces = [Piece(str(n), "page", body) for n, body in enumerate(bodies)]
    found = [(read.again(piece, known), piece) for piece in pieces]
    reading = _timed(lambda: [read.again(piece, known) for piece in pieces])
    coding = _timed(lambda: [code_article(article, piece, loaded, None, print) for article, piece in found])
    fast = _timed(lambda: [extract(body, fast=True) for body in bodies])
    default = _timed(lambda: [extract(body) for body in bodies])
    letters = sum(len(article.text) for article, _ in found)
    return {
        "relevant pages compared": len(bodies),
        "letters of an article": round(letters / len(bodies)),
        "ms a page: reading": round(1e3 * reading / len(bodies), 2),
        "ms a page: coding": round(1e3 * coding / len(bodies), 2),
        "ms a page: trafilatura fast": round(1e3 * fast / len(bodies), 2),
        "ms a page: trafilatura": round(1e3 * default / len(bodies), 2),
        "trafilatura over reading and coding": round(default / (reading + coding), 2),
        "trafilatura over reading": round(default / reading, 2),
    }


# --- two workers


def two(data: Path) -> None:
    """The same shards by one worker and by two, by the clock; each run begins with its processes' start."""
    mine = shards(corpus(data, "corpus", 2.1e9, archive_corpus.SHARDS))
    took = {}
    for workers in (1, 2):
        out = _empty(WORK / f"two-{workers}")
        begun = time.monotonic()
        with batch.embedded(workers) as slots:
            rows = list(batch.code(mine, str(out), how(), slots))
        took[workers] = time.monotonic() - begun
    records = sum(row.records for row in rows)
    told = {f"seconds with {n}": round(s, 1) for n, s in took.items()}
    times = round(took[1] / took[2], 2)
    keep("two", {"records": records, **told, "times as fast": times, "cores": os.cpu_count(), "load": os.getloadavg()[0]})


# --- kills


def kills(data: Path, workers_killed: int = 10, drivers_killed: int = 2) -> None:
    """Undisturbed with one worker; with two in reverse order; a cluster undisturbed; a cluster whose workers and drivers die."""
    folder = corpus(data, "small", 1e8, 24)
    calm = _run(_empty(WORK / "calm"), shards(folder), 1)
    told: dict[str, Any] = {"shards": len(shards(folder)), "files": len(calm)}
    told["two workers, reverse order: equal"] = _run(_empty(WORK / "reverse"), shards(folder)[::-1], 2) == calm
    with cluster() as (address, pids):
        out = _empty(WORK / "cluster")
        with batch.on_cluster(address) as slots:
            list(batch.code(shards(folder), str(out), how(), slots))
        told["cluster: equal"] = whole(out) == calm
        out = _empty(WORK / "killed")
        told |= _disturbed(folder, out, address, pids, workers_killed, drivers_killed)
        told["cluster, killed: equal"] = whole(out) == calm
    keep("kills", told)


def _disturbed(
    folder: Path, out: Path, address: str, pids: Callable[[], list[int]], workers: int, drivers: int
) -> dict[str, Any]:
    """Runs the command until all is done, killing one of its workers, and now and then the command itself."""
    chance = random.Random(1)
    killed, gone, runs = 0, 0, 0
    words = ["batch", f"{folder}/*.warc.gz", "-o", str(out), "--agreement", AGREEMENT, "--cluster", address, "--retry"]
    while True:
        runs += 1
        driver = subprocess.Popen(
            [sys.executable, "-m", "trucewatch.cli", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        while driver.poll() is None:
            time.sleep(chance.uniform(1, 4))
            ready = len(list(out.glob("claims/*.parquet")))
            if killed < workers and (found := pids()) and driver.poll() is None:
                os.kill(chance.choice(found), signal.SIGKILL)
                killed += 1
            if gone < drivers and ready >= (gone + 1) * 5 and driver.poll() is None:
                driver.kill()
                gone += 1
        driver.communicate()
        if driver.returncode == 0:
            return {"workers killed": killed, "drivers killed": gone, "runs of the command": runs}
        if runs > 30:
            raise SystemExit(f"it does not end: the command gave {driver.returncode}")


@contextmanager
def cluster() -> Iterator[tuple[str, Callable[[], list[int]]]]:
    """A scheduler and two workers, each started as a user starts them; the address, and what tells the processes that work."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    os.environ["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "20"  # what kills them here is not the shard
    asked = [["scheduler", "--port", str(port), "--host", "127.0.0.1", "--no-dashboard"]]
    asked += [["worker", address, "--nthreads", "1", "--nworkers", "1", "--no-dashboard"]] * 2
    started = [subprocess.Popen([*dask, *words], **quiet) for words in asked]  # type: ignore[call-overload]
    try:
        yield address, lambda: [pid for nanny in started[1:] for pid in _children(nanny.pid)]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


def _children(pid: int) -> list[int]:
    """The processes that a nanny started to work; not the helper that watches over its semaphores."""
    found = [one for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text().split()]
    return [int(one) for one in found if "resource_tracker" not in Path(f"/proc/{one}/cmdline").read_text()]


def _run(out: Path, mine: Sequence[batch.Shard], workers: int) -> dict[str, bytes]:
    with batch.embedded(workers) as slots:
        list(batch.code(mine, str(out), how(), slots, crashes=CRASHES))
    return whole(out)


def whole(out: Path) -> dict[str, bytes]:
    """All claims and articles to the byte."""
    return {
        p.relative_to(out).as_posix(): p.read_bytes() for kind in ("claims", "articles") for p in (out / kind).glob("*.parquet")
    }


def _empty(out: Path) -> Path:
    import shutil

    shutil.rmtree(out, ignore_errors=True)
    return out


# --- gate


def gate(shared: Path) -> None:
    """Pages about the agreement in four encodings, with both engines; real pages that are stopped, coded all the same."""
    texts = [
        row["text"]
        for row in map(json.loads, packs.find("samples/articles.jsonl").open(encoding="utf-8"))
        if row["id"].startswith("gaza")
    ]
    for number in range(1, 200, 2):  # the practice half
        path = shared / "gold" / "reports" / f"{number:03}.json"
        row = json.loads(path.read_text("utf-8")) if path.exists() else {"process": None}
        texts += [row["text"]] if row["process"] == "Gaza" else []
    agreement = agreements.agreement(AGREEMENT)
    told: dict[str, Any] = {"texts": len(texts), "encodings": list(ENCODINGS)}
    for fast in (True, False):
        opens = gate_of(agreement, fast=fast)
        passed = sum(opens.opens(_wrapped(text, code)) for text in texts for code in ENCODINGS)
        told[f"recall, {opens.engine}"] = passed / (len(texts) * len(ENCODINGS))
    stopped = [page for page in archive_corpus.real_pages(shared / "data") if not opens.opens(page)]
    about = claims = articles = 0
    known, loaded, acts_for = knowledge(None), dict[str, packs.Pack](), agreements.acts_for()
    for number, page in enumerate(stopped):
        article = _article(Piece(str(number), "page", page), known)
        entry = code_article(article, Piece(str(number), "page", page), loaded, None, lambda _: None) if article else None
        if entry:
            articles, claims = articles + 1, claims + len(entry.claims)
            about += sum(bool(claim.about) for claim in with_provisions(entry, agreement, acts_for).claims)
    told |= {"real pages stopped": len(stopped), "articles in them": articles, "claims in them": claims}
    keep("gate", told | {"claims of the agreement in them": about})


def _article(piece: Piece, known: read.Knowledge) -> Article | None:
    from trucewatch.errors import ReadError

    try:
        return read.again(piece, known)
    except ReadError:
        return None


def _wrapped(text: str, encoding: str) -> bytes:
    return f"<!DOCTYPE html><html><body><p>{text}</p></body></html>".encode(encoding, "xmlcharrefreplace")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["speed", "two", "kills", "gate"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--again", action="store_true", help="though its proof is there")
    parser.add_argument("--engine", choices=ENGINES, help="of the speed: this one alone, in this process")
    told = parser.parse_args()
    if told.engine:
        speed(told.data, told.engine)
        return
    names = [f"speed-{engine}" for engine in ENGINES] if told.part == "speed" else [told.part]
    for name in names:
        if (PROOFS / f"{name}.json").exists() and not told.again:
            print(f"{name}: is there")
        elif told.part == "speed":  # a process of its own, so that memory is its own
            asked = ["speed", str(told.data), "--engine", name.removeprefix("speed-")]
            subprocess.run([sys.executable, "-m", "tools.prove_batch", *asked], check=True)
        else:
            {"two": two, "kills": kills, "gate": gate}[told.part](told.data)


if __name__ == "__main__":
    main()
