"""RSS of all versions and Atom, by the names of their elements: in the wild their namespaces are often wrong or missing."""

import base64
import binascii
from collections.abc import Callable

from trucewatch.feeds.item import Item, Listing
from trucewatch.feeds.made import digest
from trucewatch.feeds.tree import Element, absolute, children, language, name, plain, said, space

_OWN = ("purl.org/atom", "w3.org/2005/atom", "purl.org/rss", "my.netscape.com", "backend.userland.com", "w3.org/1999/xhtml")
_PUBLISHED = (("pubdate", "published", "issued"), ("date",), ("created",))
_UPDATED = (("updated", "modified", "lastbuilddate"),)


def entries(root: Element, base: str | None) -> Listing:
    """The items of a feed in its own order. A document without any is a listing without items."""
    head = next((found for found in root.iter() if name(found) in ("channel", "feed")), root)
    kind = "atom" if name(head) == "feed" else "rss"
    told = plain(_first(head, said, ("language",))) or language(head)
    items = tuple(_item(found, base, told) for found in root.iter() if name(found) in ("item", "entry") and _is_own(found))
    return Listing(kind, _first(head, _title, ("title",), own=True), _link(head, base), told, items)


def _item(found: Element, base: str | None, told: str | None) -> Item:
    title = _first(found, _title, ("title",), own=True) or _first(found, _title, ("title",), own=True, also="dc/")
    summary = _first(found, _value, ("summary",), ("description",), own=True)
    content = _first(found, _value, ("encoded",)) or _first(found, _value, ("content", "body", "fullitem"), own=True)
    published = next((date for names in _PUBLISHED if (date := _first(found, said, names))), None)
    updated = next((date for names in _UPDATED if (date := _first(found, said, names))), None)
    link = _link(found, base)
    own = _first(found, said, ("guid", "id"), own=True)
    language_ = plain(_first(found, said, ("language",))) or language(found) or told
    made = own or link or digest(title, summary, published)
    return Item(made, link, title, published, updated, _author(found), summary, content, language_)


def _first(
    found: Element, read: Callable[[Element], str | None], *choices: tuple[str, ...], own: bool = False, also: str = ""
) -> str | None:
    """The first child of the first names that says something. `own`: of the feed's own vocabulary only, not media:title."""
    for names in choices:
        for child in children(found, *names):
            if (not own or _is_own(child) or (also and also in space(child))) and (value := read(child)):
                return value
    return None


def _is_own(element: Element) -> bool:
    where = space(element).lower()
    return not where or any(part in where for part in _OWN) or where in ("rss", "atom", "rdf")


def _title(element: Element) -> str | None:
    """Words in one line. Only where it says that it is text, a < is meant as such."""
    text = _value(element)
    is_text = element.get("type") in ("text", "text/plain") and element.get("mode") != "escaped"
    return " ".join((text or "").split()) or None if is_text else plain(text)


def _value(element: Element) -> str | None:
    """Text that may be HTML; Atom 0.3 also knows base64."""
    text = said(element)
    if text and element.get("mode") == "base64":
        try:
            return base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return text
    return text


def _link(found: Element, base: str | None) -> str | None:
    """Where the article stands: what a go-between keeps as the original first, then the link, then a guid that is one."""
    links = list(children(found, "origlink", "link"))
    marked = [child for child in links if child.get("href") and (child.get("rel") or "alternate").strip().lower() == "alternate"]
    plain_ = [child for child in links if not child.get("href")]
    originals = [child for child in links if name(child) == "origlink"]
    for child in (*originals, *sorted(marked, key=_is_feed), *plain_):
        if whole := absolute(child.get("href") or said(child), child, base):
            return whole
    for child in children(found, "guid"):
        if (child.get("ispermalink") or child.get("isPermaLink") or "true").strip().lower() == "true":
            return absolute(_web(said(child)), child, base)
    return None


def _is_feed(link: Element) -> bool:
    return "html" not in (link.get("type") or "html")


def _web(text: str | None) -> str | None:
    return text if text and text.startswith(("http://", "https://")) else None


def _author(found: Element) -> str | None:
    for child in children(found, "author", "creator"):
        inner = next(children(child, "name", "email"), None)
        if told := plain(said(child if inner is None else inner)):
            return told
    return None
