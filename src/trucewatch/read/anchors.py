"""Days without a year that the body tells: they tell no day of publication, but they speak for one or against it."""

from collections.abc import Iterator, Sequence
from datetime import date

from trucewatch.model import Block, DateEvidence
from trucewatch.read.hints import weekday_near
from trucewatch.read.knowledge import Words
from trucewatch.text import fold
from trucewatch.text.figuretext import day_of

PARAGRAPHS = 3  # of the body's beginning
NEAR = 7  # days before the publication at most that news are told of
AHEAD = 1  # days after it: an article of the evening before


def anchors(text: str, blocks: Sequence[Block], words: Words, day: date | None) -> tuple[DateEvidence, ...]:
    """Evidence for or against `day`, in the order of the text; none where no day is known.

    A day shortly before `day` agrees. One whose weekday does not fit in that year is refused: then the year is in doubt. Other
    days say nothing of it.
    """
    if day is None:
        return ()
    bodies = [block for block in blocks if block.kind == "body"][:PARAGRAPHS]
    return tuple(found for block in bodies for found in _anchored(text, block, words, day))


def _anchored(text: str, block: Block, words: Words, day: date) -> Iterator[DateEvidence]:
    folded = fold(text[block.start : block.end])
    for match in words.anchor.finditer(folded.text):
        name, dom = match["m"] or match["m2"], int(match["d"] or match["d2"])
        month = words.months[" ".join(name.split())]
        told = [there for year in (day.year - 1, day.year, day.year + 1) if (there := day_of(year, month, dom))]
        if not told:
            continue
        value = min(told, key=lambda there: abs(there - day))
        weekday = weekday_near(folded.text, match.start(), match.end(), words)
        at, to = folded.back(match.start(), match.end())
        start, end = block.start + at, block.start + to
        if weekday is not None and value.isoweekday() != weekday:
            reason = f"its weekday is not that of this day in {value.year}"
            yield DateEvidence("text", text[start:end], value, "refused", reason, start=start, end=end)
        elif -AHEAD <= (day - value).days <= NEAR:
            reason = "the text tells of a day shortly before"
            yield DateEvidence("text", text[start:end], value, "agrees", reason, start=start, end=end)
