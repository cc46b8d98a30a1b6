"""What the form of an agreement file cannot say: ids that lead nowhere, days out of order, facts without a source, and a
stretch in force that nobody agreed to."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from trucewatch.agreements.taxonomy import Taxonomy
from trucewatch.model import EVENTS, MODES, STATUSES
from trucewatch.model.agreement import Agreement, AgreementParty, Due, InForce, Moment, Provision, Signal
from trucewatch.model.codes import QUANTITY_KINDS

Place = tuple[str | int, ...]
Fault = tuple[Place, str]  # where in the file, and `what. Mend.`
RECALLED = "recalled"
UNSTATED = "unstated"
OUTLET = "outlet:"
SPOKEN_OF = {"provisions": "provision", "bodies": "body", "votes": "vote", "documents": "document", "phases": "phase"}
ACCEPTED = ("accepted", "accepted-with-conditions")


@dataclass(frozen=True, slots=True)
class Known:
    """What an agreement file may name: ids of the world, ids of places, codes of provisions. `party_ids` are for
    suggestions."""

    is_party: Callable[[str], bool]
    is_country: Callable[[str], bool]
    is_place: Callable[[str], bool]
    party_ids: Collection[str]
    taxonomy: Taxonomy


def near(word: str, known: Collection[str], *, few: int = 12) -> str:
    """The nearest known word, else all where they are few."""
    if found := get_close_matches(word, sorted(known), 1, 0.7):
        return f"Did you mean '{found[0]}'?"
    return f"Known: {', '.join(sorted(known))}." if 0 < len(known) <= few else "See docs/add-an-agreement.md."


def faults(agreement: Agreement, known: Known) -> Iterator[Fault]:
    """All faults, each with its place."""
    yield from _twice(agreement)
    yield from _sources(agreement)
    yield from _parties(agreement, known)
    yield from _references(agreement)
    yield from _order(agreement)
    yield from _force(agreement)
    for key in ("milestones", "phases"):
        for at, row in enumerate(getattr(agreement, key)):
            for place, what in _signals(row.signals, known):
                yield (key, at, *place), what
            day = row.when if key == "milestones" else row.begins
            if row.signals and day and day.start == day.end:
                yield (key, at, "signals"), "signals, but its day is known. Take the signals out, or the day."
    for at, provision in enumerate(agreement.provisions):
        for place, what in _provision(provision, agreement, known):
            yield ("provisions", at, *place), what


def _twice(agreement: Agreement) -> Iterator[Fault]:
    for name in ("sources", "documents", "milestones", "phases", "provisions", "bodies", "votes", "lines"):
        seen: set[str] = set()
        for at, row in enumerate(getattr(agreement, name)):
            if row.id in seen:
                yield (name, at, "id"), f"the id '{row.id}' stands twice under {name}. Give one of them another."
            seen.add(row.id)
    ids = [row.id for key in SPOKEN_OF for row in getattr(agreement, key)] + [agreement.id]
    for name in SPOKEN_OF:
        for at, row in enumerate(getattr(agreement, name)):
            if ids.count(row.id) > len([one for one in getattr(agreement, name) if one.id == row.id]):
                yield (name, at, "id"), f"'{row.id}' names a {SPOKEN_OF[name]} and something else. Give the other another id."
    parties = [party.party for party in agreement.parties]
    for at, name in enumerate(parties):
        if name in parties[:at]:
            yield ("parties", at, "party"), f"the party '{name}' stands twice. Give it one role, the strongest."


def _walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every noun inside a noun, with its place in the file."""
    if is_dataclass(value) and not isinstance(value, Moment):
        yield place, value
        for field in fields(value):
            yield from _walk(getattr(value, field.name), (*place, field.name))
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            yield from _walk(each, (*place, at))


def _sources(agreement: Agreement) -> Iterator[Fault]:
    known = {source.id for source in agreement.sources} | {RECALLED}
    for place, noun in _walk(agreement):
        if not hasattr(noun, "checked"):
            continue
        for at, source in enumerate(noun.source):
            if source not in known:
                yield (*place, "source", at), f"the source '{source}' is not among the sources. {near(source, known)}"
        if noun.checked and set(noun.source) == {RECALLED}:
            yield (*place, "checked"), "checked, but written from memory. Name the source that was read, or write checked: false."


