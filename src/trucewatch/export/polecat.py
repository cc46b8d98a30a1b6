"""Rows as POLECAT has them: PLOVER's types, one row for a claim, our own columns behind the forty."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from trucewatch import __version__
from trucewatch.export.flat import table
from trucewatch.export.knowledge import SAME, Known, Rule
from trucewatch.export.row import JOIN, Row, days, names, outlet, plain, quote, said_by
from trucewatch.model import Claim, Role

_SIDE = ("Name", "Country", "COW", "Primary {} Sector", "Sectors", "Title", "Name Raw", "Wikipedia {} ID")
_EVENT = ("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts")
_PLACE = (
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_OWN = ("x_claim_id", "x_said_by", "x_outlet", "x_as_told", "x_quote")
_GEONAMES = "gn:"


def polecat(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """Tab-separated. A claim whose type or way of telling POLECAT lacks has no row and is counted in `left`."""
    sides = [name.format(side) if "{}" in name else f"{side} {name}" for side in ("Actor", "Recipient") for name in _SIDE]

    def lines() -> Iterator[list[object]]:
        for row in rows:
            rule = rule_of(row.claim, known)
            if rule is None:
                left[f"{row.claim.event} {row.claim.status}: no type of POLECAT"] += 1
            else:
                yield _line(row, rule, known)

    table(out, (*_EVENT, *sides, *_PLACE, *_OWN), lines(), "\t")


def rule_of(claim: Claim, known: Known) -> Rule | None:
    """The first rule that fits."""
    fits = (
        rule
        for rule in known.polecat.rules
        if claim.event in rule.events and claim.status in rule.statuses and (not rule.modes or claim.mode in rule.modes)
    )
    return next(fits, None)


def _line(row: Row, rule: Rule, known: Known) -> list[object]:
    claim, where = row.claim, row.claim.where
    type_ = claim.event if rule.type == SAME else rule.type
    mode = (claim.mode or "") if rule.mode == SAME else rule.mode
    kind = known.polecat.types[type_]
    # Those who take part as equals stand on both sides: nobody is made the one who does it.
    doers, targets = claim.actors + claim.participants, claim.recipients + claim.participants
    place: list[object] = [""] * 10
    if where:
        town = where.precision in ("point", "settlement")
        number = (where.place or "").removeprefix(_GEONAMES) if (where.place or "").startswith(_GEONAMES) else ""
        name, raw = where.name or plain(where.text), plain(where.text)
        place = [name, name if town else "", "", "", where.country, where.lat, where.lon, number, raw, where.precision]
    published = row.article.published.isoformat() if row.article.published else ""
    event = (claim.id, days(row)[0], type_, mode, kind.score, kind.quad, "")
    tail = (row.article.url or outlet(row), published, "", "", "", row.article.language, __version__)
    own = (claim.id, said_by(row), outlet(row), claim.status, quote(row))
    return [*event, *_side(doers, known), *_side(targets, known), *place, *tail, *own]


def _side(roles: tuple[Role, ...], known: Known) -> list[str]:
    """Name, country, COW, first sector, sectors, title, name as printed, Wikipedia id. Several parties are joined; COW numbers,
    titles and Wikipedia ids are not known here."""
    shown = [_name(role, known) for role in roles]
    countries = list(dict.fromkeys(code for role in roles if (code := _country(role.party, known))))
    sectors = list(dict.fromkeys(s for role in roles if (s := known.polecat.sectors.get((role.party or "").partition(".")[2]))))
    return [JOIN.join(shown), JOIN.join(countries), "", sectors[0] if sectors else "", JOIN.join(sectors), "", names(roles), ""]


def _name(role: Role, known: Known) -> str:
    """The English name of the world files, of an organ that of its state; else the words."""
    party = known.parties.get(role.party or "") or known.parties.get((role.party or "").partition(".")[0])
    return dict(party.name).get("en", "") if party else plain(role.text) or role.party or ""


def _country(party: str | None, known: Known) -> str | None:
    found = known.parties.get(party or "") or known.parties.get((party or "").partition(".")[0])
    return found.country if found else None
