"""Words in the class, id and role of an element that tell what it holds: one list for all sites, `pages/marks.tsv`."""

from collections.abc import Mapping
from pathlib import Path

from trucewatch.errors import PackError
from trucewatch.packs.strict import read_tsv

COLUMNS = ("word", "kind", "note")
KINDS = ("body", "embed", "cut", "caption", "byline", "date")  # an element with words of two kinds is of the first of them


def marks(root: Path) -> Mapping[str, str]:
    """Word -> kind; a compound such as article-body stands as articlebody. Raises PackError."""
    path = root / "marks.tsv"
    out: dict[str, str] = {}
    for row in read_tsv(path, COLUMNS):
        word, kind = row.cells["word"], row.cells["kind"]
        if kind not in KINDS:
            raise PackError(f"{path}:{row.line}: unknown kind '{kind}'. Write one of {', '.join(KINDS)}.")
        if not (word.isascii() and word.isalpha() and word.islower()):
            raise PackError(f"{path}:{row.line}: '{word}' is no word in small letters. Write compounds as one word.")
        if word in out:
            raise PackError(f"{path}:{row.line}: '{word}' stands twice. Keep one of them.")
        out[word] = kind
    return out
