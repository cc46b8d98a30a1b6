"""The only door to data: find, override, validate, freeze."""

from trucewatch.packs.joined import joined
from trucewatch.packs.linking import daily, linking
from trucewatch.packs.load import DATA, find, languages, load, unwatched
from trucewatch.packs.outlets import outlets
from trucewatch.packs.pack import Pack, RuleSpec, Term
from trucewatch.packs.weights import Weights

__all__ = [
    "DATA",
    "Pack",
    "RuleSpec",
    "Term",
    "Weights",
    "daily",
    "find",
    "joined",
    "languages",
    "linking",
    "load",
    "outlets",
    "unwatched",
]
