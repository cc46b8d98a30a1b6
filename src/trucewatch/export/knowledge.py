"""What the formats need to know, read strictly from data/exports."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from trucewatch.errors import PackError
from trucewatch.model import EVENTS, MODES, STATUSES
from trucewatch.model.codes import PRECISIONS
from trucewatch.packs import find
from trucewatch.packs.load import world_of
from trucewatch.packs.schema import validate
from trucewatch.packs.strict import read_tsv, read_yaml
from trucewatch.packs.world import Party

COLUMNS, FORMATS, CODES, POLECAT = "exports/columns.tsv", "exports/formats.yaml", "exports/codes.yaml", "exports/polecat.yaml"
SAME = "same"
Quad = Literal["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Format(_Form):
    """A format as --list shows it. `back`: it carries all, and is read back to the same claims."""

    ending: str
    media: str
    back: bool
    carries: str
    lacks: str
    opened: str


class Reach(_Form):
    """How exact a place is. `point`: its coordinates are the place, not only the middle of it."""

    where_prec: Annotated[int, Field(ge=1, le=7)]
    radius: str
    point: bool


class Codes(_Form):
    precision: dict[str, Reach]
    calendar: dict[str, Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]]
    schemata: dict[str, str]
    languages: dict[str, str]
    unnamed: str


class PloverType(_Form):
    quad: Quad
    score: float


class Rule(_Form):
    """`type` and `mode`: a code, or "same" for the claim's own; `modes` none = any."""

    events: tuple[str, ...]
    statuses: tuple[str, ...]
    type: str
    modes: tuple[str, ...] = ()
    mode: str = ""


class Polecat(_Form):
    types: dict[str, PloverType]
    rules: tuple[Rule, ...]
    sectors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """`tag` is that of HXL; empty = csv only."""

    name: str
    tag: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Known:
    """What all formats are written with. `dataset` is the name under which statements are told; `parties`: the world's, by id."""

    columns: tuple[Column, ...]
    codes: Codes
    polecat: Polecat
    parties: Mapping[str, Party]
    dataset: str


def known(folder: Path | None = None, *, dataset: str = "trucewatch") -> Known:
    """The knowledge, a user's own files first. Raises PackError."""
    rows = read_tsv(find(COLUMNS, folder), ("column", "tag", "meaning"))
    columns = tuple(Column(row.cells["column"], row.cells["tag"], row.cells["meaning"]) for row in rows)
    return Known(columns, _read(CODES, Codes, folder), _read(POLECAT, Polecat, folder), world_of(folder).parties, dataset)


def formats(folder: Path | None = None) -> dict[str, Format]:
    """All formats by name, in the order in which they are shown."""
    found: dict[str, Format] = _read(FORMATS, dict[str, Format], folder)
    return found


def check(folder: Path | None = None) -> Iterator[str]:
    """Faults of the data files of exports."""
    try:
        found = known(folder)
        formats(folder)
    except PackError as error:
        yield str(error)
        return
    polecat, codes = find(POLECAT, folder), find(CODES, folder)
    for rule in found.polecat.rules:
        asked: dict[str, tuple[Collection[str], Collection[str]]] = {
            "event": (rule.events, EVENTS),
            "status": (rule.statuses, STATUSES),
        }
        asked |= {"mode": (rule.modes, {mode for event in rule.events for mode in MODES.get(event, ())})}
        asked |= {"type": ((rule.type,), (*found.polecat.types, SAME))}
        for what, (told, allowed) in asked.items():
            for code in told:
                if code not in allowed:
                    yield f"{polecat}:1: unknown {what} '{code}'. Take one of: {', '.join(sorted(allowed))}."
    for code in PRECISIONS:
        if code not in found.codes.precision:
            yield f"{codes}:1: the precision '{code}' is missing. Write a line for it."
    for code in STATUSES:
        if code not in found.codes.calendar:
            yield f"{codes}:1: the calendar does not know '{code}'. Write its STATUS."


def _read(name: str, model: Any, folder: Path | None) -> Any:
    path = find(name, folder)
    return validate(model, read_yaml(path), path)
