"""Which day a page shows: the questions `day`, `since` and `then`, the same on every page that shows the agreement."""

from datetime import date
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict

from trucewatch import ledger
from trucewatch.door.who import Visit, Visiting
from trucewatch.views.asking import Day as Told
from trucewatch.views.asking import moment_of
from trucewatch.views.day import Day, day_of
from trucewatch.web.frame import frame_of


class Chosen(BaseModel):
    """`since`: the day with which `day` is compared; `then`: by what the ledger held at the end of that day, and not by what it
    holds now of what was printed until then."""

    model_config = ConfigDict(frozen=True)
    day: Told = None
    since: Told = None
    then: bool = False


def asked(request: Request, here: Visiting, chosen: Annotated[Chosen, Query()]) -> Day:
    """The day that a route shows."""
    if here.monitor.agreement is None:
        raise HTTPException(404, "agreement: this monitor watches none. Write agreement = FILE in its trucewatch.toml.")
    day = chosen.day or here.now.date()
    as_known = moment_of(day) if chosen.then else None
    return day_of(day, chosen.since, frame_of(request).known.code, now=here.now, sight=here.sight, as_known=as_known)


Asking = Annotated[Day, Depends(asked)]


def span(here: Visit, day: date) -> tuple[str, str]:
    """From when until when a day can be chosen by sliding: what was printed, today and the day itself lie within."""
    told = ledger.days(here.monitor.ledger) or (here.now.date().isoformat(),) * 2
    days = (*told, here.now.date().isoformat(), day.isoformat())
    return min(days), max(days)
