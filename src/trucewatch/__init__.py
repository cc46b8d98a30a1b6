"""trucewatch reads news reports and writes a ledger of attributed, source-grounded claims."""

__version__ = "0.1.0"
