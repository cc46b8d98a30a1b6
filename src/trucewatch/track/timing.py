"""Whether a provision is in time, by its deadline, its state and what was told; and by how many days it slipped."""

from collections.abc import Mapping, Sequence
from datetime import date

from trucewatch.model.agreement import Agreement, Provision
from trucewatch.model.tracked import Deadline
from trucewatch.model.tracker import STATES, Proof, Ruling, Slip, Step
from trucewatch.track.states import Claims, propose

Timing = tuple[str | None, str]  # timeliness, rule


def timeliness(
    agreement: Agreement,
    row: Provision,
    proofs: Sequence[Proof],
    dues: Sequence[Deadline],
    state: str,
    done: str | None,
    as_of: date,
) -> Timing:
    """`dues`: deadlines of this provision; `done`: the day on which it was done, None while it is not."""
    by_id = {each.id: each for each in agreement.provisions}
    if agreement.kind == "proposal":
        return None, "a-proposal-is-never-in-force"
    if row.superseded_by and _there(agreement, by_id.get(row.superseded_by), as_of):
        return "superseded", f"superseded-by-{row.superseded_by}"
    for pause in agreement.suspensions:
        if pause.party in row.obligors and pause.start.start <= as_of and (pause.end is None or as_of <= pause.end.end):
            return "suspended", f"suspended-by-{pause.party}"
    stalled = _stalled(proofs, done, as_of)
    passed = [each for each in dues if each.due and each.due.end < as_of]
    if not dues or not any(each.due for each in dues):
        return ("delayed", "delay-told") if stalled else (None, "no-day-is-set" if not dues else "waits-for-its-trigger")
    if passed and not proofs and done is None:
        return None, "day-passed-and-nothing-told"
    if row.nature == "report":
        return _report(proofs, dues, as_of)
    due = next(each for each in dues if each.due).due
    assert due is not None
    if row.nature in ("keep", "rate"):
        begun = min((p.day for p in proofs if p.says == "for" and p.reaches), default=None)
        if begun:
            return ("on-time", "begun-in-time") if begun <= due.end.isoformat() else ("delayed", "begun-late")
        return ("overdue", "day-passed-and-no-beginning-told") if passed else ("not-due", "day-is-ahead")
    if done:
        return ("on-time", "done-in-time") if done <= due.end.isoformat() else ("delayed", "done-late")
    if passed:
        return "overdue", "day-passed-and-not-told-as-done"
    return ("delayed", "delay-told") if stalled else ("not-due", "day-is-ahead")


def _there(agreement: Agreement, row: Provision | None, as_of: date) -> bool:
    when = next((d.when for d in agreement.documents if row and d.id == row.document), None)
    return row is not None and (when is None or when.start <= as_of)


def _stalled(proofs: Sequence[Proof], done: str | None, as_of: date) -> bool:
    """A delay was told and nothing since tells of progress."""
    delays = [p.day for p in proofs if p.event == "DELAY" and p.says == "against" and p.day <= as_of.isoformat()]
    moves = [p.day for p in proofs if p.says == "for" and p.reaches]
    return bool(delays) and done is None and max(delays) > max(moves, default="")


def _report(proofs: Sequence[Proof], dues: Sequence[Deadline], as_of: date) -> Timing:
    """What recurs: the newest that fell due counts."""
    days = sorted(each.due.end for each in dues if each.due)
    passed = [day for day in days if day < as_of]
    if not passed:
        return "not-due", "day-is-ahead"
    before = passed[-2].isoformat() if len(passed) > 1 else ""
    told = sorted(p.day for p in proofs if p.says == "for" and p.day > before)
    if not told:
        return "overdue", "day-passed-and-not-told-as-done"
    return ("on-time", "done-in-time") if told[0] <= passed[-1].isoformat() else ("delayed", "done-late")


def done_on(
    agreement: Agreement, row: Provision, proofs: Sequence[Proof], claims: Claims, steps: Sequence[Step], ruling: Ruling | None
) -> str | None:
    """The day on which a deed was done: that of the first claim which shows the whole by itself, else of the step."""
    if ruling:
        return ruling.since if ruling.state == STATES[3] else None
    if not steps or steps[-1].state != STATES[3]:
        return None
    used = set(steps[-1].claims)
    last = date.fromisoformat(steps[-1].day)
    alone = [p.day for p in proofs if p.claim in used and propose(agreement, row, [p], claims, last)[0] == STATES[3]]
    return min(alone, default=steps[-1].day)


def slips(
    dues: Sequence[Deadline], done: Mapping[str, str | None], rests: Mapping[str, tuple[str, ...]], as_of: date
) -> tuple[Slip, ...]:
    """Terms that were moved, done late, or passed without being told as done. `done`: provisions whose deed has one day, and of
    which something is told; others are not late by days."""
    out = []
    for each in dues:
        if each.due is None or each.first is None or each.provision not in done:
            continue
        moved = (each.due.end - each.first.end).days
        end = done[each.provision]
        late = max(0, ((date.fromisoformat(end) if end else as_of) - each.due.end).days)
        if moved or late:
            out.append(Slip(each.provision, each.first, each.due, moved, late, end, rests.get(each.provision, ())))
    return tuple(out)
