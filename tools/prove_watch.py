"""Prove that watching loses nothing and keeps nothing twice, over a web of made-up papers that answers one request in five badly.

    python -m tools.prove_watch cycles --feeds 1000 --cycles 10   simulated time, two watchers side by side
    python -m tools.prove_watch kills --feeds 40 --times 10       kill -9 in mid-cycle, started again, against an undisturbed run

Results go to proofs/watch/, with command, commit and load. `kills` goes on where it was broken off.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tools.newsweb import Web, resolve, served
from trucewatch import ledger, monitor, net, rota
from trucewatch.flow.turns import Pace, Turn
from trucewatch.flow.watch import watch

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs" / "watch"
WORK = ROOT / "build" / "prove-watch"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
EVERY = timedelta(minutes=15)
LIMITS = net.Limits(seconds=1.0, connect=1.0)
QUICK = Pace(every=timedelta(hours=9), delay=timedelta(0), lease=timedelta(seconds=4), retry=0.1, longest=0.4, tries=99)
STEP = 30.0  # seconds by which simulated time goes on at least


def made(folder: Path, web: Web, at: datetime) -> monitor.Monitor:
    """A monitor that watches all feeds of the web."""
    found = monitor.create(folder, agreement=None, at=at, name="proof")
    for number in range(web.papers):
        rota.add(found.ledger, web.feed_url(number), at=at)
    return found


# --- simulated cycles


async def simulated(found: monitor.Monitor, web: Web, *, watchers: int = 2) -> Counter[str]:
    """Watches through all cycles of the web, then without faults until nothing is left. Returns the outcomes of all turns."""
    outcomes: Counter[str] = Counter()
    moment = [START]
    end = START + web.cycles * EVERY
    faults = web.faults
    stop = asyncio.Event()

    idle: list[datetime] = []

    async def pause(seconds: float) -> None:
        """Simulated time goes on when no watcher has anything to do, to the first moment at which one will have."""
        until = moment[0] + timedelta(seconds=max(seconds, STEP))
        idle.append(until)
        try:
            while moment[0] < until and not stop.is_set():
                if len(idle) == watchers:
                    go_on(min(idle))
                await asyncio.sleep(0 if len(idle) == watchers else 0.002)
        finally:
            idle.remove(until)

    def go_on(to: datetime) -> None:
        moment[0] = max(moment[0], to)
        web.now = min(web.cycles - 1, int((moment[0] - START) / EVERY))
        web.faults = faults if moment[0] < end else 0.0
        if moment[0] > end + 2 * EVERY and not rota.waiting(found.ledger) and _all_well(found, end):
            stop.set()

    def on_turn(turn: Turn) -> None:
        outcomes[f"{turn.kind} {turn.outcome}"] += 1

    async with net.opened(allow=web.hosts, resolve=resolve) as opened:
        each = [
            watch(
                found,
                opened,
                actor="proof",
                holder=f"watcher-{number}",
                clock=lambda: moment[0],
                pause=pause,
                random=random.Random(number),
                stop=stop,
                on_turn=on_turn,
                on_problem=lambda problem: outcomes.update({f"problem {problem[:80]}": 1}),
                pace=Pace(every=EVERY, longest=2 * EVERY.total_seconds(), tries=99),
                limits=LIMITS,
            )
            for number in range(watchers)
        ]
        await asyncio.gather(*each)
    return outcomes


def _all_well(found: monitor.Monitor, end: datetime) -> bool:
    return all(feed.polled and feed.polled > end and not feed.failures for feed in rota.listed(found.ledger))


def judged(found: monitor.Monitor, web: Web) -> dict[str, Any]:
    """What the ledger holds beside what was printed."""
    claims, articles = ledger.everything(found.ledger)
    held = Counter(article.url for article in articles.values())
    printed = set(web.pages())
    reads = Counter(row["object"] for row in ledger.entries(found.ledger, 10**9) if row["action"] == "read")
    served_twice = sum(count > 1 for url, count in web.whole.items() if "/news/" in url)
    return {
        "printed": len(printed),
        "held": len(held),
        "lost": len(printed - set(held)),
        "strange": len(set(held) - printed),
        "twice": sum(count > 1 for count in held.values()) + sum(count > 1 for count in reads.values()),
        "fetched_twice": served_twice,
        "claims": len(claims),
        "chain": ledger.verify(found.ledger),
    }


def holds(told: dict[str, Any]) -> bool:
    """Nothing lost, nothing twice, the chain whole. A page that was sent but not kept, because time or the watcher's life ended
    just then, is fetched once more: only the ledger must not show it."""
    return not any(told[name] for name in ("lost", "strange", "twice", "chain")) and bool(told["claims"])


def cycles(feeds: int, count: int) -> int:
    folder = WORK / "cycles"
    shutil.rmtree(folder, ignore_errors=True)
    began = time.perf_counter()

    async def run() -> tuple[dict[str, Any], Web]:
        web = Web(feeds, count)
        async with served(web):
            found = made(folder, web, START)
            outcomes = await simulated(found, web)
            told = {"outcomes": dict(sorted(outcomes.items())), **judged(found, web)}
            monitor.close(found)
        return told, web

    told, web = asyncio.run(run())
    asked = sum(web.asked.values())
    figures = {"feeds": feeds, "cycles": count, "requests": asked, "answered_badly": dict(sorted(web.faulty.items()))}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures |= {"holds": holds(told), **told, "seconds": round(time.perf_counter() - began), "peak_megabytes": peak}
    _write(PROOFS / f"cycles-{feeds}.json", f"cycles --feeds {feeds} --cycles {count}", figures)
    print(json.dumps(figures, indent=1))
    return 0 if figures["holds"] else 1


# --- kill -9


async def child(folder: Path, port: int, papers: int) -> None:
    """One watcher in a process of its own, in real time, until every feed was looked at and nothing waits."""
    found = monitor.open_(folder, at=datetime.now(UTC))
    web = Web(papers, 1, port=port)
    async with net.opened(allow=web.hosts, resolve=resolve) as opened:
        while rota.waiting(found.ledger) or any(feed.failures or not feed.polled for feed in rota.listed(found.ledger)):
            await watch(
                found,
                opened,
                actor="proof",
                holder=f"child-{os.getpid()}",
                clock=lambda: datetime.now(UTC),
                pause=asyncio.sleep,
                random=random.Random(os.getpid()),
                stop=asyncio.Event(),
                on_turn=lambda _: None,
                on_problem=lambda problem: print(problem, file=sys.stderr),
                pace=QUICK,
                limits=LIMITS,
                once=True,
            )
            await asyncio.sleep(0.2)
    monitor.close(found)


async def _run_child(folder: Path, web: Web, kill_after: int | None) -> bool:
    """Whether the child came to its end. `kill_after`: killed once so many requests were made."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    words = [sys.executable, __file__, "child", str(folder), str(web.port), str(web.papers)]
    process = await asyncio.create_subprocess_exec(*words, env=env)
    until = sum(web.asked.values()) + kill_after if kill_after is not None else None
    while process.returncode is None:
        if until is not None and sum(web.asked.values()) >= until:
            process.kill()
            await process.wait()
            return False
        try:
            await asyncio.wait_for(process.wait(), 0.002 if until else 1.0)
        except TimeoutError:
            continue
    if process.returncode:
        raise SystemExit(f"the watcher ended with {process.returncode}")
    return True


