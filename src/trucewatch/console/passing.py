"""What was passed over in archives: counted, told at the end, and of what the gate stopped every hundredth kept for a look."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trucewatch.archive import Passed

EVERY = 100
START = 300  # characters of a stopped page that are kept
_TOLD = {
    "gate": "name nothing of the agreement",
    "unread": "hold no article in a language that is read",
    "form": "are no pages",
    "status": "were not served",
    "large": "are too large",
}

Dropped = Annotated[
    Path | None,
    typer.Option(
        "--dropped", metavar="FILE", help=f"Of an archive: write the first and every {EVERY}th page that the gate stopped there."
    ),
]


@dataclass(frozen=True, slots=True)
class Passing:
    """`on_passed` counts into `counts` by why; `sample` holds lines of JSON."""

    counts: Counter[str] = field(default_factory=Counter)
    sample: list[str] = field(default_factory=list)


def watcher(passing: Passing) -> "Callable[[str, Passed], None]":
    """Tells a record that was passed over."""

    def note(source: str, passed: "Passed") -> None:
        passing.counts[passed.why] += 1
        if passed.why == "gate" and passing.counts["gate"] % EVERY == 1:
            start = " ".join(re.sub(r"<[^>]*>", " ", passed.body[: 20 * START].decode(errors="replace")).split())[:START]
            row = {"source": source, "offset": passed.offset, "url": passed.url, "start": start}
            passing.sample.append(json.dumps(row, ensure_ascii=False) + "\n")

    return note


def tell(passing: Passing, dropped: Path | None) -> None:
    """The counts on stderr; the sample into its file."""
    from trucewatch.publish.files import writing

    if passing.counts:
        parts = [f"{count:,} {_TOLD[why]}" for why, count in sorted(passing.counts.items())]
        typer.echo(f"trucewatch: {passing.counts.total():,} records of archives passed over: {', '.join(parts)}.", err=True)
    if dropped:
        with writing(dropped) as file:
            file.writelines(passing.sample)
