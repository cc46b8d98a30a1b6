"""What happened when, by a tracker: meetings, votes, dates, steps of provisions, positions and deadlines in one order of days."""

from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.model.tracker import STATES, Tracker
from trucewatch.publish.agreement import Names, Put, words_of
from trucewatch.publish.labels import Labels
from trucewatch.publish.tracker import meeting_text, position_text, rule_text, term_text

KINDS = ("steps", "meetings", "votes", "milestones", "positions", "deadlines")


@dataclass(frozen=True, slots=True)
class Event:
    """`kind`: one of KINDS; `level`: the state of a provision, for its colour; `provision`: its id, where it is about one;
    `claims` carry it."""

    day: str
    kind: str
    text: str
    claims: tuple[str, ...] = ()
    provision: str | None = None
    level: str | None = None


def timeline(tracker: Tracker, put: Put, names: Names, known: Labels) -> tuple[Event, ...]:
    """The newest first; what lies ahead of the tracker's day stands before it."""
    told = (*_steps(tracker, put, names, known), *_events(tracker, put, names, known))
    return tuple(sorted(told, key=lambda each: (each.day, KINDS.index(each.kind), each.text), reverse=True))


def _steps(tracker: Tracker, put: Put, names: Names, known: Labels) -> Iterator[Event]:
    for row in tracker.provisions:
        before = STATES[0]  # that something is only mentioned moves nothing
        for step in row.history:
            moved, before = step.state != before, step.state
            if not moved:
                continue
            text = f"{words_of(row.words, known).rstrip('.')}: {put('states', step.state)} ({rule_text(step.rule, put, names)})"
            yield Event(step.day, "steps", text, step.claims, row.provision, step.state)
    words = {row.provision: words_of(row.words, known) for row in tracker.provisions}
    for term in tracker.deadlines:
        if term.due:
            text = f"{term_text(term, put)}: {words[term.provision]}"
            yield Event(term.due.end.isoformat(), "deadlines", text, (), term.provision, term.state)


def _events(tracker: Tracker, put: Put, names: Names, known: Labels) -> Iterator[Event]:
    for meeting in tracker.meetings:
        if day := meeting.start or meeting.end:
            yield Event(day, "meetings", meeting_text(meeting, tracker, put, names, known), meeting.claims)
    for vote in tracker.votes:
        counts = {"yes": vote.votes_for, "no": vote.votes_against, "out": vote.abstentions}
        day = vote.day.start.isoformat()
        yield Event(day, "votes", put("vote_line", day=day, body=names(vote.body), **counts), tuple(t.claim for t in vote.told))
    for row in tracker.milestones:
        if row.when:
            yield Event(row.when.start.isoformat(), "milestones", words_of(row.words, known))
    for position in tracker.positions:
        who = names(position.party)
        text = f"{who}: {position_text(position, tracker, known, put, names)}"
        yield Event(position.day, "positions", text, position.tellings)
