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
    `members`: test -> the characters that pass it. Grows while texts are read, by the kinds of items that appear."""

    atoms: tuple[Atom, ...] = ()
    chars: dict[frozenset[str], str] = field(default_factory=dict)
    letters: dict[frozenset[Atom], str] = field(default_factory=dict)
    members: dict[Atom, list[str]] = field(default_factory=dict)

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
        return letter


def alphabet(atoms: Iterable[Atom]) -> Alphabet:
    """The empty alphabet of these tests."""
    kept = tuple(dict.fromkeys(atom.positive() for atom in atoms))
    return Alphabet(kept, {}, {}, {atom: [] for atom in kept})
