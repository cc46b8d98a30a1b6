"""The app: its parts in order. Everything it needs is given to it, so that tests can make one with a clock of their own."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from threading import Thread

from fastapi import APIRouter, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.staticfiles import StaticFiles

from trucewatch import api
from trucewatch.access import Hasher
from trucewatch.door.house import Finder, House, Settings
from trucewatch.errors import TrucewatchError
from trucewatch.monitor import Monitor
from trucewatch.publish.labels import interface
from trucewatch.views.day import day_of, picture
from trucewatch.views.sight import WHOLE
from trucewatch.web import (
    account,
    claim,
    claims,
    decided,
    desk,
    entrance,
    faults,
    health,
    home,
    live,
    people,
    places,
    sources,
    tables,
    timeline,
    today,
    tracker,
)
from trucewatch.web.assets import STATIC
from trucewatch.web.guard import guarded
from trucewatch.web.limit import limited
from trucewatch.web.origin import same_origin

ROUTERS = (
    health.router,
    home.router,
    today.router,
    claims.router,
    claim.router,
    tracker.router,
    timeline.router,
    tables.router,
    sources.router,
    places.router,
    live.router,
    entrance.router,
    account.router,
    people.router,
    desk.router,
    decided.router,
)


def app(
    monitors: Mapping[str, Monitor],
    *,
    clock: Callable[[], datetime],
    settings: Settings,
    who: Finder,
    hasher: Hasher | None = None,
    also: Sequence[APIRouter] = (),
) -> FastAPI:
    """`monitors`: open monitors by their name in addresses; `who` tells who asks; `hasher` checks passwords; `also`: routes
    of the way in."""
    made = FastAPI(title="trucewatch", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_warmed)
    made.state.house = House(monitors, clock, settings, who, hasher)
    for router in (*ROUTERS, *api.ROUTERS, *also):
        made.include_router(router)
    made.mount("/static", StaticFiles(directory=STATIC))
    faults.install(made)
    made.add_middleware(limited)
    made.add_middleware(same_origin)
    made.add_middleware(GZipMiddleware, minimum_size=1000)
    made.add_middleware(TrustedHostMiddleware, allowed_hosts=[*settings.hosts])
    made.add_middleware(guarded, secure=settings.secure)
    return made


@asynccontextmanager
async def _warmed(made: FastAPI) -> AsyncIterator[None]:
    """While the server starts, today's picture is made beside it, so that the first reader need not wait for it."""
    Thread(target=_warm, args=(made.state.house,), daemon=True).start()
    yield


def _warm(house: House) -> None:
    for monitor in house.monitors.values():
        if monitor.agreement is not None:
            for language in interface():
                with suppress(TrucewatchError):  # whoever opens the page is told
                    picture(monitor, day_of(None, None, language, now=house.clock(), sight=WHOLE), house.memory)
