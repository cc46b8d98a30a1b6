"""A sentence taken apart: its items and heads, where its clauses end, which phrase stands in which relation to which word."""

from trucewatch.clause.line import Head, Line
from trucewatch.clause.prepare import grammar_of, lines

__all__ = ["Head", "Line", "grammar_of", "lines"]
