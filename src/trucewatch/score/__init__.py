"""How well coded claims agree with claims that a person labelled. `trucewatch eval` is its door."""

from trucewatch.score.gold import HALVES, Report, reports
from trucewatch.score.groups import BY, Groups, Resolve, by_event, by_party, group_intervals
from trucewatch.score.tally import Counts, Interval, Miss, Score, figures, intervals, score

__all__ = [
    "BY",
    "HALVES",
    "Counts",
    "Groups",
    "Interval",
    "Miss",
    "Report",
    "Resolve",
    "Score",
    "by_event",
    "by_party",
    "figures",
    "group_intervals",
    "intervals",
    "reports",
    "score",
]
