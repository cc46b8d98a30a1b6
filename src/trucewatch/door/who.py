"""The acting user of a request, and the role that each route asks for.

Every route has `dependencies=[needs(ROLE)]`; a test lists those that have not. In a route with `{monitor}` in its path the role
must be held in that monitor; a monitor in which somebody holds none is not there for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, params

from trucewatch.door.house import house_of
from trucewatch.model.actor import ANYONE, Actor, reaches, scoped
from trucewatch.monitor import Monitor
from trucewatch.views.memory import Memory
from trucewatch.views.sight import Sight, sight_of


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody looks at a monitor: who, at which, what of it they may see, and when. `name`: the monitor's in addresses."""

    actor: Actor
    name: str
    monitor: Monitor
    sight: Sight
    now: datetime
    memory: Memory


def needs(role: str, scope: str | None = None) -> Any:
    """What a route names among its dependencies: the least role that may use it, or ANYONE; and the scope that a token must have
    to use it, None: it is not for programs."""
    return Depends(partial(_let_in, role, scope))


def role_of(dependencies: Iterable[params.Depends]) -> str | None:
    """The role that a route asks for, by its dependencies; None: it was forgotten."""
    asked = (each.dependency for each in dependencies)
    return next((call.args[0] for call in asked if isinstance(call, partial) and call.func is _let_in), None)


def actor_of(request: Request) -> Actor | None:
    """Who asks, None where nobody knows. Found once for a request."""
    if not hasattr(request.state, "actor"):
        request.state.actor = house_of(request).who(request)
    found: Actor | None = request.state.actor
    return found


def visit(request: Request, monitor: str) -> Visit:
    """The visit of a route with `{monitor}` in its path."""
    house, actor = house_of(request), actor_of(request)
    if actor is None or monitor not in house.monitors:
        raise HTTPException(404)
    found, now = house.monitors[monitor], house.clock()
    return Visit(actor, monitor, found, sight_of(found, monitor, actor, at=now), now, house.memory)


Visiting = Annotated[Visit, Depends(visit)]


def _let_in(role: str, scope: str | None, request: Request) -> None:
    if role == ANYONE:
        return
    actor, monitor = actor_of(request), request.path_params.get("monitor")
    if actor is None:
        raise HTTPException(401)
    if monitor is not None and not (monitor in house_of(request).monitors and reaches(actor, monitor, "viewer")):
        raise HTTPException(404)
    if not (reaches(actor, monitor, role) and scoped(actor, scope)):
        raise HTTPException(403)
