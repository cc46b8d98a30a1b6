"""Numbers in figures and words, bounds, and what is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.grammar.items import Item


@dataclass(frozen=True, slots=True)
class Number:
    """`value`, its bound (exact, at_least, more_than, about, up_to); `high` the upper end of a range; `ordinal`: third, not three."""

    value: float
    bound: str = "exact"
    high: float | None = None
    ordinal: bool = False
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts. `of`: a quantity code, or None where the noun is a bare word for people; `noun`: span of the counted noun."""

    number: Number
    of: str | None
    noun: tuple[int, int] | None
    classes: frozenset[str] = frozenset()


def _digits(key: str) -> float | None:
    """1,200 and 1.200.000 are thousands; 3.5 and 3,5 are fractions."""
    groups = key.replace("\u066c", ",").replace("\u066b", ".")
    for sign in (",", "."):
        pieces = groups.split(sign)
        if len(pieces) > 1 and all(len(p) == 3 and p.isdigit() for p in pieces[1:]) and pieces[0].isdigit() and len(pieces[0]) <= 3:
            return float("".join(pieces))
    try:
        return float(groups.replace(",", "."))
    except ValueError:
        return None


def number(items: Sequence[Item], captures: Mapping[str, Sequence[Item]], params: Mapping[str, Any], text: str) -> Number | None:
    """All number words and figures of the match added up: units and tens add, hundreds and magnitudes multiply what stands before them."""
    if "low" in captures and "high" in captures:
        low, high = _combine(captures["low"]), _combine(captures["high"])
        return Number(low, "at_least", high, classes=frozenset({"number", "number.range"})) if low is not None and high is not None and low < high else None
    value = _combine(items)
    if value is None:
        return None
    vague = any(item.has("num.vague") for item in items)
    year = len(items) == 1 and items[0].has("year")
    classes = {"number"} | ({"number.year"} if year else set()) | ({"number.vague"} if vague else set())
    if value == int(value) and 1 <= value <= 31 and len(items) == 1:
        classes.add("dayofmonth")
    bound = "at_least" if vague else str(params.get("bound", "exact"))
    return Number(value, bound, classes=frozenset(classes))


def _combine(items: Sequence[Item]) -> float | None:
    total, current, seen = 0.0, 0.0, False
    for item in items:
        if item.mark is not None and isinstance(item.mark.value, Number):
            current += item.mark.value.value
            seen = True
            continue
        if item.has("num.digits"):
            value = _digits(item.key)
            if value is None:
                return None
            current += value
            seen = True
            continue
        raw = item.value("num", "n")
        if raw is None:
            continue
        n = float(raw)
        seen = True
        if item.has("num.fraction"):
            # "a million and a half": half of the last magnitude, else a bare half
            total, current = (total + n * _scale(total), current) if total and not current else (total, current + n)
        elif item.has("num.magnitude") or item.has("num.vague") and n >= 1000 and current:
            total += (current or 1.0) * n
            current = 0.0
        elif item.has("num.hundred") and 0 < current < 10 and n == 100:
            current *= n
        else:
            current += n
    return total + current if seen else None


def _scale(total: float) -> float:
    for size in (1e9, 1e6, 1e3):
        if total >= size:
            return size
    return 1.0


def bounded(items: Sequence[Item], captures: Mapping[str, Sequence[Item]], params: Mapping[str, Any], text: str) -> Number | None:
    """A number under a bound word; `of` captures the number, the parameter `bound` names the bound, else the bound word's class does."""
    inner = _number_in(captures.get("of", items))
    if inner is None or inner.ordinal:
        return None
    bound = params.get("bound")
    if bound is None:
        bound = next((c.split(".", 1)[1] for item in items for c in sorted(item.classes) if c.startswith("bound.")), None)
    if bound is None or "number.year" in inner.classes:
        return None
    return Number(inner.value, str(bound), inner.high, classes=inner.classes | {"number.bounded"})


def ordinal(items: Sequence[Item], captures: Mapping[str, Sequence[Item]], params: Mapping[str, Any], text: str) -> Number | None:
    """Third, 14th, الرابع عشر."""
    value = _combine(items)
    if value is None:
        return None
    classes = {"number.ordinal"} | ({"dayofmonth"} if 1 <= value <= 31 else set())
    return Number(value, ordinal=True, classes=frozenset(classes))


def _number_in(items: Sequence[Item]) -> Number | None:
    for item in items:
        if item.mark is not None and isinstance(item.mark.value, Number):
            return item.mark.value
    return None


def quantity(items: Sequence[Item], captures: Mapping[str, Sequence[Item]], params: Mapping[str, Any], text: str) -> Count | None:
    """`n` captures the number (or the parameter `value` gives it), `what` the counted noun: its `of` value, or the noun itself."""
    inner = _number_in(captures.get("n", items))
    if inner is None:
        if "value" not in params:
            return None
        inner = Number(float(params["value"]), str(params.get("bound", "exact")))
    if inner.ordinal:
        return None
    what = captures.get("what", ())
    of = params.get("of")
    classes: set[str] = {"quantity"}
    for item in what:
        of = of or next((e.value["of"] for e in item.entries if "of" in e.value), None)
        classes |= {c for c in item.classes if c in ("def", "cap") or c.split(".")[0] in ("group", "thing", "n", "a", "unit", "demonym", "unnamed", "org")}
    noun = (what[0].start, what[-1].end) if what else None
    return Count(inner, None if of is None else str(of), noun, frozenset(classes))
