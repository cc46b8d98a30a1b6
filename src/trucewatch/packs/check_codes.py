"""The codes that data files may use: classes and their value keys, makers, frames, and the codes of a claim."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.model import BOUNDS, EVENTS, MODES, STATUSES, VOICE_KINDS
from trucewatch.model.codes import PRECISIONS, QUANTITY_KINDS
from trucewatch.packs.load import find
from trucewatch.packs.schema import MODELS, Classes, Maker, validate
from trucewatch.packs.strict import read_yaml

Spec = str | list[str]  # a kind of value, or the values allowed
ACTOR_KINDS = (*VOICE_KINDS, "state", "group", "pronoun", "name")
_QUANTITY = re.compile(rf"(?:{'|'.join(QUANTITY_KINDS)}|other:\S.*)")
_RANGE = re.compile(r"(\d+)-(\d+)")
_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "quantity": (_QUANTITY, f"Write one of {', '.join(QUANTITY_KINDS)}, or other:<noun>."),
    "flag": (re.compile("1"), "Write 1 or leave the key out."),
    "yes": (re.compile("True"), "Write true or leave the key out."),
    "boolean": (re.compile("True|False"), "Write true or false."),
    "number": (re.compile(r"\d+(?:\.\d+)?"), "Write a number."),
    "amount": (re.compile(r"noun|\d+"), "Write a number, or noun for the noun's own."),
    "integer": (re.compile(r"-?\d+"), "Write a whole number."),
    "word": (re.compile(r"[\w.:-]+"), "Write letters, digits, dots and dashes."),
}


@dataclass(frozen=True, slots=True)
class Codes:
    """`classes`: class -> value keys with what each may hold, events and relations spelt out; `every`: keys of any class;
    `made`: classes that reading makes itself; `open`: those whose last step is free."""

    classes: Mapping[str, Mapping[str, Spec]]
    every: Mapping[str, Spec]
    made: frozenset[str]
    open: frozenset[str]
    relations: frozenset[str]
    features: frozenset[str]
    frames: frozenset[str]
    makers: Mapping[str, Maker]


def codes(folder: Path | None = None) -> Codes:
    """The codes of the data files; raises PackError where one of their own files is broken."""
    known: Classes = _read("classes", folder)
    makers: dict[str, Maker] = _read("makers", folder)
    spelt: dict[str, Mapping[str, Spec]] = {}
    for name, keys in known.classes.items():
        stem, _, last = name.partition(".")
        ends = {"EVENT": EVENTS, "REL": known.relations}.get(last)
        spelt |= {f"{stem}.{end}": keys for end in ends} if ends else {name: keys}
    made = {cls for row in known.made for cls in row} | {f"f.{feature}" for feature in known.features}
    return Codes(
        spelt,
        known.every,
        frozenset(made),
        frozenset(known.open),
        frozenset(known.relations),
        frozenset(known.features),
        frozenset(_read("frames", folder)),
        makers,
    )


def _read(name: str, folder: Path | None) -> Any:
    path = find(f"ontology/{name}.yaml", folder)
    return validate(MODELS[name], read_yaml(path), path)


def near(word: str, known: Collection[str]) -> str:
    """A mend: the nearest known word, or all of them where they are few."""
    found = get_close_matches(word, sorted(known), 1)
    if found:
        return f"Did you mean '{found[0]}'?"
    return f"Known: {', '.join(sorted(known))}." if 0 < len(known) <= 30 else "See docs/rules.md."


def misfit(spec: Spec, value: object, event: str | None, known: Codes) -> str | None:
    """The mend where a value is none of those its key may hold; None where it fits. `event` is that of the line, for modes."""
    text = str(value)
    if not isinstance(spec, str) or spec in _lists(event, known):
        allowed = spec if not isinstance(spec, str) else _lists(event, known)[spec]()
        return None if text in allowed else near(text, allowed)
    if span := _RANGE.fullmatch(spec):
        fits = text.isdecimal() and int(span[1]) <= int(text) <= int(span[2])
        return None if fits else f"Write a number from {span[1]} to {span[2]}."
    form, mend = _FORMS[spec]
    return None if form.fullmatch(text) else mend


def _lists(event: str | None, known: Codes) -> Mapping[str, Callable[[], Collection[str]]]:
    return {
        "mode": lambda: MODES.get(event or "", ()),
        "frame": lambda: known.frames,
        "event": lambda: (*EVENTS, "say", "deny", "demand", "plan", "may", "fail"),
        "status": lambda: STATUSES,
        "bound": lambda: BOUNDS,
        "precision": lambda: PRECISIONS,
        "voice": lambda: ACTOR_KINDS,
        "actor": lambda: ACTOR_KINDS,
        "unit": lambda: known.classes.get("unit", {}).get("unit", ()),
    }


def value_faults(
    values: Mapping[str, object], keys: Mapping[str, Spec], event: str | None, owner: str, known: Codes
) -> Iterator[str]:
    """`what. Mend.` of each pair that does not fit; `owner` names what the keys belong to."""
    for key, value in values.items():
        if key not in keys:
            yield f"the key '{key}' is unknown for {owner}. " + (near(key, keys) if keys else "Take it out.")
        elif mend := misfit(keys[key], value, event, known):
            yield f"{key}={value} does not fit {owner}. {mend}"


def class_of(query: str, known: Codes, labels: Collection[str]) -> bool:
    """Whether some item can bear the class a pattern asks for: itself, or one below it."""
    if query in labels or query.partition(".")[0] in known.open:
        return True
    every = (*known.classes, *known.made)
    return any(name == query or name.startswith(f"{query}.") for name in every)


def told(read: Callable[[], object]) -> list[str]:
    """What reading complains of."""
    try:
        read()
    except PackError as error:
        return [str(error)]
    return []


def line_of(path: Path, key: str) -> int:
    """The line where a key of a YAML file stands first, else 1."""
    lines = path.read_text("utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith(f"{key}:")), 1)
