"""What the parts of a report are written from, and how a claim is cited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from trucewatch.model import Article, Claim, Happening
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import UNJUDGED, Grade
from trucewatch.model.tracker import Tracker
from trucewatch.publish.agreement import Names, Put
from trucewatch.publish.labels import Labels
from trucewatch.publish.page import own_voice
from trucewatch.publish.tracker import Why, grade_text, taken_text
from trucewatch.report.sitrep import Cite, Item

MOST = 6  # claims cited for one line; how many more there are is said


@dataclass(frozen=True, slots=True)
class Desk:
    """`before`: the tracker of the day with which this one is compared; `why` tells the reason of a finding in words."""

    tracker: Tracker
    before: Tracker
    agreement: Agreement
    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]
    happenings: tuple[Happening, ...]
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
        outlet=Markup("<bdi>{}</bdi>").format(desk.names(article.outlet) if article.outlet else article.id),
        day=article.published.isoformat() if article.published else desk.put("no_day"),
    )
    url = article.url if article.url and article.url.startswith(("https://", "http://")) else None
    graded = desk.grades.get(claim_id)
    grade = grade_text(graded, desk.put) if graded else "".join(UNJUDGED)
    back = next((row for row in desk.tracker.taken_back if row.article == article.id), None)
    direction = desk.directions.get(article.language, "auto")
    taken = taken_text(back, desk.put) if back else ""
    return Cite(claim_id, told, quote, article.language, direction, url, grade, taken)


def where(desk: Desk, ids: Sequence[str]) -> tuple[str, ...]:
    """Where facts of the agreement's file were read."""
    places = {source.id: source.where for source in desk.agreement.sources}
    return tuple(places.get(each, desk.put("memory")) for each in ids)


def item(desk: Desk, head: str, ids: Iterable[str], *notes: str, files: Sequence[str] = ()) -> Item:
    told = cites(desk, ids)
    return Item(head, notes, told[:MOST], more=max(0, len(told) - MOST), files=where(desk, files))


def voice(desk: Desk, claim_id: str) -> str:
    claim = desk.claims[claim_id]
    """The innermost voice of a claim by its name."""
    said = claim.speaker[-1] if claim.speaker else None
    if said and said.party and desk.names(said.party) != said.party:  # some parties have no name of their own
        return desk.names(said.party)
    article = desk.articles[claim.article]
    own = not (said and said.text)
    return desk.names(article.outlet) if own and article.outlet else own_voice(article, claim, desk.known)
