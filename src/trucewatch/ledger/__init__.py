"""Articles and claims, only ever added to; judgements; the chain of entries; search."""

from trucewatch.database.engine import Ledger, Transaction, close, connect, reading, writing
from trucewatch.ledger.ask import Counts, Entry, Query, article, claims, counts, entries, everything, history, printed
from trucewatch.ledger.fields import sources
from trucewatch.ledger.judgements import Judgement, gradings, judge, judgements_of, pairings, review, rulings
from trucewatch.ledger.move import backup, copies, lines, load, restore
from trucewatch.ledger.record import Added, Run, add
from trucewatch.ledger.redact import Redacted, erase, redact, tombs
from trucewatch.ledger.rows import article_of
from trucewatch.ledger.thaw import claim_of
from trucewatch.ledger.verify import verify

__all__ = [
    "Added",
    "Counts",
    "Entry",
    "Judgement",
    "Ledger",
    "Query",
    "Redacted",
    "Run",
    "Transaction",
    "add",
    "article",
    "article_of",
    "backup",
    "claim_of",
    "claims",
    "close",
    "connect",
    "copies",
    "counts",
    "entries",
    "erase",
    "everything",
    "gradings",
    "history",
    "judge",
    "judgements_of",
    "lines",
    "load",
    "pairings",
    "printed",
    "reading",
    "redact",
    "restore",
    "review",
    "rulings",
    "sources",
    "tombs",
    "verify",
    "writing",
]
