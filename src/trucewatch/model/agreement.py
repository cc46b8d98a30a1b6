"""An agreement as its file tells it: who accepted what and when, what is owed, by when, and which claims speak of it.

Three habits run through these nouns. A day is a `Moment`, never a bare date, for sources often give no more than a month. A
fact has `source` (ids of the agreement's sources) and `checked`: True where a source was read, False where it was written
from memory. Where sources differ, nothing is chosen: a `Variant` holds each value with who tells it.
"""

from dataclasses import dataclass
from datetime import date, time

Words = tuple[tuple[str, str], ...]  # (language, text), sorted by language
Calls = tuple[tuple[str, tuple[str, ...]], ...]  # (language, words that name something in a text; `*` leaves an end open)
Coordinates = tuple["Coordinates | float", ...]
PRINCIPALS = ("signatory", "bound", "addressee")  # roles of those between whom the agreement stands


@dataclass(frozen=True, slots=True)
class Moment:
    """Some time between two days, both included; one day where they are equal. `at` is a wall clock's time in `zone` (IANA)."""

    start: date
    end: date
    at: time | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact can be looked up: an address without its scheme, or a book's name."""

    id: str
    where: str
    note: Words = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the process. `relation`: main, annex, implements, endorses, supersedes, proposes, amends. `signed` names
    parties that signed; an unsigned text has none. `calls`: words by language that name it in an article."""

    id: str
    names: Words
    kind: str
    relation: str
    when: Moment | None
    signed: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool
    note: Words = ()
    calls: Calls = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a party answered to `document` (None: to the agreement). `kind`: proposed-to (no yes or no yet), accepted,
    accepted-with-conditions, rejected."""

    kind: str
    when: Moment | None
    document: str | None
    conditions: Words
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class AgreementParty:
    """`role`: signatory, bound (bound but did not sign), addressee (asked to accept a proposal), guarantor, mediator,
    sponsor, observer, host, named (in the text only). `also`: ids of organs and arms whose deeds are the party's; dotted
    organs of a state need not be listed."""

    party: str
    role: str
    also: tuple[str, ...]
    acceptance: tuple[Acceptance, ...]
    note: Words = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one side alone proclaims. It binds nobody else and never puts the agreement in force."""

    party: str
    words: Words
    when: Moment
    until: Moment | None
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """An event from which time is counted. `when` None: it has not happened as far as the file knows; the tracker proposes days
    from claims that `signals` fit, and overwrites nothing."""

    id: str
    words: Words
    when: Moment | None
    source: tuple[str, ...]
    checked: bool
    signals: tuple["Signal", ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """A term moved to `to`; known since `agreed`."""

    agreed: Moment
    to: Moment
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """A stretch in which the agreement bound its signatories, from `start` until `end` (None: no end known), ends moved by
    `extensions`. `zone`: whose days count. `ended`: how it ended, in words. `covers`: provisions bound by it, none = all."""

    start: Moment
    zone: str
    end: Moment | None
    ended: Words
    extensions: tuple[Extension, ...]
    covers: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Suspension:
    """A signatory says that it no longer acts by the agreement, for a time; the other's duties are not judged by it."""

    party: str
    start: Moment
    end: Moment | None
    note: Words
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase as one source names it. `announced_by`: who says that it began; others may count differently. `calls`: words by
    language that name it in an article; `signals`: claims by which it began, where `begins` is not known."""

    id: str
    names: Words
    named_by: tuple[str, ...]
    begins: Moment | None
    announced_by: tuple[str, ...]
    condition: Words
    source: tuple[str, ...]
    checked: bool
    calls: Calls = ()
    signals: tuple["Signal", ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When a provision falls due. Either `by` (a fixed moment), or `after` (a milestone) with `within` and `unit` (hours,
    days, months, years), or `every` with `unit` (a report every six months, first counted from `after`). `words`: the rule as
    one would say it."""

    words: Words
    by: Moment | None = None
    after: str | None = None
    within: int | None = None
    every: int | None = None
    unit: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """What is owed in numbers. `of` is a quantity kind of a claim. `value` None: the text names a level, told in `words`, and
    no number. `per`: day, week, month for a rate, None for a total. `verifier`: ids of who is to count."""

    of: str
    value: float | None
    bound: str
    per: str | None
    words: Words
    verifier: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """Which claims speak of a provision, and what they say. Every field that is filled must fit, one of its values is enough.

    `says`: for, against or mentions. `statuses`: the statuses of a claim in which it weighs as evidence; in any other the claim
    is still about the provision but only mentions it. `modes` may hold "unstated" for a claim without a mode. `actors`,
    `recipients`, `participants`, `speakers`: ids of parties or bodies in that role (of `speakers` the innermost voice);
    `anyone`: in any role but the voice. `kinds`: what its quantities count. `places`: ids of places or codes of countries.
    `words`: by language, one of them must stand in the claim's quotes (`*` leaves an end of a word open); `unless`: none of
    them may. `within`: the act must lie in the agreement's area (docs/add-an-agreement.md). `during`: only while the
    agreement is, or may be, in force. `reaches`: the most that one such claim shows of a provision's state by itself.
    """

    name: str
    says: str
    events: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    participants: tuple[str, ...]
    speakers: tuple[str, ...]
    anyone: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    words: Calls
    unless: Calls
    within: bool
    during: bool
    reaches: str | None


