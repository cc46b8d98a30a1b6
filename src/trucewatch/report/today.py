"""The parts that a reader looks at first: the figures, and what moved."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trucewatch.model.happening import Figure, Spread
from trucewatch.model.tracker import Change
from trucewatch.publish.agreement import words_of
from trucewatch.publish.tracker import NAMED, count_text, phrases, rule_text, spread_text, told_figure
from trucewatch.report.desk import Desk, item
from trucewatch.report.drawn import order
from trucewatch.report.sitrep import Item, Part

PROVISION = ("state", "timeliness", "contested", "evidence", "deadline")
STABLE = ("violations", "meetings", "votes", "positions", "milestones", "findings")  # lines that no mere passing of days changes


def headlines(desk: Desk) -> Iterator[Item]:
    """Each count since the agreement came into force, from least to greatest, with every source, bound and period; where none is
    counted so, what each source counts against a side."""
    for row in sorted(desk.tracker.spreads, key=order):
        told = tuple(told_figure(each, desk.known, desk.put, desk.names) for each in row.figures)
        yield replace(item(desk, spread_text(row, desk.known, desk.put, desk.names), _claims(row), *told), level="headline")
    if desk.tracker.spreads:
        return
    for party in desk.tracker.violations:
        whom = desk.put("against_party", who=desk.names(party.party)) if party.party else desk.put("against_nobody")
        for count in party.counts:
            head = f"{whom}: {count_text(count, desk.known, desk.put, desk.names)}"
            yield replace(item(desk, head, count.claims), level="headline")


def moved(desk: Desk, changes: Iterable[Change], now: Iterable[Part], then: Iterable[Part]) -> Iterator[Item]:
    """Provisions by what changed, with the rule and the claims; of the rest, the lines that did not stand there before."""
    yield from _provisions(desk, changes)
    figures = tuple(_figures(desk))
    yield from figures
    told = {cite.claim for line in figures for cite in line.cites}
    before = {part.id: {line.head for line in part.items} for part in then}
    for part in now:
        if part.id not in STABLE:
            continue
        group = ""
        for line in part.items:
            group = line.head if line.level == "side" else group
            same = part.id == "violations" and told.issuperset(cite.claim for cite in line.cites)
            if line.level != "side" and line.head not in before[part.id] and not same:
                yield replace(line, head=": ".join(filter(None, (part.title, group, line.head))), level="moved")


def _provisions(desk: Desk, changes: Iterable[Change]) -> Iterator[Item]:
    words = {row.id: words_of(row.words, desk.known).rstrip(".") for row in desk.agreement.provisions}
    bodies = {row.body: row.source for row in desk.tracker.bodies}
    told = phrases(desk.known)
    for row in changes:
        if row.what in PROVISION and row.id in words:
            name = words[row.id]
        elif row.what in ("standing", "body"):
            name = desk.names(row.id) if row.what in NAMED else words_of(desk.tracker.names, desk.known)
        else:
            continue
        if row.what == "body" and row.after and row.why.startswith("members"):
            name, arrow = f"{name}: {desk.put('members', who=_step(desk, row, row.after))}", ""
            yield replace(item(desk, name, row.claims, _why(desk, row), files=bodies.get(row.id, ())), level="moved")
            continue
        steps = tuple(_step(desk, row, each) for each in (row.before, row.after) if each is not None)
        why = _why(desk, row)
        if row.what == "evidence":
            steps = ()
        arrow = desk.put("became").format(before=steps[0], after=steps[-1]) if len(steps) > 1 else "".join(steps)
        files = bodies.get(row.id, ()) if row.what == "body" else ()
        moved_ = item(desk, ": ".join(filter(None, (name, told("what", row.what), arrow))), row.claims, why, files=files)
        yield replace(moved_, level="moved")


def _why(desk: Desk, row: Change) -> str:
    if row.what == "evidence":
        return desk.put("new_claims", n=len(row.claims))
    _, judged, who = row.why.partition("judged-by ")
    return desk.put("judged_by", who=who) if judged else rule_text(row.why, desk.put, desk.names)


def _step(desk: Desk, row: Change, value: str) -> str:
    for key in ("terms", "states", "timeliness", "body", "contest"):
        words = desk.put(key, value)
        if words != value:
            return words
    if row.what == "body":  # its members
        return desk.put("comma").join(map(desk.names, value.split(", ")))
    return str(desk.known.words["agreement"].get(value, value))


def _figures(desk: Desk) -> Iterator[Item]:
    old = {figure for row in desk.before.spreads for figure in row.figures}
    for row in sorted(desk.tracker.spreads, key=order):
        new = [figure for figure in row.figures if figure not in old]
        if new:
            told = tuple(told_figure(each, desk.known, desk.put, desk.names) for each in new)
            head = f"{desk.put('figures')}: {spread_text(row, desk.known, desk.put, desk.names)}"
            yield replace(item(desk, head, _named(new), *told), level="moved")


def _claims(row: Spread) -> Iterator[str]:
    return _named(row.figures)


def _named(figures: Iterable[Figure]) -> Iterator[str]:
    return (figure.claim for figure in figures if figure.claim)
