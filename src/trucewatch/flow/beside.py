"""Happenings cut anew where something changed, by what is kept of how claims compare."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch import kept, ledger, link
from trucewatch.model import Happening, LinkKnowledge, Pairing

Views = dict[int, link.View]
See = Callable[[Collection[int]], Views]  # makes the views of readings


@dataclass(slots=True)
class Known:
    """What was read of claims and how they compare, by the numbers of their readings; changed in place. `old`: the happenings in
    which they stood; `placed` and `printed`: the least number of those, and the days of print, as they are kept; `changed`:
    whose comparisons are others than those kept."""

    board: link.Board = field(default_factory=lambda: link.Board(lambda *_: 0))
    old: link.Old = field(default_factory=dict)
    placed: dict[int, int] = field(default_factory=dict)
    printed: dict[int, str] = field(default_factory=dict)
    views: Views = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)


def begin(open_: ledger.Transaction, known: Known, pairings: Sequence[Pairing], knowledge: LinkKnowledge, see: See) -> link.Index:
    """Makes it ready for one transaction; gives an index that holds what people said of pairs."""
    index = link.indexed((), {}, pairings, knowledge=knowledge)
    number = kept.numbered(open_, {one for pair in index.judged for one in pair})
    known.board.judged = link.verdicts(index.judged, number)

    def compare(one: int, other: int) -> int:
        known.views |= see([n for n in (one, other) if n not in known.views])
        known.changed |= {one, other}
        return link.margin(known.views[one], known.views[other], knowledge)

    known.board.compare = compare
    return index


def fill(open_: ledger.Transaction, known: Known, numbers: Collection[int], day: str | None = None) -> None:
    """Reads what is kept of these readings and of those in one happening with them; with `day`, of happenings over by then."""
    board = known.board
    wanted = {n for n in numbers if n not in board.margins}
    together: dict[int, list[int]] = {}
    for row in kept.beside_of(open_, wanted, day) if wanted else ():
        board.name[row.n], board.margins[row.n] = row.claim, dict(row.margins)
        known.placed[row.n], known.printed[row.n] = row.component, row.published
        if row.after is not None:
            board.leaders[row.n] = row.after
        together.setdefault(row.component, []).append(row.n)
    for members in map(tuple, together.values()):
        known.old |= dict.fromkeys(members, members)
    for n in wanted:
        board.margins.setdefault(n, {})


def drop(known: Known, gone: Collection[int]) -> set[int]:
    """Takes readings out that `fill` has read; gives those that stood in one happening with one of them."""
    board, broken = known.board, set[int]()
    for n in gone:
        broken |= {*known.old.get(n, ())}
        for other in board.margins.pop(n, {}):
            if other in board.margins:
                del board.margins[other][n]
                known.changed.add(other)
        for held in (board.name, board.leaders, known.placed, known.printed, known.views):
            held.pop(n, None)
    for n in broken:
        known.old.pop(n)
    known.changed -= set(gone)
    return broken - set(gone)


def add(known: Known, days: Mapping[int, str], linked: Iterable[tuple[int, int, int]]) -> None:
    """Puts new readings in, each with its day of print; their views are there. `linked`: pairs that tell the same, with their
    margins."""
    board, views = known.board, known.views
    number = {views[n].id: n for n in days}
    for n, day in days.items():
        board.name[n], known.placed[n], known.printed[n] = views[n].id, n, day
        board.margins.setdefault(n, {})
    for one, other, margin in linked:
        board.margins[one][other] = board.margins[other][one] = margin
        known.changed |= {one, other}
    known.changed |= days.keys()
    own = {board.name[n]: {board.name[m]: 0 for m, margin in board.margins[n].items() if margin >= 0 and m in days} for n in days}
    for follower, leader in link.leaders({views[n].id: views[n] for n in days}, own, number).items():
        board.leaders[number[follower]] = number[leader]


def told(index: link.Index, known: Known, groups: Iterable[Collection[int]], see: See) -> list[Happening]:
    """The happenings that these groups of readings tell."""
    groups = list(groups)
    board = known.board
    known.views |= see({n for group in groups for n in group} - known.views.keys())
    out = []
    for group in groups:
        index.views = {board.name[n]: known.views[n] for n in group}
        index.linked = {
            board.name[n]: {board.name[m]: board.margins[n][m] for m in group if board.margins[n].get(m, -1) >= 0} for n in group
        }
        out.append(link.happening(index, index.views))
    return out
