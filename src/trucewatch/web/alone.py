"""A single analyst on one machine: a link that lets in once, and a cookie for the time that the server runs."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from trucewatch.door.house import Finder, house_of
from trucewatch.door.who import needs
from trucewatch.model.actor import ANYONE, EVERY, Actor


@dataclass(slots=True)
class Key:
    """`link` is None once it was used. The cookie has a name of its own: cookies know no ports."""

    link: str | None = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: f"trucewatch-{secrets.token_hex(4)}")


def finder(key: Key, name: str) -> Finder:
    """Whoever has the cookie is this analyst, who may do everything."""
    analyst = Actor(name, ((EVERY, "admin"),))

    def who(request: Request) -> Actor | None:
        held = request.cookies.get(key.cookie, "")
        return analyst if secrets.compare_digest(held.encode(), key.session.encode()) else None

    return who


def router(key: Key) -> APIRouter:
    made = APIRouter()
    made.add_api_route("/open", _open(key), dependencies=[needs(ANYONE)], include_in_schema=False)
    return made


def _open(key: Key) -> Callable[..., Response]:
    def open_(request: Request, once: str = "") -> Response:
        if key.link is None or not secrets.compare_digest(once.encode(), key.link.encode()):
            raise HTTPException(401)
        key.link = None
        answer = RedirectResponse("/", 303)
        secure = house_of(request).settings.secure
        answer.set_cookie(key.cookie, key.session, httponly=True, secure=secure, samesite="strict")
        return answer

    return open_
