"""What falls due when, as it stands on a day: fixed days, days counted from a milestone, days that were moved, reports that
recur."""

from collections.abc import Mapping
from datetime import date

from trucewatch.model.agreement import Agreement, Due, Moment, Provision
from trucewatch.model.tracked import Deadline
from trucewatch.track.clock import after
from trucewatch.track.force import extended

MOST = 240  # occurrences of what recurs: twenty years of months


def deadlines(agreement: Agreement, as_of: date, *, happened: Mapping[str, Moment] | None = None) -> tuple[Deadline, ...]:
    """The deadlines of all provisions, soonest first, those that wait for a milestone last.

    `happened`: when milestones took place that the file leaves open, as the tracker read it in claims; what the file says
    goes first. Of what recurs, every occurrence up to the first after `as_of` is given.
    """
    known = {row.id: row.when for row in agreement.milestones if row.when}
    known = {**(happened or {}), **known}
    out = [each for row in agreement.provisions if row.due for each in _of(row, row.due, known, as_of)]
    return tuple(sorted(out, key=lambda each: (each.due is None, each.due.end if each.due else as_of, each.provision)))


def _of(row: Provision, due: Due, known: Mapping[str, Moment], as_of: date) -> list[Deadline]:
    trigger = known.get(due.after) if due.after else None
    if due.after and trigger is None:
        return [Deadline(row.id, None, None, 0, due.after, "waits-for-its-trigger", due.words, row.checked)]
    if due.every and due.unit and trigger:
        return _recurring(row, due, trigger, due.every, due.unit, as_of)
    if due.by:
        start, rule = due.by, "fixed-day"
    elif trigger and due.within and due.unit:
        start, rule = after(trigger, due.within, due.unit), f"{due.within}-{due.unit}-after-{due.after}"
    else:
        return []
    moved = [more for more in due.extensions if more.agreed.end <= as_of]
    end = extended(start, due.extensions, as_of)
    return [Deadline(row.id, end, start, len(moved), None, f"{rule}+extended" if moved else rule, due.words, row.checked)]


def _recurring(row: Provision, due: Due, trigger: Moment, every: int, unit: str, as_of: date) -> list[Deadline]:
    out: list[Deadline] = []
    for turn in range(1, MOST + 1):
        when = after(trigger, every * turn, unit)
        out.append(Deadline(row.id, when, when, 0, None, f"every-{every}-{unit}-after-{due.after}", due.words, row.checked))
        if when.start > as_of:
            break
    return out
