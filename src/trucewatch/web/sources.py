"""The sources: what each outlet and each voice tells, who repeats whom, who is silent, what nobody could see."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from trucewatch.door.who import Visiting, needs
from trucewatch.publish.tracker import phrases
from trucewatch.views.day import picture
from trucewatch.views.sources import SILENT, sources
from trucewatch.web.days import Asking, span
from trucewatch.web.frame import frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])


@router.get("/sources")
def shown(request: Request, here: Visiting, asked: Asking) -> HTMLResponse:
    told = picture(here.monitor, asked, here.memory).report
    parts = {part.id: part for part in told.parts}
    return page(
        request,
        "sources.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=told,
        sources=sources(here.monitor, asked, here.memory),
        silent=SILENT,
        repeated=parts["again"],
        unseen=parts["unseen"],
        put=phrases(frame_of(request).known, "report", "tracker"),
    )
