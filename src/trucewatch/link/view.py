"""A claim as linking sees it: days as numbers, names as comparable words, the sentence it stands in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile

from trucewatch.link.names import LONG, Name, name, skeletons, words
from trucewatch.model import Article, Claim, LinkKnowledge, Quantity, Role, Voice, Where
from trucewatch.text.fold import fold_text

NARROW = 3  # days up to which an interval is taken for "the day" of a happening
STRETCH = 12  # days from which a figure is a count over time and not of one act
SINGLE = 5  # breaches up to which a claim may still tell of one act
TOLLS = frozenset({"ASSAULT", "VIOLATION", "CASUALTIES"})
COUNTED = ("VIOLATION", "CASUALTIES", "ASSAULT", "AID", "RETREAT")
HEADING = 160  # letters at the top of an article where a correction is announced
ROLES = ("actors", "recipients", "participants")
_ENDS = re.compile(r"[.!?\u061f](?=\s|[\"'\u201d\u00bb)]|$)|\n")
_QUOTED = re.compile(r"[\"\u201c\u00ab\u201e]([^\"\u201c\u201d\u00ab\u00bb\u201e]{12,}?)[\"\u201d\u00bb]")
_LETTERS = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"(?: [^\W\d_]+)+")
_NEXT = re.compile(r" [^\W\d_]{3,}")
OWNED = ("'s ", "\u2019s ")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class View:
    """`span`: first and last day as ordinals, None = not told; `printed`: day of print; `running`: a count since a start,
    whose day is the last of its span. `sentence`: its place; `words`, `marks` (skeletons of names, figures; `named`: of its
    own roles) and `quotes` are those of its sentence; `block` the words of its paragraph in order, for copies; `heading`
    those at the top of the article. `said`: the words but names, and without the speaker and his office in front of them."""

    claim: Claim
    language: str
    outlet: str | None
    agencies: frozenset[str]
    credited: tuple[Name, ...]
    printed: int | None
    span: tuple[int, int] | None
    firm: bool
    running: bool
    where: Where | None
    place: Name | None
    roles: tuple[tuple[str, tuple[Name, ...]], ...]
    voice: Name | None
    doer: tuple[Name, ...]
    said: frozenset[str]
    object: frozenset[str]
    words: frozenset[str]
    marks: frozenset[str]
    named: frozenset[str]
    quotes: frozenset[str]
    block: tuple[str, ...]
    heading: tuple[str, ...]
    sentence: tuple[int, int]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id


def day(text: str | None) -> int | None:
    """The ordinal of an ISO day, None where it is none."""
    try:
        return date.fromisoformat(text).toordinal() if text else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def iso(ordinal: int) -> str:
    """The ISO day of an ordinal."""
    return date.fromordinal(ordinal).isoformat()


def view(claim: Claim, article: Article | None, knowledge: LinkKnowledge) -> View:
    """What linking compares of a claim. Without its article the evidence stands in for the sentence."""
    language = article.language if article else ""
    start, end = _event(claim)
    around = sentence_at(article.text, start, end) if article else (start, end)
    sentence = article.text[slice(*around)] if article else _quotes(claim)
    paragraph = _paragraph(article.text, start, end) if article else sentence
    found = words(sentence, language, knowledge)
    voice = _voice(claim, article, knowledge)
    roles = tuple(
        (
            role,
            tuple(
                name(r.party, _full(r, article, knowledge), language, knowledge)
                for r in getattr(claim, role)
                if r.as_ != "abstaining"
            ),
        )
        for role in ROLES
    )
    running = _running(claim)
    span = _span(claim, running)
    spoken = claim.event in knowledge.spoken
    told = (*(one for _, group in roles for one in group), *((voice,) if voice else ()))
    return View(
        claim=claim,
        language=language,
        outlet=article.outlet if article else claim.speaker[0].party if claim.speaker else None,
        agencies=_agencies(claim, article),
        credited=tuple(name(None, agency, language, knowledge) for agency in (article.agencies if article else ())),
        printed=article.published.toordinal() if article and article.published else None,
        span=span,
        firm=bool(claim.when and claim.when.basis != "inferred"),
        running=running,
        where=claim.where,
        place=name(claim.where.place, claim.where.text, language, knowledge) if claim.where else None,
        roles=roles,
        voice=voice,
        doer=(roles[0][1] or ((voice,) if voice else ())) if spoken else (),
        said=_said(claim, article, around, language, knowledge) - {word for one in told for word in one.words},
        object=frozenset(w for w in words(claim.object.text, language, knowledge) if len(w) > 2) if claim.object else frozenset(),
        words=frozenset(word for word in found if len(word) > 2),
        marks=_marks(sentence, language, knowledge),
        named=_named(claim, language, knowledge),
        quotes=frozenset(" ".join(words(q, language, knowledge)) for q in _QUOTED.findall(paragraph)),
        block=words(paragraph, language, knowledge),
        heading=words(article.text[:HEADING], language, knowledge) if article else (),
        sentence=around,
    )


def _event(claim: Claim) -> tuple[int, int]:
    pieces = [(e.start, e.end) for e in claim.evidence if e.role == "event"] or [(e.start, e.end) for e in claim.evidence]
    return (min(p[0] for p in pieces), max(p[1] for p in pieces)) if pieces else (0, 0)


def _said(
    claim: Claim, article: Article | None, around: tuple[int, int], language: str, knowledge: LinkKnowledge
) -> frozenset[str]:
    if article is None:
        return frozenset(word for word in words(_quotes(claim), language, knowledge) if len(word) > 2)
    half = sum(around) / 2
    ends = [v.end for v in claim.speaker if v.start is not None and v.end and around[0] <= v.start < _event(claim)[0] < half]
    return frozenset(w for w in words(article.text[max((around[0], *ends)) : around[1]], language, knowledge) if len(w) > 2)


def _quotes(claim: Claim) -> str:
    return " ".join(dict.fromkeys(e.quote for e in claim.evidence))


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, roughly: from the end of the one before to its own."""
    before = [m.end() for m in _ENDS.finditer(text, max(0, start - 600), start)]
    after = _ENDS.search(text, end)
    return (before[-1] if before else max(0, start - 600)), (after.end() if after else min(len(text), end + 600))


