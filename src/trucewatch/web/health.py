"""Two questions that programs ask: does the server live, and can it answer."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from trucewatch import ledger
from trucewatch.door.house import house_of
from trucewatch.door.who import needs
from trucewatch.errors import LedgerError
from trucewatch.model.actor import ANYONE

router = APIRouter(include_in_schema=False, dependencies=[needs(ANYONE)])


@router.get("/healthz")
def alive() -> JSONResponse:
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def ready(request: Request) -> JSONResponse:
    """503 while a ledger does not answer. Neither names nor places of monitors are told."""
    try:
        for monitor in house_of(request).monitors.values():
            ledger.head(monitor.ledger)
    except LedgerError:
        return JSONResponse({"status": "a ledger does not answer"}, 503)
    return JSONResponse({"status": "ok"})
