"""What the gate costs beside the mere reading of an archive.

    python bench/gate.py ARCHIVE.warc.gz [--agreement gaza-2025]

Prints, for each engine that is installed, the share of pages it lets pass and how many times as long reading with it takes
as reading without it.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from trucewatch import agreements
from trucewatch.archive import Gate, pages
from trucewatch.flow.gates import gate_of


def seconds(path: Path, opens: Callable[[bytes], bool]) -> tuple[float, int, int, int]:
    """(seconds, pages, bytes, pages that pass)."""
    count = size = passed = 0
    start = time.perf_counter()
    with path.open("rb") as stream:
        for found in pages(stream, on_broken=lambda at, what: None, on_passed=lambda passed: None):
            count, size = count + 1, size + len(found.body)
            passed += opens(found.body)
    return time.perf_counter() - start, count, size, passed


def gates(agreement: str) -> list[Gate]:
    """One for each engine, the fast one first where it is installed."""
    told = agreements.agreement(agreement)
    found = [gate_of(told), gate_of(told, fast=False)]
    return found if found[0].engine != found[1].engine else found[:1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--agreement", default="gaza-2025")
    told = parser.parse_args()
    plain, count, size, _ = min(seconds(told.archive, lambda _: True) for _ in range(3))
    print(f"{count} pages, {size / 1e6:.1f} MB: read in {plain:.2f} s")
    for gate in gates(told.agreement):
        spent, _, _, passed = min(seconds(told.archive, gate.opens) for _ in range(3))
        print(f"{gate.engine}: {passed} pass; reading with it takes {spent / plain:.1f} times as long")


if __name__ == "__main__":
    main()
