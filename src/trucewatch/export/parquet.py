"""Parquet: the claim as nested columns, compressed by zstd. Needs pyarrow, which is large and so an extra."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from trucewatch.errors import ExportError
from trucewatch.export.knowledge import Known
from trucewatch.export.row import Row, told
from trucewatch.ledger import claim_of

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 5_000  # rows that are in memory at once


def parquet(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """Groups of rows, each written when it is full."""
    _, writer_of = arrow()
    found = iter(rows)
    with writer_of.ParquetWriter(out, schema(), compression="zstd") as writer:
        while group := list(islice(found, GROUP)):
            writer.write_table(table(group))


def table(rows: Iterable[Row]) -> "pa.Table":
    """Claims as a table in memory."""
    made, _ = arrow()
    return made.Table.from_pylist([row.claim.public() | told(row) for row in rows], schema=schema())


def bodies(path: Path) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The claims of a file in their public form, each with the whole row. Raises ExportError where it is no such file."""
    made, reader = arrow()
    try:
        with reader.ParquetFile(path) as file:
            if file.schema_arrow.names != schema().names:
                raise ExportError(f"{path}: its columns are not those of an export. Give a file as trucewatch export writes it.")
            for batch in file.iter_batches(GROUP):
                for row in batch.to_pylist():
                    yield claim_of(body_of(row)).public(), row
    except (OSError, made.ArrowInvalid) as problem:
        raise ExportError(f"{path}: no Parquet file that can be read ({problem}). Write it again.") from None


def body_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The claim of a row; options that are not there are empty cells in Parquet."""
    body = {name: row[name] for name in _PARTS}
    if body["when"] and body["when"]["span"] is None:
        body["when"] = {name: value for name, value in body["when"].items() if name != "span"}
    return body


_PARTS = (
    "id", "reading", "article", "event", "mode", "status", "speaker", "actors", "recipients", "participants", "when", "where",
    "cause", "object", "quantities", "about", "refers", "evidence", "coder",
)  # fmt: skip


@cache
def schema() -> "pa.Schema":
    """The columns of a claim."""
    made, _ = arrow()
    text, whole, real = made.string(), made.int64(), made.float64()

    def struct(*names: str, **more: Any) -> Any:
        return made.struct([(name, text) for name in names] + list(more.items()))

    span = {"start": whole, "end": whole}
    phrase = struct("text", "ref", **span)
    role = made.list_(struct("text", "party", "as", "derived", **span))
    parts = {
        **dict.fromkeys(_PARTS[:6], text),
        "speaker": made.list_(struct("kind", "text", "party", "cue", **span)),
        **dict.fromkeys(("actors", "recipients", "participants"), role),
        "when": struct("start", "end", "grain", "basis", "text", "derived", span=made.list_(whole)),
        "where": struct("text", "place", "name", "country", "precision", lat=real, lon=real, **span),
        "cause": made.list_(phrase),
        "object": phrase,
        "quantities": made.list_(
            struct("of", "bound", "scope", "text", "derived", value=real, period=struct("start", "end"), **span)
        ),
        "about": made.list_(text),
        "refers": phrase,
        "evidence": made.list_(struct("role", "quote", **span)),
        "coder": struct("name", "version", rules=made.list_(text)),
    }
    more = dict.fromkeys(("said_by", "said_by_id", "outlet", "as_told", "url", "published", "language", "grade"), text)
    return made.schema([*parts.items(), *more.items(), ("judged", made.list_(text)), ("redacted", made.bool_())])


def arrow() -> tuple[Any, Any]:
    """pyarrow and its module for Parquet. Raises ExportError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExportError("Parquet needs pyarrow, which is not here. Install it: pip install 'trucewatch[analytics]'.") from None
    return pyarrow, pyarrow.parquet
