"""Which provisions, bodies and votes of an agreement a claim speaks of, by the signals of its file. Nothing is decided here:
a claim may speak for one provision and against another, and the tracker weighs it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from trucewatch.model import Claim
from trucewatch.model.agreement import PRINCIPALS, Agreement, Area, Signal
from trucewatch.model.tracked import About
from trucewatch.text.calls import sought
from trucewatch.text.fold import fold_text
from trucewatch.track.force import standing
from trucewatch.track.whose import Acts, acting

UNSTATED = "unstated"
TAKES_A_STANCE = ("AGREE", "CONCEDE", "SUPPORT", "ACCUSE", "REJECT", "THREATEN", "DELAY")
VOTE_DAYS = 31  # a vote told by a longer stretch of time is not told well enough to be one vote


def about(
    agreement: Agreement, claim: Claim, *, acts_for: Acts | None = None, published: date | None = None, text: str = ""
) -> tuple[About, ...]:
    """What the claim speaks of, provisions first, in the order of the file; each id once, with the signal that says most. Of a
    claim that takes a stance also the documents and phases that its words name, and the agreement where they name the whole.

    `acts_for`: persons and bodies by id, with the parties for which they act. `published`: the day on which the article was
    printed. `text`: words around the claim (headline, article) in which the area's names may stand where the claim's own
    quotes have none.
    """
    if _before(agreement, claim, published):
        return ()
    facts = _facts(agreement, claim, acts_for or {}, published, text)
    out: dict[str, About] = {}
    for provision in agreement.provisions:
        for signal in provision.signals:
            if _fits(facts, signal, provision.id):
                says = signal.says if claim.status in signal.statuses else "mentions"
                found = About(provision.id, f"{provision.id}/{signal.name}", says, signal.reaches if says == "for" else None)
                if provision.id not in out or _WEIGHT[says] > _WEIGHT[out[provision.id].says]:
                    out[provision.id] = found
    for body in agreement.bodies:
        if body.id in facts.named:
            out.setdefault(body.id, About(body.id, f"{body.id}/named", "mentions"))
        elif stands(body.calls, facts.quotes):
            out.setdefault(body.id, About(body.id, f"{body.id}/called", "mentions"))
    out |= {each.id: each for each in _votes(agreement, claim, facts.roles["actors"])}
    if claim.event in TAKES_A_STANCE:
        out |= {each.id: each for each in _named(facts)}
    return tuple(out.values())


def fits(
    agreement: Agreement,
    claim: Claim,
    signals: Sequence[Signal],
    *,
    provision: str,
    acts_for: Acts,
    published: date | None,
    text: str,
) -> Signal | None:
    """The first of these signals that fits the claim. `provision`: the id for which a stretch in force is asked."""
    if _before(agreement, claim, published):
        return None
    facts = _facts(agreement, claim, acts_for, published, text)
    return next((signal for signal in signals if _fits(facts, signal, provision)), None)


def _named(facts: "_Facts") -> Iterator[About]:
    """Documents, phases and the whole that the claim's words name; words such as "the plan" name them only where the claim, or
    the text around it, is about the agreement's area."""
    deal = facts.agreement
    then = facts.published or date.max
    rows = [(row.id, row.names, row.calls) for row in deal.documents if row.when is None or row.when.start <= then]
    rows += [(row.id, row.names, row.calls) for row in deal.phases]
    for id_, names, calls in (*rows, (deal.id, deal.names, deal.calls)):
        titles = tuple((language, (title,)) for language, title in names)
        if (stands(calls, facts.quotes) or stands(titles, facts.quotes)) and _within(facts):
            yield About(id_, f"{id_}/called", "names")


_WEIGHT = {"mentions": 0, "for": 1, "against": 1}


def _before(agreement: Agreement, claim: Claim, published: date | None) -> bool:
    """Whether what is told ended, or was printed, before anything of the agreement was there."""
    days = [row.when.start for row in agreement.documents if row.when]
    days += [answer.when.start for party in agreement.parties for answer in party.acceptance if answer.when]
    days += [row.when.start for row in agreement.milestones if row.when]
    told = date.fromisoformat(claim.when.end) if claim.when and claim.when.end else published
    latest = min(filter(None, (told, published)), default=None)
    return bool(days and latest and latest < min(days))


@dataclass(frozen=True, slots=True)
class _Facts:
    """A claim as signals look at it: ids in each role with those they act for, all ids as told, folded quotes and
    surroundings."""

    agreement: Agreement
    claim: Claim
    roles: Mapping[str, frozenset[str]]
    named: frozenset[str]
    published: date | None
    quotes: str
    text: str


