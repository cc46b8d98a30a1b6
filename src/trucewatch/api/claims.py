"""Claims: by filters page by page, all of them as lines, and one with its history."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from trucewatch import export, flow, ledger
from trucewatch.api.answers import MONITOR, WHOLE, Name, Page, Rows, cursor_of, onward, place_of, problems, told
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.ledger import Entry
from trucewatch.publish.agreement import as_data
from trucewatch.views.asking import Asked, Day, moment_of, query_of
from trucewatch.views.day import catch_up
from trucewatch.views.rows import taken_out
from trucewatch.views.sight import seen, sees

router = APIRouter(prefix=MONITOR, tags=["claims"], responses=problems(), dependencies=[*WHOLE])


class Lines(StreamingResponse):
    """An object a line, sent as they are read."""

    media_type = "application/jsonl"


class Listed(Asked):
    """A page of claims. `known`: as the ledger knew it at the end of that day."""

    known: Day = None
    limit: Rows = 100
    cursor: Annotated[str | None, Field(max_length=120, description="from `next` of the page before")] = None


@router.get("/claims", dependencies=[needs("viewer", "read")], response_model=Page)
def claims(request: Request, here: Visiting, asked: Annotated[Listed, Query()]) -> Response:
    """Claims, the latest day first; with `q`, the newest in the ledger first. Claims that come in meanwhile move no page."""
    after, as_of = place_of(asked.cursor), moment_of(asked.known)

    def make() -> dict[str, Any]:
        if asked.about is not None:
            catch_up(here.monitor, here.memory)
        query = query_of(asked, here.sight, limit=asked.limit + 1, after=after)
        entries = ledger.claims(here.monitor.ledger, query, as_of=as_of)
        more = onward(request, cursor_of(entries[asked.limit - 1].place)) if len(entries) > asked.limit else None
        return {"items": [row(each) for each in entries[: asked.limit]], "next": more}

    return told(request, here, make)


@router.get("/claims.jsonl", dependencies=[needs("viewer", "export")], response_class=Lines)
def lines(here: Visiting, asked: Annotated[Asked, Query()]) -> Response:
    """All claims that are asked for, a JSON object a line, in the form of `trucewatch export`. An entry of the chain says so."""
    rows = taken_out(here.monitor, asked, here.sight, here.memory, here.actor, "api", at=here.now)
    written: Iterator[str] = export.jsonl_lines(rows)
    return Lines(written)


@router.get("/claims/{claim}", dependencies=[needs("viewer", "read")])
def claim(request: Request, here: Visiting, claim: Name) -> Response:
    """One claim: how it reads now or read last, all its readings, the oldest first, and what people judged of it."""
    spells = _spells(here, claim)

    def make() -> dict[str, Any]:
        judged = ledger.judgements_of(here.monitor.ledger, [claim])
        return row(spells[-1]) | {"readings": [spell(each) for each in spells], "judgements": [as_data(each) for each in judged]}

    return told(request, here, make)


@router.get("/claims/{claim}/happening", dependencies=[needs("viewer", "read")])
def happening(request: Request, here: Visiting, claim: Name) -> Response:
    """What the claim tells of, with the claims that tell the same: origins, relations and their reasons; null where it is not
    linked yet. Claims that are kept from the reader are left out."""
    _spells(here, claim)

    def make() -> Any:
        catch_up(here.monitor, here.memory)
        found = flow.happening_of(here.monitor.ledger, claim)
        if found is None:
            return None
        entries = seen(here.sight, ledger.shown(here.monitor.ledger, found.claims, hidden=here.sight))
        visible = {each.body["id"] for each in entries}
        made = as_data(found)
        made["articles"] = sorted({each.body["article"] for each in entries})
        made["links"] = [each for each in made["links"] if {each["one"], each["other"]} <= visible]
        made["origins"] = [
            each | {"claims": [name for name in each["claims"] if name in visible]}
            for each in made["origins"]
            if each["first"] in visible
        ]
        return made | {"claims": [row(each) for each in entries]}

    return told(request, here, make)


def _spells(here: Visit, claim: str) -> tuple[Entry, ...]:
    spells = ledger.history(here.monitor.ledger, claim)
    if not spells or not sees(here.sight, spells[-1].body["article"], spells[-1].outlet):
        raise HTTPException(404, "claim: there is none of this id. Look at the list of claims.")
    return spells


def row(entry: Entry) -> dict[str, Any]:
    """A claim in its public form (schemas/claim.schema.json), with the outlet and language of its article."""
    told = {"outlet": entry.outlet, "language": entry.language, "redacted": entry.redacted is not None}
    return {**entry.body, **told, "withdrawn": entry.ended == "withdrawn"}


def spell(entry: Entry) -> dict[str, Any]:
    """A reading with the time during which it held."""
    return {
        "reading": entry.body["reading"],
        "since": entry.since.isoformat(),
        "until": entry.until.isoformat() if entry.until else None,
        "ended": entry.ended,
        "claim": dict(entry.body),
    }
