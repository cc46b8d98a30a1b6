"""Whether an article is about a conflict and its settlement at all: sport, weather, trade and court reports borrow the words of
war."""

from collections.abc import Sequence

from trucewatch.clause.line import Line

LEAST = 2  # foreign words needed before an article is left aside
SIDES = 2  # parties needed where no word of conflict stands …
LONG = 40  # … in a text of so many items; a shorter one may well do without
PARTIES = frozenset({"name.state", "name.capital", "name.group", "name.body", "name.org", "demonym"})
NAMED = PARTIES | {"name.person"}


def relevant(lines: Sequence[Line]) -> bool:
    """False where words of other fields (class `context.other`) stand at least twice and outweigh the words of conflict
    (`context.conflict`); and where no word of conflict stands, unless the text is short or two parties known to the world files
    are named, and no word of another field stands.

    Armed groups and the bodies that watch a peace count as words of conflict, whoever they are. Where no state, group, body or
    person known to the world files is named, words of conflict may well be figures of speech ("the price war"): they count half.
    """
    conflict = other = 0
    named = False
    sides: set[str] = set()
    for line in lines:
        for item in line.items:
            kinds = item.classes.union(*(entry.classes for entry in item.entries))
            named = named or not kinds.isdisjoint(NAMED)
            sides.update(entry.value.get("party", "") for entry in item.entries if not entry.classes.isdisjoint(PARTIES))
            if not kinds.isdisjoint(("context.conflict", "name.group", "name.body")):
                conflict += 1
            elif "context.other" in kinds:
                other += 1
    if conflict == 0:
        long = sum(len(line.items) for line in lines) >= LONG
        return other == 0 and (not long or len(sides - {""}) >= SIDES)
    return other < LEAST or conflict >= (other if named else 2 * other)
