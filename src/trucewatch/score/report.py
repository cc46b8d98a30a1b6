"""A score for a reader and for a machine."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trucewatch.score.groups import Groups, shares
from trucewatch.score.tally import ROWS, Interval, Miss, Score, figures

EVERY = "*"


def as_data(result: Score, intervals: Mapping[str, Interval]) -> dict[str, Any]:
    """Language → row → p, r, f1, match; "*" is all languages.

    Row `all` holds the number of `reports` too; in "*" the rows hold their `interval`, and `event` the `false_alarms`:
    claims on reports that hold none.
    """
    data: dict[str, Any] = {}
    for name, rows in result.rows.items():
        data[name] = {row: {key: round(value, 4) for key, value in figures(rows[row]).items()} for row in ROWS}
        data[name]["all"]["reports"] = result.reports[name]
    data[EVERY]["event"]["false_alarms"] = result.false_alarms
    for row, interval in intervals.items():
        data[EVERY][row]["interval"] = [round(interval.low, 4), round(interval.high, 4)]
    return data


def groups_as_data(found: Groups, intervals: Mapping[str, Mapping[str, Interval]]) -> dict[str, Any]:
    """Name -> claims, recall, right, extra, and the intervals of recall and right where they were drawn."""
    return {
        name: {key: round(value, 4) for key, value in shares(row).items()}
        | {f"{key}_interval": [round(span.low, 4), round(span.high, 4)] for key, span in sorted(intervals.get(name, {}).items())}
        for name, row in found.rows.items()
    }


def groups_as_lines(by: str, found: Groups, intervals: Mapping[str, Mapping[str, Interval]]) -> Iterator[str]:
    """A table: labelled claims, how many of them were found, how much of the found is right, claims that answer none."""
    head = f"by {by:22}{'claims':>7}{'found':>8}{'right':>8}{'extra':>7}"
    yield f"{head}   95 % of found, of right" if intervals else head
    for name, row in found.rows.items():
        told, drawn = shares(row), intervals.get(name, {})
        spans = [f"{drawn[key].low:.3f}–{drawn[key].high:.3f}" for key in ("recall", "right") if key in drawn]
        figures_ = f"{told['claims']:7d}{told['recall']:8.3f}{told['right']:8.3f}{told['extra']:7d}"
        yield f"   {name:22}{figures_}" + (f"   {'  '.join(spans)}" if spans else "")
    yield ""


def as_lines(result: Score, intervals: Mapping[str, Interval]) -> Iterator[str]:
    for name, rows in result.rows.items():
        shown = intervals if name == EVERY else {}
        yield f"{'all languages' if name == EVERY else name}: {result.reports[name]} reports"
        head = f"  {'slot':13}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'extra':>7}{'missed':>7}{'match':>8}"
        yield f"{head}   95 % of F1" if shown else head
        for row in ROWS:
            counts, found = rows[row], figures(rows[row])
            span = f"   {shown[row].low:.3f}–{shown[row].high:.3f}" if row in shown else ""
            yield (
                f"  {row:13}{found['p']:7.3f}{found['r']:7.3f}{found['f1']:7.3f}"
                f"{counts.hit:7d}{counts.extra:7d}{counts.missed:7d}{found['match']:8.3f}{span}"
            )
        yield ""
    yield f"claims on reports that hold none: {result.false_alarms}"


def miss_as_lines(miss: Miss, reading: Iterable[str]) -> Iterator[str]:
    """A miss, and below it how its sentence is read."""
    yield f"{miss.kind:7} {miss.report}  {miss.event} {miss.status}  {miss.quote}"
    yield from (f"        {line}" for line in reading)
