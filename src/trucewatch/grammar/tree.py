"""The derivation, printed: items of a sentence and the tree of marks."""

from collections.abc import Sequence

from trucewatch.grammar.engine import Parse
from trucewatch.grammar.items import Item, Mark


def tree(parse: Parse, text: str) -> list[str]:
    """Lines: the row of items with their classes, then each mark with what it was built from."""
    lines = [f"  {text[i.start : i.end]!r:24} {' '.join(sorted(i.classes))}" for i in parse.items]
    lines.append("marks:")
    for item in parse.items:
        if item.mark:
            lines.extend(_mark(item.mark, text, 1))
    for mark in parse.overlays:
        lines.extend(_mark(mark, text, 1))
    return lines


def _mark(mark: Mark, text: str, depth: int) -> list[str]:
    out = [f"{'  ' * depth}{mark.label} «{text[mark.start : mark.end]}» {mark.value} [{mark.rule}]"]
    for part in mark.parts:
        out.extend(_mark(part, text, depth + 1))
    return out


def inner(items: Sequence[Item]) -> tuple[Mark, ...]:
    """The marks among items, in order."""
    return tuple(item.mark for item in items if item.mark)
