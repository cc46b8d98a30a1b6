"""A score for a reader and for a machine."""

from collections.abc import Iterator, Mapping
from typing import Any

from trucewatch.score.tally import ROWS, Interval, Score, figures

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


def as_lines(result: Score, intervals: Mapping[str, Interval], *, misses: int = 0) -> Iterator[str]:
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
    for miss in result.misses[:misses]:
        yield f"{miss.kind:7} {miss.report}  {miss.event} {miss.status}  {miss.quote}"
