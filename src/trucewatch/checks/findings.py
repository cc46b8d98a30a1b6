"""All findings of an index, in order: each check by its name, what stands in the copies of a wire told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from trucewatch.checks.counts import exceeding, falling, starts
from trucewatch.checks.days import ahead, weekdays
from trucewatch.checks.force import in_force
from trucewatch.checks.parts import parts
from trucewatch.checks.rates import rates
from trucewatch.checks.statements import abroad, again, quoted
from trucewatch.checks.terms import paraphrases
from trucewatch.link.counts import figure
from trucewatch.link.index import Index
from trucewatch.link.names import words
from trucewatch.link.origins import COPIED, shingles
from trucewatch.link.view import View, sentence_at
from trucewatch.model import Agreed, Article, Finding, Happening, LinkKnowledge, Quantity, Reason
from trucewatch.text.figuretext import dates, follows, tokens

NEAR = 60  # letters from a figure in which "a day" may stand


def findings(
    index: Index, articles: Mapping[str, Article], happenings: Iterable[Happening], agreed: Sequence[Agreed] = ()
) -> tuple[Finding, ...]:
    """All findings on the claims of an index and on the texts of these articles, ordered by check. `agreed`: what agreements
    say of spans of time."""
    by_article: dict[str, list[View]] = {}
    for key in sorted(index.views):
        by_article.setdefault(index.views[key].claim.article, []).append(index.views[key])
    found = [one for key in sorted(articles) for one in alone(articles[key], by_article.get(key, ()), agreed, index.knowledge)]
    return together(index, articles, happenings, found)


def alone(article: Article, views: Sequence[View], agreed: Sequence[Agreed], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """What can be found in an article and its claims (`views`, by id) without looking at others."""
    dated = tuple(dates(article.text, article.language, article.published, knowledge))
    yield from weekdays(article, dated)
    yield from parts(article, views, knowledge)
    yield from rates(article, views, knowledge)
    yield from paraphrases(article, views, agreed, knowledge)
    yield from ahead(article, views, dated, knowledge)


def together(
    index: Index, articles: Mapping[str, Article], happenings: Iterable[Happening], found: Iterable[Finding]
) -> tuple[Finding, ...]:
    """`found` (by `alone`) and what is seen only of several claims side by side, all in order. It needs the views of claims that
    count something, of statements printed again days later (`repeats`) or beside figures (`numbered`) and of agreements in
    force (`begins`); others may be missing from the index."""
    views = [index.views[key] for key in sorted(index.views)]
    happened = (v for v in views if v.claim.status in ("occurred", "ongoing"))
    counts = ((v, q) for v in happened for q in v.claim.quantities if not _rate(articles.get(v.claim.article), q, index))
    told = [(v, f) for v, q in counts if (f := figure(v, q))]
    counted = list(starts(told))
    taken = {f.reason.values for f in counted}
    agreed = (f for f in in_force(views, articles, index.knowledge) if f.reason.values not in taken)
    said = (*again(index, happenings), *abroad(views, index.knowledge), *quoted(articles, index))
    found = [*found, *falling(told), *exceeding(told), *counted, *agreed, *said]
    found = _copied(_once(found), articles, index)
    unique = {(f.check, f.claims, f.articles, f.quote, f.reason.values if not f.quote else ()): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (f.check, f.articles, f.claims, f.quote)))


def _rate(article: Article | None, quantity: Quantity, index: Index) -> bool:
    """Whether a quantity is told "a day", and so is no count since a beginning."""
    calendar = index.knowledge.calendars.get(article.language) if article else None
    if article is None or calendar is None or quantity.start is None:
        return False
    return follows(tokens(article.text, quantity.start, quantity.start + NEAR), 0, calendar.per_day, 4)


def _once(found: Sequence[Finding]) -> list[Finding]:
    """A statement printed again is told once for two articles, by its claims where it makes any."""
    claimed = {(f.check, f.articles) for f in found if f.claims}
    return [f for f in found if f.claims or f.check != "statement-printed-again" or (f.check, f.articles) not in claimed]


def _copied(found: Sequence[Finding], articles: Mapping[str, Article], index: Index) -> list[Finding]:
    """What stands in the copies of a wire is one finding: the first print is named first, the copies behind it."""
    alone = [f for f in found if len(f.articles) == 1 and f.articles[0] in articles]
    out = [f for f in found if len(f.articles) > 1 or f.articles[0] not in articles]
    firsts: dict[tuple[str, Reason], list[Finding]] = {}
    for one in sorted(alone, key=lambda f: (articles[f.articles[0]].published or date.max, f.articles, f.check, f.quote)):
        mine = firsts.setdefault((one.check, one.reason), [])
        old = next((f for f in mine if one.articles[0] not in f.articles and _copy(f, one, articles, index)), None)
        if old is None:
            mine.append(one)
        else:
            both = replace(old, claims=(*old.claims, *one.claims), articles=(*old.articles, *one.articles))
            mine[mine.index(old)] = both
    return [*out, *(f for mine in firsts.values() for f in mine)]


def _copy(one: Finding, other: Finding, articles: Mapping[str, Article], index: Index) -> bool:
    ours, theirs = (_grams(articles[f.articles[0]], f.quote, index) for f in (one, other))
    least = min(len(ours), len(theirs))
    return least > 0 and len(ours & theirs) >= COPIED * least


def _grams(article: Article, quote: str, index: Index) -> frozenset[tuple[str, ...]]:
    """The shingles of the sentence in which a quote stands."""
    at = max(0, article.text.find(quote))
    start, end = sentence_at(article.text, at, at + len(quote))
    return shingles(words(article.text[start:end], article.language, index.knowledge))
