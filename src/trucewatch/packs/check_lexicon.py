"""Faults of lexicon files, line by line."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.packs.check_codes import Codes, Spec, near, value_faults
from trucewatch.packs.forms import forms
from trucewatch.packs.load import values, words
from trucewatch.packs.pack import LEXICON
from trucewatch.packs.strict import Row, read_tsv

Seen = dict[tuple[str, str, tuple[tuple[str, str], ...]], str]
_NEW = "A new class needs its line in ontology/classes.yaml."
_EVENT = re.compile(r"(?:[vna]|mode)\.([A-Z]+)")


def lexicon_faults(path: Path, paradigms: Mapping[str, Any] | None, known: Codes, seen: Seen) -> Iterator[str]:
    """Faults of a file. `paradigms` None: those of the language could not be read, so forms are not looked at.

    `seen` holds the lines of the language's files met so far: the same term, class and value stands once.
    """
    try:
        rows = read_tsv(path, LEXICON)
    except PackError as error:
        yield str(error)
        return
    alike = Counter(row.cells["class"] for row in rows)
    strange: set[str] = set()
    for row in rows:
        place = f"{path}:{row.line}"
        try:
            value = values(row.cells["value"], place)
            yield from _forms(row, paradigms, known, place)
        except PackError as error:
            yield str(error)
            continue
        cls = row.cells["class"]
        if cls and cls not in known.classes:
            if cls not in strange:
                more = f" ({alike[cls]} lines)" if alike[cls] > 1 else ""
                yield f"{place}: unknown class '{cls}'{more}. {near(cls, known.classes)} {_NEW}"
            strange.add(cls)
        else:
            yield from (f"{place}: {what}" for what in _class(cls, value, known))
        key = row.cells["term"], row.cells["class"], tuple(sorted(value.items()))
        if key in seen:
            yield f"{place}: '{key[0]}' stands as {key[1]} with the same value in {seen[key]} too. Keep one line."
        seen.setdefault(key, f"{path.name}:{row.line}")


def _class(cls: str, value: Mapping[str, str], known: Codes) -> Iterator[str]:
    if not cls:
        yield "no class. Fill the second column."
    else:
        event = _EVENT.fullmatch(cls)
        keys: Mapping[str, Spec] = {**known.every, **known.classes[cls]}
        yield from value_faults(value, keys, event[1] if event else None, cls, known)


def _forms(row: Row, paradigms: Mapping[str, Any] | None, known: Codes, place: str) -> Iterator[str]:
    if paradigms is None:
        return
    for form, feature in forms(row.cells["term"], row.cells["forms"], paradigms, place):
        if not words(form):
            yield f"{place}: '{form}' holds no word. Write letters or digits."
        for name in feature.split():
            if name not in known.features:
                yield f"{place}: '{form}' has the unknown feature '{name}'. {near(name, known.features)}"
