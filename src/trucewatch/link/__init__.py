"""Claims laid side by side: happenings, origins, relations and figures in series. Pure functions on claims; no data file is read
here and nothing is stored."""

from trucewatch.link.blocks import Keys, asks, flat, posts, shelf
from trucewatch.link.cluster import Board, leaders, verdicts
from trucewatch.link.compare import Comparison, compare, margin
from trucewatch.link.counts import added, counted_from, figures, fits, same_source, series, spread
from trucewatch.link.daily import read_daily
from trucewatch.link.happenings import happening, happenings, of
from trucewatch.link.index import Index, component, extend, indexed, judge, remove
from trucewatch.link.local import Old, regroup
from trucewatch.link.origins import origins
from trucewatch.link.reasons import told
from trucewatch.link.relations import links
from trucewatch.link.view import View, view

__all__ = [
    "Board",
    "Comparison",
    "Index",
    "Keys",
    "Old",
    "View",
    "added",
    "asks",
    "compare",
    "component",
    "counted_from",
    "extend",
    "figures",
    "fits",
    "flat",
    "happening",
    "happenings",
    "indexed",
    "judge",
    "leaders",
    "links",
    "margin",
    "of",
    "origins",
    "posts",
    "read_daily",
    "regroup",
    "remove",
    "same_source",
    "series",
    "shelf",
    "spread",
    "told",
    "verdicts",
    "view",
]
