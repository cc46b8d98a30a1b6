"""Whatever the bytes are: told by how they begin, not by what the server calls them."""

import json
import re
from dataclasses import replace

from trucewatch.errors import ReadError
from trucewatch.feeds.entries import entries
from trucewatch.feeds.item import Listing
from trucewatch.feeds.jsonfeed import json_feed
from trucewatch.feeds.sitemaps import ROOTS, sitemap
from trucewatch.feeds.tree import Element, absolute, decoded, name, tree

_FEED = ("rss", "rdf", "feed", "channel", "item", "entry")
_LINK = re.compile(r"<link\b[^<>]{0,2000}+>", re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?application/(?:rss\+xml|atom\+xml|feed\+json)""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


def listing(data: bytes, *, base: str | None = None, charset: str | None = None) -> Listing:
    """The items of a feed. `base`: its address, to which links are joined; `charset`: what the server told.

    Raises ReadError (without a place) for what is no feed; a page's own feeds are named in it.
    """
    text = decoded(data, charset).lstrip("\ufeff \t\r\n")
    if not text:
        raise ReadError("nothing in it. Give the address of a feed.")
    if text.startswith("{"):
        return _json(text, base)
    root = tree(text)
    if root is not None and name(root) in ROOTS:
        return replace(sitemap(root, base), whole=_is_closed(text, root))
    found = entries(root, base) if root is not None else None
    if found is None or (not found.items and name(root) not in _FEED):
        raise ReadError(f"it is no feed. {_instead(text, base)}")
    return replace(found, whole=_is_closed(text, root))


def _is_closed(text: str, root: Element) -> bool:
    """Whether the root's own end stands at the end."""
    return any(name_ == name(root) for name_ in re.findall(r"</(?:[\w.-]+:)?([\w.-]+)\s*>", text[-300:].lower())[-1:])


def _json(text: str, base: str | None) -> Listing:
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise ReadError("it begins like JSON but is none. Give the address of a feed.") from None
    if not isinstance(data.get("items"), list):
        raise ReadError("it is JSON, but no JSON Feed. Give the address of a feed.")
    return json_feed(data, base)


def _instead(text: str, base: str | None) -> str:
    """The feeds that a page names in its head."""
    links = [_HREF.search(link) for link in _LINK.findall(text[:200_000]) if _TYPE.search(link)]
    named = [whole for link in links if link and (whole := absolute(link.group(1), None, base))]
    return f"The page names feeds of its own: {', '.join(dict.fromkeys(named[:5]))}." if named else "Give the address of a feed."
