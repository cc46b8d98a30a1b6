"""What the parts of a report are written from, and how a claim is cited."""

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


def cites(desk: Desk, ids: Iterable[str]) -> tuple[Cite, ...]:
    return tuple(_cite(desk, each) for each in dict.fromkeys(ids) if each in desk.claims)


def _cite(desk: Desk, claim_id: str) -> Cite:
    claim = desk.claims[claim_id]
    article = desk.articles[claim.article]
    quote = " … ".join(" ".join(piece.quote.split()) for piece in claim.evidence if piece.role == "event")
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
    return Cite(claim_id, told, quote, article.language, direction, url, grade, taken)


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


def where(desk: Desk, ids: Sequence[str]) -> tuple[str, ...]:
    """Where facts of the agreement's file were read."""
    places = {source.id: source.where for source in desk.agreement.sources}
    return tuple(places.get(each, desk.put("memory")) for each in ids)


def item(desk: Desk, head: str, ids: Iterable[str], *notes: str, files: Sequence[str] = ()) -> Item:
    told = cites(desk, ids)
    return Item(head, notes, told[:MOST], more=max(0, len(told) - MOST), files=where(desk, files))


def voice(desk: Desk, claim_id: str) -> str:
    """The innermost voice of a claim by its name."""
    claim = desk.claims[claim_id]
    said = claim.speaker[-1] if claim.speaker else None
    if said and said.party and desk.names(said.party) != said.party:  # some parties have no name of their own
        return desk.names(said.party)
    article = desk.articles[claim.article]
    return own_voice(article, claim, desk.known) if said and said.text else printer(article, desk.names, desk.known)
