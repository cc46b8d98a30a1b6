"""Floors in order, on each floor rounds until nothing new appears; longest match first, then the earlier rule."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trucewatch.errors import PackError
from trucewatch.grammar.items import Entry, Item, Mark
from trucewatch.grammar.lexicon import Lexicon, build, items
from trucewatch.grammar.makers import MAKERS, OVERLAYS, Found
from trucewatch.grammar.pattern import Atom, Pattern, parse_pattern
from trucewatch.text.split import Token

MAX_ITEMS, MAX_RULES, MAX_ROUNDS = 400, 400, 12
_FIRST = 0xF0000  # private use plane: one character per set of classes


@dataclass(slots=True)
class Rule:
    """A compiled rule; `regex` is made again when a set of classes appears that one of its atoms takes."""

    name: str
    make: Callable[[Found], Mark | None]
    label: str
    params: Mapping[str, Any]
    pattern: Pattern
    order: int
    regex: "re.Pattern[str] | None" = None
    seen: int = 0
    needs: tuple[Atom, ...] = ()


@dataclass(slots=True)
class Alphabet:
    """Sets of classes and the character of each; grows while texts are read."""

    chars: dict[frozenset[str], str] = field(default_factory=dict)
    sets: list[frozenset[str]] = field(default_factory=list)
    members: dict[Atom, list[str]] = field(default_factory=dict)

    def char(self, classes: frozenset[str]) -> str:
        found = self.chars.get(classes)
        if found is None:
            found = self.chars[classes] = chr(_FIRST + len(self.sets))
            self.sets.append(classes)
            for atom, members in self.members.items():
                if atom.takes(classes):
                    members.append(found)
        return found

    def of(self, atom: Atom) -> list[str]:
        members = self.members.get(atom)
        if members is None:
            members = self.members[atom] = [self.chars[s] for s in self.sets if atom.takes(s)]
        return members


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
    terms: Iterable[tuple[Sequence[str], Entry]],
    rules: Iterable[tuple[str, str, str, Mapping[str, Any], int, str]],
    fold: Callable[[str], str],
    *,
    case: bool,
) -> Grammar:
    """`rules` are (name, maker, pattern, parameters, floor, place). Raises PackError on an unknown maker or a pattern that cannot be read."""
    floors: dict[int, list[Rule]] = {}
    literals: set[str] = set()
    for order, (name, make, source, params, floor, place) in enumerate(rules):
        if make not in MAKERS:
            raise PackError(f"{place}: unknown maker '{make}'. Known: {', '.join(sorted(MAKERS))}.")
        pattern = parse_pattern(source, place, fold)
        literals |= pattern.words
        maker, label = MAKERS[make]
        atoms = tuple(part for part in pattern.parts if isinstance(part, Atom))
        floors.setdefault(floor, []).append(Rule(name, maker, label, params, pattern, order, None, 0, atoms))
        if len(floors[floor]) > MAX_RULES:
            raise PackError(f"{place}: more than {MAX_RULES} rules on floor {floor}. Move some to another floor.")
    return Grammar(build(terms), tuple(tuple(floors[n]) for n in sorted(floors)), frozenset(literals), case, Alphabet())


def parse(grammar: Grammar, tokens: Sequence[Token], text: str, seen: Collection[str] = ()) -> Parse:
    """Reads one sentence (its tokens, cut at 400 items). `seen`: words that earlier sentences showed to be names; they get the class `seen`."""
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
    if len(item.tokens) > 1 or not item.has("word") or case and not token.cap or token.key not in seen and token.bare not in seen:
        return item
    return replace(item, classes=item.classes | {"seen"})


def _literal(item: Item, literals: frozenset[str]) -> Item:
    token = item.tokens[0]
    if len(item.tokens) > 1:
        return item
    found = {f"={w}" for w in (token.key, token.bare) if w in literals}
    return replace(item, classes=item.classes | found) if found else item


def _regex(rule: Rule, alphabet: Alphabet) -> "re.Pattern[str]":
    if rule.regex is None or rule.seen != len(alphabet.sets):
        fresh = alphabet.sets[rule.seen :]
        if rule.regex is None or any(atom.takes(s) for atom in rule.needs for s in fresh):
            pieces = []
            for part in rule.pattern.parts:
                if isinstance(part, str):
                    pieces.append(part)
                else:
                    members = alphabet.of(part)
                    pieces.append(f"[{''.join(members)}]" if members else "(?!)")
            rule.regex = re.compile("".join(pieces))
        rule.seen = len(alphabet.sets)
    return rule.regex


def _round(rules: Sequence[Rule], row: list[Item], text: str, alphabet: Alphabet, overlays: list[Mark]) -> list[tuple[int, int, Mark]]:
    """The marks of one pass over the row as (first item, last item, mark); chunks do not overlap one another."""
    symbols = "".join(alphabet.char(item.classes) for item in row)
    candidates: list[tuple[int, int, int, Rule, dict[str, tuple[int, int]]]] = []
    for rule in rules:
        for match in _regex(rule, alphabet).finditer(symbols):
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
            taken[a:b] = b"\1" * (b - a)
        out.append((a, b, mark))
    return out


def _again(item: Item, rule: Rule, alone: bool) -> bool:
    """Whether a rule would mark a single chunk with the label it has: never by itself (`alone`), and once where the context decides."""
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
