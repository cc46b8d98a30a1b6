"""Something that a rule of the monitor's settings asks to be told of."""

from dataclasses import dataclass

WHENS = ("state", "figure", "contradiction", "deadline", "silence")


@dataclass(frozen=True, slots=True)
class Alert:
    """`when`: which rule; `subject`: the id of what it speaks of; `values` by rule, never words of a claim (docs/alerts.md);
    `claims`: what it rests on. `keys` name its cause: it is told once for any of them."""

    when: str
    day: str
    subject: str
    values: tuple[str, ...]
    claims: tuple[str, ...]
    keys: tuple[str, ...]
