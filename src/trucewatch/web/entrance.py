"""The way in and out: name and password, the link of an invitation, the way out."""

import re
from datetime import datetime, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from trucewatch import access
from trucewatch.access import Hasher, Refused, links
from trucewatch.door.house import house_of
from trucewatch.door.known import held, let_in, let_out
from trucewatch.door.who import needs
from trucewatch.errors import AccessError
from trucewatch.model.actor import ANYONE
from trucewatch.web.forms import Filled
from trucewatch.web.frame import page

LOGIN = "/login"
router = APIRouter(include_in_schema=False, dependencies=[needs(ANYONE)])
_INSIDE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def hasher_of(request: Request) -> Hasher:
    """By what passwords are checked; a server for one person alone has none, and no such pages."""
    found = house_of(request).hasher
    if found is None:
        raise HTTPException(404)
    return found


def inside(told: str) -> str:
    """An address on this server, else its first page: nobody is sent elsewhere by a link to us."""
    return told if _INSIDE.fullmatch(told) else "/"


@router.get(LOGIN)
def ask(request: Request, to: str = "/") -> Response:
    hasher_of(request)
    return _login(request, to, 200)


@router.post(LOGIN)
def login(request: Request, filled: Filled) -> Response:
    """A monitor that is not there is answered like a wrong password, and as slowly."""
    hasher, house, to = hasher_of(request), house_of(request), filled.get("to", "/")
    where, name, password = _where(request, filled.get("monitor", "")), filled.get("name", ""), filled.get("password", "")
    if where not in house.monitors:
        hasher.verify(password, hasher.stand_in)
        return _login(request, to, 401)
    address, now = request.client.host if request.client else "", house.clock()
    book = house.monitors[where].ledger
    came = access.login(book, name, password, hasher, address=address, at=now, before=held(request, where))
    if isinstance(came, Refused):
        return _login(request, to, 401, wait=came.until)
    return let_in(request, RedirectResponse(inside(to), 303), where, came)


@router.post("/logout")
def logout(request: Request) -> Response:
    """Ends the sessions of this browser in all monitors."""
    answer: Response = RedirectResponse(LOGIN if house_of(request).settings.entrance else "/", 303)
    for name, monitor in house_of(request).monitors.items():
        if drawn := held(request, name):
            access.logout(monitor.ledger, drawn)
            answer = let_out(request, answer, name)
    return answer


@router.get("/invited")
def invited(request: Request, key: str = "") -> Response:
    hasher_of(request)
    _, name = _invitation(request, key)
    return page(request, "invited.html.j2", name=name, key=key, told=None)


@router.post("/invited")
def accept(request: Request, filled: Filled) -> Response:
    hasher, key = hasher_of(request), filled.get("key", "")
    where, name = _invitation(request, key)
    house = house_of(request)
    try:
        book, drawn = house.monitors[where].ledger, held(request, where)
        came = links.accept(book, key, filled.get("password", ""), hasher, at=house.clock(), before=drawn)
    except AccessError as problem:
        return page(request, "invited.html.j2", status=422, name=name, key=key, told=str(problem))
    if came is None:
        raise HTTPException(404)
    return let_in(request, RedirectResponse("/", 303), where, came)


def _login(request: Request, to: str, status: int, *, wait: datetime | None = None) -> Response:
    """The page that asks; after a refusal it says that something was wrong, never what."""
    house = house_of(request)
    left = max(wait - house.clock(), timedelta(minutes=1)) if wait else None
    minutes = -(-left // timedelta(minutes=1)) if left else 0
    here = re.match(r"/m/([^/?#]+)", to)
    several = len(house.monitors) > 1
    shown = page(
        request,
        "login.html.j2",
        status=429 if left else status,
        to=inside(to),
        monitor=here.group(1) if here and several else None,
        several=several,
        failed=status != 200,
        minutes=minutes,
    )
    if left:
        shown.headers["retry-after"] = str(int(left.total_seconds()))
    return shown


def _where(request: Request, told: str) -> str:
    """The monitor that somebody wants to come into: the only one, else that which was named."""
    monitors = house_of(request).monitors
    return next(iter(monitors)) if len(monitors) == 1 else told


def _invitation(request: Request, key: str) -> tuple[str, str]:
    """The monitor and the name that a link invites to; 404 where it was used, has ended or never was."""
    house = house_of(request)
    for where, monitor in house.monitors.items():
        if name := links.invited(monitor.ledger, key, at=house.clock()):
            return where, name
    raise HTTPException(404)
