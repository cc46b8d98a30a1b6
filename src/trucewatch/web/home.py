"""The first page: the monitors that somebody may look at; where it is one, its first page."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from trucewatch.door.house import house_of
from trucewatch.door.who import actor_of, needs
from trucewatch.model.actor import reaches
from trucewatch.web.frame import first, page

router = APIRouter(include_in_schema=False)


@router.get("/", dependencies=[needs("viewer")])
def home(request: Request) -> Response:
    actor, monitors = actor_of(request), house_of(request).monitors
    mine = {name: found for name, found in monitors.items() if actor and reaches(actor, name, "viewer")}
    if len(mine) == 1:
        ((name, found),) = mine.items()
        return RedirectResponse(f"/m/{name}{first(found)}", 303)
    names = [(f"/m/{name}{first(found)}", found.settings.name) for name, found in sorted(mine.items())]
    return page(request, "home.html.j2", monitors=names)
