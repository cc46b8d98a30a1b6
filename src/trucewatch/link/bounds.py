"""Values with bounds: which numbers a told figure admits, and whether two figures allow each other."""

from trucewatch.model import Quantity
from trucewatch.text.figuretext import written

ABOUT = 0.06  # "about 440" admits 414 to 466


def limits(value: float, bound: str) -> tuple[float | None, float | None]:
    """The least and the greatest value a told figure admits; None = open."""
    if bound == "about":
        return value * (1 - ABOUT), value * (1 + ABOUT)
    if bound == "at_least":
        return value, None
    if bound == "more_than":
        return value + 1 if float(value).is_integer() else value, None
    if bound == "up_to":
        return None, value
    return value, value


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether some number fits both."""
    low, high = limits(one.value, one.bound)
    least, most = limits(other.value, other.bound)
    return (high is None or least is None or high >= least) and (most is None or low is None or most >= low)


def near(one: Quantity, other: Quantity) -> bool:
    """Whether both tell nearly the same number: compatible, and the told values within a tenth of each other."""
    return compatible(one, other) and abs(one.value - other.value) <= 0.1 * max(abs(one.value), abs(other.value))


def shown(quantity: Quantity) -> str:
    """`440`, `>900`, `~440`, `>=3`, `<=5`."""
    sign = {"about": "~", "at_least": ">=", "more_than": ">", "up_to": "<="}.get(quantity.bound, "")
    return f"{sign}{written(quantity.value)}"
