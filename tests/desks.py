"""A monitor of invented claims to decide on, and the app that shows its desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI, Request

from tests.ledgers import RUN, after, article, claim, on
from tests.webs import NAME
from trucewatch import ledger, monitor
from trucewatch.door.house import Settings
from trucewatch.model import Claim
from trucewatch.model.actor import Actor
from trucewatch.web import app

TOWNS = ("Lowtown", "Hightown", "Midtown", "Oldtown", "Newtown")
START = datetime(2026, 3, 1, tzinfo=UTC)


def made(claims: int) -> Iterator[tuple[str, list[Claim], str]]:
    """Articles of five claims each, the last with letters from right to left."""
    for number in range(0, claims, 5):
        lines = [f"Party A shelled {town} on Monday, a spokesman said ({number})." for town in TOWNS]
        text = "\n\n".join(lines)
        entry = article(f"made-{number:04}", text)
        found = [claim(entry, f"shelled {town}", when=on(f"2026-01-{1 + number % 25:02}")) for town in TOWNS]
        yield entry.id, found[: min(5, claims - number)], text


@contextmanager
def filled(folder: Path, claims: int = 10) -> Iterator[monitor.Monitor]:
    """An open monitor that watches nothing and holds so many claims."""
    made_ = monitor.create(folder / NAME, agreement=None, at=START)
    try:
        for name, found, text in made(claims):
            ledger.add(made_.ledger, article(name, text), found, run=RUN, at=after(0))
        yield made_
    finally:
        monitor.close(made_)


def house(watch: monitor.Monitor, roles: dict[str, str]) -> FastAPI:
    """The app for people who say in a header who they are; its clock goes on by a second each time."""
    moment = [START]

    def clock() -> datetime:
        moment[0] += timedelta(seconds=1)
        return moment[0]

    def who(request: Request) -> Actor | None:
        name = request.headers.get("x-who", "ann")
        return Actor(name, ((NAME, roles[name]),)) if name in roles else None

    return app({NAME: watch}, clock=clock, settings=Settings(hosts=("testserver", "127.0.0.1")), who=who)
