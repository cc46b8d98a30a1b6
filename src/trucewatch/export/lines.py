"""JSON lines: the public form of each claim, and beside it who said it, who printed it, how it was told."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from trucewatch.export.knowledge import Known
from trucewatch.export.row import Row, told


def jsonl(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """One object a line."""
    for line in jsonl_lines(rows):
        out.write(line.encode())


def jsonl_lines(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row.claim.public() | told(row), ensure_ascii=False) + "\n"
