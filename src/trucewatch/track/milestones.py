"""When milestones, documents and phases came, by the agreement's file; and the days that claims propose for those which the file
leaves open. A month or a year is no day. Nothing of the file is overwritten."""

from collections.abc import Iterator, Sequence
from datetime import date

from trucewatch.model import Claim
from trucewatch.model.agreement import Agreement, Moment, Signal, Words
from trucewatch.model.tracker import MilestoneState, Proposal
from trucewatch.track.about import fits
from trucewatch.track.proofs import Known, quote_of, voice_of

SIGNED = ("sign", "ratify")
Row = tuple[str, str, Words, Moment | None, tuple[Signal, ...], tuple[str, ...], bool]


def milestones(facts: Known) -> tuple[MilestoneState, ...]:
    """Those with a day by it, then those without, each in the order of the file."""
    found = (_state(facts, row) for row in _rows(facts.agreement))
    return tuple(sorted(found, key=lambda row: row.when.start.isoformat() if row.when else "9"))


def happened(found: Sequence[MilestoneState]) -> dict[str, Moment]:
    """The day of a milestone that the file leaves open: that of which most sources tell, of equals the earliest."""
    out = {}
    for row in found:
        if row.when is None and row.kind == "milestone" and row.proposals:
            best = min(row.proposals, key=lambda each: (-each.sources, each.start, each.end))
            out[row.id] = Moment(date.fromisoformat(best.start), date.fromisoformat(best.end))
    return out


def _rows(agreement: Agreement) -> Iterator[Row]:
    for row in agreement.milestones:
        yield row.id, "milestone", row.words, row.when, row.signals, row.source, row.checked
    for text in agreement.documents:
        yield text.id, "document", text.names, text.when, (), text.source, text.checked
    for phase in agreement.phases:
        yield phase.id, "phase", phase.names, phase.begins, phase.signals, phase.source, phase.checked


def _state(facts: Known, row: Row) -> MilestoneState:
    id_, kind, words, when, signals, source, checked = row
    shown = when if when is None or when.start <= facts.as_of else None
    known = when is not None and when.start == when.end
    proposals, denials = ((), ()) if known else _proposed(facts, id_, kind, signals)
    return MilestoneState(id_, kind, words, shown, proposals, denials, source, checked)


def _proposed(facts: Known, id_: str, kind: str, signals: Sequence[Signal]) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """Days told by claims, the one with most sources first; and claims that deny that it came."""
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    denials = []
    for claim in facts.claims:
        rule = _rule(facts, claim, id_, kind, signals)
        if rule is None:
            continue
        if claim.status == "denied":
            denials.append(claim.id)
        elif claim.status in ("occurred", "ongoing") and (days := _days(facts, claim)):
            groups.setdefault((*days, rule), []).append(claim)
    out = [_proposal(facts, start, end, rule, claims) for (start, end, rule), claims in groups.items()]
    return tuple(sorted(out, key=lambda each: (-each.sources, each.start, each.end, each.rule))), tuple(denials)


def _rule(facts: Known, claim: Claim, id_: str, kind: str, signals: Sequence[Signal]) -> str | None:
    """The signal that fits; of a document a signing that names it."""
    if kind == "document":
        signed = claim.event == "AGREE" and claim.mode in SIGNED
        named = signed and any(each.id == id_ and each.says == "names" for each in facts.said.get(claim.id, ()))
        return f"{id_}/signed" if named else None
    wanted = [signal for signal in signals if claim.event in signal.events]
    if not wanted:
        return None
    article = facts.articles[claim.article]
    found = fits(
        facts.agreement, claim, wanted, acts_for=facts.acts_for, published=article.published, text=article.text, provision=id_
    )
    return f"{id_}/{found.name}" if found else None


def _days(facts: Known, claim: Claim) -> tuple[str, str] | None:
    """The days told, where they are told and are not still to come."""
    when = claim.when
    if when is None or not (when.start and when.end) or when.grain in ("year",) or when.start > facts.as_of.isoformat():
        return None
    return when.start, when.end


def _proposal(facts: Known, start: str, end: str, rule: str, claims: Sequence[Claim]) -> Proposal:
    return Proposal(
        start=start,
        end=end,
        rule=rule,
        sources=len({facts.origin.get(claim.id, claim.id) for claim in claims}),
        voices=tuple(dict.fromkeys(voice_of(facts, claim) for claim in claims)),
        claims=tuple(claim.id for claim in claims),
        quote=quote_of(claims[0]),
    )
