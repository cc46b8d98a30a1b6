"""What somebody may see of a monitor: every row that a page, a feed, an export or the API shows passes here.

Words that were redacted are gone from the ledger itself (docs/ledger.md); here stands what is kept but not for everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from trucewatch.ledger import Entry
from trucewatch.model import Article
from trucewatch.model.actor import Actor
from trucewatch.monitor import Monitor


@dataclass(frozen=True, slots=True)
class Sight:
    """`outlets` and `articles`: ids of what is kept from this reader."""

    outlets: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()


WHOLE = Sight()


def sight_of(monitor: Monitor, actor: Actor) -> Sight:
    """What an actor may see of a monitor."""
    return WHOLE


def sees(sight: Sight, article: str, outlet: str | None) -> bool:
    """Whether an article of an outlet, and what was read from it, may be shown."""
    return article not in sight.articles and outlet not in sight.outlets


def seen(sight: Sight, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The rows of the ledger that may be shown."""
    return tuple(each for each in entries if sees(sight, each.body["article"], each.outlet))


def seen_article(sight: Sight, article: Article | None) -> Article | None:
    """An article, unless it is kept from this reader."""
    return article if article and sees(sight, article.id, article.outlet) else None
