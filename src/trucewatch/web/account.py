"""One's own account in a monitor: another password, tokens for one's programs."""

from datetime import timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from trucewatch import access
from trucewatch.access import Entered, tokens, users
from trucewatch.door.house import house_of
from trucewatch.door.known import let_in
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.errors import AccessError
from trucewatch.model.actor import SCOPES, at_least, role_in
from trucewatch.web.entrance import hasher_of
from trucewatch.web.forms import Filled
from trucewatch.web.frame import page

router = APIRouter(prefix="/m/{monitor}/account", include_in_schema=False, dependencies=[needs("viewer")])


@router.get("")
def account(request: Request, here: Visiting) -> Response:
    return _shown(request, here)


@router.get("/password")
@router.get("/tokens")
def back(here: Visiting) -> Response:
    """Where a link at the top of an answer leads: what it showed once is not shown again."""
    return RedirectResponse(f"/m/{here.name}/account", 303)


@router.post("/password")
def password(request: Request, here: Visiting, filled: Filled) -> Response:
    """The old one is asked for, and counted like a try to come in: an open browser is not yet its owner."""
    hasher, book, now = hasher_of(request), here.monitor.ledger, here.now
    address = request.client.host if request.client else ""
    asked = {"address": address, "at": now}
    if not isinstance(access.login(book, here.actor.name, filled.get("old", ""), hasher, **asked), Entered):  # type: ignore[arg-type]
        return _shown(request, here, status=422, refused=True)
    try:
        users.set_password(book, here.actor.name, filled.get("password", ""), hasher, who=here.actor.name, at=now)
    except AccessError as problem:
        return _shown(request, here, status=422, told=str(problem))
    came = access.login(book, here.actor.name, filled["password"], hasher, **asked)  # type: ignore[arg-type]
    if not isinstance(came, Entered):
        raise HTTPException(401)
    return let_in(request, RedirectResponse(request.url.path.removesuffix("/password"), 303), here.name, came)


@router.post("/tokens")
def add_token(request: Request, here: Visiting, filled: Filled) -> Response:
    """The text of the token is shown in this answer and never again."""
    scopes = [scope for scope in SCOPES if scope in filled]
    book, who = here.monitor.ledger, here.actor.name
    try:
        lasts = timedelta(days=int(filled.get("days", "")))
        _, text = tokens.add(book, who, filled.get("label", ""), scopes, who=who, at=here.now, lasts=lasts)
    except (ValueError, OverflowError):
        raise HTTPException(422) from None
    except AccessError as problem:
        return _shown(request, here, status=422, told=str(problem))
    return _shown(request, here, drawn=text)


@router.post("/tokens/{token}/revoke")
def revoke_token(request: Request, here: Visiting, token: str) -> Response:
    """Another's token is not there."""
    if token not in {each.id for each in tokens.listed(here.monitor.ledger, here.actor.name)}:
        raise HTTPException(404)
    tokens.revoke(here.monitor.ledger, token, who=here.actor.name, at=here.now)
    return RedirectResponse(f"/m/{here.name}/account", 303)


def _shown(
    request: Request, here: Visit, *, status: int = 200, told: str | None = None, drawn: str | None = None, refused: bool = False
) -> Response:
    role = role_in(here.actor, here.name) or ""
    user = users.found(here.monitor.ledger, here.actor.name)
    shown = page(
        request,
        "account.html.j2",
        here,
        status=status,
        role=role,
        user=user,
        tokens=tokens.listed(here.monitor.ledger, here.actor.name) if user else (),
        scopes=[scope for scope, least in SCOPES.items() if at_least(role, least)],
        password=house_of(request).hasher is not None and user is not None and user.password,
        told=told,
        drawn=drawn,
        refused=refused,
    )
    shown.headers["cache-control"] = "no-store"
    return shown
