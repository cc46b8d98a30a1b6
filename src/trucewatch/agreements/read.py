"""From an agreement file to its noun, strictly, and where the files lie."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from trucewatch.agreements import form
from trucewatch.agreements.faults import Known, faults, near
from trucewatch.agreements.lines import drawn
from trucewatch.agreements.taxonomy import taxonomy
from trucewatch.agreements.where import line, lines_of
from trucewatch.errors import PackError
from trucewatch.model.agreement import PRINCIPALS, Agreement, Provision, Signal
from trucewatch.packs import DATA
from trucewatch.packs.load import world_of
from trucewatch.packs.strict import read_yaml
from trucewatch.packs.world_rows import STATE_KINDS

FOLDER = "agreements"
TOKENS = ("obligor", "beneficiary", "principal")
ROLES = ("actors", "recipients", "participants", "speakers", "anyone")
Tokens = tuple[tuple[str, tuple[str, ...]], ...]
_FORMS: tuple[type[form.Form], ...] = (form.Agreement, *form.Form.__subclasses__(), *form.Fact.__subclasses__())
_KEYS = sorted({name for one in _FORMS for name in one.model_fields})


def listed(folder: Path | None = None) -> dict[str, Path]:
    """Id -> file; a user's own takes the place of ours. A name that begins with _ is no agreement."""
    out: dict[str, Path] = {}
    for root in (DATA, folder):
        for path in sorted((root / FOLDER).glob("*.yaml")) if root else ():
            if not path.name.startswith("_"):
                out[path.stem] = path
    return dict(sorted(out.items()))


def agreements(folder: Path | None = None) -> tuple[Agreement, ...]:
    """All agreements, by id. Raises PackError at the first file that is not in its form."""
    return tuple(_read(path, folder) for path in listed(folder).values())


def agreement(name: str, folder: Path | None = None) -> Agreement:
    """The agreement of this id, or the one in the file of this path. Raises PackError with file, line and mend."""
    return _read(found(name, folder), folder)


def beside(path: Path, folder: Path | None = None) -> tuple[Path, ...]:
    """The files that belong to an agreement's: those of its lines."""
    return tuple(path.with_name(row.file) for row in _read(path, folder).lines if row.file)


def found(name: str, folder: Path | None = None) -> Path:
    """The file behind an id or a path."""
    path, ids = Path(name), listed(folder)
    if name in ids:
        return ids[name]
    if path.suffix in (".yaml", ".yml") or path.exists():
        return path
    raise PackError(f"{FOLDER}/{name}.yaml:1: no agreement '{name}'. {near(name, ids)} Or give the path of a file.")


def _read(path: Path, folder: Path | None) -> Agreement:
    value, wrong = parsed(path, folder)
    if value is None or wrong:
        raise PackError(wrong[0])
    return value


def agreement_faults(path: Path, folder: Path | None = None) -> tuple[str, ...]:
    """Every fault of a file as `path:line: what. Mend.`, by line."""
    return parsed(path, folder)[1]


def check(folder: Path | None = None) -> tuple[str, ...]:
    """The faults of every agreement file, ours and the user's, by file. Where the folder's own names cannot be read, which is
    told elsewhere, ours alone measure."""
    paths = (path for root in (DATA, folder) if root for path in sorted((root / FOLDER).glob("*.yaml")))
    measure = folder
    try:
        known_of(folder)
    except PackError:
        measure = None
    return tuple(fault for path in paths if not path.name.startswith("_") for fault in agreement_faults(path, measure))


def parsed(path: Path, folder: Path | None = None) -> tuple[Agreement | None, tuple[str, ...]]:
    """The agreement, if the form held, and every fault. Faults of meaning are looked for only where the form holds."""
    try:
        data = read_yaml(path)
    except PackError as error:
        return None, (str(error),)
    tree = lines_of(path)
    try:
        value = _resolved(form.freeze(TypeAdapter(form.Agreement).validate_python(data)), known_of(folder).taxonomy.groups)
    except ValidationError as error:
        return None, _told(path, [(line(tree, each["loc"]), _mend(each)) for each in error.errors()])
    value, undrawn = drawn(value, path.parent)
    told = [(line(tree, place), what) for place, what in (*faults(value, known_of(folder)), *undrawn)]
    if value.id != path.stem:
        told.append(
            (line(tree, ("id",)), f"the id '{value.id}' is not the file's name. Write id: {path.stem}, or rename the file.")
        )
    return value, _told(path, told)


