"""For whom somebody acts, as an agreement sees it: organs for their state, arms for their party, persons by their office."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from trucewatch.model import Claim
from trucewatch.model.agreement import PRINCIPALS, Agreement

Acts = Mapping[str, Collection[str]]


def acting(agreement: Agreement, ids: Iterable[str | None], acts_for: Acts) -> frozenset[str]:
    """The ids and all for whom they act. Who has a seat in a body does not speak for it."""
    owners = {other: party.party for party in agreement.parties for other in party.also}
    bodies = {body.id for body in agreement.bodies}
    every = {name: [each for each in acts_for.get(name, ()) if each not in bodies] for name in ids if name}
    return frozenset(each for name, acts in every.items() for each in _stands_for((name, *acts), owners))


def _stands_for(ids: Iterable[str], owners: Mapping[str, str]) -> Iterator[str]:
    """The ids, the states behind organs, the parties behind arms."""
    for each in ids:
        yield each
        if each in owners:
            yield owners[each]
        if "." in each:
            yield each.partition(".")[0]


def sides(agreement: Agreement, ids: Iterable[str | None], acts_for: Acts, *, principals: bool = False) -> tuple[str, ...]:
    """The parties of the agreement among them, in the order of its file."""
    found = acting(agreement, ids, acts_for)
    return tuple(row.party for row in agreement.parties if row.party in found and (not principals or row.role in PRINCIPALS))


def speaker(claim: Claim, outlet: str | None) -> str:
    """The innermost voice: its id, else its words; the outlet's own voice as `outlet:` and its name."""
    voice = claim.speaker[-1] if claim.speaker else None
    if voice is None or voice.text is None:
        return f"outlet:{outlet or claim.article}"
    return voice.party or " ".join(voice.text.split())
