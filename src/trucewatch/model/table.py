"""How the rows of a table of events by others are read as claims."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableKind:
    """What a row of a kind tells. `roles`: first (the first side does it to the second), both take part, alone (the first)."""

    event: str
    mode: str | None
    roles: str


@dataclass(frozen=True, slots=True)
class EventTable:
    """Columns by what they hold. `known_by`: columns by which such a table is known; `grains`: value of the column `precise` ->
    grain of the time; `killed`: column -> bound of its figure."""

    name: str
    outlet: str
    language: str
    known_by: tuple[str, ...]
    id: str
    start: str
    end: str
    precise: str
    grains: Mapping[str, str]
    voice: str
    kind: str
    kinds: Mapping[str, TableKind]
    first: str
    second: str
    killed: Mapping[str, str]
    place: str
    latitude: str
    longitude: str
