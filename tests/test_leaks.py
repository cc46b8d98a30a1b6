"""What is under embargo is told by no route: each one that there is, asked by a viewer, tells nothing of it; a coder is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from shutil import copytree, ignore_patterns
from urllib.parse import quote, unquote

import pytest
from fastapi import routing

from tests.webs import NAME, NOW, TestClient, filled
from trucewatch import ledger, monitor
from trucewatch.access import embargoes
from trucewatch.door.house import Settings
from trucewatch.model.actor import Actor
from trucewatch.monitor import Monitor
from trucewatch.web import app

ONE = "gaza-2026-01-14-phase-two-a"  # of an outlet of which nothing may be seen
ENDLESS = {"/m/{monitor}/live"}  # tells when something was learnt, never what
FORMS = ("csv", "jsonl", "json", "html", "ndjson")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is under embargo: an outlet, `words` by which it would be known, ids of its claims and articles."""

    outlet: str
    words: frozenset[str]
    claims: tuple[str, ...]
    articles: tuple[str, ...]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitor]:
    """A copy of the monitor of the other tests, into which this one may write."""
    folder = tmp_path_factory.mktemp("leaks") / NAME
    copytree(filled().folder, folder, ignore=ignore_patterns("ledger.sqlite*"))
    ledger.backup(filled().ledger, folder / "ledger.sqlite")
    found = monitor.open_(folder, at=NOW)
    yield found
    monitor.close(found)


def house(home: Monitor, role: str) -> TestClient:
    actor = Actor("somebody", ((NAME, role),))
    made = app({NAME: home}, clock=lambda: NOW, settings=Settings(hosts=("testserver",)), who=lambda _: actor)
    return TestClient(made, raise_server_exceptions=False, follow_redirects=False)


def kept(home: Monitor) -> Kept:
    """The words that stand only in what is hidden: quotes, addresses, ids."""
    claims, articles = ledger.everything(home.ledger)
    outlet = articles[ONE].outlet or ""
    mine = {name: each for name, each in articles.items() if each.outlet == outlet}
    others = "\n".join(f"{each.id} {each.url} {each.text}" for name, each in articles.items() if name not in mine)
    told = {piece.quote for claim in claims if claim.article in mine for piece in claim.evidence}
    told |= {claim.id for claim in claims if claim.article in mine} | {each.id for each in mine.values()}
    told |= {each.url for each in mine.values() if each.url}
    words = frozenset(word for word in told if len(word) > 15 and word not in others) | {outlet}
    return Kept(outlet, words, tuple(claim.id for claim in claims if claim.article in mine), tuple(mine))


def addresses(seen: TestClient, hidden: Kept) -> Iterator[str]:
    """Every address that can be looked at, with what is hidden in the place of every name."""
    for route in routing.iter_route_contexts(seen.app.routes):  # type: ignore[attr-defined]
        path = str(route.path)
        if "GET" not in (route.methods or ()) or path in ENDLESS or path.startswith("/static"):
            continue
        for form in FORMS if "{form}" in path else ("",):
            for name in (hidden.claims[0], hidden.articles[0]) if re.search(r"\{(?!monitor|form)", path) else ("",):
                yield re.sub(r"\{[^}]+\}", name, path.replace("{monitor}", NAME).replace("{form}", form))


def seen_in(seen: TestClient, address: str, hidden: Kept) -> set[str]:
    """The words of an answer that were not in the question."""
    answer = seen.get(address)
    assert answer.status_code != 500, address
    text = unescape(answer.text) + str(dict(answer.headers))
    return {word for word in hidden.words if word in text and word not in unquote(address)}


def test_no_route_tells_what_is_under_embargo(home: Monitor) -> None:
    hidden = kept(home)
    assert len(hidden.words) > 10
    embargoes.put(home.ledger, "outlet", hidden.outlet, reason="agreed", who="chief", at=NOW)
    viewer, coder = house(home, "viewer"), house(home, "coder")
    asked = [*addresses(viewer, hidden), *(f"/m/{NAME}/{page}" for page in questions(hidden))]
    assert {address: found for address in asked if (found := seen_in(viewer, address, hidden))} == {}
    shown = [address for address in asked if seen_in(coder, address, hidden)]
    parts = {address.removeprefix(f"/m/{NAME}/").split("?")[0].split("/")[0] for address in shown}
    assert {"claims", "claims.csv", "claims.jsonl", "feed.atom", "claim", "map"} <= parts, "else nothing was looked for"


def questions(hidden: Kept) -> Iterator[str]:
    for asked in (f"outlet={quote(hidden.outlet)}", f"article={hidden.articles[0]}", "known=2026-02-28"):
        yield f"claims?{asked}"
        yield f"claims.csv?{asked}"
        yield f"feed.atom?{asked}"
    for page in ("today", "sources"):
        yield f"{page}?day=2026-01-15&since=2026-01-01"
    yield f"claim/{hidden.claims[0]}?known=2026-02-28"
