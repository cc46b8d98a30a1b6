"""What a feed lists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One article as its feed announces it. `id` is never empty: the feed's own, else the link, else a digest of what is there.

    `published` and `updated` are as printed, in whatever form and zone. `title` is plain text; `summary` and `content` may be
    HTML. `link` is absolute, or None.
    """

    id: str
    link: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    summary: str | None = None
    content: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A sitemap that an index points to; `changed` as printed."""

    link: str
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """`kind`: rss, atom, json, sitemap or index. `maps` are filled for an index only, `items` for all others.
    `whole`: False where the document was cut off."""

    kind: str
    title: str | None
    link: str | None
    language: str | None
    items: tuple[Item, ...]
    maps: tuple[Map, ...] = ()
    whole: bool = True
