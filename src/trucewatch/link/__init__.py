"""Claims laid side by side: happenings, origins, relations and figures in series. Pure functions on claims; no data file is read
here and nothing is stored."""

from trucewatch.link.blocks import Keys, asks, flat, posts
from trucewatch.link.compare import Comparison, compare
from trucewatch.link.counts import added, counted_from, figures, fits, same_source, series, spread
from trucewatch.link.daily import read_daily
from trucewatch.link.happenings import happenings, of
from trucewatch.link.index import Index, compared, component, extend, indexed, judge, of_views, remove
from trucewatch.link.origins import origins
from trucewatch.link.reasons import told
from trucewatch.link.relations import links
from trucewatch.link.view import View, view

__all__ = [
    "Comparison",
    "Index",
    "Keys",
    "View",
    "added",
    "asks",
    "compare",
    "compared",
    "component",
    "counted_from",
    "extend",
    "figures",
    "fits",
    "flat",
    "happenings",
    "indexed",
    "judge",
    "links",
    "of",
    "of_views",
    "origins",
    "posts",
    "read_daily",
    "remove",
    "same_source",
    "series",
    "spread",
    "told",
    "view",
]