def _told(path: Path, found: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(f"{path}:{number}: {what}" for number, what in sorted(set(found)))


def _mend(error: Any) -> str:
    """`what. Mend.` of a fault of form."""
    loc, kind = error["loc"], error["type"]
    key = str(loc[-1]) if loc else "the file"
    see = "See docs/add-an-agreement.md."
    if kind == "missing":
        return f"'{key}' is missing{_inside(loc)}. Write it; docs/add-an-agreement.md tells the form."
    if kind == "extra_forbidden":
        return f"the key '{key}' is unknown{_inside(loc)}. {near(key, _KEYS)}"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return f"'{error['input']}' does not fit {key}. {near(str(error['input']), allowed, few=15)}"
    if kind == "value_error":
        return f"{key}: {error['ctx']['error']}."
    if kind == "string_pattern_mismatch":
        return f"{key}: '{error['input']}' is no id. Write lower-case letters, digits and dashes."
    return f"{'.'.join(map(str, loc)) or 'the file'}: {error['msg'].lower()}. {see}"


def _inside(loc: tuple[str | int, ...]) -> str:
    names = [step for step in loc[:-1] if isinstance(step, str)]
    return f" in {names[-1]}" if names else ""


def _resolved(value: Agreement, groups: Collection[str]) -> Agreement:
    """Tokens in signals (obligor, beneficiary, principal) as the ids they stand for."""
    principals = tuple(party.party for party in value.parties if party.role in PRINCIPALS)
    both: Tokens = (("principal", principals), ("obligor", principals))  # of what both sides bring about
    return replace(
        value,
        provisions=tuple(_named(row, principals, groups) for row in value.provisions),
        milestones=tuple(replace(row, signals=_spelt(row.signals, both)) for row in value.milestones),
        phases=tuple(replace(row, signals=_spelt(row.signals, both)) for row in value.phases),
    )


def _named(row: Provision, principals: tuple[str, ...], groups: Collection[str]) -> Provision:
    benefit = tuple(name for name in row.beneficiaries if name not in groups)
    return replace(row, signals=_spelt(row.signals, tuple(zip(TOKENS, (row.obligors, benefit, principals), strict=True))))


def _spelt(signals: Sequence[Signal], tokens: Tokens) -> tuple[Signal, ...]:
    stands = dict(tokens)
    out = []
    for signal in signals:
        ids: dict[str, Any] = {}
        for role in ROLES:
            told = getattr(signal, role)
            ids[role] = tuple(dict.fromkeys(each for name in told for each in stands.get(name, (name,))))
        out.append(replace(signal, **ids))
    return tuple(out)


@lru_cache(maxsize=4)
def known_of(folder: Path | None = None) -> Known:
    """What files may name, the user's own world and codes before ours."""
    world = world_of(folder)
    organs = frozenset(world.organs.values())

    def is_party(name: str) -> bool:
        state, dot, organ = name.partition(".")
        return name in world.parties or (bool(dot) and state in world.parties and organ in organs)

    def is_country(name: str) -> bool:
        return name in world.parties and world.parties[name].kind in STATE_KINDS

    return Known(is_party, is_country, world.places.__contains__, tuple(world.parties), taxonomy(folder))


def acts_for(folder: Path | None = None) -> dict[str, frozenset[str]]:
    """Id of a person or body -> parties for which it acts by an office, whenever it held it; states stand for their organs'
    people."""
    out: dict[str, frozenset[str]] = {}
    for party in world_of(folder).parties.values():
        if party.roles:
            out[party.id] = frozenset(role.party for role in party.roles)
    return out


def template(name: str, between: Sequence[str] = ()) -> str:
    """The text of a new agreement file, to be filled in; `between`: ids of its two sides."""
    text = (DATA / FOLDER / "_template.yaml").read_text("utf-8").replace("NEW-ID", name)
    sides = [*between, "PARTY-A", "PARTY-B"][:2] if len(between) < 2 else between
    states = [party.partition(".")[0] for party in sides]
    for token, party in zip(("PARTY-A", "PARTY-B", "COUNTRY"), (*sides[:2], states[0]), strict=True):
        text = text.replace(token, party)
    return text
