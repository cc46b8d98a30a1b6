"""What an archive was coded into: Parquet files of claims and of their articles, one pair for each shard (docs/scale.md). A file
of claims is the same that `trucewatch export --format parquet` writes."""

from trucewatch.parts.ask import STEPS, Count, Repeats, older, repeats, series
from trucewatch.parts.back import articles, claims, coded
from trucewatch.parts.layout import ARTICLES, CLAIMS, Place, files, named, place, sweep
from trucewatch.parts.write import Writing, close, put, writing

__all__ = [
    "ARTICLES",
    "CLAIMS",
    "STEPS",
    "Count",
    "Repeats",
    "older",
    "repeats",
    "series",
    "sweep",
    "Place",
    "Writing",
    "articles",
    "claims",
    "close",
    "coded",
    "files",
    "named",
    "place",
    "put",
    "writing",
]
