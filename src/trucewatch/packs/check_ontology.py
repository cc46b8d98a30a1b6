"""Faults of the ontology: frames whose relations and slots are known, a line for every event."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.model import EVENTS, MODES, STATUSES
from trucewatch.packs.check_codes import codes, line_of, near
from trucewatch.packs.load import DATA, files
from trucewatch.packs.schema import MODELS, faults
from trucewatch.packs.strict import read_yaml

SLOTS = ("actors", "recipients", "participants")
OWN_RELATIONS = ("subj", "obj", "gen", "adj")


def ontology_faults(folder: Path | None) -> Iterator[str]:
    """Faults of classes, frames, events, modes, makers, provisions, links, stances and daily series."""
    for name in ("classes", "frames", "events", "modes", "makers", "provisions", "links", "stances"):
        for path in files("ontology", f"{name}.yaml", folder):
            try:
                data = read_yaml(path)
            except PackError as error:
                yield str(error)
                continue
            found = faults(MODELS[name], data, path)
            yield from found or _inside(name, data, path, folder)
    yield from _series(folder)


def _series(folder: Path | None) -> Iterator[str]:
    for path in files("series", "*.yaml", folder):
        try:
            data = read_yaml(path)
        except PackError as error:
            yield str(error)
            continue
        found = faults(MODELS["daily"], data, path)
        yield from found
        if not found and data["event"] not in EVENTS:
            yield f"{path}:{line_of(path, 'event')}: unknown event '{data['event']}'. {near(data['event'], EVENTS)}"


def _inside(name: str, data: Any, path: Path, folder: Path | None) -> Iterator[str]:
    if name == "frames":
        known = codes().relations
        for frame, slots in data.items():
            place = f"{path}:{line_of(path, frame)}"
            for relation, slot in slots.items():
                if relation == "speaker":
                    if slot not in OWN_RELATIONS:
                        yield f"{place}: frame '{frame}': the speaker is no relation '{slot}'. {near(slot, OWN_RELATIONS)}"
                elif relation not in known and relation not in OWN_RELATIONS:
                    yield f"{place}: frame '{frame}': unknown relation '{relation}'. {near(relation, (*OWN_RELATIONS, *known))}"
                else:
                    bad = (part for part in slot.split("+") if part not in SLOTS)  # a phrase may fill two
                    yield from (f"{place}: frame '{frame}': unknown slot '{part}'. {near(part, SLOTS)}" for part in bad)
    elif name == "modes":
        yield from _modes(data, path)
    elif name == "links":
        for event in dict.fromkeys((*(e for pair in (*data["tolls"], *data["alike"]) for e in pair), *data["spoken"])):
            if event not in EVENTS:
                yield f"{path}:{line_of(path, event)}: unknown event '{event}'. {near(event, EVENTS)}"
    elif name == "provisions":
        yield from _provisions(data, path)
    elif name == "stances":
        yield from _stances(data, path)
    elif name == "events":
        known_frames = _frames(folder)
        for event, row in data.items():
            place = f"{path}:{line_of(path, event)}"
            if event not in EVENTS:
                yield f"{place}: unknown event '{event}'. {near(event, EVENTS)}"
            if row["frame"] not in known_frames:
                yield f"{place}: {event}: unknown frame '{row['frame']}'. {near(row['frame'], known_frames)}"
        for event in sorted(set(EVENTS) - set(data)):
            yield f"{path}:1: the event {event} is missing. Write a line with its frame and gloss."


def _modes(data: Any, path: Path) -> Iterator[str]:
    for event, row in data.items():
        place = f"{path}:{line_of(path, event)}"
        if event not in EVENTS:
            yield f"{place}: unknown event '{event}'. {near(event, EVENTS)}"
            continue
        own = MODES[event]
        told = (*row.get("loose", ()), *row.get("held", {}).values(), *([row["many"]] if "many" in row else ()))
        yield from (f"{place}: {event} has no mode '{mode}'. {near(mode, own)}" for mode in told if mode not in own)
        for held in (*row.get("held", ()), *([row["like"]] if "like" in row else ())):
            kind, _, mode = held.partition(".")
            if kind not in EVENTS or mode and mode not in MODES[kind]:
                yield f"{place}: {event}: '{held}' is no event with its mode. Write EVENT or EVENT.mode."


def _provisions(data: Any, path: Path) -> Iterator[str]:
    """Mappings that lead to no category, and numbers that two provisions bear."""
    pax = {*data["pax"], *(f"{code}:{part}" for code, row in data["pax"].items() for part in row.get("parts", ()))}
    numbers = [row["number"] for row in data["pam"].values()]
    for part in ("pam", "ours"):
        for code, row in data[part].items():
            place = f"{path}:{line_of(path, code)}"
            for key, whose, known in (("pax", "category of PA-X", pax), ("pam", "provision of the Kroc matrix", data["pam"])):
                lost = (to for to in row.get(key, ()) if to not in known)
                yield from (f"{place}: {code}: no {whose} '{to}'. {near(to, known)}" for to in lost)
            if part == "pam" and numbers.count(row["number"]) > 1:
                yield f"{place}: {code}: the number {row['number']} stands twice. Mend one of them."


def _stances(data: Any, path: Path) -> Iterator[str]:
    """Rules of one name, and codes that there are not."""
    names = [row["name"] for row in data]
    for row in data:
        place = f"{path}:{line_of(path, row['name'])}"
        modes = {"unstated", *(mode for event in row["events"] for mode in MODES.get(event, ()))}
        if names.count(row["name"]) > 1:
            yield f"{place}: the rule '{row['name']}' stands twice. Give one of them another name."
        for key, what, known in (("events", "event", EVENTS), ("modes", "mode", modes), ("statuses", "status", STATUSES)):
            bad = (code for code in row.get(key, ()) if code not in known)
            yield from (f"{place}: {row['name']}: unknown {what} '{code}'. {near(code, known)}" for code in bad)


def _frames(folder: Path | None) -> tuple[str, ...]:
    try:
        return tuple(read_yaml(files("ontology", "frames.yaml", folder)[0]))
    except (PackError, TypeError):  # told at its own file
        return tuple(read_yaml(DATA / "ontology" / "frames.yaml"))
