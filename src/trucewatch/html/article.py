"""The article of a page: what its head states and what its lines print, in one parse and one walk."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.html.head import Head, Stated, head
from trucewatch.html.pick import pick
from trucewatch.html.tree import Marks, Tree, tree
from trucewatch.model.outlet import PageRules

TITLE = 10  # characters of a title at least, to know it again
BYLINE = 90  # of a byline at most
BEHIND = 5  # lines behind the body in which a byline may stand
SHARED = 0.5  # share of a heading's words that the page's own name of the article must have too
RULED = ("title", "body", "date", "byline", "caption", "drop")
_SUFFIX = re.compile(r"\s+[|–—:»•·-]+\s+")
_WORDS = re.compile(r"\w+")
NO_RULES = PageRules()


@dataclass(frozen=True, slots=True)
class Printed:
    """What an article's page prints, line by line; `head` is what it states of itself.

    `bylines`, `dates`: short lines so marked, near the body. `above`, `below`: all lines before and after the first paragraph;
    `titled`: where in `above` the title stands, or None. `stated`: the head's dates and that of the first time element below
    the title. `sure`: the picker trusts its paragraphs.
    """

    head: Head
    title: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    bylines: tuple[str, ...]
    dates: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    titled: int | None
    stated: tuple[Stated, ...]
    sure: bool


def article(html: str, marks: Marks, rules_of: Callable[[str | None], PageRules] = lambda _: NO_RULES) -> Printed:
    """The article of a page by its markup alone. Never raises; of a page without text the paragraphs are empty.

    `rules_of`: gives, for the address that the page says it has, the rules of its outlet.
    """
    from selectolax.lexbor import LexborHTMLParser  # needed for pages only

    parsed = LexborHTMLParser(html)
    stated = head(parsed)
    grown = tree(parsed.body, marks, _ruled(parsed, rules_of(stated.url))) if parsed.body else Tree([], [], [])
    if not grown.lines:
        return Printed(stated, next(iter(stated.titles), None), (), (), (), (), (), (), None, stated.stated, False)
    at, title = _title(grown, stated)
    picked = pick(grown, at, stated.told)
    texts = [line.text for line in grown.lines]
    first = picked.body[0] if picked.body else len(texts)
    times = [Stated("time", told or text) for told, text, line in grown.times if (told or text) and line >= (at or 0)][:1]
    return Printed(
        head=stated,
        title=title,
        paragraphs=tuple(texts[i] for i in picked.body),
        captions=tuple(dict.fromkeys(texts[i] for i in picked.captions)),
        bylines=_marked(grown, "byline", at, picked.body),
        dates=_marked(grown, "date", at, picked.body),
        above=tuple(texts[:first]),
        below=tuple(texts[first + 1 :]),
        titled=at if at is not None and at < first else None,
        stated=(*stated.stated, *times),
        sure=picked.sure,
    )


def _ruled(parsed: Any, rules: PageRules) -> Mapping[int, str]:
    """Elements that an outlet's rules name, by their number in memory; of a kind's selectors the first that finds something."""
    from selectolax.lexbor import SelectolaxError

    out: dict[int, str] = {}
    for kind in RULED:
        for selector in getattr(rules, kind):
            try:
                found = parsed.css(selector)
            except SelectolaxError:  # a form of selector that this parser does not know
                continue
            out.update((node.mem_id, kind) for node in found)
            if found and kind != "drop":
                break
    return out


def _title(grown: Tree, stated: Head) -> tuple[int | None, str | None]:
    """(its line, the title): the heading that the page's head names too, as printed; else the head's own, its site left out."""
    named = [set(_WORDS.findall(title.casefold())) for title in stated.titles]
    heading = [False] * len(grown.boxes)
    for at, box in enumerate(grown.boxes):
        heading[at] = box.tag in ("h1", "h2", "h3") or box.ruled == "title" or heading[box.parent]
    heads = [(i, line.text) for i, line in enumerate(grown.lines) if heading[line.box] and len(line.text) >= TITLE]
    ruled = next((i for i, _ in heads if grown.boxes[grown.lines[i].box].ruled == "title"), None)
    if ruled is not None:
        return ruled, grown.lines[ruled].text
    best: tuple[float, int] = (0.0, 0)
    for i, text in heads:
        words = set(_WORDS.findall(text.casefold()))
        shared = max((len(words & name) / max(len(words | name), 1) for name in named if words), default=0.0)
        within = any(text in name for name in stated.titles)
        best = max(best, (shared + within, -i))
    if best[0] >= SHARED:
        return -best[1], grown.lines[-best[1]].text
    if not stated.titles:
        return next(((i, text) for i, text in heads if grown.boxes[grown.lines[i].box].tag == "h1"), (None, None))
    title = without_site(stated.titles[0], stated.site, alone=len(stated.titles) == 1)
    return next((i for i, line in enumerate(grown.lines) if line.text == title), None), title


def without_site(title: str, site: str | None, *, alone: bool = True) -> str:
    """`Talks go on - The Courier` is `Talks go on`: the last part goes if it is the site's name, or, if no other title is told
    (`alone`), where it is short and follows more than two words."""
    parts = [*_SUFFIX.finditer(title)]
    if not parts:
        return title
    before, after = title[: parts[-1].start()], title[parts[-1].end() :]
    named = site is not None and after.casefold() == site.casefold()
    short = alone and len(before.split()) > 2 and len(after.split()) <= 4 and len(after) < len(before)
    return before if named or short else title


def _marked(grown: Tree, kind: str, at: int | None, body: Sequence[int]) -> tuple[str, ...]:
    """Short lines in boxes named so, from the title or the page's beginning to the body's end; if a rule names any, those."""
    last = body[-1] + BEHIND if body else len(grown.lines)
    short = [i for i in range(at or 0, min(last, len(grown.lines))) if len(grown.lines[i].text) <= BYLINE]
    apart = [i for i in short if i not in set(body)]
    for ruled in (True, False):
        found = [grown.lines[i].text for i in apart if _is(grown, grown.lines[i].box, kind, ruled)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _is(grown: Tree, box: int, kind: str, ruled: bool) -> bool:
    for _ in range(3):
        if (grown.boxes[box].ruled if ruled else grown.boxes[box].mark) == kind:
            return True
        box = grown.boxes[box].parent
    return False
