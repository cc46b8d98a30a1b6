"""The public form of a claim as types, for the doors: source of the JSON Schema, and check of claims that come in."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import TypedDict

from trucewatch.errors import ReadError
from trucewatch.model import BOUNDS, EVENTS, MODES, SCOPES, STATUSES, VOICE_KINDS
from trucewatch.model.codes import BASES, GRAINS, PRECISIONS, QUANTITY_KINDS

# A TypedDict does not hand its configuration down: each says for itself that it is closed.
CLOSED = ConfigDict(extra="forbid", strict=True)
PIECES = ("event", "voice", "time", "place", "figure", "antecedent")


def _one_of(codes: tuple[str, ...]) -> Any:
    """Pattern and list in one: pydantic checks the pattern, the schema shows the list."""
    return Field(pattern=f"^(?:{'|'.join(codes)})$", json_schema_extra={"enum": list(codes)})


Offset = Annotated[int, Field(ge=0, description="code points into the article's text, half-open")]
Id = Annotated[str, Field(min_length=1)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Of = Annotated[str, Field(pattern=f"^(?:{'|'.join(QUANTITY_KINDS)}|other:.+)$")]


@with_config(CLOSED)
class Text(TypedDict):
    """Words of the article."""

    text: Annotated[str, Field(min_length=1)]
    start: Offset
    end: Offset


@with_config(CLOSED)
class Untold(TypedDict):
    """A value without words of its own."""

    text: None


@with_config(CLOSED)
class Phrase(Text):
    ref: NotRequired[Id]


@with_config(CLOSED)
class Role(Text):
    party: Id | None
    as_: NotRequired[Annotated[Id, Field(alias="as")]]
    derived: NotRequired[Id]


@with_config(CLOSED)
class DerivedRole(Untold):
    party: Id | None
    as_: NotRequired[Annotated[Id, Field(alias="as")]]
    derived: Id


@with_config(CLOSED)
class Voice(Text):
    kind: Annotated[str, _one_of(VOICE_KINDS)]
    party: Id | None
    cue: NotRequired[Id]


@with_config(CLOSED)
class Outlet(Untold):
    kind: Literal["outlet"]
    party: Id | None


@with_config(CLOSED)
class Period(TypedDict):
    start: Day | None
    end: Day | None


@with_config(CLOSED)
class When(Period):
    grain: Annotated[str, _one_of(GRAINS)]
    basis: Annotated[str, _one_of(BASES)]
    text: str | None
    span: NotRequired[Annotated[list[Offset], Field(min_length=2, max_length=2)]]
    derived: NotRequired[Id]


@with_config(CLOSED)
class Where(Text):
    place: Id | None
    name: str | None
    country: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None
    lat: Annotated[float, Field(ge=-90, le=90)] | None
    lon: Annotated[float, Field(ge=-180, le=180)] | None
    precision: Annotated[str, _one_of(PRECISIONS)] | None


@with_config(CLOSED)
class Amount(TypedDict):
    """What a figure says, wherever it was read."""

    of: Of
    value: float
    bound: Annotated[str, _one_of(BOUNDS)]
    scope: Annotated[str, _one_of(SCOPES)]
    period: Period | None


@with_config(CLOSED)
class Quantity(Text, Amount):
    derived: NotRequired[Id]


@with_config(CLOSED)
class DerivedQuantity(Untold, Amount):
    derived: Id


@with_config(CLOSED)
class Evidence(TypedDict):
    role: Annotated[str, _one_of(PIECES)]
    start: Offset
    end: Offset
    quote: Annotated[str, Field(min_length=1)]


@with_config(CLOSED)
class Coder(TypedDict):
    name: Id
    version: Id
    rules: list[Id]


@with_config(CLOSED)
class PublicClaim(TypedDict):
    """One happening as told by one voice in one article; see docs/words.md."""

    id: Annotated[str, Field(pattern="^c:.+")]
    reading: Annotated[str, Field(pattern="^r:.+")]
    article: Id
    event: Annotated[str, _one_of(EVENTS)]
    mode: str | None
    status: Annotated[str, _one_of(STATUSES)]
    speaker: Annotated[list[Voice | Outlet], Field(min_length=1, description="the chain of voices, outermost first")]
    actors: list[Role | DerivedRole]
    recipients: list[Role | DerivedRole]
    participants: list[Role | DerivedRole]
    when: When | None
    where: Where | None
    cause: list[Phrase]
    object: Phrase | None
    quantities: list[Quantity | DerivedQuantity]
    about: list[Id]
    refers: Phrase | None
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    coder: Coder


@cache
def _adapter() -> TypeAdapter[PublicClaim]:
    return TypeAdapter(PublicClaim)


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one claim; the modes allowed are those of the event."""
    rules = [
        {"if": {"properties": {"event": {"const": event}}}, "then": {"properties": {"mode": {"enum": [None, *modes]}}}}
        for event, modes in MODES.items()
    ]
    body = _adapter().json_schema(by_alias=True)
    return {"$schema": GenerateJsonSchema.schema_dialect} | body | {"title": "trucewatch claim", "allOf": rules}


def check(raw: Mapping[str, Any], place: str) -> None:
    """Raises ReadError if this is no claim in the public form. `place` is the `path:line` it came from."""
    try:
        _adapter().validate_python(raw)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the claim"
        raise ReadError(f"{place}: {where}: {first['msg']}. `trucewatch schema claim` prints the form.") from problem
    if raw["mode"] is not None and raw["mode"] not in MODES[raw["event"]]:
        raise ReadError(
            f"{place}: mode: '{raw['mode']}' is no mode of {raw['event']}. `trucewatch schema claim` prints the form."
        )
