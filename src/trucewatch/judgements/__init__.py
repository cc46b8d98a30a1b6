"""What people say of claims: each on one field of one reading, taken back by another word, handed on to later readings."""

from trucewatch.judgements.fields import ACCEPT, ASSIGN, CODING, REJECT, SLOTS, SPAN, TOLD, VERDICT, sources, told_by
from trucewatch.judgements.handed import hand_on
from trucewatch.judgements.made import Judgement, gradings, judgements_of, last_of, pairings, review, rulings
from trucewatch.judgements.write import Word, judge, judgement_digest, put, say, take_back, tick

__all__ = [
    "ACCEPT",
    "ASSIGN",
    "CODING",
    "REJECT",
    "SLOTS",
    "SPAN",
    "TOLD",
    "VERDICT",
    "Judgement",
    "Word",
    "gradings",
    "hand_on",
    "judge",
    "judgement_digest",
    "judgements_of",
    "last_of",
    "pairings",
    "put",
    "review",
    "rulings",
    "say",
    "sources",
    "take_back",
    "tick",
    "told_by",
]
