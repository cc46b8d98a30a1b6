"""From the public form of a claim back to the claim."""

from collections.abc import Mapping
from typing import Any

from trucewatch.model import Claim, Coder, Evidence, Phrase, Quantity, Role, Voice, When, Where

_SPAN = ("text", "start", "end")


def claim_of(body: Mapping[str, Any]) -> Claim:
    """The claim whose public form this is; it must be in that form."""
    plain = ("id", "reading", "article", "event", "mode", "status")
    when, where = body["when"], body["where"]
    return Claim(
        **{name: body[name] for name in plain},
        speaker=tuple(Voice(v["kind"], *_words(v), v["party"], v.get("cue")) for v in body["speaker"]),
        actors=_roles(body["actors"]),
        recipients=_roles(body["recipients"]),
        participants=_roles(body["participants"]),
        when=_when(when) if when else None,
        where=Where(**where) if where else None,
        cause=tuple(map(_phrase, body["cause"])),
        object=_phrase(body["object"]) if body["object"] else None,
        quantities=tuple(map(_quantity, body["quantities"])),
        about=tuple(body["about"]),
        refers=_phrase(body["refers"]) if body["refers"] else None,
        evidence=tuple(Evidence(**piece) for piece in body["evidence"]),
        coder=Coder(body["coder"]["name"], body["coder"]["version"], tuple(body["coder"]["rules"])),
    )


def _words(part: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    text, start, end = (part.get(name) for name in _SPAN)
    return text, start, end


def _roles(parts: list[dict[str, Any]]) -> tuple[Role, ...]:
    return tuple(Role(*_words(r), r["party"], r.get("as"), r.get("derived")) for r in parts)


def _phrase(part: Mapping[str, Any]) -> Phrase:
    return Phrase(*_words(part), part.get("ref"))


def _when(part: Mapping[str, Any]) -> When:
    at = tuple(part["span"]) if "span" in part else None
    return When(part["start"], part["end"], part["grain"], part["basis"], part["text"], at, part.get("derived"))


def _quantity(part: Mapping[str, Any]) -> Quantity:
    period = (part["period"]["start"], part["period"]["end"]) if part["period"] else None
    what = (part["of"], part["value"], part["bound"], part["scope"])
    return Quantity(*what, *_words(part), period, part.get("derived"))
