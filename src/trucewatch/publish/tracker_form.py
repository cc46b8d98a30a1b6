"""The form of a tracker as JSON (`trucewatch track --json`), made of its nouns: keys, codes, what may be null."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from trucewatch.model import EVENTS, STATUSES
from trucewatch.model.codes import BOUNDS, SCOPES
from trucewatch.model.grade import CREDIBILITY, RELIABILITY
from trucewatch.model.tracker import SAYS, STANCES, STATES, TIMELINESS, Change, Tracker

DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
GRADE = {"type": "string", "pattern": f"^[{RELIABILITY}][{CREDIBILITY}]$"}
PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: DAY,
    time: {"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}$"},
}
CODES: Mapping[str, Mapping[str, Any]] = {
    "Tracker.standing": {"enum": ["in-force", "partly", "uncertain", "not-in-force"]},
    "Tracker.as_of": DAY,
    "ProvisionState.state": {"enum": [*STATES]},
    "ProvisionState.proposed": {"enum": [*STATES]},
    "ProvisionState.timeliness": {"enum": [None, *TIMELINESS]},
    "Step.state": {"enum": [*STATES]},
    "Step.day": DAY,
    "Ruling.state": {"enum": [*STATES]},
    "Ruling.since": DAY,
    "Proof.says": {"enum": [*SAYS]},
    "Proof.reaches": {"enum": [None, *STATES]},
    "Proof.event": {"enum": [*EVENTS]},
    "Proof.status": {"enum": [*STATUSES]},
    "Proof.day": DAY,
    "Proof.published": DAY,
    "Proof.grade": GRADE,
    "Count.bound": {"enum": [*BOUNDS]},
    "Figure.bound": {"enum": [*BOUNDS]},
    "Figure.scope": {"enum": [*SCOPES]},
    "Meeting.state": {"enum": ["held", "planned", "possible", "demanded", "denied"]},
    "BodyState.state": {"enum": ["there", "not-there-yet", "expired", "not-dated"]},
    "MilestoneState.kind": {"enum": ["milestone", "document", "phase"]},
    "Proposal.start": DAY,
    "Proposal.end": DAY,
    "Position.day": DAY,
    "Position.stance": {"enum": [*STANCES]},
    "Position.status": {"enum": [*STATUSES]},
    "Term.state": {"enum": [*STATES]},
    "Term.timeliness": {"enum": [None, *TIMELINESS]},
    "TakenBack.says": {"enum": ["gone", "withdrawn"]},
    "TakenBack.since": DAY,
    "Grade.reliability": {"enum": [*RELIABILITY]},
    "Grade.credibility": {"enum": [*CREDIBILITY]},
    "Grade.rule": {"enum": ["automatic", "judged", "source-judged", "source-held-down"]},
}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a tracker; `$defs/Change` is the form of what `--diff` tells."""
    defs: dict[str, Any] = {}
    whole = _noun(Tracker, defs)
    _noun(Change, defs)
    return {**whole, "$defs": dict(sorted(defs.items()))}


def _noun(noun: Any, defs: dict[str, Any]) -> dict[str, Any]:
    """Refers to the form of a noun, which is put among `defs`; closed, and every key is there."""
    name = noun.__name__
    if name not in defs:
        defs[name] = {}
        hints = get_type_hints(noun)
        keys = {each.name: CODES.get(f"{name}.{each.name}") or _value(hints[each.name], defs) for each in fields(noun)}
        text = " ".join((noun.__doc__ or "").split())
        closed = {"type": "object", "additionalProperties": False, "required": list(keys), "properties": keys}
        defs[name] = {"description": text} | closed if text and not text.startswith(f"{name}(") else closed
    return {"$ref": f"#/$defs/{name}"}


def _value(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if is_dataclass(kind):
        return _noun(kind, defs)
    parts = get_args(kind)
    if get_origin(kind) is UnionType:
        told = [{"type": "null"} if part is type(None) else _value(part, defs) for part in parts]
        return {"anyOf": told}
    inner = get_args(parts[0])
    if inner and inner[0] is str:  # words by language, values by name: a mapping
        return {"type": "object", "additionalProperties": _value(inner[1], defs)}
    return {"type": "array", "items": _value(parts[0], defs)}