def _facts(agreement: Agreement, claim: Claim, acts_for: Acts, published: date | None, text: str) -> _Facts:
    def spread(ids: Iterable[str | None]) -> frozenset[str]:
        return acting(agreement, ids, acts_for)

    parts = {"actors": claim.actors, "recipients": claim.recipients, "participants": claim.participants}
    roles = {key: spread(role.party for role in part) for key, part in parts.items()}
    roles["anyone"] = frozenset().union(*roles.values())
    roles["speakers"] = spread(voice.party for voice in claim.speaker[-1:])
    told = [role.party for part in parts.values() for role in part]
    told += [*(voice.party for voice in claim.speaker), claim.object.ref if claim.object else None]
    return _Facts(agreement, claim, roles, frozenset(filter(None, told)), published, quotes(claim), _folded(text))


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
    """The claims of an article have the same text around them."""
    return fold_text(text)


def _fits(facts: _Facts, signal: Signal, provision: str) -> bool:
    """Whether every filled field of the signal fits."""
    claim = facts.claim
    if claim.event not in signal.events or (signal.modes and (claim.mode or UNSTATED) not in signal.modes):
        return False
    for key, ids in facts.roles.items():
        wanted = getattr(signal, key)
        if wanted and not ids & set(wanted):
            return False
    if signal.kinds and not any(quantity.of in signal.kinds for quantity in claim.quantities):
        return False
    where = claim.where
    if signal.places and not (where and {where.place, where.country} & set(signal.places)):
        return False
    if (signal.words and not stands(signal.words, facts.quotes)) or stands(signal.unless, facts.quotes):
        return False
    return (not signal.within or _within(facts)) and (not signal.during or _during(facts, provision))


def _within(facts: _Facts) -> bool:
    """The place lies in the area; or, where the place leaves it open, the area is named in the quotes or in the text around,
    or two opposing principals stand in the claim (one who does and one who suffers or tells)."""
    area = facts.agreement.area
    inside = _inside(area, facts.claim)
    if inside is not None:
        return inside
    if stands(area.words, facts.quotes) or stands(area.words, facts.text):
        return True
    principals = {party.party for party in facts.agreement.parties if party.role in PRINCIPALS}
    doing = (facts.roles["actors"] | facts.roles["participants"]) & principals
    return bool(doing) and len((doing | facts.roles["recipients"] | facts.roles["speakers"]) & principals) > 1


def _during(facts: _Facts, provision: str) -> bool:
    """Whether what is told began on a day on which the provision binds or may bind, or on which some source counts it bound.

    A toll of the whole war is none of the truce. Of a week or a month it is enough that the truce touches it. Where no time
    is told, the day of publication stands for it; where that is not known either, it is taken to be during.
    """
    agreement, when = facts.agreement, facts.claim.when
    told = [date.fromisoformat(day) for day in (when.start, when.end) if day] if when else []
    told = told or ([facts.published] if facts.published else [])
    if not told:
        return True
    start, end = told[0], told[-1]
    edges = [stretch.start.start for stretch in agreement.in_force]
    counted = [row.moment.start for row in agreement.variants if row.what == "in-force" and row.moment]
    if start in counted or _bound(agreement, start, provision):
        return True
    coarse = when is not None and when.grain in ("week", "month")
    return coarse and any(start <= edge <= end and _bound(agreement, edge, provision) for edge in edges)


def _bound(agreement: Agreement, day: date, provision: str) -> bool:
    return standing(agreement, day, provision=provision).state != "not-in-force"


def _inside(area: Area, claim: Claim) -> bool | None:
    """Whether the place lies in the area; None where no place is told, or only a country around an area drawn by boxes."""
    where = claim.where
    if where is None or not (where.place or where.country):
        return None
    if where.place in area.places:
        return True
    if not area.boxes:
        return where.country in area.countries if where.country else None
    if where.lat is None or where.lon is None or where.precision == "country":
        return None if where.country in (*area.countries, None) else False
    return any(south <= where.lat <= north and west <= where.lon <= east for south, west, north, east in area.boxes)


def _votes(agreement: Agreement, claim: Claim, actors: Collection[str]) -> Iterator[About]:
    if claim.event != "VOTE" or claim.when is None or not (claim.when.start and claim.when.end):
        return
    start, end = date.fromisoformat(claim.when.start), date.fromisoformat(claim.when.end)
    for vote in agreement.votes:
        if vote.body in actors and start <= vote.when.end and vote.when.start <= end and (end - start).days < VOTE_DAYS:
            yield About(vote.id, f"{vote.id}/same-body-and-day", "mentions")


def quotes(claim: Claim) -> str:
    """All words of the claim, folded."""
    return fold_text(" | ".join(_quotes(claim)))


def _quotes(claim: Claim) -> Iterator[str]:
    yield from (piece.quote for piece in claim.evidence if piece.role in ("event", "figure", "place"))
    yield from (phrase.text for phrase in (claim.object, claim.refers, *claim.cause) if phrase)
    yield from (role.text for role in (*claim.actors, *claim.recipients, *claim.participants) if role.text)


def stands(words: tuple[tuple[str, tuple[str, ...]], ...], folded: str) -> bool:
    """Whether one of the words, of whatever language, stands in a folded text. `*` at an end of a word leaves it open."""
    return bool(words and folded) and any(sought(term).search(folded) for _, terms in words for term in terms)
