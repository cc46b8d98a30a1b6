"""An invented agreement in the form of a file, and claims on it. River and truce exist nowhere; ids of states are real."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from trucewatch.model import Claim, Coder, Evidence, Phrase, Quantity, Role, Voice, When, Where

FACT = {"source": ["text"], "checked": True}
DEAL: dict[str, Any] = {
    "id": "river-truce",
    "names": {"en": "River truce"},
    "kind": "ceasefire",
    "pax_stage": "Cea",
    "summary": {"en": "Two states cease fire at a river."},
    "area": {"countries": ["URY"], "boxes": [[-34.0, -58.0, -32.0, -56.0]], "words": {"en": ["riverland*"], "ar": ["*النهر"]}},
    "parties": [
        {"party": "URY", "role": "signatory", "acceptance": [{"kind": "accepted", "when": "2031-03-01", **FACT}]},
        {"party": "PRY", "role": "signatory", "acceptance": [{"kind": "accepted", "when": "2031-03-01", **FACT}]},
        {"party": "ISL", "role": "mediator"},
    ],
    "documents": [{"id": "text", "names": {"en": "Text"}, "kind": "agreement", "relation": "main", "when": "2031-03-01", **FACT}],
    "milestones": [
        {"id": "start", "words": {"en": "in force"}, "when": "Sun 2031-03-02 06:00 Europe/Berlin", **FACT},
        {"id": "handover", "words": {"en": "the town is handed over"}, **FACT},
    ],
    "in_force": [{"start": "Sun 2031-03-02 06:00 Europe/Berlin", "zone": "Europe/Berlin", "end": "2031-06-01", **FACT}],
    "provisions": [
        {
            "id": "fire",
            "document": "text",
            "words": {"en": "Both cease fire."},
            "nature": "keep",
            "obligors": ["URY", "PRY"],
            "pam": ["cease"],
            "signals": [
                {
                    "name": "attack",
                    "says": "against",
                    "events": ["ASSAULT", "VIOLATION"],
                    "actors": ["principal"],
                    "within": True,
                    "during": True,
                },
                {
                    "name": "halt",
                    "says": "for",
                    "events": ["RETREAT"],
                    "modes": ["ceasefire", "unstated"],
                    "actors": ["obligor"],
                    "within": True,
                    "reaches": "full",
                },
            ],
            **FACT,
        },
        {
            "id": "release",
            "document": "text",
            "words": {"en": "Thirty prisoners go free."},
            "nature": "once",
            "obligors": ["URY"],
            "beneficiaries": ["detainees"],
            "pam": ["prisr"],
            "due": {"words": {"en": "72 hours after the start"}, "after": "start", "within": 72, "unit": "hours"},
            "amounts": [{"of": "released", "value": 30, "words": {"en": "thirty"}, **FACT}],
            "signals": [
                {
                    "name": "freed",
                    "says": "for",
                    "events": ["RETREAT"],
                    "words": {"en": ["prisoner*"], "ar": ["*أسرى"]},
                    "reaches": "full",
                },
                {
                    "name": "late",
                    "says": "against",
                    "events": ["DELAY"],
                    "statuses": ["occurred", "ongoing", "possible"],
                    "anyone": ["obligor"],
                },
            ],
            **FACT,
        },
    ],
    "bodies": [
        {
            "id": "asean-observer-team",
            "mandate": {"en": "watches"},
            "created": "2031-03-05",
            "expires": "2031-12-31",
            "calls": {"en": ["river watch"]},
            **FACT,
        }
    ],
    "votes": [
        {
            "id": "vote",
            "body": "un-security-council",
            "document": "text",
            "when": "2031-03-01",
            "votes_for": 15,
            "votes_against": 0,
            "abstentions": 0,
            **FACT,
        }
    ],
    "sources": [{"id": "text", "where": "the text itself"}],
}


def deal() -> dict[str, Any]:
    """A copy to be changed."""
    return deepcopy(DEAL)


def written(folder: Path, data: dict[str, Any]) -> Path:
    """The file of a deal."""
    path = folder / f"{data['id']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=200), "utf-8")
    return path


def role(party: str | None, text: str = "somebody") -> Role:
    return Role(text, 0, len(text), party)


def place(country: str, lat: float | None = None, lon: float | None = None, name: str | None = None) -> Where:
    return Where("there", 0, 5, name, None, country, lat, lon, "settlement" if lat is not None else "country")


def claim(event: str, quote: str = "it happened", **slots: Any) -> Claim:
    """A claim of the outlet, with a quote; `slots` fill the rest. `day` is its one day, `voice` the id of its voice."""
    day, voice, figure, thing = (slots.pop(key, None) for key in ("day", "voice", "figure", "thing"))
    plain: dict[str, Any] = {
        "mode": None,
        "status": "occurred",
        "speaker": (Voice("outlet", None, None, None, voice),),
        "actors": (),
        "recipients": (),
        "participants": (),
        "when": When(day, day, "day", "stated", "then") if day else None,
        "where": None,
        "cause": (),
        "object": Phrase(thing, 0, len(thing)) if thing else None,
        "quantities": (Quantity(figure, 5, "exact", "new", "five", 0, 4),) if figure else (),
        "about": (),
        "refers": None,
    }
    evidence = (Evidence("event", 0, len(quote), quote),)
    return Claim(
        id="c:1", reading="r:1", article="a:1", event=event, evidence=evidence, coder=Coder("rules", "0", ()), **(plain | slots)
    )