async def killed(folder: Path, papers: int, seed: int, kills: int) -> dict[str, Any]:
    """The same web watched twice: in one go, and killed so many times on the way."""
    held: dict[str, Any] = {}
    done = 0
    shutil.rmtree(folder, ignore_errors=True)
    web = Web(papers, 1, seed=seed, drip=0.1, later=1)
    async with served(web):
        for name, times in (("undisturbed", 0), ("killed", kills)):
            for counts in (web.asked, web.whole):
                counts.clear()
            monitor.close(made(folder / name, web, datetime.now(UTC)))
            dice = random.Random(f"{seed} {name}")
            for _ in range(times):
                done += not await _run_child(folder / name, web, dice.randrange(1, papers))
            await _run_child(folder / name, web, None)
            found = monitor.open_(folder / name, at=datetime.now(UTC))
            held[name] = _content(found)
            told = judged(found, web)
            monitor.close(found)
    same = held["undisturbed"] == held["killed"]
    return {"seed": seed, "kills": done, "same": same, **told}


def _content(found: monitor.Monitor) -> Any:
    """All that the ledger holds but the moments at which it came to know it."""
    claims, articles = ledger.everything(found.ledger)
    return sorted(articles.items(), key=lambda row: row[0]), sorted((claim.id, claim.reading) for claim in claims)


def kill_proof(papers: int, times: int) -> int:
    path = PROOFS / "kills.json"
    kept = json.loads(path.read_text("utf-8"))["runs"] if path.exists() else []
    for number in range(len(kept), times):
        kept.append(asyncio.run(killed(WORK / "kills", papers, number, 3)))
        figures = {"held": sum(map(_kill_holds, kept)), "of": len(kept), "runs": kept}
        _write(path, f"kills --feeds {papers} --times {times}", figures)
        print(kept[-1], flush=True)
    return 0 if all(map(_kill_holds, kept)) else 1


def _kill_holds(told: dict[str, Any]) -> bool:
    return holds(told) and told["same"] and told["kills"] > 0


def _write(path: Path, command: str, figures: dict[str, Any]) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    told: dict[str, Any] = {"command": f"python -m tools.prove_watch {command}", "commit": commit.stdout.strip()}
    told |= {"load": [round(x, 1) for x in os.getloadavg()], "cores": os.cpu_count()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told | figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, number, count in (("cycles", 1000, ("--cycles", 10)), ("kills", 40, ("--times", 10))):
        verb = verbs.add_parser(name)
        verb.add_argument("--feeds", type=int, default=number)
        verb.add_argument(count[0], type=int, default=count[1])
    one = verbs.add_parser("child")
    one.add_argument("folder", type=Path)
    one.add_argument("port", type=int)
    one.add_argument("papers", type=int)
    told = parser.parse_args()
    if told.verb == "cycles":
        return cycles(told.feeds, told.cycles)
    if told.verb == "kills":
        return kill_proof(told.feeds, told.times)
    asyncio.run(child(told.folder, told.port, told.papers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
