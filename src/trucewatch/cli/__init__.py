"""The command line: one command per verb. Heavy rooms are imported inside the commands, so that `--help` answers at once.

Exit codes: 0 all is well; 1 some inputs were bad and are named on stderr, the rest is done; 2 nothing could be done.
"""

from trucewatch.cli import (
    agreements,
    alerting,
    batching,
    coding,
    evaluating,
    evidence,
    exporting,
    monitoring,
    outlets,
    serving,
    tracking,
    watching,
)
from trucewatch.console.frame import app
from trucewatch.tending import access, keeping

__all__ = [
    "access",
    "agreements",
    "alerting",
    "app",
    "batching",
    "coding",
    "evaluating",
    "evidence",
    "exporting",
    "keeping",
    "main",
    "monitoring",
    "outlets",
    "serving",
    "tracking",
    "watching",
]


def main() -> None:
    """The `trucewatch` command."""
    app()
