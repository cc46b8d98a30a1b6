"""Which lines of a page are its article: the box that gains most, without the boxes in it that lose.

A paragraph gains its letters; a line that is short, a heading or a link costs. So the box that holds the article and little else
has the highest sum, whatever it is called. Words of class names (`Box.mark`) only take away what the sums cannot see.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from trucewatch.html.tree import UNSEEN, Box, Line, Tree

LONG = 60  # characters of a line that is a paragraph by its length alone
SHORT = 20  # of a line that is one by its full stop
MOST = 400  # a paragraph gains no more than this
LINKED = 0.7  # share of a line in links at which it is no paragraph
COST = 12.0  # what a line that is no paragraph costs beside its letters
LEAST = -150.0  # what a box can take from the box around it
ASIDE = 600.0  # a caption or byline that gains more is named wrongly
CARD = 500  # characters of another article's card at most
LITTLE, FIFTH = 300.0, 0.2  # gain, and share of the page's gain, that is next to nothing
NEXT = 3  # lines behind the body, or behind a caption there, in which another caption may stand
BEFORE = 6  # lines before the body in which a caption may stand, if the title is not there
TAIL, OF_ALL = 150.0, 0.2  # what the last box gains that may be a stranger; share of the article's gain
ANCHOR = 40  # characters of a line that are looked for in the page's description
ANCHORED = 3.0  # times a line gains that stands there
HALF = 0.5  # share of what a page could give that is most of it
_END = re.compile(r"[.…۔。!?؟:;؛][\"'”’»)\]]*$")
HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LISTS = frozenset(("li", "tr", "td", "th", "dt", "dd", "pre"))
PARTS = LISTS | {"p"}
TEXTS = HEADS | {"p", "blockquote", "pre", "li", "ul", "ol", "dl", "table"}
APART = ("caption", "byline", "date")
RULED_APART = ("drop", "byline", "date", "caption", "title")


class Picked(NamedTuple):
    """Numbers of lines: of the `body`, of `captions`; `sure`: whether the picker trusts itself."""

    body: list[int]
    captions: list[int]
    sure: bool


def pick(tree: Tree, titled: int | None = None, told: str = "") -> Picked:
    """The article's lines; none on a page without a paragraph. `titled`: the title's line, else the first h1 is taken
    for it; `told`: the page's own description, white space folded."""
    gain = _gains(tree, told)
    if titled is None:
        titled = next((at for at, line in enumerate(tree.lines) if tree.boxes[line.box].tag == "h1"), None)
    cut = _cut(tree, gain, titled)
    if any(box.ruled == "body" for box in tree.boxes):
        return _ruled(tree, cut, titled)
    own = [0.0] * len(tree.boxes)
    for line, worth in zip(tree.lines, gain, strict=True):
        if not cut[line.box]:
            own[line.box] += worth
    sums = _sums(tree, own, cut)
    best = max((at for at in range(len(sums)) if not cut[at]), key=lambda at: (sums[at], at))
    inside = _spread(tree, [at == best for at in range(len(sums))])
    body = _body(tree, gain, sums, cut, inside, best, titled)
    found = sum(max(gain[at], 0.0) for at in body)
    could = sum(worth for line, worth in zip(tree.lines, gain, strict=True) if worth > 0 and not cut[line.box])
    anchored = any(_anchored(tree.lines[at].text, told) for at in body)
    return Picked(body, _captions(tree, titled, body), found > 0 and (anchored or found >= HALF * could))


def _gains(tree: Tree, told: str) -> list[float]:
    out = []
    for text, box, linked in tree.lines:
        long = len(text)
        tag = tree.boxes[box].tag
        if linked > LINKED * long or (tag in HEADS and long < 2 * LONG):
            out.append(-COST - linked)
        elif long - linked >= LONG or (long >= SHORT and _END.search(text)):
            times = (0.5 if tag in LISTS else 1.0) * (ANCHORED if _anchored(text, told) else 1.0)
            out.append(min(long - linked, MOST) * times)
        else:
            out.append(0.0 if tag in PARTS and not linked else -COST - 0.3 * long)
    return out


