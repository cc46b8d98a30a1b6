"""Which claims are compared at all: those that share an event type, a stretch of days and somebody, something or some number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from trucewatch.link.days import SPREAD, TAKEN_UP
from trucewatch.link.names import LONG, Name
from trucewatch.link.view import NARROW, View
from trucewatch.model import LinkKnowledge

STEP = 4  # days of a bucket
MONTH = 32
MONTHS = 14  # buckets of a wide interval at most, the last ones
HASHES = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """Where a claim is found, or looks for others. Two claims meet where they share one of `stretches` and one of `anchors`, or
    one of `marks`."""

    stretches: frozenset[str]
    anchors: frozenset[str]
    marks: frozenset[str]


def posts(view: View) -> Keys:
    """The keys under which a claim is found."""
    return Keys(frozenset(_stretches(view, (view.claim.event,), asking=False)), anchors(view), frozenset(_marks(view)))


def asks(view: View, knowledge: LinkKnowledge) -> Keys:
    """The keys under which its neighbours are found."""
    event = view.claim.event
    events = (event, *sorted({other for one, other in knowledge.alike if one == event}))
    return Keys(frozenset(_stretches(view, events, asking=True)), anchors(view), frozenset(_marks(view)))


def flat(keys: Keys) -> Iterator[str]:
    """The same as single keys: two claims meet where they share one."""
    yield from (f"{stretch}|{anchor}" for stretch in keys.stretches for anchor in keys.anchors)
    yield from keys.marks


def shelf(key: str) -> int | None:
    """The month, numbered from year 1, at which two claims that share this single key may meet; None: at any time."""
    slot = key.split("|", 2)[1]
    if slot == "again":
        return None
    if slot.startswith("said"):
        return int(slot[4:]) * (TAKEN_UP + 1) // MONTH
    return int(slot[1:]) * STEP // MONTH if slot[0] == "d" else int(slot[1:])


def _stretches(view: View, events: Iterable[str], *, asking: bool) -> Iterator[str]:
    low, high, wide = _window(view)
    slots: list[str] = []
    if not wide:
        slots += [f"d{bucket}" for bucket in range(low // STEP, high // STEP + 1)]
    months = range(low // MONTH, high // MONTH + 1)[-MONTHS:]
    for month in months:
        if asking:
            slots += [f"w{month}", f"n{month}"] if wide else [f"w{month}"]
        else:
            slots.append(f"w{month}" if wide else f"n{month}")
    yield from (f"{event}|{slot}" for event in events for slot in slots)


def _marks(view: View) -> Iterator[str]:
    """Keys of their own: an utterance printed again, or taken up by the press, at whatever day."""
    yield from (f"{view.claim.event}|again|{mark}" for mark in _again(view))
    if view.doer and view.voice and view.voice.party and view.printed is not None:
        stretch = view.printed // (TAKEN_UP + 1)
        yield from (f"{view.claim.event}|said{at}|{view.voice.party}" for at in (stretch, stretch + 1))


def _window(view: View) -> tuple[int, int, bool]:
    """First and last day at which it may meet another, and whether that is more than a few days."""
    if view.running and view.span:
        return view.span[1] - 4, view.span[1], False
    if view.span:
        wide = view.span[1] - view.span[0] > NARROW
        return view.span[0] - 1, view.span[1] + 1, wide
    printed = view.printed or 0
    return printed - SPREAD, printed + (SPREAD if view.claim.status not in ("occurred", "ongoing", "denied") else 0), False


def anchors(view: View) -> frozenset[str]:
    """Somebody, something or some number that two claims must share to be compared. A country, the kind of what is counted, a
    bare number or a single word of a sentence are none: they would bring together all that was told of a day."""
    out = {f"a:{view.claim.article}"}
    for names in (*(names for _, names in view.roles), (view.voice,) if view.voice else (), view.doer):
        for one in names:
            out |= _name(one)
    if view.place:
        out |= _name(view.place) | ({f"s:{view.place.short}"} if view.place.short else set())
    out |= {f"{q.of}={float(q.value)}" for q in view.claim.quantities}
    out |= {f"o:{word}" for word in view.object}
    out |= {f"h:{one}{other}" for one, other in combinations(_least(view.words, HASHES), 2)}
    out |= {f"m:{mark}" for mark in view.marks if not mark.isdigit()}
    return frozenset(out)


def _name(name: Name) -> set[str]:
    ids = {f"p:{name.party.partition('.')[0]}"} if name.party else set()
    return ids | {f"m:{bones}" for bones in name.skeletons if len(bones) >= LONG} | {f"w:{word}" for word in name.words}


def _again(view: View) -> frozenset[str]:
    """Marks of an utterance by its speaker and words alone: it may be printed again at any time. Two least digests together, for
    one is shared by too many; any two of four, for a few words may differ."""
    voices = {key for one in (*view.doer, *((view.voice,) if view.voice else ())) for key in _name(one)}
    least = _least(view.words, HASHES) if view.doer else []
    texts = {f"q:{_digest(quote)}" for quote in view.quotes} | {f"h:{a}{b}" for a, b in combinations(least, 2)}
    return frozenset(f"{voice}|{text}" for voice in voices for text in texts)


def _least(words: Iterable[str], count: int) -> list[str]:
    """The smallest digests of words: two texts with most words in common share at least two of four."""
    return sorted(map(_digest, words))[:count]


@lru_cache(maxsize=65536)
def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()