@dataclass(frozen=True, slots=True)
class Provision:
    """One obligation. `nature` tells by what kind of rule it is judged: once (a deed that is then done), keep (a conduct that
    holds until broken), rate (so much a day), create (a body or text comes to be), report (something recurs), aim (no deed
    that could be measured), fallback (holds only if another fails). `obligors` and `beneficiaries`: ids of parties or bodies,
    or groups of the ontology. `after`: provisions that come first. `superseded_by`: the provision that took its place."""

    id: str
    document: str
    paragraph: str | None
    phase: str | None
    words: Words
    nature: str
    obligors: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    pam: tuple[str, ...]
    pax: tuple[str, ...]
    ours: tuple[str, ...]
    condition: Words
    due: Due | None
    amounts: tuple[Amount, ...]
    verifier: tuple[str, ...]
    after: tuple[str, ...]
    superseded_by: str | None
    signals: tuple[Signal, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a body, from and until when, where told."""

    party: str
    start: Moment | None
    end: Moment | None


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the agreement. `reports_every`: months. `created_by` names documents. `calls`: words by language that name it
    in a text where no id was read."""

    id: str
    mandate: Words
    chair: tuple[str, ...]
    members: tuple[Member, ...]
    created_by: tuple[str, ...]
    created: Moment | None
    expires: Moment | None
    reports_every: int | None
    calls: Calls
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class VoteFact:
    """A recorded vote. Lists of names may be shorter than the counts."""

    id: str
    body: str
    document: str
    when: Moment
    votes_for: int
    votes_against: int
    abstentions: int
    against: tuple[str, ...]
    abstaining: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Counting:
    """What a source counts as a violation. `events` and `modes` of claims that it would count, `kinds` in its own classes;
    all empty where it is not known. `since`: the day from which it counts."""

    party: str
    against: tuple[str, ...]
    kinds: tuple[str, ...]
    events: tuple[str, ...]
    modes: tuple[str, ...]
    since: Moment | None
    channel: Words
    source: tuple[str, ...]
    checked: bool
    note: Words = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A value that sources tell differently. `what`: in-force (the day from which somebody counts), duration, signed, place,
    amount, name. `told_by`: ids of parties, or names of outlets. `standing`: text (so the document says), count (so its
    figures are counted), paraphrase (so it was retold), mistake (contradicts the document or the calendar)."""

    what: str
    provision: str | None
    value: str
    moment: Moment | None
    told_by: tuple[str, ...]
    standing: str
    source: tuple[str, ...]
    checked: bool
    note: Words = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Where the agreement holds: codes of countries, ids of places, and words by language that name it. `boxes`: south, west,
    north, east in degrees; where there are any, a place with coordinates must lie in one, and the country alone decides
    nothing."""

    countries: tuple[str, ...]
    places: tuple[str, ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    words: Calls


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a zone of the agreement as GeoJSON draws it: `shape` is the geometry's type, `coordinates` are nested as there
    (longitude first, degrees); both None where nobody published it and the line has a name only. `file`: where they were
    read from, beside the agreement's file."""

    id: str
    names: Words
    shape: str | None
    coordinates: Coordinates | None
    file: str | None
    source: tuple[str, ...]
    checked: bool
    note: Words = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """`kind`: ceasefire, framework, plan, joint-statement, proposal. A proposal has no `in_force`, whoever accepted it.
    `calls`: words by language by which articles name the whole ("the plan")."""

    id: str
    names: Words
    kind: str
    pax_stage: str
    summary: Words
    area: Area
    parties: tuple[AgreementParty, ...]
    documents: tuple[Document, ...]
    milestones: tuple[Milestone, ...]
    in_force: tuple[InForce, ...]
    suspensions: tuple[Suspension, ...]
    declarations: tuple[Declaration, ...]
    phases: tuple[Phase, ...]
    provisions: tuple[Provision, ...]
    bodies: tuple[Body, ...]
    votes: tuple[VoteFact, ...]
    violations: tuple[Counting, ...]
    variants: tuple[Variant, ...]
    channel: Words
    sources: tuple[Source, ...]
    calls: Calls = ()
    lines: tuple[Line, ...] = ()