def _parties(agreement: Agreement, known: Known) -> Iterator[Fault]:
    named: list[tuple[Place, str]] = []
    for at, party in enumerate(agreement.parties):
        named.append((("parties", at, "party"), party.party))
        named.extend((("parties", at, "also", n), other) for n, other in enumerate(party.also))
    for key in ("suspensions", "declarations", "violations"):
        named.extend(((key, at, "party"), row.party) for at, row in enumerate(getattr(agreement, key)))
    for at, row in enumerate(agreement.violations):
        named.extend((("violations", at, "against", n), other) for n, other in enumerate(row.against))
    for at, vote in enumerate(agreement.votes):
        named.append((("votes", at, "body"), vote.body))
        named.extend((("votes", at, k, n), v) for k in ("against", "abstaining") for n, v in enumerate(getattr(vote, k)))
    for at, document in enumerate(agreement.documents):
        named.extend((("documents", at, "signed", n), other) for n, other in enumerate(document.signed))
    for at, body in enumerate(agreement.bodies):
        named.append((("bodies", at, "id"), body.id))
        named.extend((("bodies", at, "chair", n), other) for n, other in enumerate(body.chair))
        named.extend((("bodies", at, "members", n, "party"), member.party) for n, member in enumerate(body.members))
    for at, phase in enumerate(agreement.phases):
        named.extend((("phases", at, k, n), v) for k in ("named_by", "announced_by") for n, v in enumerate(getattr(phase, k)))
    for at, variant in enumerate(agreement.variants):
        named.extend((("variants", at, "told_by", n), o) for n, o in enumerate(variant.told_by) if not o.startswith(OUTLET))
    for place, name in named:
        if not known.is_party(name):
            yield place, f"no party '{name}' in the world files. {near(name, known.party_ids)}"
    for key in ("countries", "places"):
        for at, name in enumerate(getattr(agreement.area, key)):
            if not (known.is_country(name) if key == "countries" else known.is_place(name)):
                yield (
                    ("area", key, at),
                    f"no such {'country' if key == 'countries' else 'place'} '{name}' in the world files. Mend the id.",
                )


def _references(agreement: Agreement) -> Iterator[Fault]:
    """What one part of the file names of another."""
    documents = {row.id for row in agreement.documents}
    provisions = {row.id for row in agreement.provisions}
    wanted: list[tuple[Place, str, Collection[str], str]] = []
    for at, body in enumerate(agreement.bodies):
        wanted.extend((("bodies", at, "created_by", n), name, documents, "document") for n, name in enumerate(body.created_by))
    wanted.extend((("votes", at, "document"), vote.document, documents, "document") for at, vote in enumerate(agreement.votes))
    for at, stretch in enumerate(agreement.in_force):
        wanted.extend((("in_force", at, "covers", n), name, provisions, "provision") for n, name in enumerate(stretch.covers))
    for at, variant in enumerate(agreement.variants):
        if variant.provision:
            wanted.append((("variants", at, "provision"), variant.provision, provisions, "provision"))
    for at, party in enumerate(agreement.parties):
        for n, answer in enumerate(party.acceptance):
            if answer.document:
                wanted.append((("parties", at, "acceptance", n, "document"), answer.document, documents, "document"))
    for place, name, ids, what in wanted:
        if name not in ids:
            yield place, f"no {what} '{name}' in this file. {near(name, ids)}"


