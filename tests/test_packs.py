"""The data of every language: rules do what their examples say, files load, a user's folder takes the place of ours."""

import shutil
from pathlib import Path

import pytest

from trucewatch import coder
from trucewatch.coder.check import derivation, fires
from trucewatch.errors import PackError
from trucewatch.model import Article, Claim
from trucewatch.packs import DATA, RuleSpec, languages, load
from trucewatch.packs.load import files, lexicon, rules
from trucewatch.packs.schema import PackFile, validate
from trucewatch.packs.strict import read_yaml

LEXICONS = sorted((DATA / "languages").glob("*/lexicon/*.tsv"))
RULES = [rule for path in sorted((DATA / "languages").glob("*/grammar/*.yaml")) for rule in rules(path)]


def rule_name(rule: object) -> str:
    assert isinstance(rule, RuleSpec)
    return f"{rule.file}#{rule.name}"


def file_name(path: object) -> str:
    assert isinstance(path, Path)
    return path.relative_to(DATA).as_posix()


def claims(text: str, folder: Path | None = None) -> tuple[Claim, ...]:
    return coder.code(Article("a", text, "en"), load("en", folder))


# --- our own files


@pytest.mark.parametrize("rule", RULES, ids=rule_name)
def test_a_rule_does_what_its_examples_say(rule: RuleSpec) -> None:
    pack = load(rule.file.partition("/")[0])
    silent = [text for text in rule.examples if not fires(rule, text, pack)]
    loud = [text for text in rule.nots if fires(rule, text, pack)]
    told = [f"\ngives no mark of {rule.name}: {text}\n{derivation(text, pack)}" for text in silent]
    told += [f"\ngives a mark of {rule.name}: {text}\n{derivation(text, pack)}" for text in loud]
    assert not told, f"{rule.place}\n{rule.pattern}\n" + "\n".join(told)


def test_every_language_has_rules_and_terms() -> None:
    assert {"ar", "en"} <= set(languages())
    for language in languages():
        assert {rule.file.partition("/")[0] for rule in load(language).rules} == {language}
        assert len(load(language).terms) > 10_000


@pytest.mark.parametrize("path", LEXICONS, ids=file_name)
def test_a_lexicon_file_loads(path: Path) -> None:
    pack = path.parent.parent / "pack.yaml"
    paradigms = validate(PackFile, read_yaml(pack), pack).model_dump()["paradigms"] if pack.exists() else {}
    found = list(lexicon(path, paradigms))
    assert found and all(term.words and term.classes for term in found)
    assert found[0].place.startswith(f"{path.parent.parent.name}/{path.name}:")


# --- a user's folder

TEXT = "Party B vorbled the Israeli army on Monday."


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_word_of_ones_own(tmp_path: Path) -> None:
    write(tmp_path, "languages/en/lexicon/mine.tsv", "term\tclass\tvalue\tforms\nvorble\tv.ASSAULT\tmode=aerial\tverb\n")
    assert [claim.event for claim in claims(TEXT)] == []
    found = claims(TEXT, tmp_path)
    assert [(claim.event, claim.mode) for claim in found] == [("ASSAULT", "aerial")]
    assert len(load("en", tmp_path).terms) == len(load("en").terms) + 5


def test_a_file_of_the_same_name_takes_the_place_of_ours(tmp_path: Path) -> None:
    ours = files("languages/en/lexicon", "events.tsv")[0]
    write(tmp_path, "languages/en/lexicon/events.tsv", "term\tclass\tvalue\tforms\nvorble\tv.ASSAULT\t\tverb\n")
    shelled = "The army shelled the town on Monday."
    assert [claim.event for claim in claims(shelled)] == ["ASSAULT"] and claims(shelled, tmp_path) == ()
    assert [claim.event for claim in claims(TEXT, tmp_path)] == ["ASSAULT"]
    places = {term.place for term in load("en", tmp_path).terms if "/events.tsv:" in term.place}
    assert places == {"en/events.tsv:2"}
    assert files("languages/en/lexicon", "events.tsv", tmp_path) == [tmp_path / "languages/en/lexicon/events.tsv"] != [ours]


def test_a_rule_of_ones_own(tmp_path: Path) -> None:
    rule = """- rule: vorbling
  make: event
  pattern: "vorbled"
  with: {event: RETREAT, mode: withdraw, frame: move}
  examples: ["they vorbled"]
  not: ["they left"]
"""
    write(tmp_path, "languages/en/grammar/95-mine.yaml", rule)
    found = claims("The Israeli army vorbled on Monday.", tmp_path)
    assert [(claim.event, claim.mode) for claim in found] == [("RETREAT", "withdraw")]
    assert "en/95-mine.yaml#vorbling" in found[0].coder.rules


def test_a_frame_of_ones_own(tmp_path: Path) -> None:
    frames = tmp_path / "ontology" / "frames.yaml"
    frames.parent.mkdir()
    shutil.copy(DATA / "ontology" / "frames.yaml", frames)
    frames.write_text(frames.read_text("utf-8") + "turned: {subj: recipients, obj: actors}\n", "utf-8")
    write(tmp_path, "languages/en/lexicon/mine.tsv", "term\tclass\tvalue\tforms\nvorble\tv.ASSAULT\tframe=turned\tverb\n")
    (found,) = claims("Egypt vorbled Turkey on Monday.", tmp_path)
    assert ([role.party for role in found.actors], [role.party for role in found.recipients]) == (["TUR"], ["EGY"])


def test_a_person_of_ones_own(tmp_path: Path) -> None:
    row = "- id: zorp-quandle\n  names: {en: [Zorp Quandle]}\n  source: recalled\n"
    write(tmp_path, "world/persons.yaml", row)
    world = load("en", tmp_path).world
    assert "zorp-quandle" in world.parties and len(world.parties) == len(load("en").world.parties) + 1
    found = claims("Zorp Quandle met Turkey on Monday.", tmp_path)
    assert "zorp-quandle" in {role.party for claim in found for role in (*claim.actors, *claim.participants)}


def test_a_broken_file_is_passed_over_for_ours(tmp_path: Path) -> None:
    broken = write(tmp_path, "languages/en/lexicon/events.tsv", "term\tclass\n")
    with pytest.raises(PackError, match=r"events\.tsv:1: the header"):
        load("en", tmp_path)
    assert len(load("en", tmp_path, without=frozenset({broken})).terms) == len(load("en").terms)


def test_an_unknown_language_names_its_neighbour() -> None:
    with pytest.raises(PackError, match=r"Did you mean 'en'\?"):
        load("eng")
