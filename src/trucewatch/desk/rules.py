"""Which rules are wrong most often, by what people decided: for those who write rules."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from trucewatch.ledger import ACCEPT, REJECT, SLOTS, SPAN, VERDICT, Entry, Judgement

_Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class RuleTally:
    """How often the claims of a rule were accepted as they read, corrected, rejected. `wrong`: the share of the last two; `low`
    and `high`: its interval (Wilson). A claim counts for each rule that made it."""

    rule: str
    accepted: int
    corrected: int
    rejected: int
    wrong: float
    low: float
    high: float


def worst(entries: Mapping[str, Entry], said: Sequence[Judgement]) -> tuple[RuleTally, ...]:
    """The rules of decided claims, those first that are wrong most often for certain: by the lower end of the interval."""
    verdicts: dict[str, str] = {}
    corrected: set[str] = set()
    for each in said:
        if each.claim in entries and each.reading == entries[each.claim].body["reading"]:
            if each.field == VERDICT:
                verdicts[each.claim] = each.value
            elif each.field in (*SLOTS, SPAN):
                corrected.add(each.claim)
    counts: dict[str, Counter[str]] = {}
    for claim in sorted(verdicts.keys() | corrected):
        how = REJECT if verdicts.get(claim) == REJECT else "correct" if claim in corrected else ACCEPT
        for rule in dict.fromkeys(entries[claim].body["coder"]["rules"]):
            counts.setdefault(rule, Counter())[how] += 1
    made = (_tally(rule, found) for rule, found in counts.items())
    return tuple(sorted(made, key=lambda each: (-each.low, -(each.corrected + each.rejected), each.rule)))


def _tally(rule: str, found: Mapping[str, int]) -> RuleTally:
    accepted, corrected, rejected = (found.get(how, 0) for how in (ACCEPT, "correct", REJECT))
    low, high = wilson(corrected + rejected, accepted + corrected + rejected)
    wrong = (corrected + rejected) / (accepted + corrected + rejected)
    return RuleTally(rule, accepted, corrected, rejected, wrong, low, high)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of a share, which stays honest where few were looked at."""
    share, spread = hits / of, _Z**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
