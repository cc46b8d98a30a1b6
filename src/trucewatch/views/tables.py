"""The views of a day as tables: what a page shows, a line each, with codes in place of words where a program would ask."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from trucewatch.model.tracker import Tracker
from trucewatch.publish.agreement import Names, Put, words_of
from trucewatch.publish.labels import Labels
from trucewatch.views.timeline import timeline

Cells = Iterator[tuple[object, ...]]
JOIN = "; "


@dataclass(frozen=True, slots=True)
class Reader:
    """In which words a table is told."""

    put: Put
    names: Names
    known: Labels


def figures(tracker: Tracker, reader: Reader) -> Cells:
    for spread in tracker.spreads:
        for row in spread.figures:
            who = reader.names(row.source.removeprefix("outlet:"))
            yield row.of, who, row.source, row.day, row.start, row.value, row.bound, row.low, row.high, row.doer, row.claim


def provisions(tracker: Tracker, reader: Reader) -> Cells:
    for row in tracker.provisions:
        owed = JOIN.join(map(reader.names, row.obligors))
        told = (row.provision, words_of(row.words, reader.known), owed, row.state, row.rule, row.timeliness, row.contested)
        yield *told, row.sources_for, row.sources_against, len(row.evidence)


def events(tracker: Tracker, reader: Reader) -> Cells:
    for row in timeline(tracker, reader.put, reader.names, reader.known):
        yield row.day, row.kind, row.text, row.provision, row.level, JOIN.join(row.claims)


TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Tracker, Reader], Cells]]] = {
    "figures": (("of", "source", "source_id", "day", "since", "value", "bound", "low", "high", "doer", "claim"), figures),
    "tracker": (
        ("provision", "words", "owed_by", "state", "rule", "timeliness", "contested", "for", "against", "claims"),
        provisions,
    ),
    "timeline": (("day", "kind", "what", "provision", "state", "claims"), events),
}
