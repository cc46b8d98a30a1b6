"""The form of pack files as pydantic models: validation at the door, and the source of the JSON Schemas."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

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
    adjective: Literal["before", "after"]
    passive: Literal["participle", "unmarked", "marked"]
    passive_sign: str = ""
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
MODELS: dict[str, Any] = {"pack": PackFile, "rules": RuleFile}


def validate(model: Any, data: Any, path: Path) -> Any:
    """`data` as the model, or a PackError that names file, line, key and mend."""
    try:
        return TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{path}:{_line(path, first['loc'])}: {where}: {first['msg'].lower()}. See docs/rules.md for the form.") from None


def _line(path: Path, loc: Sequence[Any]) -> int:
    """The line that holds the last named key of `loc`, counted from the entry where the file is a list of rules."""
    lines = path.read_text("utf-8").splitlines()
    start = 0
    if loc and isinstance(loc[0], int):
        entries = [i for i, line in enumerate(lines) if re.match(r"\s*-\s+rule\b", line)]
        start = entries[loc[0]] if loc[0] < len(entries) else 0
    for key in reversed([k for k in loc if isinstance(k, str)]):
        for at in range(start, len(lines)):
            if re.search(rf"(^|[\s{{,-]){re.escape(key)}\s*:", lines[at]):
                return at + 1
    return start + 1


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each pack file, by name."""
    return {name: TypeAdapter(model).json_schema() for name, model in MODELS.items()}
