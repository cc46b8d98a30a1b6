"""Bytes to articles: encodings, rows, pages, blocks, the date of publication. Opens no connection and asks no clock."""

from trucewatch.html import Stated
from trucewatch.read.blocks import blocks
from trucewatch.read.dates import published
from trucewatch.read.encoding import SINGLE, decode
from trucewatch.read.knowledge import Knowledge, Words, knowledge, words_of
from trucewatch.read.language import language_of
from trucewatch.read.one import Problem, article_of_bytes
from trucewatch.read.repeats import DAYS, Print, Prints, print_of, remember, repeats
from trucewatch.read.sources import OnPassed, articles

__all__ = [
    "DAYS",
    "SINGLE",
    "Knowledge",
    "OnPassed",
    "Print",
    "Prints",
    "Problem",
    "Stated",
    "Words",
    "article_of_bytes",
    "articles",
    "blocks",
    "decode",
    "knowledge",
    "language_of",
    "print_of",
    "published",
    "remember",
    "repeats",
    "words_of",
]
