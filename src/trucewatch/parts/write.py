"""Writing the two files of a shard: articles first, claims last. A shard whose claims are there is done."""

import json
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from trucewatch.export import Row
from trucewatch.export.parquet import arrow, schema, table
from trucewatch.flow.forms import plain
from trucewatch.model import Article, Claim, Piece
from trucewatch.parts.layout import ARTICLES, CLAIMS, Place, named

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 5_000  # claims that are in memory at once
LETTERS = 8_000_000  # letters of articles that are in memory at once


@dataclass(slots=True)
class Writing:
    """A shard that is being written; changed in place. `mark` tells this attempt from others at the same shard."""

    at: Place
    name: str
    mark: str
    open: dict[str, Any]
    claims: list[Row] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    letters: int = 0


def writing(at: Place, name: str, mark: str) -> Writing:
    """Opens both files under names that nobody reads."""
    _, parquet = arrow()
    kinds = ((ARTICLES, articles_schema()), (CLAIMS, schema()))
    opened = {}
    for folder, columns in kinds:
        at.files.makedirs(f"{at.root}/{folder}", exist_ok=True)
        file = at.files.open(_part(at, folder, name, mark), "wb")
        opened[folder] = (file, parquet.ParquetWriter(file, columns, compression="zstd"))
    return Writing(at, name, mark, opened)


def put(out: Writing, article: Article, claims: Sequence[Claim], piece: Piece) -> None:
    """One article with its claims, and what it was read from."""
    out.claims += [Row(claim, article) for claim in claims]
    out.articles.append(_article_row(article, len(claims), piece))
    out.letters += len(article.text)
    if len(out.claims) >= GROUP or out.letters >= LETTERS:
        _flush(out)


def close(out: Writing, *, whole: bool) -> None:
    """Both files take their names, the claims last; not `whole`: they are thrown away."""
    if whole:
        _flush(out)
    for folder in (ARTICLES, CLAIMS):
        file, writer = out.open[folder]
        with nullcontext() if whole else suppress(Exception):
            writer.close()
            file.close()
        if whole:
            out.at.files.mv(_part(out.at, folder, out.name, out.mark), named(out.at, folder, out.name))
        else:
            with suppress(FileNotFoundError):
                out.at.files.rm(_part(out.at, folder, out.name, out.mark))


def _flush(out: Writing) -> None:
    made, _ = arrow()
    if out.articles:
        out.open[ARTICLES][1].write_table(made.Table.from_pylist(out.articles, schema=articles_schema()))
        out.articles.clear()
        out.letters = 0
    if out.claims:
        out.open[CLAIMS][1].write_table(table(out.claims))
        out.claims.clear()


def _part(at: Place, folder: str, name: str, mark: str) -> str:
    return f"{named(at, folder, name)}.{mark}.tmp"


def _article_row(article: Article, claims: int, piece: Piece) -> dict[str, Any]:
    told = plain(article)
    rest = {name: value for name, value in told.items() if name != "text"}
    shown = {name: told[name] for name in ("id", "url", "outlet", "language", "published", "text")}
    fetched = piece.fetched.isoformat() if piece.fetched else None
    return shown | {"fetched": fetched, "source": piece.source, "claims": claims, "rest": json.dumps(rest, ensure_ascii=False)}


@cache
def articles_schema() -> "pa.Schema":
    """`rest`: all of the article but its text, as JSON."""
    made, _ = arrow()
    text = made.string()
    names = ("id", "url", "outlet", "language", "published", "fetched", "source", "text", "rest")
    return made.schema([*((name, text) for name in names), ("claims", made.int64())])
