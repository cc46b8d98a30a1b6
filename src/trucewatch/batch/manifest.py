"""The manifest: a row for each shard, in a file of its own while the work goes on, in one file for all at its end."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from trucewatch import parts
from trucewatch.flow.forms import plain, thawed
from trucewatch.parts.layout import SHARDS, Place, named

DONE, ASIDE, UNREAD = "done", "aside", "unread"
WHOLE = "manifest.jsonl"
MOST = 1_000  # failures that are written out


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a shard. `records`: what it holds; `looked`: at which the gate looked; `passed`: those that were not read,
    by why (`gate` among them); `read`: articles; `failures`: place and reason, `failed` their number. `seconds` of the
    processor by stage; `memory`: the most that its process ever held, in bytes."""

    uri: str
    name: str
    state: str
    version: str
    bytes: int = 0
    records: int = 0
    looked: int = 0
    read: int = 0
    claims: int = 0
    refused: int = 0
    failed: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    memory: int = 0


def keep(at: Place, row: Row) -> None:
    """Writes a row; it is there whole or not at all."""
    at.files.makedirs(f"{at.root}/{SHARDS}", exist_ok=True)
    path = named(at, SHARDS, row.name)
    part = f"{path}.{uuid4().hex[:8]}.tmp"
    at.files.pipe_file(part, _line(row).encode())
    at.files.mv(part, path)


def read(at: Place, name: str) -> Row | None:
    """The row of a shard; None where there is none that can be read."""
    try:
        told = json.loads(at.files.cat_file(named(at, SHARDS, name)))
    except (OSError, ValueError):
        return None
    made: Row = thawed(Row, told | {"passed": dict(told["passed"]), "seconds": dict(told["seconds"])})
    return made


def rows(at: Place, names: Iterable[str] | None = None) -> Iterator[Row]:
    """The rows of these shards, or of all."""
    found = (read(at, name) for name in (parts.files(at, SHARDS) if names is None else names))
    return (row for row in found if row is not None)


def write_whole(at: Place, found: Iterable[Row]) -> str:
    """All rows in one file, by address; gives its path."""
    path = f"{at.root}/{WHOLE}"
    lines = [_line(row) for row in sorted(found, key=lambda row: (row.uri, row.name))]
    at.files.pipe_file(f"{path}.tmp", "".join(lines).encode())
    at.files.mv(f"{path}.tmp", path)
    return path


def _line(row: Row) -> str:
    told: dict[str, Any] = plain(row)
    return json.dumps(told | {"passed": dict(row.passed), "seconds": dict(row.seconds)}, ensure_ascii=False) + "\n"
