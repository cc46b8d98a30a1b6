"""Which feed and which page is due when, and who has it in hand: kept in the ledger's database, in no entry of its chain."""

from trucewatch.rota.feeds import READ, Feed, add, host_of, listed, move, pause, remove
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
    "READ",
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
    "move",
    "next_due",
    "pause",
    "release",
    "remove",
    "rules",
    "settle_feed",
    "settle_page",
    "waiting",
]
