"""Only our own pages may change something with a reader's cookies: other sites may make a browser send a request, but not hide
that it came from them."""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from trucewatch.web.faults import told

_LOOK = frozenset({"GET", "HEAD", "OPTIONS"})


def same_origin(app: ASGIApp) -> ASGIApp:
    """An app that is asked to change something by its own pages alone, or by programs that bring a token or nothing at all."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not ours(request := Request(scope)):
            await told(request, 403, "Another site asked for this.")(scope, receive, send)
            return
        await app(scope, receive, send)

    return answer


def ours(request: Request) -> bool:
    """Whether a request may be answered. Browsers tell where it came from by `Sec-Fetch-Site`, older ones by `Origin` alone; who
    brings cookies and tells neither is refused."""
    headers = request.headers
    if request.method in _LOOK or "authorization" in headers:
        return True
    if (site := headers.get("sec-fetch-site")) is not None:
        return site == "same-origin"
    if (origin := headers.get("origin")) is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return "cookie" not in headers
