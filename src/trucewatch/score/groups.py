"""Counts of claims by event type, and by party: does the coder find, and read rightly, what is told of each?

Of a party count the claims in which it stands as actor, recipient, participant or voice. A state's organs count as the state.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.score.agree import same_name
from trucewatch.score.gold import Report
from trucewatch.score.items import ROLES, SLOTS, items, right
from trucewatch.score.tally import Coded, Counts, Interval, pairs_of

BY = ("event", "party")
SEATS = (*ROLES, "speaker")
LEAST = 5  # gold claims from which a name gets a row of its own
REST = "(others)"

Resolve = Callable[[str, str], str | None]  # words, language -> world id
Seats = Mapping[str, frozenset[str]]  # party -> slots it stands in


@dataclass(frozen=True, slots=True)
class Row:
    """`claims`: labelled claims answered, missed, and coded ones that answer none. `parts`: of answered claims the slots' items
    (by event), or the seats of the party (by party): right, and wanted (`within`)."""

    claims: Counts = Counts()
    parts: Counts = Counts()

    def __add__(self, other: "Row") -> "Row":
        return Row(self.claims + other.claims, self.parts + other.parts)


@dataclass(frozen=True, slots=True)
class Groups:
    """`rows` by name, those with fewest claims pooled; `tallies` the rows of each report."""

    rows: Mapping[str, Row]
    tallies: tuple[Mapping[str, Row], ...]


def shares(row: Row) -> dict[str, float | int]:
    """Labelled claims, the share found, the share of parts right in them, and coded claims that answer none."""
    wanted = row.claims.hit + row.claims.missed
    recall = row.claims.hit / wanted if wanted else 0.0
    return {
        "claims": wanted,
        "recall": recall,
        "right": row.parts.hit / row.parts.within if row.parts.within else 0.0,
        "extra": row.claims.extra,
    }


def by_event(reports: Sequence[Report], coded: Coded) -> Groups:
    """One row an event type."""
    return _groups([_events(report, coded.get(report.id, ())) for report in reports])


def by_party(reports: Sequence[Report], coded: Coded, resolve: Resolve) -> Groups:
    """One row a party that `resolve` knows in the labels; what it does not know is counted nowhere."""
    return _groups([_parties(report, coded.get(report.id, ()), resolve) for report in reports])


def group_intervals(found: Groups, *, draws: int, seed: int = 20) -> dict[str, dict[str, Interval]]:
    """Name -> recall and right -> the middle 95 of 100 values when whole reports are drawn anew."""
    dice = random.Random(seed)
    drawn: dict[str, dict[str, list[float]]] = {name: {"recall": [], "right": []} for name in found.rows}
    for _ in range(draws):
        sums = _sum(_pooled(dice.choices(found.tallies, k=len(found.tallies)), found.rows))
        for name, values in drawn.items():
            row = sums.get(name, Row())
            if row.claims.hit + row.claims.missed:
                values["recall"].append(shares(row)["recall"])
            if row.parts.within:
                values["right"].append(shares(row)["right"])
    return {name: {key: _middle(values) for key, values in each.items() if values} for name, each in drawn.items()}


def _middle(values: Sequence[float]) -> Interval:
    ranked, last = sorted(values), len(values) - 1
    return Interval(ranked[int(0.025 * last)], ranked[round(0.975 * last)])


def _groups(tallies: Sequence[Mapping[str, Row]]) -> Groups:
    whole = _sum(tallies)
    kept = [name for name, row in whole.items() if row.claims.hit + row.claims.missed >= LEAST]
    order = sorted(kept, key=lambda name: (-shares(whole[name])["claims"], name))
    pooled = _sum(_pooled(tallies, order))
    return Groups({name: pooled[name] for name in (*order, REST) if name in pooled}, tuple(tallies))


def _pooled(tallies: Iterable[Mapping[str, Row]], kept: Iterable[str]) -> Iterator[Mapping[str, Row]]:
    names = frozenset(kept) - {REST}
    for tally in tallies:
        out: defaultdict[str, Row] = defaultdict(Row)
        for name, row in tally.items():
            out[name if name in names else REST] += row
        yield out


def _sum(tallies: Iterable[Mapping[str, Row]]) -> dict[str, Row]:
    out: defaultdict[str, Row] = defaultdict(Row)
    for tally in tallies:
        for name, row in tally.items():
            out[name] += row
    return dict(out)


def _events(report: Report, found: Sequence[Mapping[str, Any]]) -> dict[str, Row]:
    wanted, have = [items(c) for c in report.claims], [items(c) for c in found]
    pairs = pairs_of(report, found, wanted, have)
    out: defaultdict[str, Row] = defaultdict(Row)
    for i, claim in enumerate(report.claims):
        if i not in pairs:
            out[claim["event"]] += Row(Counts(missed=1))
            continue
        hit = sum(right(slot, wanted[i][slot], have[pairs[i]][slot]) for slot in SLOTS)
        out[claim["event"]] += Row(Counts(hit=1), Counts(hit=hit, within=sum(len(wanted[i][slot]) for slot in SLOTS)))
    for j in set(range(len(found))) - set(pairs.values()):
        out[found[j]["event"]] += Row(Counts(extra=1))
    return dict(out)


def _parties(report: Report, found: Sequence[Mapping[str, Any]], resolve: Resolve) -> dict[str, Row]:
    wanted, have = [items(c) for c in report.claims], [items(c) for c in found]
    pairs = pairs_of(report, found, wanted, have)
    out: defaultdict[str, Row] = defaultdict(Row)
    for i, claim in enumerate(report.claims):
        for party, seats in _seats(claim, report.language, resolve).items():
            if i not in pairs:
                out[party] += Row(Counts(missed=1))
                continue
            answer = found[pairs[i]]
            given = _seats(answer, report.language, resolve).get(party, frozenset())
            hit = sum(seat in given or _named(claim, answer, seat, party, report.language, resolve) for seat in seats)
            out[party] += Row(Counts(hit=1), Counts(hit=hit, within=len(seats)))
    for j in set(range(len(found))) - set(pairs.values()):
        for party in _seats(found[j], report.language, resolve):
            out[party] += Row(Counts(extra=1))
    return dict(out)


def _named(claim: Mapping[str, Any], answer: Mapping[str, Any], seat: str, party: str, language: str, resolve: Resolve) -> bool:
    """Whether the answer names the party in a seat by words that agree, though without its id."""
    told = [words for words, id_ in _entries(claim, seat) if _owner(id_ or resolve(words, language)) == party]
    return any(same_name(words, other) for words in told for other, _ in _entries(answer, seat))


def _seats(claim: Mapping[str, Any], language: str, resolve: Resolve) -> Seats:
    out: defaultdict[str, set[str]] = defaultdict(set)
    for seat in SEATS:
        for words, id_ in _entries(claim, seat):
            party = _owner(id_ or resolve(words, language))
            if party is not None:
                out[party].add(seat)
    return {party: frozenset(seats) for party, seats in out.items()}


def _entries(claim: Mapping[str, Any], seat: str) -> Iterator[tuple[str, str | None]]:
    """Words and id of those in a slot; of a chain of voices the innermost, as everywhere in scoring."""
    value = claim.get(seat)
    rows = (value[-1:] if seat == "speaker" else value) if isinstance(value, list) else [value] if value else []
    for row in rows:
        words, id_ = (row.get("text"), row.get("party")) if isinstance(row, Mapping) else (row, None)
        if isinstance(words, str):
            yield words, id_ if isinstance(id_, str) else None


def _owner(id_: str | None) -> str | None:
    """The state of an organ (the part before the dot), else the id."""
    return id_.partition(".")[0] if id_ else None
