"""Named rules that propose how far a provision is carried out. Every rule is the same whichever party owes it, and sees claims
only: silence moves nothing, but for breaches, which fade after `FRESH` days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from trucewatch.model import Claim
from trucewatch.model.agreement import Agreement, Amount, Provision
from trucewatch.model.tracker import STATES, Proof, Step
from trucewatch.track.force import standing

FRESH = 30  # days for which a breach, or a rate, speaks of the present
HALF = 0.5
Found = tuple[str, str, tuple[Proof, ...]]  # state, rule, what it rests on
Claims = Mapping[str, Claim]


def propose(agreement: Agreement, row: Provision, proofs: Sequence[Proof], claims: Claims, day: date) -> Found:
    """The state on a day, by the evidence known by then."""
    if agreement.kind == "proposal":
        return STATES[0], "a-proposal-is-never-in-force", ()
    today = day.isoformat()
    known = [p for p in proofs if p.published <= today]
    if row.nature in ("keep", "rate"):
        if standing(agreement, day, provision=row.id).stretch is None:
            return STATES[0], "not-in-force-that-day", ()
        known = _of_now(agreement, row, known, day)
    elif _not_there(agreement, row, day):
        return STATES[0], "its-document-is-not-there-yet", ()
    weighing = [p for p in known if p.says != "mentions"]
    if not weighing:
        return STATES[0], "only-mentioned" if known else "nothing-told", ()
    state, rule, used = _BY_NATURE[row.nature](row, weighing, claims, day)
    return _own_word(row, state, rule, used)


def _not_there(agreement: Agreement, row: Provision, day: date) -> bool:
    when = next((d.when for d in agreement.documents if d.id == row.document), None)
    return when is not None and when.start > day


def _of_now(agreement: Agreement, row: Provision, known: list[Proof], day: date) -> list[Proof]:
    """Without what speaks against a conduct in an earlier stretch in force: a breach of that truce is none of this one."""
    stretch = standing(agreement, day, provision=row.id).stretch
    if stretch is None or row.nature not in ("keep", "rate"):
        return known
    since = stretch.start.start.isoformat()
    return [p for p in known if p.says != "against" or p.day >= since]


def _own_word(row: Provision, state: str, rule: str, used: tuple[Proof, ...]) -> Found:
    """What one obligor alone tells of its own duty is not taken for the whole."""
    told = [p for p in used if p.says == "for"]
    mine = {side for p in told for side in p.sides if side in row.obligors}
    if state == STATES[3] and told and len(mine) == 1 and all(set(p.sides) & mine for p in told):
        return STATES[2], f"{rule}+told-by-obligor-alone", used
    return state, rule, used


def _least(one: str, other: str) -> str:
    return min(one, other, key=STATES.index)


def _reach(proofs: Sequence[Proof]) -> str:
    return max((p.reaches or STATES[0] for p in proofs), key=STATES.index, default=STATES[0])


def _fresh(proofs: Sequence[Proof], day: date) -> list[Proof]:
    first = (day - timedelta(days=FRESH)).isoformat()
    return [p for p in proofs if p.day >= first]


def _split(proofs: Sequence[Proof]) -> tuple[list[Proof], list[Proof]]:
    return [p for p in proofs if p.says == "for"], [p for p in proofs if p.says == "against"]


def _deed(row: Provision, proofs: Sequence[Proof], claims: Claims, day: date) -> Found:
    """once, create: what is done is done; a later obstacle does not undo it."""
    done, against = _split(proofs)
    amounts = [a for a in row.amounts if a.per is None and a.value is not None]
    told = [(figure, p) for p in done if (figure := _figure(claims.get(p.claim), amounts)) is not None]
    if told:
        owed = sum(a.value or 0 for a in amounts)
        best = max(figure for figure, _ in told)
        used = tuple(p for figure, p in told if figure == best)
        if best >= owed:
            return STATES[3], "amount-reached", used
        part = STATES[2] if best >= owed * HALF else STATES[1]
        whole = [p for p in done if p.reaches == STATES[3] and _figure(claims.get(p.claim), amounts) is None]
        return (STATES[3], "told-as-whole", tuple(whole)) if whole else (part, "amount-reached-in-part", used)
    if done:
        state = _reach(done)
        best_ones = tuple(p for p in done if (p.reaches or STATES[0]) == state)
        return (
            (state, "told-as-done" if state == STATES[3] else "told-as-begun", best_ones)
            if state != STATES[0]
            else (state, "obstacle-denied", tuple(done))
        )
    return STATES[0], "obstacle-told", tuple(against)


def _conduct(row: Provision, proofs: Sequence[Proof], claims: Claims, day: date) -> Found:
    """keep: as told; at most intermediate once a breach was told, minimal while one is fresh and in the weeks before it,
    or since, nobody told of more."""
    kept, broken = _split(proofs)
    fresh = _fresh(broken, day)
    if fresh:
        lately = _fresh(kept, date.fromisoformat(max(p.day for p in fresh)))
        state = _least(STATES[2], max(_reach(lately), STATES[1], key=STATES.index))
        return state, "breach-told-lately", (*lately, *fresh)
    state = _reach(kept)
    if broken:
        return _least(STATES[2], max(state, STATES[1], key=STATES.index)), "no-breach-told-lately", (*kept, *broken)
    return state, "told-as-kept" if state != STATES[0] else "breach-denied", tuple(kept)


def _rate(row: Provision, proofs: Sequence[Proof], claims: Claims, day: date) -> Found:
    """rate: the newest figure against what is owed; of several sources that day the least."""
    flowing, against = _split(proofs)
    amounts = [a for a in row.amounts if a.per is not None and a.value]
    told = [(p.day, figure, p) for p in flowing if (figure := _figure(claims.get(p.claim), amounts)) is not None]
    if told:
        last = max(when for when, _, _ in told)
        least = min(figure for when, figure, _ in told if when == last)
        share = least / sum(a.value or 0 for a in amounts)
        used = tuple(p for when, _, p in told if when == last)
        if share >= 1:
            return STATES[3], "rate-reached", used
        return (STATES[2], "half-of-the-rate", used) if share >= HALF else (STATES[1], "less-than-half-of-the-rate", used)
    if not flowing:
        return STATES[0], "obstacle-told", tuple(against)
    hindered = _fresh(against, day)
    state = _least(_reach(flowing), STATES[1] if hindered else STATES[2])
    return state, "told-without-a-figure", (*flowing, *hindered)


def _aim(row: Provision, proofs: Sequence[Proof], claims: Claims, day: date) -> Found:
    """aim: no deed could fulfil it, so steps towards it are minimal at most."""
    steps, against = _split(proofs)
    return (STATES[1], "step-towards-an-aim", tuple(steps)) if steps else (STATES[0], "obstacle-told", tuple(against))


def _figure(claim: Claim | None, amounts: Sequence[Amount]) -> float | None:
    """What a claim counts of the things owed; of several figures ("171 of 600") the least."""
    kinds = {a.of for a in amounts}
    told = [q.value for q in claim.quantities if q.of in kinds and q.bound != "up_to"] if claim else []
    return min(told, default=None)


_BY_NATURE = {"once": _deed, "create": _deed, "report": _deed, "fallback": _deed, "keep": _conduct, "rate": _rate, "aim": _aim}


def history(agreement: Agreement, row: Provision, proofs: Sequence[Proof], claims: Claims, as_of: date) -> tuple[Step, ...]:
    """The states until `as_of`, from the first day on which something was there or told; a step where state or rule changes."""
    days = {date.fromisoformat(p.published) for p in proofs}
    days |= {date.fromisoformat(p.day) + timedelta(days=FRESH + 1) for p in proofs if p.says != "mentions"}
    days |= {d.when.start for d in agreement.documents if d.id == row.document and d.when}
    for stretch in agreement.in_force:
        days |= {stretch.start.start, stretch.start.end}
        days |= {end.end + timedelta(days=1) for end in (stretch.end, *(more.to for more in stretch.extensions)) if end}
    out: list[Step] = []
    for day in sorted(each for each in days if each <= as_of) or [as_of]:
        state, rule, used = propose(agreement, row, proofs, claims, day)
        if not out or (out[-1].state, out[-1].rule) != (state, rule):
            out.append(Step(day.isoformat(), state, rule, tuple(p.claim for p in used)))
    return tuple(out)


def contested(agreement: Agreement, row: Provision, proofs: Sequence[Proof], as_of: date) -> bool:
    """Whether different voices tell for and against of the same weeks, or one denies what another tells."""
    known = _of_now(agreement, row, [p for p in proofs if p.published <= as_of.isoformat()], as_of)
    told, against = ({(date.fromisoformat(p.day).toordinal(), p.voice) for p in part} for part in _split(known))
    return any(abs(day - other) <= FRESH and voice != against_voice for day, voice in told for other, against_voice in against)
