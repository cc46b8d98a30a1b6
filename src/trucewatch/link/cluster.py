"""Linked claims cut into happenings. Links alone would chain (A like B, B like C, A unlike C), so two groups join only where
their claims agree on average and no two of them exclude each other. The strongest links are tried first; ties go by id: the
result depends on the set of claims alone."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.link.compare import APART, follows, margin
from trucewatch.link.index import Index
from trucewatch.link.view import View
from trucewatch.model import Pairing

LEAST = -800  # mean margin from which two groups still join
Groups = dict[int, list[int]]
Failed = dict[tuple[int, int], tuple[list[int], list[int]]]  # groups that do not fit, by their identities


@dataclass(slots=True)
class Board:
    """Claims as numbers. `name`: their ids, by which ties go. `margins`: what is known of pairs, both ways; those from 0 upwards
    are links. `leaders`: claims that go on about another one's act -> that one. `judged`: the verdicts of people, both ways.
    `compare` tells the margin of a pair that is not known."""

    compare: Callable[[int, int], int]
    name: dict[int, str] = field(default_factory=dict)
    margins: dict[int, dict[int, int]] = field(default_factory=dict)
    leaders: dict[int, int] = field(default_factory=dict)
    judged: dict[int, dict[int, str]] = field(default_factory=dict)


def clusters(index: Index, ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of a component, each sorted, in the order of their first ids."""
    if len(ids) == 1:
        return (tuple(ids),)
    number = {one: at for at, one in enumerate(ids)}
    board = Board(lambda a, b: margin(index.views[ids[a]], index.views[ids[b]], index.knowledge), dict(enumerate(ids)))
    board.margins = {at: {number[b]: found for b, found in index.linked[one].items()} for at, one in enumerate(ids)}
    board.leaders = {number[a]: number[b] for a, b in leaders(index.views, index.linked, ids).items()}
    board.judged = verdicts(index.judged, number)
    groups = apart(cut(board, number.values()))
    return tuple(sorted(tuple(sorted(board.name[one] for one in group)) for group in groups))


def cut(board: Board, ids: Collection[int]) -> Groups:
    """Claim -> its group, of claims that are linked with none beside them."""
    group, failed = begun(board, ids), Failed()
    for one, other in strongest(board, _links(board, set(ids))):
        if group[one] is not group[other] and fit(board, group[one], group[other], failed):
            join(group, one, other)
    follow(board, group)
    return group


def leaders(views: Mapping[str, View], linked: Mapping[str, Mapping[str, int]], ids: Iterable[str]) -> dict[str, str]:
    """Claims that go on about another one's act without its day and place -> that one, the nearest before. They go where it
    goes."""
    out: dict[str, tuple[int, str]] = {}
    for one in ids:
        view = views[one]
        for other in linked[one]:
            if other in views and follows(view, views[other]) is view:
                rank = (-views[other].sentence[0], other)
                out[one] = min(out.get(one, rank), rank)
    return {one: leader for one, (_, leader) in out.items() if leader not in out}


def verdicts(judged: Mapping[tuple[str, str], Pairing], number: Mapping[str, int]) -> dict[int, dict[int, str]]:
    """What people said of pairs of these claims, both ways."""
    out: dict[int, dict[int, str]] = {}
    for (one, other), pairing in judged.items():
        if one in number and other in number:
            out.setdefault(number[one], {})[number[other]] = pairing.verdict
            out.setdefault(number[other], {})[number[one]] = pairing.verdict
    return out


def begun(board: Board, ids: Iterable[int]) -> Groups:
    """Each claim alone, or with those that people put with it."""
    group = {one: [one] for one in ids}
    name = board.name
    merges = ((a, b) for a in group for b, said in board.judged.get(a, {}).items() if said == "merge" and b in group)
    for _, _, one, other in sorted((name[a], name[b], a, b) for a, b in merges if name[a] < name[b]):
        if group[one] is not group[other] and not parted(board, group[one], group[other]):
            join(group, one, other)
    return group


def _links(board: Board, ids: set[int]) -> Iterator[tuple[int, int]]:
    """The links inside a set of claims, each once."""
    for one in ids:
        for other, found in board.margins[one].items():
            if found >= 0 and one < other and other in ids:
                yield one, other


def strongest(board: Board, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Links in the order in which they are tried; those of claims that follow another one are not."""
    name, free = board.name, ((a, b) for a, b in pairs if a not in board.leaders and b not in board.leaders)
    ranked = [
        (-board.margins[a][b], *((name[a], name[b], a, b) if name[a] < name[b] else (name[b], name[a], b, a))) for a, b in free
    ]
    return [(a, b) for *_, a, b in sorted(ranked)]


def fit(board: Board, first: list[int], second: list[int], failed: Failed) -> bool:
    """Whether two groups may join. `failed` remembers those that may not: many links lead from one to the other."""
    key = (id(first), id(second)) if id(first) < id(second) else (id(second), id(first))
    if key in failed:
        return False
    if _mean(board, first, second) >= LEAST:
        return True
    failed[key] = first, second  # held here, so that no other list gets their identity
    return False


def _mean(board: Board, first: Sequence[int], second: Sequence[int]) -> float:
    """The mean margin of their pairs; `APART` where two exclude each other."""
    total = 0
    for one in first:
        said, known = board.judged.get(one, {}), board.margins[one]
        for other in second:
            if said and other in said:
                if said[other] == "separate":
                    return APART
                continue
            found = known.get(other)
            if found is None:
                found = known[other] = board.margins[other][one] = board.compare(one, other)
            if found == APART:
                return APART
            total += found
    return total / (len(first) * len(second))


def join(group: Groups, one: int, other: int) -> None:
    """Puts the groups of two claims together."""
    joined = group[one] + group[other]
    for member in joined:
        group[member] = joined


def follow(board: Board, group: Groups) -> None:
    """Claims that go on about another one's act go where it went."""
    found = ((board.name[one], one, leader) for one, leader in board.leaders.items() if one in group and leader in group)
    for _, one, leader in sorted(found):
        if group[one] is not group[leader] and not parted(board, group[one], group[leader]):
            join(group, one, leader)


def apart(group: Groups) -> list[list[int]]:
    """Each group once."""
    return list({id(members): members for members in group.values()}.values())


def parted(board: Board, first: Iterable[int], second: Collection[int]) -> bool:
    """Whether people said of two claims of these groups that they are apart."""
    return any(said == "separate" and b in second for a in first for b, said in board.judged.get(a, {}).items())
