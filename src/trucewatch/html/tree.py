"""A page as lines in boxes: parsed once, walked once, never changed.

The parser's tree is only read: taking elements out of it while walking is where such parsers have crashed.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from trucewatch.html.marks import KINDS

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"),
        *("tt", "u", "var", "wbr"),
    )
)
SKIPPED = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "frame", "object", "embed", "canvas", "video"),
        *("audio", "button", "select", "option", "textarea", "input", "datalist", "progress", "head", "title", "meta", "link"),
        *("img", "picture", "source", "map", "area", "amp-ad", "amp-sidebar", "amp-consent", "dialog", "nav", "-comment"),
    )
)
CUT = frozenset(("footer", "aside"))
CELLS = frozenset(("td", "th"))
LABELS = frozenset(("span", "time"))
UNSEEN = "unseen"  # the mark of what a browser does not show
DEEP = 200  # elements within one another at most; what lies deeper is not read
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
Marks = Mapping[str, str]
Known = dict[tuple[str | None, ...], tuple[str, str]]  # class, id, role, itemprop -> joined, and what they tell


class Line(NamedTuple):
    """`text`: white space folded, not of signs alone; `box`: the innermost that holds it; `linked`: how many of its characters
    lie in links."""

    text: str
    box: int
    linked: int


class Box(NamedTuple):
    """A block element; its `parent` has a smaller number. `name`: its class, id, role and itemprop; `mark`: what they tell.

    `ruled`: what a rule of the outlet says it is (title, body, date, byline, caption, drop), or nothing.
    """

    parent: int
    tag: str
    mark: str
    name: str
    ruled: str = ""


class Tree(NamedTuple):
    """Boxes and lines in the order of the page; `times`: (datetime, text, line before which it stands) of its time elements."""

    boxes: list[Box]
    lines: list[Line]
    times: list[tuple[str, str, int]]


def tree(body: Any, marks: Marks, ruled: Mapping[int, str]) -> Tree:
    """The lines of a parsed page's body. `ruled`: what an outlet's rules say of elements, by their number in memory."""
    boxes = [Box(0, "body", "", "")]
    lines: list[Line] = []
    times: list[tuple[str, str, int]] = []
    words: list[str] = []  # of the line that is being read
    known: Known = {}
    linked = 0

    def flush(box: int) -> None:
        nonlocal linked
        text = " ".join("".join(words).split())
        if len(text) > 3 or any(map(str.isalnum, text)):
            lines.append(Line(text, box, min(linked, len(text))))
        words.clear()
        linked = 0

    def walk(node: Any, box: int, link: bool, depth: int) -> None:
        nonlocal linked
        child = node.first_child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                text = child.text_content
                if words or not text.isspace():
                    words.append(text)
                    if link:
                        linked += len(text.strip())
            elif tag in SKIPPED or depth > DEEP:
                pass
            elif (
                (tag in INLINE or (tag in CELLS and _plain(child)))
                and not (ruled and child.mem_id in ruled)
                and not (tag in LABELS and _label(child, known, marks))
            ):
                if tag == "time":
                    times.append((child.attributes.get("datetime") or "", child.text(), len(lines)))
                elif tag in CELLS:
                    words.append(" ")
                walk(child, box, link or tag == "a", depth + 1)
            elif tag == "br":
                if words:
                    flush(box)
            else:
                if words:
                    flush(box)
                boxes.append(_box(child, box, tag, known, marks, ruled))
                here, before = len(boxes) - 1, len(lines)
                walk(child, here, link, depth + 1)
                if words:
                    flush(here)
                if len(lines) == before:
                    del boxes[here:]  # nothing is printed in it
            child = child.next

    walk(body, 0, False, 0)
    flush(0)
    return Tree(boxes, lines, times)


def _label(node: Any, known: Known, marks: Marks) -> bool:
    """A byline or date beside other elements, as pages set them in a row: a line of its own, not words of a sentence."""
    name = node.attributes.get("class")
    if not name:
        return False
    if (name,) not in known:
        known[name,] = _named((name,), marks)
    if known[name,][1] not in ("byline", "date"):
        return False
    return all(other is None or other.tag != "-text" or other.text_content.isspace() for other in (node.prev, node.next))


def _box(node: Any, parent: int, tag: str, known: Known, marks: Marks, ruled: Mapping[int, str]) -> Box:
    told = node.attributes
    name = mark = ""
    if told:
        get = told.get
        key = (get("class"), get("id"), get("role"), get("itemprop"))
        if key not in known:
            known[key] = _named(key, marks)
        name, mark = known[key]
        if ("hidden" in told or "aria-hidden" in told or "style" in told) and _unseen(told):
            mark = UNSEEN
    if tag in CUT:
        mark = "cut"
    elif tag == "figcaption":
        mark = "caption"
    return Box(parent, tag, mark, name, ruled.get(node.mem_id, "") if ruled else "")


def _named(key: tuple[str | None, ...], marks: Marks) -> tuple[str, str]:
    name = " ".join(part for part in key if part)
    return name, marked(name, marks)


def _unseen(told: Mapping[str, str | None]) -> bool:
    return "hidden" in told or told.get("aria-hidden") == "true" or bool(_UNSEEN.search(told.get("style") or ""))


def _plain(cell: Any) -> bool:
    """A table's cell with nothing but running text; its row becomes one line."""
    return all(child.tag in INLINE or child.tag == "-text" for child in cell.iter(include_text=True))


def marked(name: str, marks: Marks) -> str:
    """The kind of a class, id or role: of its words, and of two neighbours as one, the first kind of KINDS."""
    found = set()
    before = ""
    for part in _WORD.findall(name):
        word = part.lower()
        if word in marks:
            found.add(marks[word])
        if before + word in marks:
            found.add(marks[before + word])
        before = word
    return next(kind for kind in KINDS if kind in found) if found else ""
