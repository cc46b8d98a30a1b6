"""Floors in order, on each floor rounds until nothing new appears; longest match first, then the earlier rule."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trucewatch.errors import PackError
from trucewatch.grammar.alphabet import Alphabet, Narrow, alphabet
from trucewatch.grammar.items import Item, Mark
from trucewatch.grammar.lexicon import Lexicon, Terms, items
from trucewatch.grammar.makers import MAKERS, OVERLAYS, Found
from trucewatch.grammar.pattern import Atom, Pattern, parse_pattern, required
from trucewatch.text.split import Token

MAX_ITEMS, MAX_RULES, MAX_ROUNDS = 400, 400, 12


@dataclass(slots=True)
class Rule:
    """A compiled rule. `narrow`: the row's characters as this rule's tests see them; `regex` over those, made again when a new
    kind appears (`known`: how many it was made for). `must`: the alphabet's bits of the tests without which nothing matches."""

    name: str
    make: Callable[[Found], Mark | None]
    label: str
    params: Mapping[str, Any]
    pattern: Pattern
    order: int
    narrow: Narrow = field(default_factory=Narrow)
    regex: "re.Pattern[str] | None" = None
    known: int = 0
    must: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """A compiled language: lexicon, floors of rules, and the alphabet they share."""

    lexicon: Lexicon
    floors: tuple[tuple[Rule, ...], ...]
    literals: frozenset[str]
    case: bool
    alphabet: Alphabet


@dataclass(frozen=True, slots=True)
class Parse:
    """The row of items after the last floor, the overlay marks, and all marks made (chunks too), in order of the text."""

    items: tuple[Item, ...]
    overlays: tuple[Mark, ...]
    marks: tuple[Mark, ...]


def compile_grammar(
    starting: Callable[[str], Terms],
    rules: Iterable[tuple[str, str, str, Mapping[str, Any], int, str]],
    fold: Callable[[str], str],
    *,
    case: bool,
) -> Grammar:
    """`starting`: the terms that begin with a word; `rules` are (name, maker, pattern, parameters, floor, place). Raises
    PackError on an unknown maker or a pattern that cannot be read."""
    floors: dict[int, list[Rule]] = {}
    literals: set[str] = set()
    for order, (name, make, source, params, floor, place) in enumerate(rules):
        if make not in MAKERS:
            raise PackError(f"{place}: unknown maker '{make}'. Known: {', '.join(sorted(MAKERS))}.")
        pattern = parse_pattern(source, place, fold)
        literals |= pattern.words
        maker, label = MAKERS[make]
        floors.setdefault(floor, []).append(Rule(name, maker, label, params, pattern, order))
        if len(floors[floor]) > MAX_RULES:
            raise PackError(f"{place}: more than {MAX_RULES} rules on floor {floor}. Move some to another floor.")
    letters = alphabet(atom for floor in floors.values() for rule in floor for atom in rule.pattern.tests())
    for kept in floors.values():
        for rule in kept:
            rule.narrow = letters.narrow(rule.pattern.tests())
            rule.must = letters.mask(sorted(required(rule.pattern), key=str))
    return Grammar(Lexicon(starting), tuple(tuple(floors[n]) for n in sorted(floors)), frozenset(literals), case, letters)


def parse(grammar: Grammar, tokens: Sequence[Token], text: str, seen: Collection[str] = ()) -> Parse:
    """Reads one sentence (its tokens, cut at 400 items). `seen`: words that earlier sentences showed to be names; they get the
    class `seen`."""
    row = [_literal(item, grammar.literals) for item in items(grammar.lexicon, tokens, grammar.case)[:MAX_ITEMS]]
    if seen:
        row = [_seen(item, seen, grammar.case) for item in row]
    overlays: list[Mark] = []
    marks: list[Mark] = []
    for floor in grammar.floors:
        fresh: set[str] | None = None
        for _ in range(MAX_ROUNDS):
            active = [r for r in floor if fresh is None or r.pattern.labels & fresh]
            found = _round(active, row, text, grammar.alphabet, overlays)
            if not found:
                break
            chunks = [(a, b, m) for a, b, m in found if m.label not in OVERLAYS]
            overlays.extend(m for _, _, m in found if m.label in OVERLAYS)
            marks.extend(m for _, _, m in found)
            row = _replace(row, chunks)
            fresh = {m.label for _, _, m in found}
    return Parse(tuple(row), tuple(sorted(overlays, key=_place)), tuple(sorted(marks, key=_place)))


