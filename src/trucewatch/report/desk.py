"""What the parts of a report are written from, and how a claim is cited."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from trucewatch.link.counts import plain
from trucewatch.model import Article, Claim, Happening
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import UNJUDGED, Grade
from trucewatch.model.tracker import Tracker
from trucewatch.publish.agreement import Names, Put
from trucewatch.publish.labels import Labels, say
from trucewatch.publish.page import own_voice
from trucewatch.publish.tracker import Why, grade_text, taken_text
from trucewatch.report.sitrep import Cite, Item

ROOM, FAR = 160, 400  # letters of the sentence around a quote that are shown, and looked at, on each side
_STOP = re.compile(r"(?<=[.!?\u061f\u06d4])\s|\n")  # where a sentence ends, also in Arabic and Urdu
MOST = 6  # claims cited for one line; how many more there are is said


@dataclass(frozen=True, slots=True)
class Desk:
    """`before`: the tracker of the day with which this one is compared; `why` tells the reason of a finding in words. `near`: the
    articles that name the agreement's area, and `happenings` those told in them: a word like "ceasefire" may mean another one."""

    tracker: Tracker
    before: Tracker
    agreement: Agreement
    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]
    happenings: tuple[Happening, ...]
    near: frozenset[str]
    directions: Mapping[str, str]
    names: Names
    known: Labels
    put: Put
    why: Why
    grades: Mapping[str, Grade]


def _cite(desk: Desk, claim_id: str) -> Cite:
    claim = desk.claims[claim_id]
    article = desk.articles[claim.article]
    pieces = [piece for piece in claim.evidence if piece.role == "event"]
    quote = " … ".join(" ".join(piece.quote.split()) for piece in pieces)
    before, after = (
        _around(article.text, min(each.start for each in pieces), max(each.end for each in pieces)) if pieces else ("", "")
    )
    own = not (claim.speaker and claim.speaker[-1].text)
    told = Markup(desk.put("quote_own" if own else "quote_of")).format(
        voice=Markup("<bdi>{}</bdi>").format(own_voice(article, claim, desk.known)),
        outlet=Markup("<bdi>{}</bdi>").format(printer(article, desk.names, desk.known)),
        day=article.published.isoformat() if article.published else desk.put("no_day"),
    )
    url = article.url if article.url and article.url.startswith(("https://", "http://")) else None
    graded = desk.grades.get(claim_id)
    grade = grade_text(graded, desk.put) if graded else "".join(UNJUDGED)
    back = next((row for row in desk.tracker.taken_back if row.article == article.id), None)
    direction = desk.directions.get(article.language, "auto")
    taken = taken_text(back, desk.put) if back else ""
    return Cite(claim_id, told, before, quote, after, article.language, direction, url, grade, taken)


def printer(article: Article, names: Names, known: Labels) -> str:
    """Who printed an article; where nobody told, the host of its address."""
    host = urlsplit(article.url or "").hostname
    return names(article.outlet) if article.outlet else (host or "").removeprefix("www.") or say(known, "page", "unnamed_outlet")


def called(names: Names, claims: Iterable[Claim], articles: Mapping[str, Article], known: Labels) -> Names:
    """The names of ids, and of what stands for a source that has no id: its folded words, or the article of an unknown outlet."""
    said = {voice.text for claim in claims for voice in claim.speaker[-1:] if voice.text and not voice.party}
    words = {plain(text): " ".join(text.split()) for text in sorted(said)}
    words |= {article.id: printer(article, names, known) for article in articles.values() if not article.outlet}
    return lambda id_: words[id_] if id_ in words and names(id_) == id_ else names(id_)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after some words in their sentence; the far end is left out where it is long. A stop that follows
    at once ends the sentence too."""
    before = _STOP.split(text[max(0, start - FAR) : start])[-1].split()
    rest = text[end : end + FAR]
    stop = _STOP.search(rest)
    after = rest[: stop.start()].split() if stop else rest.split()
    long = [len(" ".join(words)) > ROOM for words in (before, after)]
    while len(" ".join(before)) > ROOM:
        del before[0]
    while len(" ".join(after)) > ROOM:
        del after[-1]
    gaps = text[start - 1 : start].isspace() and bool(before), text[end : end + 1].isspace() and bool(after)
    return " ".join(["…"] * long[0] + before) + " " * gaps[0], " " * gaps[1] + " ".join(after + ["…"] * long[1])


def where(desk: Desk, ids: Sequence[str]) -> tuple[str, ...]:
    """Where facts of the agreement's file were read."""
    places = {source.id: source.where for source in desk.agreement.sources}
    return tuple(places.get(each, desk.put("memory")) for each in ids)


def item(desk: Desk, head: str, ids: Iterable[str], *notes: str, files: Sequence[str] = ()) -> Item:
    told, more = first(desk, ids)
    return Item(head, notes, told, more=more, files=where(desk, files))


def first(desk: Desk, ids: Iterable[str]) -> tuple[tuple[Cite, ...], int]:
    """The claims that are cited for a line, and how many more there are."""
    known = [each for each in dict.fromkeys(ids) if each in desk.claims]
    return tuple(_cite(desk, each) for each in known[:MOST]), max(0, len(known) - MOST)


def voice(desk: Desk, claim_id: str) -> str:
    """The innermost voice of a claim by its name."""
    claim = desk.claims[claim_id]
    said = claim.speaker[-1] if claim.speaker else None
    if said and said.party and desk.names(said.party) != said.party:  # some parties have no name of their own
        return desk.names(said.party)
    article = desk.articles[claim.article]
    return own_voice(article, claim, desk.known) if said and said.text else printer(article, desk.names, desk.known)
