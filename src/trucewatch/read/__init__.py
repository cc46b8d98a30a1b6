"""Bytes to articles: encodings, rows, pages, blocks, the date of publication. Opens no connection and asks no clock."""

from trucewatch.html import Stated
from trucewatch.read.blocks import blocks
from trucewatch.read.dates import published
from trucewatch.read.encoding import decode
from trucewatch.read.knowledge import Knowledge, Words, knowledge, words_of
from trucewatch.read.language import language_of
from trucewatch.read.sources import Problem, articles

__all__ = [
    "Knowledge",
    "Problem",
    "Stated",
    "Words",
    "articles",
    "blocks",
    "decode",
    "knowledge",
    "language_of",
    "published",
    "words_of",
]
