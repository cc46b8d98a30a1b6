"""What golden files and sentence cases expect of a claim, against a claim in its public form.

A slot that is not given is not checked; null and [] must be empty (`speaker: null`: the outlet's own voice); a text is met where
it holds, or is held by, the slot's text after folding; a list may hold more than is asked for.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from trucewatch import coder, flow
from trucewatch.flow import Coded
from trucewatch.model import Article, Claim
from trucewatch.packs import DATA, Pack, load
from trucewatch.text.fold import fold_text

SAMPLES = DATA / "samples" / "articles.jsonl"
PARTIES = ("actors", "recipients", "participants", "cause")
Want = Mapping[str, Any]


@cache
def samples() -> tuple[Coded, ...]:
    """The sample articles, read and coded as the command line does it."""
    bad: list[str] = []
    coded = tuple(flow.code_source([SAMPLES], on_problem=bad.append))
    assert not bad, bad
    return coded


@cache
def sentence(text: str, language: str, published: str | None = None, *, judged: bool = True) -> tuple[Claim, ...]:
    """The claims of a text without blocks; not `judged`: as the rules alone tell them."""
    day = date.fromisoformat(published) if published else None
    pack = load(language) if judged else by_rules(language)
    return coder.code(Article("sentence", text, language, published=day), pack)


@cache
def by_rules(language: str) -> Pack:
    """A pack without the judge's weights."""
    return replace(load(language), weights={})


def golden(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "golden" / name / "expected.json"
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def same_text(a: str | None, b: str | None) -> bool:
    one, two = fold_text(a or "").strip(), fold_text(b or "").strip()
    return bool(one and two) and (one in two or two in one)


def met(slot: str, want: Any, claim: Claim) -> bool:
    """Whether a slot of the claim is as wanted."""
    have = claim.public()
    if slot in ("event", "mode", "status"):
        return bool(have[slot] == want)
    if slot == "speaker":
        voice = have["speaker"][-1]
        return voice["text"] is None if want is None else same_text(want, voice["text"])
    if slot == "when":
        when = have["when"]
        return when is None if want is None else when is not None and (when["start"], when["end"]) == (want["start"], want["end"])
    if slot in ("where", "object"):
        return have[slot] is None if want is None else have[slot] is not None and same_text(want, have[slot]["text"])
    if slot == "quantities":
        return not have[slot] if not want else all(any(_figure(w, h) for h in have[slot]) for w in want)
    assert slot in PARTIES, slot
    return not have[slot] if not want else all(any(_party(w, h) for h in have[slot]) for w in want)


def holds(slot: str, value: Any, claim: Claim) -> bool:
    """Whether a claim holds a value that it must not: for lists any of them is too much."""
    if slot in PARTIES or slot == "quantities":
        return any(met(slot, [one], claim) for one in value)
    return met(slot, value, claim)


def failures(want: Want, claim: Claim) -> list[str]:
    """The slots of the claim that are not as wanted."""
    return [slot for slot in slots(want) if not met(slot, want[slot], claim)]


def slots(want: Want) -> list[str]:
    return [key for key in want if key not in ("row", "quote", "must_not")]


def best(want: Want, claims: Iterable[Claim]) -> Claim | None:
    """The claim of the wanted event with the fewest slots wrong, the first of equals."""
    same = [claim for claim in claims if claim.event == want["event"]]
    return min(same, key=lambda claim: len(failures(want, claim)), default=None)


def shown(claim: Claim, only: Sequence[str] = ()) -> str:
    """A claim in a few lines, for the message of a failed test."""
    have = claim.public()
    voice = " > ".join(v["text"] or v["kind"] for v in have["speaker"])
    rows = [f"{claim.event}/{claim.mode} {claim.status} [{voice}] «{claim.evidence[0].quote}» {', '.join(claim.coder.rules)}"]
    for slot in only or (*PARTIES, "when", "where", "object", "quantities"):
        value = have.get(slot)
        if slot in PARTIES:
            value = [f"{one['text']}{' as ' + one['as'] if 'as' in one else ''}" for one in have[slot]]
        elif slot == "quantities":
            value = [
                f"{q['of']} {q['bound']} {q['value']} {q['scope']}{' derived' if 'derived' in q else ''}" for q in have[slot]
            ]
        elif isinstance(value, dict):
            value = {key: value[key] for key in ("start", "end", "text") if key in value} if slot == "when" else value["text"]
        if value or only:
            rows.append(f"    {slot}: {value}")
    return "\n".join(rows)


def _party(want: Any, have: Mapping[str, Any]) -> bool:
    text, part = (want, None) if isinstance(want, str) else (want["text"], want.get("as"))
    return same_text(text, have["text"]) and (part is None or have.get("as") == part)


def _figure(want: Want, have: Mapping[str, Any]) -> bool:
    if want.get("derived") and have["text"] is not None:
        return False
    return all(have[key] == want[key] for key in ("of", "value", "bound", "scope") if key in want)
