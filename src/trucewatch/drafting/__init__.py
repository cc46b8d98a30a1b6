"""Marks become drafts of claims by rule: voices, slots, status, time, place and figures of every head, and doubts about it."""

from trucewatch.drafting.discourse import Discourse
from trucewatch.drafting.draft import Around, Draft, Named, Told
from trucewatch.drafting.drafts import drafts

__all__ = ["Around", "Discourse", "Draft", "Named", "Told", "drafts"]
