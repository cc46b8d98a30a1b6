"""What moved between two trackers of one agreement, and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from trucewatch.model.tracker import Change, Count, Meeting, MilestoneState, ProvisionState, Tracker

T = TypeVar("T")


def diff(a: Tracker, b: Tracker) -> tuple[Change, ...]:
    """The changes from `a` to `b`, in the order of a tracker. `claims` of a change are new ones, or those that a
    state rests on."""
    out: list[Change] = []
    if a.standing != b.standing:
        out.append(Change("standing", b.agreement, a.standing, b.standing, b.standing_rule, ()))
    before = {row.provision: row for row in a.provisions}
    for row in b.provisions:
        if row.provision in before:
            out += _provision(before[row.provision], row)
    out += _counts(a, b)
    out += _spreads(a, b)
    out += _meetings(a, b)
    out += _votes(a, b)
    out += _bodies(a, b)
    out += _milestones(a, b)
    seen = {(each.party, each.day, each.stance, each.claim, each.about) for each in a.positions}
    for each in b.positions:
        if (each.party, each.day, each.stance, each.claim, each.about) not in seen:
            out.append(Change("position", each.party, None, f"{each.stance}: {' '.join(each.about)}", each.rule, each.tellings))
    out += _deadlines(a, b)
    return tuple(out)


def _provision(one: ProvisionState, other: ProvisionState) -> Iterator[Change]:
    known = {proof.claim for proof in one.evidence}
    new = tuple(dict.fromkeys(p.claim for p in other.evidence if p.claim not in known and p.says != "mentions"))
    rests = other.history[-1].claims if other.history else ()
    if one.state != other.state:
        if other.ruling:
            yield Change("state", other.provision, one.state, other.state, f"judged-by {other.ruling.who}", (other.ruling.claim,))
        else:
            yield Change("state", other.provision, one.state, other.state, other.rule, rests)
    if one.timeliness != other.timeliness:
        yield Change("timeliness", other.provision, one.timeliness, other.timeliness, other.timing, new)
    if one.contested != other.contested:
        told = ("not contested", "contested")
        why = "voices-differ" if other.contested else "voices-no-longer-differ"
        yield Change("contested", other.provision, told[one.contested], told[other.contested], why, new)
    if new and one.state == other.state:
        why = f"{sum(p.says == 'for' for p in other.evidence if p.claim in new)} for, " + (
            f"{sum(p.says == 'against' for p in other.evidence if p.claim in new)} against"
        )
        yield Change("evidence", other.provision, str(len(one.evidence)), str(len(other.evidence)), why, new)


def _paired(old: Iterable[T], new: Iterable[T], key: Callable[[T], str]) -> Iterator[tuple[str, T | None, T | None]]:
    before: Mapping[str, T] = {key(each): each for each in old}
    after: Mapping[str, T] = {key(each): each for each in new}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _counts(a: Tracker, b: Tracker) -> Iterator[Change]:
    def rows(tracker: Tracker) -> list[tuple[str, Count]]:
        return [
            (f"{accused.party or '?'} by {count.source}: {count.of} from {count.start or '?'}", count)
            for accused in tracker.violations
            for count in accused.counts
        ]

    for name, old, new in _paired(rows(a), rows(b), lambda pair: pair[0]):
        before, after = (f"{each[1].bound} {each[1].value:g}" if each else None for each in (old, new))
        if before != after:
            shown = new or old
            yield Change("count", name, before, after, shown[1].day if shown else "", shown[1].claims if shown else ())


def _spreads(a: Tracker, b: Tracker) -> Iterator[Change]:
    old = {each.of: (each.low, each.high) for each in a.spreads}
    for each in b.spreads:
        if old.get(each.of) != (each.low, each.high):
            before = _range(*old[each.of]) if each.of in old else None
            claims = tuple(f.claim for f in each.figures if f.claim)
            yield Change("figure", each.of, before, _range(each.low, each.high), "least-to-greatest-over-sources", claims)


def _range(low: float | None, high: float | None) -> str:
    return f"{'…' if low is None else f'{low:g}'}–{'…' if high is None else f'{high:g}'}"


def _meetings(a: Tracker, b: Tracker) -> Iterator[Change]:
    """A meeting is the same if it shares a claim: ids of happenings may change as claims join."""
    by_claim = {claim: each for each in a.meetings for claim in each.claims}
    for each in b.meetings:
        old: Meeting | None = next((by_claim[claim] for claim in each.claims if claim in by_claim), None)
        if old is None or old.state != each.state:
            who = ", ".join(each.participants)
            after = f"{each.state} {each.start or '?'}: {who}".rstrip(": ")
            yield Change("meeting", each.happening, old.state if old else None, after, "told", each.claims)


def _votes(a: Tracker, b: Tracker) -> Iterator[Change]:
    for name, old, new in _paired(a.votes, b.votes, lambda each: each.vote):
        if new:
            seen = {told.claim for told in old.told} if old else set()
            result = f"{new.votes_for}-{new.votes_against}-{new.abstentions}"
            claims = tuple(told.claim for told in new.told if told.claim not in seen)
            yield Change("vote", name, result if old else None, result, "told-again" if old else "taken", claims)


def _milestones(a: Tracker, b: Tracker) -> Iterator[Change]:
    for name, old, new in _paired(a.milestones, b.milestones, lambda each: each.id):
        if new is None:
            continue
        for day, rule, claims in _days(new):
            if old is None or day not in [each for each, _, _ in _days(old)]:
                yield Change("milestone", name, None, day, rule, claims)


def _days(row: MilestoneState) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if row.when:
        yield row.when.start.isoformat(), "by-the-agreement-file", ()
    for told in row.proposals:
        yield told.start, "proposed-by-claims", told.claims


def _bodies(a: Tracker, b: Tracker) -> Iterator[Change]:
    old = {each.body: each for each in a.bodies}
    for each in b.bodies:
        before = old.get(each.body)
        if before and before.state != each.state:
            yield Change("body", each.body, before.state, each.state, "by-the-agreement-file", ())
        if before and before.members != each.members and each.members:
            was, now = (", ".join(row.members) or None for row in (before, each))
            yield Change("body", each.body, was, now, "members-by-the-agreement-file", ())


def _deadlines(a: Tracker, b: Tracker) -> Iterator[Change]:
    def ahead(days: int | None) -> str:
        return "waits" if days is None else "ahead" if days >= 0 else "passed"

    old = {(each.provision, each.first): each for each in a.deadlines}
    for each in b.deadlines:
        before = old.get((each.provision, each.first))
        if before and before.due != each.due:
            was, now = (row.due.end.isoformat() if row.due else None for row in (before, each))
            yield Change("deadline", each.provision, was, now, "moved", ())
        elif before and ahead(before.days) != ahead(each.days):
            yield Change("deadline", each.provision, ahead(before.days), ahead(each.days), each.rule, ())