def _order(agreement: Agreement) -> Iterator[Fault]:
    """Days that cannot follow each other. Only what no reading of an imprecise day can save is a fault."""
    pairs: list[tuple[Place, Moment | None, Moment | None, str, str]] = []
    for at, body in enumerate(agreement.bodies):
        pairs.append((("bodies", at, "expires"), body.created, body.expires, "expires", "was created"))
        for n, member in enumerate(body.members):
            pairs.append((("bodies", at, "members", n, "end"), member.start, member.end, "ends", "began"))
    for at, stretch in enumerate(agreement.in_force):
        pairs.append((("in_force", at, "end"), stretch.start, stretch.end, "ends", "began"))
        for n, more in enumerate(stretch.extensions):
            pairs.append(
                (("in_force", at, "extensions", n, "to"), stretch.end, more.to, "is extended to a day", "would have ended")
            )
        if at:
            before = agreement.in_force[at - 1]
            if not before.covers and not stretch.covers:
                pairs.append(
                    (("in_force", at, "start"), before.end or before.start, stretch.start, "begins", "the one above it ended")
                )
    for at, row in enumerate(agreement.suspensions):
        pairs.append((("suspensions", at, "end"), row.start, row.end, "ends", "began"))
    for at, told in enumerate(agreement.declarations):
        pairs.append((("declarations", at, "until"), told.when, told.until, "ends", "was declared"))
    for at, provision in enumerate(agreement.provisions):
        due = provision.due
        for n, more in enumerate(due.extensions if due else ()):
            place: Place = ("provisions", at, "due", "extensions", n, "to")
            pairs.append((place, due.by if due else None, more.to, "is extended to a day", "would have fallen due"))
    for spot, earlier, later, does, did in pairs:
        if earlier and later and later.end < earlier.start:
            yield spot, f"it {does} before it {did} ({later.end} < {earlier.start}). Mend one of the days."
    for spot, noun in _walk(agreement):
        for field in fields(noun):
            value = getattr(noun, field.name)
            if field.name == "zone" and isinstance(value, str) and not _is_zone(value):
                yield (*spot, "zone"), f"no time zone '{value}'. Write it as Asia/Jerusalem."


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, LookupError):
        return False


def _force(agreement: Agreement) -> Iterator[Fault]:
    """Nothing is in force that its signatories did not accept, and a proposal never is."""
    signatories = [party for party in agreement.parties if party.role == "signatory"]
    for at, stretch in enumerate(agreement.in_force):
        place: Place = ("in_force", at)
        if agreement.kind == "proposal":
            yield (
                place,
                "a proposal is never in force, whoever accepted it. Take the stretch out, or give the agreement another kind.",
            )
            continue
        if len(signatories) < 2:
            yield place, "in force without two signatories. Name those who agreed, or take the stretch out."
        for party in signatories:
            if not _accepted(party, stretch):
                yield (
                    place,
                    f"in force, but '{party.party}' accepted nothing before it. Write its acceptance, or take the stretch out.",
                )
        if stretch.start.zone and stretch.start.zone != stretch.zone:
            yield (*place, "zone"), f"the stretch begins by the clock of {stretch.start.zone}. Write that zone."


def _accepted(party: AgreementParty, stretch: InForce) -> bool:
    """Whether the party's last answer before the stretch began was a yes. An answer without a day counts as given."""
    given = [a for a in party.acceptance if a.when is None or a.when.start <= stretch.start.end]
    last = max(given, key=lambda a: a.when.start.toordinal() if a.when else 0, default=None)
    return last is not None and last.kind in ACCEPTED


def _provision(row: Provision, agreement: Agreement, known: Known) -> Iterator[Fault]:
    own = {party.party for party in agreement.parties} | {body.id for body in agreement.bodies}
    own |= {other for party in agreement.parties for other in party.also}
    benefit = own | set(known.taxonomy.groups)
    lists: Sequence[tuple[str, Collection[str], str]] = (
        ("obligors", own, "party or body of this agreement"),
        ("beneficiaries", benefit, "party, body or group"),
        ("verifier", own, "party or body of this agreement"),
        ("pam", known.taxonomy.pam, "provision of the Kroc matrix"),
        ("pax", known.taxonomy.pax, "category of PA-X"),
        ("ours", known.taxonomy.ours, "category of ours"),
        ("after", [other.id for other in agreement.provisions if other.id != row.id], "other provision of this file"),
    )
    for key, ids, what in lists:
        for at, name in enumerate(getattr(row, key)):
            if name not in ids and name.partition(".")[0] not in ids:
                yield (key, at), f"no {what} '{name}'. {near(name, ids, few=20)}"
    for key, value, rows in (
        ("document", row.document, agreement.documents),
        ("phase", row.phase, agreement.phases),
        ("superseded_by", row.superseded_by, agreement.provisions),
    ):
        ids = [each.id for each in rows]
        if value and value not in ids:
            yield (key,), f"no {key.removesuffix('_by')} '{value}' in this file. {near(value, ids)}"
    if not (row.pam or row.pax or row.ours):
        yield ("id",), f"the provision '{row.id}' has no category. Write pam, pax or ours (data/ontology/provisions.yaml)."
    if row.due:
        yield from (((("due", *place)), what) for place, what in _due(row.due, agreement))
    for at, amount in enumerate(row.amounts):
        yield from _kinds((amount.of,), ("amounts", at), "of", at=None)
        for n, name in enumerate(amount.verifier):
            if name not in own:
                yield ("amounts", at, "verifier", n), f"no party or body of this agreement '{name}'. {near(name, own)}"
    if row.nature == "rate" and not any(amount.per for amount in row.amounts):
        yield ("nature",), "a rate without an amount per day, week or month. Write amounts with per, or another nature."
    yield from _signals(row.signals, known)


