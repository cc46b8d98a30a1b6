"""robots.txt (RFC 9309): what a site asks programs to leave alone, and how long to wait between two requests."""

from dataclasses import dataclass
from functools import lru_cache

import httpx
from protego import Protego

from trucewatch.net.fetch import Fetched, Refused

NAME = "trucewatch"  # by which a site can address us
KEPT = 24 * 3600.0
RETRY = 3600.0  # where it could not be told, asked again after this
_UNKNOWN = "# could not be had\nUser-agent: *\nDisallow: /\n"
_MOST = 512 * 1024  # of a longer file the rest is passed over, as the standard says


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a site as text, and for how many seconds they hold. An empty text forbids nothing."""

    text: str
    seconds: float


def is_known(robots: Robots) -> bool:
    """False: the site could not be asked, and is left alone until it can."""
    return robots.text != _UNKNOWN


def allows(robots: Robots, url: str) -> bool:
    """Whether a program of our name may fetch the address."""
    return bool(_rules(robots.text).can_fetch(url, NAME))


def delay(robots: Robots) -> float:
    """Seconds between two requests that the site asks for; 0 where it says nothing."""
    told = _rules(robots.text).crawl_delay(NAME)
    return min(max(0.0, float(told)), KEPT) if told else 0.0


def robots_url(url: str) -> str:
    """Where the rules for an address stand."""
    return str(httpx.URL(url).copy_with(raw_path=b"/robots.txt", fragment=None))


def robots_of(answer: Fetched | Refused) -> Robots:
    """The rules that an answer to the request for robots.txt gives: a site that has none forbids nothing, one that cannot be
    asked or fails is left alone for now."""
    if isinstance(answer, Fetched):
        return Robots(answer.body[:_MOST].decode("utf-8", "replace").replace("\x00", " "), KEPT)
    known = answer.status is not None and 400 <= answer.status < 500 and answer.status != 429
    return (
        Robots("", KEPT)
        if known or answer.outcome in ("type", "redirects", "address")
        else Robots(_UNKNOWN, answer.retry_after or RETRY)
    )


@lru_cache(maxsize=512)
def _rules(text: str) -> Protego:
    return Protego.parse(text)
