"""Where clauses begin and end, and which prepositions stand before a phrase. Order of words and prepositions are the pack's."""

from dataclasses import dataclass

from trucewatch.clause.line import Head, Line
from trucewatch.grammar import Item
from trucewatch.grammar.numbers import Count
from trucewatch.grammar.phrases import Actor

REACH = 14  # items a relation may span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may fill a slot: its item, its actor (or the counted people), the relation it stands in, and its
    preposition's other relations."""

    at: int
    relation: str
    actor: Actor | None = None
    count: Count | None = None
    others: tuple[str, ...] = ()

    def is_(self, *names: str) -> bool:
        """Whether it stands in one of these relations; a preposition may have several."""
        return self.relation in names or any(r in names for r in self.others)


def person_like(item: Item) -> bool:
    """Whether a count counts people (or bodies, groups), so that its noun may fill a slot."""
    value = item.mark.value if item.mark is not None else None
    return isinstance(value, Count) and (item.any("group", "org", "unnamed", "demonym"))


def fills(line: Line, at: int) -> bool:
    """Whether the item can fill a slot."""
    return line.actor(at) is not None or person_like(line.items[at])


def breaks(line: Line, at: int) -> bool:
    """Whether the item closes a clause on both sides."""
    item = line.items[at]
    return item.any("p.stop", "that", "rel", "conj.while", "conj.but", "conj.if")


def verb_at(line: Line, at: int) -> bool:
    return any(h.at <= at < h.last and h.pos == "v" for h in line.heads)


def relation_of(line: Line, at: int) -> str | None:
    """The first of `relations_of`, or None."""
    found = relations_of(line, at)
    return found[0] if found else None


def relations_of(line: Line, at: int) -> tuple[str, ...]:
    """The relations a preposition before the phrase at `at` gives it; articles, adjectives and quotation marks between are
    passed over.

    With a word for fire or arms between, the phrase is the one whose they are ("by fire of the army" = by).
    """
    if line.order == "sov":
        return behind(line, at)[0]
    at -= 1
    words = 2
    means = False
    while at >= 0:
        item = line.items[at]
        found = tuple(_told_by(item))
        if found:
            return ("by",) if means and any(r in ("by", "in", "with", "from", "under") for r in found) else found
        if item.has("poss"):
            return ()
        if item.has("means") and not verb_at(line, at):
            means = True
            at -= 1
            continue
        loose = item.any("det", "adj", "p.quote", "same", "adv", "compass", "skip", "p.dash")
        if not loose and not (item.has("word") and not item.has("def") and words > 0):
            return ()
        words -= 0 if loose else 1
        at -= 1
    return ()


def _told_by(item: Item) -> list[str]:
    """The relations a preposition or an ending tells; a complementizer's ending tells none."""
    told = (c.split(".")[1] for c in sorted(item.classes - {"tail.that"}) if c.startswith(("prep.", "tail.")))
    return list(dict.fromkeys(told))


def behind(line: Line, at: int) -> tuple[tuple[str, ...], bool]:
    """The relations told behind a phrase, a postposition's before its ending's, and whether an ending alone tells it."""
    found: list[str] = []
    ending = True
    for k in range(at + 1, min(at + 4, len(line.items))):
        item = line.items[k]
        here = ["gen"] if item.has("poss") else _told_by(item)
        if not here:
            if not item.any("p.quote", "p.close", "clitic", "means"):
                break
            continue
        if found and not item.has("clitic.post") and found[0] == "gen":
            found = []
        ending = ending and item.has("clitic.post")
        found = [*here, *found]
    return tuple(dict.fromkeys(found)), ending


def part(line: Line, at: int) -> str | None:
    """The part a phrase plays by the word before it: "chaired by A", "submitted by B" (chair, sponsor, host,
    mediator)."""
    for k in range(at - 1, max(-1, at - 4), -1):
        item = line.items[k]
        found = next((c.split(".")[1] for c in sorted(item.classes) if c.startswith("as.")), None)
        if found is not None:
            return found
        if not item.any("clitic", "prep", "det", "adj", "p.quote"):
            return None
    return None


def phrase_at(line: Line, at: int, relation: str, others: tuple[str, ...] = ()) -> Phrase:
    return Phrase(at, relation, line.actor(at), line.count(at), others)


def aside_before(line: Line, at: int) -> int:
    """From a comma leftwards: the position before an aside ", who …," or ", its chief," that ends at the comma; else `at`."""
    for k in range(at - 1, max(-1, at - REACH), -1):
        item = line.items[k]
        if item.has("p.stop"):
            return at
        if item.any("p.comma", "p.dash"):
            nxt = line.items[k + 1]
            inner = range(k + 1, at)
            opener = nxt.any("rel", "det", "office", "adv", "actor", "title", "pron", "accord")
            if nxt.has("rel") or (opener and any(fills(line, i) for i in inner) and k > 0 and fills(line, k - 1)):
                return k
            return at
    return at


def light(line: Line, head: Head) -> Head | None:
    """The verb a noun is the object of ("carried out strikes", "announced on Monday a ceasefire"): only its doer, times and
    small words between."""
    if line.order == "sov":
        after = next((h for h in line.heads if h.at >= head.last and h.kind != "be"), None)
        between = () if after is None else line.items[head.last : after.at]
        small = all(i.any("clitic", "adv", "det", "adj", "time", "p.quote", "number", "quantity", "prep") for i in between)
        return after if after is not None and after.pos == "v" and len(between) <= 4 and small else None
    for other in reversed([h for h in line.heads if h.last <= head.at]):
        between = line.items[other.last : head.at]
        if any(i.any("p.comma", "p.stop", "that", "rel", "conj.and") for i in between):
            return None
        if other.pos != "v" and other.kind != "begin":
            return None
        if other.kind == "be":
            continue
        words = [i for i in between if not i.any("actor", "time", "det", "adj", "adv", "number", "quantity", "p.quote", "clitic")]
        operator = other.kind == "begin" or other.operator is not None
        if len(words) > 3 or (not operator and any(i.has("prep") and not i.has("prep.on") for i in between[:1])):
            return None
        return other
    return None
