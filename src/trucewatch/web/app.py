"""The app: its parts in order. Everything it needs is given to it, so that tests can make one with a clock of their own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from fastapi import APIRouter, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.staticfiles import StaticFiles

from trucewatch.door.house import Finder, House, Settings
from trucewatch.monitor import Monitor
from trucewatch.web import claims, faults, health, home, today
from trucewatch.web.assets import STATIC
from trucewatch.web.guard import guarded

ROUTERS = (health.router, home.router, today.router, claims.router)


def app(
    monitors: Mapping[str, Monitor],
    *,
    clock: Callable[[], datetime],
    settings: Settings,
    who: Finder,
    also: Sequence[APIRouter] = (),
) -> FastAPI:
    """`monitors`: open monitors by their name in addresses; `who` tells who asks; `also`: routes of the way in."""
    made = FastAPI(title="trucewatch", docs_url=None, redoc_url=None, openapi_url=None)
    made.state.house = House(monitors, clock, settings, who)
    for router in (*ROUTERS, *also):
        made.include_router(router)
    made.mount("/static", StaticFiles(directory=STATIC))
    faults.install(made)
    made.add_middleware(GZipMiddleware, minimum_size=1000)
    made.add_middleware(TrustedHostMiddleware, allowed_hosts=[*settings.hosts])
    made.add_middleware(guarded, secure=settings.secure)
    return made
