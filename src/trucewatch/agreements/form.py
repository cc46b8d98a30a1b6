"""The form of an agreement file as pydantic models; `freeze` makes the nouns of `model/agreement.py` of it.

Every form names its noun, and its fields are the noun's fields: what an optional field means when it is absent stands here.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, TypeAdapter, WithJsonSchema

from trucewatch.model import agreement as nouns
from trucewatch.model.agreement import Moment

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{4}(?:-\d{2}(?:-\d{2})?)?"
MOMENT = rf"{_DAY}(?:\.\.{_DAY})?(?: \d{{2}}:\d{{2}} [A-Za-z_]+(?:/[A-Za-z0-9_+-]+)*)?"
_SPLIT = re.compile(rf"({_DAY})(?:\.\.({_DAY}))?(?: (\d{{2}}:\d{{2}}) (\S+))?")
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def moment(text: object) -> Moment:
    """`Fri 2025-10-10 12:00 Asia/Jerusalem`, `2025-10-10`, `2025-10` (the month), `2025` or `2025-11-01..2025-11-04`."""
    text = str(text) if type(text) is int else text  # a bare year
    found = _SPLIT.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise ValueError(
            f"'{text}' is no day. Write 2025-10-10, 2025-10, 2025-11-01..2025-11-04 or 2025-10-10 12:00 Asia/Jerusalem"
        )
    (start, last), end = _days(found[1]), _days(found[2] or found[1])[1]
    if end < start:
        raise ValueError(f"'{text}' ends before it begins. Write the earlier day first")
    if not found[3]:
        return Moment(start, end)
    if start != end or last != start:
        raise ValueError(f"'{text}' has a time and more than one day. Give one day or no time")
    try:
        at, _ = time.fromisoformat(found[3]), ZoneInfo(found[4])
    except (ValueError, OSError, LookupError):
        raise ValueError(f"'{found[3]} {found[4]}' is no time in a zone. Write it as 12:00 Asia/Jerusalem") from None
    return Moment(start, end, at, found[4])


def _days(text: str) -> tuple[date, date]:
    """First and last day; a weekday that is written must be the day's own."""
    weekday, _, day = text.rpartition(" ")
    pieces = [int(piece) for piece in day.split("-")]
    try:
        year, month, number = (*pieces, 1, 1)[:3]
        start = date(year, month, number)
    except ValueError:
        raise ValueError(f"'{day}' is not in the calendar. Mend the day") from None
    if weekday and len(pieces) == 3 and WEEKDAYS[start.weekday()] != weekday:
        raise ValueError(f"{day} was a {WEEKDAYS[start.weekday()]}, not a {weekday}. Mend the day or take the weekday out")
    if len(pieces) == 3:
        return start, start
    after = date(year + 1, 1, 1) if len(pieces) == 1 or month == 12 else date(year, month + 1, 1)
    return start, after - timedelta(days=1)


Day = Annotated[Moment, PlainValidator(moment), WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{MOMENT}$"})]
Id = Annotated[str, Field(pattern=SLUG)]
Told = Annotated[dict[str, str], Field(min_length=1)]
ByLanguage = dict[str, list[str]]
UNTOLD = "und"  # the code of a text whose language its file does not tell
Text = Annotated[
    dict[str, str],
    BeforeValidator(lambda told: {UNTOLD: told} if isinstance(told, str) else told),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}),
]
Sources = Annotated[list[str], Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]


class Form(BaseModel):
    """A part of an agreement file."""

    model_config = ConfigDict(extra="forbid", strict=True)
    noun: ClassVar[Callable[..., Any]]


class Fact(Form):
    """A part that says where it is from, and whether that was read."""

    source: Sources
    checked: bool


class Source(Form):
    noun = nouns.Source
    id: Id
    where: str = Field(min_length=1)
    note: Text = {}


class Document(Fact):
    noun = nouns.Document
    id: Id
    names: Told
    kind: Literal[
        "agreement", "plan", "proposal", "declaration", "joint-statement", "resolution", "charter", "protocol", "report"
    ]
    relation: Literal["main", "annex", "implements", "endorses", "supersedes", "proposes", "amends"]
    when: Day | None = None
    signed: list[str] = []
    note: Text = {}
    calls: ByLanguage = {}


class Acceptance(Fact):
    noun = nouns.Acceptance
    kind: Literal["proposed-to", "accepted", "accepted-with-conditions", "rejected"]
    when: Day | None = None
    document: str | None = None
    conditions: dict[str, str] = {}


class Party(Form):
    noun = nouns.AgreementParty
    party: str
    role: Literal["signatory", "bound", "addressee", "guarantor", "mediator", "sponsor", "observer", "host", "named"]
    also: list[str] = []
    acceptance: list[Acceptance] = []
    note: Text = {}


class Declaration(Fact):
    noun = nouns.Declaration
    party: str
    words: Told
    when: Day
    until: Day | None = None


class Signal(Form):
    noun = nouns.Signal
    name: Id
    says: Literal["for", "against", "mentions"]
    events: list[str] = Field(min_length=1)
    modes: list[str] = []
    statuses: list[str] = ["occurred", "ongoing"]
    actors: list[str] = []
    recipients: list[str] = []
    participants: list[str] = []
    speakers: list[str] = []
    anyone: list[str] = []
    kinds: list[str] = []
    places: list[str] = []
    words: ByLanguage = {}
    unless: ByLanguage = {}
    within: bool = False
    during: bool = False
    reaches: Literal["minimal", "intermediate", "full"] | None = None


