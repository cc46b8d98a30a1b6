"""The tracker: every provision with its state, and one provision with its history and all its evidence."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from trucewatch import agreements
from trucewatch.door.who import Visiting, needs
from trucewatch.publish.agreement import day_text, words_of
from trucewatch.publish.tracker import phrases, rule_text, slip_text, source_text, state_text, term_text
from trucewatch.views.asking import spoken_of
from trucewatch.views.day import picture
from trucewatch.web.days import Asking, span
from trucewatch.web.frame import frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False, dependencies=[needs("viewer")])
BESIDE = ("milestones", "bodies", "votes", "positions", "countings")


@router.get("/tracker")
def tracker(request: Request, here: Visiting, asked: Asking) -> HTMLResponse:
    shown, known = picture(here.monitor, asked, here.memory), frame_of(request).known
    put, names = phrases(known, "report", "tracker"), agreements.namer(here.monitor.packs, known.code)
    parts = {part.id: part for part in shown.report.parts}
    rows = [
        (row, words_of(row.words, known), put("comma").join(map(names, row.obligors)), state_text(row, put))
        for row in shown.tracker.provisions
    ]
    return page(
        request,
        "tracker.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=shown.report,
        title=words_of(shown.tracker.names, known),
        rows=rows,
        charts=parts["provisions"].charts,
        parts=[parts[each] for each in BESIDE if parts[each].items],
        put=put,
    )


@router.get("/tracker/{provision}")
def provision(request: Request, here: Visiting, asked: Asking, provision: str) -> Response:
    """A body or a vote has no page of its own: the claims that speak of it are shown."""
    shown, known = picture(here.monitor, asked, here.memory), frame_of(request).known
    state = next((row for row in shown.tracker.provisions if row.provision == provision), None)
    if state is None:
        if provision not in spoken_of(shown.agreement):
            raise HTTPException(404)
        return RedirectResponse(f"/m/{here.name}/claims?about={provision}", 303)
    put, names = phrases(known, "report", "tracker"), agreements.namer(here.monitor.packs, known.code)
    return page(
        request,
        "provision.html.j2",
        here,
        asked=asked,
        span=span(here, asked.day),
        told=shown.report,
        row=next(row for row in shown.agreement.provisions if row.id == provision),
        state=state,
        term=next((row for row in shown.tracker.deadlines if row.provision == provision), None),
        slip=next((row for row in shown.tracker.slippage if row.provision == provision), None),
        put=put,
        names=names,
        rule=lambda told: rule_text(told, put, names),
        source=lambda told: source_text(told, names),
        words=lambda told: words_of(told, known),
        tell={"state": state_text, "term": term_text, "slip": slip_text, "day": day_text},
    )
