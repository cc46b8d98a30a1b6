"""An HTML page as text: title, dateline if the page prints one, body; and the dates that the page's markup states."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import ReadError
from trucewatch.read.dates import Stated
from trucewatch.read.hints import hints
from trucewatch.read.knowledge import Words
from trucewatch.read.lines import is_dateline

ABOVE, BELOW = 25, 8  # lines above and below the body's beginning (a summary, often) in which a dateline is looked for
TITLE = 10  # characters of a title at least, to know it again
DATELINE = 110  # characters of a dateline at most
_BLOCK = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "table",
        "td",
        "th",
        "time",
        "tr",
        "ul",
    )
)
_META = {
    "article:published_time": "meta",
    "og:article:published_time": "meta",
    "datepublished": "meta",
    "pubdate": "meta",
    "publishdate": "meta",
    "dc.date.issued": "meta",
    "dcterms.created": "meta",
    "parsely-pub-date": "meta",
    "sailthru.date": "meta",
    "date": "header",
    "dc.date": "header",  # often the day the page was built
}


@dataclass(frozen=True, slots=True)
class Page:
    """`text`: title, dateline, body, divided by blank lines; `language`: what the page says it is; `stated`: its own dates."""

    text: str
    title: str | None
    url: str | None
    language: str | None
    stated: tuple[Stated, ...]


def page(html: str, words: Words) -> Page:
    """The article of a page. Raises ReadError where no article text is found."""
    # Slow to import and needed for pages only.
    import lxml.html  # type: ignore[import-untyped]
    import trafilatura

    if not html.strip():
        raise ReadError("nothing in it. Give a file with text.")
    tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    found = trafilatura.bare_extraction(html, fast=True, include_comments=False, include_tables=False, with_metadata=True)
    body = found.text if isinstance(found, trafilatura.settings.Document) and found.text else ""
    if not body.strip() or not isinstance(found, trafilatura.settings.Document):
        raise ReadError("no article text found in this page. Give a page with running text, or the text itself.")
    title = found.title.strip() if found.title else None
    paragraphs = [line.strip() for line in body.split("\n") if line.strip()]
    if len(paragraphs) > 1 and paragraphs[0] == title:
        del paragraphs[0]
    lines = _lines(tree)
    stated = tuple(_stated(tree))
    datelines = _datelines(lines, paragraphs[0], title, words, clock=not any(item.source != "header" for item in stated))
    parts = [part for part in (title, *datelines) if part and part != paragraphs[0]]
    text = "\n\n".join([*parts, *paragraphs])
    return Page(text, title, found.url, tree.get("lang"), stated)


def _lines(tree: Any) -> list[str]:
    """The page's printed lines, in order."""
    copy = deepcopy(tree)
    for element in list(copy.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    for element in copy.iter():
        if element.tag in _BLOCK:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    return [" ".join(line.split()) for line in str(copy.text_content()).split("\n") if line.strip()]


def _datelines(lines: list[str], opening: str, title: str | None, words: Words, *, clock: bool) -> list[str]:
    """Lines with a whole date about the first paragraph of the body; two at most, the nearest above before those below.

    What stands above the title may be the site's own clock, the day the page was saved: it is taken only if `clock`.
    """
    start = " ".join(opening.split())[:40]
    at = next((i for i, line in enumerate(lines) if line.startswith(start)), None)
    if at is None:
        return []
    first = max(0, at - ABOVE)
    head = next((i for i in range(at - 1, first - 1, -1) if title and len(lines[i]) >= TITLE and lines[i] in title), first)
    around = [*reversed(lines[head:at]), *lines[at + 1 : at + 1 + BELOW], *(reversed(lines[first:head]) if clock else ())]
    short = [line for line in around if len(line) <= DATELINE and is_dateline(line, words)]
    return list(dict.fromkeys(line for line in short if any(hint.values for hint in hints(line, words))))[:2]


def _stated(tree: Any) -> Iterator[Stated]:
    for element in tree.iter("script"):
        if element.get("type") == "application/ld+json" and element.text:
            try:
                data = json.loads(element.text, strict=False)
            except ValueError:
                continue
            value = _published(data)
            if value:
                yield Stated("jsonld", value)
                break
    seen: set[str] = set()
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        source = _META.get(name)
        if source and element.get("content") and source not in seen:
            seen.add(source)
            yield Stated(source, element.get("content").strip())
    time = next((element.get("datetime") for element in tree.iter("time") if element.get("datetime")), None)
    if time:
        yield Stated("time", time.strip())


def _published(data: Any) -> str | None:
    """The first datePublished of a JSON-LD tree, the outer object before what it holds."""
    if isinstance(data, dict):
        if isinstance(data.get("datePublished"), str):
            return str(data["datePublished"])
        return next((found for value in data.values() if (found := _published(value))), None)
    if isinstance(data, list):
        return next((found for value in data if (found := _published(value))), None)
    return None
