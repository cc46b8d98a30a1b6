"""The row of items a sentence becomes, and the marks rules leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from trucewatch.text.split import Token


@lru_cache(maxsize=1 << 16)
def closure(classes: frozenset[str]) -> frozenset[str]:
    """The classes and every class above them: `n.ASSAULT` is also `n`."""
    return frozenset(c[:at] for c in classes for at in (*(i for i, char in enumerate(c) if char == "." and i), len(c)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexicon line as the engine needs it: classes, values, where it stands; `named`: it holds only where a capital shows a
    name;
    `exact`: only where the word is written in capitals."""

    classes: frozenset[str]
    value: Mapping[str, str]
    place: str
    named: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule found: label, span in the untouched text, value made by the maker, the rule's name, the marks inside.

    `first`/`last` are positions of tokens of the sentence, half-open.
    """

    label: str
    start: int
    end: int
    first: int
    last: int
    value: Any
    rule: str
    parts: tuple["Mark", ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One symbol of the row: a token, a term of several tokens, or a chunk. `key` is the folded text of its first token."""

    tokens: tuple[Token, ...]
    first: int
    classes: frozenset[str]
    entries: tuple[Entry, ...] = ()
    mark: Mark | None = None

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def last(self) -> int:
        return self.first + len(self.tokens)

    @property
    def key(self) -> str:
        return self.tokens[0].key

    def has(self, query: str) -> bool:
        """Whether the item has this class or one below it."""
        return query in closure(self.classes)

    def any(self, *queries: str) -> bool:
        """Whether the item has one of these classes or one below them."""
        return not closure(self.classes).isdisjoint(queries)

    def value(self, query: str, key: str, default: str | None = None) -> str | None:
        """The value under `key` of the first entry that has class `query` (or one below it)."""
        for entry in self.entries:
            if key in entry.value and query in closure(entry.classes):
                return entry.value[key]
        return default
