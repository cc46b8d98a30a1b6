"""Claims of many outlets and languages laid side by side as happenings."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

from trucewatch.link.cluster import clusters
from trucewatch.link.index import Index, component, indexed
from trucewatch.link.origins import origins
from trucewatch.link.relations import links
from trucewatch.link.view import iso
from trucewatch.model import Article, Claim, Happening, LinkKnowledge, Pairing


def happenings(
    claims: Iterable[Claim], articles: Mapping[str, Article], judgements: Sequence[Pairing] = (), *, knowledge: LinkKnowledge
) -> tuple[Happening, ...]:
    """All happenings of these claims, ordered by day. `articles` by id: languages, days of print and the words around a claim
    come from them; a claim without its article is linked by its own fields alone."""
    return of(indexed(claims, articles, judgements, knowledge=knowledge))


def of(index: Index, touched: Collection[str] | None = None) -> tuple[Happening, ...]:
    """The happenings of an index: all, or those that hang together with the claims `touched`. Ordered by first day, then id."""
    seen: set[str] = set()
    out: list[Happening] = []
    for start in sorted(index.views if touched is None else set(touched) & index.views.keys()):
        if start in seen:
            continue
        ids = component(index, start)
        seen.update(ids)
        out += [happening(index, group) for group in clusters(index, ids)]
    return tuple(sorted(out, key=lambda h: (h.start or "9", h.id)))


def happening(index: Index, group: Iterable[str]) -> Happening:
    """The happening that these claims tell."""
    ordered = sorted((index.views[one] for one in group), key=lambda v: (v.printed or 0, v.id))
    events = Counter(v.claim.event for v in ordered)
    dated = sorted((v.span[1] - v.span[0], not v.firm, v.span, v.id) for v in ordered if v.span)
    span = dated[0][2] if dated else None
    ids = tuple(v.id for v in ordered)
    judged = {pairing.by for (a, b), pairing in index.judged.items() if a in ids or b in ids} if index.judged else set()
    digest = blake2b(min(ids).encode(), digest_size=8).hexdigest()
    return Happening(
        id=f"h:{digest}",
        event=min(events, key=lambda e: (-events[e], e)),
        statuses=tuple(sorted({v.claim.status for v in ordered})),
        start=iso(span[0]) if span else None,
        end=iso(span[1]) if span else None,
        places=tuple(sorted({v.where.place or v.where.text for v in ordered if v.where})),
        claims=ids,
        articles=tuple(sorted({v.claim.article for v in ordered})),
        origins=origins(ordered, index.knowledge),
        links=links(ordered, index.linked, index.judged, index.knowledge),
        judged=tuple(sorted(judged)),
    )
