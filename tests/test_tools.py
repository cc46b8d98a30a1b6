"""The developers' tools: what they let pass, what they stop, what they write."""

from collections import Counter
from email.message import Message
from types import SimpleNamespace

import pytest

from tools import floors, licences, lock, resolution
from trucewatch.packs import DATA
from trucewatch.packs.world import load_world

LOCK = """\
click==8.5.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
-e .
"""


def package(**fields: str | list[str]) -> SimpleNamespace:
    """A stand-in for an installed distribution with these metadata fields."""
    meta = Message()
    for name, value in fields.items():
        for line in value if isinstance(value, list) else [value]:
            meta[name.replace("_", "-")] = line
    return SimpleNamespace(metadata=meta)


@pytest.mark.parametrize(
    ("licence", "gpl"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("MIT AND GPL-2.0-only", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("Apache-2.0", False),
        ("MIT AND LGPL-3.0-only", False),
    ],
)
def test_gpl_is_told_from_lgpl(licence: str, gpl: bool) -> None:
    assert licences.is_gpl(licence) is gpl


def test_a_choice_of_licences_is_read() -> None:
    assert licences.choices(package(License_Expression="MPL-1.1 OR GPL-2.0-only")) == ("MPL-1.1", "GPL-2.0-only")  # type: ignore[arg-type]
    both = ["License :: OSI Approved :: MIT License", "License :: OSI Approved", "Topic :: Text"]
    assert licences.choices(package(Classifier=both)) == ("MIT License",)  # type: ignore[arg-type]
    assert licences.choices(package(License="Apache 2.0\nlong text")) == ("Apache 2.0",)  # type: ignore[arg-type]
    assert licences.choices(package()) == ()  # type: ignore[arg-type]


def test_pins_leave_hashes_and_the_project_out() -> None:
    assert lock.pins(LOCK) == ["click==8.5.1", "colorama==0.4.6 ; sys_platform == 'win32'"]


def test_constraints_are_written_and_read_back() -> None:
    project = '[tool.uv]\nconstraint-dependencies = [\n    "old==1",\n]\n\n[tool.ruff]\nselect = ["E"]\n'
    written = lock.with_constraints(project, lock.pins(LOCK))
    assert lock.constraints(written) == lock.pins(LOCK)
    assert written.endswith('\n\n[tool.ruff]\nselect = ["E"]\n')
    assert lock.constraints(lock.with_constraints(written, [])) == []


def test_a_floor_holds() -> None:
    held = {"*": {"all": 0.5, "when": 0.2}}
    assert floors.below(held, {"*": {"all": 0.5, "when": 0.9}}) == []
    assert floors.below(held, {"*": {"all": 0.4999, "when": 0.2}}) == ["* all: 0.4999 is below the floor 0.500"]
    assert floors.below(held, {"*": {"all": 0.6}}) == ["* when: no figure, the floor is 0.200"]
    assert len(floors.below(held, {})) == 2


def test_floors_only_rise() -> None:
    assert floors.raised({"ar": {"all": 0.5, "when": 0.2}}, {"ar": {"all": 0.4, "when": 0.2349}}) == {
        "ar": {"all": 0.5, "when": 0.234}
    }


def test_a_mention_takes_the_reading_that_is_most_like_it() -> None:
    read = [resolution.Reading(0, 4, "a", None), resolution.Reading(6, 20, "b", None), resolution.Reading(30, 34, "c", None)]
    assert resolution.nearest(read, 8, 20) == read[1]
    assert resolution.nearest(read, 6, 9) is None, "a few letters of a long reading are no mention of it"
    assert resolution.nearest([], 0, 4) is None


def test_a_share_beyond_its_limit_is_told() -> None:
    counts = {"samples": {"all": Counter({"right": 8, "wrong": 1, "none": 1})}}
    assert resolution.beyond({"samples": {"right": 0.8, "wrong": 0.1}}, counts) == []
    assert len(resolution.beyond({"samples": {"right": 0.9, "wrong": 0.05}}, counts)) == 2
    assert len(resolution.beyond({"practice": {"right": 0.9, "wrong": 0.05}}, counts)) == 1, "no mention at all is none right"


def test_the_mentions_name_ids_of_the_world_files() -> None:
    world = load_world(DATA / "world")
    organs = set(world.organs.values())
    lost = [
        m.id
        for m in resolution.mentions(resolution.MENTIONS)
        if m.id not in world.parties
        and m.id not in world.places
        and not (m.id[:3] in world.parties and m.id[3:4] == "." and m.id[4:] in organs)
    ]
    assert lost == []
