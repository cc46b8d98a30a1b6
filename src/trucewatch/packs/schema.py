"""The form of pack files as pydantic models: validation at the door, and the source of the JSON Schemas."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from trucewatch.errors import PackError

T = TypeVar("T")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class Assimilated(_Form):
    """A clitic that melts with the article: `form` as written, `as` the clitic, `put` what is put back before the rest."""

    form: str
    as_: str = Field(alias="as")
    put: str


class Suffix(_Form):
    """An enclitic; `any` = split off any word; `put` = letters put back on the word; `as` = the clitic's key."""

    form: str
    put: str = ""
    any: bool = False
    as_: str | None = Field(default=None, alias="as")


class EndingRule(_Form):
    """Forms of a word whose end matches the regular expression `end`."""

    end: str
    forms: dict[str, str]


class Paradigm(_Form):
    """Principal parts, and either `rules` by ending or `forms` by part and feature; neither = the parts are the forms."""

    parts: list[str]
    rules: list[EndingRule] | None = None
    forms: dict[str, dict[str, list[str]]] | None = None


class PackFile(_Form):
    """pack.yaml of a language."""

    code: str
    names: dict[str, str]
    direction: Literal["ltr", "rtl"]
    order: Literal["svo", "vso", "sov"]
    case: bool
    sentence_ends: str
    abbreviations: list[str]
    article: list[str] = []
    prefixes: list[list[str]] = []
    assimilated: list[Assimilated] = []
    always: list[str] = []
    suffixes: list[Suffix] = []
    restore: dict[str, str] = {}
    final: list[str] = []
    adjective: Literal["before", "after"]
    passive: Literal["participle", "unmarked", "marked"]
    passive_sign: str = ""
    judged: bool = False
    paradigms: dict[str, Paradigm]

    def model_dump(self, **_: Any) -> dict[str, Any]:
        """Plain data with the keys as written and absent options left out."""
        return super().model_dump(by_alias=True, exclude_none=True)


class Rule(_Form):
    """One grammar rule (docs/rules.md)."""

    rule: str
    make: str
    pattern: str = Field(max_length=500)
    params: dict[str, Any] = Field(default={}, alias="with")
    examples: list[str] = Field(min_length=1)
    nots: list[str] = Field(min_length=1, alias="not")


RuleFile = list[Rule]
Frames = dict[str, dict[str, str]]


class EventType(_Form):
    """A line of events.yaml: the default frame, what a bare figure counts, and the meaning in words."""

    frame: str
    gloss: str = Field(min_length=1)
    of: str | None = None


class ModeRow(_Form):
    """A line of modes.yaml: where an event's mode is found beside its trigger (docs/rules.md, "Modes")."""

    loose: list[str] = []
    held: dict[str, str] = {}
    like: str | None = None
    many: str | None = None


class Maker(_Form):
    """A line of makers.yaml: the captures a maker reads, and its parameters with the kind of their values."""

    captures: list[str] = []
    params: dict[str, str | list[str]] = Field(default={}, alias="with")


class Classes(_Form):
    """classes.yaml: classes of lexicon lines with their value keys, and the classes that reading makes itself."""

    every: dict[str, str | list[str]]
    relations: list[str]
    features: list[str]
    classes: dict[str, dict[str, str | list[str]]]
    made: list[list[str]]
    open: list[str]


class Links(_Form):
    """links.yaml: when claims are linked, and what linking knows of languages (docs/linking.md)."""

    tolls: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    alike: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    spoken: list[str]
    sounds: dict[str, list[str]]
    prefixes: dict[str, list[str]]
    empty: dict[str, list[str]]
    common: list[dict[str, list[str]]]
    owners: dict[str, list[str]]
    authorities: dict[str, list[str]]
    terms: dict[str, dict[str, list[str]]]
    spans: dict[int, dict[str, list[str]]]
    weights: dict[str, float]
    never: list[str]
    texts: dict[str, dict[str, str]]


class DailyCount(_Form):
    """One key of a row of a daily series: what it counts."""

    key: str
    of: str
    scope: Literal["new", "cumulative", "total"]


class Daily(_Form):
    """A file of series/: how a daily series by others is read (docs/linking.md)."""

    outlet: str
    language: str
    event: str
    day: str
    voice: str
    voices: dict[str, str]
    counts: list[DailyCount] = Field(min_length=1)


