"""What all answers share: problems, tags by which a program asks whether anything changed, places in a list."""

import base64
import binascii
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Path, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from trucewatch import ledger
from trucewatch.door.who import Visit

PREFIX = "/api/v1"
MONITOR = f"{PREFIX}/monitors/{{monitor}}"
MOST = 500  # rows of one page

Name = Annotated[str, Path(max_length=200, description="id, as an answer gave it")]


class Problem(BaseModel):
    """What went wrong, by RFC 9457. `detail` says what, and how it is mended."""

    type: str
    title: str
    status: int
    detail: str | None = None


class Page(BaseModel):
    """`next`: ask for this address to go on, null on the last page."""

    items: list[dict[str, Any]]
    next: str | None


def problems(*more: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer, for its description."""
    body = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    told = {401: "nobody knows who asks", 403: "not allowed", 404: "not there", 422: "asked wrongly", 503: "the ledger is busy"}
    told |= {400: "no JSON", 409: "it reads otherwise by now", 413: "too much", 415: "of another kind"}
    return {status: {"description": told[status]} | body for status in (401, 403, 404, 422, 503, *more)}


def told(request: Request, here: Visit, make: Callable[[], Any], *, day: str = "") -> Response:
    """An answer as JSON with its tag, or 304 where the program has it already. The tag is made of the state of the ledger, the
    address and what the reader may see; `day`: of today, where the answer depends on it."""
    state = f"{ledger.head(here.monitor.ledger)} {request.url.path}?{request.url.query} {sorted(here.sight.outlets)} "
    tag = f'W/"{sha256(f"{state}{sorted(here.sight.articles)} {day}".encode()).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "authorization, cookie"}
    if tag in {each.strip() for each in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    return JSONResponse(make(), headers=headers)


def place_of(cursor: str | None) -> tuple[str, int] | None:
    """The place in a list from which a page goes on. Nobody needs to know how it is written."""
    if cursor is None:
        return None
    try:
        day, number = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"==="))
        good = isinstance(day, str) and len(day) <= 10 and isinstance(number, int) and 0 <= number < 2**53
    except (ValueError, TypeError, UnicodeError, binascii.Error, RecursionError):
        good = False
    if not good:
        raise HTTPException(422, "cursor: it is no place in a list. Take it from `next` of the page before.")
    return str(day), int(number)


def cursor_of(place: tuple[str, int]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode("ascii").rstrip("=")


def onward(request: Request, cursor: str) -> str:
    """The address of the next page."""
    return str(request.url.include_query_params(cursor=cursor).replace(scheme="", netloc="")).removeprefix("//")


def _whole(request: Request) -> None:
    """A question without a value is a slip of whoever wrote the program."""
    empty = next((name for name, value in request.query_params.multi_items() if not value), None)
    if empty is not None:
        raise HTTPException(422, f"{empty[:40]}: it is empty. Give it a value, or leave it out.")


WHOLE = (Depends(_whole),)
Rows = Annotated[int, Field(ge=1, le=MOST, description="rows of a page at most")]