def _paragraph(text: str, start: int, end: int) -> str:
    opened = text.rfind("\n", 0, start) + 1
    closed = text.find("\n", end)
    return text[opened : closed if closed >= 0 else len(text)]


def _full(told: Role | Voice, article: Article | None, knowledge: LinkKnowledge) -> str | None:
    """The words of somebody without an id, whose name may have been cut: with the owner before a bare "'s army"; a body that is
    only called what it is ("the army", "relief office") with the name before or behind it."""
    text = told.text
    if told.party or not text or told.start is None or told.end is None or article is None:
        return text
    before, behind = article.text[: told.start], article.text[told.end :]
    if text.startswith(OWNED):
        return before.split()[-1] + text if before.strip() else text
    known = knowledge.common.get(article.language, {})
    owners = knowledge.owners.get(article.language, ())
    called = [word for word in _LETTERS.findall(fold_text(text)) if len(word) > 2 and word not in knowledge.empty]
    if text[0].lower() == text[0].upper():
        return text + _governed(text, behind, article.text, known, owners)
    if not called or not all(word in known for word in called):
        return text
    front = [] if fold_text(text.split()[0]) in knowledge.empty else _fronted(before, article.language, known, knowledge)
    return " ".join([*front, text, *_owner(behind, owners)])


def _owner(behind: str, owners: Sequence[str]) -> list[str]:
    """The name right behind a common word: "of Halmar" behind "the army"."""
    words_ = _RUN.match(behind)
    found = words_.group().split() if words_ else []
    owner = next((o.split() for o in owners if found[: len(o.split())] == o.split()), [])
    named = list(takewhile(lambda word: word[0].isupper(), found[len(owner) :])) if owner else []
    return [*owner, *named] if named else []


def _role(told: Role, role: str, article: Article | None, language: str, knowledge: LinkKnowledge) -> Name:
    """Somebody in a role; what is hit keeps its words, for behind them stands where it lies as a rule."""
    return name(told.party, told.text if role == "recipients" else _full(told, article, knowledge), language, knowledge)


def _governed(text: str, behind: str, whole: str, known: Mapping[str, frozenset[str]], owners: Sequence[str]) -> str:
    """In a script without capitals: what follows a common word that bears no article and so governs the next, where a body is
    ("in Zurqan"), and what the text puts behind a single word again and again."""
    out = ""
    last = text.split()[-1]
    while (next_ := _NEXT.match(behind, len(out))) and fold_text(last) in known:
        last = next_.group().strip()
        out += next_.group()
    placed = next((o for o in owners if behind.startswith(f" {o} ", len(out))), None)
    if placed and fold_text(text.split()[0]) in known and (next_ := _NEXT.match(behind, len(out) + len(placed) + 1)):
        return f"{out} {placed}{next_.group()}"
    again = _NEXT.match(behind) if not out and len(text.split()) == 1 else None
    return again.group() if again and whole.count(text + again.group()) > 1 else out


