"""Claims as evidence on provisions: what was known by a day, who tells it, and which tellings count as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trucewatch.model import Article, Claim, Happening
from trucewatch.model.agreement import Agreement, Provision
from trucewatch.model.grade import UNJUDGED, Grade
from trucewatch.model.tracked import About
from trucewatch.model.tracker import Proof
from trucewatch.track.about import about
from trucewatch.track.whose import Acts, sides, speaker

QUOTED = 300  # letters of a quote that stand in a tracker
Said = Mapping[str, tuple[About, ...]]
_TURNED = {"for": "against", "against": "for"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the tracker of a day works on. `said`: what each claim speaks of; `happening` and `origin`: ids by claim."""

    agreement: Agreement
    as_of: date
    claims: tuple[Claim, ...]
    articles: Mapping[str, Article]
    said: Said
    acts_for: Acts
    undated: int
    happenings: tuple[Happening, ...]
    happening: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, Grade] = field(default_factory=dict)


def heard(agreement: Agreement, claims: Iterable[Claim], articles: Mapping[str, Article], *, acts_for: Acts) -> Said:
    """What each claim speaks of; claims that speak of nothing have an empty answer."""
    out = {}
    for claim in claims:
        article = articles.get(claim.article)
        printed, text = (article.published, article.text) if article else (None, "")
        out[claim.id] = about(agreement, claim, acts_for=acts_for, published=printed, text=text)
    return out


def known_at(claims: Iterable[Claim], articles: Mapping[str, Article], as_of: date) -> tuple[Claim, ...]:
    """The claims of articles printed by a day, in the order in which they were told. Those of which nobody knows when they were
    printed are left out."""
    found = [(row.published, claim) for claim in claims if (row := articles.get(claim.article)) and row.published]
    return tuple(claim for day, claim in sorted(found, key=lambda pair: (pair[0], pair[1].id)) if day <= as_of)


def known(
    agreement: Agreement,
    happenings: Sequence[Happening],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    *,
    as_of: date,
    acts_for: Acts,
    said: Said | None = None,
) -> Known:
    """What is known on a day."""
    told = known_at(claims, articles, as_of)
    ids = {claim.id for claim in told}
    said = heard(agreement, told, articles, acts_for=acts_for) if said is None else said
    undated = sum(row.published is None for row in articles.values())
    shown = tuple(row for row in happenings if ids & set(row.claims))
    happening = {claim: row.id for row in shown for claim in row.claims if claim in ids}
    origin = {claim: one.id for row in shown for one in row.origins for claim in one.claims if claim in ids}
    return Known(agreement, as_of, told, articles, said, acts_for, undated, shown, happening, origin)


def day_of(claim: Claim, published: date) -> str:
    """The day of what is told: the last of its interval, else the first, else that of print."""
    told = (claim.when.end or claim.when.start) if claim.when else None
    return told or published.isoformat()


def quote_of(claim: Claim) -> str:
    """The words of the event."""
    text = " … ".join(" ".join(piece.quote.split()) for piece in claim.evidence if piece.role == "event")
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def voice_of(facts: Known, claim: Claim) -> str:
    return speaker(claim, facts.articles[claim.article].outlet)


def side_of(facts: Known, claim: Claim, *, principals: bool = False) -> tuple[str, ...]:
    """The parties of the agreement for which the innermost voice speaks."""
    ids = [voice.party for voice in claim.speaker[-1:] if voice.text is not None]
    return sides(facts.agreement, ids, facts.acts_for, principals=principals)


def proofs(facts: Known) -> dict[str, tuple[Proof, ...]]:
    """Provision → its evidence, as it became known. What lies after the day is only mentioned."""
    rows = {row.id: row for row in facts.agreement.provisions}
    out: dict[str, list[Proof]] = {name: [] for name in rows}
    for claim in facts.claims:
        for found in facts.said.get(claim.id, ()):
            if found.id in rows:
                out[found.id].append(_proof(facts, claim, found, rows[found.id]))
    return {name: tuple(found) for name, found in out.items()}


def _proof(facts: Known, claim: Claim, found: About, row: Provision) -> Proof:
    article = facts.articles[claim.article]
    assert article.published is not None
    day = day_of(claim, article.published)
    says, rule, reaches = found.says, found.rule, found.reaches
    meant = next((s.says for s in row.signals if f"{row.id}/{s.name}" == rule), says)
    if claim.status == "denied" and meant in _TURNED:
        says, rule, reaches = _TURNED[meant], f"{rule}+denied", None
    elif claim.when and claim.when.start and claim.when.start > facts.as_of.isoformat():
        says, reaches = "mentions", None
    return Proof(
        claim=claim.id,
        article=claim.article,
        outlet=article.outlet,
        event=claim.event,
        status=claim.status,
        says=says,
        rule=rule,
        reaches=reaches,
        voice=voice_of(facts, claim),
        sides=side_of(facts, claim),
        day=min(day, article.published.isoformat()) if says != "mentions" else day,
        published=article.published.isoformat(),
        quote=quote_of(claim),
        happening=facts.happening.get(claim.id),
        origin=facts.origin.get(claim.id),
        grade=facts.grades[claim.id].code if claim.id in facts.grades else "".join(UNJUDGED),
    )


def sources(found: Iterable[Proof], says: str) -> int:
    """How many independent sources say so."""
    return len({proof.origin or proof.claim for proof in found if proof.says == says})
