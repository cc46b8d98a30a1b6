"""What can be told: an article to be read, a word on a claim."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.client.wire import Api, kept, send


@dataclass(frozen=True, slots=True)
class Read:
    """What came of an article: ids of its claims; how many are new, read otherwise, given no more; of which it is a copy."""

    article: str
    claims: tuple[str, ...]
    new: int
    changed: int
    withdrawn: int
    repeat_of: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """`problems`: what could not be read, and why."""

    articles: tuple[Read, ...]
    problems: tuple[str, ...]


def submit(
    api: Api,
    *,
    text: str | None = None,
    html: str | None = None,
    fetch: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
    language: str | None = None,
) -> Kept:
    """Has an article read and kept: a text, the HTML of a page, or an address that the server fetches. Again changes nothing."""
    day = published.isoformat() if published else None
    told = {"text": text, "html": html, "fetch": fetch, "url": url, "outlet": outlet, "published": day, "language": language}
    made = send(api, "POST", "/articles", kept(told))
    rows = (Read(**(each | {"claims": tuple(each["claims"])})) for each in made["articles"])
    return Kept(tuple(rows), tuple(made["problems"]))


def accept(api: Api, claim: str) -> tuple[int, ...]:
    """The text tells this. Returns the numbers of the judgements; they are saved by then."""
    return _judged(api, {"claim": claim, "verdict": "accept"})


def reject(api: Api, claim: str, reason: str) -> tuple[int, ...]:
    """The text does not tell this."""
    return _judged(api, {"claim": claim, "verdict": "reject", "reason": reason})


def correct(api: Api, claim: str, slot: str, value: Any) -> tuple[int, ...]:
    """A slot reads otherwise; `value` in its form."""
    return _judged(api, {"claim": claim, "verdict": "correct", "slot": slot, "value": value})


def undo(api: Api) -> tuple[int, ...]:
    """Takes back the last word of whoever asks."""
    return tuple(send(api, "DELETE", "/judgements/last")["judgements"])


def _judged(api: Api, body: dict[str, Any]) -> tuple[int, ...]:
    return tuple(send(api, "POST", "/judgements", body)["judgements"])
