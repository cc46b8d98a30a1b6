"""JSON lines: the public form of each claim, and beside it who said it, who printed it, how it was told."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

from trucewatch.export.knowledge import Known
from trucewatch.export.row import Row, told


def jsonl(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """One object a line."""
    for row in rows:
        out.write((json.dumps(row.claim.public() | told(row), ensure_ascii=False) + "\n").encode())
