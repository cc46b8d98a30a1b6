"""How the server listens: how long a sender may take, what is told of the program."""

from asyncio import BaseTransport, TimerHandle
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 15.0  # seconds for the head of a request, from the opening of the connection or the end of the answer before
BODY = 60.0  # seconds for the rest of it
IDLE = 5  # seconds that a connection stays open after an answer when nothing more is asked
ENDING = 10  # seconds that requests under way have when the server is told to end


class Patient(H11Protocol):
    """A connection that is closed when a request does not come whole in time: who sends letter by letter holds nothing open.
    A class, for that is what uvicorn takes; it would wait for ever."""

    _timer: TimerHandle | None = None
    _part = ""  # of the request that is waited for, by h11's names

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait()

    def on_response_complete(self) -> None:
        self._part = ""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop()

    def _wait(self) -> None:
        """The clock runs on while the same part is waited for."""
        part = str(self.conn.their_state)
        if part == self._part:
            return
        self._stop()
        self._part = part
        left = {"IDLE": HEAD, "SEND_BODY": BODY}.get(part)
        if left is not None:
            self._timer = self.loop.call_later(left, self.transport.abort)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def listening(app: Any, *, host: str, port: int, secure: bool) -> uvicorn.Config:
    """How uvicorn is to serve an app. `secure`: behind a proxy on this machine, which tells who asks."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Patient,
        ws="none",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=ENDING,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=secure,
    )
