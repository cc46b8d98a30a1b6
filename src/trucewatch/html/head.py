"""What a page's markup states of itself: title, address, language, author, dates, and words by which its text is known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DATES = {
    "article:published_time": "meta",
    "og:article:published_time": "meta",
    "og:published_time": "meta",
    "datepublished": "meta",
    "pubdate": "meta",
    "publishdate": "meta",
    "publish-date": "meta",
    "dc.date.issued": "meta",
    "dcterms.created": "meta",
    "parsely-pub-date": "meta",
    "sailthru.date": "meta",
    "cxenseparse:recs:publishtime": "meta",
    "date": "header",
    "dc.date": "header",  # often the day the page was built
}
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")


@dataclass(frozen=True, slots=True)
class Stated:
    """A hint of a page's own (its JSON-LD, meta or time element) or of a row, as printed there."""

    source: str
    raw: str


@dataclass(frozen=True, slots=True)
class Head:
    """`titles`: the page's own names of the article, the most telling first; `told`: its description and, if given, its body."""

    titles: tuple[str, ...]
    url: str | None
    language: str | None
    authors: tuple[str, ...]
    site: str | None
    stated: tuple[Stated, ...]
    told: str


def head(parsed: Any) -> Head:
    """The head of a parsed page. Metas and scripts are looked for in the whole page: broken heads spill into the body."""
    metas: dict[str, str] = {}
    for element in parsed.css("meta"):
        given = element.attributes
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if name and given.get("content"):
            metas.setdefault(name, " ".join(given["content"].split()))
    article = _article(parsed)
    titles = [article.get("headline"), metas.get("og:title"), metas.get("twitter:title")]
    title = parsed.css_first("head > title")
    titles.append(title.text() if title else None)
    told = [metas.get("description"), metas.get("og:description"), article.get("description"), article.get("articleBody")]
    return Head(
        tuple(dict.fromkeys(" ".join(text.split()) for text in titles if isinstance(text, str) and text.strip())),
        _url(parsed, metas),
        _language(parsed, metas),
        tuple(dict.fromkeys([*_names(article.get("author")), *(metas[key] for key in _AUTHORS if key in metas)])),
        metas.get("og:site_name"),
        tuple(_stated(article, metas)),
        " ".join(" ".join(text.split()) for text in told if isinstance(text, str)),
    )


def _article(parsed: Any) -> dict[str, Any]:
    """The JSON-LD object that tells a day of publication, else the one that tells a headline."""
    found: list[dict[str, Any]] = []
    for element in parsed.css('script[type="application/ld+json"]'):
        try:
            found.extend(_objects(json.loads(element.text(), strict=False)))
        except (ValueError, RecursionError):
            continue
    dated = (one for one in found if isinstance(one.get("datePublished"), str))
    return next(dated, None) or next((one for one in found if isinstance(one.get("headline"), str)), {})


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD tree, the outer before what it holds."""
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _objects(value)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value)


def _names(author: Any) -> Iterator[str]:
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())


def _stated(article: dict[str, Any], metas: dict[str, str]) -> Iterator[Stated]:
    """Of each source the first date only."""
    if isinstance(article.get("datePublished"), str):
        yield Stated("jsonld", article["datePublished"])
    for source in ("meta", "header"):
        name = next((name for name, kind in DATES.items() if kind == source and name in metas), None)
        if name:
            yield Stated(source, metas[name])


def _url(parsed: Any, metas: dict[str, str]) -> str | None:
    link = parsed.css_first('link[rel="canonical"]')
    found = (link.attributes.get("href") if link else None) or metas.get("og:url") or ""
    return found.strip() if found.strip().startswith(("http://", "https://")) else None


def _language(parsed: Any, metas: dict[str, str]) -> str | None:
    told = (parsed.root.attributes.get("lang") or metas.get("og:locale") or metas.get("language") or "").strip()
    return told.replace("_", "-") or None
