"""Numbers in figures and words, bounds, and what is counted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.grammar.items import Item

Captures = Mapping[str, Sequence[Item]]
Params = Mapping[str, Any]
_ARABIC_THOUSANDS = re.compile(r"[\u066c\u060c](?=\d{3})")
_MIXED = re.compile(r"(\d{1,3})([,.])(\d{3}(?:\2\d{3})*)(?!\2)[,.](\d+)")
COUNTED = ("group", "thing", "n", "a", "unit", "demonym", "unnamed", "org", "placekind")


@dataclass(frozen=True, slots=True)
class Number:
    """`value`, its bound (exact, at_least, more_than, about, up_to); `high` the upper end of a range; `ordinal`: third, not
    three."""

    value: float
    bound: str = "exact"
    high: float | None = None
    ordinal: bool = False
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts. `of`: a quantity code, or None where the noun is a bare word for people; `noun`: span of the
    counted noun; `total`: the whole it is a part of ("13 of the 15")."""

    number: Number
    of: str | None
    noun: tuple[int, int] | None
    classes: frozenset[str] = frozenset()
    total: float | None = None


@dataclass(slots=True)
class _Sum:
    """A number while it is read: `total` of the magnitudes closed so far, `group` below the next magnitude, `least` the last
    magnitude met, `part` a fraction that waits for its magnitude."""

    total: float = 0.0
    group: float = 0.0
    least: float = 1e18
    part: float | None = None
    digits: bool = False
    seen: bool = False


def _digits(key: str) -> float | None:
    """1,200 and 1.200.000 are thousands; 3.5 and 3,5 are fractions; 1,200.5 is both."""
    groups = _ARABIC_THOUSANDS.sub("", key).replace("\u066b", ".")
    mixed = _MIXED.fullmatch(groups)
    if mixed is not None:
        return float(f"{mixed[1]}{mixed[3]}".replace(mixed[2], "") + f".{mixed[4]}")
    for sign in (",", "."):
        pieces = groups.split(sign)
        if (
            len(pieces) > 1
            and all(len(p) == 3 and p.isdigit() for p in pieces[1:])
            and pieces[0].isdigit()
            and len(pieces[0]) <= 3
        ):
            return float("".join(pieces))
    try:
        return float(groups.replace(",", "."))
    except ValueError:
        return None


def compose(items: Sequence[Item]) -> float | None:
    """The value of a row of number words and figures, or None where they do not make one number ("three and four", "20 and 30").
    Hundreds multiply the unit before them, magnitudes all that stands before them; a unit joins a bare ten on either side, as
    languages differ."""
    sum_ = _Sum()
    joined = False
    for item in items:
        if item.has("conj.and"):
            joined = True
            continue
        if not item.has("num"):
            if item.mark is not None and isinstance(item.mark.value, Number):
                if not _add(sum_, item.mark.value.value, "digits" if item.mark.value.value >= 100 else "unit", joined):
                    return None
                joined = False
            continue
        raw = _digits(item.key) if item.has("num.digits") else None
        kind = "digits"
        if raw is None:
            text = item.value("num", "n")
            if text is None:
                return None
            raw, kind = float(text), _kind(item)
        if not _add(sum_, raw, kind, joined):
            part = item.value("num.fraction", "n")  # a word that is a unit too: three and a fifth
            if part is None or not joined or not _add(sum_, float(part), "fraction", joined):
                return None
        joined = False
    if not sum_.seen:
        return None
    rest = 0.0 if sum_.part is None else sum_.part * (sum_.least if sum_.total and not sum_.group else 1.0)
    return sum_.total + sum_.group + rest


def _kind(item: Item) -> str:
    if item.has("num.fraction") and not item.has("num.unit") and not item.has("num.teen"):
        return "fraction"
    value = float(item.value("num", "n") or 0)
    if item.has("num.magnitude") or item.has("num.vague") and value >= 1000:
        return "magnitude"
    if value in (100, 1000) or item.has("num.hundred"):
        return "hundred" if value < 1000 else "magnitude"
    return "unit"


