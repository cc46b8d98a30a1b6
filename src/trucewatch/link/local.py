"""Happenings where something changed, without looking at all that hangs together with them.

A happening by itself is cut in the same way as among all others, for what was tried with others failed and left no trace. So a
change is followed only as far as it reaches: where a group is another than before at the moment at which a link out of it is
tried, and that link holds now, the happening at its other end is cut anew too."""

from collections.abc import Callable, Collection, Iterable

from trucewatch.link.cluster import Board, Failed, Groups, apart, begun, fit, follow, join, strongest

Old = dict[int, tuple[int, ...]]  # claim -> the happening in which it stood, whole
Look = Callable[[Collection[int]], None]  # fills in margins, leaders and old happenings of claims; what is not there stays out


def regroup(board: Board, fresh: Collection[int], old: Old, look: Look) -> tuple[set[int], list[list[int]]]:
    """The claims whose happenings may be others than before, and their happenings now. `fresh`: claims that are new or whose
    happening lost one; `old` holds nothing of them."""
    region = set(fresh)
    more = _linked(board, region) | _bound(board, region)
    while True:
        while more := _there(more - region, old, look):
            region |= more
            more = _bound(board, more)
        more = _linked(board, region) - region
        look(more)
        group, more = _tried(board, region, old, {m for one in more if one in old for m in old[one]})
        if not more:
            follow(board, group)
            return region, apart(group)


def _there(wanted: Collection[int], old: Old, look: Look) -> set[int]:
    """The old happenings of these claims."""
    look(wanted)
    return {member for one in wanted if one in old for member in old[one]}


def _linked(board: Board, ids: Iterable[int]) -> set[int]:
    return {other for one in ids for other, found in board.margins[one].items() if found >= 0}


def _bound(board: Board, ids: Iterable[int]) -> set[int]:
    """Claims of which people said something beside these, and those that these follow: they are cut together."""
    found = {other for one in ids for other in board.judged.get(one, ())}
    return found | {board.leaders[one] for one in ids if one in board.leaders}


def _tried(board: Board, region: Collection[int], old: Old, around: Collection[int]) -> tuple[Groups, set[int]]:
    """The groups of a region, before claims follow others; and the claims `around` it that they would join. Beside them go the
    old happenings as they were cut then."""
    group = begun(board, region)
    was: Groups = {}
    for members in {old[one] for one in (*region, *around) if one in old}:
        was |= begun(board, members)
    reached, failed = set[int](), Failed()
    here = {*region, *around}
    pairs = ((a, b) for a in here for b, found in board.margins[a].items() if found >= 0 and a < b and b in here)
    near = ((a, b) for a, b in pairs if a in region or b in region or old[a] is old[b])
    for one, other in strongest(board, near):
        if one in region and other in region:
            if group[one] is not group[other] and fit(board, group[one], group[other], failed):
                join(group, one, other)
        elif one in region or other in region:
            mine, theirs = (one, other) if one in region else (other, one)
            if not _same(group[mine], was.get(mine)) and fit(board, group[mine], was[theirs], failed):
                reached.add(theirs)
        together = one in old and old[one] is old.get(other) and was[one] is not was[other]
        if together and fit(board, was[one], was[other], failed):
            join(was, one, other)
    return group, reached


def _same(group: list[int], was: list[int] | None) -> bool:
    return was is not None and len(group) == len(was) and set(group) == set(was)
