"""What the running server has: its monitors, its clock, its settings. All of it is set when the app is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from fastapi import Request

from trucewatch.access import Hasher
from trucewatch.model.actor import Actor
from trucewatch.monitor import Monitor
from trucewatch.views.memory import Memory

Finder = Callable[[Request], Actor | None]  # who asks; None: nobody knows


@dataclass(frozen=True, slots=True)
class Settings:
    """`hosts`: names by which the server may be asked for; any other is refused, so that no foreign page can reach a server on
    one's own machine under a name of its own. `secure`: it is reached by https, through a proxy. `entrance`: the page where
    somebody unknown can make themselves known, None where there is none. `beat`: seconds between two looks at the ledger for
    live pages."""

    language: str = "en"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    entrance: str | None = None
    beat: float = 2.0


@dataclass(frozen=True, slots=True)
class House:
    """`monitors`: open monitors by the name under which pages show them; `hasher`: by what passwords are checked, None where
    nobody has one; `memory`: what was made for one request and serves the next; `ending`: set when the server is told to end."""

    monitors: Mapping[str, Monitor]
    clock: Callable[[], datetime]
    settings: Settings
    who: Finder
    hasher: Hasher | None = None
    memory: Memory = field(default_factory=Memory)
    ending: Event = field(default_factory=Event)


def house_of(request: Request) -> House:
    """The house that answers this request."""
    found: House = request.app.state.house
    return found
