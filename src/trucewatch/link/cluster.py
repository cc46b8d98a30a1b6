"""A component of linked claims cut into happenings. Links alone would chain (A like B, B like C, A unlike C), so two groups
join only where their claims agree on average and no two of them exclude each other. The strongest links are tried first; ties
go by id: the result depends on the set of claims alone."""

from collections.abc import Iterator, Sequence

from trucewatch.link.compare import follows
from trucewatch.link.index import Index, Known, compared

UNLIKE = -2.0  # margin of two claims whose types never tell of one happening
LEAST = -0.8  # mean margin from which two groups still join


def clusters(index: Index, ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of a component, each sorted, in the order of their first ids."""
    if len(ids) == 1:
        return (tuple(ids),)
    group = {one: [one] for one in ids}
    known: Known = {} if index.known is None else index.known
    inside = set(ids)
    merges = sorted({tuple(sorted((a, b))) for a in ids for b in index.merged.get(a, ()) if b in inside})
    for one, other in merges:
        if group[one] is not group[other] and not any(_separated(index, a, b) for a in group[one] for b in group[other]):
            _join(group, one, other)
    leaders = _leaders(index, ids)
    for one, other in _strongest(index, [i for i in ids if i not in leaders]):
        first, second = group[one], group[other]
        if first is not second and _fit(index, first, second, known):
            _join(group, one, other)
    for one, leader in sorted(leaders.items()):
        if group[one] is not group[leader] and not any(_separated(index, a, b) for a in group[one] for b in group[leader]):
            _join(group, one, leader)
    found = {id(members): tuple(sorted(members)) for members in group.values()}
    return tuple(sorted(found.values()))


def _join(group: dict[str, list[str]], one: str, other: str) -> None:
    joined = group[one] + group[other]
    for member in joined:
        group[member] = joined


def _leaders(index: Index, ids: Sequence[str]) -> dict[str, str]:
    """Claims that go on about another one's act without its day and place -> that one, the nearest before. They go where it
    goes."""
    out: dict[str, tuple[int, str]] = {}
    for one in ids:
        view = index.views[one]
        for other, found in index.linked[one].items():
            if any(r.rule == "goes-on" for r in found.reasons) and follows(view, index.views[other]) is view:
                rank = (-index.views[other].sentence[0], other)
                out[one] = min(out.get(one, rank), rank)
    return {one: leader for one, (_, leader) in out.items() if leader not in out}


def _strongest(index: Index, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    inside = set(ids)
    found = ((one, other, comp) for one in ids for other, comp in index.linked[one].items() if one < other in inside)
    pairs = [(comp.needed - comp.points, one, other) for one, other, comp in found]
    yield from ((one, other) for _, one, other in sorted(pairs))


def _fit(index: Index, first: Sequence[str], second: Sequence[str], known: Known) -> bool:
    total = 0.0
    for one in first:
        for other in second:
            verdict = index.judged.get((min(one, other), max(one, other)))
            if verdict is not None:
                if verdict.verdict == "separate":
                    return False
                continue
            found = compared(index, one, other, known)
            if found is not None and found.apart:
                return False
            total += found.points - found.needed if found else UNLIKE
    return total / (len(first) * len(second)) >= LEAST


def _separated(index: Index, one: str, other: str) -> bool:
    found = index.judged.get((min(one, other), max(one, other)))
    return found is not None and found.verdict == "separate"
