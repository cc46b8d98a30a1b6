"""One character per kind of item: items that no pattern tells apart share it, so that few characters serve many sets of
classes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from trucewatch.grammar.items import closure
from trucewatch.grammar.pattern import Atom

_FIRST = 0xF0000  # private use plane


@dataclass(slots=True)
class Alphabet:
    """`atoms`: every test the patterns make; `chars`: set of classes -> character; `letters`: tests passed -> character;
    `members`: test -> the characters that pass it. `masks`: character -> the tests
    it passes, as bits. Grows while texts are read, by the kinds of items that appear."""

    atoms: tuple[Atom, ...] = ()
    chars: dict[frozenset[str], str] = field(default_factory=dict)
    letters: dict[frozenset[Atom], str] = field(default_factory=dict)
    members: dict[Atom, list[str]] = field(default_factory=dict)
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
        passed = frozenset(atom for atom in self.atoms if atom.takes(whole))
        letter = self.letters.get(passed)
        if letter is None:
            letter = self.letters[passed] = chr(_FIRST + len(self.letters))
            for atom in passed:
                self.members[atom].append(letter)
            self.masks[letter] = self.mask(passed)
        return letter

    def mask(self, atoms: Iterable[Atom]) -> int:
        """A number with one bit set for each of these tests."""
        bits = self.bits
        out = 0
        for atom in atoms:
            out |= 1 << bits.setdefault(atom, len(bits))
        return out


def alphabet(atoms: Iterable[Atom]) -> Alphabet:
    """The empty alphabet of these tests."""
    kept = tuple(dict.fromkeys(atom.positive() for atom in atoms))
    return Alphabet(kept, {}, {}, {atom: [] for atom in kept})


def nth(letter: str) -> int:
    """How many characters were there before this one."""
    return ord(letter) - _FIRST if letter else -1
