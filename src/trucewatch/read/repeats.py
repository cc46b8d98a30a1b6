"""Copies: an article that repeats an earlier print to the word, or nearly. The same text with another figure is no copy."""

import hashlib
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from trucewatch.model import Article
from trucewatch.text import fold_text

DAYS = 3  # between a print and its copy at most
GRAM = 4  # words of a run
SHORT = 8  # runs below which a text is told by all its words only
COPIED = 0.8  # share of a text's runs that stand in the earlier one, from which it is a copy
CREDITED = 0.6  # the same where both are by one agency: outlets shorten it and add to it
NEAR = 0.3  # the same from which the words of both are laid side by side: every sentence may have been touched
ORDERED = 0.75  # share of a text's words that stand in the earlier one in the same order, from which it is a copy
LONG = 60  # words at least of such a text: short ones are alike by their form
WHOLE = 100  # runs up to which all lead to a text; of a longer one each fourth does
_WORD = re.compile(r"\w+")
_BODY = ("body", "headline")


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of an article to know its copies. `words`: a number for each word, in order; `runs`: for each run of four
    words, sorted, each once. `figures`: the numbers in it as written. `by`: its outlet and the agencies it credits, folded."""

    id: str
    language: str
    published: date | None
    digest: str
    words: "array[int]"
    runs: "array[int]"
    figures: frozenset[str]
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prints:
    """First prints, changed in place by `remember`: by id, by the digest of all words, by run."""

    by_id: dict[str, Print] = field(default_factory=dict)
    by_digest: dict[str, list[str]] = field(default_factory=dict)
    by_run: dict[int, list[str]] = field(default_factory=dict)


def print_of(article: Article) -> Print:
    """Of headline and body: bylines, datelines and share bars are each outlet's own."""
    parts = [article.text[block.start : block.end] for block in article.blocks if block.kind in _BODY] or [article.text]
    words = _WORD.findall(fold_text("\n".join(parts)))
    told = (" ".join(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))
    runs = array("I", sorted(set(map(_number, told))))
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()
    names = (*article.agencies, *((article.outlet,) if article.outlet else ()))
    figures = frozenset(word for word in words if word.isdecimal())
    by = frozenset(fold_text(name).strip() for name in names)
    order = array("I", map(_number, words))
    return Print(article.id, article.language, article.published, digest, order, runs, figures, by)


def _number(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace"))


def remember(prints: Prints, one: Print) -> None:
    """Adds a first print. One that is known already stays as it is."""
    if one.id in prints.by_id:
        return
    prints.by_id[one.id] = one
    prints.by_digest.setdefault(one.digest, []).append(one.id)
    for run in _leading(one):
        prints.by_run.setdefault(run, []).append(one.id)


def repeats(prints: Prints, new: Print) -> Iterable[str]:
    """The prints that a new one repeats, the likeliest first: printed no later and not long before, in one language, with all
    its figures."""
    same = [prints.by_id[id_] for id_ in prints.by_digest.get(new.digest, ())]
    shares = {one.id: 1.0 for one in same}
    if len(new.runs) >= SHORT:
        met = Counter(id_ for run in new.runs for id_ in prints.by_run.get(run, ()))
        ours = set(new.runs)
        shares |= {id_: len(ours.intersection(prints.by_id[id_].runs)) / len(ours) for id_ in met if id_ not in shares}
    found = [(prints.by_id[id_], share) for id_, share in shares.items() if _copied(prints.by_id[id_], new, share)]
    return [one.id for one, _ in sorted(found, key=lambda pair: (-pair[1], pair[0].published or date.max, pair[0].id))]


def _copied(one: Print, new: Print, share: float) -> bool:
    if one.id == new.id or one.language != new.language or not new.figures <= one.figures:
        return False
    if one.published and new.published and not 0 <= (new.published - one.published).days <= DAYS:
        return False
    if share >= (CREDITED if one.by & new.by else COPIED):
        return True
    return share >= NEAR and len(new.words) >= LONG and _ordered(one, new) >= ORDERED


def _ordered(one: Print, new: Print) -> float:
    """The share of the new text's words that stand in the earlier one in the same order."""
    beside = SequenceMatcher(None, one.words, new.words, autojunk=False)
    return sum(block.size for block in beside.get_matching_blocks()) / len(new.words)


def _leading(one: Print) -> Iterable[int]:
    return one.runs if len(one.runs) <= WHOLE else (run for run in one.runs if run % 4 == 0)
