"""Sitemaps, those of news among them, and their indexes."""

from trucewatch.feeds.item import Item, Listing, Map
from trucewatch.feeds.tree import Element, absolute, children, name, plain, said

ROOTS = ("urlset", "sitemapindex")


def sitemap(root: Element, base: str | None) -> Listing:
    """The pages of a sitemap as items, or the maps of an index."""
    if name(root) == "sitemapindex":
        found = ((absolute(_of(one, "loc"), one, base), _of(one, "lastmod")) for one in children(root, "sitemap"))
        return Listing("index", None, None, None, (), tuple(Map(link, changed) for link, changed in found if link))
    items = (_item(one, base) for one in children(root, "url"))
    return Listing("sitemap", None, None, None, tuple(item for item in items if item))


def _item(one: Element, base: str | None) -> Item | None:
    link = absolute(_of(one, "loc"), one, base)
    if not link:
        return None
    news = next(children(one, "news"), None)
    if news is None:
        return Item(link, link, updated=_of(one, "lastmod"))
    language = next((_of(paper, "language") for paper in children(news, "publication")), None)
    return Item(
        link,
        link,
        plain(_of(news, "title")),
        published=_of(news, "publication_date"),
        updated=_of(one, "lastmod"),
        language=language,
    )


def _of(element: Element, wanted: str) -> str | None:
    return next((text for child in children(element, wanted) if (text := said(child))), None)
