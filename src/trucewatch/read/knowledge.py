"""What reading needs to know of the languages, as values: built once by `knowledge`, handed to every function of this room."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from trucewatch.html import Marks, marks
from trucewatch.model.outlet import Outlet
from trucewatch.packs import furniture as data
from trucewatch.read.outlets import Outlets, indexed

T = TypeVar("T")
ANY = ""  # the words of all languages together, for a page whose language is not known


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, folded; after its own come those of every other language, so that a foreign share bar is known too.

    `orders`: day, month or both, how a date in figures is ordered.
    `dates`: the forms a date is printed in, the most telling first; `anchor`: a day and month without a year.
    `cue`: words that say published or updated.
    `retracted`: withdrawn, corrected → what says so of a text.
    """

    furniture: Mapping[str, str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    hijri_months: Mapping[str, int]
    halves: Mapping[str, str]
    orders: frozenset[str]
    dates: Mapping[str, re.Pattern[str]]
    anchor: re.Pattern[str]
    weekday: re.Pattern[str]
    half: re.Pattern[str]
    cue: re.Pattern[str]
    notice: re.Pattern[str]
    retracted: Mapping[str, re.Pattern[str]]
    agency: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`words` by language code (and ANY); `stopwords` and `letters` by language code; `marks`: words of class names of pages."""

    words: Mapping[str, Words]
    stopwords: Mapping[str, frozenset[str]]
    letters: Mapping[str, frozenset[str]]
    outlets: Outlets
    marks: Marks


def words_of(knowledge: Knowledge, language: str) -> Words:
    """The words for a text in this language; without a pack those of all languages."""
    return knowledge.words.get(language) or knowledge.words[ANY]


def knowledge(root: Path, override: Path | None = None, outlets: Iterable[Outlet] = ()) -> Knowledge:
    """Read the languages' folders under `root`; a file under `override` takes the place of ours. Raises PackError."""
    codes = tuple(sorted({*data.languages(root), *(data.languages(override) if override else ())}))

    def each(load: Callable[[Path, str], T], name: str) -> dict[str, T]:
        return {code: load(_home(root, override, code, name), code) for code in codes}

    furniture = each(data.furniture, "furniture.tsv")
    calendars = each(data.calendar, "calendar.tsv")
    hijri = each(data.hijri_months, "calendar.tsv")
    halves = each(data.halves, "calendar.tsv")
    orders = each(data.orders, "calendar.tsv")
    words = {}
    for code in (*codes, ANY):
        others = [code, *(other for other in codes if other != code)] if code else list(codes)
        words[code] = _words(
            _merged([furniture[c] for c in others]),
            _merged([calendars[c][0] for c in others]),
            _merged([calendars[c][1] for c in others]),
            _merged([hijri[c] for c in others]),
            _merged([halves[c] for c in others]),
            orders.get(code) or frozenset(("day", "month")),
        )
    stopwords = each(data.function_words, "")
    if override:
        stopwords = {code: found | data.function_words(override, code) for code, found in stopwords.items()}
    return Knowledge(words, stopwords, each(data.letters, "calendar.tsv"), indexed(outlets), _marks(root, override))


def _marks(root: Path, override: Path | None) -> Marks:
    """From `pages/` beside the languages' folder."""
    own = override.parent / "pages" if override else None
    return marks(own if own and (own / "marks.tsv").exists() else root.parent / "pages")


def _home(root: Path, override: Path | None, code: str, name: str) -> Path:
    return override if override and name and (override / code / "lexicon" / name).exists() else root


def _merged(tables: list[Mapping[str, T]]) -> dict[str, T]:
    out: dict[str, T] = {}
    for table in tables:
        for term, value in table.items():
            out.setdefault(term, value)
    return out


def _words(
    furniture: Mapping[str, str],
    months: Mapping[str, int],
    weekdays: Mapping[str, int],
    hijri: Mapping[str, int],
    halves: Mapping[str, str],
    orders: frozenset[str],
) -> Words:
    cues = {term: kind for term, kind in furniture.items() if kind in ("published", "updated")}
    agencies = {term: kind for term, kind in furniture.items() if kind == "agency"}
    notices = {term: kind for term, kind in furniture.items() if kind == "notice"}
    retracted = {kind: word([t for t, k in furniture.items() if k == kind]) for kind in ("withdrawn", "corrected")}
    return Words(
        furniture,
        months,
        weekdays,
        hijri,
        halves,
        orders,
        date_forms(months, hijri),
        anchor_form(months),
        word(weekdays),
        word(halves),
        word(cues),
        word(notices),
        retracted,
        word(agencies),
    )


def word(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms as whole words."""
    return re.compile(rf"(?<![^\W_])(?:{alternation(terms)})(?![^\W_])")


def date_forms(months: Mapping[str, int], hijri: Mapping[str, int]) -> Mapping[str, re.Pattern[str]]:
    """Groups: y, m (name) or mo (figure), d; `figures` has a and b, either may be the day. A double name `A/B` is one name."""
    names = alternation(months)
    year, gap, link = r"(?P<y>(?:19|20)\d\d)(?!\d)", r"[\s,،./\-–]*", r"(?:[^\W\d_]{1,3}\.?\s+)?"  # link: of, de, min
    name = rf"(?P<m>(?:{names})(?:\s*[/(]\s*(?:{names})\)?)?)(?![^\W\d_])\.?"
    forms = {
        "year first": r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<mo>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)",
        "figures": rf"(?<![\d/.-])(?P<a>\d{{1,2}})\s*(?P<s>[-/.])\s*(?P<b>\d{{1,2}})\s*(?P=s)\s*{year}",
        "day first": rf"(?<!\d)(?P<d>\d{{1,2}})(?:[^\W\d_]{{1,2}}\b|º)?{gap}{link}[^\W\d_]?{name}{gap}{link}{year}",
        "month first": rf"(?<![^\W\d_]){name}\s*(?P<d>\d{{1,2}})(?:[^\W\d_]{{2}}\b)?(?:\s*[,،]\s*|\s+){link}{year}",
        "hijri": rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<m>{alternation(hijri)})(?![^\W\d_])[\s,،]*(?P<y>1[34]\d\d)(?!\d)",
        "month": rf"(?<![^\W\d_])[^\W\d_]?{name}{gap}{link}{year}",
        "month figures": r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)[-/](?P<mo>0?[1-9]|1[0-2])(?![\d/-])",
    }
    return {form: re.compile(pattern) for form, pattern in forms.items()}


def anchor_form(months: Mapping[str, int]) -> re.Pattern[str]:
    """Groups: d and m, or m2 and d2 where the month comes first; a year must not follow."""
    names = alternation(months)
    after = r"(?![^\W_])(?!\.?[\s,،./\-–]*(?:[^\W\d_]{1,3}\.?\s+)?(?:19|20)\d\d)"
    day = rf"(?<![\d./:-])(?P<d>\d{{1,2}})(?:[^\W\d_]{{1,2}}\b|º)?\s+(?:[^\W\d_]{{1,3}}\.?\s+)?[^\W\d_]?(?P<m>{names}){after}"
    month = rf"(?<![^\W_])(?P<m2>{names})\.?\s+(?P<d2>\d{{1,2}})(?:[^\W\d_]{{2}}\b)?{after}"
    return re.compile(f"{day}|{month}")


def alternation(terms: Iterable[str]) -> str:
    """The terms as one regular expression, longest first; any run of white space stands for a blank. No term: never matches."""
    escaped = (r"\s+".join(re.escape(part) for part in term.split()) for term in sorted(terms, key=lambda t: (-len(t), t)))
    return "|".join(escaped) or r"(?!)"
