"""JSON Feed, versions 1 and 1.1."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from trucewatch.feeds.item import Item, Listing
from trucewatch.feeds.made import digest
from trucewatch.feeds.tree import plain


def json_feed(data: Mapping[str, Any], base: str | None) -> Listing:
    """The items of a feed; those that are no objects are passed over."""
    told = _text(data, "language")
    rows = data.get("items")
    items = tuple(_item(row, base, told) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return Listing("json", plain(_text(data, "title")), _web(_text(data, "home_page_url"), base), told, items)


def _item(row: Mapping[str, Any], base: str | None, told: str | None) -> Item:
    title, published = plain(_text(row, "title")), _text(row, "date_published")
    summary = _text(row, "summary")
    content = _text(row, "content_html") or _text(row, "content_text")
    link = _web(_text(row, "url"), base) or _web(_text(row, "external_url"), base)
    made = _text(row, "id") or link or digest(title, summary or content, published)
    language = _text(row, "language") or told
    return Item(made, link, title, published, _text(row, "date_modified"), _author(row), summary, content, language)


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    # Escapes can name what no text should hold: U+0000 and halves of pairs.
    return value.encode("utf-8", "ignore").decode().replace("\x00", "").strip() or None if isinstance(value, str) else None


def _author(row: Mapping[str, Any]) -> str | None:
    authors = row.get("authors") if isinstance(row.get("authors"), list) else [row.get("author")]
    return next((named for one in authors or () if isinstance(one, dict) and (named := plain(_text(one, "name")))), None)


def _web(link: str | None, base: str | None) -> str | None:
    try:
        whole = urljoin(base or "", link) if link else ""
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).netloc else None
    except ValueError:
        return None
