"""Taking words out: every letter of a span becomes a blank of the same width, so that all offsets still hold, and what was read
from those words goes with them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from trucewatch.text.fold import fold, fold_text

Span = tuple[int, int]
BLANK = "\u2588"
READ = ("party", "place", "name", "country", "lat", "lon", "precision", "ref")  # what stands for the words of a span
_CODES = ("event", "mode", "status", "kind", "of", "bound", "scope", "role", "grain", "basis")
_IDS = frozenset(("id", "reading", "article", *_CODES))


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with blanks in place of the letters of the spans; blank space stays."""
    out = list(text)
    for start, end in spans:
        out[start:end] = [char if char.isspace() else BLANK for char in text[start:end]]
    return "".join(out)


def places(text: str, name: str) -> list[Span]:
    """Where a name stands in a text in any spelling that folds alike, also grown together with other letters."""
    pattern = r"\s+".join(map(re.escape, fold_text(name).split()))
    folded = fold(text)
    return [folded.back(*hit.span()) for hit in re.finditer(pattern, folded.text)] if pattern else []


def without(text: str, name: str) -> str:
    """A short text without a name."""
    return blanked(text, places(text, name))


def names(url: str | None, name: str) -> bool:
    """Whether an address holds a name, whatever stands between its words."""
    told = re.sub(r"[\W_]+", " ", fold_text(unquote(url or "")))
    return bool(fold_text(name).split()) and " ".join(fold_text(name).split()) in told


def spans(body: Mapping[str, Any]) -> Iterator[tuple[Span, str]]:
    """Every span of a claim with its words."""
    for part in _parts(body):
        yield _span(part), part.get("quote") or part["text"]


def parties_of(body: Mapping[str, Any], out: Collection[Span]) -> set[str]:
    """The ids of those whose words lie within the spans that are taken out."""
    told = (part for part in _parts(body) if part.get("party"))
    return {part["party"] for part in told for start, end in (_span(part),) if any(s < end and start < e for s, e in out)}


def following(
    body: Mapping[str, Any], text: str, *, gone: Collection[str] = (), clean: Callable[[str], str] = str
) -> dict[str, Any]:
    """A claim that quotes a text which has blanks now. `gone`: ids to leave out; `clean` is put over all other words."""

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, list | tuple):
            return [walk(item, key) for item in value]
        if isinstance(value, str):
            return value if key in _IDS else None if value in gone else clean(value)
        if not isinstance(value, dict):
            return value
        if key == "coder":
            return value
        made = {name: walk(item, name) for name, item in value.items()}
        words = "quote" if "quote" in value else "text"
        if _placed(value):
            start, end = _span(value)
            made[words] = text[start:end]
            if made[words] != value[words]:
                made |= {name: None for name in READ if name in value and name != "ref"}
                made.pop("ref", None)
        return {name: item for name, item in made.items() if item is not None or name not in ("cue", "ref", "as")}

    walked: dict[str, Any] = walk(dict(body))
    return walked


def emptied(body: Mapping[str, Any], text: str) -> dict[str, Any]:
    """What is left of a claim that was taken out: that there is one, of which type, and where it stands."""
    kept = {name: body[name] for name in ("id", "reading", "article", "event", "status", "coder")}
    kept["speaker"] = [{"kind": "outlet", "text": None, "party": None}]
    kept |= {name: [] for name in ("actors", "recipients", "participants", "cause", "quantities", "about")}
    kept |= dict.fromkeys(("mode", "when", "where", "object", "refers"))
    kept["evidence"] = [
        {"role": piece["role"], "start": piece["start"], "end": piece["end"], "quote": text[piece["start"] : piece["end"]]}
        for piece in body["evidence"]
        if piece["role"] == "event"
    ]
    return {name: kept[name] for name in body}


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every part of a claim that has words of its own."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, Mapping):
        if _placed(value):
            yield value
        for item in value.values():
            yield from _parts(item)


def _placed(part: Mapping[str, Any]) -> bool:
    """Whether a part of a claim has words in the text. `when` has days as start and end; its place is its span."""
    words = part.get("quote") or part.get("text")
    return isinstance(words, str) and ("span" if "grain" in part else "start") in part


def _span(part: Mapping[str, Any]) -> Span:
    start, end = part["span"] if "span" in part else (part["start"], part["end"])
    return start, end
