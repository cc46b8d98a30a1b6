"""Where an agreement stands on a day, as far as claims tell it: derived and rebuilt, never edited.

Days are ISO days. Everything names the claims that it rests on; nothing here is a finding of fact.
"""

from dataclasses import dataclass

from trucewatch.model.agreement import Moment, Words
from trucewatch.model.grade import Grade
from trucewatch.model.happening import Finding, Series, Spread

STATES = ("not-initiated", "minimal", "intermediate", "full")
TIMELINESS = ("not-due", "on-time", "delayed", "overdue", "suspended", "superseded")
STANCES = (
    "supports", "accepts", "accepts-with-conditions", "no-answer", "doubts", "accuses", "rejects", "warns", "delays",
    "declares", "suspends", "abstained", "voted-against",
)  # fmt: skip
SAYS = ("for", "against", "mentions")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on the state of a provision, from the day `since` on. It rests on `claim`."""

    provision: str
    state: str
    since: str
    who: str
    reason: str
    claim: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A claim as evidence on a provision. `rule`: the signal that found it, with `+denied` where a denial turns it round.
    `voice`: id or words of the innermost voice; `sides`: parties of the agreement for which it speaks. `day` is that of
    what is told. `origin` None: the claim stands alone. `grade`: F6 unless a person judged it or its source."""

    claim: str
    article: str
    outlet: str | None
    event: str
    status: str
    says: str
    rule: str
    reaches: str | None
    voice: str
    sides: tuple[str, ...]
    day: str
    published: str
    quote: str
    happening: str | None
    origin: str | None
    grade: str


@dataclass(frozen=True, slots=True)
class Step:
    """The state that was proposed from a day on, by which rule, resting on which claims."""

    day: str
    state: str
    rule: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionState:
    """`state` is what is shown: the ruling's where there is one, else what `rule` proposes (`proposed`). `timeliness` None: no
    day is set, or none that could be judged. Sources are origins: copies count once. `history` oldest first."""

    provision: str
    words: Words
    nature: str
    obligors: tuple[str, ...]
    state: str
    proposed: str
    rule: str
    timeliness: str | None
    timing: str
    contested: bool
    sources_for: int
    sources_against: int
    evidence: tuple[Proof, ...]
    history: tuple[Step, ...]
    ruling: Ruling | None
    checked: bool


@dataclass(frozen=True, slots=True)
class Count:
    """What one source tells against one party. `of`: what is counted; or `acts`: happenings that the source tells one by one; or
    `accusations`: blame, by the way of its words. `accuser`: the party of the agreement for which the source speaks, None where
    for none."""

    source: str
    accuser: str | None
    of: str
    value: float
    bound: str
    start: str | None
    day: str
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Accused:
    """A party between whom the agreement stands, and what is told against it; also where nothing is. `party` None:
    nobody is named. Counts are never added over sources. `denied_by`: voices that deny its breaches, `denials` their claims."""

    party: str | None
    counts: tuple[Count, ...]
    denied_by: tuple[str, ...]
    denials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """`state`: held, planned, possible, demanded, denied. `follows`: the happening that it continues, found by `follows_rule`;
    `refers`: the words that point to it; `places`: ids, or names where no id is known."""

    happening: str
    start: str | None
    end: str | None
    state: str
    modes: tuple[str, ...]
    participants: tuple[str, ...]
    places: tuple[str, ...]
    about: tuple[str, ...]
    refers: str | None
    follows: str | None
    follows_rule: str | None
    claims: tuple[str, ...]
    sources: int
    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class ToldVote:
    """A vote as a claim tells it; None = not told."""

    claim: str
    article: str
    voice: str
    votes_for: float | None
    votes_against: float | None
    abstentions: float | None
    quote: str


@dataclass(frozen=True, slots=True)
class VoteState:
    """A vote of the agreement's file, with what claims tell of it."""

    vote: str
    body: str
    document: str
    day: Moment
    votes_for: int
    votes_against: int
    abstentions: int
    source: tuple[str, ...]
    checked: bool
    told: tuple[ToldVote, ...]


@dataclass(frozen=True, slots=True)
class BodyState:
    """`days_left` until the mandate ends, None where no end is set; `members` of that day. `claims` name the body."""

    body: str
    mandate: Words
    state: str
    created: Moment | None
    expires: Moment | None
    days_left: int | None
    chair: tuple[str, ...]
    members: tuple[str, ...]
    reports_every: int | None
    claims: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party, or somebody else, stands to the agreement (`whole`) or to parts of it: `stance` as `rule` found. From claims
    (`kind` is the event; `claim` its first telling, `tellings` all), or from the agreement's file (`source`). `day`: the first
    on which it is known to have been said; `last`: the last on which it was printed again, where that is later. `conditions`: of
    an answer, or the words of what one side declares."""

    party: str
    day: str
    stance: str
    rule: str
    kind: str
    status: str
    about: tuple[str, ...]
    whole: bool
    conditions: Words
    voice: str | None
    claim: str | None
    article: str | None
    quote: str
    last: str | None
    tellings: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Days (both included) that claims tell for what the agreement's file leaves open, by which signal. Sources are origins."""

    start: str
    end: str
    rule: str
    sources: int
    voices: tuple[str, ...]
    claims: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A milestone, a document or a phase (`kind`). `when` by the file; where it gives none, `proposals` from claims, that with
    most sources first, and `denials`: claims that it did not come. A proposal is nobody's finding, and the file stays as it
    is."""

    id: str
    kind: str
    words: Words
    when: Moment | None
    proposals: tuple[Proposal, ...]
    denials: tuple[str, ...]
    source: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline on the day of the tracker. `days` until its last day, negative once it has passed; None while it waits."""

    provision: str
    due: Moment | None
    first: Moment | None
    moved: int
    waits_for: str | None
    days: int | None
    rule: str
    state: str
    timeliness: str | None
    checked: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """Days by which a term was moved, and days by which it is late: until it was done, or until today."""

    provision: str
    first: Moment
    due: Moment
    moved_days: int
    late_days: int
    done: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An article that its outlet took back. `says`: withdrawn (its text says so) or gone (nothing is there at its address any
    more); met on the day `since`. `claims`: those of it that are told here; they stay, and are marked."""

    article: str
    says: str
    since: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tracker:
    """An agreement on a day. `claims`, `articles`: how many were known; `undated`: articles left out, for nobody knows when they
    were printed. `grades`: of tellings that a person graded, or that a reviewer may look at since several origins tell the
    same; all others are F6."""

    agreement: str
    names: Words
    as_of: str
    standing: str
    standing_rule: str
    claims: int
    articles: int
    undated: int
    milestones: tuple[MilestoneState, ...]
    provisions: tuple[ProvisionState, ...]
    violations: tuple[Accused, ...]
    meetings: tuple[Meeting, ...]
    votes: tuple[VoteState, ...]
    bodies: tuple[BodyState, ...]
    positions: tuple[Position, ...]
    deadlines: tuple[Term, ...]
    slippage: tuple[Slip, ...]
    series: tuple[Series, ...]
    spreads: tuple[Spread, ...]
    findings: tuple[Finding, ...]
    grades: tuple[Grade, ...]
    taken_back: tuple[TakenBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two days. `what`: state, timeliness, contested, evidence, count, figure, meeting, vote, body,
    position, deadline, standing. `why` names the rule; `claims` were not known before, or the new state rests on them."""

    what: str
    id: str
    before: str | None
    after: str | None
    why: str
    claims: tuple[str, ...]