def _fronted(before: str, language: str, known: Mapping[str, frozenset[str]], knowledge: LinkKnowledge) -> list[str]:
    """The words of a name right before a common word: "Zurqan relief" before "office"."""
    out: list[str] = []
    calendar = knowledge.calendars.get(language)
    dated = {*calendar.months, *calendar.weekdays} if calendar else set()
    for word in reversed(before.split(" ")[-4:-1] if before.endswith(" ") else []):
        folded = fold_text(word)
        if not word.isalpha() or folded in knowledge.empty or (folded,) in dated or not (word[0].isupper() or folded in known):
            break
        out.insert(0, word)
    return out if any(word[0].isupper() for word in out) else []


def _voice(claim: Claim, article: Article | None, knowledge: LinkKnowledge) -> Name | None:
    """The innermost voice that is somebody: not the outlet, an agency, or media that are not named."""
    for voice in reversed(claim.speaker):
        if voice.kind not in ("outlet", "agency", "media") and (voice.text or voice.party):
            return name(voice.party, _full(voice, article, knowledge), article.language if article else "", knowledge)
    return None


def _agencies(claim: Claim, article: Article | None) -> frozenset[str]:
    told = [v.party or fold_text(v.text or "") for v in claim.speaker if v.kind == "agency"]
    return frozenset(filter(None, (*told, *(fold_text(a) for a in (article.agencies if article else ())))))


def _running(claim: Claim) -> bool:
    """Whether its figures count since a start: told so, or over a period, or over a long stretch of days."""
    if claim.quantities and claim.when and claim.event in COUNTED:
        start, end = day(claim.when.start), day(claim.when.end)
        if start is not None and end is not None and end - start > STRETCH:
            return True
    if any(q.of == "violations" and q.value > SINGLE for q in claim.quantities):
        return True  # so many breaches are a count, whatever time it covers
    return any(_long(q) or (q.scope == "cumulative" and not any(q.period or ())) for q in claim.quantities if q.scope != "total")


def _long(quantity: Quantity) -> bool:
    start, end = (day(d) for d in quantity.period or (None, None))
    return start is not None and (end is None or end - start > NARROW)


def _span(claim: Claim, running: bool) -> tuple[int, int] | None:
    pairs = [(claim.when.start, claim.when.end)] if claim.when else []
    if running:
        pairs = [q.period for q in claim.quantities if q.period] + pairs
    for first, last in pairs:
        start, end = day(first), day(last)
        if start is not None or end is not None:
            low = start if start is not None else end
            high = end if end is not None else start
            return (min(low, high), max(low, high)) if low is not None and high is not None else None
    return None


def _named(claim: Claim, language: str, knowledge: LinkKnowledge) -> frozenset[str]:
    """Skeletons of those that act, are hit or meet, and of the place."""
    texts = [r.text for role in ROLES for r in getattr(claim, role)] + [claim.where.text if claim.where else None]
    return frozenset(b for text in texts if text for b in skeletons(text, language, knowledge) if len(b) >= LONG)


def _marks(sentence: str, language: str, knowledge: LinkKnowledge) -> frozenset[str]:
    """Figures but years, and skeletons of words that may be names: in a script that knows capitals those that bear one."""
    figures = {f.replace(",", "").replace(".", "") for f in _FIGURE.findall(fold_text(sentence))}
    cased = any(char.isupper() for char in sentence)
    capital = " ".join(w for w in _LETTERS.findall(sentence) if w[:1].isupper()) if cased else sentence
    bones = skeletons(capital, language, knowledge)
    return frozenset({f for f in figures if len(f) > 1 and not _YEAR.fullmatch(f)} | {b for b in bones if len(b) >= LONG})


def quotes(text: str) -> list[tuple[int, int, str]]:
    """Quoted stretches of a text with their places."""
    return [(*match.span(1), match.group(1)) for match in _QUOTED.finditer(text)]


def sentences(text: str) -> Mapping[int, int]:
    """Start to end of every sentence, cut at the same signs."""
    out, at = {}, 0
    for match in _ENDS.finditer(text):
        if text[at : match.end()].strip():
            out[at] = match.end()
        at = match.end()
    if text[at:].strip():
        out[at] = len(text)
    return out
