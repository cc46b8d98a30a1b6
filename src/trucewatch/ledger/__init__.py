"""Articles and claims, only ever added to; judgements; the chain of entries; search."""

from trucewatch.database.engine import Ledger, Transaction, close, connect, reading, writing
from trucewatch.ledger.ask import (
    Counts,
    Entry,
    Query,
    article,
    articles_of,
    claims,
    counts,
    entries,
    everything,
    history,
    printed,
)
from trucewatch.ledger.coverage import Printed, coverage, head
from trucewatch.ledger.custody import (
    GONE,
    Custody,
    Lying,
    Met,
    Provenance,
    Sighting,
    custody_of,
    keep,
    known_as,
    met,
    records,
    seen,
    sight,
    told_of,
    unmet,
)
from trucewatch.ledger.facets import Facets, days, facets
from trucewatch.ledger.fields import sources
from trucewatch.ledger.judgements import Judgement, gradings, judge, judgements_of, pairings, review, rulings
from trucewatch.ledger.move import backup, copies, lines, load, restore
from trucewatch.ledger.record import Added, Run, add
from trucewatch.ledger.redact import Redacted, erase, redact, tombs
from trucewatch.ledger.rows import article_of
from trucewatch.ledger.sight import claims_behind, hides
from trucewatch.ledger.thaw import claim_of
from trucewatch.ledger.verify import verify
from trucewatch.ledger.versions import Change, Version, versions

__all__ = [
    "GONE",
    "Added",
    "Change",
    "Counts",
    "Custody",
    "Entry",
    "Facets",
    "Judgement",
    "Ledger",
    "Lying",
    "Met",
    "Printed",
    "Provenance",
    "Query",
    "Redacted",
    "Run",
    "Sighting",
    "Transaction",
    "Version",
    "add",
    "article",
    "article_of",
    "articles_of",
    "backup",
    "claim_of",
    "claims_behind",
    "claims",
    "close",
    "connect",
    "copies",
    "counts",
    "coverage",
    "custody_of",
    "days",
    "entries",
    "erase",
    "everything",
    "facets",
    "gradings",
    "head",
    "hides",
    "history",
    "judge",
    "judgements_of",
    "keep",
    "known_as",
    "lines",
    "load",
    "met",
    "pairings",
    "printed",
    "reading",
    "records",
    "redact",
    "restore",
    "review",
    "rulings",
    "seen",
    "sight",
    "sources",
    "told_of",
    "tombs",
    "unmet",
    "verify",
    "versions",
    "writing",
]
