"""How well coded claims agree with claims that a person labelled. `trucewatch eval` is its door."""

from trucewatch.score.gold import HALVES, Report, reports
from trucewatch.score.tally import Counts, Interval, Miss, Score, figures, intervals, score

__all__ = ["HALVES", "Counts", "Interval", "Miss", "Report", "Score", "figures", "intervals", "reports", "score"]
