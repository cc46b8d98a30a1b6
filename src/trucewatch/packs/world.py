"""Parties and places by id, and their names as lexicon terms. The tables are compiled by tools/build_world.py."""

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from trucewatch.errors import PackError
from trucewatch.packs.strict import read_tsv, read_yaml
from trucewatch.packs.world_rows import (
    PARTY_FILES,
    PLACE_FILE,
    PartyRow,
    PlaceRow,
    Tenure,
    first_names,
    read_parties,
    read_places,
)
from trucewatch.text.fold import fold_text

PARTY_COLUMNS = ("id", "kind", "country", "from", "to", "source", "roles")
NAME_COLUMNS = ("id", "language", "class", "names", "place")
PLACE_COLUMNS = ("id", "country", "precision", "lat", "lon", "source", "language", "names")
GAZETTEER_FIXED = ("id", "name", "country", "lat", "lon", "population", "feature")
LARGE = 300_000  # inhabitants from which a town's bare name is trusted
FALLBACK = "en"  # language of the names of a party that has none of its own
_LEANS_ON = {"short": "person", "people": "demonym"}  # class -> class whose own names keep the fallback out
_TERM_CLASS = {"demonym": "demonym", "people": "demonym", "short": "name.person"}


@dataclass(frozen=True, slots=True)
class Party:
    """A state, group, body or person. `name`: (language, name to show), sorted.

    `start` and `end`: ISO days it existed, None = not known.
    """

    id: str
    kind: str
    name: tuple[tuple[str, str], ...]
    country: str | None
    roles: tuple[Tenure, ...]
    source: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """`name` is the English one. `population` 0 = not known. Degrees WGS84, None = a line, or not known."""

    id: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str
    population: int
    source: str


@dataclass(frozen=True, slots=True)
class Name:
    """Spellings of a party in one language; `place` is the place a capital names."""

    party: str
    language: str
    kind: str
    words: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """`endings`: how a language inflects adjectives, `{}` being the word; `yielding`: forms that a state's name displaces.

    `supplement`: place id -> spellings by language. `organs`: `organ=` code of the lexicon -> ending of the id.
    """

    parties: Mapping[str, Party]
    places: "Gazetteer"
    names: tuple[Name, ...]
    endings: Mapping[str, tuple[str, ...]]
    yielding: Mapping[str, tuple[str, ...]]
    supplement: Mapping[str, Mapping[str, tuple[str, ...]]]
    organs: Mapping[str, str]


class Gazetteer(Mapping[str, Place]):
    """Places of a table that are parsed when asked for: of some ten thousands a text names a handful. `extra` goes first."""

    __slots__ = ("columns", "extra", "lines")

    def __init__(self, columns: Sequence[str], lines: Sequence[str], extra: Mapping[str, Place]) -> None:
        self.columns = tuple(columns)
        self.lines = {line[: line.index("\t")]: line for line in lines}
        self.extra = dict(extra)

    def __getitem__(self, key: str) -> Place:
        if key in self.extra:
            return self.extra[key]
        cells = dict(zip(self.columns, self.lines[key].split("\t"), strict=True))
        lat, lon = float(cells["lat"]), float(cells["lon"])
        return Place(key, cells["name"], cells["country"] or None, lat, lon, "settlement", int(cells["population"]), key)

    def __iter__(self) -> Iterator[str]:
        yield from self.extra
        yield from (key for key in self.lines if key not in self.extra)

    def __len__(self) -> int:
        return len(self.lines) + sum(key not in self.lines for key in self.extra)


def load_world(root: Path, override: Path | None = None) -> World:
    """The world under `root`. `override` holds files named like the hand-edited ones: a row takes the place of the same id."""
    parties, names = _compiled_parties(root / "compiled")
    places, supplement = _compiled_places(root / "compiled" / "places.tsv")
    for file in PARTY_FILES:
        if override and (override / file).exists():
            rows = read_parties(override / file)
            fresh = {row.id for row in rows}
            names = [name for name in names if name.party not in fresh] + [name for row in rows for name in names_of(row)]
            parties |= {row.id: party_of(row) for row in rows}
    if override and (override / PLACE_FILE).exists():
        for place_row in read_places(override / PLACE_FILE):
            places[place_row.id] = place_of(place_row)
            supplement[place_row.id] = place_row.names
    known = _gazetteer(root / "compiled" / "gazetteer.tsv.gz", places)
    forms = read_yaml(root / "demonym-forms.yaml")
    firm, yielding = ({lang: tuple(each[key]) for lang, each in forms.items()} for key in ("firm", "yielding"))
    organs = {row["organ"]: row["ending"] for row in read_yaml(root / "offices.yaml")["organs"]}
    return World(parties, known, tuple(names), firm, yielding, supplement, organs)


