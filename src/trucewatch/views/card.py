"""One claim with all that is known of it: its article, its history, what people said of it, and what others say of the same."""

from dataclasses import dataclass, replace
from datetime import datetime

from trucewatch import agreements, flow, ledger, packs
from trucewatch.ledger import Entry, Judgement
from trucewatch.model import Happening
from trucewatch.monitor import Monitor
from trucewatch.publish.labels import Labels
from trucewatch.publish.page import Sheet, sheet
from trucewatch.publish.reasons import reasons
from trucewatch.views.day import catch_up
from trucewatch.views.memory import Memory
from trucewatch.views.rows import Row, directions_of, rows_of
from trucewatch.views.sight import Sight, seen, sees

MOST = 60  # claims of one happening that are shown


@dataclass(frozen=True, slots=True)
class Other:
    """A claim that tells the same thing. `relations`: how the two stand to each other, each with its reasons in words; `ours`: it
    goes back to the same utterance."""

    row: Row
    relations: tuple[tuple[str, tuple[str, ...]], ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class Card:
    """`sheet`: the article with the words of this claim alone marked; `beside`: other claims of it; `spells`: how it read before,
    the oldest first; `sources`: how many independent ones tell the happening, None where it is told once."""

    row: Row
    sheet: Sheet
    beside: tuple[Row, ...]
    spells: tuple[Entry, ...]
    judgements: tuple[Judgement, ...]
    others: tuple[Other, ...]
    sources: int | None


def card(
    monitor: Monitor, claim: str, sight: Sight, memory: Memory, known: Labels, *, as_of: datetime | None = None
) -> Card | None:
    """None where there is no such claim, or none for this reader."""
    spells = ledger.history(monitor.ledger, claim)
    then = [each for each in spells if as_of is None or each.since <= as_of]
    if not then or not sees(sight, then[-1].body["article"], then[-1].outlet):
        return None
    entry = then[-1]
    article = ledger.article(monitor.ledger, entry.body["article"], as_of=as_of or (entry.since if entry.until else None))
    if article is None:
        return None
    (row,) = rows_of(monitor, [entry], known, sight, as_of=as_of)
    directions = directions_of(monitor, {article.language})
    asked = ledger.Query(article=article.id, hidden=sight, limit=200)
    beside = [each for each in ledger.claims(monitor.ledger, asked, as_of=as_of) if each.body["id"] != claim]
    others, sources = _others(monitor, claim, sight, memory, known) if as_of is None and entry.until is None else ((), None)
    return Card(
        row,
        replace(sheet(1, article, [row.claim], directions), labels=known),
        rows_of(monitor, beside, known, sight, as_of=as_of),
        tuple(then[:-1]),
        _said(monitor, claim, sight, as_of),
        others,
        sources,
    )


def _said(monitor: Monitor, claim: str, sight: Sight, as_of: datetime | None) -> tuple[Judgement, ...]:
    """What people said of the claim, but for what also tells of a claim that this reader may not see."""
    told = ledger.judgements_of(monitor.ledger, [claim], as_of=as_of)
    return ledger.openly(told, ledger.claims_behind(monitor.ledger, sight))


def _others(monitor: Monitor, claim: str, sight: Sight, memory: Memory, known: Labels) -> tuple[tuple[Other, ...], int | None]:
    catch_up(monitor, memory)
    found = flow.happening_of(monitor.ledger, claim)
    if found is None:
        return (), None
    entries = seen(sight, ledger.shown(monitor.ledger, found.claims, hidden=sight))
    visible = {entry.body["id"] for entry in entries}
    mine = next((origin.id for origin in found.origins if claim in origin.claims), None)
    origins = {each: origin.id for origin in found.origins for each in origin.claims if each in visible}
    rows = rows_of(monitor, [each for each in entries if each.body["id"] != claim][:MOST], known, sight)
    links = _links(monitor, found, claim, known)
    others = tuple(
        Other(row, links.get(row.claim.id, ()), mine is not None and origins.get(row.claim.id) == mine) for row in rows
    )
    return tuple(sorted(others, key=lambda each: (not each.relations, each.row.published or "9"))), len(set(origins.values()))


def _links(monitor: Monitor, found: Happening, claim: str, known: Labels) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Claim -> how it and this one stand to each other: the relation, `-by` where it is the other that does it to this one."""
    why = reasons(packs.linking(monitor.packs), agreements.namer(monitor.packs, known.code), known.code)
    out: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for link in found.links:
        if claim in (link.one, link.other):
            other, turned = (link.other, False) if link.one == claim else (link.one, True)
            name = f"{link.relation}-by" if turned and link.relation in ("updates", "denies", "corrects") else link.relation
            out[other] = (*out.get(other, ()), (name, tuple(str(why(reason)) for reason in link.reasons)))
    return out
