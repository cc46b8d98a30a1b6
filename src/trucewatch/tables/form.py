"""The forms of tables, read strictly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from trucewatch.errors import PackError
from trucewatch.model import EVENTS, MODES
from trucewatch.model.table import EventTable, TableKind
from trucewatch.packs.load import files
from trucewatch.packs.schema import faults, validate
from trucewatch.packs.strict import read_yaml


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Kind(_Form):
    """What a row of a kind tells. `roles`: first (the first side does it to the second), both take part, alone (the first)."""

    event: str
    mode: str | None = None
    roles: Literal["first", "both", "alone"]

    @model_validator(mode="after")
    def _known(self) -> "Kind":
        if self.event not in EVENTS:
            raise ValueError(f"unknown event '{self.event}'. Take one of {', '.join(EVENTS)}")
        if self.mode is not None and self.mode not in MODES[self.event]:
            raise ValueError(f"{self.event} has no mode '{self.mode}'. Take one of {', '.join(MODES[self.event])}, or none")
        return self


class Precision(_Form):
    """The column that tells how exact the time is, and what its values mean."""

    column: str
    grains: dict[str, Literal["day", "week", "month", "year"]]


class Table(_Form):
    """A file of tables/: how the rows of a table of events by others are read (docs/reading.md). Values are names of columns."""

    outlet: str
    language: str
    known_by: list[str] = Field(min_length=1)
    id: str
    start: str
    end: str
    precision: Precision
    voice: str
    kind: str
    kinds: dict[str, Kind]
    first: str
    second: str
    killed: dict[str, Literal["exact", "at_least", "more_than", "about", "up_to"]]
    place: str
    latitude: str
    longitude: str


def tables(folder: Path | None = None) -> tuple[EventTable, ...]:
    """All forms; a user's own file takes the place of ours of the same name. Raises PackError."""
    return tuple(_table(path) for path in files("tables", "*.yaml", folder))


def check(folder: Path | None = None) -> Iterator[str]:
    """Every fault of the forms, as `path:line: what. Mend.`"""
    for path in files("tables", "*.yaml", folder):
        try:
            yield from faults(Table, read_yaml(path), path, guide="docs/reading.md", family=_Form)
        except PackError as error:
            yield str(error)


def schema() -> dict[str, Any]:
    """JSON Schema of a form."""
    return Table.model_json_schema()


def _table(path: Path) -> EventTable:
    told = validate(Table, read_yaml(path), path).model_dump()
    kinds = {name: TableKind(**kind) for name, kind in told.pop("kinds").items()}
    precision, known_by = told.pop("precision"), tuple(told.pop("known_by"))
    grains = precision["grains"]
    return EventTable(name=path.stem, known_by=known_by, kinds=kinds, precise=precision["column"], grains=grains, **told)
