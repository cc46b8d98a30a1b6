"""When: the times of the sentence, the interval told before, and none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from trucewatch.clause.relations import frame_of
from trucewatch.drafting.draft import Draft
from trucewatch.drafting.when import Context, resolve
from trucewatch.judge import signs
from trucewatch.judge.case import Case
from trucewatch.model import When
from trucewatch.packs import Pack

TASK = "when"
PAST = ("occurred", "ongoing", "denied")
_CROSSED = (  # signs that are weighed together with the event's
    "rule", "told", "time=", "way=", "rival=", "close=", "ahead=", "beside=", "span=", "open=", "prep=", "order=", "part="
)  # fmt: skip
Option = tuple[When | None, int | None]


def cases(draft: Draft, pack: Pack) -> list[Case[Option]]:
    """A case for each interval that may be meant, each once, and one for none."""
    line, head = draft.line, draft.head
    memory = draft.around
    event = [f"kind={head.kind}", f"status={draft.status}", f"pos={head.pos}", f"verbal={'speaker' in frame_of(head, pack)}"]
    event += [f"voiced={bool(draft.chain)}", f"counts={bool(draft.counts)}"]
    found: dict[tuple[str | None, str | None], tuple[When, int | None, list[str]]] = {}

    def note(when: When | None, at: int | None, *told: str) -> None:
        if when is not None:
            found.setdefault((when.start, when.end), (when, at, []))[2].extend(told)

    spots = [at for at in range(len(line.items)) if line.time(at) is not None]
    if draft.when is not None:
        note(draft.when, draft.when_at, "rule", "rule.here" if draft.when_at is not None else "rule.far")
    for order, at in enumerate(spots):
        time = line.time(at)
        assert time is not None
        item = line.items[at]
        for future in (False, True):
            when = resolve(time, Context(draft.around.published, memory.told, memory.truce, future), None, (item.start, item.end))
            own = [
                f"time={time.kind}",
                f"grain={time.unit}",
                f"order={min(order, 2)}.{min(len(spots), 3)}",
                *signs.way(line, head, at),
                *signs.standing(line, at),
            ]
            own.append(f"future={future}")
            said = [s.kind for s in draft.around.scopes if s.head is not None and abs(s.head.at - at) <= 2]
            own += [f"beside={kind}" for kind in said]
            rival = signs.rival(draft.line, draft.heads, at)
            note(when, at, *own, f"rival={rival}")
    for order, when in enumerate(memory.times):
        note(when, None, "told.before", f"told={order}")
    for when, spot, told in list(found.values()):
        for part, other in _parts(when, draft.around.published):
            note(
                other,
                spot,
                f"part={part}",
                *(f"{part}&{s}" for s in told if s.startswith(("time=", "told=", "rule", "way=", "rival="))),
            )
    out: list[Case[Option]] = []
    none = ["none", f"times={min(len(spots), 3)}", f"rule={draft.when is None}", f"told={memory.told is not None}"]
    words = f"trigger={pack.code}:{signs.trigger(draft.heads, line)}"
    out.append(
        Case(
            (None, None),
            tuple(
                f"none&{s}"
                for s in ("", *none, *event, words, *signs.crossed(none[1:3], event), *signs.crossed(none[1:2], none[2:3]))
            ),
        )
    )
    for when, spot, told in found.values():
        own = sorted(
            {
                *told,
                f"basis={when.basis}",
                f"open={when.start is None or when.end is None}",
                f"span={when.start != when.end}",
                _ahead(draft, when),
            }
        )
        if "rule" not in own:
            own.append("rule.other" if draft.when is not None else "rule.none")
        pick = [s for s in own if s.startswith(_CROSSED)]
        out.append(
            Case(
                (when, spot), (*own, *signs.crossed(pick, event), *signs.crossed([s for s in own if s.startswith("rule")], pick))
            )
        )
    return out


def fitting(found: list[Case[Option]], draft: Draft) -> list[Case[Option]]:
    """The cases that a decided status leaves: what has happened did not happen on a coming weekday, and what is planned is not
    planned for the day of a year ago that bears the same name as a coming one."""
    days = {
        (c.option[0].start, c.option[1])
        for c in found
        if c.option[0] is not None and _ahead(draft, c.option[0]) == "ahead=future"
    }
    return [c for c in found if not _amiss(draft, c.option, days)]


def _amiss(draft: Draft, option: Option, coming: set[tuple[str | None, int | None]]) -> bool:
    when, spot = option
    if when is None:
        return False
    if draft.status in PAST:
        return when.basis != "stated" and _ahead(draft, when) == "ahead=future"
    year, _, rest = (when.start or "").partition("-")
    return draft.status == "planned" and when.basis == "stated" and bool(rest) and (f"{int(year) + 1}-{rest}", spot) in coming


def _parts(when: When, published: date | None) -> Iterator[tuple[str, When]]:
    """An interval's own beginning and end, and what is open on a side or runs up to publication."""
    if when.start and when.end != when.start:
        yield "start", replace(when, end=when.start, basis="inferred")
    if when.end and when.end != when.start:
        yield "end", replace(when, start=when.end, basis="inferred")
    if when.start and when.end:
        yield "until", replace(when, start=None, basis="inferred")
    if when.start and published is not None and when.start <= published.isoformat() != when.end:
        yield "since", replace(when, end=published.isoformat(), basis="inferred")


def _ahead(draft: Draft, when: When) -> str:
    day = draft.around.published
    if day is None:
        return "ahead=?"
    start, end = when.start or when.end, when.end or when.start
    today = day.isoformat()
    assert start is not None and end is not None
    return f"ahead={'past' if end < today else 'future' if start > today else 'today' if start == end else 'across'}"


def decide(draft: Draft, option: Option) -> Draft:
    """The draft with this interval."""
    if (
        option[0] is not None
        and draft.when is not None
        and (option[0].start, option[0].end) == (draft.when.start, draft.when.end)
    ):
        return draft
    return replace(draft, when=option[0], when_at=option[1])
