"""The map: where things are told to have happened, around the lines of the agreement; the table beside it leads to the claims."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from trucewatch.door.who import Visiting, needs
from trucewatch.publish.tracker import phrases
from trucewatch.views.day import picture
from trucewatch.web.days import Asking, span
from trucewatch.web.frame import frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])
KIND = "places"  # of the report's charts


@router.get("/map")
def shown(request: Request, here: Visiting, asked: Asking) -> HTMLResponse:
    told = picture(here.monitor, asked, here.memory).report
    chart = next((chart for part in told.parts for chart in part.charts if chart.kind == KIND), None)
    return page(
        request,
        "map.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=told,
        chart=chart,
        put=phrases(frame_of(request).known, "report", "tracker"),
    )
