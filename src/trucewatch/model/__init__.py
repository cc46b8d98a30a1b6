"""The nouns: frozen records without behaviour of their own, without input or output, without a language."""

from trucewatch.model.article import AGENCY, Article, Block, DateEvidence
from trucewatch.model.claim import Claim, Coder, Evidence, Phrase, Quantity, Role, Voice, When, Where
from trucewatch.model.codes import BOUNDS, EVENTS, MODES, SCOPES, STATUSES, VOICE_KINDS

__all__ = [
    "AGENCY",
    "BOUNDS",
    "EVENTS",
    "MODES",
    "SCOPES",
    "STATUSES",
    "VOICE_KINDS",
    "Article",
    "Block",
    "Claim",
    "Coder",
    "DateEvidence",
    "Evidence",
    "Phrase",
    "Quantity",
    "Role",
    "Voice",
    "When",
    "Where",
]
