"""An HTML page as a text with its blocks: title, byline, dateline, body, captions; and the dates that its markup states."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trucewatch.errors import ReadError
from trucewatch.html import Marks, Printed, Stated, article
from trucewatch.model import Block
from trucewatch.model.outlet import PageRules
from trucewatch.read.hints import hints
from trucewatch.read.knowledge import Words
from trucewatch.read.lines import is_dateline

ABOVE, BELOW = 25, 8  # lines above and below the body's beginning (a summary, often) in which a dateline is looked for
DATELINE = 110  # characters of a dateline at most
RulesOf = Callable[[str | None], PageRules]


@dataclass(frozen=True, slots=True)
class Page:
    """`text`: title, byline, datelines, body, captions, divided by blank lines; `told`: blocks of it that the markup tells, all
    but the body's; `language`: what the page says it is; `stated`: its own dates."""

    text: str
    told: tuple[Block, ...]
    title: str | None
    url: str | None
    language: str | None
    stated: tuple[Stated, ...]


def page(html: str, words: Words, marks: Marks, rules_of: RulesOf) -> Page:
    """The article of a page. `rules_of`: an address -> the rules of its outlet. Raises ReadError where no article is found."""
    if not html.strip():
        raise ReadError("nothing in it. Give a file with text.")
    found = article(html, marks, rules_of)
    paragraphs = found.paragraphs if found.sure else _second_opinion(html) or found.paragraphs
    if not paragraphs:
        raise ReadError("no article text found in this page. Give a page with running text, or the text itself.")
    if len(paragraphs) > 1 and paragraphs[0] == found.title:
        paragraphs = paragraphs[1:]
    body = set(paragraphs)
    datelines = [line for line in _datelines(found, words) if line not in body]
    byline = _byline(found)
    pieces = [("headline", found.title), ("byline", byline), *(("dateline", line) for line in datelines)]
    pieces += [("body", line) for line in paragraphs] + [("caption", line) for line in found.captions if line not in body]
    text, blocks = _joined((kind, line) for kind, line in _once(pieces, body))
    told = tuple(block for block in blocks if block.kind != "body")
    return Page(text, told, found.title, found.head.url, found.head.language, found.stated)


def _second_opinion(html: str) -> tuple[str, ...]:
    """The body by another reader, slower and without rules of outlets: asked where the picker does not trust itself."""
    import trafilatura  # slow to import

    found = trafilatura.extract(html, fast=True, include_comments=False, include_tables=False)
    return tuple(" ".join(line.split()) for line in (found or "").split("\n") if line.strip())


def _once(pieces: Iterable[tuple[str, str | None]], body: set[str]) -> Iterable[tuple[str, str]]:
    """Pieces without empty ones, and without a head line that another piece repeats."""
    seen: set[str] = set()
    for kind, line in pieces:
        if line and (kind == "body" or (line not in seen and line not in body)):
            seen.add(line)
            yield kind, line


def _joined(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[Block, ...]]:
    out: list[str] = []
    blocks: list[Block] = []
    at = 0
    for kind, line in pieces:
        blocks.append(Block(kind, at, at + len(line)))
        out.append(line)
        at += len(line) + 2
    return "\n\n".join(out), tuple(blocks)


def _byline(found: Printed) -> str | None:
    """The marked line that names an author of the head, else the first one of two words or more."""
    named = next((line for line in found.bylines if any(name.casefold() in line.casefold() for name in found.head.authors)), None)
    return named or next((line for line in found.bylines if len(line.split()) > 1), None)


def _datelines(found: Printed, words: Words) -> list[str]:
    """Lines with a whole date: those so marked, then those about the first paragraph, the nearest above before those below; two
    at most.

    A line with an address tells when the page was printed out. What stands above the title may be the site's own clock, the day
    the page was saved: it is taken only if nothing better is stated.
    """
    clock = not any(item.source != "header" for item in found.stated)
    first = max(0, len(found.above) - ABOVE)
    head = first if found.titled is None else max(first, found.titled)
    near = (*reversed(found.above[head:]), *found.below[:BELOW])
    lines = (*found.dates, *near, *(reversed(found.above[first:head]) if clock else ()))
    short = (line for line in dict.fromkeys(lines) if len(line) <= DATELINE and "://" not in line and is_dateline(line, words))
    return [line for line in short if any(hint.values for hint in hints(line, words))][:2]
