"""The queue: what needs this person now. The agenda without what was decided, and what follows from decisions: what is assigned
to somebody, what two coded differently, what is to be coded again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch import ledger
from trucewatch.access import NOTHING, Hidden
from trucewatch.desk.agenda import KINDS, Item, by_id, once
from trucewatch.desk.second import conflicts, due
from trucewatch.ledger import ASSIGN, CODING, VERDICT, Judgement, Ledger

_WORK = (VERDICT, CODING, ASSIGN)
LONG = 200  # items of a queue that are told


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first items, in order, and how many there are of each kind."""

    items: tuple[Item, ...]
    counts: dict[str, int]


def queue(
    book: Ledger, agenda: Sequence[Item], who: str, *, adjudicates: bool, limit: int = LONG, hidden: Hidden = NOTHING
) -> Waiting:
    """What needs this person. `adjudicates`: whether they may settle what two others coded differently."""
    said = ledger.judgements_of(book, fields=_WORK)
    decided = _decided(said)
    mine = [Item(claim, "assigned", by) for claim, by in _assigned(said, who)]
    twice = sorted({each.claim for each in said if each.field == CODING})
    both = by_id(ledger.shown(book, twice, hidden=hidden))
    split = conflicts(both, ledger.judgements_of(book, sorted(both))) if adjudicates and both else ()
    mine += [Item(each.claim, "adjudicate", ", ".join(name for name, _, _ in each.slots)) for each in split]
    open_ = (item for item in agenda if item.kind == "uncarried" or item.claim not in decided)
    again = [Item(claim, "second", "") for claim in due(said, who)]
    ordered = sorted((*mine, *open_, *again), key=lambda item: KINDS.index(item.kind))  # within a kind as it came
    told = _readable(book, once(ordered), hidden, limit)
    counts: dict[str, int] = {}
    for item in once(ordered):
        counts[item.kind] = counts.get(item.kind, 0) + 1
    return Waiting(told, counts)


def _decided(said: Iterable[Judgement]) -> set[str]:
    """The claims with a verdict. One that was handed on holds too: the claim tells the same."""
    return {each.claim for each in said if each.field == VERDICT}


def _assigned(said: Sequence[Judgement], who: str) -> list[tuple[str, str]]:
    """The claims that somebody gave to this person and on which they said nothing since, with who gave them."""
    last = {each.claim: each for each in said if each.field == ASSIGN}
    done = {(each.claim, each.who): each.n for each in said if each.field in (VERDICT, CODING)}
    mine = (each for each in last.values() if each.value and each.value["to"] == who)
    return [(each.claim, each.who) for each in sorted(mine, key=lambda j: j.n) if done.get((each.claim, who), 0) < each.n]


def _readable(book: Ledger, items: Sequence[Item], hidden: Hidden, limit: int) -> tuple[Item, ...]:
    """The first items without those whose claim is not shown, or not to this person."""
    out: list[Item] = []
    for at in range(0, len(items), limit):
        some = items[at : at + limit]
        there = by_id(ledger.shown(book, [item.claim for item in some], hidden=hidden))
        out += [item for item in some if item.claim in there or item.kind == "uncarried"]
        if len(out) >= limit:
            break
    return tuple(out[:limit])
