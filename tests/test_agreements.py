"""Agreement files: ours are whole and lead somewhere, bad ones are refused with line and mend, a user's own goes first."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deals import FACT, deal, written
from trucewatch.agreements import agreement, agreement_faults, agreements, check, form, listed, taxonomy
from trucewatch.agreements.form import moment
from trucewatch.agreements.read import known_of
from trucewatch.errors import PackError
from trucewatch.model.agreement import Moment
from trucewatch.packs import DATA
from trucewatch.track import standing

OURS = ("drc-m23-doha", "gaza-2025", "lebanon-2024", "sudan-truce-proposals", "thailand-cambodia-2025")


def test_every_file_of_ours_is_in_its_form() -> None:
    assert check() == ()
    assert tuple(listed()) == OURS
    assert tuple(each.id for each in agreements()) == OURS


@pytest.mark.parametrize("name", OURS)
def test_every_id_leads_somewhere(name: str) -> None:
    known = known_of()
    found = agreement(name)
    ids = {party.party for party in found.parties} | {body.id for body in found.bodies}
    ids |= {each for party in found.parties for each in party.also} | {row.party for row in found.violations}
    roles = ("actors", "recipients", "participants", "speakers", "anyone")
    ids |= {each for row in found.provisions for signal in row.signals for key in roles for each in getattr(signal, key)}
    assert sorted(each for each in ids if not known.is_party(each)) == []
    assert sorted(each for each in found.area.places if not known.is_place(each)) == []


@pytest.mark.parametrize("name", OURS)
def test_every_provision_says_what_it_is_and_where_it_is_from(name: str) -> None:
    found = agreement(name)
    codes = taxonomy()
    assert len({row.id for row in found.provisions}) == len(found.provisions) >= 4
    for row in found.provisions:
        assert row.pam or row.pax or row.ours, row.id
        assert set(row.pam) <= set(codes.pam) and set(row.pax) <= set(codes.pax) and set(row.ours) <= set(codes.ours)
        assert row.source and row.signals and set(dict(row.words)) == {"ar", "en"}, row.id
        assert row.checked == (row.source != ("recalled",)), row.id
        assert all(
            signal.words for signal in row.signals if not (signal.within or signal.anyone or signal.actors or signal.places)
        ), row.id


@pytest.mark.parametrize("name", OURS)
def test_words_of_signals_stand_in_every_language_of_the_file(name: str) -> None:
    """A signal that is found in one language alone would make one side's press the only witness."""
    found = agreement(name)
    lists = [s.words for row in found.provisions for s in row.signals] + [
        s.unless for row in found.provisions for s in row.signals
    ]
    assert [words for words in lists if words and {language for language, _ in words} != {"ar", "en"}] == []


def test_what_speaks_against_a_duty_of_both_sides_names_both() -> None:
    seen = 0
    for found in agreements():
        signing = {party.party for party in found.parties if party.role in ("signatory", "addressee")}
        for row in found.provisions:
            if row.nature == "keep" and signing <= set(row.obligors):
                for signal in (signal for signal in row.signals if signal.says == "against"):
                    named = {*signal.actors, *signal.anyone} & signing
                    assert named in (set(), signing), f"{found.id}: {row.id}/{signal.name}"
                    seen += 1
    assert seen > 10


