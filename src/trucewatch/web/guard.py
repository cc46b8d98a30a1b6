"""What goes with every answer: headers that keep foreign code out, and a line for the log, which holds no word of an article."""

import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trucewatch.web.assets import FOR_GOOD

LOG = logging.getLogger("trucewatch.web")
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SECURE = {"strict-transport-security": "max-age=31536000"}


def guarded(app: ASGIApp, *, secure: bool) -> ASGIApp:
    """An app whose answers carry the headers and leave a line in the log."""
    always = HEADERS | SECURE if secure else HEADERS

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*_own(scope, message), *_told(always)]
            await send(message)

        try:
            await app(scope, receive, sending)
        finally:
            LOG.info(_line(scope, status, time.perf_counter() - began))

    return answer


def _own(scope: Scope, message: Message) -> list[tuple[bytes, bytes]]:
    """The headers that the route set. What it does not say about keeping is said here: files for good, pages not at all."""
    own = [(name, value) for name, value in message["headers"] if name.decode("latin-1") not in HEADERS]
    if any(name == b"cache-control" for name, _ in own):
        return own
    for_good = scope["path"].startswith("/static/") and b"v=" in scope["query_string"]
    return [*own, (b"cache-control", FOR_GOOD.encode() if for_good else b"no-store" if message["status"] >= 400 else b"no-cache")]


def _told(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _line(scope: Scope, status: int, seconds: float) -> str:
    """One JSON object. What was searched for is no business of a log: the question's part after `?` is left out."""
    actor = scope.get("state", {}).get("actor")
    told: dict[str, Any] = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 1)}
    return json.dumps(told | ({"actor": actor.name} if actor else {}), ensure_ascii=False)
