"""One agreement, in force since different days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trucewatch.checks.counts import STARTS
from trucewatch.checks.remark import remark
from trucewatch.link.names import Name, agree
from trucewatch.link.view import View, day, iso
from trucewatch.model import Article, Claim, Finding, LinkKnowledge, Reason
from trucewatch.text.figuretext import follows, tokens

ANEW = 2  # days within which a truce hardly ends and another begins
LEAST = 2  # parties that both tellings must name


def begins(claim: Claim) -> bool:
    """Whether a claim may tell since when an agreement is in force: it is not signed, extended or offered then."""
    timed = claim.when is not None and claim.when.basis == "stated" and claim.when.grain == "day" and claim.when.start is not None
    named = len(claim.participants) + len(claim.actors) >= LEAST
    return claim.event == "AGREE" and claim.mode is None and claim.status in ("occurred", "ongoing") and timed and named


def in_force(views: Sequence[View], articles: Mapping[str, Article], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Two sources that tell different days, near each other, from which an agreement of the same parties is in force: one finding
    for each pair of days. The words must say so, for it may be signed on the day before; and a truce of which the earlier
    print cannot yet tell may be a new one."""
    by_day: dict[int, list[View]] = {}
    for one in sorted(views, key=lambda v: (v.printed or 0, v.id)):
        start = day(one.claim.when.start) if one.claim.when else None
        if start is not None and one.printed is not None and begins(one.claim) and _said(one, articles, knowledge):
            told = by_day.setdefault(start, [])
            if not any(_same(one, other) and not _apart(one, other) for other in told):
                told.append(one)
    for first in sorted(by_day):
        for last in (d for d in range(first + STARTS[0], first + STARTS[1] + 1) if d in by_day):
            pairs = ((v, other) for v in by_day[first] for other in by_day[last] if _same(v, other) and _apart(v, other))
            found = next((p for p in pairs if last - first <= ANEW or (p[0].printed or 0) >= last), None)
            if found:
                early, late = found
                values = (("one", iso(first)), ("other", iso(last)))
                yield replace(remark("starts-differ", late, (early,), values), reason=Reason("in-force-differs", values))


def _said(one: View, articles: Mapping[str, Article], knowledge: LinkKnowledge) -> bool:
    """Whether words that put something into force stand from the claim to its day."""
    article = articles.get(one.claim.article)
    calendar = knowledge.calendars.get(one.language)
    if article is None or calendar is None or not one.claim.when:
        return False
    places = [(e.start, e.end) for e in one.claim.evidence if e.role in ("event", "time")]
    places += [one.claim.when.at] if one.claim.when.at else []
    start, end = min(p[0] for p in places), max(p[1] for p in places)
    found = tokens(article.text, start, end)
    return follows(found, -1, calendar.in_force, len(found))


def _apart(one: View, other: View) -> bool:
    """Told by others in other articles."""
    if one.claim.article == other.claim.article:
        return False
    return one.outlet != other.outlet if one.voice is None and other.voice is None else one.voice != other.voice


def _same(one: View, other: View) -> bool:
    """Whether two tellings name the same parties: each of the fewer is one of the more. In two languages one of them may be
    known by half of its words alone, where another is met for sure: "the Upland Defence Council"."""
    few, many = sorted((_parties(one), _parties(other)), key=len)
    met = [{n for n in range(len(many)) if agree(name, many[n]) > 0} for name in few]
    open_ = [name for name, found in zip(few, met, strict=True) if not found]
    left = [many[n] for n in range(len(many)) if not any(n in found for found in met)]
    if len(many) - len(left) + len(open_) < LEAST or len(open_) >= len(few) or len(open_) > 1:
        return False
    return not open_ or any(_half(open_[0], name) for name in left)


def _half(one: Name, other: Name) -> bool:
    """Whether two names in two languages share half of their words, and nothing tells them apart."""
    shared = sum(any(part & found for found in other.parts) for part in one.parts)
    return one.language != other.language and agree(one, other) == 0 and shared * 2 >= max(len(one.parts), len(other.parts))


def _parties(one: View) -> list[Name]:
    roles = dict(one.roles)
    return [*roles["participants"], *roles["actors"]]
