"""Decisions of the review desk. The answer "saved" is given when the judgement is in the ledger, and not before."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from trucewatch import desk, ledger
from trucewatch.desk.card import card
from trucewatch.desk.decide import Done, let_go
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.errors import DeskError, LedgerError
from trucewatch.ledger import ACCEPT, CODING, REJECT, SPAN, VERDICT, Entry
from trucewatch.publish.labels import FALLBACK, labels
from trucewatch.views.asking import Asked, query_of
from trucewatch.views.sight import seen_article
from trucewatch.web.desk import settles
from trucewatch.web.forms import Filled

router = APIRouter(prefix="/m/{monitor}/desk", include_in_schema=False)
Do = Literal["accept", "reject", "correct", "span", "tell", "merge", "separate", "grade", "assign", "settle", "let-go", "undo"]
Short = Annotated[str, Field(max_length=400)]


class Told(BaseModel):
    """What a key of the desk sends. `reading`: the one that was looked at; `blind`: it is a second coding; `start` and `end`:
    words of the article, in code points."""

    model_config = ConfigDict(extra="forbid")
    do: Do
    claim: Short = ""
    reading: Short = ""
    blind: bool = False
    reason: Short = ""
    slot: Short = ""
    value: Any = None
    start: int = 0
    end: int = 0
    other: Short = ""
    number: int = 0


@router.post("/decide", dependencies=[needs("coder")])
def decide(here: Visiting, told: Told) -> JSONResponse:
    """What was saved, or why it was not (409)."""
    book = here.monitor.ledger
    try:
        return JSONResponse({"saved": True, **_done(here, told)})
    except (DeskError, LedgerError) as problem:
        return JSONResponse({"saved": False, "detail": str(problem).removeprefix(f"{book.place}: ")}, 409)


@router.post("/many", dependencies=[needs("reviewer")])
def many(here: Visiting, asked: Annotated[Asked, Query()], form: Filled) -> Response:
    """Accepts what was shown before, if it is still that many."""
    query = query_of(asked, here.sight, limit=desk.AT_ONCE + 1)
    count = int(form.get("count", "0")) if form.get("count", "0").isdigit() else 0
    try:
        desk.accept_all(here.monitor.ledger, query, count=count, who=here.actor.name, at=here.now)
    except DeskError as problem:
        raise HTTPException(409, str(problem)) from None
    return RedirectResponse(f"/m/{here.name}/desk", 303)


def _done(here: Visit, told: Told) -> dict[str, Any]:
    book, who, at = here.monitor.ledger, here.actor.name, here.now
    if told.do == "undo":
        undone = desk.undo(book, who=who, at=at)
        return {"claim": undone.claim, "kind": "second" if undone.blind else "unread"} if undone else {"claim": None}
    if told.do == "let-go":
        _may(told.claim not in ledger.claims_behind(book, here.sight))
        let_go(book, told.number, who=who, at=at)
        return {"claim": told.claim}
    entry = _entry(here, told)
    if told.blind:
        desk.code(book, entry, _coding(told, entry), who=who, at=at)
        return {"claim": told.claim}
    if told.do == "tell":
        article = seen_article(here.sight, ledger.article(book, entry.body["article"]))
        _may(article is not None)
        assert article is not None
        _, made = desk.tell(book, article, (told.start, told.end), str(told.value), "occurred", who=who, at=at)
        return {"claim": made.id, "kind": "unread"}
    return {"claim": _decided(here, told, entry).claim}


def _decided(here: Visit, told: Told, entry: Entry) -> Done:
    book, who, at = here.monitor.ledger, here.actor.name, here.now
    if told.do in ("assign", "settle"):
        _may(settles(here))
    match told.do:
        case "accept":
            return desk.accept(book, entry, who=who, at=at)
        case "reject":
            return desk.reject(book, entry, told.reason, who=who, at=at)
        case "correct":
            return desk.correct(book, entry, told.slot, told.value, who=who, at=at)
        case "span":
            return desk.correct(book, entry, SPAN, _words(here, told, entry), who=who, at=at)
        case "grade":
            return desk.judge(book, entry, "grade", told.value, "graded at the desk", who=who, at=at)
        case "assign":
            return desk.assign(book, entry, told.other or None, who=who, at=at)
        case "settle":
            return _settled(here, told)
        case _:
            _may(bool(ledger.shown(book, [told.other], hidden=here.sight)))
            return desk.merge(book, entry, told.other, told.do, who=who, at=at)


def _settled(here: Visit, told: Told) -> Done:
    book, who = here.monitor.ledger, here.actor.name
    found = card(book, told.claim, labels(FALLBACK), str, settles=True, hidden=here.sight)
    if found is None or found.conflict is None:
        raise DeskError(f"{told.claim}: nobody differs on it any more. Look at the claim again.")
    made = desk.settle(book, found.conflict, told.slot, told.value, who=who, at=here.now)
    return Done(told.claim, tuple(each.n for each in made))


def _coding(told: Told, entry: Entry) -> dict[str, Any]:
    match told.do:
        case "accept":
            return {VERDICT: ACCEPT}
        case "reject":
            return {VERDICT: REJECT}
        case "correct" if told.slot not in (VERDICT, CODING):
            return {told.slot: told.value}
        case _:
            raise DeskError(
                f"{entry.body['id']}: in second coding a claim is accepted, rejected or corrected. Choose one of them."
            )


def _words(here: Visit, told: Told, entry: Entry) -> dict[str, Any]:
    article = ledger.article(here.monitor.ledger, entry.body["article"])
    return {"start": told.start, "end": told.end, "quote": article.text[told.start : told.end] if article else ""}


def _entry(here: Visit, told: Told) -> Entry:
    """The claim as whoever decides saw it."""
    found = ledger.shown(here.monitor.ledger, [told.claim], hidden=here.sight)
    _may(bool(found))
    if found[0].body["reading"] != told.reading:
        raise DeskError(f"{told.claim}: it reads otherwise since you looked. Look at it again.")
    return found[0]


def _may(fine: bool) -> None:
    if not fine:
        raise HTTPException(404)
