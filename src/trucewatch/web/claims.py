"""Search: claims by words and filters, all of them in the address; the same as a table, as lines and as a feed."""

from collections.abc import Iterator
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from trucewatch import agreements, export
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.monitor import agreement_of
from trucewatch.publish.agreement import words_of
from trucewatch.views.asking import FILTERS, Asked, moment_of, spoken_of
from trucewatch.views.rows import found, taken_out
from trucewatch.web.frame import attached, environment, frame_of, page

router = APIRouter(prefix="/m/{monitor}", include_in_schema=False)
Asking = Annotated[Asked, Query()]
FEED = 40  # claims in a feed
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
PIECE = 1 << 16


class Listed(Asked):
    """A page of a list: from which place it goes on, and as it was known on which day."""

    after: str | None = None
    known: date | None = None


@router.get("/claims", dependencies=[needs("viewer")])
def claims(request: Request, here: Visiting, asked: Annotated[Listed, Query()]) -> HTMLResponse:
    known = frame_of(request).known
    shown = found(here.monitor, asked, here.sight, here.memory, known, after=_place(asked.after), as_of=moment_of(asked.known))
    more = f"{shown.after[0]}~{shown.after[1]}" if shown.after else None
    return page(
        request,
        "claims.html.j2",
        here,
        found=shown,
        asked=asked,
        more=more,
        names=agreements.namer(here.monitor.packs, known.code),
        provisions=_provisions(here, known.code, request),
        chosen=[(name, key) for name, key in FILTERS.items() if getattr(asked, name) is not None],
        filters=urlencode({key: value for name, key in FILTERS.items() if (value := getattr(asked, name)) is not None}),
    )


@router.get("/claims.{form}", dependencies=[needs("viewer", "export")])
def exported(here: Visiting, form: str, asked: Asking) -> Response:
    """All that is asked for, row by row: it is never in memory as a whole. That it was taken out is an entry of the chain."""
    if form not in FORMS:
        raise HTTPException(404)
    rows = taken_out(here.monitor, asked, here.sight, here.memory, here.actor, form, at=here.now)
    return StreamingResponse(_written(here, form, rows), media_type=FORMS[form], headers=attached(f"{here.name}.{form}"))


@router.get("/feed.atom", dependencies=[needs("viewer", "read")])
def feed(request: Request, here: Visiting, asked: Asking) -> Response:
    """The newest claims of what is asked for, for a reader of feeds."""
    known = frame_of(request).known
    shown = found(here.monitor, asked, here.sight, here.memory, known, limit=FEED)
    base = str(request.base_url).rstrip("/")
    text = (
        environment(known.code)
        .get_template("feed.atom.j2")
        .render(found=shown, here=here, base=base, request=request, known=known)
    )
    return Response(text, media_type="application/atom+xml; charset=utf-8")


def _place(told: str | None) -> tuple[str, int] | None:
    """The place from which a page goes on."""
    day, _, number = (told or "").partition("~")
    if told and not (number.isdecimal() and len(number) < 19 and len(day) <= 10):
        raise HTTPException(422, "after: it is no place in a list. Go back to the first page.")
    return (day, int(number)) if told else None


def _provisions(here: Visit, language: str, request: Request) -> dict[str, str]:
    """What `about` can name, in words."""
    agreement, known = agreement_of(here.monitor), frame_of(request).known
    if agreement is None:
        return {}
    names = agreements.namer(here.monitor.packs, language)
    words = {row.id: words_of(row.words, known) for row in agreement.provisions}
    return {each: words.get(each) or names(each) for each in spoken_of(agreement)}


def _written(here: Visit, form: str, rows: Iterator[export.Row]) -> Iterator[bytes]:
    """What the writer of the format writes, in pieces. It may find no room for something, which it counts; a table has room."""
    from collections import Counter

    with SpooledTemporaryFile(max_size=4 * PIECE) as out:
        export.WRITERS[form](rows, out, export.known(here.monitor.packs, dataset=here.name), Counter())  # type: ignore[arg-type]
        out.seek(0)
        while piece := out.read(PIECE):
            yield piece
