"""The situation report of a day: one model, shown as a page for the browser and as one for print."""

from trucewatch.report.make import Told, desk_of, sitrep
from trucewatch.report.page import figures, html
from trucewatch.report.pdf import pdf
from trucewatch.report.sitrep import Chart, Cite, Item, Part, Sitrep
from trucewatch.report.style import Style, style
from trucewatch.report.unseen import Feed, Ground, Outlet

__all__ = [
    "Chart",
    "Cite",
    "Feed",
    "Ground",
    "Item",
    "Outlet",
    "Part",
    "Sitrep",
    "Style",
    "Told",
    "desk_of",
    "figures",
    "html",
    "pdf",
    "sitrep",
    "style",
]
