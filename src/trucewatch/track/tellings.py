"""What is told against each party, by whom. Never added up over sources."""

from collections.abc import Iterator, Sequence

from trucewatch.model import Claim, Quantity
from trucewatch.model.agreement import PRINCIPALS
from trucewatch.model.tracker import Accused, Count
from trucewatch.text.fold import fold_text
from trucewatch.track.about import stands
from trucewatch.track.proofs import Known, day_of, quote_of, side_of, voice_of
from trucewatch.track.whose import sides

BREACHES = ("VIOLATION", "ASSAULT", "CASUALTIES", "COERCE")
RUNNING = ("cumulative", "total")
TOLD = ("occurred", "ongoing")
ACTS, BLAME = "acts", "accusations"


def violations(facts: Known) -> tuple[Accused, ...]:
    """For each party between whom the agreement stands, in the order of its file, what is told against it, then what is told of
    nobody by name. A party of which nothing is told has an empty list."""
    principals = [row.party for row in facts.agreement.parties if row.role in PRINCIPALS]
    told: dict[str | None, list[Claim]] = {party: [] for party in (*principals, None)}
    denials: dict[str | None, list[Claim]] = {party: [] for party in (*principals, None)}
    for claim in facts.claims:
        if claim.status not in (*TOLD, "denied") or not (_breach(facts, claim) or _blame(facts, claim)):
            continue
        into = denials if claim.status == "denied" else told
        for party in _accused(facts, claim) or (None,):
            into[party].append(claim)
    return tuple(
        Accused(
            party,
            tuple(_counts(facts, told[party])),
            tuple(dict.fromkeys(voice_of(facts, claim) for claim in denials[party])),
            tuple(claim.id for claim in denials[party]),
        )
        for party in told
    )


def _breach(facts: Known, claim: Claim) -> bool:
    """A breach by name or a count of breaches that is about the agreement; another act where it speaks against a provision,
    or is denied."""
    said = facts.said.get(claim.id, ())
    named = bool(said) and (claim.event == "VIOLATION" or (claim.event in BREACHES and claim.status == "denied"))
    return named or (claim.event in BREACHES and any(each.says == "against" or _toll(claim) for each in said))


def _toll(claim: Claim) -> bool:
    return claim.event == "CASUALTIES" and any(q.scope in RUNNING for q in claim.quantities)


def _blame(facts: Known, claim: Claim) -> bool:
    """An accusation about the agreement, or, in an article that names its area, one by or against a party of it: one sentence
    tells the deed, another only the blame, and neither side may vanish by the way it is put."""
    if claim.event != "ACCUSE" or claim.mode not in ("allege", None) or not claim.recipients:
        return False
    if any(each.says != "names" for each in facts.said.get(claim.id, ())):
        return True
    article = facts.articles[claim.article]
    first = min((d.when.start for d in facts.agreement.documents if d.when), default=None)
    if first and article.published and article.published < first:
        return False
    return stands(facts.agreement.area.words, fold_text(article.text)) and bool(
        _accused(facts, claim) or side_of(facts, claim, principals=True) or not any(role.party for role in claim.recipients)
    )


def _accused(facts: Known, claim: Claim) -> tuple[str, ...]:
    blamed = claim.recipients if claim.event == "ACCUSE" else claim.actors
    return sides(facts.agreement, (role.party for role in blamed), facts.acts_for, principals=True)


def _counts(facts: Known, claims: Sequence[Claim]) -> Iterator[Count]:
    """Of each source and start the newest running count, then how many happenings it tells one by one."""
    running: dict[tuple[str, str, str], list[tuple[str, Claim, Quantity]]] = {}
    acts: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        counted = [q for q in claim.quantities if q.scope in RUNNING and q.derived is None]
        for quantity in counted:
            start, end = quantity.period or (None, None)
            key = (voice_of(facts, claim), quantity.of, start or "")
            running.setdefault(key, []).append((end or _printed_day(facts, claim), claim, quantity))
        if not counted:
            acts.setdefault((voice_of(facts, claim), BLAME if claim.event == "ACCUSE" else ACTS), []).append(claim)
    for (source, of, start), rows in sorted(running.items()):
        day, claim, newest = max(rows, key=lambda row: (row[0], row[1].id))
        same = [each for _, each, q in rows if q.value == newest.value]
        yield _count(facts, source, of, newest.value, newest.bound, start or None, day, claim, same)
    for (source, of), told in sorted(acts.items()):
        happened = {facts.happening.get(claim.id, claim.id) for claim in told}
        last = max(told, key=lambda claim: (_printed_day(facts, claim), claim.id))
        yield _count(facts, source, of, float(len(happened)), "exact", None, _printed_day(facts, last), last, told)


def _count(
    facts: Known,
    source: str,
    of: str,
    value: float,
    bound: str,
    start: str | None,
    day: str,
    shown: Claim,
    claims: Sequence[Claim],
) -> Count:
    side = side_of(facts, shown, principals=True)
    articles = tuple(dict.fromkeys((shown.article, *(claim.article for claim in claims))))
    ids = tuple(dict.fromkeys((shown.id, *(claim.id for claim in claims))))
    return Count(source, side[0] if side else None, of, value, bound, start, day, ids, articles, quote_of(shown))


def _printed_day(facts: Known, claim: Claim) -> str:
    printed = facts.articles[claim.article].published
    return day_of(claim, printed) if printed else ""
