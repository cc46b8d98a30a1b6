"""Which feed and which page is due when, and who has it in hand: kept in the ledger's database, in no entry of its chain."""

from trucewatch.rota.feeds import Feed, add, host_of, listed, pause, remove
from trucewatch.rota.hosts import keep_rules, rules
from trucewatch.rota.turns import (
    Asking,
    Found,
    Page,
    claim_feeds,
    claim_pages,
    given_up,
    key,
    next_due,
    release,
    settle_feed,
    settle_page,
    waiting,
)

__all__ = [
    "Asking",
    "Feed",
    "Found",
    "Page",
    "add",
    "claim_feeds",
    "claim_pages",
    "given_up",
    "host_of",
    "keep_rules",
    "key",
    "listed",
    "next_due",
    "pause",
    "release",
    "remove",
    "rules",
    "settle_feed",
    "settle_page",
    "waiting",
]