def _add(sum_: _Sum, value: float, kind: str, joined: bool) -> bool:
    """One more word or figure; False where it cannot follow."""
    group = sum_.group
    started, sum_.seen = sum_.seen, True
    if started and value == 0:
        return False
    if kind == "fraction":
        if sum_.part is not None:
            return False
        sum_.part = value
        return True
    if kind == "magnitude":
        return _magnitude(sum_, value, joined, started)
    if sum_.part is not None and started:
        return False
    if kind == "digits":
        if group or (started and value >= sum_.least):
            return False
        sum_.group, sum_.digits = value, True
        return True
    if sum_.digits and group:
        if kind == "hundred" and not joined and value == 100:
            sum_.group = group * 100
            return True
        return False
    if kind == "hundred" and value == 100 and 0 < group < 100 and not joined:
        sum_.group = group * 100
        return True
    low = group % 100
    if kind == "hundred":
        if group >= 100 or group and not joined:
            return False
    elif low and not (value < 10 and low % 10 == 0 and low >= 20 or low < 10 and value % 10 == 0 and (joined or value == 10)):
        return False
    if group == 0 and sum_.total and value >= sum_.least:
        return False
    sum_.group = group + value
    return True


def _magnitude(sum_: _Sum, value: float, joined: bool, started: bool) -> bool:
    if sum_.part is not None:
        if sum_.total and (sum_.group or value > sum_.least):
            return False
        sum_.total, sum_.group, sum_.part, sum_.least = (
            sum_.total + (sum_.group + sum_.part) * value,
            0.0,
            None,
            min(value, sum_.least),
        )
        return True
    if value >= sum_.least:
        if sum_.group or joined:
            return False
        sum_.total, sum_.least = sum_.total * value, value  # hundreds of thousands, a thousand million
        return True
    if started and not sum_.group and not joined and sum_.total:
        sum_.total, sum_.least = sum_.total * value, value
        return True
    sum_.total, sum_.group, sum_.least, sum_.digits = sum_.total + (sum_.group or 1.0) * value, 0.0, value, False
    return True


