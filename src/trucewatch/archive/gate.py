"""The gate: whether the bytes of a page name a party or a place at all. It decides nothing else; what it lets pass is read.

A scanner looks for pieces of the names, all at once and in all encodings, in the bytes as they are; where it finds one, the whole
name is looked for around it."""

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trucewatch.archive.spell import BLANKS, Sought, bare, sought

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
# a letter of a script other than the Latin, as an entity or an escape: how that begins, and its whole form
_SIGNS = (
    *(b"\\u0%d" % figure for figure in range(3, 7)),
    *(b"&#%d" % figure for figure in (8, 9, *range(10, 18))),
    *(b"&#x%s%d" % (zeros, figure) for zeros in (b"", b"0", b"00") for figure in range(3, 7)),
    b"&#x000",
)
_SPELT = re.compile(rb"&#(?:[89]\d\d|1[0-7]\d\d);|&#[xX]0*[3-6][0-9A-Fa-f]{2};|\\u0[3-6][0-9A-Fa-f]{2}")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

Confirm = Callable[[int, int], bool]  # (number of the piece, where it ends)
Scan = Callable[[bytes, Confirm], bool]


@dataclass(frozen=True, slots=True)
class Gate:
    """`opens` tells of the bytes of a page whether one of the names may stand in it. `engine`: hyperscan, or aho-corasick where
    that is not installed; they let the same pages pass."""

    names: tuple[str, ...]
    engine: str
    opens: Callable[[bytes], bool]


def gate(names: Iterable[str], encodings: Sequence[str], *, fast: bool = True) -> Gate:
    """A gate for these names. `encodings`: those in which a page may be written beside UTF-8."""
    told = tuple(sorted(set(names)))
    by_piece: dict[bytes, list[Sought]] = {sign: [] for sign in _SIGNS}
    for name in bare(told):
        for one in sought(name, encodings):
            for piece in one.pieces:
                by_piece.setdefault(piece, []).append(one)
    pieces = sorted(by_piece)
    found = _hyperscan(pieces) if fast else None
    scan = found or _aho_corasick(pieces)
    return Gate(told, "hyperscan" if found else "aho-corasick", _opener(scan, pieces, by_piece))


def _opener(scan: Scan, pieces: Sequence[bytes], by_piece: Mapping[bytes, Sequence[Sought]]) -> Callable[[bytes], bool]:
    told = [tuple(by_piece[piece]) for piece in pieces]
    lengths = [len(piece) for piece in pieces]

    def named(body: bytes) -> tuple[bool, bool]:
        """Whether a name stands in it; whether letters stand in it as entities or escapes."""
        spelt = False

        def confirm(number: int, end: int) -> bool:
            nonlocal spelt
            start = end - lengths[number]
            for one in told[number]:
                if one.name.search(body, start - one.before, end + BLANKS) if one.before else one.name.match(body, start):
                    return True
            spelt = spelt or (not told[number] and _SPELT.match(body, start) is not None)
            return False

        return scan(body, confirm), spelt

    def opens(body: bytes) -> bool:
        if _wide(body):
            return True
        found, spelt = named(body)
        return found or (spelt and named(_plain(body))[0])

    return opens


def _wide(body: bytes) -> bool:
    """UTF-16, which is rare: such a page is read in any case."""
    return body.startswith(_WIDE) or b"\x00" in body[:200]


def _hyperscan(pieces: Sequence[bytes]) -> Scan | None:
    try:
        import hyperscan
    except ImportError:
        return None
    base = hyperscan.Database()
    expressions = ["".join(f"\\x{byte:02x}" for byte in piece).encode() for piece in pieces]
    base.compile(expressions=expressions, ids=list(range(len(pieces))), flags=[hyperscan.HS_FLAG_CASELESS] * len(pieces))

    def scan(body: bytes, confirm: Confirm) -> bool:
        try:
            base.scan(body, match_event_handler=lambda number, _, end, *__: confirm(number, end) or None)
        except hyperscan.ScanTerminated:
            return True
        return False

    return scan


def _aho_corasick(pieces: Sequence[bytes]) -> Scan:
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    base = BytesAhoCorasick(pieces, implementation=Implementation.DFA)

    def scan(body: bytes, confirm: Confirm) -> bool:
        return any(confirm(number, end) for number, _, end in base.find_matches_as_indexes(body.lower(), overlapping=True))

    return scan


def _plain(body: bytes) -> bytes:
    """Entities and escapes as letters, in UTF-8."""
    text = body.decode(errors="replace")
    if "\\u" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return (html.unescape(text) if "&" in text else text).encode(errors="replace")
