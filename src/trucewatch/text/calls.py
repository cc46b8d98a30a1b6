"""The words by which a file calls something, looked for in folded text."""

import re
from functools import lru_cache

from trucewatch.text.fold import fold_text


@lru_cache(maxsize=4096)
def sought(term: str) -> re.Pattern[str]:
    """The term as whole words, whatever stands between them. `*` at an end of a word leaves it open."""
    pieces = (re.escape(piece).replace(r"\*", r"\w*") for piece in fold_text(term).split())
    return re.compile(r"(?<!\w)" + r"\W+".join(pieces) + r"(?!\w)")