def number(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Number | None:
    """One number of all the number words and figures of the match, or of the capture `of`. `low` and `high`: a range. A vague
    word (dozens) is a lower bound. Parameters: `bound`; `grouped: true`: figures parted by spaces (40 000); `share: true` for a
    part of a whole (percent, a third), which counts nothing; `below: true`: the number found before, below zero."""
    if "low" in captures and "high" in captures:
        return _range(captures["low"], captures["high"])
    whole, items = items, captures.get("of", items)
    if params.get("below"):
        inner = number_in(items)
        return None if inner is None or inner.ordinal else replace(inner, value=-inner.value, classes=frozenset({"number"}))
    if params.get("grouped"):
        value: float | None = float("".join(item.key for item in items))
    elif params.get("share") and not any(i.any("num.share", "p.percent") for i in whole):
        value = _part(items)
    else:
        value = compose(items)
    if value is None:
        return None
    alone = len(items) == 1
    classes = {"number", "number.share"} if params.get("share") else {"number"}
    if alone and items[0].has("num.digits"):
        classes |= {f"number.{c}" for c in ("year", "hijriyear") if c in items[0].classes}
        if not items[0].key.isdigit() and not value.is_integer():
            classes.add("number.decimal")
    # A vague word makes the whole vague, unless it is the magnitude of a counted figure (five thousands)
    vague = any(item.has("num.vague") for item in items) and not any(
        item.has("num.digits") or item.has("num.unit") or item.has("num.teen") for item in items
    )
    if vague:
        classes.add("number.vague")
    if alone and items[0].has("triple"):
        classes.add("number.triple")
    if value.is_integer() and 1900 <= value <= 2100 and not any(item.has("num.digits") for item in items):
        classes.add("number.yearwords")
    if value.is_integer() and 1 <= value <= 31 and not vague:
        classes.add("dayofmonth")
    if value == 1:
        classes.add("number.one")
    return Number(value, str(params.get("bound", "at_least" if vague else "exact")), classes=frozenset(classes))


def _part(items: Sequence[Item]) -> float | None:
    """The part of a whole that a fraction tells: 0.2 of a word that means five as well."""
    told = [item.value("num.fraction", "n") for item in items if item.has("num.fraction")]
    return float(told[0]) if len(told) == 1 and told[0] is not None else None


def _range(low: Sequence[Item], high: Sequence[Item]) -> Number | None:
    first, last = compose(low), compose(high)
    if first is None or last is None:
        return None
    if not any(i.has("num.magnitude") for i in low):
        scale = next((float(i.value("num.magnitude", "n") or 1) for i in reversed(high) if i.has("num.magnitude")), 1.0)
        first *= scale if len(high) > 1 and first * scale < last else 1.0  # 20 to 30 thousand
    return Number(first, "at_least", last, classes=frozenset({"number", "number.range"})) if first < last else None


def bounded(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Number | None:
    """A number under a bound word; `of` captures the number; the parameter `bound` names the bound, else the word captured as
    `tail` (class tail.bound.at_least), else the bound word's class. `years: true`: a figure like 2000 is a number here."""
    inner = number_in(captures.get("of", items))
    if inner is None or inner.ordinal:
        return None
    bound = params.get("bound") or _tail(captures)
    if bound is None:
        bound = next((c.split(".", 1)[1] for item in items for c in sorted(item.classes) if c.startswith("bound.")), None)
    if bound is None or "number.year" in inner.classes and not params.get("years"):
        return None
    if inner.bound != "exact" and bound == "about":
        bound = inner.bound  # about a few dozen
    return Number(
        inner.value, str(bound), inner.high, classes=(inner.classes - {"number.year", "dayofmonth"}) | {"number.bounded"}
    )


def ordinal(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Number | None:
    """Third, 14th, and an Arabic "the fourth-ten". A cardinal captured in `of` counts too: 14 of "14th"."""
    value = compose(captures.get("of", items))
    if value is None:
        return None
    classes = {"number.ordinal"} | ({"dayofmonth"} if 1 <= value <= 31 else set())
    return Number(value, ordinal=True, classes=frozenset(classes))


def number_in(items: Sequence[Item]) -> Number | None:
    """The first number marked among the items."""
    for item in items:
        if item.mark is not None and isinstance(item.mark.value, Number):
            return item.mark.value
    return None


def size(units: Sequence[Item]) -> float:
    """How many of its unit a unit word means by itself: 2 for a dual, 10 for a decade in years."""
    found = next((float(item.value("unit", "n") or 1) for item in units if item.has("unit")), 1.0)
    return 2.0 if found == 1 and any(item.has("f.du") for item in units) else found


def duration(item: Item) -> str | None:
    """What a count of this unit of time is a quantity of."""
    unit = item.value("unit", "unit")
    return None if unit is None else "days" if unit == "day" else f"other:{unit}"


def _tail(captures: Captures) -> str | None:
    """The bound of a word that stands after the figure or its noun (class tail.bound.at_least)."""
    return next(
        (c.rpartition(".")[2] for item in captures.get("tail", ()) for c in sorted(item.classes) if c.startswith("tail.bound.")),
        None,
    )


def quantity(items: Sequence[Item], captures: Captures, params: Params, text: str) -> Count | None:
    """`n` captures the number (or the parameter `value` gives it), `what` the counted noun: its `of` value, or the noun itself.
    Parameter `of` stands for a noun that is not there, `bound` for the bound; `value: noun` = the noun's own number (a dual, "24
    hours" as one term)."""
    inner = number_in(captures.get("n", () if "value" in params else items))
    if inner is None:
        value = params.get("value")
        if value == "noun":
            value = size(captures.get("what", ()))
        if value is None:
            return None
        inner = Number(float(value))
    bound = params.get("bound") or _tail(captures)
    if bound is not None and inner.high is None:
        inner = replace(inner, bound=str(bound))
    what = captures.get("what", ())
    if inner.ordinal or what and not text[what[0].start].isalnum():  # "20-point plan" counts no plans
        return None
    of = params.get("of")
    classes: set[str] = {"quantity"}
    inside = captures.get("span", items)
    for item in what:
        of = of or next((e.value["of"] for e in item.entries if "of" in e.value), None) or duration(item)
        if item in inside:
            classes |= {c for c in item.classes if c in ("def", "cap") or c.split(".")[0] in COUNTED}
            classes |= {"counted.office"} if item.has("office") else set()
    noun = (what[0].start, what[-1].end) if what else None
    whole = number_in(captures.get("whole", ()))
    if whole is not None:
        return Count(inner, None if of is None else str(of), noun, frozenset(classes), whole.value)
    return Count(inner, None if of is None else str(of), noun, frozenset(classes))
