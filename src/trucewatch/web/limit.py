"""Bodies of requests that are too large are refused before they are read to the end."""

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trucewatch.web.faults import told

MOST = 4 * 1024 * 1024  # bytes: more than any page that the API takes
DETAIL = f"the body is larger than {MOST:,} bytes. Send less at a time."


def limited(app: ASGIApp) -> ASGIApp:
    """An app that reads no more of a body than MOST, whatever its header says of it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST:
                raise HTTPException(413, DETAIL)
            return message

        length = Request(scope).headers.get("content-length", "0") if scope["type"] == "http" else "0"
        if length.isdecimal() and int(length[:20]) > MOST:
            await told(Request(scope), 413, DETAIL)(scope, receive, send)
        else:
            await app(scope, receiving, send)

    return answer