def _anchored(text: str, told: str) -> bool:
    """Whether the page's description begins or goes on as this paragraph does."""
    return len(text) >= ANCHOR and text[:ANCHOR] in told


def _summed(tree: Tree, worths: list[float]) -> list[float]:
    """What each box holds, with all that lies in it."""
    out = [0.0] * len(tree.boxes)
    for line, worth in zip(tree.lines, worths, strict=True):
        out[line.box] += worth
    for at in range(len(out) - 1, 0, -1):
        if out[at]:
            out[tree.boxes[at].parent] += out[at]
    return out


def _cut(tree: Tree, gain: list[float], titled: int | None) -> list[bool]:
    """Boxes that are no article by their mark. A mark does not count on a box that holds the title, nor on one whose paragraphs
    lie in a box marked as body; and if next to nothing were left, not on those with half of the page: there it tells the layout
    (`has-sidebar`)."""
    within = _summed(tree, [max(worth, 0.0) for worth in gain])
    bodies = [0.0] * len(tree.boxes)
    for at in range(len(tree.boxes) - 1, 0, -1):
        if within[at]:
            box = tree.boxes[at]
            bodies[at] = within[at] if box.mark == "body" else bodies[at]
            bodies[box.parent] += bodies[at]
    around, cards = set(_around(tree, titled)), _cards(tree)
    told = [False] * len(tree.boxes)
    for at, box in enumerate(tree.boxes[1:], 1):
        if not (box.mark or box.ruled or at in cards):
            continue
        body = box.mark != UNSEEN and within[at] >= ASIDE and bodies[at] >= 0.6 * within[at]
        word = at in cards or box.mark in ("cut", UNSEEN) or (box.mark in APART and within[at] < ASIDE)
        told[at] = box.ruled in RULED_APART or (word and not body and at not in around)
    cut = _spread(tree, told)
    left = sum(worth for line, worth in zip(tree.lines, gain, strict=True) if worth > 0 and not cut[line.box])
    if left >= max(LITTLE, FIFTH * within[0]):
        return cut
    return _spread(tree, [there and within[at] < HALF * within[0] for at, there in enumerate(told)])


def _spread(tree: Tree, told: list[bool]) -> list[bool]:
    """The same for every box that lies in such a box."""
    out = told[:]
    if any(out):
        for at, box in enumerate(tree.boxes):
            if out[box.parent]:
                out[at] = True
    return out


def _around(tree: Tree, titled: int | None) -> Iterator[int]:
    """The boxes around the title, from within."""
    at = tree.lines[titled].box if titled is not None else 0
    while at:
        yield at
        at = tree.boxes[at].parent


def _cards(tree: Tree) -> set[int]:
    """Boxes of one kind, three or more, each with little text and a line that is all link, of words of its own: cards of other
    articles. The entries of a live page have links too, but all of the same words."""
    often = Counter(line.text for line in tree.lines if line.linked)
    text = _summed(tree, [float(len(line.text)) for line in tree.lines])
    whole = (line.linked > 15 and _linked(line) and often[line.text] < 3 for line in tree.lines)
    links = _summed(tree, [float(line.linked) if is_link else 0.0 for line, is_link in zip(tree.lines, whole, strict=True)])
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for at, box in enumerate(tree.boxes):
        if at and text[at] < CARD and links[at] > 0.12 * text[at]:
            groups[box.tag, box.name, 0 if box.name else box.parent].append(at)
    return {at for group in groups.values() if len(group) > 2 for at in group}


def _sums(tree: Tree, own: list[float], cut: list[bool]) -> list[float]:
    out = own[:]
    for at in range(len(tree.boxes) - 1, 0, -1):
        if not cut[at]:
            out[tree.boxes[at].parent] += max(out[at], LEAST)
    return out


def _ruled(tree: Tree, cut: list[bool], titled: int | None) -> Picked:
    """The lines of the boxes that the outlet's rules call the body."""
    inside = _spread(tree, [box.ruled == "body" for box in tree.boxes])
    body = [at for at, line in enumerate(tree.lines) if inside[line.box] and not cut[line.box] and not _linked(line)]
    return Picked(body, _captions(tree, titled, body), bool(body))


