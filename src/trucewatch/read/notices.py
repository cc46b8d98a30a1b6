"""Lines in which a text says of itself that it was withdrawn or corrected."""

import re
from collections.abc import Iterator

from trucewatch.model import Notice
from trucewatch.read.knowledge import Words
from trucewatch.text import fold_text

_SIGNS = "*•#-–|>» \t([{"  # that may stand before such words
_LINE = re.compile(r"[^\n]+")


def notices(text: str, words: Words) -> Iterator[Notice]:
    """One for each line that opens with such words, in order; the whole line is the notice."""
    for line in _LINE.finditer(text):
        kind = notice_kind(line.group(), words)
        if kind:
            start = line.start() + len(line.group()) - len(line.group().lstrip())
            yield Notice(kind, start, line.start() + len(line.group().rstrip()))


def notice_kind(line: str, words: Words) -> str | None:
    """withdrawn, corrected or None, by how a line opens."""
    folded = fold_text(line).lstrip(_SIGNS)
    return next((kind for kind, pattern in words.retracted.items() if pattern.match(folded)), None)
