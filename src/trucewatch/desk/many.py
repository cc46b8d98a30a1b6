"""One decision on many claims: first how many and which, then all of them in one go, to be undone in one go."""

from dataclasses import dataclass
from datetime import datetime

from trucewatch import ledger
from trucewatch.desk.decide import Done
from trucewatch.errors import DeskError
from trucewatch.ledger import ACCEPT, VERDICT, Ledger, Query, Word

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Many:
    """The claims that a question finds and that nobody decided on, each with the reading that is shown now."""

    claims: tuple[tuple[str, str], ...]


def preview(book: Ledger, query: Query) -> Many:
    """Raises DeskError where more are found than may be decided on at once."""
    entries = ledger.claims(book, query)
    if len(entries) >= query.limit or len(entries) > AT_ONCE:
        raise DeskError(f"more than {AT_ONCE} claims. Narrow what is asked for.")
    ids = [each.body["id"] for each in entries]
    decided = {each.claim for each in ledger.judgements_of(book, ids, fields=(VERDICT,))}
    return Many(tuple((each.body["id"], each.body["reading"]) for each in entries if each.body["id"] not in decided))


def accept_all(book: Ledger, query: Query, *, count: int, who: str, at: datetime) -> Done:
    """Accepts what `preview` showed. Raises DeskError where it finds another number by now; nothing is written then."""
    found = preview(book, query).claims
    if len(found) != count or not found:
        raise DeskError(f"{len(found)} claims are found now, not {count}. Look at them again.")
    made = ledger.say(book, [Word(claim, VERDICT, ACCEPT, "accepted with others", seen) for claim, seen in found], who=who, at=at)
    return Done(made[-1].claim, tuple(each.n for each in made))
