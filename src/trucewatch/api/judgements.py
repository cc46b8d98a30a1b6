"""What a person's program says of claims: accepted, rejected, a slot corrected; and the last word taken back."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from trucewatch import desk, ledger
from trucewatch.api.answers import MONITOR, problems
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.errors import DeskError, LedgerError
from trucewatch.views.sight import seen

router = APIRouter(prefix=MONITOR, tags=["judgements"], dependencies=[needs("coder", "judge")], responses=problems(400, 409, 413))
Reason = Annotated[str, Field(min_length=1, max_length=2000)]
Claim = Annotated[str, Field(max_length=200)]


class Accept(BaseModel):
    model_config = ConfigDict(extra="forbid")
    claim: Claim
    verdict: Literal["accept"]


class Reject(BaseModel):
    model_config = ConfigDict(extra="forbid")
    claim: Claim
    verdict: Literal["reject"]
    reason: Reason


class Correct(BaseModel):
    """`value` in the form of the slot (schemas/claim.schema.json)."""

    model_config = ConfigDict(extra="forbid")
    claim: Claim
    verdict: Literal["correct"]
    slot: Annotated[str, Field(max_length=40)]
    value: JsonValue


class Said(BaseModel):
    """The numbers of the judgements that were written, or taken back."""

    claim: str
    judgements: list[int]


@router.post("/judgements", status_code=201)
def judge(here: Visiting, word: Annotated[Accept | Reject | Correct, Field(discriminator="verdict")]) -> Said:
    """One word on one claim as it reads now. It is saved when this is answered."""
    entry = next(iter(seen(here.sight, ledger.shown(here.monitor.ledger, [word.claim], hidden=here.sight))), None)
    if entry is None:
        raise HTTPException(404, "claim: there is none of this id, or it is given no more. Look at the list of claims.")
    book = here.monitor.ledger
    try:
        if isinstance(word, Accept):
            done = desk.accept(book, entry, **_by(here))
        elif isinstance(word, Reject):
            done = desk.reject(book, entry, word.reason, **_by(here))
        else:
            done = desk.correct(book, entry, word.slot, word.value, **_by(here))
    except (DeskError, LedgerError) as problem:
        raise HTTPException(409 if isinstance(problem, LedgerError) else 422, str(problem)) from None
    return Said(claim=done.claim, judgements=list(done.numbers))


@router.delete("/judgements/last")
def undo(here: Visiting) -> Said:
    """Takes back what whoever asks said last; again and again, as far as they said anything."""
    done = desk.undo(here.monitor.ledger, **_by(here))
    if done is None:
        raise HTTPException(404, "judgements: nothing is left that could be taken back.")
    return Said(claim=done.claim, judgements=list(done.numbers))


def _by(here: Visit) -> dict[str, Any]:
    return {"who": here.actor.name, "at": here.now}