def moments(value: Any) -> list[Moment]:
    if isinstance(value, Moment):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return [each for field in fields(value) for each in moments(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [each for part in value for each in moments(part)]
    return []


@pytest.mark.parametrize("name", OURS)
def test_days_are_in_the_calendar_and_in_order(name: str) -> None:
    found = agreement(name)
    assert all(each.start <= each.end for each in moments(found))
    assert all(date(2024, 1, 1) <= each.start for each in moments(found))
    for body in found.bodies:
        assert not (body.created and body.expires) or body.created.end < body.expires.start
    for phase, later in zip(found.phases, found.phases[1:], strict=False):
        assert not (phase.begins and later.begins) or phase.begins.start <= later.begins.end


def test_what_was_written_from_memory_is_shown_so() -> None:
    gaza = {row.paragraph: row for row in agreement("gaza-2025").provisions if row.document == "plan" and row.paragraph}
    assert [number for number, row in gaza.items() if row.checked and int(number or 0) > 8] == []
    assert {str(number) for number in range(1, 9)} <= set(gaza)


def test_sudan_is_in_force_on_no_day() -> None:
    found = agreement("sudan-truce-proposals")
    assert found.in_force == ()
    day = date(2025, 9, 1)
    while day < date(2028, 1, 1):
        assert standing(found, day).state == "not-in-force"
        assert all(standing(found, day, provision=row.id).state == "not-in-force" for row in found.provisions)
        day += timedelta(days=1)


def test_the_facts_that_reports_are_measured_by() -> None:
    gaza = agreement("gaza-2025")
    (stretch,) = gaza.in_force
    assert stretch.start == moment("2025-10-10 12:00 Asia/Jerusalem") and stretch.zone == "Asia/Jerusalem"
    (vote,) = gaza.votes
    assert (vote.votes_for, vote.votes_against, vote.abstentions, vote.abstaining) == (13, 0, 2, ("CHN", "RUS"))
    counted = {
        variant.moment.start: variant.told_by
        for variant in gaza.variants
        if variant.what == "in-force" and variant.moment and variant.standing != "mistake"
    }
    assert set(counted) == {date(2025, 10, 10), date(2025, 10, 11)} and "gaza-health-ministry" in counted[date(2025, 10, 11)]
    paraphrase = [variant for variant in agreement("thailand-cambodia-2025").variants if variant.value == "72 hours"]
    assert [variant.standing for variant in paraphrase] == ["paraphrase"]
    assert next(body for body in gaza.bodies if body.id == "isf-gaza").expires == moment("2027-12-31")


def test_the_three_lists_of_categories() -> None:
    codes = taxonomy()
    assert len(codes.pam) == 51 and codes.pam["with"].label == (("en", "Withdrawal of troops"),)
    assert codes.pam["prisr"].pax == ("TjPrire",) and "HrCp:FMov" in codes.pax and codes.ours["aid"].pax == ("Dev:Hum",)
    assert not any(category.checked for category in codes.pam.values())
    assert codes.roles["signatory"] == "Part" and codes.roles["guarantor"] == "ThrdPart"


def test_every_key_is_described() -> None:
    text = (Path(__file__).resolve().parent.parent / "docs" / "add-an-agreement.md").read_text("utf-8")
    forms = (form.Agreement, *form.Form.__subclasses__(), *form.Fact.__subclasses__())
    keys = {name for one in forms for name in one.model_fields}
    assert len(keys) > 80
    assert sorted(key for key in keys if f"`{key}`" not in text) == []


def test_forms_and_nouns_have_the_same_fields() -> None:
    forms = [one for one in (*form.Form.__subclasses__(), *form.Fact.__subclasses__()) if hasattr(one, "noun")]
    assert len(forms) > 20
    for one in forms:
        assert set(one.model_fields) == {field.name for field in fields(one.noun)}, one.__name__  # type: ignore[arg-type]


# --- days


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-10-10", "2025-10-10", "2025-10-10"),
        ("Fri 2025-10-10", "2025-10-10", "2025-10-10"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        (2026, "2026-01-01", "2026-12-31"),
        ("2025-11-01..2025-11-04", "2025-11-01", "2025-11-04"),
        ("2025-11..2026-02", "2025-11-01", "2026-02-28"),
    ],
)
def test_a_day_is_as_exact_as_it_is_written(text: object, start: str, end: str) -> None:
    assert moment(text) == Moment(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Thu 2025-10-10", "2025-10-10 was a Fri, not a Thu"),
        ("2025-02-30", "not in the calendar"),
        ("10 October 2025", "is no day"),
        ("2025-11-04..2025-11-01", "ends before it begins"),
        ("2025-10-10 12:00", "is no day"),
        ("2025-10-10 25:00 Asia/Jerusalem", "is no time in a zone"),
        ("2025-10-10 12:00 Asia/Atlantis", "is no time in a zone"),
        ("2025-10 12:00 Asia/Jerusalem", "has a time and more than one day"),
        (True, "is no day"),
        (None, "is no day"),
    ],
)
def test_a_day_that_cannot_be_is_refused(text: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        moment(text)


# --- a user's own files


def test_the_invented_deal_is_sound(tmp_path: Path) -> None:
    assert agreement_faults(written(tmp_path, deal())) == ()


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, deal())
    assert agreement(str(path)).id == "river-truce"


def test_ones_own_file_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = yaml.safe_load((DATA / "agreements" / "sudan-truce-proposals.yaml").read_text("utf-8"))
    own["names"]["en"] = "As I read it"
    written(tmp_path / "agreements", own)
    written(tmp_path / "agreements", deal())
    assert dict(agreement("sudan-truce-proposals", tmp_path).names)["en"] == "As I read it"
    assert tuple(listed(tmp_path)) == tuple(sorted((*OURS, "river-truce")))
    assert dict(agreement("sudan-truce-proposals").names)["en"] != "As I read it"


def test_an_id_that_nobody_has_is_answered_with_a_near_one() -> None:
    with pytest.raises(PackError, match=r"no agreement 'gaza-2052'\. Did you mean 'gaza-2025'\?"):
        agreement("gaza-2052")


def test_a_path_without_a_file_is_told() -> None:
    with pytest.raises(PackError, match=r"nowhere\.yaml:1: cannot be read"):
        agreement("nowhere.yaml")


# --- faults


