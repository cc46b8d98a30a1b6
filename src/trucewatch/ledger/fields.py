"""Fields that no claim has and that people judge all the same: whether two claims tell one happening, how far a provision is
carried out, how reliable a source is and how credible what it tells."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from trucewatch.ledger.rows import told_by
from trucewatch.model.grade import CREDIBILITY, RELIABILITY
from trucewatch.model.happening import VERDICTS
from trucewatch.model.tracker import STATES

LINK, STATE, GRADE = "link", "state", "grade"
_FIXED = ("id", "reading", "article", "coder", "evidence")
_CODE = re.compile(f"[{RELIABILITY}][{CREDIBILITY}]")


def refused(field: str, value: Any, body: Mapping[str, Any], outlet: str | None) -> str | None:
    """Why a judgement cannot be written, as `what. Mend.`; `body`: the claim as the person saw it, `outlet`: who printed it."""
    if field in _CHECKS:
        return _CHECKS[field](value, body, outlet)
    if field not in body or field in _FIXED:
        return f"'{field}' is no field to judge. Take one of a claim: event, status, when … or link, state, grade."
    return None


def sources(body: Mapping[str, Any], outlet: str | None) -> tuple[str, ...]:
    """The voice of a claim and its outlet, as they are graded; one where the outlet itself tells it."""
    voice, printed = told_by(body), f"outlet:{outlet or body['article']}"
    own = voice["text"] is None
    return (printed,) if own else (voice["party"] or " ".join(voice["text"].split()), printed)


def _link(value: Any, body: Mapping[str, Any], outlet: str | None) -> str | None:
    named = isinstance(value, dict) and value.keys() == {"to", "as"} and isinstance(value["to"], str)
    if named and value["as"] in VERDICTS:
        return None
    return 'no link. Write {"to": CLAIM, "as": "merge"}, or "separate".'


def _state(value: Any, body: Mapping[str, Any], outlet: str | None) -> str | None:
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


def _grade(value: Any, body: Mapping[str, Any], outlet: str | None) -> str | None:
    if isinstance(value, str) and _CODE.fullmatch(value):
        return None
    mine = sources(body, outlet)
    if not isinstance(value, dict):
        return f"no grade. Write a letter {RELIABILITY[0]} to {RELIABILITY[-1]} and a digit 1 to 6, as B2, or a source's letter."
    if value.keys() != {"source", "reliability"} or str(value["reliability"]) not in tuple(RELIABILITY):
        return f'no grade of a source. Write {{"source": "{mine[0]}", "reliability": "B"}}; letters: {", ".join(RELIABILITY)}.'
    if value["source"] not in mine:
        return f"'{value['source']}' does not tell this claim. Grade what does: {', '.join(mine)}."
    return None


_CHECKS: Mapping[str, Callable[[Any, Mapping[str, Any], str | None], str | None]] = {LINK: _link, STATE: _state, GRADE: _grade}
