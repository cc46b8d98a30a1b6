"""Whether an article is about a conflict and its settlement at all: sport, weather, trade and court reports borrow the words of
war."""

from collections.abc import Sequence

from trucewatch.clause.line import Line
from trucewatch.drafting.draft import Setting

LEAST = 2  # foreign words needed before an article is left aside
SIDES = 2  # parties needed where no word of conflict stands …
DEEDS = 2  # deeds of force that make an article one of conflict, whoever acts in it
LONG = 30  # … in a text of so many items; a shorter one may well do without
PARTIES = frozenset({"name.state", "name.capital", "name.group", "name.body", "name.org", "demonym"})
NAMED = PARTIES | {"name.person"}


def setting(lines: Sequence[Line]) -> Setting:
    """What an article is about, as its words tell."""
    conflict = other = names = 0
    named = False
    sides: set[str] = set()
    for line in lines:
        for item in line.items:
            kinds = item.classes.union(*(entry.classes for entry in item.entries))
            named = named or not kinds.isdisjoint(NAMED)
            sides.update(entry.value.get("party", "") for entry in item.entries if not entry.classes.isdisjoint(PARTIES))
            if not kinds.isdisjoint(("context.conflict", "name.group")):
                conflict += 1
            elif "context.other" in kinds:
                other += 1
                names += item.has("actor")
    deeds = sum(_deeds(line) for line in lines)
    return Setting(conflict, other, len(sides - {""}), named, sum(len(line.items) for line in lines), deeds, names)


def _deeds(line: Line) -> int:
    """Acts of force, and beside them the killed and wounded, told by words that tell nothing else; a sentence of an accident has
    the one without the other."""
    sure = [h for h in line.heads if h.values.get("hint") != "weak" and not h.others]
    acts = sum(h.kind == "ASSAULT" for h in sure)
    return acts + min(acts, sum(h.kind == "CASUALTIES" for h in sure))


def relevant(told: Setting) -> bool:
    """False where words of other fields (class `context.other`) stand at least twice and outweigh the words of conflict
    (`context.conflict`) with the parties named; and where no word of conflict stands, unless the text is short or several
    parties known to the world files are named.

    Armed groups count as words of conflict, whoever they are. Where no state, group, body or person known to the world files is
    named, words of conflict may well be figures of speech ("the price war"): they count half.

    Deeds of force told in plain words are enough whoever does them, where they outweigh the words of other fields: twice those
    that are no part of a name, and with the parties those that are ("the Northern League" may yet be one of footballers).
    """
    if told.deeds >= max(DEEDS, 2 * (told.other - told.names)) and told.deeds + told.parties >= told.names + DEEDS:
        return True
    if told.conflict == 0:
        return told.other == 0 and told.items < LONG or told.parties >= max(SIDES, 5 * told.other)
    return told.other < LEAST or told.conflict + told.parties // 3 >= (told.other if told.named else 2 * told.other)
