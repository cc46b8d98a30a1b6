"""The claim: one happening as told by one voice in one article. Public form: `public()`; see docs/words.md for the terms."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the text: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int
    ref: str | None = None

    def public(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end} | ({"ref": self.ref} if self.ref else {})


@dataclass(frozen=True, slots=True)
class Role:
    """A party in a claim. `text` None needs `derived`, the rule that supplied it. `as_`: sponsor, chair, host, mediator,
    abstaining …"""

    text: str | None
    start: int | None
    end: int | None
    party: str | None = None
    as_: str | None = None
    derived: str | None = None

    def public(self) -> dict[str, Any]:
        out: dict[str, Any] = {"text": self.text}
        if self.text is not None:
            out |= {"start": self.start, "end": self.end}
        out["party"] = self.party
        if self.as_:
            out["as"] = self.as_
        if self.derived:
            out["derived"] = self.derived
        return out


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of the chain of voices. The outlet's own link has `text` None and its id (or None) as `party`."""

    kind: str
    text: str | None
    start: int | None
    end: int | None
    party: str | None = None
    cue: str | None = None

    def public(self) -> dict[str, Any]:
        out: dict[str, Any] = {"kind": self.kind, "text": self.text}
        if self.text is not None:
            out |= {"start": self.start, "end": self.end}
        out["party"] = self.party
        if self.cue:
            out["cue"] = self.cue
        return out


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days (ISO dates, both ends included; None = open). `basis`: stated, relative or inferred."""

    start: str | None
    end: str | None
    grain: str
    basis: str
    text: str | None = None
    at: tuple[int, int] | None = None
    derived: str | None = None

    def public(self) -> dict[str, Any]:
        out: dict[str, Any] = {"start": self.start, "end": self.end, "grain": self.grain, "basis": self.basis, "text": self.text}
        if self.at and self.text is not None:
            out["span"] = list(self.at)
        if self.derived:
            out["derived"] = self.derived
        return out


@dataclass(frozen=True, slots=True)
class Where:
    """The place of the act. `place` is a GeoNames id (`gn:…`) or a slug of the supplement; WGS84 degrees; `country` ISO
    alpha-3."""

    text: str
    start: int
    end: int
    place: str | None = None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None

    def public(self) -> dict[str, Any]:
        keys = ("text", "start", "end", "place", "name", "country", "lat", "lon", "precision")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted value. `of` is a code of `codes.QUANTITY_KINDS` or `other:<noun>`; `period` a pair of ISO dates or None."""

    of: str
    value: float
    bound: str
    scope: str
    text: str | None
    start: int | None
    end: int | None
    period: tuple[str | None, str | None] | None = None
    derived: str | None = None

    def public(self) -> dict[str, Any]:
        value = int(self.value) if float(self.value).is_integer() else self.value
        out: dict[str, Any] = {"of": self.of, "value": value, "bound": self.bound, "scope": self.scope}
        out["period"] = None if self.period is None else {"start": self.period[0], "end": self.period[1]}
        out["text"] = self.text
        if self.text is not None:
            out |= {"start": self.start, "end": self.end}
        if self.derived:
            out["derived"] = self.derived
        return out


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of the text that grounds the claim; `role` is event, voice, time, place, figure or antecedent."""

    role: str
    start: int
    end: int
    quote: str

    def public(self) -> dict[str, Any]:
        return {"role": self.role, "start": self.start, "end": self.end, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Coder:
    """Who wrote the claim: coder's name and version, and the names of the rules that fired, in the order they were used."""

    name: str
    version: str
    rules: tuple[str, ...]

    def public(self) -> dict[str, Any]:
        return {"name": self.name, "version": self.version, "rules": list(self.rules)}


@dataclass(frozen=True, slots=True)
class Claim:
    """One happening as told by one voice. `speaker` is the chain of voices, outermost first; the last one owns the claim."""

    id: str
    reading: str
    article: str
    event: str
    mode: str | None
    status: str
    speaker: tuple[Voice, ...]
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    participants: tuple[Role, ...]
    when: When | None
    where: Where | None
    cause: tuple[Phrase, ...]
    object: Phrase | None
    quantities: tuple[Quantity, ...]
    about: tuple[str, ...]
    refers: Phrase | None
    evidence: tuple[Evidence, ...]
    coder: Coder

    def public(self) -> dict[str, Any]:
        """The claim as one JSON object of the public form."""
        return {
            "id": self.id,
            "reading": self.reading,
            "article": self.article,
            "event": self.event,
            "mode": self.mode,
            "status": self.status,
            "speaker": [v.public() for v in self.speaker],
            "actors": [r.public() for r in self.actors],
            "recipients": [r.public() for r in self.recipients],
            "participants": [r.public() for r in self.participants],
            "when": self.when.public() if self.when else None,
            "where": self.where.public() if self.where else None,
            "cause": [p.public() for p in self.cause],
            "object": self.object.public() if self.object else None,
            "quantities": [q.public() for q in self.quantities],
            "about": list(self.about),
            "refers": self.refers.public() if self.refers else None,
            "evidence": [e.public() for e in self.evidence],
            "coder": self.coder.public(),
        }


def signed(made: Claim, *named: object) -> Claim:
    """The claim with its `id`, of article, event and what else names it, and its `reading`, of everything but these two."""
    content = made.public()
    del content["id"], content["reading"]
    reading = json.dumps(content, ensure_ascii=False, sort_keys=True)
    key = json.dumps([made.article, made.event, *named], ensure_ascii=False)
    return replace(
        made, id=f"c:{sha256(key.encode()).hexdigest()[:16]}", reading=f"r:{sha256(reading.encode()).hexdigest()[:16]}"
    )
