"""Words that the grammar does not read (asides.tsv): they make no item and no mark, they only tell how, why and by which deal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from trucewatch.clause.line import Line
from trucewatch.packs import Pack
from trucewatch.packs.pack import Term
from trucewatch.text.split import Token


@dataclass(frozen=True, slots=True)
class Aside:
    """A term found in a line: items [at, last), its class and values."""

    at: int
    last: int
    kind: str
    values: Mapping[str, str]


@lru_cache(maxsize=32)
def _index(pack: Pack) -> Mapping[str, tuple[Term, ...]]:
    """First word -> terms, longest first."""
    out: dict[str, list[Term]] = {}
    for term in pack.asides:
        out.setdefault(term.words[0], []).append(term)
    return {word: tuple(sorted(terms, key=lambda t: -len(t.words))) for word, terms in out.items()}


def asides(line: Line, pack: Pack) -> tuple[Aside, ...]:
    """The asides of a line in order; of the terms of one class that begin at the same word the longest. Words of a known name
    tell no mode: a movement is no restriction of movement, brigades in a name are no troops."""
    index = _index(pack)
    row = [(token, at) for at, item in enumerate(line.items) for token in item.tokens]
    out: list[Aside] = []
    for start, (token, at) in enumerate(row):
        met: set[str] = set()
        for term in (t for key in dict.fromkeys((token.key, token.bare)) for t in index.get(key, ())):
            kind = _kind(term)
            if kind in met or (kind.startswith("mode.") and _known(line, at)):
                continue
            if not _fits(term, row[start : start + len(term.words)]):
                continue
            met.add(kind)
            out.append(Aside(at, row[start + len(term.words) - 1][1] + 1, kind, term.value))
    return tuple(out)


def of(found: Iterable[Aside], *kinds: str) -> Iterator[Aside]:
    """Those of these classes."""
    return (aside for aside in found if aside.kind in kinds)


def _known(line: Line, at: int) -> bool:
    """Whether an item names a party."""
    actor = line.actor(at)
    return line.items[at].any("name.group", "name.body", "name.org") or actor is not None and actor.party is not None


def _kind(term: Term) -> str:
    return next(c for c in sorted(term.classes) if not c.startswith("f."))


def _fits(term: Term, row: list[tuple[Token, int]]) -> bool:
    return len(row) == len(term.words) and all(
        word in (token.key, token.bare) for word, (token, _) in zip(term.words, row, strict=True)
    )
