"""Prove that many may look at a monitor while it reads: fifty users at once over the dashboard, search, a claim and the API.

    python -m tools.prove_serve --seconds 60 --users 50
    python -m tools.prove_serve --ledger postgresql://user@host/name     a ledger of one's own, a large one for instance

The server is `trucewatch serve` itself in a process of its own; users come in by name and password. Meanwhile a process writes
articles and notes each that the ledger took; one that is not there at the end is lost. Claims and towns are those of the samples
or invented. The result goes to proofs/serve/load.json.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from tools.prove_desk import made
from trucewatch import access, flow, ledger, monitor
from trucewatch.access import users
from trucewatch.packs import find

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "proofs" / "serve" / "load.json"
NAME = "proof"
WHO = "prover"
PASSWORD = "four invented words here"
PATIENCE = 120.0  # seconds that the server may take to start
PAUSE = 0.2  # seconds between two articles that are written
ASKED = {
    "dashboard": (f"/m/{NAME}/today",),
    "search": tuple(f"/m/{NAME}/claims?q={word}" for word in ("army", "aid", "ceasefire", "hospital")),
    "claim": (),
    "api": (f"/api/v1/monitors/{NAME}/claims?limit=20", f"/api/v1/monitors/{NAME}"),
}


def now() -> datetime:
    return datetime.now(UTC)


def filled(folder: Path, url: str | None) -> None:
    """A monitor with the samples, or on a ledger that is there, and a user."""
    found = monitor.create(folder, agreement="gaza-2025", at=now(), name=NAME, url=url)
    try:
        if url is None:
            for _ in flow.read_into(found, [str(find("samples/articles.jsonl"))], actor=WHO, clock=now, on_problem=print):
                pass
        if WHO not in {user.name for user in users.listed(found.ledger)}:
            users.add(found.ledger, WHO, "viewer", who="tools", at=now())
        users.set_password(found.ledger, WHO, PASSWORD, access.argon2(), who="tools", at=now())
    finally:
        monitor.close(found)


def write(folder: Path, note: Path) -> None:
    """Writes articles until it is told to end; what the ledger took is noted, one id a line."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda sig, frame: ended.append(sig))
    found = monitor.open_(folder, at=now())
    run = ledger.Run(now(), WHO, "rules", "proof")
    with note.open("a", encoding="utf-8") as told:
        number = 0
        while not ended:
            entry, claims = made(f"written-{os.getpid()}-{number}", number)
            ledger.add(found.ledger, entry, claims, run=run, at=now())
            told.write(f"{entry.id}\n")
            told.flush()
            number += 1
            time.sleep(PAUSE)
    monitor.close(found)


async def visited(
    base: str, cookies: httpx.Cookies, addresses: Mapping[str, Sequence[str]], *, users: int, seconds: float
) -> list[tuple[str, float, int]]:
    """Each of so many users looks at one page after the other. Returns (kind, seconds, status), status 0: no answer."""
    rows: list[tuple[str, float, int]] = []
    limits = httpx.Limits(max_connections=users, max_keepalive_connections=users)
    async with httpx.AsyncClient(base_url=base, cookies=cookies, timeout=60, limits=limits) as client:
        end = time.monotonic() + seconds

        async def user(place: int) -> None:
            turn = place
            while time.monotonic() < end:
                kind = list(addresses)[turn % len(addresses)]
                address = addresses[kind][turn // len(addresses) % len(addresses[kind])]
                began, status = time.perf_counter(), 0
                with suppress(httpx.HTTPError):
                    status = (await client.get(address)).status_code
                rows.append((kind, time.perf_counter() - began, status))
                turn += 1

        await asyncio.gather(*(user(place) for place in range(users)))
    return rows


def ready(base: str, running: subprocess.Popen[bytes]) -> None:
    """Waits until the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and running.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{base}/readyz").status_code == 200:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not start")


def ended(*running: subprocess.Popen[bytes]) -> list[int]:
    """How each process ends when it is told to."""
    for each in running:
        if each.poll() is None:
            each.send_signal(signal.SIGTERM)
    return [each.wait(60) for each in running]


def load(folder: Path, url: str | None, *, users: int, seconds: float) -> dict[str, Any]:
    """The server, its users and a writer at once."""
    filled(folder, url)
    note = folder.with_suffix(".written")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base, python = f"http://127.0.0.1:{port}", [sys.executable]
    note.touch()
    serving = [*python, "-m", "trucewatch.cli", "serve", "-m", str(folder), "--port", str(port)]
    server = subprocess.Popen(serving, cwd=ROOT, stdout=subprocess.DEVNULL)
    started = [server]
    try:
        ready(base, server)
        with httpx.Client(base_url=base, timeout=60) as client:
            client.post("/login", data={"name": WHO, "password": PASSWORD})
            found, cookies = client.get(ASKED["api"][0]).json()["items"], client.cookies
        addresses = ASKED | {"claim": tuple(f"/m/{NAME}/claim/{each['id']}" for each in found)}
        writing = [*python, "-m", "tools.prove_serve", "--write", str(folder), "--note", str(note)]
        started.append(subprocess.Popen(writing, cwd=ROOT))
        rows = asyncio.run(visited(base, cookies, addresses, users=users, seconds=seconds))
    finally:
        codes = ended(*reversed(started))
    return _told(rows, seconds) | _kept(folder, note) | {"ended": codes}


def _told(rows: Sequence[tuple[str, float, int]], seconds: float) -> dict[str, Any]:
    took = {kind: [each[1] for each in rows if each[0] == kind] for kind in ASKED}
    return {
        "requests": len(rows),
        "each_second": round(len(rows) / seconds, 1),
        "p95": {kind: _p95(each) for kind, each in (took | {"all": [each[1] for each in rows]}).items()},
        "errors": dict(Counter(str(status) for _, _, status in rows if status != 200)),
    }


def _p95(seconds: Sequence[float]) -> float | None:
    return round(statistics.quantiles(seconds, n=20)[-1], 3) if len(seconds) > 1 else None


def _kept(folder: Path, note: Path) -> dict[str, Any]:
    """What was written and is not there; what is wrong with the chain."""
    written = note.read_text("utf-8").split()
    found = monitor.open_(folder, at=now())
    try:
        there = ledger.articles_of(found.ledger, set(written))
        claims = ledger.counts(found.ledger).claims
        return {"claims": claims, "written": len(written), "lost": len(set(written) - set(there))}
    finally:
        monitor.close(found)


def main(told: Sequence[str] | None = None) -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--ledger", help="the address of a database; it is written into")
    asked.add_argument("--write", type=Path, help="(the process that writes)")
    asked.add_argument("--note", type=Path)
    given = asked.parse_args(told)
    if given.write:
        write(given.write, given.note)
        return
    with TemporaryDirectory(prefix="truce-load-") as place:
        result = load(Path(place) / NAME, given.ledger, users=given.users, seconds=given.seconds)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    result |= {"users": given.users, "seconds": given.seconds, "database": "postgresql" if given.ledger else "sqlite"}
    result |= {"commit": commit.stdout.strip(), "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(json.dumps(result, indent=2))
    if result["lost"] or result["errors"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
