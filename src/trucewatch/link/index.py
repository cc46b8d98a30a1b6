"""The index of linking: claims by block, and who is linked with whom. It grows claim by claim; a new one touches its neighbours
only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.link.blocks import asks, flat, posts
from trucewatch.link.compare import margin
from trucewatch.link.view import View, view
from trucewatch.model import Article, Claim, LinkKnowledge, Pairing


@dataclass(slots=True)
class Index:
    """The one value of this room that is changed in place. What stands in it depends on the set of claims and judgements,
    never on the order in which they came. `linked` holds both directions, with the margins
    (thousandths of a point); `merged` likewise, from judgements; `judged` pairs in order."""

    knowledge: LinkKnowledge
    views: dict[str, View] = field(default_factory=dict)
    blocks: dict[str, set[str]] = field(default_factory=dict)
    linked: dict[str, dict[str, int]] = field(default_factory=dict)
    judged: dict[tuple[str, str], Pairing] = field(default_factory=dict)
    merged: dict[str, set[str]] = field(default_factory=dict)


def indexed(
    claims: Iterable[Claim], articles: Mapping[str, Article], judgements: Sequence[Pairing], *, knowledge: LinkKnowledge
) -> Index:
    """A new index of these claims."""
    index = Index(knowledge)
    extend(index, claims, articles)
    judge(index, judgements)
    return index


def extend(index: Index, claims: Iterable[Claim], articles: Mapping[str, Article]) -> frozenset[str]:
    """Adds claims, each with its article; one whose id is there already takes the old one's place. Gives the ids of the claims
    whose links may have changed."""
    touched: set[str] = set()
    for claim in claims:
        touched |= _put(index, view(claim, articles.get(claim.article), index.knowledge))
    return frozenset(touched & index.views.keys())


def remove(index: Index, ids: Collection[str]) -> frozenset[str]:
    """Takes claims out (withdrawn ones); gives the ids of those that were linked with them."""
    touched: set[str] = set()
    for gone in ids:
        if gone not in index.views:
            continue
        for key in flat(posts(index.views.pop(gone))):
            found = index.blocks[key]
            found.discard(gone)
            if not found:
                del index.blocks[key]
        for other in index.linked.pop(gone, {}):
            index.linked[other].pop(gone)
            touched.add(other)
    return frozenset(touched - set(ids))


def judge(index: Index, judgements: Sequence[Pairing]) -> frozenset[str]:
    """Adds judgements, in the order they were given; the last one on a pair holds. Gives the ids they speak of."""
    touched: set[str] = set()
    for pairing in judgements:
        one, other = sorted((pairing.one, pairing.other))
        index.judged[one, other] = pairing
        for a, b in ((one, other), (other, one)):
            if pairing.verdict == "merge":
                index.merged.setdefault(a, set()).add(b)
            else:
                index.merged.get(a, set()).discard(b)
        touched |= {one, other}
    return frozenset(touched)


def component(index: Index, start: str) -> tuple[str, ...]:
    """All claims that hang together with this one by links or by merging judgements, sorted."""
    seen = {start}
    open_ = [start]
    while open_:
        here = open_.pop()
        near = {*index.linked.get(here, {}), *index.merged.get(here, ())} & index.views.keys()
        open_ += near - seen
        seen |= near
    return tuple(sorted(seen))


def _put(index: Index, new: View) -> set[str]:
    before = remove(index, (new.id,)) if new.id in index.views else frozenset()
    return {new.id, *before, *_add(index, new)}


def _add(index: Index, new: View) -> set[str]:
    index.views[new.id] = new
    near: set[str] = set()
    for key in flat(asks(new, index.knowledge)):
        near |= index.blocks.get(key, set())
    for key in flat(posts(new)):
        index.blocks.setdefault(key, set()).add(new.id)
    near.discard(new.id)
    links = index.linked.setdefault(new.id, {})
    for other in near:
        found = margin(new, index.views[other], index.knowledge)
        if found >= 0:
            links[other] = index.linked[other][new.id] = found
    return set(links)
