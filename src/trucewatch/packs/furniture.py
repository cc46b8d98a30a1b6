"""What reading a page needs of a language: furniture, calendar, function words. `root` is the folder of the languages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from trucewatch.errors import PackError
from trucewatch.packs.strict import read_tsv
from trucewatch.text import fold_text

COLUMNS = ("term", "class", "value", "forms")
_OF_SITES = ("share", "related", "caption", "keywords", "counter", "follow", "later", "notice", "breadcrumb")
KINDS = (*_OF_SITES, "byline", "agency", "published", "updated", "header", "withdrawn", "corrected")
FUNCTION = ("prep", "conj", "that", "rel", "det", "pron", "neg", "adv", "v.be")
HALVES = ("am", "pm")


def languages(root: Path) -> tuple[str, ...]:
    """Codes of all languages that have a calendar: those that can be read, whether or not they can be coded."""
    return tuple(sorted(path.parent.parent.name for path in root.glob("*/lexicon/calendar.tsv")))


def furniture(root: Path, language: str) -> Mapping[str, str]:
    """Folded phrase -> kind (one of KINDS). A phrase that stands twice keeps its first kind."""
    out: dict[str, str] = {}
    for place, term, _, value in _rows(root / language / "lexicon" / "furniture.tsv"):
        kind = value.get("kind", "")
        if kind not in KINDS:
            raise PackError(f"{place}: unknown kind '{kind}'. Write kind= one of {', '.join(KINDS)}.")
        out.setdefault(fold_text(term), kind)
    return out


def calendar(root: Path, language: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Folded month names (1-12) and weekday names (Monday = 1)."""
    return _numbers(root, language, "month", "n", 12), _numbers(root, language, "weekday", "n", 7)


def hijri_months(root: Path, language: str) -> Mapping[str, int]:
    """Folded names of the Hijri months, 1-12."""
    return _numbers(root, language, "month", "hijri", 12)


def halves(root: Path, language: str) -> Mapping[str, str]:
    """Folded words that tell the half of the day -> am or pm."""
    out: dict[str, str] = {}
    for place, term, cls, value in _rows(root / language / "lexicon" / "calendar.tsv"):
        if cls == "clock" and "half" in value:
            if value["half"] not in HALVES:
                raise PackError(f"{place}: unknown half '{value['half']}'. Write half=am or half=pm.")
            out[fold_text(term)] = value["half"]
    return out


def orders(root: Path, language: str) -> frozenset[str]:
    """How a date in figures may be ordered here: day (12/1 = 12 January), month, or both."""
    rows = _rows(root / language / "lexicon" / "calendar.tsv")
    return frozenset(value["first"] for _, _, cls, value in rows if cls == "order" and "first" in value)


def function_words(root: Path, language: str) -> frozenset[str]:
    """Folded single words of the grammatical classes, from `function.tsv`."""
    rows = [(term, cls) for _, term, cls, _ in _rows(root / language / "lexicon" / "function.tsv")]
    told = [term for term, cls in rows if cls in FUNCTION or cls.split(".")[0] in FUNCTION]
    words = {fold_text(part.strip()) for term in told for part in term.split("|")}
    return frozenset(word for word in words if word.isalpha())


def letters(root: Path, language: str) -> frozenset[str]:
    """The letters, unfolded, that a language's calendar and furniture are written with."""
    files = (root / language / "lexicon" / name for name in ("calendar.tsv", "furniture.tsv"))
    terms = [term for path in files for _, term, cls, _ in _rows(path) if cls != "order"]
    return frozenset(char for term in terms for char in term if char.isalpha())


def _numbers(root: Path, language: str, cls: str, key: str, most: int) -> Mapping[str, int]:
    out: dict[str, int] = {}
    for place, term, row_class, value in _rows(root / language / "lexicon" / "calendar.tsv"):
        if row_class != cls or key not in value:
            continue
        if not value[key].isdecimal() or not 1 <= int(value[key]) <= most:
            raise PackError(f"{place}: '{key}={value[key]}' is out of range. Write a number from 1 to {most}.")
        out.setdefault(fold_text(term), int(value[key]))
    return out


def _rows(path: Path) -> Iterator[tuple[str, str, str, Mapping[str, str]]]:
    """(place, term, class, values) of a lexicon file; a language may lack the file."""
    if not path.exists():
        return
    for row in read_tsv(path, COLUMNS):
        pairs = (piece.partition("=") for piece in row.cells["value"].split(";"))
        value = {key.strip(): text.strip() for key, sign, text in pairs if sign}
        yield f"{path}:{row.line}", row.cells["term"], row.cells["class"], value
