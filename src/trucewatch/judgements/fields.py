"""What may be said of a claim: its own fields in the form of a claim, and fields that no claim has: verdict, span, coding,
assign, link, state, grade (docs/review.md)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.model import EVENTS, MODES, STATUSES
from trucewatch.model.grade import CREDIBILITY, RELIABILITY
from trucewatch.model.happening import VERDICTS
from trucewatch.model.thaw import claim_of
from trucewatch.model.tracker import STATES

Body = Mapping[str, Any]

LINK, STATE, GRADE, VERDICT, SPAN, CODING, ASSIGN = "link", "state", "grade", "verdict", "span", "coding", "assign"
ACCEPT, REJECT, TOLD = "accept", "reject", "told"  # verdicts; `told`: a person wrote the claim (ledger.tell)
SLOTS = (
    "event", "mode", "status", "speaker", "actors", "recipients", "participants", "when", "where", "quantities", "cause",
    "object", "refers",
)  # fmt: skip
_CODE = re.compile(f"[{RELIABILITY}][{CREDIBILITY}]")
_KNOWN = {"event": EVENTS, "status": STATUSES, "mode": {mode for modes in MODES.values() for mode in modes} | {None}}


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim as the person saw it, who printed it, and the text in which it stands."""

    body: Body
    outlet: str | None
    text: str


def refused(field: str, value: Any, seen: Seen) -> str | None:
    """Why a judgement cannot be written, as `what. Mend.`"""
    if field in _CHECKS:
        return _CHECKS[field](value, seen)
    if field in SLOTS:
        return _slot(field, value, seen)
    return f"'{field}' is no field to judge. Take one of a claim: event, status, when … or {', '.join(_CHECKS)}."


def told_by(body: Body) -> Mapping[str, Any]:
    """The innermost voice of a claim."""
    voice: Mapping[str, Any] = body["speaker"][-1]
    return voice


def sources(body: Body, outlet: str | None) -> tuple[str, ...]:
    """The voice of a claim and its outlet, as they are graded; one where the outlet itself tells it."""
    voice, printed = told_by(body), f"outlet:{outlet or body['article']}"
    own = voice["text"] is None
    return (printed,) if own else (voice["party"] or " ".join(voice["text"].split()), printed)


def topic(field: str, value: Any) -> str | None:
    """What a judgement on a field is about, where one claim may have several: the other claim, a provision, a source."""
    names = {LINK: "to", STATE: "provision", GRADE: "source"}
    return str(value[names[field]]) if field in names and isinstance(value, dict) else None


def _slot(field: str, value: Any, seen: Seen) -> str | None:
    """A value in the form of a claim, whose words stand in the text where it says."""
    try:
        fits = claim_of({**seen.body, field: value}).public()[field] == value
    except (KeyError, TypeError, ValueError, AttributeError):
        fits = False
    if not fits or (field == "speaker" and not value):
        return f"no value of '{field}'. Write it as it stands in a claim (trucewatch schema claim)."
    if field in _KNOWN and value not in _KNOWN[field]:
        known = sorted(str(each) for each in _KNOWN[field] if each)
        return f"no {field} '{value}'. Known: {', '.join(known)}."
    lost = next((words for words, start, end in _spans(value) if seen.text[start:end] != words), None)
    return f"'{lost}' does not stand in the text there. Give text, start and end of the words." if lost is not None else None


def _spans(value: Any) -> Iterator[tuple[str, int, int]]:
    """The words of a value with their places."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and part.get("text") is not None:
            start, end = part.get("span") or (part.get("start"), part.get("end"))
            if isinstance(start, int) and isinstance(end, int):
                yield part["text"], start, end


def _verdict(value: Any, seen: Seen) -> str | None:
    return None if value in (ACCEPT, REJECT) else f"no verdict. Write {ACCEPT} or {REJECT}."


def _span(value: Any, seen: Seen) -> str | None:
    keys = ("start", "end", "quote")
    if isinstance(value, dict) and value.keys() == set(keys) and all(isinstance(value[key], int) for key in keys[:2]):
        start, end = value["start"], value["end"]
        if 0 <= start < end and seen.text[start:end] == value["quote"]:
            return None
    return 'no words of the text. Write {"start": N, "end": N, "quote": WORDS}, as they stand there.'


def _coding(value: Any, seen: Seen) -> str | None:
    if not isinstance(value, dict) or value.get(VERDICT) not in (ACCEPT, REJECT, None):
        return f'no coding. Write {{"{VERDICT}": "{ACCEPT}"}}, or "{REJECT}", and the slots that read otherwise.'
    wrong = (refused(name, told, seen) for name, told in value.items() if name in (*SLOTS, SPAN))
    strange = next((name for name in value if name not in (VERDICT, SPAN, *SLOTS)), None)
    return f"'{strange}' is no slot. Take {', '.join(SLOTS)}." if strange else next((each for each in wrong if each), None)


def _assign(value: Any, seen: Seen) -> str | None:
    if isinstance(value, dict) and value.keys() == {"to"} and (value["to"] is None or str(value["to"]).strip()):
        return None
    return 'nobody to look at it. Write {"to": NAME}.'


def _link(value: Any, seen: Seen) -> str | None:
    named = isinstance(value, dict) and value.keys() == {"to", "as"} and isinstance(value["to"], str)
    if named and value["as"] in VERDICTS:
        return None
    return 'no link. Write {"to": CLAIM, "as": "merge"}, or "separate".'


def _state(value: Any, seen: Seen) -> str | None:
    named = isinstance(value, dict) and {"provision", "state"} <= value.keys() <= {"provision", "state", "since"}
    if named and _is_day(value.get("since", "2000-01-01")) and isinstance(value["provision"], str) and value["state"] in STATES:
        return None
    what = '{"provision": ID, "state": STATE}, "since": DAY where it holds from another day than today'
    return f"no state of a provision. Write {what}; states: {', '.join(STATES)}."


def _is_day(told: Any) -> bool:
    try:
        return bool(date.fromisoformat(told))
    except (TypeError, ValueError):
        return False


def _grade(value: Any, seen: Seen) -> str | None:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return None
    mine = sources(seen.body, seen.outlet)
    if not isinstance(value, dict):
        return f"no grade. Write a letter {RELIABILITY[0]} to {RELIABILITY[-1]} and a digit 1 to 6, as B2, or a source's letter."
    if value.keys() != {"source", "reliability"} or str(value["reliability"]) not in tuple(RELIABILITY):
        return f'no grade of a source. Write {{"source": "{mine[0]}", "reliability": "B"}}; letters: {", ".join(RELIABILITY)}.'
    if value["source"] not in mine:
        return f"'{value['source']}' does not tell this claim. Grade what does: {', '.join(mine)}."
    return None


_CHECKS: Mapping[str, Callable[[Any, Seen], str | None]] = {
    VERDICT: _verdict,
    SPAN: _span,
    CODING: _coding,
    ASSIGN: _assign,
    LINK: _link,
    STATE: _state,
    GRADE: _grade,
}
