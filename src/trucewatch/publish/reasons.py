"""Why two claims are laid together or apart, in a reader's words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from trucewatch.link import told
from trucewatch.model import LinkKnowledge, Reason
from trucewatch.publish.agreement import Names
from trucewatch.publish.labels import Labels, labels, say

CODES: Mapping[str, tuple[str, ...]] = {  # group of the interface → the values that hold codes of it
    "quantities": ("of",),
    "modes": ("mode",),
    "slots": ("role",),
    "events": ("event",),
}
BY_RULE: Mapping[str, str] = {
    "other-mode": "modes",
    "other-status": "statuses",
    "alike-events": "events",
    "other-event": "events",
}
BOUND = {">=": "at_least", ">": "more_than", "~": "about", "<=": "up_to"}
_FIGURE = re.compile(r"(>=|<=|>|~)([\d.,]+)")


def reasons(knowledge: LinkKnowledge, names: Names, language: str = "en") -> Callable[[Reason], str]:
    """A reason → its words. Codes, ids of parties and signs of bounds in its values are told in words too."""
    known = labels(language)

    def why(reason: Reason) -> str:
        return told(replace(reason, values=tuple(_values(reason, known, names))), language, knowledge)

    return why


def _values(reason: Reason, known: Labels, names: Names) -> Iterator[tuple[str, str]]:
    for key, value in reason.values:
        group = next((group for group, keys in CODES.items() if key in keys and value in known.words[group]), None)
        if group is None and value in known.words.get(BY_RULE.get(reason.rule, ""), {}):
            group = BY_RULE[reason.rule]
        if group:
            yield key, say(known, group, value)
        else:
            yield key, _FIGURE.sub(lambda found: f"{say(known, 'bounds', BOUND[found[1]])} {found[2]}", names(value))
