"""The timeline: what happened when, in one order of days, by kinds."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from trucewatch import agreements
from trucewatch.door.who import Visiting, needs
from trucewatch.publish.tracker import phrases
from trucewatch.views import timeline as view
from trucewatch.views.day import picture
from trucewatch.web.days import Asking, span
from trucewatch.web.frame import frame_of, page
from trucewatch.web.places import KIND as MAP

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])
MOST = 400  # lines of one page


@router.get("/timeline")
def timeline(request: Request, here: Visiting, asked: Asking, kind: Annotated[str | None, Query()] = None) -> HTMLResponse:
    shown, known = picture(here.monitor, asked, here.memory), frame_of(request).known
    put, names = phrases(known, "report", "tracker"), agreements.namer(here.monitor.packs, known.code)
    events = view.timeline(shown.tracker, put, names, known)
    kinds = {each: sum(event.kind == each for event in events) for each in view.KINDS}
    chosen = [event for event in events if kind in (None, "", event.kind)]
    return page(
        request,
        "timeline.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=shown.report,
        days=[(day, list(group)) for day, group in groupby(chosen[:MOST], key=lambda event: event.day)],
        left=max(0, len(chosen) - MOST),
        kinds=kinds,
        kind=kind,
        charts=[chart for part in shown.report.parts if part.id == "times" for chart in part.charts if chart.kind != MAP],
        put=put,
    )
