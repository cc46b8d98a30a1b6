"""The way of one day: from the claims of a ledger to the tracker of an agreement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch import packs
from trucewatch.errors import MonitorError
from trucewatch.model import MODES, STATUSES, Article, Claim, LinkKnowledge, Pairing, Series, Spread
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import Grading
from trucewatch.model.tracked import About, Stance
from trucewatch.model.tracker import Ruling, Tracker

if TYPE_CHECKING:  # linking and tracking are loaded only where an agreement is watched
    from trucewatch.monitor import Monitor

JUDGED = ("event", "mode", "status")
START_SLACK = 7  # days between two starts that are meant for the same beginning


@dataclass(frozen=True, slots=True)
class Case:
    """All that a monitor holds of its agreement: claims in their shown readings, judged fields set, `about` filled."""

    agreement: Agreement
    claims: tuple[Claim, ...]
    articles: Mapping[str, Article]
    said: Mapping[str, tuple[About, ...]]
    pairings: tuple[Pairing, ...]
    rulings: tuple[Ruling, ...]
    acts_for: Mapping[str, frozenset[str]]
    knowledge: LinkKnowledge
    stances: tuple[Stance, ...]
    gradings: tuple[Grading, ...]


def case(monitor: "Monitor", *, as_known: datetime | None = None) -> Case:
    """Reads a monitor for tracking, as it is now or as its ledger was at a moment; the agreement's file and the data files have
    no past. Raises MonitorError where it watches no agreement."""
    from trucewatch import agreements, ledger
    from trucewatch.monitor import SETTINGS, agreement_of

    agreement = agreement_of(monitor)
    if agreement is None:
        raise MonitorError(f'{monitor.folder / SETTINGS}: it watches no agreement. Write agreement = "FILE" there.')
    book = monitor.ledger
    claims, articles = ledger.everything(book, as_of=as_known)
    judged = {(j.claim, j.reading, j.field): j.value for j in ledger.judgements_of(book, as_of=as_known)}
    claims = tuple(_as_judged(claim, judged) for claim in claims)
    pairings, rulings = ledger.pairings(book, as_of=as_known), ledger.rulings(book, as_of=as_known)
    return case_of(
        agreement,
        claims,
        articles,
        pairings,
        rulings,
        ledger.gradings(book, as_of=as_known),
        acts_for=agreements.acts_for(monitor.packs),
        folder=monitor.packs,
    )


def case_of(
    agreement: Agreement,
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    pairings: Sequence[Pairing] = (),
    rulings: Sequence[Ruling] = (),
    gradings: Sequence[Grading] = (),
    *,
    acts_for: Mapping[str, frozenset[str]],
    folder: Path | None = None,
) -> Case:
    """The same from claims and articles that are in memory."""
    from trucewatch import agreements, track

    told = tuple(claims)
    said = track.heard(agreement, told, articles, acts_for=acts_for)
    filled = tuple(replace(claim, about=tuple(each.id for each in said[claim.id])) for claim in told)
    return Case(
        agreement=agreement,
        claims=filled,
        articles=articles,
        said=said,
        pairings=tuple(pairings),
        rulings=tuple(rulings),
        acts_for=acts_for,
        knowledge=packs.linking(folder),
        stances=agreements.stances(folder),
        gradings=tuple(gradings),
    )


def tracker(known: Case, day: date) -> Tracker:
    """Where the agreement stands on a day, by what was printed until then: linked, figures in series, checked, tracked."""
    from trucewatch import checks, link, track

    claims = track.known_at(known.claims, known.articles, day)
    articles = {name: row for name, row in known.articles.items() if row.published and row.published <= day}
    index = link.indexed(claims, articles, known.pairings, knowledge=known.knowledge)
    happenings = link.of(index)
    series = link.series(link.figures(view for view in index.views.values() if view.claim.about))
    counted = [one for one in series if any(figure.day <= day.isoformat() for figure in one.figures)]
    found = checks.findings(index, articles, happenings, checks.agreed_of(known.agreement))
    about = {claim.article for claim in claims if claim.about}
    return track.build(
        known.agreement,
        happenings,
        claims,
        known.articles,
        known.rulings,
        as_of=day,
        acts_for=known.acts_for,
        said=known.said,
        stances=known.stances,
        gradings=known.gradings,
        series=counted,
        spreads=tuple(_spreads(known, counted, day)),
        findings=[one for one in found if about & set(one.articles)],
    )


def directions(known: Case, folder: Path | None = None) -> dict[str, str]:
    """Language of an article → ltr or rtl."""
    told = {article.language for article in known.articles.values()} & set(packs.languages(folder))
    return {code: packs.load(code, folder).direction for code in sorted(told)}


def _spreads(known: Case, series: Sequence[Series], day: date) -> Iterator[Spread]:
    """Of what is counted since about the day on which the agreement came into force, and for each doer apart."""
    from trucewatch import link

    starts = [stretch.start.start for stretch in known.agreement.in_force if stretch.start.start <= day]
    groups: dict[tuple[str, str], list[Series]] = {}
    for one in series:
        near = one.start and any(abs((date.fromisoformat(one.start) - start).days) <= START_SLACK for start in starts)
        if one.running and near:
            groups.setdefault((one.of, (one.doer or "").partition(".")[0]), []).append(one)
    for (of, _), group in sorted(groups.items()):
        found = link.spread(group, of, day.isoformat())
        if found.figures:
            yield found


def _as_judged(claim: Claim, judged: Mapping[tuple[str, str, str], Any]) -> Claim:
    """The claim with the event, mode and status that a person gave it."""
    told = {field: judged[key] for field in JUDGED if (key := (claim.id, claim.reading, field)) in judged}
    event = told.get("event", claim.event)
    mode = told.get("mode", claim.mode if event == claim.event else None)
    status = told.get("status", claim.status)
    fits = event in MODES and (mode is None or mode in MODES[event]) and status in STATUSES
    return replace(claim, event=event, mode=mode, status=status) if told and fits else claim
