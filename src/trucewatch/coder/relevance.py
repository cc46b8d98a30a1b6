"""Whether an article is about a conflict and its settlement at all: sport, weather, trade and court reports borrow the words of
war."""

from collections.abc import Sequence

from trucewatch.clause.line import Line

LEAST = 2  # foreign words needed before an article is left aside
NAMED = frozenset({"name.state", "name.capital", "name.group", "name.body", "name.org", "name.person", "demonym"})


def relevant(lines: Sequence[Line]) -> bool:
    """False where words of other fields (class `context.other`) stand at least twice and outweigh the words of conflict
    (`context.conflict`), or stand at all where no word of conflict does.

    Armed groups and the bodies that watch a peace count as words of conflict, whoever they are. Where no state, group, body or
    person known to the world files is named, words of conflict may well be figures of speech ("the price war"): they count half.
    """
    conflict = other = 0
    named = False
    for line in lines:
        for item in line.items:
            kinds = item.classes.union(*(entry.classes for entry in item.entries))
            named = named or not kinds.isdisjoint(NAMED)
            if not kinds.isdisjoint(("context.conflict", "name.group", "name.body")):
                conflict += 1
            elif "context.other" in kinds:
                other += 1
    if other < LEAST and conflict > 0 or other == 0:
        return True
    return conflict >= (other if named else 2 * other)
