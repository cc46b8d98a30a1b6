"""The review desk: the queue is home; article and claim side by side; the card of the next claim is fetched ahead."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from trucewatch import agreements, desk, ledger
from trucewatch.desk.agenda import by_id
from trucewatch.desk.card import card, left_behind
from trucewatch.desk.queue import Waiting
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.model import EVENTS, STATUSES
from trucewatch.model.actor import reaches
from trucewatch.views.asking import FILTERS, Asked, query_of
from trucewatch.views.memory import remembered
from trucewatch.views.rows import directions_of, rows_of
from trucewatch.web.frame import N_, frame_of, page

router = APIRouter(prefix="/m/{monitor}/desk", include_in_schema=False)
WEEK = timedelta(days=7)  # how far back provisions may have moved
REASONS = (
    N_("The text does not say this"),
    N_("Somebody else says it"),
    N_("It tells of no deed of anybody"),
    N_("It is about something else"),
    N_("It stands there twice"),
)


def settles(here: Visit) -> bool:
    """Whether somebody may have the last word where two differ, give work to others and decide on many at once."""
    return reaches(here.actor, here.name, "reviewer")


def waiting(here: Visit) -> Waiting:
    """The queue of whoever asks. What costs time is made once for a day and a state of the readings."""
    day = here.now.date()
    key, state = ("agenda", str(here.monitor.folder), day, here.sight), ledger.newest(here.monitor.ledger)
    items = remembered(here.memory, key, state, lambda: desk.agenda(here.monitor, day, day - WEEK, hidden=here.sight))
    return desk.queue(here.monitor.ledger, items, here.actor.name, adjudicates=settles(here), hidden=here.sight)


@router.get("", dependencies=[needs("coder")])
def home(request: Request, here: Visiting, claim: Annotated[str | None, Query()] = None) -> HTMLResponse:
    """The queue; `claim` is put before all others."""
    found = waiting(here)
    items = [desk.Item(claim, "unread", ""), *(each for each in found.items if each.claim != claim)] if claim else found.items
    return page(
        request,
        "desk.html.j2",
        here,
        items=[(each.claim, each.kind, each.why) for each in items],
        counts=found.counts,
        kinds=desk.KINDS,
        reasons=REASONS,
        events=EVENTS,
        statuses=STATUSES,
        settles=settles(here),
        users=_users(here),
    )


@router.get("/card/{claim}", dependencies=[needs("coder")])
def one(request: Request, here: Visiting, claim: str, blind: bool = False, lost: int | None = None) -> HTMLResponse:
    """The card of a claim with its article, without the page around it; `lost`: of a judgement that waits for review."""
    known, book = frame_of(request).known, here.monitor.ledger
    names = agreements.namer(here.monitor.packs, known.code)
    if lost is not None:
        gone = left_behind(book, claim, lost, hidden=here.sight)
        if gone is None:
            raise HTTPException(404)
        direction = directions_of(here.monitor, {gone.entry.language})[gone.entry.language]
        return page(request, "desk_lost.html.j2", here, told=gone, direction=direction)
    coder = here.actor.name if blind else None
    found = card(book, claim, known, names, blind=coder, settles=settles(here), hidden=here.sight)
    if found is None:
        raise HTTPException(404)
    direction = directions_of(here.monitor, {found.article.language})[found.article.language]
    (row,) = rows_of(here.monitor, [found.entry], known, here.sight)
    return page(request, "desk_card.html.j2", here, told=found, row=row, blind=blind, direction=direction, names=names)


@router.get("/quality", dependencies=[needs("coder")])
def quality(request: Request, here: Visiting) -> HTMLResponse:
    """How far those who coded the same claims agree, slot by slot; which rules are wrong most often."""
    key = ("quality", str(here.monitor.folder), here.sight)
    found, rules = remembered(here.memory, key, ledger.head(here.monitor.ledger), lambda: _quality(here), patient=False)
    return page(request, "desk_quality.html.j2", here, found=found, rules=rules)


@router.get("/many", dependencies=[needs("reviewer")])
def many(request: Request, here: Visiting, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """How many claims one decision would be about, and which, before it is taken."""
    known = frame_of(request).known
    chosen = [(name, key, getattr(asked, name)) for name, key in FILTERS.items() if getattr(asked, name) is not None]
    found = desk.preview(here.monitor.ledger, query_of(asked, here.sight, limit=desk.AT_ONCE + 1)) if chosen else desk.Many(())
    entries = by_id(ledger.shown(here.monitor.ledger, [claim for claim, _ in found.claims[:20]], hidden=here.sight))
    rows = rows_of(here.monitor, [entries[claim] for claim, _ in found.claims[:20] if claim in entries], known, here.sight)
    return page(request, "desk_many.html.j2", here, rows=rows, count=len(found.claims), chosen=chosen, most=desk.AT_ONCE)


def _quality(here: Visit) -> tuple[dict[str, desk.Alpha], tuple[desk.RuleTally, ...]]:
    book = here.monitor.ledger
    said = ledger.judgements_of(book)
    entries = by_id(ledger.shown(book, {each.claim for each in said}, hidden=here.sight))
    mine = [each for each in said if each.claim in entries]
    return desk.reliabilities(entries, mine), desk.worst(entries, mine)[:100]


def _users(here: Visit) -> list[str]:
    """To whom work can be given: those who decided something, and whoever asks."""
    said = ledger.judgements_of(here.monitor.ledger, fields=(ledger.VERDICT, ledger.CODING))
    return sorted({here.actor.name, *(each.who for each in said)})[:30]
