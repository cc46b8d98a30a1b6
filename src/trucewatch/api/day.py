"""A day of the agreement: the tracker, what changed between two days, figures, findings; the agreement and who printed what."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from trucewatch import ledger, track
from trucewatch.api.answers import MONITOR, WHOLE, problems, told
from trucewatch.door.house import house_of
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.flow import tracker_of
from trucewatch.model.tracker import Tracker
from trucewatch.monitor import agreement_of
from trucewatch.publish.agreement import as_data
from trucewatch.views.asking import Day as Told
from trucewatch.views.asking import Set, moment_of
from trucewatch.views.day import day_of
from trucewatch.views.memory import remembered
from trucewatch.views.sources import sources

router = APIRouter(prefix=MONITOR, tags=["day"], responses=problems(), dependencies=[needs("viewer", "read"), *WHOLE])


class Chosen(BaseModel):
    """`then`: by what the ledger held at the end of the day."""

    model_config = ConfigDict(frozen=True)
    day: Told = None
    then: bool = False


class Between(BaseModel):
    """The two days that are compared."""

    model_config = ConfigDict(frozen=True)
    since: Set
    day: Told = None


def watching(here: Visiting) -> Visit:
    """The visit of a monitor that watches an agreement."""
    if here.monitor.agreement is None:
        raise HTTPException(404, "agreement: this monitor watches none. Name one in its settings.")
    return here


Here = Annotated[Visit, Depends(watching)]
Asking = Annotated[Chosen, Query()]


@router.get("/tracker")
def tracker(request: Request, here: Here, asked: Asking) -> Response:
    """Where the agreement stands on a day (schemas/tracker.schema.json)."""
    return told(request, here, lambda: as_data(_tracker(here, asked.day, asked.then)), day=_today(here))


@router.get("/tracker/changes")
def changes(request: Request, here: Here, asked: Annotated[Between, Query()]) -> Response:
    """What moved from one day to another, each with the rule and the claims."""
    day = asked.day or here.now.date()
    if asked.since >= day:
        raise HTTPException(422, "since: it is not before the other day. Give an earlier one.")

    def make() -> Any:
        return [as_data(each) for each in track.diff(_tracker(here, asked.since, False), _tracker(here, day, False))]

    return told(request, here, make, day=_today(here))


@router.get("/figures")
def figures(request: Request, here: Here, asked: Asking) -> Response:
    """What each source counts, by day, and the least and the greatest value of all sources; nothing is added over sources."""

    def make() -> Any:
        found = _tracker(here, asked.day, asked.then)
        return {"day": found.as_of, "series": as_data(found.series), "spreads": as_data(found.spreads)}

    return told(request, here, make, day=_today(here))


@router.get("/findings")
def findings(request: Request, here: Here, asked: Asking) -> Response:
    """What does not fit together in claims and texts: remarks for a reader, no corrections."""

    def make() -> Any:
        found = _tracker(here, asked.day, asked.then)
        return {"day": found.as_of, "items": as_data(found.findings)}

    return told(request, here, make, day=_today(here))


@router.get("/agreement")
def agreement(request: Request, here: Here) -> Response:
    """The agreement's file as it is read."""
    return told(request, here, lambda: as_data(agreement_of(here.monitor)))


@router.get("/outlets")
def outlets(request: Request, here: Visiting, asked: Asking) -> Response:
    """Who printed what until a day, and how long they have been silent."""
    day = day_of(
        asked.day,
        None,
        house_of(request).settings.language,
        now=here.now,
        sight=here.sight,
        as_known=moment_of(asked.day or here.now.date()) if asked.then else None,
    )
    return told(request, here, lambda: as_data(sources(here.monitor, day, here.memory)), day=_today(here))


def _tracker(here: Visit, day: date | None, then: bool) -> Tracker:
    day = day or here.now.date()
    as_known = moment_of(day) if then else None
    key = ("tracker", str(here.monitor.folder), day, as_known, here.sight)
    state = (ledger.head(here.monitor.ledger), agreement_of(here.monitor))

    def make() -> Tracker:
        return tracker_of(here.monitor, day, as_known=as_known, hidden=here.sight)

    return remembered(here.memory, key, state, make, patient=False)


def _today(here: Visit) -> str:
    return here.now.date().isoformat()
