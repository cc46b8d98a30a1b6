"""The only room that knows SQL: articles and claims, only ever added to; judgements; the chain of entries; search."""

from trucewatch.ledger.ask import Counts, Entry, Query, article, claims, counts, history
from trucewatch.ledger.judgements import Judgement, judge, judgements_of, review
from trucewatch.ledger.record import Added, Run, add
from trucewatch.ledger.store import Ledger, close, connect
from trucewatch.ledger.verify import verify

__all__ = [
    "Added",
    "Counts",
    "Entry",
    "Judgement",
    "Ledger",
    "Query",
    "Run",
    "add",
    "article",
    "claims",
    "close",
    "connect",
    "counts",
    "history",
    "judge",
    "judgements_of",
    "review",
    "verify",
]
