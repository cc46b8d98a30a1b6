"""Reading parts back as the nouns they were made of."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from trucewatch.errors import BatchError
from trucewatch.export.parquet import arrow, body_of
from trucewatch.flow.forms import thawed
from trucewatch.ledger import claim_of
from trucewatch.model import Article, Claim
from trucewatch.parts.layout import ARTICLES, CLAIMS, Place, named

ROWS = 1_000  # in memory at once


def coded(at: Place, name: str) -> Iterator[tuple[Article, tuple[Claim, ...], str]]:
    """The articles of a shard in their order, each with its claims and its source."""
    told = claims(at, name)
    for article, source, count in articles(at, name):
        yield article, tuple(islice(told, count)), source


def articles(at: Place, name: str) -> Iterator[tuple[Article, str, int]]:
    """The articles of a shard, each with its source and how many claims it gave."""
    for row in _rows(at, ARTICLES, name):
        yield article_of(row), row["source"], row["claims"]


def claims(at: Place, name: str) -> Iterator[Claim]:
    """The claims of a shard in their order."""
    return (claim_of_row(row) for row in _rows(at, CLAIMS, name))


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row of articles."""
    made: Article = thawed(Article, {**json.loads(row["rest"]), "text": row["text"]})
    return made


def claim_of_row(row: Mapping[str, Any]) -> Claim:
    """The claim of a row of claims."""
    return claim_of(body_of(row))


def _rows(at: Place, folder: str, name: str) -> Iterator[Mapping[str, Any]]:
    made, parquet = arrow()
    path = named(at, folder, name)
    try:
        with at.files.open(path, "rb") as raw, parquet.ParquetFile(raw) as file:
            for batch in file.iter_batches(ROWS):
                yield from batch.to_pylist()
    except (OSError, made.ArrowInvalid) as problem:
        raise BatchError(f"{path}: cannot be read ({problem}). Delete it and run trucewatch batch again.") from None
