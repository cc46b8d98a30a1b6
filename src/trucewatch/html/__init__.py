"""Pages: the article of an HTML page by its markup, and what the markup states of it. Knows no language."""

from trucewatch.html.article import NO_RULES, Printed, article
from trucewatch.html.head import Head, Stated
from trucewatch.html.marks import marks
from trucewatch.html.tree import Marks

__all__ = ["NO_RULES", "Head", "Marks", "Printed", "Stated", "article", "marks"]
