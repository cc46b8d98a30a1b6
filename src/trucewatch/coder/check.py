"""Rules put to the proof: patterns that can match, captures the maker reads, and the examples that each rule brings along."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from trucewatch.clause.line import Line
from trucewatch.clause.prepare import lines
from trucewatch.errors import PackError
from trucewatch.grammar import Mark, Parse, by_first, compile_grammar, tree
from trucewatch.grammar.makers import MAKERS
from trucewatch.grammar.pattern import Atom, Pattern
from trucewatch.model import Article
from trucewatch.packs import DATA, Pack, RuleSpec, languages, load
from trucewatch.packs.check import unreadable
from trucewatch.packs.check_codes import Codes, class_of, codes, near
from trucewatch.text.fold import fold_text

LABELS = frozenset(label for _, label in MAKERS.values())
ANY_CAPTURE = "span"


def check(folder: Path | None = None) -> tuple[str, ...]:
    """Faults of every language's rules, `path:line: what. Mend.` Files that cannot be read are left to `packs.check`."""
    out: list[str] = []
    for language, broken in unreadable(languages(folder), folder).items():
        try:
            pack = load(language, folder, without=broken)
            known = codes(folder)
        except PackError:  # told by packs.check
            continue
        sound: list[RuleSpec] = []
        for rule in pack.rules:
            pattern = _read(rule)
            if isinstance(pattern, str):
                out.append(pattern)
            else:
                out.extend(pattern_faults(rule, pattern, known))
                sound.append(rule)
        if not any(path.is_relative_to(DATA) for path in broken):  # else most examples would fail for want of it
            tried = replace(pack, rules=tuple(sound))
            for rule in sound:
                out.extend(trial_faults(rule, tried))
    return tuple(out)


def _read(rule: RuleSpec) -> Pattern | str:
    """The pattern of a rule, or the fault that keeps the rule from being read."""
    spec = rule.name, rule.make, rule.pattern, rule.params, rule.floor, rule.place
    try:
        pattern = compile_grammar(by_first(()), [spec], fold_text, case=True).floors[0][0].pattern
        re.compile("".join(part if isinstance(part, str) else "x" for part in pattern.parts))
    except PackError as error:
        return str(error)
    except re.error as error:
        return f"{rule.place}: the pattern cannot be read ({error.msg}). See docs/rules.md, Patterns."
    return pattern


def pattern_faults(rule: RuleSpec, pattern: Pattern, known: Codes) -> Iterator[str]:
    """Marks and classes that nothing bears, so that a part of the pattern never matches; captures that nobody reads."""
    for label in sorted(pattern.labels - LABELS):
        yield f"{rule.place}: no rule makes the mark <{label}>. {near(label, LABELS)}"
    for name in sorted(_classes(pattern)):
        if not class_of(name, known, LABELS):
            yield f"{rule.place}: nothing has the class [{name}]. {near(name, {*known.classes, *known.made, *LABELS})}"
    captures = (*known.makers[rule.make].captures, ANY_CAPTURE) if rule.make in known.makers else pattern.names
    for name in pattern.names:
        if name not in captures:
            yield f"{rule.place}: the maker {rule.make} reads no capture '{name}'. {near(name, captures)}"


def trial_faults(rule: RuleSpec, pack: Pack) -> Iterator[str]:
    """Examples that give no mark of the rule, and texts under `not` that give one."""
    for text in rule.examples:
        if not fires(rule, text, pack):
            yield f"{rule.place}: {rule.name}: the example '{text}' gives no mark of it. `trucewatch explain` shows why."
    for text in rule.nots:
        if fires(rule, text, pack):
            yield f"{rule.place}: {rule.name}: '{text}' stands under not, but gives a mark of it. `trucewatch explain` shows why."


def fires(rule: RuleSpec, text: str, pack: Pack) -> bool:
    """Whether the text gives a mark of the rule, be it inside another."""
    name = f"{rule.file}#{rule.name}"
    tops = (mark for line in _lines(text, pack) for mark in (*line.overlays, *(item.mark for item in line.items)) if mark)
    return any(mark.rule == name for mark in _marks(tops))


def derivation(text: str, pack: Pack) -> str:
    """Items and marks of a text, for a reader who wonders why a rule did or did not fire."""
    return "\n".join(row for line in _lines(text, pack) for row in tree(Parse(line.items, line.overlays, ()), text))


def _lines(text: str, pack: Pack) -> list[Line]:
    return lines(Article("example", text, pack.code), pack)


def _marks(marks: Iterable[Mark]) -> Iterator[Mark]:
    for mark in marks:
        yield mark
        yield from _marks(mark.parts)


def _classes(pattern: Pattern) -> set[str]:
    atoms = (part for part in pattern.parts if isinstance(part, Atom))
    names = {name for atom in atoms for option in atom.options for _, name in option}
    return {name for name in names if name[0] not in "=-" and name != "p.stop"} - pattern.labels