class Milestone(Fact):
    noun = nouns.Milestone
    id: Id
    words: Told
    when: Day | None = None
    signals: list[Signal] = []


class Extension(Fact):
    noun = nouns.Extension
    agreed: Day
    to: Day


class InForce(Fact):
    noun = nouns.InForce
    start: Day
    zone: str
    end: Day | None = None
    ended: Text = {}
    extensions: list[Extension] = []
    covers: list[str] = []


class Suspension(Fact):
    noun = nouns.Suspension
    party: str
    start: Day
    end: Day | None = None
    note: Text


class Phase(Fact):
    noun = nouns.Phase
    id: Id
    names: Told
    named_by: list[str]
    begins: Day | None = None
    announced_by: list[str] = []
    condition: dict[str, str] = {}
    calls: ByLanguage = {}
    signals: list[Signal] = []


class Due(Form):
    noun = nouns.Due
    words: Told
    by: Day | None = None
    after: str | None = None
    within: Annotated[int, Field(ge=1)] | None = None
    every: Annotated[int, Field(ge=1)] | None = None
    unit: Literal["hours", "days", "months", "years"] | None = None
    extensions: list[Extension] = []


class Amount(Fact):
    noun = nouns.Amount
    of: str
    value: Annotated[float, Field(ge=0, strict=False)] | None = None
    bound: Literal["exact", "at_least", "more_than", "about", "up_to"] = "exact"
    per: Literal["day", "week", "month"] | None = None
    words: Told
    verifier: list[str] = []


class Provision(Fact):
    noun = nouns.Provision
    id: Id
    document: str
    paragraph: str | None = None
    phase: str | None = None
    words: Told
    nature: Literal["once", "keep", "rate", "create", "report", "aim", "fallback"]
    obligors: list[str] = Field(min_length=1)
    beneficiaries: list[str] = []
    pam: list[str] = []
    pax: list[str] = []
    ours: list[str] = []
    condition: dict[str, str] = {}
    due: Due | None = None
    amounts: list[Amount] = []
    verifier: list[str] = []
    after: list[str] = []
    superseded_by: str | None = None
    signals: list[Signal] = []


class Member(Form):
    noun = nouns.Member
    party: str
    start: Day | None = None
    end: Day | None = None


class Body(Fact):
    noun = nouns.Body
    id: str
    mandate: Told
    chair: list[str] = []
    members: list[Member] = []
    created_by: list[str] = []
    created: Day | None = None
    expires: Day | None = None
    reports_every: Annotated[int, Field(ge=1)] | None = None
    calls: ByLanguage = {}


class Vote(Fact):
    noun = nouns.VoteFact
    id: Id
    body: str
    document: str
    when: Day
    votes_for: Count
    votes_against: Count
    abstentions: Count
    against: list[str] = []
    abstaining: list[str] = []


class Counting(Fact):
    noun = nouns.Counting
    party: str
    against: list[str] = []
    kinds: list[str] = []
    events: list[str] = []
    modes: list[str] = []
    since: Day | None = None
    channel: Text = {}
    note: Text = {}


class Variant(Fact):
    noun = nouns.Variant
    what: Literal["in-force", "duration", "signed", "place", "amount", "name"]
    provision: str | None = None
    value: str
    moment: Day | None = None
    told_by: list[str] = Field(min_length=1)
    standing: Literal["text", "count", "paraphrase", "mistake"]
    note: Text = {}


class Area(Form):
    noun = nouns.Area
    countries: list[str] = Field(min_length=1)
    places: list[str] = []
    boxes: list[Annotated[list[float], Field(min_length=4, max_length=4)]] = []
    words: ByLanguage = {}


class Line(Fact):
    noun = nouns.Line
    id: Id
    names: Told
    shape: Literal["LineString", "MultiLineString", "Polygon", "MultiPolygon"] | None = None
    coordinates: list[Any] | None = None
    file: str | None = None
    note: Text = {}


class Agreement(Form):
    """An agreement file, data/agreements/<id>.yaml (docs/add-an-agreement.md)."""

    noun = nouns.Agreement
    id: Id
    names: Told
    kind: Literal["ceasefire", "framework", "plan", "joint-statement", "proposal"]
    pax_stage: Literal["Pre", "SubPar", "SubComp", "Imp", "Ren", "Cea", "Oth"]
    summary: Told
    area: Area
    parties: list[Party] = Field(min_length=1)
    documents: list[Document] = Field(min_length=1)
    milestones: list[Milestone] = []
    in_force: list[InForce] = []
    suspensions: list[Suspension] = []
    declarations: list[Declaration] = []
    phases: list[Phase] = []
    provisions: list[Provision] = Field(min_length=1)
    bodies: list[Body] = []
    votes: list[Vote] = []
    violations: list[Counting] = []
    variants: list[Variant] = []
    channel: Text = {}
    sources: list[Source] = Field(min_length=1)
    calls: ByLanguage = {}
    lines: list[Line] = []


def freeze(value: Any) -> Any:
    """Forms as their nouns, lists as tuples, mappings as pairs in order of their keys."""
    if isinstance(value, Form):
        return type(value).noun(**{name: freeze(getattr(value, name)) for name in type(value).model_fields})
    if isinstance(value, list):
        return tuple(freeze(each) for each in value)
    if isinstance(value, dict):
        return tuple(sorted((key, freeze(each)) for key, each in value.items()))
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema of an agreement file."""
    return TypeAdapter(Agreement).json_schema()
