"""Agreement files: found, read strictly, frozen. A user's own file takes the place of ours of the same id."""

from trucewatch.agreements.names import namer
from trucewatch.agreements.read import acts_for, agreement, agreement_faults, agreements, beside, check, found, listed, template
from trucewatch.agreements.stances import stances
from trucewatch.agreements.taxonomy import Taxonomy, taxonomy

__all__ = [
    "Taxonomy",
    "acts_for",
    "agreement",
    "agreement_faults",
    "agreements",
    "beside",
    "check",
    "found",
    "listed",
    "namer",
    "stances",
    "taxonomy",
    "template",
]
