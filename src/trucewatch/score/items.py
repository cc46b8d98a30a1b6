"""A claim as comparable items, the same for a gold claim and for one in the public form."""

from collections.abc import Mapping, Sequence
from typing import Any

from trucewatch.score.agree import same_name, same_quantity

ROLES = ("actors", "recipients", "participants")
SLOTS = ("status", *ROLES, "speaker", "when", "where", "quantities")

Items = Mapping[str, Sequence[Any]]


def items(claim: Mapping[str, Any]) -> Items:
    """Slot → its items. What the coder derived (abstentions by subtraction, a party from a rule) is not compared."""
    when, where = claim.get("when") or {}, _text(claim.get("where"))
    speaker = claim.get("speaker")
    if isinstance(speaker, list):
        speaker = speaker[-1] if speaker else None
    voice = _text(speaker)
    dates = (when.get("start"), when.get("end"))
    return {
        "status": [claim["status"]],
        **{role: [text for entry in claim.get(role) or () if _stated(entry) and (text := _text(entry))] for role in ROLES},
        "speaker": [voice] if voice else [],
        "when": [dates] if any(dates) else [],
        "where": [where] if where else [],
        "quantities": [
            (q["of"], float(q["value"]), q.get("bound", "exact")) for q in claim.get("quantities") or () if _stated(q)
        ],
    }


def right(slot: str, gold: Sequence[Any], found: Sequence[Any]) -> int:
    """How many gold items are answered; each found item answers one."""
    left, hits = list(found), 0
    for wanted in gold:
        answer = next((i for i, item in enumerate(left) if _agree(slot, wanted, item)), None)
        if answer is not None:
            del left[answer]
            hits += 1
    return hits


def closeness(gold: Items, found: Items) -> int:
    return sum(right(slot, gold[slot], found[slot]) for slot in SLOTS)


def _agree(slot: str, a: Any, b: Any) -> bool:
    if slot in ("status", "when"):
        return bool(a == b)
    return same_quantity(a, b) if slot == "quantities" else same_name(a, b)


def _text(entry: Any) -> str | None:
    value = entry.get("text") if isinstance(entry, Mapping) else entry
    return value if isinstance(value, str) else None


def _stated(entry: Any) -> bool:
    return not (isinstance(entry, Mapping) and entry.get("derived"))
