"""What people said of claims, laid over what the coder read."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trucewatch.judgements.fields import REJECT, SLOTS, SPAN, VERDICT
from trucewatch.model import MODES, STATUSES, Claim
from trucewatch.model.thaw import claim_of

if TYPE_CHECKING:  # loaded only where there is a ledger
    from trucewatch.ledger import Ledger

JUDGED = (*SLOTS, SPAN, VERDICT)
Judged = Mapping[tuple[str, str, str], Any]


def judged_of(book: "Ledger", *, as_of: datetime | None = None) -> Judged:
    """Claim, reading and field → what a person said it should be."""
    from trucewatch import ledger

    return {(j.claim, j.reading, j.field): j.value for j in ledger.judgements_of(book, as_of=as_of)}


def is_rejected(claim: Claim, judged: Judged) -> bool:
    """Whether a person said that the text does not tell this: it is then left out of all that is made of claims."""
    return judged.get((claim.id, claim.reading, VERDICT)) == REJECT


def as_judged(claim: Claim, judged: Judged) -> Claim:
    """The claim with the slots and the words that a person gave it. A mode goes with the event for which it was read."""
    told = {field: judged[key] for field in (*SLOTS, SPAN) if (key := (claim.id, claim.reading, field)) in judged}
    return laid_over(claim, told) if told else claim


def laid_over(claim: Claim, told: Mapping[str, Any]) -> Claim:
    """The claim with these slots; as it is where they fit no claim, as those of an older version may not."""
    body = claim.public()
    if told.get("event", claim.event) != claim.event:
        body["mode"] = None
    body |= {field: value for field, value in told.items() if field != SPAN}
    if told.get(SPAN):
        pieces = [piece for piece in body["evidence"] if piece["role"] != "event"]
        body["evidence"] = [{"role": "event", **told[SPAN]}, *pieces]
    fits = body["event"] in MODES and (body["mode"] is None or body["mode"] in MODES[body["event"]])
    try:
        return claim_of(body) if fits and body["status"] in STATUSES else claim
    except (KeyError, TypeError, ValueError):
        return claim
