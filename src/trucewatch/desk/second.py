"""Blind second coding: a sample of the decided claims is coded again by somebody who does not see what the first said; where they
differ, and only there, a third word is asked for; from both codings the agreement of each slot is reckoned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from trucewatch import flow, ledger
from trucewatch.desk.alpha import Alpha, reliability
from trucewatch.errors import DeskError
from trucewatch.ledger import ACCEPT, CODING, REJECT, SLOTS, SPAN, VERDICT, Entry, Judgement, Ledger, Word
from trucewatch.model import Claim
from trucewatch.text.fold import fold_text

SHARE = 0.1  # of the decided claims
FIGURE = "figure"
MEASURED: Mapping[str, str] = {
    **dict.fromkeys((VERDICT, *(slot for slot in SLOTS if slot != "quantities")), "nominal"),
    FIGURE: "interval",
}  # what agreement is reckoned of, and as what kind of value


@dataclass(frozen=True, slots=True)
class Coding:
    """How one person codes a claim: verdict, and all slots as they have them. `n`: their last word on it."""

    who: str
    verdict: str
    claim: Claim
    n: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that two coded differently: the slots that differ and that nobody has settled since, with both values."""

    claim: str
    reading: str
    slots: tuple[tuple[str, Any, Any], ...]


def drawn(claim: str, share: float = SHARE) -> bool:
    """Whether a claim belongs to the sample: by a digest of its id, so that nobody chooses and it is the same at any time."""
    return int(sha256(f"second coding\n{claim}".encode()).hexdigest()[:8], 16) < share * 2**32


def code(book: Ledger, entry: Entry, told: Mapping[str, Any], *, who: str, at: datetime) -> tuple[Judgement, ...]:
    """Writes what the second coder says: slots, a verdict or both, added to what they said of this reading before."""
    claim, reading = entry.body["id"], entry.body["reading"]
    said = ledger.judgements_of(book, [claim], fields=(CODING, VERDICT))
    if any(j.field == VERDICT and j.who == who and j.reading == reading for j in said):
        raise DeskError(f"{claim}: you decided on it first. Somebody else has to code it again.")
    mine = [j.value for j in said if j.field == CODING and (j.who, j.reading) == (who, reading)]
    return ledger.say(
        book, [Word(claim, CODING, {**(mine[-1] if mine else {}), **told}, "second coding", reading)], who=who, at=at
    )


def due(said: Sequence[Judgement], who: str, share: float = SHARE) -> tuple[str, ...]:
    """The claims of the sample that others decided on and that nobody has coded again, in the order of the decisions."""
    decided = {j.claim: j.who for j in said if j.field == VERDICT and j.value in (ACCEPT, REJECT)}
    coded = {j.claim for j in said if j.field == CODING and j.value and j.value.get(VERDICT)}
    return tuple(claim for claim, first in decided.items() if first != who and claim not in coded and drawn(claim, share))


def pairs(entries: Mapping[str, Entry], said: Sequence[Judgement]) -> Iterator[tuple[Entry, Coding, Coding]]:
    """The claims that were coded twice, as they read now, with both codings. `said`: all words on them."""
    by_claim: dict[str, list[Judgement]] = {}
    for each in said:
        by_claim.setdefault(each.claim, []).append(each)
    for claim, words in by_claim.items():
        entry = entries.get(claim)
        words = [each for each in words if entry and each.reading == entry.body["reading"]]
        second = next((each for each in reversed(words) if each.field == CODING and each.value and each.value.get(VERDICT)), None)
        if entry and second:
            first = _first(entry, [each for each in words if each.n < second.n])
            if first:
                told = {name: value for name, value in second.value.items() if name != VERDICT}
                again = flow.laid_over(ledger.claim_of(entry.body), told)
                yield entry, first, Coding(second.who, second.value[VERDICT], again, second.n)


def conflicts(entries: Mapping[str, Entry], said: Sequence[Judgement]) -> tuple[Conflict, ...]:
    """What is to be settled, in the order in which it was coded again."""
    out = []
    for entry, first, second in pairs(entries, said):
        settled = {j.field for j in said if j.claim == entry.body["id"] and j.n > second.n}
        slots = tuple(each for each in _differences(first, second) if each[0] not in settled)
        if slots:
            out.append((second.n, Conflict(entry.body["id"], entry.body["reading"], slots)))
    return tuple(conflict for _, conflict in sorted(out, key=lambda pair: pair[0]))


def settle(book: Ledger, conflict: Conflict, slot: str, value: Any, *, who: str, at: datetime) -> tuple[Judgement, ...]:
    """A third word on a slot in which two differ: it is the value that holds."""
    if slot not in {name for name, _, _ in conflict.slots}:
        raise DeskError(f"{conflict.claim}: nobody differs on '{slot}'. Look at the claim again.")
    return ledger.say(book, [Word(conflict.claim, slot, value, "adjudicated", conflict.reading)], who=who, at=at)


def reliabilities(entries: Mapping[str, Entry], said: Sequence[Judgement], *, draws: int = 500) -> dict[str, Alpha]:
    """Slot → alpha of the claims that were coded twice."""
    both = tuple(pairs(entries, said))
    out = {}
    for name, metric in MEASURED.items():
        values = ([_value(name, each) for each in codings] for _, *codings in both)
        out[name] = reliability([[v for v in unit if v is not None] for unit in values], metric, draws=draws)
    return out


def _first(entry: Entry, words: Sequence[Judgement]) -> Coding | None:
    verdict = next((each for each in reversed(words) if each.field == VERDICT), None)
    if verdict is None:
        return None
    told = {each.field: each.value for each in words if each.field in (*SLOTS, SPAN) and each.who == verdict.who}
    return Coding(verdict.who, verdict.value, flow.laid_over(ledger.claim_of(entry.body), told), verdict.n)


def _differences(first: Coding, second: Coding) -> Iterator[tuple[str, Any, Any]]:
    """Where one rejects the claim, its slots are nothing to differ on."""
    if first.verdict != second.verdict:
        yield VERDICT, first.verdict, second.verdict
    if REJECT in (first.verdict, second.verdict):
        return
    one, other = first.claim.public(), second.claim.public()
    for name in SLOTS:
        if plain(name, one[name]) != plain(name, other[name]):
            yield name, one[name], other[name]


def _value(name: str, coding: Coding) -> Any:
    """A slot's value to be compared; None: not coded."""
    if name == VERDICT:
        return coding.verdict
    if coding.verdict == REJECT:
        return None
    if name == FIGURE:
        return float(coding.claim.quantities[0].value) if coding.claim.quantities else None
    return plain(name, coding.claim.public()[name])


def plain(name: str, value: Any) -> str:
    """What a slot says, whatever the words and wherever they stand: ids where there are some, days, else folded words."""
    if isinstance(value, list):
        return "; ".join(sorted(plain(name, part) for part in value))
    if not isinstance(value, dict):
        return str(value)
    if name == "when":
        return f"{value['start']}..{value['end']}"
    if "of" in value:
        return f"{value['of']} {value['bound']} {value['value']} {value['scope']}"
    known = value.get("party") or value.get("place")
    return str(known or fold_text(" ".join((value.get("text") or value.get("kind") or "").split())))
