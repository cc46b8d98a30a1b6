"""A view of a day as a table to take along; that it was taken is an entry of the chain."""

import io

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from trucewatch import access, agreements
from trucewatch.door.who import Visiting, needs
from trucewatch.export.flat import table
from trucewatch.publish.tracker import phrases
from trucewatch.views.day import picture
from trucewatch.views.tables import TABLES, Reader
from trucewatch.web.days import Asking
from trucewatch.web.frame import attached, frame_of

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False)


@router.get("/table/{view}.csv", dependencies=[needs("viewer", "export")])
def shown(request: Request, here: Visiting, asked: Asking, view: str) -> Response:
    if view not in TABLES:
        raise HTTPException(404)
    tracker, known = picture(here.monitor, asked, here.memory).tracker, frame_of(request).known
    reader = Reader(phrases(known, "report", "tracker"), agreements.namer(here.monitor.packs, known.code), known)
    head, rows = TABLES[view]
    told = {"view": view, "day": asked.day.isoformat(), "then": asked.as_known is not None}
    access.exported(here.monitor.ledger, here.actor, "csv", asked=told, at=here.now)
    out = io.BytesIO()
    table(out, head, rows(tracker, reader))
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=attached(f"{here.name}-{view}-{asked.day}.csv"))
