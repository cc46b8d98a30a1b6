"""For an admin: who may come in, all tokens, what is under embargo, what was changed and taken out."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from trucewatch.access import embargoes, links, log, tokens, users
from trucewatch.door.who import Visit, Visiting, needs
from trucewatch.errors import AccessError
from trucewatch.model.actor import ROLES
from trucewatch.views.embargo import meant
from trucewatch.web.forms import Filled
from trucewatch.web.frame import page

router = APIRouter(prefix="/m/{monitor}/access", include_in_schema=False, dependencies=[needs("admin")])
AT_ONCE = 50  # entries of the log on a page
Form = Mapping[str, str]


@router.get("")
def people(request: Request, here: Visiting, before: int | None = None) -> Response:
    return _shown(request, here, before=before)


@router.get("/{change}")
def back(here: Visiting, change: str) -> Response:
    """Where a link at the top of an answer leads: what it showed once is not shown again."""
    return RedirectResponse(f"/m/{here.name}/access", 303)


@router.post("/{change}")
def change(request: Request, here: Visiting, change: str, filled: Filled) -> Response:
    """One change of one thing; what is drawn by it, a link, is shown in this answer and never again."""
    if change not in CHANGES:
        raise HTTPException(404)
    try:
        drawn = CHANGES[change](here, filled)
    except AccessError as problem:
        return _shown(request, here, status=422, told=str(problem))
    if drawn is None:
        return RedirectResponse(f"/m/{here.name}/access", 303)
    return _shown(request, here, drawn=f"{request.url.scheme}://{request.url.netloc}/invited?key={drawn}")


def _add(here: Visit, filled: Form) -> str:
    """A new user, with the link at which a password is chosen."""
    made = users.add(here.monitor.ledger, filled.get("name", ""), filled.get("role", ""), who=here.actor.name, at=here.now)
    return links.invite(here.monitor.ledger, made.name, who=here.actor.name, at=here.now)


def _invite(here: Visit, filled: Form) -> str:
    return links.invite(here.monitor.ledger, filled.get("name", ""), who=here.actor.name, at=here.now)


def _role(here: Visit, filled: Form) -> None:
    users.set_role(here.monitor.ledger, filled.get("name", ""), filled.get("role", ""), who=here.actor.name, at=here.now)


def _disable(here: Visit, filled: Form) -> None:
    users.set_disabled(here.monitor.ledger, filled.get("name", ""), True, who=here.actor.name, at=here.now)


def _enable(here: Visit, filled: Form) -> None:
    users.set_disabled(here.monitor.ledger, filled.get("name", ""), False, who=here.actor.name, at=here.now)


def _revoke(here: Visit, filled: Form) -> None:
    tokens.revoke(here.monitor.ledger, filled.get("token", ""), who=here.actor.name, at=here.now)


def _embargo(here: Visit, filled: Form) -> None:
    told = {name: filled.get(name, "") for name in ("role", "reason")}
    until = _day(filled.get("until", ""))
    kind = filled.get("kind", "")
    what = meant(here.monitor, kind, filled.get("object", ""))
    embargoes.put(here.monitor.ledger, kind, what, until=until, who=here.actor.name, at=here.now, **told)


def _lift(here: Visit, filled: Form) -> None:
    embargoes.lift(here.monitor.ledger, filled.get("kind", ""), filled.get("object", ""), who=here.actor.name, at=here.now)


CHANGES: Mapping[str, Callable[[Visit, Form], str | None]] = {
    "add": _add,
    "invite": _invite,
    "role": _role,
    "disable": _disable,
    "enable": _enable,
    "revoke": _revoke,
    "embargo": _embargo,
    "lift": _lift,
}


def _day(told: str) -> datetime | None:
    """The beginning of a day, None where none is told."""
    try:
        return datetime.combine(date.fromisoformat(told), time(), UTC) if told else None
    except ValueError:
        raise AccessError(f"day '{told[:20]}': it is none. Write it as 2026-01-12.") from None


def _shown(
    request: Request,
    here: Visit,
    *,
    status: int = 200,
    told: str | None = None,
    drawn: str | None = None,
    before: int | None = None,
) -> Response:
    book = here.monitor.ledger
    entries = log.entries(book, AT_ONCE, before=before)
    shown = page(
        request,
        "access.html.j2",
        here,
        status=status,
        users=users.listed(book),
        tokens=tokens.listed(book),
        embargoes=embargoes.listed(book),
        entries=entries,
        older=entries[-1]["seq"] if len(entries) == AT_ONCE else None,
        roles=ROLES,
        told=told,
        drawn=drawn,
    )
    shown.headers["cache-control"] = "no-store"
    return shown
