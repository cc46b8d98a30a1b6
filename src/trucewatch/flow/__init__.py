"""The way of one article, from its bytes to its claims, and of one day, from claims to the tracker: the only room that knows all
steps."""

from trucewatch.flow.articles import Coded, Report, Watch, code_rows, code_source, keep, read_claims, read_into
from trucewatch.flow.data import DataReport, check_data, reading, resolver
from trucewatch.flow.days import Case, case, case_of, directions, tracker

__all__ = [
    "Case",
    "Coded",
    "DataReport",
    "Report",
    "Watch",
    "case",
    "case_of",
    "check_data",
    "code_rows",
    "code_source",
    "directions",
    "keep",
    "read_claims",
    "read_into",
    "reading",
    "resolver",
    "tracker",
]
