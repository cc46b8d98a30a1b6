"""The connection: one monitor of one server, asked with a token."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

VERSION = "/api/v1"
Value = str | int | bool | None


class ApiError(Exception):
    """What the server answers instead; `status` is that of HTTP, 0 where there was no answer. The text says what and the mend."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail}" if status else detail)
        self.status = status
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Api:
    """An open connection to one monitor."""

    http: httpx.Client
    monitor: str


@contextmanager
def connect(url: str, monitor: str, token: str, *, seconds: float = 30.0, http: httpx.Client | None = None) -> Iterator[Api]:
    """Opens a connection. `monitor` is its name in addresses; `token` as `trucewatch access token add` printed it; `seconds` that
    an answer may take. `http`: a client of your own, which you close."""
    headers = {"authorization": f"Bearer {token}"}
    if http is not None:
        http.headers.update(headers)
        yield Api(http, monitor)
        return
    with httpx.Client(base_url=url, headers=headers, timeout=seconds) as made:
        yield Api(made, monitor)


def get(api: Api, path: str, asked: Mapping[str, Value]) -> Any:
    """The JSON of an answer. Raises ApiError."""
    return _asked(api, "GET", place(api, path), asked=asked)


def follow(api: Api, address: str) -> Any:
    """The JSON of an address that an answer gave."""
    return _asked(api, "GET", address)


def send(api: Api, method: str, path: str, body: Any = None) -> Any:
    return _asked(api, method, place(api, path), body=body)


def place(api: Api, path: str) -> str:
    return f"{VERSION}/monitors/{quote(api.monitor, safe='')}{path}"


def kept(asked: Mapping[str, Value]) -> dict[str, str | int | bool]:
    """Questions without those that ask for nothing."""
    return {name: value for name, value in asked.items() if value is not None}


def _asked(api: Api, method: str, address: str, *, asked: Mapping[str, Value] | None = None, body: Any = None) -> Any:
    try:
        answer = api.http.request(method, address, params=kept(asked) if asked else None, json=body)
    except httpx.HTTPError as problem:
        raise ApiError(0, f"no answer ({problem}). Look whether the server runs.") from None
    raise_for(answer)
    try:
        return answer.json()
    except ValueError:
        raise ApiError(answer.status_code, "the answer is no JSON. Is it the address of a trucewatch server?") from None


def raise_for(answer: httpx.Response) -> None:
    """Raises ApiError where the server answers with a problem."""
    if answer.is_success:
        return
    try:
        told = answer.json()
        detail = told.get("detail") or told.get("title") or answer.reason_phrase
    except (ValueError, AttributeError):
        detail = answer.reason_phrase
    raise ApiError(answer.status_code, str(detail))
