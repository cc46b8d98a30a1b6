"""Tokens with spans, and clitics as tokens of their own."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.text.fold import Folded

_TOKEN = re.compile(
    r"https?://\S+|</?\w+>|(?<![^\s(])\.\d+|"
    r"[a-z\u0400-\u04ff]{1,3}-?\d{1,3}(?!\w|[.,:/-]\d)|\d+(?:(?:[.,:/\u066b\u066c]|\u060c(?=\d{3}(?!\d)))\d+)*"
    r"|[^\W\d_]+(?:(?:'|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea]))[^\W\d_]+)*'?|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign. `key` is its folded form; `bare` the key without the article (or the key again);
    `shape`: word, num or p; `clitic`: "" for a whole word, "pre" or "post" for a clitic; `cap`: it starts with a capital
    letter; `upper`: it is written in capitals."""

    key: str
    bare: str
    start: int
    end: int
    shape: str
    clitic: str = ""
    cap: bool = False
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Splitter:
    """Clitic tables of a language (see docs/rules.md). `prefixes`: slots, outermost first; `always`: prefix strings cut off
    even where the
    rest is unknown; `suffixes`: (form, put back, any word?, key of the clitic); `restore`: last letter before a suffix -> its
    free form.
    `final`: last letters, as written, that no suffix may take off; `inner`: words known only inside names of several words."""

    article: tuple[str, ...] = ()
    prefixes: tuple[tuple[str, ...], ...] = ()
    assimilated: tuple[tuple[str, str, str], ...] = ()
    always: tuple[str, ...] = ()
    suffixes: tuple[tuple[str, str, bool, str], ...] = ()
    restore: tuple[tuple[str, str], ...] = ()
    final: tuple[str, ...] = ()
    known: Callable[[str], bool] = field(default=lambda word: False)
    inner: Callable[[str], bool] = field(default=lambda word: False)


Cut = tuple[
    tuple[str, ...], str, str, tuple[str, ...], int, int
]  # prefixes, key, bare, suffix keys, letters cut in front, behind


def _bare(word: str, splitter: Splitter) -> str:
    for article in splitter.article:
        if word.startswith(article) and len(word) >= len(article) + 2:
            return word[len(article) :]
    return word


def _fronts(word: str, splitter: Splitter) -> list[tuple[tuple[str, ...], str, int]]:
    """Every way to cut proclitics off: (clitics, rest as a word, letters cut)."""
    out: list[tuple[tuple[str, ...], str, int]] = [((), word, 0)]
    for slot in splitter.prefixes:
        for clitics, rest, cut in list(out):
            for form in slot:
                for written, clitic, put in splitter.assimilated:
                    if clitic == form and rest.startswith(written) and len(rest) > len(written) + 1:
                        out.append(((*clitics, form), put + rest[len(written) :], cut + len(written)))
                if rest.startswith(form) and len(rest) >= len(form) + 2:
                    out.append(((*clitics, form), rest[len(form) :], cut + len(form)))
    return out


def _known(word: str, splitter: Splitter) -> bool:
    return splitter.known(word) or splitter.known(_bare(word, splitter))


def cut(word: str, splitter: Splitter, closed: bool = False) -> Cut:
    """The one reading of a folded word: known as it stands, else the fewest clitics around a word the lexicon knows, else what
    `always` says.

    `closed`: its last letter, as written, belongs to the word.
    """
    for form, put, anyword, key in splitter.suffixes:
        if anyword and word.endswith(form) and len(word) > len(form):
            rest = word[: -len(form)] + put
            return (), rest, _bare(rest, splitter), (key,), 0, len(form) - len(put)
    pressed = any(word.startswith(written) for written in splitter.always)
    if _known(word, splitter):
        return (), word, _bare(word, splitter), (), 0, 0
    fronts = _fronts(word, splitter)
    joined = any(len(clitics) == 1 and clitics[0] in splitter.prefixes[0] and splitter.known(rest) for clitics, rest, _ in fronts)
    if splitter.inner(word) and not pressed and not joined:
        return (), word, _bare(word, splitter), (), 0, 0
    for clitics, rest, front in fronts:
        if clitics and _known(rest, splitter):
            return clitics, rest, _bare(rest, splitter), (), front, 0
    for clitics, rest, front in fronts if not closed else ():
        for form, put, anyword, key in splitter.suffixes:
            if anyword or not rest.endswith(form) or len(rest) < len(form) + 2:
                continue
            stem = rest[: -len(form)] + put
            for end, free in (("", ""), *splitter.restore):
                whole = stem[: len(stem) - len(end)] + free if stem.endswith(end) else ""
                if whole and _known(whole, splitter) and not (whole != stem and not end):
                    return clitics, whole, _bare(whole, splitter), (key,), front, len(key) if put else len(form)
    for written in splitter.always:
        if word.startswith(written) and len(word) > len(written) + 2:
            best = [f for f in fronts if f[0] and (not splitter.article or any(f[1].startswith(a) for a in splitter.article))]
            if best:
                clitics, rest, front = max(best, key=lambda f: len(f[0]))
                return clitics, rest, _bare(rest, splitter), (), front, 0
    return (), word, _bare(word, splitter), (), 0, 0