def terms(world: World, language: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(term, class, value) of every name in a language, English standing in where a party has none.

    `exact=1`: a name only if written in these capitals (US, WHO); `short=1`: a last name alone. A name that several places bear
    comes once for each of them.
    """
    picked = list(_in_language(world, language))
    states = {fold_text(word) for name in picked if name.kind in ("state", "capital") for word in name.words}
    for name in picked:
        cls = _TERM_CLASS.get(name.kind, f"name.{name.kind}")
        value = {"party": name.party} | ({"place": name.place} if name.place else {})
        value |= {"short": "1"} if name.kind == "short" else {}
        for word in name.words:
            exact = {"exact": "1"} if word.isupper() else {}
            for form in _inflected(world, name, word, states):
                small = {"small": "1"} if cls == "demonym" and form[:1].islower() else {}  # written without a capital: no name
                yield form, cls, value | exact | small
    for key, by_language in world.supplement.items():
        for word in by_language.get(language, by_language.get(FALLBACK, ())):
            yield word, "name.place", {"place": key} | ({"exact": "1"} if word.isupper() else {})
    yield from _gazetteer_terms(world.places, language)


def _inflected(world: World, name: Name, word: str, states: Set[str]) -> list[str]:
    if name.kind != "demonym":
        return [word]
    firm = [form.format(word) for form in world.endings.get(name.language, ("{}",))]
    yielding = [form.format(word) for form in world.yielding.get(name.language, ())]
    return firm + [form for form in yielding if fold_text(form) not in states]


def names_of(row: PartyRow) -> list[Name]:
    """The names of a hand-edited row."""
    return [Name(row.id, lang, cls, tuple(words)) for (lang, cls), words in sorted(row.names.items())]


def party_of(row: PartyRow) -> Party:
    """The party of a hand-edited row."""
    return Party(row.id, row.kind, first_names(row.names), row.country, row.roles, row.source, row.start, row.end)


def place_of(row: PlaceRow) -> Place:
    """The place of a hand-edited row."""
    shown = row.names.get(FALLBACK) or next(iter(row.names.values()))
    lat, lon = row.at or (None, None)
    return Place(row.id, shown[0], row.country, lat, lon, row.precision, 0, row.source)


def _in_language(world: World, language: str) -> Iterator[Name]:
    """Own names, English for what is lacking; of short names only those that no other party bears."""
    own = {(name.party, name.kind) for name in world.names if name.language == language}
    picked = [
        name
        for name in world.names
        if name.language == language
        or (name.language == FALLBACK and not own & {(name.party, name.kind), (name.party, _LEANS_ON.get(name.kind, name.kind))})
    ]
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for name in picked:
        for word in name.words:
            bearers[fold_text(word)].add(name.party)
    for name in picked:
        if name.kind != "short":
            yield name
        elif words := tuple(word for word in name.words if len(bearers[fold_text(word)]) == 1):
            yield Name(name.party, name.language, name.kind, words)


def _gazetteer_terms(gazetteer: Gazetteer, language: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    column = gazetteer.columns.index(language if language in gazetteer.columns else FALLBACK)
    count, feature = gazetteer.columns.index("population"), gazetteer.columns.index("feature")
    for key, line in gazetteer.lines.items():
        cells = line.split("\t")
        if cells[column]:
            cls = "name.place" if cells[feature] == "capital" or int(cells[count]) >= LARGE else "name.gaz"
            for word in cells[column].split("|"):
                yield word, cls, {"place": key}


def _compiled_parties(folder: Path) -> tuple[dict[str, Party], list[Name]]:
    names = []
    shown: defaultdict[str, dict[tuple[str, str], tuple[str, ...]]] = defaultdict(dict)
    for row in read_tsv(folder / "names.tsv", NAME_COLUMNS):
        cells = row.cells
        name = Name(cells["id"], cells["language"], cells["class"], tuple(cells["names"].split("|")), cells["place"])
        names.append(name)
        shown[name.party].setdefault((name.language, name.kind), name.words)
    parties = {}
    for row in read_tsv(folder / "parties.tsv", PARTY_COLUMNS):
        cells = row.cells
        roles = tuple(_tenure(text, f"{folder / 'parties.tsv'}:{row.line}") for text in filter(None, cells["roles"].split(";")))
        parties[cells["id"]] = Party(
            cells["id"],
            cells["kind"],
            first_names(shown[cells["id"]]),
            cells["country"] or None,
            roles,
            cells["source"],
            cells["from"] or None,
            cells["to"] or None,
        )
    return parties, names


def _tenure(text: str, place: str) -> Tenure:
    pieces = text.split("@")
    if len(pieces) != 5:
        raise PackError(f"{place}: '{text}' is no role. Run tools/build_world.py again.")
    office, party, start, end, source = pieces
    return Tenure(office, party, start or None, end or None, source)


def _compiled_places(path: Path) -> tuple[dict[str, Place], dict[str, Mapping[str, tuple[str, ...]]]]:
    spellings: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = read_tsv(path, PLACE_COLUMNS)
    for row in rows:
        spellings[row.cells["id"]][row.cells["language"]] = tuple(row.cells["names"].split("|"))
    places = {}
    for row in rows:
        c = row.cells
        at = (float(c["lat"]), float(c["lon"])) if c["lat"] else None
        places[c["id"]] = place_of(PlaceRow(c["id"], c["country"] or None, c["precision"], at, c["source"], spellings[c["id"]]))
    return places, dict(spellings)


def _gazetteer(path: Path, extra: Mapping[str, Place]) -> Gazetteer:
    try:
        head, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise PackError(f"{path}:1: cannot be read ({error}). Run tools/build_world.py again.") from None
    columns = head.split("\t")
    if tuple(columns[: len(GAZETTEER_FIXED)]) != GAZETTEER_FIXED or FALLBACK not in columns:
        raise PackError(f"{path}:1: the header is not {' '.join(GAZETTEER_FIXED)} and languages. Run tools/build_world.py again.")
    return Gazetteer(columns, lines, extra)