def put(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        spot: Any = data
        for step in path[:-1]:
            spot = spot[step]
        spot[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        spot: Any = data
        for step in path[:-1]:
            spot = spot[step]
        del spot[path[-1]]

    return change


BAD: list[tuple[Callable[[dict[str, Any]], None], str, str]] = [
    # form: the change, a word of the line that must be named, what must be said
    (drop("names"), "id: river-truce", "'names' is missing"),
    (put("kindd", value="x"), "kindd:", "the key 'kindd' is unknown. Did you mean 'kind'?"),
    (put("kind", value="ceasefyre"), "kind: ceasefyre", "'ceasefyre' does not fit kind. Did you mean 'ceasefire'?"),
    (put("parties", 0, "role", value="signatary"), "role: signatary", "Did you mean 'signatory'?"),
    (put("provisions", 0, "nature", value="hold"), "nature: hold", "'hold' does not fit nature. Known: "),
    (put("provisions", 0, "checked", value="true"), "checked: 'true'", "checked: input should be a valid boolean"),
    (drop("provisions", 1, "source"), "id: release", "'source' is missing in provisions"),
    (
        put("provisions", 1, "due", "units", value="hours"),
        "units: hours",
        "the key 'units' is unknown in due. Did you mean 'unit'?",
    ),
    (put("documents", 0, "when", value="Tue 2031-03-01"), "when: Tue 2031-03-01", "2031-03-01 was a Sat, not a Tue"),
    (put("provisions", 0, "id", value="Cease Fire"), "id: Cease Fire", "'Cease Fire' is no id"),
    # ids
    (put("id", value="other-truce"), "id: other-truce", ""),
    (put("parties", 0, "party", value="hammas"), "party: hammas", "no party 'hammas' in the world files. Did you mean 'hamas'?"),
    (put("parties", 0, "also", value=["qasam-brigades"]), "- qasam-brigades", "Did you mean 'qassam-brigades'?"),
    (put("bodies", 0, "id", value="asean-observer-teem"), "id: asean-observer-teem", "Did you mean 'asean-observer-team'?"),
    (put("area", "countries", value=["XYZ"]), "- XYZ", "no such country 'XYZ'"),
    (put("area", "places", value=["atlantis"]), "- atlantis", "no such place 'atlantis'"),
    (put("provisions", 0, "obligors", value=["URY", "ARG"]), "- ARG", "no party or body of this agreement 'ARG'"),
    (put("provisions", 1, "beneficiaries", value=["detainee"]), "- detainee", "Did you mean 'detainees'?"),
    (put("provisions", 0, "pam", value=["ceas"]), "- ceas", "no provision of the Kroc matrix 'ceas'. Did you mean 'cease'?"),
    (put("provisions", 0, "pax", value=["TjPrir"]), "- TjPrir", "no category of PA-X 'TjPrir'. Did you mean 'TjPrire'?"),
    (drop("provisions", 0, "pam"), "id: fire", "the provision 'fire' has no category"),
    (put("provisions", 0, "document", value="txt"), "document: txt", "no document 'txt' in this file. Did you mean 'text'?"),
    (put("provisions", 1, "after", value=["fier"]), "- fier", "no other provision of this file 'fier'. Did you mean 'fire'?"),
    (
        put("provisions", 1, "due", "after", value="strat"),
        "after: strat",
        "no milestone 'strat' in this file. Did you mean 'start'?",
    ),
    (put("provisions", 1, "id", value="fire"), "id: fire", "the id 'fire' stands twice under provisions"),
    (put("parties", 2, "party", value="URY"), "party: URY", "the party 'URY' stands twice"),
    (put("votes", 0, "id", value="asean-observer-team"), "id: asean-observer-team", "names a body and something else"),
    (put("in_force", 0, "covers", value=["rescue"]), "- rescue", "no provision 'rescue' in this file"),
    # sources
    (
        put("provisions", 0, "source", value=["txet"]),
        "- txet",
        "the source 'txet' is not among the sources. Did you mean 'text'?",
    ),
    (put("provisions", 0, "source", value=["recalled"]), "checked: true", "checked, but written from memory"),
    # days
    (put("bodies", 0, "expires", value="2030-12-31"), "expires: '2030-12-31'", "it expires before it was created"),
    (put("in_force", 0, "end", value="2031-02-01"), "end: '2031-02-01'", "it ends before it began"),
    (put("in_force", 0, "zone", value="Europe/Berlino"), "zone: Europe/Berlino", "no time zone 'Europe/Berlino'"),
    (put("in_force", 0, "zone", value="Asia/Tokyo"), "zone: Asia/Tokyo", "begins by the clock of Europe/Berlin"),
    (
        put("in_force", 0, "extensions", value=[{"agreed": "2031-05-30", "to": "2031-05-01", **FACT}]),
        "to: '2031-05-01'",
        "before it would have ended",
    ),
    # terms
    (put("provisions", 1, "due", "by", value="2031-03-05"), "due:", "a term of two kinds"),
    (drop("provisions", 1, "due", "unit"), "due:", "needs after (a milestone) and unit"),
    (drop("provisions", 1, "due", "within"), "after: start", "after without within or every"),
    (put("provisions", 0, "nature", value="rate"), "nature: rate", "a rate without an amount per day"),
    (put("provisions", 1, "amounts", 0, "of", value="freed"), "of: freed", "nothing counts 'freed'"),
    # signals
    (
        put("provisions", 0, "signals", 0, "events", value=["ASAULT"]),
        "- ASAULT",
        "unknown event 'ASAULT'. Did you mean 'ASSAULT'?",
    ),
    (
        put("provisions", 0, "signals", 1, "modes", value=["ceasfire"]),
        "- ceasfire",
        "no mode 'ceasfire' of these events. Did you mean 'ceasefire'?",
    ),
    (
        put("provisions", 1, "signals", 1, "statuses", value=["posible"]),
        "- posible",
        "unknown status 'posible'. Did you mean 'possible'?",
    ),
    (put("provisions", 0, "signals", 0, "actors", value=["IISR"]), "- IISR", "no party 'IISR' in the world files"),
    (put("provisions", 0, "signals", 0, "kinds", value=["truks"]), "- truks", "nothing counts 'truks'. Did you mean 'trucks'?"),
    (put("provisions", 0, "signals", 0, "places", value=["atlantis"]), "- atlantis", "no place or country 'atlantis'"),
    (put("provisions", 1, "signals", 1, "name", value="freed"), "name: freed", "the signal 'freed' stands twice"),
    (put("provisions", 1, "signals", 1, "anyone", value=[]), "name: late", "a signal that any claim of its events fits"),
    # in force
    (put("kind", value="proposal"), "start: Sun", "a proposal is never in force"),
    (put("parties", 1, "acceptance", value=[]), "start: Sun", "in force, but 'PRY' accepted nothing before it"),
    (
        put("parties", 1, "acceptance", 0, "kind", value="rejected"),
        "start: Sun",
        "in force, but 'PRY' accepted nothing before it",
    ),
    (
        put("parties", 1, "acceptance", 0, "kind", value="proposed-to"),
        "start: Sun",
        "in force, but 'PRY' accepted nothing before it",
    ),
    (
        put("parties", 1, "acceptance", 0, "when", value="2031-04-01"),
        "start: Sun",
        "in force, but 'PRY' accepted nothing before it",
    ),
    (put("parties", 1, "role", value="addressee"), "start: Sun", "in force without two signatories"),
]


@pytest.mark.parametrize(
    ("change", "line", "says"), BAD, ids=[f"{number:02}-{says[:40]}" for number, (_, _, says) in enumerate(BAD)]
)
def test_a_fault_is_told_with_its_line_and_mend(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], line: str, says: str
) -> None:
    data = deal()
    change(data)
    path = written(tmp_path, data)
    found = agreement_faults(path)
    if not says:  # the id is not the file's name: rename the file
        path = path.rename(tmp_path / "river-truce.yaml")
        found, says = agreement_faults(path), "the id 'other-truce' is not the file's name. Write id: river-truce"
    told = [fault for fault in found if says in fault]
    assert told, found
    number = int(told[0].removeprefix(f"{path}:").partition(":")[0])
    assert line in path.read_text("utf-8").splitlines()[number - 1], told[0]
    assert told[0].rstrip().endswith((".", "?", "form."))
    with pytest.raises(PackError):
        agreement(str(path))


def test_no_fault_hides_another(tmp_path: Path) -> None:
    data = deal()
    data["provisions"][0]["pam"] = ["ceas"]
    data["provisions"][1]["document"] = "txt"
    data["parties"][0]["party"] = "hammas"
    assert len(agreement_faults(written(tmp_path, data))) >= 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: a\nid: b\n", "2: the key 'id' stands twice"),
        ("id: [\n", "Mend the YAML"),
        ("- id: a\n", "valid dictionary"),
        ("", "valid dictionary"),
        ("id: yes\n", "truth value"),
    ],
)
def test_what_is_no_mapping_is_told(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, "utf-8")
    (fault, *_) = agreement_faults(path)
    assert fault.startswith(f"{path}:") and says in fault


def test_a_world_of_ones_own_is_known_to_its_agreements(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "groups.yaml").write_text(
        "- id: river-front\n  kind: group\n  names: {en: [River Front]}\n  source: recalled\n", "utf-8"
    )
    data = deal()
    data["parties"].append({"party": "river-front", "role": "bound"})
    path = written(tmp_path / "agreements", data)
    assert agreement_faults(path, tmp_path) == ()
    assert any("no party 'river-front'" in fault for fault in agreement_faults(path))