def tokens(
    text: str, folded: Folded, splitter: Splitter, cache: dict[str, Cut], start: int = 0, end: int | None = None
) -> list[Token]:
    """The tokens of folded[start:end], spans in the untouched text. `cache` keeps the reading of each word form."""
    out: list[Token] = []
    stop = len(folded.text) if end is None else end
    for match in _TOKEN.finditer(folded.text, start, stop):
        word, a, b = match.group(), match.start(), match.end()
        first = word[0]
        if first.isdigit() or first == "." and len(word) > 1:
            out.append(Token(word, word, *folded.back(a, b), "num"))
            continue
        if not first.isalpha():
            out.append(Token(word, word, *folded.back(a, b), "p"))
            continue
        if word.endswith("'") and not any(word.endswith(s[0]) for s in splitter.suffixes):
            out.extend(_word(text, word[:-1], a, b - 1, folded, splitter, cache))
            out.append(Token("'", "'", *folded.back(b - 1, b), "p"))
            continue
        out.extend(_word(text, word, a, b, folded, splitter, cache))
    return out


def _word(text: str, word: str, a: int, b: int, folded: Folded, splitter: Splitter, cache: dict[str, Cut]) -> list[Token]:
    closed = text[folded.starts[b - 1]] in splitter.final
    form = word + "." if closed else word
    reading = cache.get(form)
    if reading is None:
        reading = cache[form] = cut(word, splitter, closed)
    before, key, bare, after, front, behind = reading
    cap = text[folded.starts[a + front]].isupper()
    upper = cap and text[folded.starts[a + front] : folded.ends[b - behind - 1]].isupper()
    if not before and not after:
        return [Token(key, bare, *folded.back(a, b), "word", "", cap, upper)]
    out: list[Token] = []
    at = a
    for number, clitic in enumerate(before):
        # An assimilated article (lil-) is cut with its clitic; the letters are shared out so that spans stay in order.
        size = len(clitic) if number < len(before) - 1 else front - (at - a)
        size = max(1, min(size, len(clitic)))
        out.append(Token(clitic, clitic, *folded.back(at, at + size), "word", "pre"))
        at += size
    stem_start = at if before else a
    stem_end = b - behind
    out.append(Token(key, bare, *folded.back(stem_start, stem_end), "word", "", cap, upper))
    if after:
        out.append(Token(after[0], after[0], *folded.back(stem_end, b), "word", "post"))
    return out


def table(
    data: Mapping[str, object],
    known: Callable[[str], bool],
    folding: Callable[[str], str],
    inner: Callable[[str], bool] = lambda word: False,
) -> Splitter:
    """A Splitter from the clitic part of a pack.yaml (already validated)."""

    def words(key: str) -> tuple[str, ...]:
        value = data.get(key) or ()
        assert isinstance(value, Sequence)
        return tuple(folding(str(v)) for v in value)

    def rows(key: str) -> Sequence[Mapping[str, object]]:
        value = data.get(key) or ()
        assert isinstance(value, Sequence)
        return [v for v in value if isinstance(v, Mapping)]

    slots = data.get("prefixes") or ()
    assert isinstance(slots, Sequence)
    finals = data.get("final") or ()
    assert isinstance(finals, Sequence)
    restore = data.get("restore") or {}
    assert isinstance(restore, Mapping)
    return Splitter(
        article=words("article"),
        prefixes=tuple(tuple(folding(str(f)) for f in slot) for slot in slots),
        assimilated=tuple((folding(str(r["form"])), folding(str(r["as"])), folding(str(r["put"]))) for r in rows("assimilated")),
        always=words("always"),
        suffixes=tuple(
            (
                folding(str(r["form"])),
                folding(str(r.get("put", ""))),
                bool(r.get("any", False)),
                folding(str(r.get("as", r["form"]))),
            )
            for r in rows("suffixes")
        ),
        restore=tuple((folding(str(a)), folding(str(b))) for a, b in restore.items()),
        final=tuple(str(letter) for letter in finals),
        known=known,
        inner=inner,
    )
