"""What linking needs to know, read from ontology/links.yaml and the calendars of the languages."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from trucewatch.model import Calendar, DailySource, LinkKnowledge
from trucewatch.packs.load import files, find, languages, values, words
from trucewatch.packs.pack import LEXICON
from trucewatch.packs.schema import MODELS, validate
from trucewatch.packs.strict import read_tsv, read_yaml
from trucewatch.text.fold import fold_text

NUMERALS = ("num.unit", "num.teen", "num.ten", "num.hundred", "num.magnitude")
UNITS = ((1, "days"), (7, "weeks"), (30, "months"))
TERMS = ("per_day", "hours", "average", "daily", "among", "corrections", "joins", "sums", "links", "ends", "until", "in_force")


@lru_cache(maxsize=4)
def linking(folder: Path | None = None) -> LinkKnowledge:
    """The knowledge of linking; `folder` holds a user's own files. Raises PackError."""
    path = find("ontology/links.yaml", folder)
    data = validate(MODELS["links"], read_yaml(path), path)
    sounds = [(fold_text(letter), sound) for sound, letters in data.sounds.items() for letter in letters]
    return LinkKnowledge(
        tolls=_both(data.tolls),
        alike=_both(data.alike) | _both(data.tolls),
        spoken=frozenset(data.spoken),
        sounds=tuple(sorted(set(sounds), key=lambda pair: _rank(pair[0]))),
        prefixes={code: tuple(sorted(map(fold_text, set(found)), key=_rank)) for code, found in data.prefixes.items()},
        empty=frozenset(fold_text(word) for found in data.empty.values() for word in found),
        common=_common(data.common),
        owners={code: tuple(terms) for code, terms in data.owners.items()},
        authorities=frozenset(" ".join(words(term)) for terms in data.authorities.values() for term in terms),
        calendars={code: _calendar(code, folder, data) for code in languages(folder)},
        weights=dict(data.weights),
        never=frozenset(data.never),
        texts={rule: dict(texts) for rule, texts in data.texts.items()},
    )


def _common(rows: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, dict[str, frozenset[str]]]:
    out: dict[str, dict[str, frozenset[str]]] = {}
    for number, row in enumerate(rows):
        for language, terms in row.items():
            known = out.setdefault(language, {})
            for term in map(fold_text, terms):
                known[term] = known.get(term, frozenset()) | {f"={number}"}
    return out


def daily(name: str, folder: Path | None = None) -> DailySource:
    """The form of a daily series by its name, series/<name>.yaml. Raises PackError."""
    path = find(f"series/{name}.yaml", folder)
    data = validate(MODELS["daily"], read_yaml(path), path)
    counts = tuple((count.key, count.of, count.scope) for count in data.counts)
    return DailySource(name, data.outlet, data.language, data.event, data.day, data.voice, data.voices, counts)


def _rank(text: str) -> tuple[int, str]:
    return -len(text), text


def _both(pairs: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for one, other in pairs for pair in ((one, other), (other, one)))


def _calendar(code: str, folder: Path | None, data: Any) -> Calendar:
    named: dict[str, dict[tuple[str, ...], int]] = {"month": {}, "weekday": {}, "num": {}, "num.ordinal": {}}
    for path in (
        found for name in ("calendar", "numbers") for found in files(f"languages/{code}/lexicon", f"{name}.tsv", folder)
    ):
        for row in read_tsv(path, LEXICON):
            kind = "num" if row.cells["class"] in NUMERALS else row.cells["class"]
            number = values(row.cells["value"], f"{path}:{row.line}").get("n") if kind in named else None
            if number and number.isdecimal() and number != "0":
                named[kind][words(row.cells["term"])] = int(number)
    units = {words(term): days for days, key in UNITS for term in data.terms.get(key, {}).get(code, ())}
    spans = {words(term): days for days, terms in data.spans.items() for term in terms.get(code, ())}
    terms: dict[str, Any] = {key: frozenset(words(term) for term in data.terms.get(key, {}).get(code, ())) for key in TERMS}
    told: dict[str, Any] = {
        "months": named["month"],
        "weekdays": named["weekday"],
        "numerals": named["num"],
        "ordinals": named["num.ordinal"],
    }
    return Calendar(units=units, spans=spans, **told, **terms)
