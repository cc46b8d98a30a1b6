"""What pages and tables say in a reader's language: data/interface/<code>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Labels:
    """`words` maps a group (events, statuses, page …) to its code → text."""

    code: str
    name: str
    direction: str
    words: Mapping[str, Mapping[str, str]]


@cache
def interface() -> tuple[str, ...]:
    """Codes of the languages that the interface speaks."""
    folder = files("trucewatch") / "data/interface"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


@cache
def labels(language: str) -> Labels:
    """Labels for readers of this language; where the interface does not speak it, the English ones."""
    code = language if language in interface() else FALLBACK
    raw: dict[str, Any] = yaml.safe_load((files("trucewatch") / f"data/interface/{code}.yaml").read_text("utf-8"))
    groups = {key: value for key, value in raw.items() if isinstance(value, dict)}
    return Labels(code=raw["code"], name=raw["name"], direction=raw["direction"], words=groups)


def say(known: Labels, group: str, code: str) -> str:
    """The text for a code. A code without a text (a counted noun, a part in a meeting) speaks for itself."""
    return known.words[group].get(code, code.removeprefix("other:").replace("_", " "))
