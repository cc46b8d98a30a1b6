"""What a page must name to be worth reading for an agreement: one of its parties, a place of its area, a body it made."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch import packs
from trucewatch.model.agreement import PRINCIPALS, Agreement

if TYPE_CHECKING:  # loaded only where an archive is read
    from trucewatch.archive import Gate
    from trucewatch.packs.world import Place

LEAST = 3  # letters of a name at least


def gate_of(agreement: Agreement, folder: Path | None = None, *, fast: bool = True) -> "Gate":
    """The gate of an agreement, with the names of all languages that there are."""
    from trucewatch.archive import gate
    from trucewatch.read import SINGLE

    return gate(names_of(agreement, folder), SINGLE, fast=fast)


def names_of(agreement: Agreement, folder: Path | None = None) -> frozenset[str]:
    """What those between whom the agreement stands are called, and who acts for them; the places of its area; its bodies. Forms
    of names are those of the world files."""
    from trucewatch import agreements
    from trucewatch.packs.load import world_of
    from trucewatch.packs.world import terms

    acts_for = agreements.acts_for(folder)
    principals = {party.party for party in agreement.parties if party.role in PRINCIPALS}
    ids = principals | {id_ for party in agreement.parties if party.party in principals for id_ in party.also}
    ids |= {body.id for body in agreement.bodies}
    told = (word for group in (agreement.area.words, *(b.calls for b in agreement.bodies)) for _, ws in group for word in ws)
    found = {word.replace("*", "").strip() for word in told}
    world = world_of(folder)
    for code in packs.languages(folder):
        for term, _, value in terms(world, code):
            party, place = value.get("party"), value.get("place")
            if (party and _whose(party, ids, acts_for)) or (place and _inside(agreement, world.places.get(place))):
                found.add(term)
    return frozenset(name for name in found if len(name) >= LEAST)


def _whose(party: str, ids: set[str], acts_for: Mapping[str, frozenset[str]]) -> bool:
    return party in ids or party.partition(".")[0] in ids or bool(acts_for.get(party, frozenset()) & ids)


def _inside(agreement: Agreement, place: "Place | None") -> bool:
    """Whether a place lies in the area; by its boxes where it has some, else by its countries."""
    if place is None:
        return False
    area = agreement.area
    if place.id in area.places:
        return True
    if not area.boxes or place.lat is None or place.lon is None:
        return not area.boxes and place.country in area.countries
    return any(south <= place.lat <= north and west <= place.lon <= east for south, west, north, east in area.boxes)
