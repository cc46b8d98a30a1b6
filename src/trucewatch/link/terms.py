"""A paraphrase against the agreement: spans of time as told, and as the text of an agreement has them."""

from collections.abc import Iterator, Sequence

from trucewatch.link.bounds import number
from trucewatch.link.figuretext import Token, follows, numbers, tokens
from trucewatch.link.view import View, day, sentences
from trucewatch.model import Agreed, Article, Calendar, Finding, LinkKnowledge, Reason

NEAR = 400  # letters back to the claim that a sentence without one goes on about


def paraphrases(article: Article, views: Sequence[View], agreed: Sequence[Agreed], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Lengths of time told of an act for which the agreement sets another length or none: the "72-hour" ceasefire."""
    calendar = knowledge.calendars.get(article.language)
    if calendar is None or not agreed:
        return
    for start, end in sentences(article.text).items():
        found = tokens(article.text, start, end)
        for at, hours in _lengths(found, calendar):
            act = _act(views, start, end, found[at].start)
            facts = [fact for fact in agreed if act is not None and _concerns(fact, act)]
            if act is None or not facts or any(fact.hours == hours for fact in facts):
                continue
            fact = facts[0]
            values = (("told", number(hours)), ("provision", f"{fact.agreement} {fact.provision}"), ("words", fact.words))
            quote = article.text[start:end].strip()
            yield Finding("paraphrase-differs", (act.id,), (article.id,), quote, Reason("paraphrase-differs", values))
            break


def _lengths(found: list[Token], calendar: Calendar) -> Iterator[tuple[int, float]]:
    """Numbers that are a length of time, in hours."""
    for at, told in numbers(found, calendar):
        reach = 2 if at + 1 < len(found) and found[at + 1].text == "-" else 1
        if follows(found, at, calendar.hours, reach):
            yield at, told
        elif follows(found, at, calendar.days, reach) and not follows(found, at, calendar.per_day, reach):
            yield at, told * 24


def _act(views: Sequence[View], start: int, end: int, at: int) -> View | None:
    """The claim that a length of time is told of: the nearest of its sentence, else the last one shortly before."""
    here = [v for v in views if start <= _start(v) < end]
    if here:
        return min(here, key=lambda v: (abs(_start(v) - at), v.id))
    before = [v for v in views if start - NEAR <= _start(v) < start]
    return max(before, key=lambda v: (_start(v), v.id), default=None)


def _start(view: View) -> int:
    return min((e.start for e in view.claim.evidence if e.role == "event"), default=0)


def _concerns(fact: Agreed, view: View) -> bool:
    claim = view.claim
    if claim.event not in fact.acts and f"{claim.event}.{claim.mode}" not in fact.acts:
        return False
    if fact.since and view.printed is not None and view.printed < (day(fact.since) or 0):
        return False
    if not fact.parties or fact.agreement in claim.about:
        return True
    told = {n.party for _, names in view.roles for n in names if n.party}
    return bool(told & set(fact.parties))
