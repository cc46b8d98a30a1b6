"""Which feed, page and alert is due when, and who has it in hand: kept in the ledger's database, in no entry of its chain."""

from trucewatch.rota.feeds import READ, Feed, add, host_of, listed, move, pause, remove
from trucewatch.rota.hosts import keep_rules, rules
from trucewatch.rota.sendings import Due, is_known, note, outcomes, settle, take, told
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
    "Due",
    "Feed",
    "Found",
    "Page",
    "add",
    "claim_feeds",
    "claim_pages",
    "given_up",
    "host_of",
    "keep_rules",
    "is_known",
    "key",
    "listed",
    "move",
    "next_due",
    "note",
    "outcomes",
    "pause",
    "release",
    "remove",
    "rules",
    "settle",
    "settle_feed",
    "settle_page",
    "take",
    "told",
    "waiting",
]
