"""Two claims compared by their days: of an act, of a running count, of print."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from trucewatch.link.amounts import quantity_pairs
from trucewatch.link.bounds import compatible, near
from trucewatch.link.counts import crossed
from trucewatch.link.names import agree, best
from trucewatch.link.reasons import pair
from trucewatch.link.view import NARROW, TOLLS, View, iso
from trucewatch.model import Reason

SLACK = {"minute": 0, "day": 0, "week": 3, "month": 10, "year": 60}
CLOSE = 2  # days between them that make it likely
PAST = 14  # days before its print from which a day is long past
SPREAD = 10  # days between the prints of two claims without a day that may still tell the same
TAKEN_UP = 45  # days within which the press takes up what somebody said without telling when


def days(one: View, other: View, again: Callable[[View, View], bool]) -> Iterator[Reason]:
    """What the days of two claims say for or against. `again`: whether they are one statement, whatever day each
    print gives it."""
    if one.running and other.running and one.span and other.span:
        yield from _counted(one, other)
        return
    gap = abs(one.printed - other.printed) if one.printed is not None and other.printed is not None else None
    if one.span is None or other.span is None:
        yield from _undated(one, other, gap, again)
        return
    (start, end), (first, last) = one.span, other.span
    apart = max(start, first) - min(end, last)
    wide = max(end - start, last - first) > NARROW
    if apart <= 0:
        yield (
            pair("days-overlap", _shown(one.span), _shown(other.span))
            if wide
            else Reason("same-day", (("day", iso(max(start, first))),))
        )
        if one.span == other.span and start == end and one.firm and other.firm and _long_past(one) and _long_past(other):
            yield Reason("same-past-day", (("day", iso(start)),))
    elif again(one, other):
        yield Reason("printed-again", (("day", iso(max(p for p in (one.printed, other.printed, end, last) if p))),))
    elif apart <= 1 + max(_slack(one), _slack(other)) and (apart == 1 or wide):
        yield pair("next-day", _shown(one.span), _shown(other.span))
    else:
        yield pair("days-apart", _shown(one.span), _shown(other.span))


def _counted(one: View, other: View) -> Iterator[Reason]:
    """Two running counts: what they count from which start, and whether they hold for the same day."""
    assert one.span and other.span
    ends = abs(one.span[1] - other.span[1])
    pairs = list(quantity_pairs(one, other))
    same = any(near(q, p) for q, p in pairs)
    next_count = ends and pairs and not any(compatible(q, p) for q, p in pairs) and one.voice and other.voice
    if ends > (4 if same else 1) or (next_count and one.voice and other.voice and agree(one.voice, other.voice) > 0):
        yield pair("other-period", _shown(one.span), _shown(other.span))
        return
    yield pair("same-period", _shown(one.span), _shown(other.span))
    doers = best(dict(one.roles)["actors"], dict(other.roles)["actors"])[0]
    if one.claim.event == other.claim.event == "VIOLATION":
        yield from _own_breaches(one, other)
        pairs = pairs if same or doers > 0 else []  # each side counts the other's, so other numbers are other counts
    elif crossed(one, other):
        yield Reason("counts-own-breaches", (("voice", one.voice.shown if one.voice else "?"),))
    if pairs and doers >= 0 and abs(one.span[0] - other.span[0]) <= 2:
        yield Reason("same-count", (("of", pairs[0][0].of), ("start", iso(min(one.span[0], other.span[0])))))


def _own_breaches(one: View, other: View) -> Iterator[Reason]:
    """The voice of one count is the doer in the other."""
    for counting, told in ((one, other), (other, one)):
        doers = dict(told.roles)["actors"]
        if counting.voice and any(agree(counting.voice, doer) > 0 for doer in doers):
            yield Reason("counts-own-breaches", (("voice", counting.voice.shown),))
            return


def _undated(one: View, other: View, gap: int | None, again: Callable[[View, View], bool]) -> Iterator[Reason]:
    dated = one if one.span else other if other.span else None
    if dated is not None and dated.span:
        free = other if dated is one else one
        if free.printed is not None and free.claim.status in ("occurred", "ongoing", "denied") and not dated.running:
            gap = free.printed - dated.span[1]  # it cannot be told before it was
            gap = -gap * 10 if gap < -1 else abs(gap)
    if gap is not None and gap <= SPREAD:
        yield Reason("printed-near" if gap <= CLOSE else "day-unknown", (("days", str(gap)),))
    elif again(one, other):
        last = max(p for p in (one.printed, other.printed, 1) if p)
        yield Reason("printed-again", (("day", iso(last)),))
    elif gap is not None:
        shared = _taken_up(one, other)
        if shared is None:
            spoken = one.doer and other.doer and one.language != other.language and best(one.doer, other.doer)[0] > 0
            yield pair("days-open" if spoken else "days-apart", _printed(one), _printed(other))
        else:
            words = " ".join(sorted(shared))
            yield Reason("taken-up", (("words", words),)) if shared else pair("days-far", _printed(one), _printed(other))


def _taken_up(one: View, other: View) -> frozenset[str] | None:
    """What an utterance without a day shares with one of the same known speaker and kind that was printed weeks before, his name
    left out: enough words of one language, or a name across languages; empty = too little to tell; None = no such pair."""
    old, new = (one, other) if (one.printed or 0) <= (other.printed or 0) else (other, one)
    a, b = old.claim, new.claim
    if new.span is not None or not (old.doer and new.doer and old.voice and new.voice) or a.event != b.event or a.mode != b.mode:
        return None
    known = old.voice.party is not None and old.voice.party == new.voice.party and a.status == b.status
    if not known or (new.printed or 0) - (old.printed or 0) > TAKEN_UP:
        return None
    if old.language == new.language:
        shared = frozenset(w for w in (old.words & new.words) - old.voice.words - new.voice.words if len(w) > 3)
        return shared if len(shared) >= 3 else frozenset()
    return (old.marks & new.marks) - old.voice.skeletons - new.voice.skeletons


def _long_past(view: View) -> bool:
    """Told of a day weeks before its print, as what holds or was agreed is ("the truce of 4 May"); deeds of force are many."""
    past = view.span is not None and view.printed is not None and view.printed - view.span[1] >= PAST
    return past and view.claim.event not in TOLLS


def _slack(view: View) -> int:
    return SLACK.get(view.claim.when.grain, 0) if view.claim.when else 0


@lru_cache(maxsize=4096)
def _shown(span: tuple[int, int]) -> str:
    return iso(span[0]) if span[0] == span[1] else f"{iso(span[0])}..{iso(span[1])}"


def _printed(view: View) -> str:
    if view.span:
        return _shown(view.span)
    return iso(view.printed) if view.printed is not None else "?"
