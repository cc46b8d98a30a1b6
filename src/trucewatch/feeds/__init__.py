"""Bytes of a feed to its items: RSS, Atom, JSON Feed, news sitemaps and their indexes. Dates stay as they were printed."""

from trucewatch.feeds.item import Item, Listing, Map
from trucewatch.feeds.read import listing

__all__ = ["Item", "Listing", "Map", "listing"]
