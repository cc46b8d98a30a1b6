"""Two claims compared by their figures."""

from collections.abc import Iterator

from trucewatch.link.bounds import compatible, near, shown
from trucewatch.link.names import agree
from trucewatch.link.reasons import pair
from trucewatch.link.view import View
from trucewatch.model import Quantity, Reason
from trucewatch.text.figuretext import written

RISING = ("killed", "injured", "missing", "displaced")


def quantity_pairs(one: View, other: View) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures of two claims that count the same thing in the same manner."""
    for q in one.claim.quantities:
        for p in other.claim.quantities:
            same = q.of == p.of or (one.language != other.language and q.value == p.value > 2 and _other(q.of) and _other(p.of))
            if same and {q.scope, p.scope} != {"new", "part"} and (q.scope == "total") == (p.scope == "total"):
                yield q, p


def _risen(one: View, other: View, q: Quantity, p: Quantity) -> bool:
    """A toll that is higher in the later print: tolls rise."""
    if q.of not in RISING or one.running or other.running or one.printed is None or other.printed is None:
        return False
    return (q.value - p.value) * (one.printed - other.printed) > 0


def _other(of: str) -> bool:
    """A noun of its own language, which another language calls otherwise."""
    return of.startswith("other:")


def figures(one: View, other: View) -> Iterator[Reason]:
    """What the figures of two claims say for or against: one reason for each thing counted."""
    told: dict[str, Reason] = {}
    disputed = one.voice is not None and other.voice is not None and agree(one.voice, other.voice) <= 0
    for q, p in quantity_pairs(one, other):
        if q.value == p.value and compatible(q, p):
            told[q.of] = Reason("same-figure", (("of", q.of), ("value", written(q.value))))
        elif told.get(q.of) is None or told[q.of].rule in ("other-figure", "risen-figure", "disputed-figure"):
            rule = "figures-agree" if near(q, p) else None if compatible(q, p) else "other-figure"
            if rule == "other-figure":
                rule = "risen-figure" if _risen(one, other, q, p) else "disputed-figure" if disputed else rule
            if rule:
                told[q.of] = pair(rule, shown(q), shown(p), of=q.of)
    yield from (told[of] for of in sorted(told))
