"""Blocks: which lines of a text are headline, dateline, furniture and body. The text itself stays as it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.model import Block
from trucewatch.read.hints import hints
from trucewatch.read.knowledge import Words
from trucewatch.read.lines import furniture_kind, is_dateline, lead_in
from trucewatch.text import fold, fold_text

LONG = 110  # characters: a line this long is a paragraph, with a full stop or without
SHORT_SENTENCE = 40  # a line this long that ends with a full stop, or with a colon (a list follows), is a paragraph
WRAPPED = 100  # hard-wrapped lines are not longer
TEASERS = 8  # headlines that may follow a line like "related news"
_FULL_STOP = re.compile(r"[.…۔][\"'”»)\]]*$")
_PARAGRAPH_END = re.compile(r"(?:[.…۔][\"'”»)\]]*|\s?:)$")
_SENTENCE_END = re.compile(r"[.…۔!?؟:;؛][\"'”»)\]]*$")
_PUBLIC = {
    "keywords": "related",
    "counter": "share",
    "follow": "share",
    "notice": "caption",
    "published": "dateline",
    "updated": "dateline",
    "header": "dateline",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, white space at its ends left out; `gap`: a blank line stands before it."""

    text: str
    start: int
    end: int
    gap: bool


def blocks(text: str, words: Words, *, title: str | None = None, marked: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The blocks of a text in order; every character that is not blank lies in one. `title`: the headline, if told.

    `marked`: whole paragraphs, in order, of which a page's markup tells the kind; the rest is told by its words.
    """
    lines = _lines(text)
    told = {block.start for block in marked}
    paragraphs = [paragraph for paragraph in _paragraphs(lines) if paragraph[0].start not in told]
    kinds = _kinds(paragraphs, words, fold_text(title).strip() if title else None)
    out: list[Block] = []
    first_body = True
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        start, end = paragraph[0].start, paragraph[-1].end
        if kind == "header":
            out.extend(_header(text, start, end, words))
            continue
        if kind == "body" and first_body:
            first_body = False
            cut = lead_in(text, start, end, words)
            if cut:
                out.append(Block("dateline", start, cut[0]))
                start = cut[1]
        out.append(Block(_PUBLIC.get(kind, kind), start, end))
    return tuple(sorted((*out, *marked), key=lambda block: block.start))


def _lines(text: str) -> list[_Line]:
    out: list[_Line] = []
    at, gap = 0, False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            out.append(_Line(stripped, start, start + len(stripped), gap))
            gap = False
        else:
            gap = True
        at += len(raw) + 1
    return out


def _paragraphs(lines: list[_Line]) -> list[list[_Line]]:
    """Lines grouped: a hard-wrapped paragraph is one group, any other line a group of its own."""
    out: list[list[_Line]] = []
    run: list[_Line] = []
    for line in lines:
        if line.gap and run:
            out.extend(_unwrapped(run))
            run = []
        run.append(line)
    return out + _unwrapped(run)


def _unwrapped(run: list[_Line]) -> list[list[_Line]]:
    """A run of lines without a blank one. Line i runs on into the next if that one's first word had no room left in it."""
    out: list[list[_Line]] = []
    width = max((len(line.text) for line in run), default=0)
    for line in run:
        last = out[-1][-1] if out else None
        if last is not None and width <= WRAPPED and len(run) > 2 and _runs_on(last.text, line.text, width):
            out[-1].append(line)
        else:
            out.append([line])
    return [part for group in out for part in ([group] if _sentence(group) else [[line] for line in group])]


def _runs_on(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[0]
    full = len(line) + 1 + len(word) >= width - 2
    return full and not _SENTENCE_END.search(line) and bool(re.match(r"[\w\"'“”«»(]", following))


def _sentence(group: list[_Line]) -> bool:
    return len(group) == 1 or any(_FULL_STOP.search(line.text) for line in group)


def _kinds(paragraphs: list[list[_Line]], words: Words, title: str | None) -> list[str]:
    """The kind of each paragraph; header lines are told apart before the first paragraph of the body."""
    texts = [" ".join(line.text for line in paragraph) for paragraph in paragraphs]
    kinds = ["" for _ in texts]
    body = next((i for i, text in enumerate(texts) if _is_body(text, words)), len(texts))
    for i, text in enumerate(texts):
        kinds[i] = (furniture_kind(text, words, head=i < body) or "") if i < body or len(paragraphs[i]) == 1 else ""
        if not kinds[i] and i < body and is_dateline(text, words):
            kinds[i] = "published"
    _teasers(texts, kinds, body)
    open_ = [i for i in range(body) if not kinds[i]]
    if title:
        open_ = [i for i in open_ if fold_text(texts[i]) == title or len(texts[i]) < SHORT_SENTENCE]
    if body == len(texts):
        open_ = _bodiless(texts, kinds, open_)
    for i in open_:
        kinds[i] = "headline"
    if len(open_) > 1 and len(texts[open_[0]].split()) <= 3 and not title:
        kinds[open_[0]] = "breadcrumb"
    heads = {fold_text(texts[i]) for i in open_ if kinds[i] == "headline"} | ({title} if title else set())
    for i, text in enumerate(texts):
        if not kinds[i] or kinds[i] == "body":
            kinds[i] = "headline" if fold_text(text) in heads and len(text) < LONG else "body"
    return kinds


def _is_body(text: str, words: Words) -> bool:
    long = len(text) >= LONG or (len(text) >= SHORT_SENTENCE and _PARAGRAPH_END.search(text) is not None)
    return long and furniture_kind(text, words, head=True) is None and not (len(text) < LONG and is_dateline(text, words))


def _bodiless(texts: list[str], kinds: list[str], open_: list[int]) -> list[int]:
    """No line looks like a paragraph: a flash. All open lines but a first headline (and its repetitions) are the body."""
    heads = [i for i in open_ if fold_text(texts[i]) == fold_text(texts[open_[0]])]
    if len(heads) == len(open_):
        heads = heads[:-1]
    for i in open_:
        if i not in heads:
            kinds[i] = "body"
    return heads


def _teasers(texts: list[str], kinds: list[str], body: int) -> None:
    """A bare "related news" makes the short lines after it related, up to the next paragraph."""
    for i, kind in enumerate(kinds):
        if kind == "teasers":
            kinds[i] = "related"
            for j in range(i + 1, min(i + 1 + TEASERS, len(texts))):
                if kinds[j] or len(texts[j]) >= LONG or _FULL_STOP.search(texts[j]):
                    break
                if i >= body or j < body - 1:
                    kinds[j] = "related"


def _header(text: str, start: int, end: int, words: Words) -> list[Block]:
    """`date 2026-01-01   1. Home`: the stamp is a dateline, what follows it is navigation or holds a further date."""
    stamp = next(iter(hints(text, words, start, end)), None)
    if stamp is None:
        return [Block("dateline", start, end)]
    rest = stamp.end
    while rest < end and text[rest].isspace():
        rest += 1
    if rest >= end:
        return [Block("dateline", start, end)]
    kind = "dateline" if hints(text, words, rest, end) else "breadcrumb"
    return [Block("dateline", start, stamp.end), Block(kind, rest, end)]


def agencies(text: str, found: tuple[Block, ...], words: Words) -> tuple[str, ...]:
    """The news agencies named in bylines and datelines, as printed there."""
    out: list[str] = []
    for block in found:
        if block.kind in ("byline", "dateline"):
            folded = fold(text[block.start : block.end])
            for match in words.agency.finditer(folded.text):
                start, end = folded.back(match.start(), match.end())
                out.append(text[block.start + start : block.start + end])
    return tuple(dict.fromkeys(out))
