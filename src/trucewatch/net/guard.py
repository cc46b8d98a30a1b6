"""Where a connection is opened: every address a name resolves to must be public, and the one that was looked at is the one that
is used. So neither a redirect nor a name that changes its mind leads into a network of one's own."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore

from trucewatch.net.address import is_public

Resolve = Callable[[str, int], Awaitable[list[str]]]


class ClosedError(httpcore.ConnectError):
    """A name that stands for an address which is not public."""


class UnknownError(httpcore.ConnectError):
    """A name that stands for nothing."""


async def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them; odd notations such as 2130706433 or 0x7f.1 are resolved like names."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """The door of the connection pool. httpcore asks for a class here; what it knows is given once."""

    def __init__(self, allow: frozenset[str], resolve: Resolve) -> None:
        self._allow = allow
        self._resolve = resolve
        self._below = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            numbers = await asyncio.wait_for(self._resolve(host, port), timeout)
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        except (OSError, UnicodeError) as problem:
            raise UnknownError(str(problem)) from None
        closed = [] if host in self._allow else [number for number in numbers if not is_public(number)]
        if closed or not numbers:
            raise ClosedError(f"{host} stands for {closed[0]}" if closed else f"{host} stands for no address")
        fault: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for number in numbers:
            try:
                return await self._below.connect_tcp(number, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                fault = problem
        assert fault is not None
        raise fault

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
