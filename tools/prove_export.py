"""What exports bear: many claims written to each format, in seconds and in memory.

python -m tools.prove_export --claims 100000           each format in a process of its own: proofs/export/<format>.json
python -m tools.prove_export --claims 1000 --format csv --out DIR

Claims are the coder's own on the sample articles, with other ids and days (tools/retold.py), handed on as they are made:
what is measured is the writing. A ledger hands them on by 500. Formats whose proof of this size is there are passed over.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.retold import Base, base, made
from trucewatch import export

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs" / "export"
WORK = ROOT / "build" / "prove-export"


def rows(origin: Base, count: int) -> Iterator[export.Row]:
    """So many claims with their articles, one by one."""
    number = 0
    while count > 0:
        article, claims = made(origin, number)
        yield from (export.Row(claim, article) for claim in claims[:count])
        count, number = count - len(claims), number + 1


def measured(form: str, origin: Base, count: int, folder: Path) -> dict[str, Any]:
    """Writes the claims in this process. `megabytes_before`: its memory before the first row, `megabytes`: the most it took."""
    known, path, left = export.known(dataset="proof"), folder / f"claims-{form}", Counter[str]()
    sum(1 for _ in rows(origin, 1))
    before, start = _memory(), time.monotonic()
    with path.open("wb") as file:
        export.WRITERS[form](rows(origin, count), file, known, left)
    told = {"seconds": round(time.monotonic() - start, 1), "bytes": path.stat().st_size, "left_out": sum(left.values())}
    path.unlink()
    return {"format": form, "claims": count, **told, "megabytes_before": before, "megabytes": _memory()}


def _memory() -> int:
    """The most that this process ever took, in megabytes; Linux only. What getrusage tells is that of the parent too."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def apart(form: str, origin: Base, count: int, folder: Path) -> dict[str, Any]:
    """In a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measured, (form, origin, count, folder))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--format", choices=list(export.WRITERS))
    parser.add_argument("--out", type=Path, default=PROOFS)
    told = parser.parse_args()
    for folder in (told.out, WORK):
        folder.mkdir(parents=True, exist_ok=True)
    origin = base()
    for form in [told.format] if told.format else list(export.WRITERS):
        path = told.out / f"{form}.json"
        if path.exists() and json.loads(path.read_text("utf-8"))["claims"] == told.claims:
            continue
        found = apart(form, origin, told.claims, WORK)
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
        found |= {"commit": commit.stdout.strip(), "load": round(os.getloadavg()[0], 1), "command": f"--claims {told.claims}"}
        path.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
        print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