def _linked(line: Line) -> bool:
    return line.linked >= 0.9 * len(line.text)


def _captions(tree: Tree, titled: int | None, body: list[int]) -> list[int]:
    """From the title, or some lines before the body, to the body's end, and further as long as a caption is near (a gallery)."""
    if not body:
        return []
    shown = _spread(tree, [_is_caption(box) for box in tree.boxes])
    first = titled if titled is not None and titled < body[0] else max(0, body[0] - BEFORE)
    last, among, out = body[-1], set(body), []
    for at in range(first, len(tree.lines)):
        if at > last + NEXT:
            break
        if shown[tree.lines[at].box] and at not in among:
            out.append(at)
            last = max(last, at)
    return out


def _is_caption(box: Box) -> bool:
    return "caption" in (box.mark, box.ruled)


def _body(
    tree: Tree, gain: list[float], sums: list[float], cut: list[bool], inside: list[bool], best: int, titled: int | None
) -> list[int]:
    """Paragraphs of the best box and what stands among them; what stands before the title there is left out."""
    body: list[int] = []
    so_far = 0.0
    for at, line in enumerate(tree.lines):
        if not inside[line.box] or cut[line.box]:
            continue
        if at == titled or (tree.boxes[line.box].tag == "h1" and so_far < 0.3 * sums[best]):
            if so_far < 0.3 * sums[best]:
                body.clear()
        elif gain[at] > 0 or (not _linked(line) and (tree.boxes[line.box].tag in HEADS or _kept(tree, at, sums, best))):
            body.append(at)
            so_far += max(gain[at], 0.0)
    return _trimmed(tree, _led(tree, body, gain), gain, sums, best)


def _led(tree: Tree, body: list[int], gain: list[float]) -> list[int]:
    """Without headings that lead to nothing: what they stood over was left out."""
    there = {*body, *(at for at, line in enumerate(tree.lines) if _is_caption(tree.boxes[line.box]))}
    return [at for at in body if gain[at] > 0 or tree.boxes[tree.lines[at].box].tag not in HEADS or at + 1 in there]


def _kept(tree: Tree, at: int, sums: list[float], best: int) -> bool:
    """A line that is no paragraph stays in a box that is, as a whole, worth something."""
    box = tree.lines[at].box
    while box != best:
        if tree.boxes[box].tag not in HEADS and tree.boxes[box].tag != "p" and sums[box] < 0:
            return False
        box = tree.boxes[box].parent
    return True


def _trimmed(tree: Tree, body: list[int], gain: list[float], sums: list[float], best: int) -> list[int]:
    """Without lines before the first paragraph; at the end without headings, an address, and a small box of no other's kind."""
    first = next((n for n, at in enumerate(body) if gain[at] > 0), len(body))
    body = body[first:]
    kinds: dict[tuple[str, str], int] = defaultdict(int)
    for at in {_child(tree, tree.lines[at].box, best) for at in body}:
        kinds[_form(tree.boxes[at])] += 1
    while len(body) > 1:
        last = tree.lines[body[-1]].box
        child = _child(tree, last, best)
        box = tree.boxes[child]
        small = sums[child] < max(TAIL, OF_ALL * sums[best]) and sums[best] > 4 * TAIL
        stranger = child != best and box.tag not in TEXTS and small and kinds[_form(box)] == 1
        heading = gain[body[-1]] < 0 and tree.boxes[last].tag not in ("p", "body")
        address = len(tree.lines[body[-1]].text) < 2 * LONG and "://" in tree.lines[body[-1]].text
        if not (heading or address or stranger):
            break
        body = body[:-1]
    return body


def _form(box: Box) -> tuple[str, str]:
    """Its tag and first class: those after it are often a number of its own."""
    return box.tag, box.name.partition(" ")[0]


def _child(tree: Tree, box: int, best: int) -> int:
    """The box directly in the best one that holds this box; the best itself for its own lines."""
    while box != best and tree.boxes[box].parent != best:
        box = tree.boxes[box].parent
    return box
