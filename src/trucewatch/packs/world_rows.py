"""The hand-edited world files, read strictly into rows: compiled by the build tool, and read from a user's own folder."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.model.codes import PRECISIONS
from trucewatch.packs.strict import read_yaml

# Kind of a party -> class of its names. A territory without a code in CLDR is named like a body: it composes no organs.
NAME_CLASSES = {
    "organisation": "org",
    "group": "group",
    "body": "body",
    "territory": "body",
    "agency": "agency",
    "person": "person",
}
STATE_KINDS = ("state", "territory")
PARTY_FILES = ("organisations.yaml", "groups.yaml", "bodies.yaml", "persons.yaml")
PLACE_FILE = "places-supplement.yaml"
STATE_FILE = "states-supplement.yaml"
RECALLED = "recalled"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]{3}(?:\.[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office somebody holds at a party. Days are ISO or None; None = not known, not "for ever"."""

    office: str
    party: str
    start: str | None
    end: str | None
    source: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A row of a party file. `names` maps (language, class) to spellings, the first being the one to show."""

    id: str
    kind: str
    country: str | None
    start: str | None
    end: str | None
    source: str
    roles: tuple[Tenure, ...]
    names: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row of the places supplement. `names` maps a language to spellings."""

    id: str
    country: str | None
    precision: str
    at: tuple[float, float] | None
    source: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class StateRow:
    """What CLDR lacks of a state; each mapping by language."""

    id: str
    kind: str
    names: Mapping[str, tuple[str, ...]]
    demonym: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]
    capital: Mapping[str, tuple[str, ...]]
    source: str


def read_parties(path: Path) -> list[PartyRow]:
    """The rows of organisations, groups, bodies or persons (a persons file has no `kind`)."""
    keys = {"id", "kind", "country", "names", "short", "demonym", "people", "roles", "from", "to", "source"}
    out = []
    for place, row in _rows(path, keys):
        kind = row.get("kind", "person" if path.name == "persons.yaml" else None)
        if kind not in NAME_CLASSES:
            raise PackError(f"{place}: the kind '{kind}' is unknown. Write one of {', '.join(NAME_CLASSES)}.")
        names = {(lang, NAME_CLASSES[kind]): words for lang, words in _names(row, "names", place).items()}
        if not names:
            raise PackError(f"{place}: no names. Write names: {{en: [...]}}.")
        for cls in ("short", "demonym", "people"):
            names |= {(lang, cls): words for lang, words in _names(row, cls, place).items()}
        source, start, end = _source(row, place)
        roles = tuple(_tenure(role, place, source) for role in row.get("roles", []))
        out.append(PartyRow(row["id"], kind, row.get("country"), start, end, source, roles, names))
    return out


def read_places(path: Path) -> list[PlaceRow]:
    """The rows of a places supplement."""
    out = []
    for place, row in _rows(path, {"id", "names", "country", "precision", "at", "source"}):
        if row.get("precision") not in PRECISIONS:
            raise PackError(f"{place}: the precision '{row.get('precision')}' is unknown. Write one of {', '.join(PRECISIONS)}.")
        at = row.get("at")
        if at is not None and not _is_point(at):
            raise PackError(f"{place}: 'at' is no point. Write at: [31.5000, 34.4700], latitude first.")
        names = _names(row, "names", place)
        if not names:
            raise PackError(f"{place}: no names. Write names: {{en: [...]}}.")
        point = (at[0], at[1]) if at is not None else None
        out.append(PlaceRow(row["id"], row.get("country"), row["precision"], point, _source(row, place)[0], names))
    return out


def read_states(path: Path) -> list[StateRow]:
    """The rows of the states supplement."""
    out = []
    for place, row in _rows(path, {"id", "kind", "names", "demonym", "people", "capital", "source"}):
        if row.get("kind") not in STATE_KINDS:
            raise PackError(f"{place}: the kind '{row.get('kind')}' is unknown. Write one of {', '.join(STATE_KINDS)}.")
        names, demonym, people, capital = (_names(row, key, place) for key in ("names", "demonym", "people", "capital"))
        out.append(StateRow(row["id"], row["kind"], names, demonym, people, capital, _source(row, place)[0]))
    return out


def _rows(path: Path, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with its place for messages; ids are checked and stand once."""
    lines = [n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.startswith("- ")]
    data = read_yaml(path) or []
    if not isinstance(data, list):
        raise PackError(f"{path}:1: not a list. Begin every row with '- id:'.")
    seen: set[str] = set()
    for at, row in enumerate(data):
        place = f"{path}:{lines[at] if len(lines) == len(data) else 1}"
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not _ID.fullmatch(row["id"]):
            raise PackError(f"{place}: no good id. Write id: some-slug, ISR or ISR.mil.")
        if unknown := sorted(set(row) - keys):
            raise PackError(f"{place}: the key '{unknown[0]}' is unknown. Use {', '.join(sorted(keys))}.")
        if row["id"] in seen:
            raise PackError(f"{place}: the id '{row['id']}' stands twice. Keep one.")
        seen.add(row["id"])
        yield place, row


def _names(row: Mapping[str, Any], key: str, place: str) -> dict[str, tuple[str, ...]]:
    value = row.get(key, {})
    good = isinstance(value, dict) and all(isinstance(v, list) and v and all(_is_name(n) for n in v) for v in value.values())
    if not good:
        raise PackError(f"{place}: '{key}' is not names by language. Write {key}: {{en: [Name, Other]}}, without '|' or tabs.")
    return {lang: tuple(words) for lang, words in value.items()}


def _is_point(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not all(type(number) is float for number in value):
        return False
    return bool(abs(value[0]) <= 90 and abs(value[1]) <= 180)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value == value.strip() != "" and not re.search(r"[|\t\n]", value)


def _source(row: Mapping[str, Any], place: str) -> tuple[str, str | None, str | None]:
    """Source, first and last day; a row without a source that can be looked up has no days."""
    source, start, end = row.get("source"), row.get("from"), row.get("to")
    if not isinstance(source, str) or not source:
        raise PackError(f"{place}: no source. Write source: {RECALLED}, or where it can be looked up.")
    for day in (start, end):
        if day is not None and not _DAY.fullmatch(str(day)):
            raise PackError(f"{place}: '{day}' is no day. Write 2025-10-10.")
    if source == RECALLED and (start or end):
        raise PackError(f"{place}: a recalled row with a day. Give the source of the day or take it out.")
    return source, start, end


def _tenure(role: Mapping[str, Any], place: str, source: str) -> Tenure:
    if unknown := sorted(set(role) - {"office", "party", "from", "to", "source"}):
        raise PackError(f"{place}: the key '{unknown[0]}' of a role is unknown. Use office, party, from, to, source.")
    if not role.get("office") or not role.get("party"):
        raise PackError(f"{place}: a role without office or party. Write {{office: envoy, party: united-nations}}.")
    own, start, end = _source({"source": source, **role}, place)
    return Tenure(role["office"], role["party"], start, end, own)


def first_names(names: Mapping[tuple[str, str], Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """(language, name to show), sorted by language; demonyms and short names are never shown."""
    shown = {lang: words[0] for (lang, cls), words in names.items() if cls == "state" or cls in NAME_CLASSES.values()}
    return tuple(sorted(shown.items()))
