"""What an act is about, as told: what is adopted, doubted, delayed or created."""

from collections.abc import Sequence

from trucewatch.clause.asides import Aside, of
from trucewatch.clause.line import Head, Line
from trucewatch.coder.phrases import REACH, bare, extent, phrase, small
from trucewatch.drafting.draft import Draft
from trucewatch.model import Phrase

SMALL = 3  # letters of a particle or article inside a term
WITH_OBJECT = ("ACCUSE", "REJECT", "SUPPORT", "DELAY", "VOTE", "ESTABLISH", "REQUEST", "AGREE")


def object_(draft: Draft, asides: Sequence[Aside], text: str) -> Phrase | None:
    """What is adopted, doubted, delayed, created: the noun phrase behind the head, with its complements; before a verb of delay
    without a doer."""
    if draft.head.kind not in WITH_OBJECT:
        return None
    line, head = draft.line, draft.head
    if head.kind == "DELAY" and head.pos == "v" and not draft.filled.own and (told := _subject(draft, text)) is not None:
        return told
    said = head.last < len(line.items) and line.items[head.last].has("that")
    if said or line.items[head.last - 1].has("tail.that"):
        return _clause(line, head.last + (1 if said else 0), asides, text)
    at = _inside(line, head) or _behind(draft)
    if at is None:
        return None
    start = line.items[at].start
    if at == head.at and head.values.get("self") != "1":  # past the verb and its small words
        inner = line.items[at].tokens[1:]
        start = next((t.start for t in inner if len(t.key) > SMALL), inner[-1].start)
    end = extent(line, at, asides, places=False, over=lambda k: k < head.last)
    if (
        end <= at
        or end == at + 1
        and at != head.at
        and not line.items[at].any("word", "n", "thing", "org", "document", "unnamed")
    ):
        return None
    stop = line.items[end - 1].end
    return Phrase(text[start:stop], start, stop)


def _inside(line: Line, head: Head) -> int | None:
    """The trigger itself where it is a term that holds its object ("adopted a resolution", "forming a government")."""
    item = line.items[head.at]
    inner = item.tokens[1:]
    held = (
        head.kind in ("VOTE", "ESTABLISH", "AGREE", "DELAY") and inner and inner[-1].shape == "word" and head.last == head.at + 1
    )
    return head.at if held and len(inner[-1].key) > SMALL and not any(c.startswith("tail.") for c in item.classes) else None


def _behind(draft: Draft) -> int | None:
    """Where the object begins behind the head: small words, times and those who fill a slot are passed over."""
    line, head = draft.line, draft.head
    if head.values.get("self") == "1":
        return head.at
    for at in range(head.last, min(len(line.items), head.last + 8)):
        item = line.items[at]
        filled = (
            at in draft.filled.used or line.actor(at) is not None and not item.any("document", "n") and head.kind != "ESTABLISH"
        )
        if item.any("p.stop", "p.comma", "conj", "rel", "accord"):
            return None
        unknown = line.order == "vso" and not draft.filled.own and item.has("word") and bare(line.items[at + 1 : at + 2])
        if not (filled or unknown or small(item) or item.any("prep", "tail", "det", "that", "time", "clitic", "v.be", "p.quote")):
            return at
    return None


def _subject(draft: Draft, text: str) -> Phrase | None:
    """What is delayed, told as the subject: the words between the clause's beginning and the verb."""
    line, stop = draft.line, draft.head.at
    at = stop
    while at > 0 and stop - at < 12:
        item = line.items[at - 1]
        finite = any(h.at <= at - 1 < h.last and h.pos == "v" and h.operator is not None for h in line.heads)
        if finite or item.any("p.stop", "p.comma", "that", "conj.while", "conj.but", "time", "p.quote", "prep.because"):
            break
        at -= 1
    while at < stop and line.items[at].any("prep", "adv", "neg", "modal", "conj", "det", "clitic.pre"):
        at += 1
    end = stop
    while end > at and line.items[end - 1].any("adv", "neg", "modal", "v.be", "p.quote"):
        end -= 1
    return phrase(line, at, end, text) if end > at else None


def _clause(line: Line, at: int, asides: Sequence[Aside], text: str) -> Phrase | None:
    """The content of "that": up to the next comma, stop or cause."""
    borders = {a.at for a in of(asides, "why")}
    end = at
    while end < len(line.items) and end - at < REACH and end not in borders:
        if line.items[end].any("p.stop", "p.comma", "conj.while", "prep.because"):
            break
        end += 1
    return phrase(line, at, end, text) if end > at else None
