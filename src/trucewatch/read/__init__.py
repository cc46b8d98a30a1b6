"""Bytes to articles: encodings, rows, pages, blocks, the date of publication. Opens no connection and asks no clock."""

from trucewatch.html import Stated
from trucewatch.read.blocks import blocks
from trucewatch.read.dates import published
from trucewatch.read.encoding import SINGLE, charset_of, decode
from trucewatch.read.knowledge import Knowledge, Words, knowledge, words_of
from trucewatch.read.language import language_of
from trucewatch.read.one import Problem, again, name_of
from trucewatch.read.repeats import DAYS, Print, Prints, print_of, remember, repeats
from trucewatch.read.sources import OnPassed, articles, pieces

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
    "again",
    "articles",
    "blocks",
    "charset_of",
    "decode",
    "knowledge",
    "language_of",
    "name_of",
    "pieces",
    "print_of",
    "published",
    "remember",
    "repeats",
    "words_of",
]
