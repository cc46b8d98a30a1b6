"""Matching coded claims with gold claims, and the counts that follow.

A coded claim may answer a gold claim of the same report if it names the same event and its event evidence (three pieces at
most, each clipped to its first sentence) touches the sentence of the gold quote. The pairs with most slots right are taken
first, then those that touch the quote itself, then in the order of the text; each claim answers once.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.score.agree import sentence_at
from trucewatch.score.gold import Report
from trucewatch.score.items import SLOTS, Items, closeness, items, right

ROWS = ("all", "event", *SLOTS)
PIECES = 3

Coded = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Counts:
    """`hit` right, `extra` found but wrong, `missed` wanted but not found, `within` wanted items of matched claims."""

    hit: int = 0
    extra: int = 0
    missed: int = 0
    within: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hit + other.hit, self.extra + other.extra, self.missed + other.missed, self.within + other.within)


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold claim nobody found (`missed`) or a coded claim that answers none (`false`); `sentence` is where it stands."""

    kind: str
    report: str
    event: str
    status: str
    quote: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`rows` by language ("*" is all of them) and by row name; `tallies` the rows of each single report, for the intervals."""

    rows: Mapping[str, Mapping[str, Counts]]
    reports: Mapping[str, int]
    false_alarms: int
    misses: tuple[Miss, ...]
    tallies: tuple[Mapping[str, Counts], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 of 100 F1 values when the reports are drawn anew."""

    low: float
    high: float


def score(reports: Sequence[Report], coded: Coded) -> Score:
    """`coded` maps a report's id to its claims in the public form."""
    languages = sorted({report.language for report in reports})
    results = [(report, *_report(report, coded.get(report.id, ()))) for report in reports]
    groups = {"*": results} | {language: [r for r in results if r[0].language == language] for language in languages}
    return Score(
        rows={name: _sum(tally for _, tally, _ in group) for name, group in groups.items()},
        reports={name: len(group) for name, group in groups.items()},
        false_alarms=sum(len(coded.get(report.id, ())) for report in reports if not report.claims),
        misses=tuple(miss for _, _, misses in results for miss in misses),
        tallies=tuple(tally for _, tally, _ in results),
    )


def figures(counts: Counts) -> dict[str, float]:
    """Precision, recall, F1 and `match`, the share of wanted items right within matched claims."""
    found, wanted = counts.hit + counts.extra, counts.hit + counts.missed
    p, r = counts.hit / found if found else 0.0, counts.hit / wanted if wanted else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "match": counts.hit / (counts.within or 1)}


def intervals(tallies: Sequence[Mapping[str, Counts]], *, draws: int, seed: int = 20) -> dict[str, Interval]:
    """Bootstrap over whole reports: claims of one report stand and fall together. The same seed gives the same interval."""
    dice = random.Random(seed)
    drawn: dict[str, list[float]] = {row: [] for row in ROWS}
    for _ in range(draws):
        for row, counts in _sum(dice.choices(tallies, k=len(tallies))).items():
            drawn[row].append(figures(counts)["f1"])
    low, high = int(0.025 * (draws - 1)), round(0.975 * (draws - 1))
    return {row: Interval(sorted(values)[low], sorted(values)[high]) for row, values in drawn.items()}


def _report(report: Report, found: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Counts], list[Miss]]:
    wanted_items, found_items = [items(claim) for claim in report.claims], [items(claim) for claim in found]
    pairs = pairs_of(report, found, wanted_items, found_items)
    hits = len(pairs)
    rows = {"event": Counts(hits, len(found) - hits, len(report.claims) - hits, hits)}
    for slot in SLOTS:
        hit = sum(right(slot, wanted_items[i][slot], found_items[j][slot]) for i, j in pairs.items())
        rows[slot] = Counts(
            hit,
            sum(len(entry[slot]) for entry in found_items) - hit,
            sum(len(entry[slot]) for entry in wanted_items) - hit,
            sum(len(wanted_items[i][slot]) for i in pairs),
        )
    answered = set(pairs.values())
    misses = [_miss("missed", report, claim) for i, claim in enumerate(report.claims) if i not in pairs]
    misses += [_miss("false", report, claim) for j, claim in enumerate(found) if j not in answered]
    return {"all": sum(rows.values(), Counts()), **rows}, misses


def pairs_of(
    report: Report, found: Sequence[Mapping[str, Any]], wanted_items: Sequence[Items], found_items: Sequence[Items]
) -> dict[int, int]:
    """Index of a gold claim → index of the coded claim that answers it."""
    spans = [_event_spans(claim, report.text) for claim in found]
    possible = []
    for i, claim in enumerate(report.claims):
        start = report.text.find(claim["quote"])
        quote = start, start + len(claim["quote"])
        sentence = sentence_at(report.text, *quote)
        for j, other in enumerate(found):
            if other["event"] == claim["event"] and _touch(spans[j], sentence):
                possible.append((-closeness(wanted_items[i], found_items[j]), not _touch(spans[j], quote), i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(possible):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _event_spans(claim: Mapping[str, Any], text: str) -> list[tuple[int, int]]:
    pieces = [piece for piece in claim.get("evidence") or () if piece.get("role", "event") == "event"][:PIECES]
    spans = [(p["start"], min(p["end"], sentence_at(text, p["start"], p["start"])[1])) for p in pieces]
    quote = claim.get("quote")
    if not spans and quote and (at := text.find(quote)) >= 0:
        return [(at, at + len(quote))]
    return spans


def _touch(spans: Iterable[tuple[int, int]], stretch: tuple[int, int]) -> bool:
    return any(start < stretch[1] and end > stretch[0] for start, end in spans)


def _sum(tallies: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    totals = {row: [0, 0, 0, 0] for row in ROWS}
    for tally in tallies:
        for row, counts in tally.items():
            total = totals[row]
            total[0] += counts.hit
            total[1] += counts.extra
            total[2] += counts.missed
            total[3] += counts.within
    return {row: Counts(*total) for row, total in totals.items()}


def _miss(kind: str, report: Report, claim: Mapping[str, Any]) -> Miss:
    evidence: Sequence[Mapping[str, Any]] = claim.get("evidence") or ({},)
    quote = claim.get("quote") or evidence[0].get("quote") or ""
    start = evidence[0].get("start", report.text.find(quote))
    sentence = report.text[slice(*sentence_at(report.text, start, start + len(quote)))].strip() if start >= 0 else quote
    return Miss(kind, report.id, claim["event"], claim["status"], quote, sentence)
