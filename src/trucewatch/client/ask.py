"""What can be asked: claims, one claim, a day of the agreement."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import httpx

from trucewatch.client.wire import Api, ApiError, Value, follow, get, kept, place, raise_for
from trucewatch.model import Claim
from trucewatch.model.thaw import claim_of

DAY = ("tracker", "figures", "findings", "outlets")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its past: `readings` the oldest first, each with `since`, `until`, `ended`; `judgements` of people."""

    claim: Claim
    outlet: str | None
    withdrawn: bool
    readings: tuple[Mapping[str, Any], ...]
    judgements: tuple[Mapping[str, Any], ...]


def claims(api: Api, *, known: date | None = None, **asked: Value) -> Iterator[Claim]:
    """Claims, the latest day first, fetched page by page. Filters are those of the dashboard: `q`, `event`, `status`, `party`,
    `speaker`, `accused`, `outlet`, `about`, `article`, `language`, `from`, `to`. `known`: as the ledger knew them on a day."""
    page = get(api, "/claims", asked | {"known": known.isoformat() if known else None})
    while True:
        yield from map(claim_of, page["items"])
        if page["next"] is None:
            return
        page = follow(api, page["next"])


def lines(api: Api, **asked: Value) -> Iterator[dict[str, Any]]:
    """All claims that are asked for as `trucewatch export` writes them, as they come; for many at once. An entry of the ledger's
    chain tells that they were taken out."""
    try:
        with api.http.stream("GET", place(api, "/claims.jsonl"), params=kept(asked)) as answer:
            if not answer.is_success:
                answer.read()
                raise_for(answer)
            for line in answer.iter_lines():
                yield json.loads(line)
    except httpx.HTTPError as problem:
        raise ApiError(0, f"the answer broke off ({problem}). Ask again.") from None


def claim(api: Api, id_: str) -> Told:
    """One claim."""
    found = get(api, f"/claims/{quote(id_, safe='')}", {})
    return Told(claim_of(found), found["outlet"], found["withdrawn"], tuple(found["readings"]), tuple(found["judgements"]))


def day(api: Api, what: str, on: date | None = None, *, then: bool = False) -> Any:
    """`tracker`, `figures`, `findings` or `outlets` of a day, as JSON; `then`: by what the ledger held at its end."""
    if what not in DAY:
        raise ValueError(f"{what}: take one of {', '.join(DAY)}")
    return get(api, f"/{what}", {"day": on.isoformat() if on else None, "then": then or None})


def changes(api: Api, since: date, until: date | None = None) -> list[dict[str, Any]]:
    """What moved from one day to another."""
    found: list[dict[str, Any]] = get(
        api, "/tracker/changes", {"since": since.isoformat(), "day": until.isoformat() if until else None}
    )
    return found
