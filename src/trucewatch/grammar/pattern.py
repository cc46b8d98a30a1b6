"""Patterns: parsed once to parts, turned into a regular expression over one character per item (docs/rules.md, "Patterns")."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from trucewatch.errors import PackError

_LEX = re.compile(
    r"\s+|(?P<name>[a-z_][a-z0-9_]*)=(?=[\[<(]|\S)|(?P<set>\[[^\]]*\])|(?P<mark><[a-z_.]+>)|(?P<gap>\.\.\d)|(?P<any>\.)"
    r"|(?P<op>[()|?*+^$]|\{\d+(?:,\d*)?\})|(?P<word>[^\s()|?*+^$\[\]<>{}.=]+)"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """An alternative of conjunctions of class tests: any of `options`, each a tuple of (wanted?, class)."""

    options: tuple[tuple[tuple[bool, str], ...], ...]

    def takes(self, closed: frozenset[str]) -> bool:
        """Whether an item passes; `closed` = its classes and those above them."""
        for option in self.options:
            for wanted, name in option:
                if (name in closed) is not wanted:
                    break
            else:
                return True
        return False

    def refuses(self) -> bool:
        """Whether it is the plain test that a class is absent."""
        return len(self.options) == 1 and len(self.options[0]) == 1 and not self.options[0][0][0]

    def positive(self) -> "Atom":
        """The same test, or for a test of absence the test of presence (whose characters are then excluded)."""
        return Atom((((True, self.options[0][0][1]),),)) if self.refuses() else self


@dataclass(frozen=True, slots=True)
class Pattern:
    """`parts`: pieces of regular expression, and atoms that stand for sets of item characters. `labels`: labels of marks it
    asks for.
    `words`: literal words, which the lexicon must know as classes `=word`."""

    parts: tuple[str | Atom, ...]
    labels: frozenset[str]
    words: frozenset[str]
    names: tuple[str, ...]

    def tests(self) -> tuple[Atom, ...]:
        """The tests made, each once, as tests of presence."""
        return tuple(dict.fromkeys(part.positive() for part in self.parts if isinstance(part, Atom)))


_PIECE = re.compile(r"\(\?P<[^>]*>|\(\?:|\{[^}]*\}|.", re.DOTALL)
_STOP = Atom((((False, "p.stop"),),))


def parse_pattern(source: str, place: str, fold: Callable[[str], str]) -> Pattern:
    """The pattern of a rule; raises PackError with the place and what is wrong."""
    parts: list[str | Atom] = []
    labels: set[str] = set()
    words: set[str] = set()
    names: list[str] = []
    at, pending = 0, ""
    closers: list[str] = []
    while at < len(source):
        match = _LEX.match(source, at)
        if not match or match.end() == at:
            raise PackError(f"{place}: the pattern cannot be read at '{source[at : at + 12]}'. See docs/rules.md, Patterns.")
        at = match.end()
        kind = match.lastgroup
        if kind is None:
            continue
        text = match.group(kind)
        if kind == "name":
            names.append(text)
            pending = f"(?P<{text}__{names.count(text)}>"
            continue
        opener, close = (pending, ")") if pending else ("", "")
        if kind == "op" and text == "(":
            parts.append((opener or "") + "(?:")
            closers.append("))" if opener else ")")
            pending = ""
            continue
        if kind == "op":
            if pending:
                raise PackError(f"{place}: a name stands before '{text}'. Put it before an item or a bracket.")
            if text == ")":
                if not closers:
                    raise PackError(f"{place}: a bracket closes that was never opened. Take it out.")
                text = closers.pop()
            parts.append(text)
            continue
        pending = ""
        parts.append(opener)
        if kind == "gap":
            parts.extend((_STOP, f"{{0,{text[2:]}}}?"))
            if int(text[2:]) > 8:
                raise PackError(f"{place}: a gap of more than eight items. Write two rules on two floors.")
        elif kind == "any":
            parts.append(Atom((((False, "-never-"),),)))
        elif kind == "set":
            parts.append(_set(text[1:-1], place, fold, words))
        elif kind == "mark":
            labels.add(text[1:-1].split(".")[0])
            parts.append(Atom((((True, text[1:-1]),),)))
        else:
            word = fold(text)
            words.add(word)
            parts.append(Atom((((True, f"={word}"),),)))
        parts.append(close)
    if closers:
        raise PackError(f"{place}: a bracket is not closed. Close it.")
    try:
        re.compile("".join(part if isinstance(part, str) else "x" for part in parts))
    except re.error as error:
        raise PackError(f"{place}: the pattern cannot be read ({error.msg}). See docs/rules.md, Patterns.") from None
    if _nested(source):
        raise PackError(f"{place}: a repeat inside a repeat. Write two rules on two floors.")
    return Pattern(tuple(p for p in parts if p != ""), frozenset(labels), frozenset(words), tuple(dict.fromkeys(names)))


def required(pattern: Pattern) -> frozenset[Atom]:
    """The tests that some item of every match passes; tests of absence and optional or alternative parts are left out."""
    levels: list[tuple[list[Atom], bool]] = [([], False)]
    pieces = [piece for part in pattern.parts for piece in (_PIECE.findall(part) if isinstance(part, str) else (part,))]
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        optional = isinstance(after, str) and (after in ("?", "*") or after.startswith("{0"))
        atoms, barred = levels[-1]
        if isinstance(piece, Atom):
            if not optional and not any(not wanted for option in piece.options for wanted, _ in option):
                atoms.append(piece)
        elif piece.startswith("("):
            levels.append(([], False))
        elif piece == ")":
            levels.pop()
            if not optional and not barred:
                levels[-1][0].extend(atoms)
        elif piece == "|":
            levels[-1] = (atoms, True)
    atoms, barred = levels[0]
    return frozenset(() if barred else atoms)


def _nested(source: str) -> bool:
    """Whether a bracket that is repeated holds a repeat (+ * {n,}), which long rows would take for ever to try."""
    depth: list[bool] = []
    bare = re.sub(r"\[[^\]]*\]|<[^>]*>", "x", source)
    at = 0
    while at < len(bare):
        char = bare[at]
        repeat = char in "+*" or char == "{"
        if char == "(":
            depth.append(False)
        elif char == ")":
            inside = depth.pop() if depth else False
            after = bare[at + 1 : at + 2]
            if inside and after and after in "+*{":
                return True
            if inside and depth:
                depth[-1] = True
        elif repeat and depth:
            depth[-1] = True
        at += 1
    return False


def _set(text: str, place: str, fold: Callable[[str], str], words: set[str]) -> Atom:
    options = []
    for option in text.split("|"):
        tests = []
        for test in option.split("&"):
            name = test.strip()
            wanted = not name.startswith("!")
            name = name.lstrip("!").strip()
            if name[:1] == "=" and len(name) > 1:
                name = f"={fold(name[1:])}"
                words.add(name[1:])
            elif not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name):
                raise PackError(f"{place}: '[{text}]' names no class. Write classes of docs/rules.md, joined by & or |.")
            tests.append((wanted, name))
        options.append(tuple(tests))
    return Atom(tuple(options))
