"""Gold reports: one JSON file each, named by a number; odd numbers are for practice, even ones stay sealed."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch.errors import ScoreError

HALVES = ("practice", "sealed")
CLAIM_KEYS = ("event", "status", "quote")


@dataclass(frozen=True, slots=True)
class Report:
    """`row` is the input line for the coder (id, url, language, published, text); `claims` are the labels as written."""

    id: str
    language: str
    text: str
    row: Mapping[str, Any]
    claims: tuple[Mapping[str, Any], ...]


def reports(folder: Path, *, half: str | None = None, languages: Collection[str] = ()) -> tuple[Report, ...]:
    """Reports in the order of their file names. A file of the other half is not even opened."""
    if half is not None and half not in HALVES:
        raise ScoreError(f"{folder}: no half '{half}'. Take one of: {', '.join(HALVES)}.")
    paths = [path for path in sorted(folder.glob("*.json")) if half is None or _half(path) == half]
    found = tuple(report for path in paths if (report := _report(path)) and (not languages or report.language in languages))
    if not found:
        raise ScoreError(f"{folder}: no gold reports here. Give the folder that holds 001.json, 003.json ….")
    return found


def _half(path: Path) -> str:
    if not path.stem.isdecimal():
        raise ScoreError(f"{path}: the name is no number, so the file belongs to no half. Name it NNN.json or leave --half out.")
    return HALVES[0] if int(path.stem) % 2 else HALVES[1]


def _report(path: Path) -> Report:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise ScoreError(f"{path}: cannot be read as JSON ({problem}). Mend the file or take it out of the folder.") from problem
    missing = [key for key in ("id", "language", "text", "claims") if key not in raw] if isinstance(raw, dict) else ["id"]
    if missing:
        raise ScoreError(f"{path}: no {', '.join(missing)}. A gold report has id, language, published, text and claims.")
    _check_claims(path, raw["text"], raw["claims"])
    row = {key: raw.get(key) for key in ("id", "url", "language", "published", "text")}
    return Report(id=str(raw["id"]), language=raw["language"], text=raw["text"], row=row, claims=tuple(raw["claims"]))


def _check_claims(path: Path, text: str, claims: Sequence[Mapping[str, Any]]) -> None:
    for number, claim in enumerate(claims, 1):
        missing = [key for key in CLAIM_KEYS if not claim.get(key)]
        if missing:
            raise ScoreError(f"{path}: claim {number} has no {', '.join(missing)}. Label it or take the claim out.")
        if claim["quote"] not in text:
            raise ScoreError(f"{path}: the quote of claim {number} does not occur in the text. Copy it from there.")
