"""Which lines of a page are its article: the box that gains most, without the boxes in it that lose.

A paragraph gains its letters; a line that is short, a heading or a link costs. So the box that holds the article and little else
has the highest sum, whatever it is called. Words of class names (`Box.mark`) only take away what the sums cannot see.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from trucewatch.html.tree import LABELS, UNSEEN, Box, Line, Tree

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
NAMED = 0.6  # share of a box's gain from which the one marked as body in it is the article
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
        box = tree.boxes[line.box].parent if tree.boxes[line.box].tag in LABELS else line.box  # a label costs those it stands in
        if not cut[box]:
            own[box] += worth
    sums = _sums(tree, own, cut)
    best = max((at for at in range(len(sums)) if not cut[at]), key=lambda at: (sums[at], at))
    around = _spread(tree, [at == best for at in range(len(sums))])
    named = _named(tree, sums, cut, best, told)
    inside = _spread(tree, [at == named for at in range(len(sums))]) if named != best else around
    body = _body(tree, gain, sums, cut, inside, named, titled)
    if named != best and titled is not None:
        body = [*_standfirst(tree, gain, cut, around, titled, body), *body]
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
    yield from _up(tree, tree.lines[titled].box if titled is not None else 0)


def _cards(tree: Tree) -> set[int]:
    """Boxes of one kind, three or more, each with little text and a line that is all link, of words of its own: cards of other
    articles; of two the box around them must begin with a heading or a label and hold nothing else. The entries of a live page
    have links too, but all of the same words."""
    often = Counter(line.text for line in tree.lines if line.linked)
    text = _summed(tree, [float(len(line.text)) for line in tree.lines])
    whole = (line.linked > 15 and _linked(line) and often[line.text] < 3 for line in tree.lines)
    links = _summed(tree, [float(line.linked) if is_link else 0.0 for line, is_link in zip(tree.lines, whole, strict=True)])
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for at, box in enumerate(tree.boxes):
        if at and text[at] < CARD and links[at] > 0.12 * text[at]:
            groups[box.tag, box.name, 0 if box.name else box.parent].append(at)
    return {at for group in groups.values() if len(group) > 2 or _labelled(tree, group, text) for at in group}


def _labelled(tree: Tree, group: list[int], text: list[float]) -> bool:
    """Whether these are two, and the box around them holds, beside them, one short line without a link before the first.
    `text`: the characters of each box."""
    parent = tree.boxes[group[0]].parent
    beside = text[parent] - sum(text[at] for at in group)
    if len(group) != 2 or tree.boxes[group[1]].parent != parent or not 0 < beside < LONG:
        return False
    first = next(n for n, line in enumerate(tree.lines) if group[0] in _up(tree, line.box))
    before = tree.lines[first - 1] if first else None
    return before is not None and parent in _up(tree, before.box) and len(before.text) == beside and not before.linked


def _up(tree: Tree, at: int) -> Iterator[int]:
    """A box and those around it, from within, without the page's own."""
    while at:
        yield at
        at = tree.boxes[at].parent


def _named(tree: Tree, sums: list[float], cut: list[bool], best: int, told: str) -> int:
    """The box in the best one that is marked as body, if it is the only one so marked, the page's description begins in it and
    most of the gain is there: a playlist or teasers stand beside it."""
    marked = [at for at, box in enumerate(tree.boxes) if box.mark == "body" and not cut[at] and at != best]
    outer = [at for at in marked if tree.boxes[tree.boxes[at].parent].mark != "body" and best in (0, *_up(tree, at))]
    if len(outer) != 1 or sums[outer[0]] < NAMED * sums[best]:
        return best
    within = _spread(tree, [at == outer[0] for at in range(len(sums))])
    return outer[0] if any(within[line.box] and _anchored(line.text, told) for line in tree.lines) else best


def _standfirst(
    tree: Tree, gain: list[float], cut: list[bool], around: list[bool], titled: int, body: list[int]
) -> Iterator[int]:
    """The paragraph right below the title, where the article's box does not hold it."""
    at = titled + 1
    if at < (body[0] if body else 0) and gain[at] > 0 and around[tree.lines[at].box] and not cut[tree.lines[at].box]:
        yield at


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
    first = titled if titled is not None and titled < body[0] else max(0, body[0] - BEFORE)
    last, among, out = body[-1], set(body), []
    for at in range(first, len(tree.lines)):
        if at > last + NEXT:
            break
        if at not in among and any(_is_caption(tree.boxes[box]) for box in _up(tree, tree.lines[at].box)):
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

    def is_led(at: int) -> bool:
        following = tree.lines[at + 1] if at + 1 < len(tree.lines) else None
        return at + 1 in there or (following is not None and _is_caption(tree.boxes[following.box]))

    there = set(body)
    return [at for at in body if gain[at] > 0 or tree.boxes[tree.lines[at].box].tag not in HEADS or is_led(at)]


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
    body = _unprinted(tree, body[first:])
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
        address = _address(tree.lines[body[-1]].text)
        if not (heading or address or stranger):
            break
        body = body[:-1]
    return body


def _unprinted(tree: Tree, body: list[int]) -> list[int]:
    """Without the foot that a print-out gets: short lines to the end, half of them and the first with an address written out."""
    texts = [tree.lines[at].text for at in body]
    last = max((n for n, text in enumerate(texts) if len(text) >= 2 * LONG), default=-1)
    first = next((n for n in range(last + 1, len(texts)) if _address(texts[n])), len(texts))
    told = sum(_address(text) for text in texts[first:])
    return body[:first] if first and told > 1 and 2 * told >= len(texts) - first else body


def _address(text: str) -> bool:
    return len(text) < 2 * LONG and "://" in text


def _form(box: Box) -> tuple[str, str]:
    """Its tag and first class: those after it are often a number of its own."""
    return box.tag, box.name.partition(" ")[0]


def _child(tree: Tree, box: int, best: int) -> int:
    """The box directly in the best one that holds this box; the best itself for its own lines."""
    while box != best and tree.boxes[box].parent != best:
        box = tree.boxes[box].parent
    return box
