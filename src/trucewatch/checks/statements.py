"""Statements printed days later as if they were new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from trucewatch.checks.remark import remark
from trucewatch.link.compare import REPEAT, compare, said_again
from trucewatch.link.counts import same_voice
from trucewatch.link.days import TAKEN_UP
from trucewatch.link.index import Index
from trucewatch.link.names import best, words
from trucewatch.link.view import View, iso, quotes, sentence_at
from trucewatch.model import Article, Claim, Finding, Happening, LinkKnowledge, Reason
from trucewatch.text.figuretext import dates

MANY = 9  # words from which a quote is no title, whatever stands around it
SIGNS = (",", ".", "!", "?", "\u060c", "\u061f")
LEAST_WORDS = 4  # words of a quote that is long enough to be known again
SAID = 3  # days before its first print on which a statement may have been made
AROUND = 200  # letters around a quote in which its date may stand
LEAST_FIGURES = 2  # figures of two digits or more that make a statement known across languages
AGAIN = 5  # days from which a statement printed a second time counts as old


def again(index: Index, happenings: Iterable[Happening]) -> Iterator[Finding]:
    """A statement printed days later as if it were new; its first print dates it."""
    for happening in happenings:
        for origin in happening.origins:
            keys = (origin.first, *(key for key in origin.claims if key != origin.first))
            told = [index.views[key] for key in keys if key in index.views]  # one may link two that are unlike
            for other in told[1:]:
                if any(_old_news(index, early, other) for early in told if early is not other):
                    values = (("first", iso(told[0].printed or 1)), ("day", iso(other.printed or 1)))
                    yield remark("statement-printed-again", other, (told[0],), values)


def abroad(views: Sequence[View], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Statements printed days later in another language. Words do not meet there: one speaker, one kind of utterance, the same
    others and all the same figures of the sentence, at least two of them, make it the same. A speaker who says only something
    alike is left alone."""
    groups: dict[tuple[str, str | None, frozenset[str]], list[View]] = {}
    for one in sorted(views, key=lambda v: (v.printed or 0, v.id)):
        figures = frozenset(mark for mark in one.marks if mark.isdigit())
        if len(figures) >= LEAST_FIGURES and one.claim.event in knowledge.spoken and one.voice and one.printed is not None:
            told = groups.setdefault((one.claim.event, one.claim.mode, figures), [])
            old = next((early for early in told if _abroad(early, one)), None)
            if old is not None:
                values = (("first", iso(old.printed or 1)), ("day", iso(one.printed)))
                yield remark("statement-printed-again", one, (old,), values)
            told.append(one)


def _abroad(old: View, new: View) -> bool:
    days = (new.printed or 0) - (old.printed or 0)
    if old.language == new.language or not AGAIN <= days <= TAKEN_UP or old.running or new.running or _told_back(old, new):
        return False
    sides = zip(old.roles, new.roles, strict=True)
    met = all(not ours or not theirs or role == "actors" or best(ours, theirs)[0] > 0 for (role, ours), (_, theirs) in sides)
    return met and same_voice(old, new) and old.claim.status == new.claim.status == "occurred"


def numbered(claim: Claim, article: Article, knowledge: LinkKnowledge) -> bool:
    """Whether a claim may be a statement that `abroad` looks at: an utterance beside figures."""
    if claim.event not in knowledge.spoken or claim.status != "occurred":
        return False
    places = [place for e in claim.evidence if e.role == "event" for place in (e.start, e.end)]
    start, end = sentence_at(article.text, min(places), max(places)) if places else (0, 0)
    return sum(letter.isdigit() for letter in article.text[start:end]) >= 2 * LEAST_FIGURES


def repeats(happening: Happening, printed: Mapping[str, date]) -> Iterator[str]:
    """The claims of origins that were told in prints days apart; `printed`: claim -> day of print."""
    for origin in happening.origins:
        days = [printed[key] for key in origin.claims if key in printed]
        if days and (max(days) - min(days)).days >= AGAIN:
            yield from origin.claims


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


def _old_news(index: Index, first: View, other: View) -> bool:
    if first.printed is None or other.printed is None or other.printed - first.printed < AGAIN or first.running:
        return False
    said = first.doer or first.voice
    if _told_back(first, other) or not said or first.claim.event != other.claim.event or first.claim.status != other.claim.status:
        return False
    found = compare(first, other, index.knowledge)
    rules = {r.rule for r in found.reasons} if found else set()
    return bool(rules & {"printed-again", "taken-up", "same-quote"}) or said_again(first, other) >= REPEAT


def _told_back(first: View, other: View) -> bool:
    """Whether the later print says itself that it was said before the first print."""
    return other.firm and other.span is not None and first.printed is not None and other.span[1] <= first.printed
