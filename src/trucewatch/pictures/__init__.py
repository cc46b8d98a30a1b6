"""Drawings as SVG, for reports and for pages: figures, days, codes and lines inside, no word, so that the same drawing serves
every language. Nothing here knows a report, a claim or an agreement."""
