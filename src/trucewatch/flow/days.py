"""The way of one day: from claims to the tracker of an agreement."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch import packs
from trucewatch.model import Article, Claim, Finding, Happening, LinkKnowledge, Pairing, Series, Spread
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import Grading
from trucewatch.model.tracked import About, Stance
from trucewatch.model.tracker import Ruling, TakenBack, Tracker

if TYPE_CHECKING:  # linking and tracking are loaded only where an agreement is watched
    from trucewatch import link

MEETING = frozenset({"CONSULT", "ACCUSE"})  # what may concern an agreement by the parties it names
START_SLACK = 7  # days between two starts that are meant for the same beginning


@dataclass(frozen=True, slots=True)
class Case:
    """All that a monitor holds of its agreement: claims in their shown readings, judged fields set, `about` filled.
    `taken_back`: by id the articles that their outlets took back."""

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
    taken_back: Mapping[str, TakenBack]


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was printed by a day: claims, their articles; and articles with claims whose day of print nobody knows."""

    claims: int
    articles: int
    undated: int


@dataclass(frozen=True, slots=True)
class Laid:
    """What the tracker of a day is made of: the claims of articles that speak of the agreement, those of `events_of` wherever
    they are told, and those that stand beside one of them in a happening, all printed by that day. `index`: views of the
    claims of `wide` that count something or are told again days later; of all of them where it is made in memory. `found`:
    what the checks find in each article alone."""

    case: Case
    happenings: tuple[Happening, ...]
    index: "link.Index"
    found: tuple[Finding, ...]
    wide: frozenset[str]
    totals: Totals


def case_of(
    agreement: Agreement,
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    pairings: Sequence[Pairing] = (),
    rulings: Sequence[Ruling] = (),
    gradings: Sequence[Grading] = (),
    taken_back: Mapping[str, TakenBack] | None = None,
    *,
    acts_for: Mapping[str, frozenset[str]],
    folder: Path | None = None,
) -> Case:
    """A case of claims and articles that are in memory."""
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
        taken_back=taken_back or {},
    )


def tracker(known: Case, day: date) -> Tracker:
    """Where the agreement stands on a day, by what was printed until then: linked, figures in series, checked, tracked."""
    return tracked(laid(known, day), day)


def laid(known: Case, day: date) -> Laid:
    """A day laid out by all claims, which are linked anew."""
    from trucewatch import checks, link, track

    claims = track.known_at(known.claims, known.articles, day)
    articles = {name: row for name, row in known.articles.items() if row.published and row.published <= day}
    index = link.indexed(claims, articles, known.pairings, knowledge=known.knowledge)
    speaking = {claim.article for claim in claims if claim.about}
    mine = {claim.id for claim in claims if claim.article in speaking}
    events = events_of(known.agreement)
    others = {claim.id for claim in claims if claim.event in events} - mine
    happenings = tuple(each for each in link.of(index) if not (mine | others).isdisjoint(each.claims))
    wide = wide_of(speaking, mine, happenings)
    views = {id_: view for id_, view in index.views.items() if view.claim.article in wide}
    by_article: dict[str, list[link.View]] = {name: [] for name in sorted(wide)}
    for id_ in sorted(views):
        by_article[views[id_].claim.article].append(views[id_])
    agreed = checks.agreed_of(known.agreement)
    found = (one for name, own in by_article.items() for one in checks.alone(articles[name], own, agreed, known.knowledge))
    undated = sum(row.published is None for row in known.articles.values())
    scope = mine.union(others, *(each.claims for each in happenings))
    shown = tuple(claim for claim in claims if claim.id in scope)
    names = wide | {claim.article for claim in shown}
    near = {name: row for name, row in articles.items() if name in names}
    totals = Totals(len(claims), len({claim.article for claim in claims}), undated)
    case = replace(known, claims=shown, articles=near)
    return Laid(case, happenings, link.Index(known.knowledge, views), tuple(found), wide, totals)


def events_of(agreement: Agreement) -> frozenset[str]:
    """The types of claims that are looked at although they speak of no provision: meetings and blame, and what may tell that a
    milestone or a phase came."""
    signals = [row.signals for row in agreement.milestones] + [row.signals for row in agreement.phases]
    return MEETING.union(*(signal.events for each in signals for signal in each))


def wide_of(speaking: Collection[str], ids: Collection[str], happenings: Iterable[Happening]) -> frozenset[str]:
    """The articles that are checked: those that speak of the agreement, and those that tell the same happenings. `ids`: claims of
    the former."""
    mine = frozenset(ids)
    return frozenset(speaking).union(*(each.articles for each in happenings if not mine.isdisjoint(each.claims)))


def tracked(told: Laid, day: date) -> Tracker:
    """The tracker of a day that is laid out."""
    from trucewatch import checks, link, track

    known, index = told.case, told.index
    speaking = {claim.article for claim in known.claims if claim.about}
    series = link.series(link.figures(view for view in index.views.values() if view.claim.about))
    counted = [one for one in series if any(figure.day <= day.isoformat() for figure in one.figures)]
    articles = {name: row for name, row in known.articles.items() if name in told.wide}
    found = checks.together(index, articles, told.happenings, told.found)
    made = track.build(
        known.agreement,
        told.happenings,
        known.claims,
        known.articles,
        known.rulings,
        as_of=day,
        acts_for=known.acts_for,
        said=known.said,
        stances=known.stances,
        gradings=known.gradings,
        series=counted,
        spreads=tuple(_spreads(known, counted, day)),
        findings=[one for one in found if speaking & set(one.articles)],
    )
    totals = told.totals
    taken = tuple(_taken_back(known))
    return replace(made, claims=totals.claims, articles=totals.articles, undated=totals.undated, taken_back=taken)


def _taken_back(known: Case) -> Iterator[TakenBack]:
    """What was taken back, with the claims that are told of it."""
    told: dict[str, list[str]] = {}
    for claim in known.claims:
        if claim.article in known.taken_back:
            told.setdefault(claim.article, []).append(claim.id)
    for name, ids in sorted(told.items()):
        yield replace(known.taken_back[name], claims=tuple(ids))


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
