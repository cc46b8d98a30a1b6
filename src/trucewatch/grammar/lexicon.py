"""One pass for all terms: a trie over tokens, longest term first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from trucewatch.grammar.items import Entry, Item
from trucewatch.text.split import Token

_SIGNS = {
    ",": "p.comma",
    "\u060c": "p.comma",
    ";": "p.stop",
    "\u061b": "p.stop",
    ".": "p.stop",
    "!": "p.stop",
    "?": "p.stop",
    "\u061f": "p.stop",
    "\u2026": "p.stop",
    ":": "p.colon",
    '"': "p.quote",
    "'": "p.apostrophe",
    "(": "p.open",
    ")": "p.close",
    "[": "p.open",
    "]": "p.close",
    "-": "p.dash",
    "\u2013": "p.dash",
    "\u2014": "p.dash",
    "~": "p.dash",
    "/": "p.slash",
    "%": "p.percent",
}
# Names that are written with an article or without: with the other they are everyday words ("the country's radius" is no Qatar).
_OWN = ("name.state", "name.capital", "name.place", "name.gaz", "name.person")


Terms = Iterable[tuple[Sequence[str], Entry]]
Node = dict[Any, Any]  # word -> node; the terms that end here stand under the key None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`starting` gives the terms that begin with a word; the tries of the words met so far stand in `tries`."""

    starting: Callable[[str], Terms]
    tries: dict[str, Node] = field(default_factory=dict)

    def node(self, word: str) -> Node | None:
        """What follows a first word, or None where no term begins with it."""
        known = self.tries.get(word)
        if known is None:  # a word that begins no term is not kept: an archive holds millions of them
            root: Node = {}
            for words, entry in self.starting(word):
                node = root
                for part in words:
                    node = node.setdefault(part, {})
                node[None] = (*node.get(None, ()), entry)
            known = root.get(word)
            if known is not None:
                self.tries[word] = known
        return known


def by_first(terms: Terms) -> Callable[[str], Terms]:
    """Terms at hand, by their first word; the same words may carry several entries."""
    found: dict[str, list[tuple[Sequence[str], Entry]]] = {}
    for words, entry in terms:
        found.setdefault(words[0], []).append((words, entry))
    return lambda word: found.get(word, ())


def _walk(
    below: Callable[[str], Node | None], tokens: Sequence[Token], at: int, capital: bool, first: bool = True
) -> tuple[int, tuple[Entry, ...]]:
    """The longest term from `at`: (number of tokens, entries). Each token may match as written or without its article.

    `capital`: a token before had a capital letter, or the script has none; terms that are names need one.
    """
    token = tokens[at]
    best, entries = 0, ()
    capital = capital or token.cap
    for key in (token.key, token.bare) if token.bare != token.key else (token.key,):
        child = below(key)
        if child is None:
            continue
        found = child.get(None)
        if found and key != token.key:
            barred = ("v.", *_OWN) if first else ()  # behind the first word the article is the object's: "kept the truce"
            found = tuple(e for e in found if not any(c.startswith(barred) for c in e.classes))
        if found and token.shape == "word" and not token.upper:
            found = tuple(e for e in found if not e.exact)
        if found and not capital:
            found = tuple(e for e in found if not e.named)
        length, inner = (1, found) if found else (0, ())
        if at + 1 < len(tokens) and (len(child) > 1 or not found):
            more, deeper = _walk(child.get, tokens, at + 1, capital, False)
            if more:
                length, inner = more + 1, deeper
        if length > best:
            best, entries = length, inner
        elif length == best and length:
            entries = (*entries, *(e for e in inner if e not in entries))
    return best, entries


def items(lexicon: Lexicon, tokens: Sequence[Token], case: bool) -> list[Item]:
    """The row of items: terms of the lexicon, longest first from the left; tokens that no term covers stand alone."""
    out: list[Item] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        length, entries = _walk(lexicon.node, tokens, at, not case)
        if not length:
            out.append(Item((token,), at, frozenset(_shape(token, case))))
            at += 1
            continue
        classes = {c for entry in entries for c in entry.classes}
        if case and token.cap:
            classes.add("cap")
        if token.shape == "num" and length == 1:
            classes |= _shape(token, case)
        if token.clitic:
            classes |= _clitic(token)
        if token.bare != token.key:
            classes.add("def")
        if length > 1:
            classes |= _tail(lexicon, tokens[at + length - 1])
            if tokens[at + length - 1].bare != tokens[at + length - 1].key:
                classes.add("closed")
        out.append(Item(tuple(tokens[at : at + length]), at, frozenset(classes), entries))
        at += length
    return out


def _shape(token: Token, case: bool) -> set[str]:
    if token.shape == "p":
        return {_SIGNS.get(token.key, "p.other")}
    if token.shape == "num":
        digits = token.key
        out = {"num.digits"}
        if digits.isdigit():
            if len(digits) == 4 and (digits[:2] in ("19", "20") or digits[:2] in ("13", "14")):
                out.add("year" if digits[:2] in ("19", "20") else "hijriyear")
            if 1 <= int(digits) <= 31:
                out.add("dayofmonth")
            if len(digits) == 3:
                out.add("triple")
            if len(digits) <= 3 and digits[0] != "0":
                out.add("short")
        elif ":" in digits:
            out.add("clocktime")
        elif len(digits.partition(".")[0]) == 3 and digits.replace(".", "", 1).isdigit():
            out.add("triple")
        elif "/" in digits or digits.count(".") == 2 and len(digits.rpartition(".")[2]) != 3:
            out.add("datetime")
        return out
    out = {"word"}
    if token.bare != token.key:
        out.add("def")
    if token.clitic:
        out |= _clitic(token)
    if case and token.cap:
        out.add("cap")
    return out


def _clitic(token: Token) -> set[str]:
    """An enclitic that begins with an apostrophe is a possessive."""
    return {f"clitic.{token.clitic}"} | ({"poss"} if token.key.startswith("'") else set())


def _tail(lexicon: Lexicon, token: Token) -> set[str]:
    """The relation of a preposition that ends a term ("talks with", "call on"), as class `tail.<relation>`; `tail.that` for
    "doubt that"."""
    node = lexicon.node(token.key) or {}
    classes = {c for entry in node.get(None, ()) for c in entry.classes}
    return {f"tail.{c.split('.')[1]}" for c in classes if c.startswith("prep.")} | ({"tail.that"} if "that" in classes else set())
