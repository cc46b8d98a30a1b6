"""Where a program begins: the description of the API, and the monitors that it may ask."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from trucewatch import __version__, ledger
from trucewatch.api.answers import MONITOR, PREFIX, Problem, problems, told
from trucewatch.door.house import house_of
from trucewatch.door.who import Visiting, actor_of, needs
from trucewatch.model.actor import ANYONE, role_in

router = APIRouter(tags=["monitors"], responses=problems())
VERSION = "1.0"
ABOUT = """Claims of news articles on a ceasefire or peace agreement: who says that who did what to whom, when, where, how many.

A claim is what somebody says, and no finding of fact. Every answer names the voice, the outlet and the words. Ask with a token
(`trucewatch access token add`) in the header `Authorization: Bearer …`."""


@router.get(f"{PREFIX}/openapi.json", include_in_schema=False, dependencies=[needs(ANYONE)])
def description(request: Request) -> JSONResponse:
    """The API by OpenAPI 3.1."""
    return JSONResponse(described(request.app.routes))


def described(routes: Any) -> dict[str, Any]:
    made = get_openapi(title="trucewatch", version=VERSION, routes=routes, description=ABOUT)
    parts = made.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"token": []}]
    return made


@router.get(f"{PREFIX}/monitors", dependencies=[needs("viewer", "read")])
def monitors(request: Request) -> list[dict[str, str]]:
    """The monitors in which whoever asks has a role."""
    actor = actor_of(request)
    held = ((name, role_in(actor, name) if actor else None) for name in house_of(request).monitors)
    return [{"name": name, "role": role} for name, role in held if role]


@router.get(MONITOR, dependencies=[needs("viewer", "read")])
def monitor(request: Request, here: Visiting) -> Response:
    """What it is called, what it watches, how far its ledger has come."""

    def make() -> dict[str, Any]:
        head = ledger.head(here.monitor.ledger)
        return {
            "name": here.name,
            "title": here.monitor.settings.name,
            "agreement": here.monitor.agreement.stem if here.monitor.agreement else None,
            "head": {"entry": head[0], "digest": head[1]} if head else None,
            "version": __version__,
        }

    return told(request, here, make)
