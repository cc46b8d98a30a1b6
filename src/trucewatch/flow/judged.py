"""What people said of claims, laid over what the coder read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trucewatch.model import MODES, STATUSES, Claim

if TYPE_CHECKING:  # loaded only where there is a ledger
    from trucewatch.ledger import Ledger

JUDGED = ("event", "mode", "status")
Judged = Mapping[tuple[str, str, str], Any]


def judged_of(book: "Ledger", *, as_of: datetime | None = None) -> Judged:
    """Claim, reading and field → what a person said it should be."""
    from trucewatch import ledger

    return {(j.claim, j.reading, j.field): j.value for j in ledger.judgements_of(book, as_of=as_of)}


def as_judged(claim: Claim, judged: Judged) -> Claim:
    """The claim with the event, mode and status that a person gave it."""
    told = {field: judged[key] for field in JUDGED if (key := (claim.id, claim.reading, field)) in judged}
    event = told.get("event", claim.event)
    mode = told.get("mode", claim.mode if event == claim.event else None)
    status = told.get("status", claim.status)
    fits = event in MODES and (mode is None or mode in MODES[event]) and status in STATUSES
    return replace(claim, event=event, mode=mode, status=status) if told and fits else claim
