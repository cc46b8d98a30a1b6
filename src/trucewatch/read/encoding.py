"""Bytes to text: the encoding is decided by evidence, and bytes that are no text are refused."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping

from trucewatch.errors import ReadError
from trucewatch.text import fold_text

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SINGLE = ("windows-1256", "iso-8859-6", "windows-1251", "windows-1255", "windows-1254", "windows-1252")
SAMPLE = 20_000  # bytes that are scored; enough for any alphabet
LEAST = 0.6  # share of good words below which no candidate is believed
WHOLE = 20  # characters beyond ASCII for each lost byte at least, in text that is UTF-8 all the same
JOINERS = "\u0640\u200c\u200d\u200e\u200f"
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_TOLD = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x7fELF", b"BZh", b"\xfd7zXZ")
Sets = Mapping[str, frozenset[str]]  # by language: its letters, its function words


def charset_of(content_type: str) -> str | None:
    """The encoding that a content type tells, as in `text/html; charset=utf-8`."""
    found = _TOLD.search(content_type)
    return found[1] if found else None


def decode(data: bytes, letters: Sets, stopwords: Sets, *, html: bool = False, charset: str | None = None) -> str:
    """The text of `data`. Raises ReadError for an empty input, for bytes that are no text, and where no encoding fits.

    By byte order mark; by control bytes (UTF-16 without a mark: its Arabic is valid ASCII); UTF-8, also with a byte lost here and
    there, which becomes U+FFFD; the declared encoding if its text is believable, of the server's word (`charset`) and that of an
    HTML page the one that gives the better text; then the candidate whose words are best written with the letters of one
    known language.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError("nothing in it. Give a file with text.")
    if data.startswith(_MAGIC):
        raise ReadError("this is a picture, an archive or another binary file, not text. Give its text.")
    for mark, name in BOMS:
        if data.startswith(mark):
            return _strict(data, name)
    if _CONTROL.search(data[:SAMPLE].decode("latin-1")):
        return _best(data, ("utf-16-le", "utf-16-be"), letters, stopwords, "holds control bytes and is not text in UTF-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        damaged = data.decode("utf-8", "replace")
    if sum(char > "\x7f" for char in damaged) > WHOLE * damaged.count("\ufffd"):
        return damaged
    told = [name for name in (_known(charset), _declared(data) if html else None) if name]
    declared = max(told, key=lambda name: _score(_trial(data, name), letters, stopwords), default=None)
    if declared and _score(_trial(data, declared), letters, stopwords) >= LEAST:
        return data.decode(declared, "replace")
    return _best(data, SINGLE, letters, stopwords, "its encoding was not recognised")


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError(f"marked as {name} but broken at byte {error.start}. Save it again as UTF-8.") from None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return _known(found[1].decode("ascii")) if found else None


def _known(charset: str | None) -> str | None:
    """Its name, if it is an encoding of text."""
    try:
        b"ab".decode(charset or "")  # refuses what is no encoding of text
        return codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None


def _best(data: bytes, names: Iterable[str], letters: Sets, stopwords: Sets, what: str) -> str:
    scored = [(_score(_trial(data, name), letters, stopwords), -at, name) for at, name in enumerate(names)]
    for score, _, name in sorted(scored, reverse=True):
        if score < LEAST:
            break
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{what}. Save it as UTF-8.")


def _trial(data: bytes, name: str) -> str:
    """The first part of the text, or "" if these bytes do not exist in the encoding."""
    sample = data[: SAMPLE - SAMPLE % 4]
    try:
        return codecs.getincrementaldecoder(name)().decode(sample)
    except (UnicodeDecodeError, LookupError):
        return ""


def _score(text: str, letters: Sets, stopwords: Sets) -> float:
    """Share of words beyond ASCII that one known language could have written, and up to 1 more for its function words."""
    if not text or _CONTROL.search(text):
        return 0.0
    words = [word for word in re.findall(r"[^\W\d_](?:[^\W\d_]|[^\x00-\x7f\s«»“”‘’–—،؛؟…])*", text) if not word.isascii()]
    if not words:
        return 1.0 if text.isascii() else 0.0
    best = 0.0
    for code, alphabet in letters.items():
        good = sum(_written(word, alphabet) for word in words)
        function = sum(fold_text(word) in stopwords.get(code, frozenset()) for word in words)
        best = max(best, (good + min(1.0, 4 * function / len(words)) * good) / len(words))
    return best


def _written(word: str, alphabet: frozenset[str]) -> bool:
    """Letters are of one script and the alphabet's (or ASCII), marks and joiners the script's; no capital within a word."""
    scripts = {script_of(char) for char in word if char.isalpha()}
    if len(scripts) != 1 or "?" in scripts:
        return False
    script = scripts.pop()
    for before, char in zip(" " + word, word, strict=False):
        if char.isalpha():
            if not (char in alphabet or char.lower() in alphabet or char.upper() in alphabet or char.isascii()):
                return False
            if before.islower() and char.isupper():
                return False
        elif char in JOINERS:
            if script not in ("ARABIC", "HEBREW"):
                return False
        elif not unicodedata.category(char).startswith("M") or script_of(char) not in (script, "COMBINING"):
            return False
    return True


def script_of(char: str) -> str:
    """The first word of its name in Unicode, which is that of its script; ? where it has none."""
    return unicodedata.name(char, "?").split()[0]
