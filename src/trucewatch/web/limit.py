"""Bodies of requests that are too large are refused before they are read to the end."""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trucewatch.web.faults import told

MOST = 4 * 1024 * 1024  # bytes: more than any page that the API takes


class _TooLargeError(Exception):
    pass


def limited(app: ASGIApp) -> ASGIApp:
    """An app that reads no more of a body than MOST, whatever its header says of it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        read, begun = 0, False

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST:
                raise _TooLargeError
            return message

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        length = Request(scope).headers.get("content-length", "0")
        try:
            if length.isdecimal() and int(length[:20]) > MOST:
                raise _TooLargeError
            await app(scope, receiving, sending)
        except _TooLargeError:
            if not begun:
                detail = f"the body is larger than {MOST:,} bytes. Send less at a time."
                await told(Request(scope), 413, detail)(scope, receive, send)

    return answer
