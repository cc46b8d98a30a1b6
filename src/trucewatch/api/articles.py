"""Articles: one as it is kept, and new ones to be read: a text, a page, or the address of a page."""

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from trucewatch import flow, ledger
from trucewatch.api.answers import MONITOR, Name, problems, told
from trucewatch.door.house import house_of
from trucewatch.door.who import Visiting, needs
from trucewatch.publish.agreement import as_data
from trucewatch.views.sight import seen_article

router = APIRouter(prefix=MONITOR, tags=["articles"])
Line = Annotated[str, Field(max_length=2000)]


class Submitted(BaseModel):
    """One of `text`, `html` and `fetch`. `url`, `outlet`, `published`: what is known of a text; a page tells them itself."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str | None, Field(min_length=1, max_length=400_000)] = None
    html: Annotated[str | None, Field(min_length=1, max_length=2_000_000)] = None
    fetch: Annotated[str | None, Field(pattern="^https?://", max_length=2000, description="a page that the server reads")] = None
    url: Annotated[str | None, Field(pattern="^https?://", max_length=2000)] = None
    outlet: Line | None = None
    published: date | None = None
    language: Annotated[str | None, Field(pattern="^[a-z]{2,3}$")] = None

    @model_validator(mode="after")
    def _one(self) -> "Submitted":
        if sum(each is not None for each in (self.text, self.html, self.fetch)) != 1:
            raise ValueError("give one of text, html and fetch")
        return self


class Read(BaseModel):
    """What came of an article: its id, its claims as they read now, and how many are new, read otherwise, or are given no more.
    `repeat_of`: the article of which it is a copy."""

    article: str
    claims: list[str]
    new: int
    changed: int
    withdrawn: int
    repeat_of: str | None


class Kept(BaseModel):
    """`problems`: what could not be read, and why."""

    articles: list[Read]
    problems: list[str]


@router.get("/articles/{article:path}", dependencies=[needs("viewer", "read")], responses=problems())
def article(request: Request, here: Visiting, article: Name) -> Response:
    """An article as it is kept: its text, into which the places of claims point, and how its day was found."""
    found = seen_article(here.sight, ledger.article(here.monitor.ledger, article))
    if found is None:
        raise HTTPException(404, "article: there is none of this id. Take it from a claim.")
    return told(request, here, lambda: as_data(found))


@router.post(
    "/articles", dependencies=[needs("coder", "submit")], responses=problems(400, 413), response_model=Kept, status_code=201
)
def submit(request: Request, here: Visiting, sent: Submitted) -> Response:
    """Reads and codes an article and keeps it with its claims. Sent again, it changes nothing: 200 instead of 201."""
    bad: list[str] = []
    source, stdin = _source(sent)
    read = flow.read_into(
        here.monitor,
        [source],
        actor=here.actor.name,
        clock=house_of(request).clock,
        on_problem=lambda problem: bad.append(str(problem)),
        language=sent.language,
        stdin=stdin,
        gate=False,
    )
    kept = list(_kept(here, read))
    if not kept:
        raise HTTPException(422, "; ".join(bad)[:1000] or "no article was found in it. Look at what was sent.")
    fresh = any(each.new or each.changed or each.withdrawn for each in kept)
    made = Kept(articles=kept, problems=bad)
    return JSONResponse(made.model_dump(), 201 if fresh else 200)


def _source(sent: Submitted) -> tuple[str, io.BytesIO | None]:
    if sent.fetch is not None:
        return sent.fetch, None
    if sent.html is not None:
        return "-", io.BytesIO(sent.html.encode("utf-8", "replace"))
    told = sent.model_dump(mode="json", include={"text", "url", "outlet", "published", "language"}, exclude_none=True)
    return "-", io.BytesIO(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _kept(here: Visiting, read: Iterator[Any]) -> Iterator[Read]:
    for coded, added in read:
        yield Read(
            article=coded.article.id,
            claims=[each.id for each in coded.claims],
            new=added.new,
            changed=added.replaced,
            withdrawn=added.withdrawn,
            repeat_of=added.repeat_of,
        )