class PamRow(_Form):
    """A provision of the Kroc matrix; `pax`: the nearest categories of PA-X."""

    number: int
    label: str
    pax: list[str] = []
    checked: bool


class PaxRow(_Form):
    """A category of PA-X; `parts` are written behind a colon. Many labels are not given where the codes are."""

    section: str
    label: str | None = None
    parts: list[str] = []
    checked: bool


class OurRow(_Form):
    """A category that neither list has, with the nearest of both."""

    label: dict[str, str]
    pam: list[str] = []
    pax: list[str] = []
    checked: bool


class Provisions(_Form):
    """provisions.yaml: what provisions are about, who benefits beside parties, and the term of a role in PA-X."""

    pam: dict[str, PamRow]
    pax: dict[str, PaxRow]
    ours: dict[str, OurRow]
    groups: dict[str, dict[str, str]]
    roles: dict[str, Literal["Part", "ThrdPart"]]


class StanceRow(_Form):
    """A rule of stances.yaml: by which claims somebody takes a stance to an agreement."""

    name: str
    stance: Literal["supports", "accepts", "accepts-with-conditions", "doubts", "accuses", "rejects", "warns", "delays", "none"]
    events: Annotated[list[str], Field(min_length=1)]
    modes: list[str] = []
    statuses: list[str] = []
    words: dict[str, list[str]] = {}
    unless: dict[str, list[str]] = {}


MODELS: dict[str, Any] = {
    "pack": PackFile,
    "rules": RuleFile,
    "frames": Frames,
    "events": dict[str, EventType],
    "modes": dict[str, ModeRow],
    "classes": Classes,
    "makers": dict[str, Maker],
    "links": Links,
    "daily": Daily,
    "provisions": Provisions,
    "stances": list[StanceRow],
}
GUIDE = "docs/rules.md"  # where the form is described


def _keys(form: type[BaseModel]) -> list[str]:
    """All keys of a family of forms."""
    return sorted({field.alias or name for model in form.__subclasses__() for name, field in model.model_fields.items()})


def validate(model: Any, data: Any, path: Path) -> Any:
    """`data` as the model, or a PackError that names file, line, key and mend (the first of its faults)."""
    try:
        return TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        raise PackError(_fault(error.errors()[0], path, GUIDE, _Form)) from None


def faults(model: Any, data: Any, path: Path, *, guide: str = GUIDE, family: type[BaseModel] = _Form) -> list[str]:
    """Every fault of the data, each as `path:line: what. Mend.`; keys that were meant are looked for in the family of forms."""
    try:
        TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        return [_fault(each, path, guide, family) for each in error.errors()]
    return []


def _fault(error: Any, path: Path, guide: str, family: type[BaseModel]) -> str:
    place, loc = f"{path}:{_line(path, error['loc'])}", error["loc"]
    key = str(loc[-1]) if loc else "the file"
    if error["type"] == "missing":
        return f"{place}: '{key}' is missing. Write it; {guide} tells the form."
    if error["type"] == "extra_forbidden":
        near = get_close_matches(key, _keys(family), 1)
        mend = f"Did you mean '{near[0]}'?" if near else f"See {guide} for the form."
        return f"{place}: the key '{key}' is unknown. {mend}"
    where = ".".join(str(part) for part in loc) or "the file"
    if error["type"] == "value_error":  # our own check: it tells what and mend
        return f"{place}: {where}: {error['ctx']['error']}."
    return f"{place}: {where}: {error['msg'].lower()}. See {guide} for the form."


def _line(path: Path, loc: Sequence[Any]) -> int:
    """The line of the last named key of `loc`; in a list of rules the line inside that rule, or the rule's first."""
    lines = path.read_text("utf-8").splitlines()
    start, stop = 0, len(lines)
    if loc and isinstance(loc[0], int):
        entries = [i for i, line in enumerate(lines) if re.match(r"-\s", line)]
        start = entries[loc[0]] if loc[0] < len(entries) else 0
        stop = next((i for i in entries if i > start), stop)
    for key in reversed([k for k in loc if isinstance(k, str)]):
        for at in range(start, stop):
            if re.search(rf"(^|[\s{{,-]){re.escape(key)}\s*:", lines[at]):
                return at + 1
    return start + 1


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each pack file, by name."""
    return {name: TypeAdapter(model).json_schema(by_alias=True) for name, model in MODELS.items()}
