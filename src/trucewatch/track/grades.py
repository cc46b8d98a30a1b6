"""The grade of every telling: F6, unless a person judged it or its source. Nothing is confirmed by being told again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trucewatch.model.grade import CONFIRMED, UNJUDGED, Grade, Grading
from trucewatch.track.proofs import Known, side_of, voice_of


@dataclass(frozen=True, slots=True)
class Gradings:
    """The last word on each telling and on each source."""

    tellings: Mapping[tuple[str, str], Grading]
    sources: Mapping[str, Grading]


def gradings(made: Iterable[Grading]) -> Gradings:
    """`made`: in the order in which they were made."""
    every = tuple(made)
    return Gradings(
        {(each.claim, each.reading): each for each in every if each.source is None},
        {each.source: each for each in every if each.source is not None},
    )


def grade(known: Gradings, claim: str, reading: str, *, voice: str, outlet: str, origins: int | None = None) -> Grade:
    """`voice`: whose claim it is; `outlet`: who printed it; both as in `Grading.source`, and the same in its own voice."""
    found = _found(known, claim, reading, voice, outlet)
    may = origins is not None and origins > 1 and found.credibility != CONFIRMED
    return replace(found, origins=origins, confirmable=may)


def _found(known: Gradings, claim: str, reading: str, voice: str, outlet: str) -> Grade:
    letter, digit = UNJUDGED
    if told := known.tellings.get((claim, reading)):
        return Grade(claim, told.reliability, told.credibility or digit, "judged", told.who, told.reason, None, False)
    mine, printed = known.sources.get(voice), known.sources.get(outlet)
    if mine is None:
        return Grade(claim, letter, digit, "automatic", None, None, None, False)
    if printed and letter > printed.reliability > mine.reliability:
        return Grade(claim, printed.reliability, digit, "source-held-down", printed.who, printed.reason, None, False)
    return Grade(claim, mine.reliability, digit, "source-judged", mine.who, mine.reason, None, False)


def grades(facts: Known, made: Iterable[Grading]) -> dict[str, Grade]:
    """Claim → its grade, for all claims that are known."""
    known, told = gradings(made), {claim.id: claim for claim in facts.claims}
    origins: dict[tuple[str, str], int] = {}
    for row in facts.happenings:
        by_status: dict[str, list[tuple[str, str | None]]] = {}
        for claim in (told[each] for each in row.claims if each in told):
            side = next(iter(side_of(facts, claim, principals=True)), None)
            by_status.setdefault(claim.status, []).append((facts.origin.get(claim.id, claim.id), side))
        origins |= {(row.id, status): independent(rows) for status, rows in by_status.items()}
    out = {}
    for claim in facts.claims:
        count = origins.get((facts.happening.get(claim.id, ""), claim.status), 1)
        outlet = f"outlet:{facts.articles[claim.article].outlet or claim.article}"
        out[claim.id] = grade(known, claim.id, claim.reading, voice=voice_of(facts, claim), outlet=outlet, origins=count)
    return out


def independent(tellings: Sequence[tuple[str, str | None]]) -> int:
    """How many of these (origin, side for which the voice speaks) tell independently: one origin is one, one side is one."""
    groups: list[set[str]] = []
    for origin, side in tellings:
        mine = {f"origin {origin}", *((f"side {side}",) if side else ())}
        joined = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine] + [mine.union(*joined)]
    return len(groups)
