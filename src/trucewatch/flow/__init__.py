"""The way of one article, from its bytes to its claims, and of one day, from claims to the tracker: the only room that knows all
steps."""

from trucewatch.flow.articles import Coded, Report, Watch, code_rows, code_source, keep, read_claims, read_into
from trucewatch.flow.data import DataReport, check_data, reading, resolver
from trucewatch.flow.days import Case, Laid, Totals, case_of, directions, laid, tracked, tracker
from trucewatch.flow.exported import exported, met
from trucewatch.flow.ground import ground_of, told_of
from trucewatch.flow.judged import laid_over
from trucewatch.flow.monitored import Left, case, catch_up, day_of, tracker_of, watched
from trucewatch.flow.standing import happening_of

__all__ = [
    "Case",
    "Coded",
    "DataReport",
    "Laid",
    "Left",
    "Report",
    "Totals",
    "Watch",
    "case",
    "case_of",
    "catch_up",
    "check_data",
    "code_rows",
    "code_source",
    "day_of",
    "directions",
    "exported",
    "ground_of",
    "happening_of",
    "keep",
    "laid",
    "laid_over",
    "met",
    "read_claims",
    "read_into",
    "reading",
    "resolver",
    "told_of",
    "tracked",
    "tracker",
    "tracker_of",
    "watched",
]
