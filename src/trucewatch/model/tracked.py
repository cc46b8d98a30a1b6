"""What is read off an agreement and claims: how it stands on a day, what falls due, and what a claim speaks of."""

from dataclasses import dataclass

from trucewatch.model.agreement import Calls, InForce, Moment, Words


@dataclass(frozen=True, slots=True)
class Deadline:
    """A provision's deadline as computed on a day. `due` None while its trigger has not happened; then `waits_for` names it.
    `first` is the date before extensions, `moved` how often it was moved. `at` of a moment is a wall clock's time in its
    zone."""

    provision: str
    due: Moment | None
    first: Moment | None
    moved: int
    waits_for: str | None
    rule: str
    words: Words
    checked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an agreement binds on a day. `state`: in-force, partly (it begins or ends that day), uncertain (a source gives
    no day for its beginning or end), not-in-force. `covers`: provisions bound, none = all. `rule` names why."""

    state: str
    rule: str
    stretch: InForce | None
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """A claim speaks of `id`, as `rule` found. `says` for, against or mentions: a provision, a body or a vote; `reaches` as in
    `Signal`. `says` names: the agreement as a whole, a document or a phase of it."""

    id: str
    rule: str
    says: str
    reaches: str | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """A named rule by which a claim about an agreement tells where somebody stands to it (data/ontology/stances.yaml). Empty
    fields fit all; `modes` may hold "unstated". `stance` none: such a claim takes no side."""

    name: str
    stance: str
    events: tuple[str, ...]
    modes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: Calls = ()
    unless: Calls = ()
