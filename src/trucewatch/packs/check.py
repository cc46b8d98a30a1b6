"""Every data file of ours and of a user's folder, read strictly: each fault is one line `path:line: what. Mend.`

No fault hides another, but for those inside a YAML file that cannot be read at all.

What needs the grammar (patterns, captures, the examples of rules) is looked at in `coder/check.py`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.packs import furniture
from trucewatch.packs.check_codes import Codes, codes, line_of, near, told, value_faults
from trucewatch.packs.check_lexicon import Seen, lexicon_faults
from trucewatch.packs.check_ontology import ontology_faults
from trucewatch.packs.load import DATA, files, languages, lexicon, roots, rules
from trucewatch.packs.outlets import outlet_faults
from trucewatch.packs.schema import MODELS, PackFile, RuleFile, faults, validate
from trucewatch.packs.strict import read_yaml
from trucewatch.packs.world import load_world
from trucewatch.packs.world_rows import PARTY_FILES, PLACE_FILE, RECALLED, STATE_FILE, read_parties, read_places, read_states

_WORLD: tuple[tuple[str, Callable[[Path], object]], ...] = (
    *((name, read_parties) for name in PARTY_FILES),
    (PLACE_FILE, read_places),
    (STATE_FILE, read_states),
)
SAMPLE_KEYS = frozenset({"id", "url", "outlet", "language", "published", "text"})
# Where a file of a user's folder may lie; one that lies elsewhere is read by nobody.
_PLACED = re.compile(
    r"languages/[a-z]{2,3}/(?:pack\.yaml|lexicon/[^/]+\.tsv|grammar/\d\d-[^/]+\.yaml)"
    r"|ontology/(?:frames|events|modes|classes|makers|provisions|links|stances)\.yaml|(?:agreements|series|tables|outlets)/[^/]+\.yaml"
    rf"|world/(?:{'|'.join(map(re.escape, (*PARTY_FILES, PLACE_FILE)))})|(?:[^/]+/)*(?:README|\.)[^/]*"
)


def check(folder: Path | None = None) -> tuple[str, ...]:
    """All faults, ordered by file."""
    if ours := told(codes):
        return tuple(ours)
    out = [*_stray(folder), *ontology_faults(folder)]
    try:
        known = codes(folder)
    except PackError:  # told already; the rest is measured by our own files
        known = codes()
    spoken = {path.name for root in roots(folder) for path in (root / "languages").glob("*") if path.is_dir()}
    for language in sorted(spoken):
        out.extend(_language(language, known, folder))
    out.extend(_world(folder))
    out.extend(outlet_faults(folder))
    out.extend(_interface())
    out.extend(_samples(DATA / "samples" / "articles.jsonl"))
    for path in sorted((DATA / "scoring").glob("*.yaml")):
        out.extend(told(lambda path=path: read_yaml(path)))  # type: ignore[misc]
    return tuple(dict.fromkeys(out))


def unreadable(codes: Iterable[str], folder: Path | None = None) -> dict[str, frozenset[Path]]:
    """Language -> the files at which loading it would stop."""
    world = ((root / "world" / name, read) for root in roots(folder) for name, read in _WORLD)
    ontology = ((path, _typed) for path in files("ontology", "[efm]*.yaml", folder))
    shared = _broken((*ontology, *((path, read) for path, read in world if path.exists())))
    return {code: shared | _of_language(code, folder) for code in codes}


def _of_language(language: str, folder: Path | None) -> frozenset[Path]:
    base = f"languages/{language}"
    out = frozenset(path for path in files(base, "pack.yaml", folder) if any(_pack(path, language)))
    paradigms: dict[str, Any] = next((read_yaml(path)["paradigms"] for path in files(base, "pack.yaml", folder, out)), {})
    terms = ((path, lambda path: list(lexicon(path, paradigms))) for path in files(f"{base}/lexicon", "*.tsv", folder))
    told_rules = ((path, lambda path: list(rules(path))) for path in files(f"{base}/grammar", "*.yaml", folder))
    return out | _broken((*terms, *told_rules))


def _broken(readers: Iterable[tuple[Path, Callable[[Path], object]]]) -> frozenset[Path]:
    return frozenset(path for path, read in readers if told(lambda path=path, read=read: read(path)))  # type: ignore[misc]


def _typed(path: Path) -> object:
    return validate(MODELS[path.stem], read_yaml(path), path)


def recalled(folder: Path | None = None) -> int:
    """How many rows of the world files were written from memory and wait for a source. Broken files count nothing."""
    count = 0
    for path in (path for root in roots(folder) for path in sorted((root / "world").glob("*.yaml"))):
        try:
            data = read_yaml(path)
        except PackError:
            continue
        parts = data.values() if isinstance(data, dict) else [data]
        rows = (row for part in parts if isinstance(part, list) for row in part)
        count += sum(isinstance(row, dict) and row.get("source") == RECALLED for row in rows)
    return count


def _stray(folder: Path | None) -> Iterator[str]:
    for path in sorted(folder.rglob("*")) if folder else ():
        name = path.relative_to(folder or path).as_posix()
        if path.is_file() and not _PLACED.fullmatch(name):
            yield f"{path}:1: a file of this name and place is never read. Lay it out as docs/rules.md tells: languages/<code>/…"


# --- languages


def _language(language: str, known: Codes, folder: Path | None) -> Iterator[str]:
    base = f"languages/{language}"
    paradigms: Mapping[str, Any] | None = {}
    for path in files(base, "pack.yaml", folder):
        found = list(_pack(path, language))
        paradigms = None if found else read_yaml(path)["paradigms"]
        yield from found
    seen: Seen = {}
    for path in files(f"{base}/lexicon", "*.tsv", folder):
        yield from lexicon_faults(path, paradigms, known, seen)
    for path in files(f"{base}/grammar", "*.yaml", folder):
        yield from rule_faults(path, known)
    for root in roots(folder):
        for read in (furniture.furniture, furniture.calendar, furniture.hijri_months, furniture.halves):
            yield from told(lambda root=root, read=read: read(root / "languages", language))  # type: ignore[misc]


def _pack(path: Path, language: str) -> Iterator[str]:
    try:
        data = read_yaml(path)
    except PackError as error:
        yield str(error)
        return
    if found := faults(PackFile, data, path):
        yield from found
        return
    if data["code"] != language:
        yield f"{path}:{line_of(path, 'code')}: the code '{data['code']}' is not the folder's name. Write {language}."
    for name, paradigm in data["paradigms"].items():
        place = f"{path}:{line_of(path, name)}"
        for part in set(paradigm.get("forms", {})) - set(paradigm["parts"]):
            yield f"{place}: paradigm '{name}': unknown part '{part}'. {near(part, paradigm['parts'])}"
        for rule in paradigm.get("rules", ()):
            try:
                re.compile(rule["end"])
            except re.error as error:
                yield f"{place}: paradigm '{name}': the end '{rule['end']}' is no regular expression ({error}). Mend it."


def rule_faults(path: Path, known: Codes) -> list[str]:
    """Faults of a grammar file but for its patterns: form, makers, parameters, a name that stands twice."""
    try:
        found = faults(RuleFile, read_yaml(path) or [], path)
        specs = [] if found else list(rules(path))
    except PackError as error:
        return [str(error)]
    for rule in specs:
        maker = known.makers.get(rule.make)
        if maker is None:
            found.append(f"{rule.place}: unknown maker '{rule.make}'. {near(rule.make, known.makers)}")
            continue
        owner, event = f"the maker {rule.make}", str(rule.params.get("event", ""))
        found.extend(f"{rule.place}: {what}" for what in value_faults(rule.params, maker.params, event, owner, known))
        both = [text for text in rule.examples if text in rule.nots]
        found.extend(f"{rule.place}: '{text}' stands under examples and under not. Keep one." for text in both)
    return found


# --- world, interface, samples


def _world(folder: Path | None) -> Iterator[str]:
    found: list[str] = []
    for root in roots(folder):
        for name, read in _WORLD:
            path = root / "world" / name
            if path.exists():
                found.extend(told(lambda path=path, read=read: read(path)))  # type: ignore[misc]
    yield from found or told(lambda: load_world(DATA / "world", folder / "world" if folder else None))


def _interface() -> Iterator[str]:
    """The languages of the interface say the same: keys, and the gaps `{n}` in their texts."""
    said: dict[Path, dict[str, str]] = {}
    for path in sorted((DATA / "interface").glob("*.yaml")):
        try:
            said[path] = dict(_leaves(read_yaml(path)))
        except PackError as error:
            yield str(error)
    for path, words in said.items():
        for other, theirs in said.items():
            for key in sorted(set(theirs) - set(words)):
                yield f"{path}:1: '{key}' is missing; {other.name} has it. Write it."
            for key in sorted(set(theirs) & set(words)):
                if path > other and _gaps(theirs[key]) != _gaps(words[key]):
                    place = f"{path}:{line_of(path, key.rpartition('.')[2])}"
                    yield f"{place}: '{key}' has other gaps than in {other.name}. Use the same names in braces."


def _gaps(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def _leaves(data: Any, stem: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{stem}.{key}" if stem else str(key))
    else:
        yield stem, str(data)


def _samples(path: Path) -> Iterator[str]:
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            yield f"{place}: no JSON ({error}). Write one article a line."
            continue
        if not isinstance(row, dict) or set(row) != SAMPLE_KEYS:
            yield f"{place}: the keys are not {', '.join(sorted(SAMPLE_KEYS))}. Write these."
        elif row["id"] in seen or not row["text"] or row["language"] not in languages():
            yield f"{place}: an id that stands twice, no text, or a language without a pack. Mend the row."
        else:
            seen.add(row["id"])
