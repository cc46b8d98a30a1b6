"""A paraphrase against the agreement: spans of time as told, and as the text of an agreement has them."""

from collections.abc import Iterable, Iterator, Sequence

from trucewatch.link.view import View, day, sentences
from trucewatch.model import MODES, Agreed, Article, Calendar, Finding, LinkKnowledge, Reason
from trucewatch.model.agreement import PRINCIPALS, Agreement, Signal
from trucewatch.text.calls import sought
from trucewatch.text.countwords import counts, length
from trucewatch.text.figuretext import Token, follows, tokens, written
from trucewatch.text.fold import fold_text

UNITS = {"hours": 1, "days": 24}
LONGEST = 240  # hours up to which a length told of what has no term is taken for a term: "held for a hundred days" is none
TIMES = 4  # a length more than so many times longer or shorter is told of something else
NEAR = 400  # letters back to the claim that a sentence without one goes on about


def paraphrases(article: Article, views: Sequence[View], agreed: Sequence[Agreed], knowledge: LinkKnowledge) -> Iterator[Finding]:
    """Lengths of time told of an act for which the agreement sets another length or none: the "72-hour" ceasefire."""
    calendar = knowledge.calendars.get(article.language)
    if calendar is None or not agreed:
        return
    for start, end in sentences(article.text).items():
        found = tokens(article.text, start, end)
        for at, hours in _lengths(found, calendar, knowledge.prefixes.get(article.language, ())):
            act = _act(views, start, end, found[at].start)
            sentence = fold_text(article.text[start:end])
            facts = [fact for fact in agreed if act is not None and _concerns(fact, act) and _called(fact, sentence, act)]
            if act is None or not facts or any(fact.hours == hours for fact in facts):
                continue
            fact = facts[0]
            if not _may_be_meant(fact, hours):
                continue
            values = (("told", written(hours)), ("provision", f"{fact.agreement} {fact.provision}"), ("words", fact.words))
            quote = article.text[start:end].strip()
            yield Finding("paraphrase-differs", (act.id,), (article.id,), quote, Reason("paraphrase-differs", values))
            break


def agreed_of(agreement: Agreement, language: str = "en") -> tuple[Agreed, ...]:
    """What an agreement's file says of spans of time: provisions due within hours or days, and a ceasefire in force without a
    term."""
    names = [p for p in agreement.parties if p.role in PRINCIPALS]
    parties = tuple(sorted({i for p in names for i in (p.party, *p.also)}))
    since = min((stretch.start.start.isoformat() for stretch in agreement.in_force), default=None)
    open_ = bool(agreement.in_force) and agreement.in_force[-1].end is None
    out = []
    for row in agreement.provisions:
        signals = [s for s in row.signals if s.says == "for"]
        due = row.due.within if row.due and row.due.unit in UNITS else None
        words = dict(row.words).get(language) or row.id
        if due is not None and row.due is not None and row.due.unit is not None:
            acts = _acts(s for s in signals if "AGREE" not in s.events)
            out.append(Agreed(agreement.id, row.id, acts, float(due * UNITS[row.due.unit]), words, parties, since))
        elif row.nature == "keep" and "cease" in row.pam and open_:
            named = [s for s in signals if s.words]
            calls = tuple(sorted({term for s in named for _, terms in s.words for term in terms}))
            out.append(Agreed(agreement.id, row.id, _acts(named), None, words, parties, since, calls))
    return tuple(fact for fact in out if fact.acts)


def _acts(signals: Iterable[Signal]) -> tuple[str, ...]:
    pairs = ((event, mode) for s in signals for event in s.events for mode in (s.modes or ("unstated", *MODES[event])))
    return tuple(dict.fromkeys(event if mode == "unstated" else f"{event}.{mode}" for event, mode in pairs))


def _called(fact: Agreed, sentence: str, act: View) -> bool:
    text = f"{sentence} {' '.join(fold_text(e.quote) for e in act.claim.evidence)}"
    return not fact.calls or any(sought(term).search(text) for term in fact.calls)


def _may_be_meant(fact: Agreed, hours: float) -> bool:
    return hours <= LONGEST if fact.hours is None else fact.hours / TIMES <= hours <= fact.hours * TIMES


def _lengths(found: list[Token], calendar: Calendar, prefixes: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    """Numbers that are a length of time, in hours."""
    for told in counts(found, calendar, prefixes):
        reach = 2 if told.last + 1 < len(found) and found[told.last + 1].text == "-" else 1
        days = length(found, told, calendar)
        if follows(found, told.last, calendar.hours, reach):
            yield told.at, told.value
        elif days is not None:
            yield told.at, days * 24


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
