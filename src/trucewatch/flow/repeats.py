"""Copies of what a ledger holds: an article that repeats an earlier print points to it. A new figure or place makes it none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trucewatch import read
from trucewatch.model import Article, Claim

if TYPE_CHECKING:  # loaded only where there is a ledger
    from trucewatch.ledger import Ledger


Told = tuple[str, float | str | None]
MOST = 20_000  # prints held; with more all are let go, and those of the days that matter are read anew


@dataclass(frozen=True, slots=True)
class Recent:
    """Prints of the days that were asked for so far, up to a row of the ledger; changed in place. `kept`: by article what it was
    kept as: the digest of its words, and the print it repeats. `told`: by article what its claims count and where, if that
    was asked."""

    prints: read.Prints = field(default_factory=read.Prints)
    days: set[date] = field(default_factory=set)
    kept: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    told: dict[str, frozenset[Told]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=lambda: [0])


def first_print(recent: Recent, ledger: "Ledger", article: Article, claims: tuple[Claim, ...], rows: int) -> str | None:
    """The article that this one repeats, by all that stands in the ledger up to a row, the last one: others keep articles too.
    What is in the ledger with the same words stays what it was kept as."""
    if article.published is None:
        return None
    if len(recent.kept) > MOST:
        _let_go(recent)
    _catch_up(recent, ledger, rows)
    _load(recent, ledger, article.published)
    new = read.print_of(article)
    if new.digest == recent.kept.get(article.id, (None,))[0]:
        return recent.kept[article.id][1]
    told = _told(claims)
    return next((id_ for id_ in read.repeats(recent.prints, new) if told <= _told_by(recent, ledger, id_)), None)


def kept(recent: Recent, article: Article, first: str | None) -> None:
    """Notes an article that was kept now."""
    made = read.print_of(article)
    recent.kept[article.id] = (made.digest, first)
    recent.told.pop(article.id, None)
    if first is None and article.published is not None:
        read.remember(recent.prints, made)


def _catch_up(recent: Recent, ledger: "Ledger", rows: int) -> None:
    """What was kept since the last time, of the days that are known."""
    from trucewatch.ledger import printed_after

    if recent.days and rows > recent.rows[0]:
        for article, first in printed_after(ledger, recent.rows[0]):
            if article.published in recent.days:
                kept(recent, article, first)
    recent.rows[0] = rows


def _load(recent: Recent, ledger: "Ledger", day: date) -> None:
    from trucewatch.ledger import printed

    wanted = {day - timedelta(days=back) for back in range(read.DAYS + 1)} - recent.days
    if not wanted:
        return
    recent.days.update(wanted)
    for article, first in printed(ledger, min(wanted), max(wanted)):
        if article.published in wanted:
            kept(recent, article, first)


def _let_go(recent: Recent) -> None:
    for held in (recent.prints.by_id, recent.prints.by_digest, recent.prints.by_run, recent.days, recent.kept, recent.told):
        held.clear()


def _told(claims: Sequence[Claim]) -> frozenset[Told]:
    """What claims count, also in words, and the places where they put it."""
    counts = {(each.of, each.value) for claim in claims for each in claim.quantities}
    return frozenset(counts | {("place", claim.where.place) for claim in claims if claim.where and claim.where.place})


def _told_by(recent: Recent, ledger: "Ledger", article: str) -> frozenset[Told]:
    """The same of the claims of an article that is kept."""
    from trucewatch.ledger import Query, claim_of, claims

    if article not in recent.told:
        found = claims(ledger, Query(article=article, limit=1000))
        recent.told[article] = _told([claim_of(row.body) for row in found])
    return recent.told[article]
