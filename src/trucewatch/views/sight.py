"""What somebody may see of a monitor: every row that a page, a feed, an export or the API shows passes here.

Words that were redacted are gone from the ledger itself (docs/ledger.md); here stands what is kept but not for everybody.
Questions to the ledger and to flow take it as `hidden`: so pages are full, counts are right, and a tracker is made without it.
"""

from collections.abc import Iterable
from datetime import datetime

from trucewatch import access, ledger
from trucewatch.access import Hidden
from trucewatch.ledger import Entry
from trucewatch.model import Article
from trucewatch.model.actor import ROLES, Actor, role_in
from trucewatch.monitor import Monitor

Sight = Hidden  # outlets and articles that are kept from this reader
WHOLE = access.NOTHING


def sight_of(monitor: Monitor, name: str, actor: Actor, *, at: datetime) -> Sight:
    """What an actor may see of a monitor."""
    return access.hidden(monitor.ledger, role_in(actor, name) or ROLES[0], at=at)


def sees(sight: Sight, article: str, outlet: str | None) -> bool:
    """Whether an article of an outlet, and what was read from it, may be shown."""
    return not ledger.hides(sight, article, outlet)


def seen(sight: Sight, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The rows of the ledger that may be shown."""
    return tuple(each for each in entries if sees(sight, each.body["article"], each.outlet))


def seen_article(sight: Sight, article: Article | None) -> Article | None:
    """An article, unless it is kept from this reader."""
    return article if article and sees(sight, article.id, article.outlet) else None
