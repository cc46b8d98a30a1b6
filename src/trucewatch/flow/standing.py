"""The way of one day by what is kept: nothing is linked that was linked before, and a tracker is made once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from trucewatch import __version__, checks, kept, ledger, link, model, track
from trucewatch.flow.beside import Known, begin, drop, fill, told
from trucewatch.flow.days import Case, Laid, Totals, events_of, wide_of
from trucewatch.flow.forms import code, digest, plain, thawed
from trucewatch.flow.judged import Judged, as_judged, judged_of
from trucewatch.flow.linking import Bench, articles_of, told_of, views_of
from trucewatch.link.counts import TOLD
from trucewatch.model import Article, Claim, Finding, Happening, Pairing
from trucewatch.model.tracked import About
from trucewatch.model.tracker import Tracker

LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class State:
    """What a tracker depends on: `key` is a digest of the day, the ledger, the agreement and all knowledge; `seq` and `end` are
    the last entry of the ledger that changed what is told."""

    key: str
    seq: int
    end: str


def state_of(work: Bench, day: date) -> State:
    """The state in which the tracker of a day would be made now."""
    with ledger.reading(work.book) as open_:
        seq, end = kept.news_of(open_)
    return State(digest(day, end, work.heard, __version__, code(track, checks, link, model)), seq, end)


def found(work: Bench, state: State) -> Tracker | None:
    """The tracker that was made in this state."""
    with ledger.reading(work.book) as open_:
        told = kept.tracker(open_, state.key)
    made: Tracker | None = thawed(Tracker, told) if told else None
    return made


def keep(work: Bench, state: State, made: Tracker) -> None:
    """Keeps a tracker, unless the ledger has learnt something meanwhile."""
    with ledger.writing(work.book) as open_:
        if kept.news_of(open_) == (state.seq, state.end):
            kept.keep_tracker(open_, state.key, state.seq, plain(made))


def laid(work: Bench, day: date) -> Laid:
    """A day laid out by what is kept, which must be up to date."""
    judged, pairings = judged_of(work.book), ledger.pairings(work.book)
    rulings, gradings = ledger.rulings(work.book), ledger.gradings(work.book)
    with ledger.reading(work.book) as open_:
        names, others = kept.speaking(open_, day.isoformat(), events_of(work.agreement))
        rows = {row.n: row for row in (*told_of(open_, names, judged), *kept.read_by(open_, others))}
        mine = {row.body["id"] for row in rows.values() if row.article in names}
        scope = {row.body["id"] for row in rows.values()}
        told = _happenings(open_, work, rows, day, judged, pairings)
        happenings = tuple(each for each in told if not scope.isdisjoint(each.claims))
        wide = wide_of(names, mine, happenings)
        beside = {claim for each in happenings for claim in each.claims} - scope
        more = (*kept.told_by(open_, beside), *told_of(open_, wide - names, judged))
        rows |= {row.n: row for row in more}
        articles = articles_of(open_, {row.article for row in rows.values()})
        spoken = kept.spoken(open_, rows.keys())
        alone = tuple(thawed(Finding, one) for one in kept.remarks_of(open_, wide))
        totals = Totals(*kept.totals(open_, day.isoformat()))
    said = {row.body["id"]: tuple(About(*each) for each in spoken.get(n, ())) for n, row in rows.items()}
    claims = track.known_at((_filled(row, said, judged) for row in rows.values()), articles, day)
    known = Case(
        agreement=work.agreement,
        claims=tuple(claim for claim in claims if claim.id in scope | beside),
        articles=articles,
        said=said,
        pairings=pairings,
        rulings=rulings,
        acts_for=work.acts_for,
        knowledge=work.knowledge,
        stances=work.stances,
        gradings=gradings,
        taken_back=ledger.taken_back(work.book),
    )
    views = _needed(work, [claim for claim in claims if claim.article in wide], articles, happenings)
    return Laid(known, happenings, link.Index(work.knowledge, views), alone, wide, totals)


def happening_of(book: ledger.Ledger, claim: str) -> Happening | None:
    """What a claim tells of, with all claims that tell the same, by what is kept, which must be up to date; None: nothing."""
    with ledger.reading(book) as open_:
        bodies = kept.happenings_of(open_, kept.numbered(open_, [claim]).values(), LAST, ())
    found = (thawed(Happening, body) for body in bodies if claim in body["claims"])
    return next(found, None)


def _happenings(
    open_: ledger.Transaction, work: Bench, numbers: Collection[int], day: date, judged: Judged, pairings: Sequence[Pairing]
) -> tuple[Happening, ...]:
    """The happenings in which these readings stand, as they were on a day: those that went on after it are cut anew."""
    known, on, see = Known(), day.isoformat(), partial(views_of, open_, work, judged=judged)
    index = begin(open_, known, pairings, work.knowledge, see)
    fill(open_, known, kept.broken(open_, on))
    broken = drop(known, {n for n, printed in known.printed.items() if printed > on})
    region, groups = link.regroup(known.board, broken, known.old, partial(fill, open_, known, day=on))
    found = (thawed(Happening, body) for body in kept.happenings_of(open_, numbers, on, region))
    return tuple(sorted((*found, *told(index, known, groups, see)), key=lambda each: (each.start or "9", each.id)))


def _filled(row: kept.Shown, said: Mapping[str, tuple[About, ...]], judged: Judged) -> Claim:
    claim = as_judged(ledger.claim_of(row.body), judged)
    return replace(claim, about=tuple(each.id for each in said[claim.id]))


def _needed(
    work: Bench, claims: Sequence[Claim], articles: Mapping[str, Article], happenings: Iterable[Happening]
) -> dict[str, link.View]:
    """Views of the claims that are looked at side by side."""
    printed = {claim.id: day for claim in claims if (day := articles[claim.article].published)}
    again = {id_ for each in happenings for id_ in checks.repeats(each, printed)}
    wanted = (
        c
        for c in claims
        if c.id in again
        or checks.begins(c)
        or (c.quantities and c.status in TOLD)
        or checks.numbered(c, articles[c.article], work.knowledge)
    )
    return {claim.id: link.view(claim, articles[claim.article], work.knowledge) for claim in wanted}
