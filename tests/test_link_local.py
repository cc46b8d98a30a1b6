"""Happenings cut anew where something changed are those of a cut of everything, on drawn claims with drawn margins."""

import random

import pytest

from trucewatch.link.cluster import Board, apart, cut
from trucewatch.link.compare import APART, UNLIKE
from trucewatch.link.local import regroup

DAYS = 24
Groups = set[frozenset[int]]


class World:
    """Claims on a line of days with margins to those near; `board` knows those that were ever asked."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.day = chance, dict[int, int]()
        self.margin = dict[tuple[int, int], int]()
        self.leaders, self.judged = dict[int, int](), dict[int, dict[int, str]]()
        self.board = Board(self.compare, {}, {}, {}, self.judged)
        self.old, self.looked = dict[int, tuple[int, ...]](), set[int]()

    def compare(self, one: int, other: int) -> int:
        key = (min(one, other), max(one, other))
        if key not in self.margin:
            away = abs(self.day[one] - self.day[other])
            near = [APART, UNLIKE, -900, -300, 0, 200, 200, 500, 1500]
            self.margin[key] = self.chance.choice(near if away < 3 else [APART, UNLIKE, -900])
        return self.margin[key]

    def put(self, n: int) -> None:
        self.day[n] = self.chance.randrange(DAYS)
        self.board.name[n] = f"c:{self.chance.random()}"
        self.board.margins[n] = {}
        for other in [m for m in self.day if m != n]:
            if (found := self.compare(n, other)) >= 0:
                self.board.margins[n][other] = self.board.margins[other][n] = found
        mine = [m for m, found in self.board.margins[n].items() if found >= 0 and m not in self.leaders]
        if mine and self.chance.random() < 0.1:
            self.board.leaders[n] = self.leaders[n] = mine[0]

    def take(self, n: int) -> set[int]:
        """Takes a claim out; gives those of its happening."""
        followers = [m for m, leader in self.leaders.items() if leader == n]
        for m in self.board.margins.pop(n):
            self.board.margins[m].pop(n)
        for held in (self.day, self.board.name, self.leaders, self.board.leaders, self.judged):
            held.pop(n, None)  # type: ignore[attr-defined]
        for m in followers:
            del self.leaders[m], self.board.leaders[m]
        for said in self.judged.values():
            said.pop(n, None)
        broken = {m for one in (n, *followers) for m in self.old.get(one, ())}
        for m in broken:
            self.old.pop(m)
        return broken - {n}

    def settle(self, fresh: set[int]) -> None:
        _, groups = regroup(self.board, fresh, self.old, self.looked.update)
        for group in map(tuple, groups):
            self.old |= dict.fromkeys(group, group)

    def whole(self) -> Groups:
        """All cut at once, by what the claims are and not by what is known of them."""
        margins = {n: {m: self.compare(n, m) for m in self.day if m != n} for n in self.day}
        board = Board(self.compare, dict(self.board.name), margins, dict(self.leaders), self.judged)
        return {frozenset(group) for group in apart(cut(board, list(self.day)))}

    def kept(self) -> Groups:
        return {frozenset(group) for group in self.old.values()}


@pytest.mark.parametrize("seed", range(60))
def test_what_changed_is_followed_as_far_as_it_reaches(seed: int) -> None:
    chance = random.Random(seed)
    world = World(chance)
    number = 0
    for _ in range(12):
        fresh: set[int] = set()
        for _ in range(chance.randrange(1, 8)):
            number += 1
            world.put(number)
            fresh.add(number)
        for gone in chance.sample(sorted(world.day), min(len(world.day) - 1, chance.randrange(3))):
            fresh = (fresh | world.take(gone)) - {gone}
        if chance.random() < 0.3 and len(world.day) > 2:
            one, other = chance.sample(sorted(world.day), 2)
            verdict = chance.choice(("merge", "separate"))
            for a, b in ((one, other), (other, one)):
                world.judged.setdefault(a, {})[b] = verdict
                fresh |= {m for m in world.old.get(a, ()) if m != a} | {a}
                for m in world.old.get(a, ()):
                    world.old.pop(m)
        world.settle(fresh)
        assert world.kept() == world.whole()


def test_a_change_does_not_reach_all_that_hangs_together() -> None:
    chance = random.Random(5)
    world = World(chance)
    for number in range(1, 400):
        world.put(number)
    world.settle(set(world.day))
    world.put(1000)
    region, _ = regroup(world.board, {1000}, dict(world.old), lambda _: None)
    assert len(region) < 200
