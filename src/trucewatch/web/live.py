"""News while a page is open: whenever the ledger has learnt something, the page is told so; it is loaded anew by its reader."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from trucewatch import ledger
from trucewatch.door.house import house_of
from trucewatch.door.who import Visiting, needs
from trucewatch.web.frame import environment, frame_of

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])
LONGEST = 3600.0  # seconds; the browser comes again, and is asked again who it is


@router.get("/live", response_class=EventSourceResponse)
async def live(request: Request, here: Visiting) -> AsyncIterator[ServerSentEvent]:
    """A message for each change of the ledger's head; the first one that is seen stands for what the page shows already."""
    house = house_of(request)
    beat, shown = house.settings.beat, environment(frame_of(request).known.code).get_template("live.html.j2")
    known, waited = await run_in_threadpool(ledger.head, here.monitor.ledger), 0.0
    while waited < LONGEST and not house.ending.is_set() and not await request.is_disconnected():
        await asyncio.sleep(beat)
        waited += beat
        head = await run_in_threadpool(ledger.head, here.monitor.ledger)
        if head != known:
            known = head
            yield ServerSentEvent(raw_data=shown.render(entries=head[0] if head else 0), id=str(head[0] if head else 0))
