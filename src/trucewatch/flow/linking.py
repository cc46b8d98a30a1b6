"""What a ledger learns, worked into what is kept: an article read, judged or redacted touches its own claims and their
neighbours.

What is kept equals what a full rebuild gives, whatever the order of events (tests/test_kept.py)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from trucewatch import checks, kept, ledger, link, packs, track
from trucewatch.flow.forms import code, digest, plain
from trucewatch.flow.judged import JUDGED, Judged, as_judged, is_rejected, judged_of
from trucewatch.model import Agreed, Article, LinkKnowledge
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracked import Stance

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor

AT_ONCE = 50  # entries in one transaction, in which other writers wait
Views = dict[int, link.View]
MOST = 300_000  # comparisons, and a tenth as many views, that are remembered from one stretch to the next


@dataclass(frozen=True, slots=True)
class Bench:
    """What is needed to work a ledger in. `links` and `heard`: digests of all knowledge on which each kind depends."""

    book: ledger.Ledger
    agreement: Agreement
    acts_for: Mapping[str, frozenset[str]]
    agreed: tuple[Agreed, ...]
    stances: tuple[Stance, ...]
    knowledge: LinkKnowledge
    links: str
    heard: str


@dataclass(slots=True)
class _Seen:
    """What one call of `catch_up` remembers from stretch to stretch: views by reading, comparisons. Changed in place, and emptied
    when a claim that was seen is read or judged otherwise."""

    seq: int = -1
    views: Views = field(default_factory=dict)
    pairs: dict[tuple[str, str], link.Comparison | None] = field(default_factory=dict)


def bench(monitor: "Monitor", agreement: Agreement) -> Bench:
    """The bench of a monitor that watches this agreement."""
    from trucewatch import agreements

    knowledge, acts_for = packs.linking(monitor.packs), agreements.acts_for(monitor.packs)
    agreed, stances = checks.agreed_of(agreement), agreements.stances(monitor.packs)
    links = digest(knowledge, code(link))
    heard = digest(links, agreement, acts_for, agreed, stances, code(track, checks))
    return Bench(monitor.ledger, agreement, acts_for, agreed, stances, knowledge, links, heard)


def catch_up(work: Bench) -> Iterator[int]:
    """Works in what the ledger has learnt since; after each stretch of it, how many entries are left. A stretch is one
    transaction: broken off, the next call goes on there. Where the knowledge is another than before, all is made anew."""
    seen = _Seen()
    kinds: tuple[tuple[kept.Name, str, Any], ...] = ((kept.LINKS, work.links, _link), (kept.HEARD, work.heard, _hear))
    for name, version, step in kinds:
        while (left := _behind(work, name, version)) is None or left:
            with ledger.writing(work.book) as open_:
                mark = kept.hold(open_, name)
                if mark.version != version:
                    kept.clear(open_, name)
                    mark = kept.Mark(0, version)
                last, _ = kept.head_of(open_)
                to = min(last, mark.seq + AT_ONCE)
                if mark.seq != seen.seq:  # another program was at it meanwhile
                    _empty(seen)
                names = kept.changed(open_, mark.seq, to, (*JUDGED, "link"))
                if names:
                    step(open_, work, seen, names, judged_of(work.book))
                kept.reach(open_, name, kept.Mark(to, version))
            seen.seq = to
            yield last - to


def _empty(seen: _Seen) -> None:
    seen.views.clear()
    seen.pairs.clear()


def throw_away(book: ledger.Ledger) -> None:
    """Throws away all that is kept."""
    with ledger.writing(book) as open_:
        for name in (kept.LINKS, kept.HEARD):
            kept.clear(open_, name)


def views_of(open_: ledger.Transaction, work: Bench, numbers: Collection[int], judged: Judged) -> Views:
    """Readings as linking sees them."""
    rows = kept.read_by(open_, numbers)
    articles = articles_of(open_, {row.article for row in rows})
    return _views(work, rows, articles, judged)


def told_of(open_: ledger.Transaction, names: Collection[str], judged: Judged) -> list[kept.Shown]:
    """The readings of these articles that are shown and that nobody rejected."""
    return [row for row in kept.readings_of(open_, names) if not is_rejected(ledger.claim_of(row.body), judged)]


def articles_of(open_: ledger.Transaction, names: Collection[str]) -> dict[str, Article]:
    """Articles as they hold now."""
    return {row["id"]: ledger.article_of(row) for row in kept.texts(open_, names)}


def _behind(work: Bench, name: kept.Name, version: str) -> int | None:
    """How many entries are not worked in; None where all are to be worked in anew."""
    with ledger.reading(work.book) as open_:
        mark = kept.reached(open_, name)
        return kept.head_of(open_)[0] - mark.seq if mark.version == version else None


def _views(work: Bench, rows: Collection[kept.Shown], articles: Mapping[str, Article], judged: Judged) -> Views:
    told = ((row, as_judged(ledger.claim_of(row.body), judged)) for row in rows)
    return {row.n: link.view(claim, articles[row.article], work.knowledge) for row, claim in told}


def _link(open_: ledger.Transaction, work: Bench, seen: _Seen, names: Collection[str], judged: Judged) -> None:
    """Links the claims of these articles anew. Those of which nobody knows when they were printed are not linked."""
    touched = set(kept.forget(open_, names))
    if touched or len(seen.pairs) > MOST or len(seen.views) * 10 > MOST:
        _empty(seen)
    articles = articles_of(open_, names)
    dated = {name: row.published.isoformat() for name, row in articles.items() if row.published}
    rows = [row for row in told_of(open_, names, judged) if row.article in dated]
    views = _views(work, rows, articles, judged)
    seen.views |= views
    posts = {n: link.posts(view) for n, view in views.items()}
    places = {row.n: dated[row.article] for row in rows}
    kept.post(open_, [kept.Post(n, places[n], (*keys.stretches, *keys.marks), keys.anchors) for n, keys in posts.items()])
    asks = {n: link.asks(view, work.knowledge) for n, view in views.items()}
    near = kept.near(open_, {n: (keys.stretches, keys.anchors, keys.marks) for n, keys in asks.items()})
    _look(open_, work, seen, {m for found in near.values() for m in found}, judged)
    index = link.Index(work.knowledge, {view.id: view for view in seen.views.values()})
    for n, found in near.items():
        touched.add(n)
        for m, component in found.items():
            if component not in touched:
                told = link.compared(index, views[n].id, seen.views[m].id, seen.pairs)
                touched |= {component} if told and told.linked else set()
    _settle(open_, work, seen, touched, judged)


def _look(open_: ledger.Transaction, work: Bench, seen: _Seen, numbers: Collection[int], judged: Judged) -> None:
    """Makes the views of readings that were not seen yet."""
    seen.views |= views_of(open_, work, set(numbers) - seen.views.keys(), judged)


def _settle(open_: ledger.Transaction, work: Bench, seen: _Seen, touched: set[int], judged: Judged) -> None:
    """Makes the happenings of these components anew: they may have grown together, or fallen apart."""
    pairings = ledger.pairings(work.book)
    merged = link.of_views((), pairings, knowledge=work.knowledge).merged
    where = kept.components_of(open_, {*merged})
    while more := {where[b] for a in merged if where.get(a) in touched for b in merged[a] if b in where} - touched:
        touched |= more
    printed = kept.members(open_, touched)
    _look(open_, work, seen, printed, judged)
    views = {n: seen.views[n] for n in printed}
    number = {view.id: n for n, view in views.items()}
    index = link.of_views(views.values(), pairings, knowledge=work.knowledge, known=seen.pairs)
    components: dict[int, int] = {}
    made: list[tuple[int, str, Mapping[str, Any]]] = []
    for n, view in sorted(views.items()):
        if n not in components:
            ids = link.component(index, view.id)
            components |= {number[id_]: n for id_ in ids}
            last = max(printed[number[id_]] for id_ in ids)
            made += [(n, last, plain(happening)) for happening in link.of(index, ids)]
    kept.keep_happenings(open_, touched, made)
    kept.settle(open_, components)


def _hear(open_: ledger.Transaction, work: Bench, seen: _Seen, names: Collection[str], judged: Judged) -> None:
    """Writes down what the claims of these articles speak of, and what is remarked in each article."""
    articles = articles_of(open_, names)
    said: dict[int, list[Any]] = {}
    views: dict[str, list[link.View]] = {}
    for row in told_of(open_, names, judged):
        claim, article = as_judged(ledger.claim_of(row.body), judged), articles[row.article]
        printed = article.published
        told = track.about(work.agreement, claim, acts_for=work.acts_for, published=printed, text=article.text)
        if told:
            said[row.n] = [plain(each) for each in told]
        filled = replace(claim, about=tuple(each.id for each in told))
        if printed:
            views.setdefault(article.id, []).append(link.view(filled, article, work.knowledge))
    found = {
        name: [plain(one) for one in checks.alone(articles[name], sorted(mine, key=lambda v: v.id), work.agreed, work.knowledge)]
        for name, mine in views.items()
    }
    kept.keep_heard(open_, names, said, found)