def _signals(signals: Sequence[Signal], known: Known) -> Iterator[Fault]:
    names = [signal.name for signal in signals]
    for at, signal in enumerate(signals):
        if signal.name in names[:at]:
            yield ("signals", at, "name"), f"the signal '{signal.name}' stands twice. Give one of them another name."
        for place, what in _signal(signal, known):
            yield ("signals", at, *place), what


def _due(due: Due, agreement: Agreement) -> Iterator[Fault]:
    ids = [row.id for row in agreement.milestones]
    if due.after and due.after not in ids:
        yield ("after",), f"no milestone '{due.after}' in this file. {near(due.after, ids)}"
    ways = [due.by is not None, due.within is not None, due.every is not None]
    if sum(ways) > 1 or (due.by and due.after):
        yield (), "a term of two kinds. Write by, or after with within and unit, or every with unit."
    elif (due.within is not None or due.every is not None) and not (due.unit and due.after):
        yield (), "a term that is counted needs after (a milestone) and unit. Write both."
    elif due.after and due.within is None and due.every is None:
        yield ("after",), "after without within or every. Write within: 72 and unit: hours."


def _signal(signal: Signal, known: Known) -> Iterator[Fault]:
    for at, event in enumerate(signal.events):
        if event not in EVENTS:
            yield ("events", at), f"unknown event '{event}'. {near(event, EVENTS, few=25)}"
    modes = {mode for event in signal.events for mode in MODES.get(event, ())} | {UNSTATED}
    for at, mode in enumerate(signal.modes):
        if mode not in modes:
            yield ("modes", at), f"no mode '{mode}' of these events. {near(mode, modes, few=20)}"
    for at, status in enumerate(signal.statuses):
        if status not in STATUSES:
            yield ("statuses", at), f"unknown status '{status}'. {near(status, STATUSES)}"
    for key in ("actors", "recipients", "participants", "speakers", "anyone"):
        for at, name in enumerate(getattr(signal, key)):
            if not known.is_party(name):
                yield (key, at), f"no party '{name}' in the world files. {near(name, known.party_ids)}"
    for at, place in enumerate(signal.places):
        if not known.is_place(place) and not known.is_country(place):
            yield ("places", at), f"no place or country '{place}' in the world files. Mend the id."
    for at, kind in enumerate(signal.kinds):
        yield from _kinds((kind,), (), "kinds", at=at)
    narrowing = ("actors", "recipients", "participants", "anyone", "kinds", "places", "words")
    if not any(getattr(signal, key) for key in narrowing) and not signal.within:
        yield ("name",), "a signal that any claim of its events fits. Narrow it by who, where, what is counted or words."


def _kinds(kinds: Sequence[str], place: Place, key: str, *, at: int | None) -> Iterator[Fault]:
    for kind in kinds:
        if kind not in QUANTITY_KINDS and not kind.startswith("other:"):
            spot = (*place, key) if at is None else (*place, key, at)
            yield spot, f"nothing counts '{kind}'. {near(kind, QUANTITY_KINDS, few=20)}"
