"""One character per kind of item: items that no pattern tells apart share it, so that few characters serve many sets of
classes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.grammar.items import closure
from trucewatch.grammar.pattern import Atom

_FIRST = 0xF0000  # private use plane
_KIND = 0xE000  # private use area


@dataclass(slots=True)
class Alphabet:
    """The tests the patterns make: `plain`, class -> those that ask for it or others beside it; `mixed`, the rest. `chars`: set
    of classes -> character; `letters`: tests passed -> character; `bits`: test -> its number; `masks`: character -> the tests
    it passes, as bits. Grows while texts are read, by the kinds of items that appear."""

    plain: Mapping[str, Sequence[Atom]] = field(default_factory=dict)
    mixed: tuple[Atom, ...] = ()
    chars: dict[frozenset[str], str] = field(default_factory=dict)
    letters: dict[frozenset[Atom], str] = field(default_factory=dict)
    bits: dict[Atom, int] = field(default_factory=dict)
    masks: dict[str, int] = field(default_factory=dict)

    def char(self, classes: frozenset[str]) -> str:
        """The character of an item with these classes."""
        found = self.chars.get(classes)
        if found is None:
            found = self.chars[classes] = self._letter(classes)
        return found

    def _letter(self, classes: frozenset[str]) -> str:
        whole = closure(classes)
        plain = (atom for name in whole for atom in self.plain.get(name, ()))
        passed = frozenset((*plain, *(atom for atom in self.mixed if atom.takes(whole))))
        letter = self.letters.get(passed)
        if letter is None:
            letter = self.letters[passed] = chr(_FIRST + len(self.letters))
            self.masks[letter] = self.mask(passed)
        return letter

    def mask(self, atoms: Iterable[Atom]) -> int:
        """A number with one bit set for each of these tests."""
        bits = self.bits
        out = 0
        for atom in atoms:
            out |= 1 << bits.setdefault(atom, len(bits))
        return out

    def narrow(self, atoms: Iterable[Atom]) -> "Narrow":
        """The view of one rule that makes these tests."""
        return Narrow(self, {atom: self.mask((atom,)) for atom in atoms})


class Narrow(dict[int, str]):
    """A table for `str.translate`: each character of an alphabet becomes one that tells only how it fares in a few tests
    (`tests`: test -> its bit). `kinds`: bits passed -> character. So few kinds appear that an expression is seldom made anew."""

    def __init__(self, letters: Alphabet | None = None, tests: Mapping[Atom, int] | None = None) -> None:
        self.letters, self.tests = letters or Alphabet(), tests or {}
        self.whole = sum(self.tests.values())
        self.kinds: dict[int, str] = {}
        for bits in (0, *self.tests.values()):
            self.kinds.setdefault(bits, chr(_KIND + len(self.kinds)))

    def __missing__(self, point: int) -> str:
        bits = self.letters.masks[chr(point)] & self.whole
        kind = self[point] = self.kinds.setdefault(bits, chr(_KIND + len(self.kinds)))
        return kind

    def members(self, test: Atom) -> str:
        """The kinds that pass a test."""
        bit = self.tests[test]
        return "".join(kind for bits, kind in self.kinds.items() if bits & bit)


def alphabet(atoms: Iterable[Atom]) -> Alphabet:
    """The empty alphabet of these tests."""
    plain: dict[str, list[Atom]] = {}
    mixed: list[Atom] = []
    for atom in dict.fromkeys(atom.positive() for atom in atoms):
        if all(len(option) == 1 and option[0][0] for option in atom.options):
            for option in atom.options:
                plain.setdefault(option[0][1], []).append(atom)
        else:
            mixed.append(atom)
    return Alphabet(plain, tuple(mixed))
