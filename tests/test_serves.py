"""Whose men a group is: soldiers of a state are its army's, fighters of a named group that group's; people who bear no arms for
anybody stay nobody's. The same words for every side."""

from datetime import date

import pytest

from trucewatch import coder, packs
from trucewatch.model import Article


def parties(text: str, language: str) -> set[str | None]:
    """The parties in all roles of what is read in a sentence."""
    claims, _ = coder.read(Article("x", text, language, published=date(2031, 3, 4)), packs.load(language))
    assert claims, text
    return {role.party for claim in claims for role in (*claim.actors, *claim.recipients)}


@pytest.mark.parametrize("sides", [("Thai", "THA"), ("Cambodian", "KHM"), ("Israeli", "ISR"), ("Lebanese", "LBN")])
def test_soldiers_of_a_state_are_its_armys(sides: tuple[str, str]) -> None:
    adjective, state = sides
    assert f"{state}.mil" in parties(f"A defence source blamed {adjective} soldiers for the first shots.", "en")
    assert parties(f"A defence source blamed {adjective} villagers for the first shots.", "en") == {None}
    assert parties(f"A defence source blamed {adjective} fighters for the first shots.", "en") == {None}


@pytest.mark.parametrize("group", ["Hamas", "Hezbollah", "M23"])
def test_fighters_of_a_named_group_are_its_own(group: str) -> None:
    found = parties(f"A defence source blamed {group} fighters for the first shots.", "en")
    assert found - {None} == parties(f"A defence source blamed {group} for the first shots.", "en") - {None} != set()


@pytest.mark.parametrize(("adjective", "state"), [("إسرائيليون", "ISR"), ("تايلانديون", "THA"), ("كمبوديون", "KHM")])
def test_soldiers_in_arabic(adjective: str, state: str) -> None:
    assert f"{state}.mil" in parties(f"قتل جنود {adjective} في المدينة.", "ar")
    assert parties(f"قتل مدنيون {adjective} في المدينة.", "ar") == {None}
