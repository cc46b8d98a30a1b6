"""Who asks, by what the request brings: a token in `Authorization: Bearer …`, else the cookies of sessions.

Each monitor knows its own people: what lets in there lets in nowhere else."""

from collections.abc import Iterator
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

from trucewatch.access import Entered, Known, sessions, tokens
from trucewatch.door.house import Finder, House, house_of
from trucewatch.model.actor import Actor


def known(request: Request) -> Actor | None:
    """Who asks. A token stands alone: where it is no good, no cookie helps. The name is that in the monitor of the address."""
    house, header = house_of(request), request.headers.get("authorization")
    found = dict(_by_cookies(request, house) if header is None else _by_token(header, house))
    if not found:
        return None
    here = found.get(request.path_params.get("monitor", "")) or next(iter(found.values()))
    return Actor(here.name, tuple((name, each.role) for name, each in found.items()), here.scopes, here.key)


def either(*finders: Finder) -> Finder:
    """The first that knows who asks. A token that is no good is not made up for by a cookie."""

    def who(request: Request) -> Actor | None:
        asked = [known] if "authorization" in request.headers else finders
        return next((actor for finder in asked if (actor := finder(request))), None)

    return who


def held(request: Request, monitor: str) -> str | None:
    """The secret of the session that the browser has in a monitor, whatever it is worth."""
    return request.cookies.get(_cookie(monitor, secure=house_of(request).settings.secure))


def let_in(request: Request, answer: Response, monitor: str, came: Entered) -> Response:
    """An answer with the cookie of a new session."""
    house = house_of(request)
    secure, left = house.settings.secure, int((came.until - house.clock()).total_seconds())
    answer.set_cookie(_cookie(monitor, secure=secure), came.secret, max_age=left, httponly=True, secure=secure, samesite="strict")
    return answer


def let_out(request: Request, answer: Response, monitor: str) -> Response:
    """An answer that takes the cookie back."""
    secure = house_of(request).settings.secure
    answer.delete_cookie(_cookie(monitor, secure=secure), httponly=True, secure=secure, samesite="strict")
    return answer


def _by_cookies(request: Request, house: House) -> Iterator[tuple[str, Known]]:
    for name, monitor in house.monitors.items():
        drawn = held(request, name)
        if drawn and (found := sessions.known_by(monitor.ledger, drawn, at=house.clock())):
            yield name, found


def _by_token(header: str, house: House) -> Iterator[tuple[str, Known]]:
    kind, _, text = header.partition(" ")
    if kind.lower() == "bearer":
        for name, monitor in house.monitors.items():
            if found := tokens.known_by(monitor.ledger, text.strip(), at=house.clock()):
                yield name, found


def _cookie(monitor: str, *, secure: bool) -> str:
    """Names of folders may hold what names of cookies may not. `__Host-`: no other host and no plain http can set it."""
    return ("__Host-" if secure else "") + f"trucewatch-{sha256(monitor.encode()).hexdigest()[:16]}"
