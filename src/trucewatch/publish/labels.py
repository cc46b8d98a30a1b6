"""What pages and tables say in a reader's language: data/interface/<code>.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.packs import find
from trucewatch.packs.strict import read_yaml

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
    return tuple(sorted(path.stem for path in find("interface").glob("*.yaml")))


@cache
def labels(language: str) -> Labels:
    """Labels for readers of this language; where the interface does not speak it, the English ones."""
    code = language if language in interface() else FALLBACK
    raw: dict[str, Any] = read_yaml(find(f"interface/{code}.yaml"))
    groups = {key: value for key, value in raw.items() if isinstance(value, dict)}
    return Labels(code=raw["code"], name=raw["name"], direction=raw["direction"], words=groups)


def say(known: Labels, group: str, code: str) -> str:
    """The text for a code. A code without a text (a counted noun, a part in a meeting) speaks for itself."""
    return known.words[group].get(code, code.removeprefix("other:").replace("_", " "))
