"""One claim: the article with its words marked, who says it, the rule that found it, how it read before, what others say."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from trucewatch import agreements
from trucewatch.door.who import Visiting, needs
from trucewatch.views.asking import moment_of
from trucewatch.views.card import card
from trucewatch.web.frame import frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])


@router.get("/claim/{claim}")
def claim(request: Request, here: Visiting, claim: str, known: Annotated[date | None, Query()] = None) -> HTMLResponse:
    frame = frame_of(request)
    found = card(here.monitor, claim, here.sight, here.memory, frame.known, as_of=moment_of(known))
    if found is None:
        raise HTTPException(404)
    names = agreements.namer(here.monitor.packs, frame.known.code)
    return page(request, "claim.html.j2", here, told=found, names=names)
