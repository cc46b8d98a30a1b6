"""What a ledger learns, worked into what is kept: an article read, judged or redacted touches its own claims and their
neighbours.

What is kept equals what a full rebuild gives, whatever the order of events (tests/test_kept.py)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from trucewatch import checks, kept, ledger, link, packs, track
from trucewatch.flow.beside import Known, See, Views, add, begin, drop, fill, told
from trucewatch.flow.forms import code, digest, plain
from trucewatch.flow.judged import JUDGED, Judged, as_judged, is_rejected, judged_of
from trucewatch.model import Agreed, Article, LinkKnowledge
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracked import Stance

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor

AT_ONCE = 50  # entries in one transaction, in which other writers wait
MOST = 30_000  # claims that are remembered from one stretch to the next


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
    known, seq = Known(), -1
    while (name := _next(work)) is not None:
        version, step = (work.links, _link) if name == kept.LINKS else (work.heard, _hear)
        with ledger.writing(work.book) as open_:
            mark = kept.hold(open_, name)
            if mark.version != version:
                kept.clear(open_, name)
                mark = kept.Mark(0, version)
            last, _ = kept.head_of(open_)
            to = min(last, mark.seq + AT_ONCE)
            if name == kept.LINKS and (mark.seq != seq or len(known.views) + len(known.board.margins) > MOST):
                known = Known()  # there are too many, or another program was at it meanwhile
            names = kept.changed(open_, mark.seq, to, (*JUDGED, "link"))
            if names:
                step(open_, work, known, names, judged_of(work.book))
            kept.reach(open_, name, kept.Mark(to, version))
        seq = to if name == kept.LINKS else seq
        yield last - to


def throw_away(book: ledger.Ledger) -> None:
    """Throws away all that is kept."""
    with ledger.writing(book) as open_:
        for name in (kept.LINKS, kept.HEARD):
            kept.clear(open_, name)


def views_of(open_: ledger.Transaction, work: Bench, numbers: Collection[int], judged: Judged) -> Views:
    """Readings as linking sees them."""
    if not numbers:
        return {}
    rows = kept.read_by(open_, numbers)
    articles = articles_of(open_, {row.article for row in rows})
    return _views(work, rows, articles, judged)


def told_of(open_: ledger.Transaction, names: Collection[str], judged: Judged) -> list[kept.Shown]:
    """The readings of these articles that are shown and that nobody rejected."""
    rows = kept.readings_of(open_, names)
    return [row for row in rows if not is_rejected(ledger.claim_of(row.body), judged)] if judged else rows


def articles_of(open_: ledger.Transaction, names: Collection[str]) -> dict[str, Article]:
    """Articles as they hold now."""
    return {row["id"]: ledger.article_of(row) for row in kept.texts(open_, names)}


def _next(work: Bench) -> kept.Name | None:
    """Which kind is further behind; both go side by side, so that an article is looked at once. None where nothing is left."""
    with ledger.reading(work.book) as open_:
        last, _ = kept.head_of(open_)
        links, heard = kept.reached(open_, kept.LINKS), kept.reached(open_, kept.HEARD)
    linked = links.seq if links.version == work.links else -1
    said = heard.seq if heard.version == work.heard else -1
    if min(linked, said) >= last:
        return None
    return kept.LINKS if linked <= said else kept.HEARD


def _views(work: Bench, rows: Collection[kept.Shown], articles: Mapping[str, Article], judged: Judged) -> Views:
    told = ((row, as_judged(ledger.claim_of(row.body), judged)) for row in rows)
    return {row.n: link.view(claim, articles[row.article], work.knowledge) for row, claim in told}


def _link(open_: ledger.Transaction, work: Bench, known: Known, names: Collection[str], judged: Judged) -> None:
    """Links the claims of these articles anew. Those of which nobody knows when they were printed are not linked."""
    see = partial(views_of, open_, work, judged=judged)
    index = begin(open_, known, ledger.pairings(work.book), work.knowledge, see)
    gone = kept.told_in(open_, names)
    fill(open_, known, gone)
    fill(open_, known, {other for n in gone for other in known.board.margins[n]})
    before = {known.placed[n] for n in gone}
    broken = drop(known, gone)
    kept.forget(open_, gone)
    articles = articles_of(open_, names)
    dated = {name: row.published.isoformat() for name, row in articles.items() if row.published}
    rows = [row for row in told_of(open_, names, judged) if row.article in dated]
    views = _views(work, rows, articles, judged)
    known.views |= views
    posts = {n: link.posts(view) for n, view in views.items()}
    days = {row.n: dated[row.article] for row in rows}
    kept.post(open_, [kept.Post(n, days[n], (*keys.stretches, *keys.marks), keys.anchors) for n, keys in posts.items()])
    asks = {n: link.asks(view, work.knowledge) for n, view in views.items()}
    near = kept.near(open_, {n: (keys.stretches, keys.anchors, keys.marks) for n, keys in asks.items()})
    known.views |= see({m for found in near.values() for m in found} - known.views.keys())
    pairs = ((n, m) for n, found in near.items() for m in found if n < m or m not in views)
    margins = ((n, m, link.margin(known.views[n], known.views[m], work.knowledge)) for n, m in pairs)
    linked = [told for told in margins if told[2] >= 0]
    fill(open_, known, {m for _, m, _ in linked} - views.keys())
    add(known, days, linked)
    _settle(open_, known, index, broken | views.keys(), before, see)


def _settle(
    open_: ledger.Transaction, known: Known, index: link.Index, fresh: Collection[int], before: Collection[int], see: See
) -> None:
    """Cuts happenings anew where a claim is fresh, and keeps them. `before`: those in which a claim stood that is gone."""
    _, groups = link.regroup(known.board, fresh, known.old, partial(fill, open_, known))
    changed = [tuple(sorted(group)) for group in groups if set(known.old.get(group[0], ())) != set(group)]
    gone = {known.placed[n] for group in changed for n in group}.union(before)
    made = []
    for group, happening in zip(changed, told(index, known, changed, see), strict=True):
        known.old |= dict.fromkeys(group, group)
        days = [known.printed[n] for n in group]
        made.append((group[0], (min(days), max(days)), plain(happening)))
    kept.keep_happenings(open_, gone, made)
    moved = {n: group[0] for group in changed for n in group if known.placed[n] != group[0]}
    kept.settle(open_, moved)
    known.placed |= moved
    kept.keep_beside(open_, {n: (known.board.leaders.get(n), known.board.margins[n]) for n in known.changed})
    known.changed.clear()


def _hear(open_: ledger.Transaction, work: Bench, known: Known, names: Collection[str], judged: Judged) -> None:
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
            seen = known.views.get(row.n)
            view = replace(seen, claim=filled) if seen else link.view(filled, article, work.knowledge)
            views.setdefault(article.id, []).append(view)
    found = {
        name: [plain(one) for one in checks.alone(articles[name], sorted(mine, key=lambda v: v.id), work.agreed, work.knowledge)]
        for name, mine in views.items()
    }
    kept.keep_heard(open_, names, said, found)
