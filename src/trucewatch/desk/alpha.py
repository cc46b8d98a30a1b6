"""Krippendorff's alpha: how far several coders agree beyond chance, for any number of coders, with values missing, and for values
that are names, ranks or amounts. One coder's value alone on a unit says nothing and is passed over."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

Units = Sequence[Sequence[Any]]  # for each unit the values that coders gave it, in any order
Distance = Callable[[Any, Any, Mapping[Any, int]], float]  # of two values, given how often each value was used
MOST = 2000  # draws


@dataclass(frozen=True, slots=True)
class Alpha:
    """`value` None: nothing can be said, since fewer than two units were coded twice or all values are one. `low` and `high` hold
    95 % of the draws. `units`: those with two values or more."""

    value: float | None
    low: float | None
    high: float | None
    units: int


def nominal(one: Any, other: Any, used: Mapping[Any, int]) -> float:
    """Names are the same or not."""
    return float(one != other)


def ordinal(one: Any, other: Any, used: Mapping[Any, int]) -> float:
    """Ranks are as far apart as there are values between them."""
    low, high = min(one, other), max(one, other)
    between = sum(count for value, count in used.items() if low <= value <= high)
    return float((between - (used[one] + used[other]) / 2) ** 2)


def interval(one: Any, other: Any, used: Mapping[Any, int]) -> float:
    """Amounts are as far apart as their difference."""
    return float((one - other) ** 2)


METRICS: Mapping[str, Distance] = {"nominal": nominal, "ordinal": ordinal, "interval": interval}


def alpha(units: Units, metric: str = "nominal") -> float | None:
    """1 where all agree, 0 where they agree as chance would have it; None where it is not defined."""
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    used: Counter[Any] = Counter()
    for unit in paired:
        used.update(unit)
    total, apart = used.total(), METRICS[metric]
    if len(used) < 2:
        return None
    distance = {pair: apart(*pair, used) for pair in combinations(used, 2)}
    expected = sum(used[a] * used[b] * far for (a, b), far in distance.items()) / (total - 1)
    if not expected:
        return None
    observed = sum(_apart(unit, distance) / (unit.total() - 1) for unit in paired)
    return float(1 - observed / expected)


def reliability(units: Units, metric: str = "nominal", *, draws: int = 500, seed: int = 1) -> Alpha:
    """Alpha with an interval: the units are drawn anew, with repetition, so many times. The same seed gives the same interval."""
    paired = [unit for unit in units if len(unit) > 1]
    value, chance = alpha(paired, metric), random.Random(seed)
    if value is None or len(paired) < 2:
        return Alpha(value, None, None, len(paired))
    drawn = (alpha(chance.choices(paired, k=len(paired)), metric) for _ in range(min(draws, MOST)))
    found = sorted(1.0 if each is None else each for each in drawn)  # a draw of one value only: nobody differs in it
    low, high = (found[min(len(found) - 1, int(len(found) * part))] for part in (0.025, 0.975))
    return Alpha(value, low, high, len(paired))


def _apart(unit: Mapping[Any, int], distance: Mapping[tuple[Any, Any], float]) -> float:
    """The distances of all pairs of values within a unit."""
    pairs = combinations(unit, 2)
    return sum(unit[a] * unit[b] * distance[(a, b) if (a, b) in distance else (b, a)] for a, b in pairs)
