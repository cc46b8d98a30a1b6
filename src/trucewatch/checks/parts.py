"""Arithmetic of a sentence: parts against their total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.link.view import View, sentences
from trucewatch.model import Article, Calendar, Finding, LinkKnowledge, Reason
from trucewatch.text.figuretext import Token, follows, numbers, tokens, written

SIGNS = (":", "(", "\u2013", "\u2014", "-")  # what opens a list of parts behind a total
LISTED, BARE = 0.25, 0.06  # how far a sum may miss a total that opens a list with a sign, or without, and still be meant for it


@dataclass(frozen=True, slots=True)
class Count:
    """A number of a sentence: position among its tokens, value, place in the text; `of` and `part` as a claim tells them."""

    at: int
    value: float
    start: int
    end: int
    of: str | None
    exact: bool
    part: bool


def parts(article: Article, views: Sequence[View], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Sentences whose parts do not make their total: 491 against 497."""
    calendar = knowledge.calendars.get(article.language)
    for start, end in sentences(article.text).items():
        found = tokens(article.text, start, end)
        told = _counts(found, views, calendar)
        for at, total in enumerate(told):
            listed = _list(found, total, told[at + 1 :], calendar)
            if listed and total.exact and not _adds_up(total, listed):
                chosen = min((listed[:n] for n in range(2, len(listed) + 1)), key=lambda some: abs(_sum(some) - total.value))
                if _meant(found, total, chosen):
                    yield _parts_finding(article, views, total, chosen)
                    break


def _parts_finding(article: Article, views: Sequence[View], total: Count, chosen: Sequence[Count]) -> Finding:
    values = (
        ("parts", " + ".join(written(c.value) for c in chosen)),
        ("sum", written(_sum(chosen))),
        ("total", written(total.value)),
    )
    claims = tuple(v.id for v in views if any(q.start == total.start for q in v.claim.quantities))
    quote = article.text[total.start : chosen[-1].end]
    return Finding("parts-do-not-add-up", claims, (article.id,), quote, Reason("parts-do-not-add-up", values))


def _sum(counts: Sequence[Count]) -> float:
    return sum(c.value for c in counts)


def _adds_up(total: Count, listed: Sequence[Count]) -> bool:
    return any(_sum(listed[:n]) == total.value for n in range(2, len(listed) + 1))


def _list(found: list[Token], total: Count, rest: Sequence[Count], calendar: Calendar | None) -> list[Count]:
    """The numbers behind a total that may be its parts: smaller, exact, and of nothing that a claim counts as something else."""
    out: list[Count] = []
    for count in rest:
        other = count.of is not None and total.of is not None and count.of != total.of and not count.part
        named = other and not (count.of or "").startswith("other:") and not (total.of or "").startswith("other:")
        length = calendar is not None and follows(found, count.at, calendar.days | calendar.hours | calendar.per_day, 1)
        if count.value >= total.value or not count.exact or named or length:
            break
        out.append(count)
    return out if len(out) >= 2 else []


def _meant(found: list[Token], total: Count, chosen: Sequence[Count]) -> bool:
    """Whether the numbers are told as the parts of the total, or miss it so closely that they must be."""
    off = abs(_sum(chosen) - total.value) / total.value
    if all(c.part for c in chosen):
        return True
    between = [t.text for t in found[total.at + 1 : chosen[0].at]]
    opened = any(sign in between for sign in SIGNS)
    return off <= LISTED if opened else len(chosen) >= 3 and off <= BARE


def _counts(found: list[Token], views: Sequence[View], calendar: Calendar | None) -> list[Count]:
    """Numbers in digits and those that claims read in words, by place."""
    if not found:
        return []
    start, end = found[0].start, found[-1].end
    known = {(q.start, q.end): q for v in views for q in v.claim.quantities if q.start is not None and start <= q.start < end}
    out: dict[int, Count] = {}
    for at, value in numbers(found, calendar):
        token = found[at]
        q = next((q for (a, b), q in known.items() if a <= token.start and token.end <= (b or a) and q.value == value), None)
        exact = q is None or q.bound == "exact"
        out[at] = Count(at, value, token.start, token.end, q.of if q else None, exact, bool(q and q.scope == "part"))
    for (a, b), q in known.items():
        inside = [at for at, token in enumerate(found) if a <= token.start < (b or a)]
        if inside and not set(inside) & out.keys() and q.derived is None:
            out[inside[0]] = Count(inside[0], q.value, a, b or a, q.of, q.bound == "exact", q.scope == "part")
    return [out[at] for at in sorted(out)]
