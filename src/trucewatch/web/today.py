"""Today's picture: what moved, figures with bands, violations told against each side, diary, deadlines, contradictions."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from trucewatch.door.who import Visiting, needs
from trucewatch.publish.tracker import of_text, phrases
from trucewatch.report import Item
from trucewatch.report.drawn import order
from trucewatch.views.day import picture
from trucewatch.web.days import Asking, span
from trucewatch.web.frame import frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])
LEADING = ("moved", "headlines", "violations", "statements", "meetings", "deadlines", "disputes", "findings", "taken_back")


@router.get("/today")
def today(request: Request, here: Visiting, asked: Asking) -> HTMLResponse:
    shown = picture(here.monitor, asked, here.memory)
    parts = {part.id: part for part in shown.report.parts}
    return page(
        request,
        "today.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=shown.report,
        parts=[parts[each] for each in LEADING if each in parts],
        put=phrases(frame_of(request).known, "report", "tracker"),
    )


@router.get("/figures")
def figures(request: Request, here: Visiting, asked: Asking) -> HTMLResponse:
    """Every figure that is counted since the agreement came into force, by what is counted."""
    shown = picture(here.monitor, asked, here.memory)
    part = next(part for part in shown.report.parts if part.id == "headlines")
    known = frame_of(request).known
    put = phrases(known, "report", "tracker")
    spreads, charts = sorted(shown.tracker.spreads, key=order), {chart.title: chart for chart in part.charts}
    kinds: dict[str, list[Item]] = {}
    for spread, item in zip(spreads, part.items, strict=False):  # a very long part is cut
        kinds.setdefault(spread.of, []).append(item)
    return page(
        request,
        "figures.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=shown.report,
        part=part,
        rows=[(of, of_text(of, known, put), charts.get(of_text(of, known, put)), items) for of, items in kinds.items()],
        put=put,
    )