def _place(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.rule


def _seen(item: Item, seen: Collection[str], case: bool) -> Item:
    token = item.tokens[0]
    if (
        len(item.tokens) > 1
        or not item.any("word", "name.gaz")
        or case
        and not token.cap
        or token.key not in seen
        and token.bare not in seen
    ):
        return item
    return replace(item, classes=item.classes | {"seen"})


def _literal(item: Item, literals: frozenset[str]) -> Item:
    token = item.tokens[0]
    if len(item.tokens) > 1:
        return item
    found = {f"={w}" for w in (token.key, token.bare) if w in literals}
    return replace(item, classes=item.classes | found) if found else item


def _regex(rule: Rule) -> "re.Pattern[str]":
    """The rule's expression for all kinds of items met so far."""
    if rule.regex is None or rule.known != len(rule.narrow.kinds):
        rule.known = len(rule.narrow.kinds)
        rule.regex = re.compile("".join(p if isinstance(p, str) else _members(p, rule.narrow) for p in rule.pattern.parts))
    return rule.regex


def _members(atom: Atom, narrow: Narrow) -> str:
    members = narrow.members(atom.positive())
    if atom.refuses():
        return f"[^{members}]" if members else "."
    return f"[{members}]" if members else "(?!)"


def _round(
    rules: Sequence[Rule], row: list[Item], text: str, letters: Alphabet, overlays: list[Mark]
) -> list[tuple[int, int, Mark]]:
    """The marks of one pass over the row as (first item, last item, mark); chunks do not overlap one another."""
    symbols = "".join(letters.char(item.classes) for item in row)
    candidates: list[tuple[int, int, int, Rule, dict[str, tuple[int, int]]]] = []
    there = 0
    for symbol in set(symbols):
        there |= letters.masks[symbol]
    for rule in rules:
        if rule.must & ~there:
            continue
        seen = symbols.translate(rule.narrow)
        for match in _regex(rule).finditer(seen):
            if match.end() == match.start():
                continue
            spans = {}
            for name, number in match.re.groupindex.items():
                a, b = match.span(number)
                if a >= 0 and b > a:
                    spans[name.rpartition("__")[0]] = (a, b)
            candidates.append((match.start() - match.end(), rule.order, match.start(), rule, spans | {"": match.span()}))
    candidates.sort(key=lambda c: c[:3])
    taken = bytearray(len(row))
    out: list[tuple[int, int, Mark]] = []
    known = {(m.label, m.first, m.last, m.rule) for m in overlays}
    for _, _, _, rule, spans in candidates:
        overlay = rule.label in OVERLAYS
        a, b = spans[""] if overlay else spans.get("span", spans[""])
        if not overlay and any(taken[a:b]):
            continue
        if b == a + 1 and _again(row[a], rule, spans[""] == (a, b)):
            continue
        captures = {name: tuple(row[s:e]) for name, (s, e) in spans.items() if name}
        mark = rule.make(Found(tuple(row[slice(*spans[""])]), captures, rule.params, rule.name, rule.label, text))
        if mark is None or (overlay and (mark.label, mark.first, mark.last, mark.rule) in known):
            continue
        if not overlay:
            while b > a + 1 and row[b - 1].first > mark.last:  # the maker took less than was matched
                b -= 1
            taken[a:b] = b"\1" * (b - a)
        out.append((a, b, mark))
    return out


def _again(item: Item, rule: Rule, alone: bool) -> bool:
    """Whether a rule would mark a single chunk with the label it has: never by itself (`alone`), and once where the context
    decides."""
    return item.mark is not None and item.mark.label == rule.label and (alone or item.mark.rule == rule.name)


def _replace(row: list[Item], chunks: list[tuple[int, int, Mark]]) -> list[Item]:
    out: list[Item] = []
    at = 0
    for a, b, mark in sorted(chunks, key=lambda c: c[0]):
        out.extend(row[at:a])
        inner = row[a:b]
        tokens = tuple(token for item in inner for token in item.tokens)
        classes = frozenset({mark.label, *getattr(mark.value, "classes", ())})
        out.append(Item(tokens, inner[0].first, classes, tuple(e for item in inner for e in item.entries), mark))
        at = b
    out.extend(row[at:])
    return out
