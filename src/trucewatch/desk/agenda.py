"""What of a monitor needs a person, as far as it follows from the day and the claims alone: made once for a state of the
readings, whatever was decided since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from trucewatch import flow, ledger
from trucewatch.access import NOTHING, Hidden
from trucewatch.model import Finding, Happening, Spread
from trucewatch.model.tracker import Change
from trucewatch.monitor import Monitor

# In the order in which they stand in the queue.
KINDS = ("assigned", "adjudicate", "uncarried", "disputed", "moved", "place", "second", "unread")
COARSE = ("admin", "country")  # precisions at which nobody could point to the place
MOVES = ("state", "timeliness", "contested")
MOST = 1000  # claims of one kind


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that needs a person. `kind`: one of KINDS; `why`: what of it: a provision, what is counted, a place, a name; of
    an uncarried judgement its number."""

    claim: str
    kind: str
    why: str


def agenda(monitor: Monitor, day: date, since: date, *, hidden: Hidden = NOTHING) -> tuple[Item, ...]:
    """Judgements that could not be carried, figures that sources dispute on a day and what does not fit together, provisions that
    moved since another day, places that are known only roughly, and all other claims, the latest day first. A claim stands once,
    for the first of these."""
    found: list[Item] = [*_uncarried(monitor, hidden)]
    if monitor.agreement is not None:
        told, _ = flow.told_of(monitor, day, since, hidden=hidden)
        found += [*_disputed(told.tracker.spreads), *_contradicted(told.happenings), *_found(told.tracker.findings)]
        found += _moved(told.changes)
    entries = ledger.claims(monitor.ledger, ledger.Query(limit=MOST, hidden=hidden))
    found += [
        Item(each.body["id"], "place", each.body["where"]["text"])
        for each in entries
        if each.body["where"] and each.body["where"]["precision"] in (*COARSE, None)
    ]
    found += [Item(each.body["id"], "unread", each.body["event"]) for each in entries]
    return once(found)


def by_id(entries: Iterable[ledger.Entry]) -> dict[str, ledger.Entry]:
    """Claims of the ledger by their ids."""
    return {str(entry.body["id"]): entry for entry in entries}


def once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each claim by the first thing for which it stands here."""
    seen: dict[str, Item] = {}
    for item in items:
        seen.setdefault(item.claim, item)
    return tuple(seen.values())


def _uncarried(monitor: Monitor, hidden: Hidden) -> Iterator[Item]:
    """The oldest first. What was only said about the work (second codings, who should look) may lapse."""
    behind = ledger.claims_behind(monitor.ledger, hidden)
    for judged in ledger.review(monitor.ledger):
        lapses = judged.field in (ledger.CODING, ledger.ASSIGN) or judged.value == ledger.REJECT
        if judged.claim not in behind and not lapses:
            yield Item(judged.claim, "uncarried", str(judged.n))


def _disputed(spreads: Iterable[Spread]) -> Iterator[Item]:
    """Figures of several sources that do not admit one value."""
    for spread in spreads:
        lows = [figure.low for figure in spread.figures if figure.low is not None]
        highs = [figure.high for figure in spread.figures if figure.high is not None]
        if lows and highs and max(lows) > min(highs):
            yield from (Item(figure.claim, "disputed", spread.of) for figure in spread.figures if figure.claim)


def _contradicted(happenings: Iterable[Happening]) -> Iterator[Item]:
    """Two that tell one happening with figures, days or places that do not agree."""
    for happening in happenings:
        for link in happening.links:
            if link.relation == "contradicts" and link.reasons:
                yield from (Item(claim, "disputed", link.reasons[0].rule) for claim in (link.one, link.other))


def _found(findings: Iterable[Finding]) -> Iterator[Item]:
    """What a check found not to fit together."""
    for finding in findings:
        yield from (Item(claim, "disputed", finding.check) for claim in finding.claims)


def _moved(changes: Iterable[Change]) -> Iterator[Item]:
    for change in changes:
        if change.what in MOVES:
            yield from (Item(claim, "moved", change.id) for claim in change.claims)
