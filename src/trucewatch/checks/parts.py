"""Arithmetic of a sentence: parts against their total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.link.view import View, sentences
from trucewatch.model import Article, Calendar, Finding, LinkKnowledge, Quantity, Reason
from trucewatch.text.countwords import Number, counts, length
from trucewatch.text.figuretext import Token, follows, tokens, written

SIGNS = (":", "(", "\u2013", "\u2014", "-")  # what opens a list of parts behind a total
LISTED, BARE = 0.25, 0.06  # how far a sum may miss a total that opens a list with a sign, or without, and still be meant for it
BEHIND = 3  # words behind a part in which "of them" may stand
AHEAD = 2  # words before a part in which "including" may stand
GAP = 8  # words between two parts of which the first is "of them"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a sentence with its place in the text; `of` and `part` as a claim tells them."""

    number: Number
    start: int
    end: int
    of: str | None
    exact: bool
    part: bool

    @property
    def at(self) -> int:
        """Position of its first token."""
        return self.number.at

    @property
    def last(self) -> int:
        """Position of its last token."""
        return self.number.last

    @property
    def value(self) -> float:
        """What it tells."""
        return self.number.value


def parts(article: Article, views: Sequence[View], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Sentences whose parts do not make their total: 491 against 497."""
    calendar = knowledge.calendars.get(article.language)
    prefixes = knowledge.prefixes.get(article.language, ())
    for start, end in sentences(article.text).items():
        found = tokens(article.text, start, end)
        told = _counts(found, views, calendar, prefixes) if found else []
        for total, part in zip(told, told[1:], strict=False):
            if total.exact and part.exact and part.value > total.value and _of_them(found, total, part, calendar):
                yield _exceeding(article, views, total, part)
        for at, total in enumerate(told):
            chosen = _misfit(found, total, told[at + 1 :], calendar) if total.exact else []
            if chosen:
                yield _parts_finding(article, views, total, chosen)
                break
            listed = _summed(found, told[:at], total, calendar)
            if listed and total.exact and not any(_sum(listed[n:]) == total.value for n in range(len(listed) - 1)):
                yield _parts_finding(article, views, total, listed)
                break


def _parts_finding(article: Article, views: Sequence[View], total: Count, chosen: Sequence[Count]) -> Finding:
    values = (
        ("parts", " + ".join(written(c.value) for c in chosen)),
        ("sum", written(_sum(chosen))),
        ("total", written(total.value)),
    )
    claims = tuple(v.id for v in views if any(q.start == total.start for q in v.claim.quantities))
    quote = article.text[min(total.start, chosen[0].start) : max(total.end, chosen[-1].end)]
    return Finding("parts-do-not-add-up", claims, (article.id,), quote, Reason("parts-do-not-add-up", values))


def _of_them(found: list[Token], total: Count, part: Count, calendar: Calendar | None) -> bool:
    """Whether the number right behind a total of people or breaches is told as some of it: "24 dead, 29 of them civilians",
    "including 29 civilians". Twelve families may be sixty people."""
    if total.of is None or total.of.startswith("other:") or part.of not in (None, total.of):
        return False
    if calendar is None or _timed(found, part, calendar):
        return False
    behind = follows(found, part.last, calendar.among, 1)
    ahead = part.at - total.last <= GAP and follows(found, part.at - 1 - AHEAD, calendar.among, AHEAD)
    return behind or ahead


def _exceeding(article: Article, views: Sequence[View], total: Count, part: Count) -> Finding:
    values = (("of", total.of or ""), ("part", written(part.value)), ("total", written(total.value)))
    claims = tuple(v.id for v in views if any(q.start == total.start for q in v.claim.quantities))
    quote = article.text[total.start : part.end]
    return Finding("part-exceeds-total", claims, (article.id,), quote, Reason("part-exceeds-total", values))


def _sum(counts: Sequence[Count]) -> float:
    return sum(c.value for c in counts)


def _misfit(found: list[Token], total: Count, rest: Sequence[Count], calendar: Calendar | None) -> Sequence[Count]:
    """The parts of a total that do not make it; empty where there are none, or they do."""
    listed = _list(found, total, rest, calendar)
    if len(listed) < 2:
        return ()
    if _some(found, total.last + 1, listed[0], calendar):  # "among them" names some: they may be fewer, but not more
        close = [c for c, before in zip(listed, (total, *listed), strict=False) if c.at - before.last <= GAP or before is total]
        own = [c for c in close if c.part or c.of in (None, total.of)]
        return own if len(own) >= 2 and own[0] is listed[0] and _sum(own) > total.value else ()
    if any(_sum(listed[:n]) == total.value for n in range(2, len(listed) + 1)):
        return ()
    chosen = min((listed[:n] for n in range(2, len(listed) + 1)), key=lambda some: abs(_sum(some) - total.value))
    return chosen if _meant(found, total, chosen) else ()


def _summed(found: list[Token], before: Sequence[Count], total: Count, calendar: Calendar | None) -> Sequence[Count]:
    """The numbers before one that is told as their sum: "12 in Tessel, 9 in Varno, 21 in all"."""
    if calendar is None:
        return ()
    ahead = any(follows(found, at - 1, calendar.sums, 1) for at in range(max(0, total.at - BEHIND), total.at))
    if not ahead and not follows(found, total.last, calendar.sums, BEHIND):
        return ()
    listed = [c for c in before if c.exact and c.value < total.value and not _timed(found, c, calendar)]
    same = [c for c in listed if c.part or None in (c.of, total.of) or c.of == total.of or (c.of or "").startswith("other:")]
    off = abs(_sum(same) - total.value) / total.value
    return same if len(same) >= 2 and same == listed and off <= LISTED else ()


def _list(found: list[Token], total: Count, rest: Sequence[Count], calendar: Calendar | None) -> list[Count]:
    """The numbers behind a total that may be its parts: smaller, exact, and of nothing that a claim counts as something else. A
    number that is some of a part is passed over: "45 civilians, 12 of them children"."""
    out: list[Count] = []
    for count in rest:
        other = count.of is not None and total.of is not None and count.of != total.of
        named = other and not (count.of or "").startswith("other:") and not (total.of or "").startswith("other:")
        if count.value >= total.value or not count.exact or named or _timed(found, count, calendar):
            break
        if not (out and _some(found, out[-1].last + 2, count, calendar)):  # behind "80 of them" no other part is meant
            out.append(count)
    return out


def _timed(found: list[Token], count: Count, calendar: Calendar | None) -> bool:
    if calendar is None:
        return False
    return length(found, count.number, calendar) is not None or follows(found, count.last, calendar.hours | calendar.per_day, 1)


def _some(found: list[Token], start: int, count: Count, calendar: Calendar | None) -> bool:
    """Whether words before or right behind a number say that it is some of those counted before."""
    if calendar is None:
        return False
    return follows(found, start - 1, calendar.among, count.at - start) or follows(found, count.last, calendar.among, BEHIND)


def _meant(found: list[Token], total: Count, chosen: Sequence[Count]) -> bool:
    """Whether the numbers are told as the parts of the total, or miss it so closely that they must be."""
    off = abs(_sum(chosen) - total.value) / total.value
    if all(c.part for c in chosen):
        return True
    between = [t.text for t in found[total.last + 1 : chosen[0].at]]
    opened = any(sign in between for sign in SIGNS)
    return off <= LISTED if opened else len(chosen) >= 3 and off <= BARE


def _counts(found: list[Token], views: Sequence[View], calendar: Calendar | None, prefixes: tuple[str, ...]) -> list[Count]:
    """Numbers in digits and in words by place, with what claims say of them."""
    start, end = found[0].start, found[-1].end
    here = [(v, q) for v in views for q in v.claim.quantities]
    placed = {(q.start, q.end or q.start): q for _, q in here if q.start is not None and start <= q.start < end}
    loose = {q.value: q for v, q in here if q.start is None and start <= v.sentence[0] + 1 <= end}
    out: dict[int, Count] = {}
    for told in counts(found, calendar, prefixes):
        first, last = found[told.at].start, found[told.last].end
        spot = next((q for (a, b), q in placed.items() if a < last and first < b and q.value == told.value), None)
        out[told.at] = _count(told, first, last, spot or loose.get(told.value))
    for (a, b), q in placed.items():
        inside = [at for at, token in enumerate(found) if token.start < b and a < token.end]
        if inside and q.derived is None and not any(c.start < b and a < c.end for c in out.values()):
            out[inside[0]] = _count(Number(inside[0], inside[-1], q.value), a, b, q)
    return [out[at] for at in sorted(out)]


def _count(number: Number, start: int, end: int, told: Quantity | None) -> Count:
    exact = told is None or told.bound == "exact"
    return Count(number, start, end, told.of if told else None, exact, bool(told and told.scope == "part"))
