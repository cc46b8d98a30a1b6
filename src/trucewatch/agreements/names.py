"""What an id is called in a reader's language: parties, their organs, groups, outlets, places."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from trucewatch.agreements.read import known_of
from trucewatch.packs import find, outlets
from trucewatch.packs.load import world_of
from trucewatch.packs.strict import read_yaml
from trucewatch.packs.world import FALLBACK, GAZETTEER_FIXED, Gazetteer


def namer(folder: Path | None = None, language: str = FALLBACK) -> Callable[[str], str]:
    """Id of a party, an organ of a state, a group, an outlet or a place -> its name in a language, in English where that lacks,
    else the id itself."""
    world, groups = world_of(folder), known_of(folder).taxonomy.groups
    printers = {each.id: {code: names[0] for code, names in each.names} for each in outlets(folder)}
    rows = read_yaml(find("world/offices.yaml", folder))["organs"]
    organs = {row["ending"]: {code: names[0] for code, names in row["names"].items()} for row in rows}

    def told(id_: str) -> Mapping[str, str]:
        if id_ in world.parties:
            return dict(world.parties[id_].name)
        if id_ in world.supplement:
            return {code: names[0] for code, names in world.supplement[id_].items() if names}
        return dict(groups.get(id_) or printers.get(id_) or dict(_town(world.places, id_)))

    def name(id_: str) -> str:
        state, dot, organ = id_.partition(".")
        found = told(id_)
        if not found and dot and state in world.parties and organ in organs:
            return f"{name(state)}: {organs[organ].get(language) or organs[organ][FALLBACK]}"
        return found.get(language) or found.get(FALLBACK) or id_

    return name


def _town(places: Gazetteer, id_: str) -> Iterator[tuple[str, str]]:
    """Names of a place of the gazetteer by language, the first of each."""
    if id_ in places.lines:
        cells = dict(zip(places.columns, places.lines[id_].split("\t"), strict=True))
        yield FALLBACK, cells["name"]
        yield from ((code, names.split("|")[0]) for code, names in cells.items() if code not in GAZETTEER_FIXED and names)
