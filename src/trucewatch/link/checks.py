"""Named checks: what in the claims and their texts does not fit together. A finding is a remark for a reader; nothing is
corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations

from trucewatch.link.bounds import shown
from trucewatch.link.compare import REPEAT, compare, said_again
from trucewatch.link.counts import counts_alike, crossed, figure, quantity, same_voice
from trucewatch.link.index import Index
from trucewatch.link.names import words
from trucewatch.link.origins import COPIED, shingles
from trucewatch.link.sums import parts, rates
from trucewatch.link.terms import paraphrases
from trucewatch.link.view import View, iso, quotes, sentence_at
from trucewatch.model import Agreed, Article, Figure, Finding, Happening, Quantity, Reason
from trucewatch.text.figuretext import dates, follows, tokens

MANY = 9  # words from which a quote is no title, whatever stands around it
SIGNS = (",", ".", "!", "?", "\u060c", "\u061f")
LEAST_WORDS = 4  # words of a quote that is long enough to be known again
SAID = 3  # days before its first print on which a statement may have been made
AROUND = 200  # letters around a quote in which its date may stand
AGAIN = 5  # days from which a statement printed a second time counts as old
STARTS = (1, 7)  # days between two starts that are meant for the same beginning but differ
NEAR = 60  # letters from a figure in which "a day" may stand
LOOK = 120  # days between two figures that are compared at all
ASIDE = 60  # days between figures whose starts are compared


def findings(
    index: Index, articles: Mapping[str, Article], happenings: Iterable[Happening], agreed: Sequence[Agreed] = ()
) -> tuple[Finding, ...]:
    """All findings on the claims of an index and on the texts of these articles, ordered by check. `agreed`: what agreements
    say of spans of time."""
    views = [index.views[key] for key in sorted(index.views)]
    by_article: dict[str, list[View]] = {}
    for one in views:
        by_article.setdefault(one.claim.article, []).append(one)
    found: list[Finding] = []
    for key in sorted(articles):
        mine = by_article.get(key, [])
        found += weekdays(articles[key], index)
        found += parts(articles[key], mine, index.knowledge)
        found += rates(articles[key], mine, index.knowledge)
        found += paraphrases(articles[key], mine, agreed, index.knowledge)
    happened = (v for v in views if v.claim.status in ("occurred", "ongoing"))
    counts = ((v, q) for v in happened for q in v.claim.quantities if not _rate(articles.get(v.claim.article), q, index))
    told = [(v, f) for v, q in counts if (f := figure(v, q))]
    found += falling(told)
    found += exceeding(told)
    found += starts(told)
    found += ahead(views)
    found += again(index, happenings)
    found += quoted(articles, index)
    found = _once(found)
    found = _copied(found, articles, index)
    unique = {(f.check, f.claims, f.articles, f.quote, f.reason.values if not f.quote else ()): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (f.check, f.articles, f.claims, f.quote)))


def _rate(article: Article | None, quantity: Quantity, index: Index) -> bool:
    """Whether a quantity is told "a day", and so is no count since a beginning."""
    calendar = index.knowledge.calendars.get(article.language) if article else None
    if article is None or calendar is None or quantity.start is None:
        return False
    return follows(tokens(article.text, quantity.start, quantity.start + NEAR), 0, calendar.per_day, 4)


def weekdays(article: Article, index: Index) -> Iterator[Finding]:
    """Dates whose weekday is another one, and dates that there are not."""
    for told in dates(article.text, article.language, article.published, index.knowledge):
        if told.day is None:
            yield Finding("impossible-date", (), (article.id,), told.shown, Reason("impossible-date", (("day", told.shown),)))
        elif told.weekday is not None and told.day.isoweekday() != told.weekday:
            values = (("day", told.day.isoformat()), ("was", _day_name(told.day)), ("told", told.shown))
            yield Finding("weekday-against-date", (), (article.id,), told.shown, Reason("weekday-against-date", values))


def _day_name(day: date) -> str:
    return f"weekday {day.isoweekday()}"


def falling(told: Sequence[tuple[View, Figure]]) -> Iterator[Finding]:
    """A running count of one source that is lower than its count of the nearest day before, in another article: within one, the
    lower number is a part of the greater as a rule."""
    for group in _running(told):
        for at, (new_view, new) in enumerate(group):
            earlier = ((v, f) for v, f in reversed(group[:at]) if f.day < new.day and f.article != new.article)
            before = ((v, f) for v, f in earlier if same_voice(v, new_view) and counts_alike(v, f, new_view, new))
            old_view, old = next(before, (new_view, new))
            if old.low is not None and new.high is not None and new.high < old.low:
                values = (("source", new.source), ("of", new.of), ("old", _told(old)), ("before", old.day), ("new", _told(new)))
                yield _finding("falling-total", new_view, (old_view,), (*values, ("day", new.day)))


def exceeding(told: Sequence[tuple[View, Figure]]) -> Iterator[Finding]:
    """A count of one source over a part of the time that is greater than its count over all of it."""
    for (one_view, one), (other_view, other) in _pairs(told):
        if not (one.start and other.start) or not same_voice(one_view, other_view) or one.of != other.of:
            continue
        part, whole, part_view, whole_view = (one, other, one_view, other_view)
        if (whole.start or "") > (part.start or "") or whole.day < part.day:
            part, whole, part_view, whole_view = (other, one, other_view, one_view)
        inside = (whole.start or "") < (part.start or "") and part.day <= whole.day
        if inside and _apart(part) > STARTS[1] and part.low is not None and whole.high is not None and part.low > whole.high:
            values = (("of", part.of), ("part", _told(part)), ("total", _told(whole)))
            yield _finding("part-exceeds-total", part_view, (whole_view,), values)


def _apart(one: Figure) -> int:
    return _days(one.start or one.day, one.day)


def starts(told: Sequence[tuple[View, Figure]]) -> Iterator[Finding]:
    """Counts of the same thing, or of two sides of each other's deeds, that begin on different days near each other: one finding
    for each pair of days, where one article tells both the first such. A calendar month is no beginning."""
    seen: set[tuple[str, str]] = set()
    for (one_view, one), (other_view, other) in [*_within(told), *_pairs(told)]:
        if not (one.start and other.start) or one.start == other.start or _month(one) or _month(other):
            continue
        if not counts_alike(one_view, one, other_view, other) and not crossed(one_view, other_view):
            continue
        late, early = (one_view, other_view) if one.start > other.start else (other_view, one_view)
        first, last = sorted((one.start, other.start))
        near = STARTS[0] <= _days(first, last) <= STARTS[1] and _days(*sorted((one.day, other.day))) <= ASIDE
        if near and late.firm and early.firm and (first, last) not in seen:
            seen.add((first, last))
            yield _finding("starts-differ", late, (early,), (("one", first), ("other", last)))


def _within(told: Sequence[tuple[View, Figure]]) -> Iterator[tuple[tuple[View, Figure], tuple[View, Figure]]]:
    """Pairs of running figures of one article, whatever they count."""
    groups: dict[str, list[tuple[View, Figure]]] = {}
    for one in told:
        if one[1].scope in ("cumulative", "total"):
            groups.setdefault(one[0].claim.article, []).append(one)
    for key in sorted(groups):
        yield from combinations(groups[key], 2)


def _month(one: Figure) -> bool:
    """Whether a count covers whole months of the calendar."""
    return (one.start or "").endswith("-01") and (date.fromisoformat(one.day) + timedelta(days=1)).day == 1


def ahead(views: Sequence[View]) -> Iterator[Finding]:
    """Told as past on a day that lies after the day of print. Only where the text itself names the year."""
    for one in views:
        when = one.claim.when
        if not when or when.basis != "stated" or one.claim.status != "occurred" or not one.span or one.printed is None:
            continue
        if one.span[0] > one.printed + 1 and when.start and when.start[:4] in (when.text or ""):
            values = (("day", iso(one.span[0])), ("printed", iso(one.printed)))
            yield _finding("day-after-print", one, (), values)


def again(index: Index, happenings: Iterable[Happening]) -> Iterator[Finding]:
    """A statement printed days later as if it were new; its first print dates it."""
    for happening in happenings:
        for origin in happening.origins:
            first = index.views[origin.first]
            told = [
                first,
                *(index.views[key] for key in origin.claims if key != origin.first),
            ]  # one may link two that are unlike
            for other in told[1:]:
                if any(_old_news(index, early, other) for early in told if early is not other):
                    values = (("first", iso(first.printed or 1)), ("day", iso(other.printed or 1)))
                    yield _finding("statement-printed-again", other, (first,), values)


def quoted(articles: Mapping[str, Article], index: Index) -> Iterator[Finding]:
    """Quoted words that an earlier article of the same language printed days before, whether or not they make a claim."""
    first: dict[tuple[str, str], Article] = {}
    dated = [a for a in articles.values() if a.published]
    for article in sorted(dated, key=lambda a: (a.published or date.min, a.id)):
        for start, end, quote in filter(partial(_utterance, article.text), quotes(article.text)):
            key = (article.language, " ".join(words(quote, article.language, index.knowledge)))
            if len(key[1].split()) < LEAST_WORDS:
                continue
            old = first.setdefault(key, article)
            days = ((article.published or date.min) - (old.published or date.min)).days
            if days >= AGAIN and not _dates_it(article, start, end, old, index):
                values = (("first", str(old.published)), ("day", str(article.published)))
                yield Finding(
                    "statement-printed-again", (), (article.id, old.id), quote, Reason("statement-printed-again", values)
                )


def _utterance(text: str, quote: tuple[int, int, str]) -> bool:
    """Whether quoted words are something said and no title: a colon before them, a sign at their end, or many words."""
    start, _, words = quote
    signed = words.rstrip()[-1:] in SIGNS or text[: start - 1].rstrip().endswith(":")
    letters = [word for word in words.split() if len(word) > 3]
    titled = bool(letters) and sum(word[:1].isupper() for word in letters) * 2 > len(letters)
    return not titled and (signed or len(words.split()) >= MANY)


def _dates_it(article: Article, start: int, end: int, old: Article, index: Index) -> bool:
    """Whether the text says itself that the words are old: the day of their first print, or shortly before, stands near them."""
    told = dates(article.text, article.language, article.published, index.knowledge)
    near = [t.day for t in told if t.day and start - AROUND <= t.start and t.end <= end + AROUND]
    return any(old.published is not None and -1 <= (old.published - day).days <= SAID for day in near)


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


def _old_news(index: Index, first: View, other: View) -> bool:
    if first.printed is None or other.printed is None or other.printed - first.printed < AGAIN or first.running:
        return False
    told_back = other.firm and other.span is not None and other.span[1] <= first.printed
    said = first.doer or first.voice
    if told_back or not said or first.claim.event != other.claim.event or first.claim.status != other.claim.status:
        return False
    found = compare(first, other, index.knowledge)
    rules = {r.rule for r in found.reasons} if found else set()
    return bool(rules & {"printed-again", "taken-up", "same-quote"}) or said_again(first, other) >= REPEAT


def _running(told: Sequence[tuple[View, Figure]]) -> list[list[tuple[View, Figure]]]:
    """Running figures by what they count, each group by day."""
    groups: dict[str, list[tuple[View, Figure]]] = {}
    for view, one in told:
        if one.scope in ("cumulative", "total"):
            groups.setdefault(one.of, []).append((view, one))
    return [sorted(groups[of], key=lambda pair: (pair[1].day, pair[0].id, pair[1].value)) for of in sorted(groups)]


def _pairs(told: Sequence[tuple[View, Figure]]) -> Iterator[tuple[tuple[View, Figure], tuple[View, Figure]]]:
    """Pairs of running figures of one thing whose days are near each other, the earlier day first."""
    for group in _running(told):
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if _days(one[1].day, other[1].day) > LOOK:
                    break
                yield one, other


def _finding(check: str, view: View, others: Sequence[View], values: tuple[tuple[str, str], ...]) -> Finding:
    claims = (view.id, *(v.id for v in others))
    articles = tuple(dict.fromkeys((view.claim.article, *(v.claim.article for v in others))))
    quote = next((e.quote for e in view.claim.evidence if e.role == "event"), "")
    return Finding(check, claims, articles, quote, Reason(check, values))


def _told(one: Figure) -> str:
    return shown(quantity(one))


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
