"""Today's picture: what moved, figures with bands, violations told against each side, diary, deadlines, contradictions."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from trucewatch.door.who import Visiting, needs
from trucewatch.publish.tracker import phrases
from trucewatch.views.day import day_of, picture
from trucewatch.web.frame import frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])
LEADING = ("headlines", "moved", "violations", "meetings", "deadlines", "disputes", "findings", "taken_back")


@router.get("/today")
def today(
    request: Request, here: Visiting, day: Annotated[date | None, Query()] = None, since: Annotated[date | None, Query()] = None
) -> HTMLResponse:
    known = frame_of(request).known
    asked = day_of(day, since, known.code, now=here.now, sight=here.sight)
    shown = picture(here.monitor, asked, here.memory)
    parts = {part.id: part for part in shown.report.parts}
    return page(
        request,
        "today.html.j2",
        here,
        asked=asked,
        told=shown.report,
        parts=[parts[each] for each in LEADING],
        put=phrases(known, "report", "tracker"),
    )
