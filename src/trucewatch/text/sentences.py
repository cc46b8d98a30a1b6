"""Sentences with spans in the untouched text."""

import re
from collections.abc import Collection
from dataclasses import dataclass

_CLOSERS = "\"'\u201d\u00bb)]\u2019"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: half-open span in the text, white space at both ends left out."""

    start: int
    end: int


def sentences(text: str, start: int, end: int, ends: str, abbreviations: Collection[str]) -> list[Sentence]:
    """Sentences of text[start:end]; `ends` are the signs that close one, `abbreviations` (lower case) words whose full stop
    does not.

    A blank line always ends a sentence; a single line break does not (hard-wrapped pages). A figure 3.5, an initial and an
    abbreviation do not.
    """
    out: list[Sentence] = []
    at = start
    pattern = re.compile(rf"[{re.escape(ends)}]+[{re.escape(_CLOSERS)}]*(?=\s|$)|\n\s*\n")
    for match in pattern.finditer(text, start, end):
        if not match.group().isspace() and not _closes(text, at, match.start(), match.end(), end, abbreviations):
            continue
        _add(out, text, at, match.end())
        at = match.end()
    _add(out, text, at, end)
    return out


def _closes(text: str, start: int, stop: int, after: int, end: int, abbreviations: Collection[str]) -> bool:
    if text[stop] != ".":
        # A question or exclamation inside quotation marks that is followed by a lower-case word does not end the sentence.
        rest = text[after:end].lstrip()
        return not (rest[:1].islower() and text[after - 1] in _CLOSERS)
    word = re.search(r"[\w.]+$", text[start:stop])
    if word is None:
        return True
    last = word.group().casefold()
    rest = text[after:end].lstrip()
    if last in abbreviations:
        return False
    if len(last) == 1 and last.isalpha() and text[stop - 1].isupper():
        return False
    return not rest[:1].islower()


def _add(out: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        out.append(Sentence(start, end))
