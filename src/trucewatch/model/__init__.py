"""The nouns: frozen records without behaviour of their own, without input or output, without a language."""

from trucewatch.model.article import AGENCY, Article, Block, DateEvidence, Notice
from trucewatch.model.claim import Claim, Coder, Evidence, Phrase, Quantity, Role, Voice, When, Where
from trucewatch.model.codes import BOUNDS, EVENTS, MODES, SCOPES, STATUSES, VOICE_KINDS
from trucewatch.model.happening import Figure, Finding, Happening, Link, Origin, Pairing, Reason, Series, Spread
from trucewatch.model.linking import Agreed, Calendar, DailySource, LinkKnowledge
from trucewatch.model.piece import Piece

__all__ = [
    "AGENCY",
    "BOUNDS",
    "EVENTS",
    "MODES",
    "SCOPES",
    "STATUSES",
    "VOICE_KINDS",
    "Agreed",
    "Article",
    "Block",
    "Calendar",
    "Claim",
    "Coder",
    "DailySource",
    "DateEvidence",
    "Evidence",
    "Figure",
    "Finding",
    "Happening",
    "Link",
    "LinkKnowledge",
    "Notice",
    "Origin",
    "Pairing",
    "Phrase",
    "Piece",
    "Quantity",
    "Reason",
    "Role",
    "Series",
    "Spread",
    "Voice",
    "When",
    "Where",
]
