"""Named checks on claims and their texts: what does not fit together. A finding is a remark for a reader; nothing is corrected
and no data file is read here."""

from trucewatch.checks.findings import alone, findings, together
from trucewatch.checks.force import begins
from trucewatch.checks.statements import numbered, repeats
from trucewatch.checks.terms import agreed_of

__all__ = ["agreed_of", "alone", "begins", "findings", "numbered", "repeats", "together"]
