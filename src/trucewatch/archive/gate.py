"""The gate: whether the bytes of a page name a party or a place at all. It decides nothing else; what it lets pass is read."""

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from trucewatch.archive.spell import SHORT, in_bytes, in_text, key_of
from trucewatch.text.fold import fold_text

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
# a letter of a script other than the Latin, as an entity or an escape
_SPELT = re.compile(rb"&#(?:[89]\d\d|1[0-7]\d\d);|&#[xX]0*[3-6][0-9A-Fa-f]{2};|\\u0[3-6][0-9A-Fa-f]{2}")
_WORD = re.compile(r"\w\w+")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Gate:
    """`opens` tells of the bytes of a page whether one of the names may stand in it. `engine`: hyperscan, or re where that is
    not installed; re decodes each page first, which costs more."""

    names: tuple[str, ...]
    engine: str
    opens: Callable[[bytes], bool]


def gate(names: Iterable[str], encodings: Sequence[str], *, fast: bool = True) -> Gate:
    """A gate for these names. `encodings`: those in which a page may be written beside UTF-8."""
    told = tuple(sorted(set(names)))
    found = _scanner(told, encodings) if fast and told else None
    opens = found or _decoder(told, encodings)
    return Gate(told, "hyperscan" if found else "re", lambda body: _wide(body) or opens(body))


def _wide(body: bytes) -> bool:
    """UTF-16, which is rare: such a page is read in any case."""
    return body.startswith(_WIDE) or b"\x00" in body[:200]


def _scanner(names: Sequence[str], encodings: Sequence[str]) -> Callable[[bytes], bool] | None:
    try:
        import hyperscan
    except ImportError:
        return None
    expressions = [found.encode("latin-1") for name in names for found in in_bytes(name, encodings)]
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH
    base = hyperscan.Database()
    base.compile(expressions=expressions, ids=list(range(len(expressions))), flags=[flags] * len(expressions))

    def hit(*_: object) -> bool:
        return True  # enough

    def holds(body: bytes) -> bool:
        try:
            base.scan(body, match_event_handler=hit)
        except hyperscan.ScanTerminated:
            return True
        return False

    return lambda body: holds(body) or (_SPELT.search(body) is not None and holds(_plain(body.decode(errors="replace")).encode()))


def _decoder(names: Sequence[str], encodings: Sequence[str]) -> Callable[[bytes], bool]:
    """Each name is looked for by its longest word first, among the different words of a page; then as a whole."""
    begins, holds = defaultdict[str, list[re.Pattern[str]]](list), defaultdict[str, list[re.Pattern[str]]](list)
    for name in names:
        key, cased = key_of(name)
        if key:
            (begins if cased else holds)[key].append(in_text(name))
    lengths = sorted({len(key) for key in begins})
    short = {key for key in begins if len(key) <= SHORT}  # these stand as whole words

    def named(text: str) -> bool:
        words = fold_text(" ".join(set(_WORD.findall(text))))
        each = words.split()
        keys = ({word[:length] for word in each for length in lengths} & begins.keys()) - (short - set(each))
        sought = [*(begins[key] for key in keys), *(found for key, found in holds.items() if key in words)]
        return any(pattern.search(text) for patterns in sought for pattern in patterns)

    def opens(body: bytes) -> bool:
        try:
            texts = [body.decode()]
        except UnicodeDecodeError:
            texts = [body.decode(encoding, "replace") for encoding in encodings]
        return any(named(_plain(text)) for text in texts)

    return opens


def _plain(text: str) -> str:
    """Entities and escapes as letters; all small."""
    if "\\u" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return (html.unescape(text) if "&" in text else text).lower()
