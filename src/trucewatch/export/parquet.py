"""Parquet: the claim as nested columns, compressed by zstd. Needs pyarrow, which is large and so an extra."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
    arrow, writer_of = _arrow()
    schema = _schema(arrow)
    found = iter(rows)
    with writer_of.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := [row.claim.public() | told(row) for row in islice(found, GROUP)]:
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def bodies(path: Path) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The claims of a file in their public form, each with the whole row. Raises ExportError where it is no such file."""
    arrow, reader = _arrow()
    schema = _schema(arrow)
    try:
        with reader.ParquetFile(path) as file:
            if file.schema_arrow.names != schema.names:
                raise ExportError(f"{path}: its columns are not those of an export. Give a file as trucewatch export writes it.")
            for batch in file.iter_batches(GROUP):
                for row in batch.to_pylist():
                    yield claim_of(_bare(row)).public(), row
    except (OSError, arrow.ArrowInvalid) as problem:
        raise ExportError(f"{path}: no Parquet file that can be read ({problem}). Write it again.") from None


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    """The claim of a row; options that are not there are empty cells in Parquet."""
    body = {name: row[name] for name in _PARTS}
    if body["when"] and body["when"]["span"] is None:
        body["when"] = {name: value for name, value in body["when"].items() if name != "span"}
    return body


_PARTS = (
    "id", "reading", "article", "event", "mode", "status", "speaker", "actors", "recipients", "participants", "when", "where",
    "cause", "object", "quantities", "about", "refers", "evidence", "coder",
)  # fmt: skip


def _schema(arrow: Any) -> "pa.Schema":
    text, whole, real = arrow.string(), arrow.int64(), arrow.float64()

    def struct(*names: str, **more: Any) -> Any:
        return arrow.struct([(name, text) for name in names] + list(more.items()))

    span = {"start": whole, "end": whole}
    phrase = struct("text", "ref", **span)
    role = arrow.list_(struct("text", "party", "as", "derived", **span))
    parts = {
        **dict.fromkeys(_PARTS[:6], text),
        "speaker": arrow.list_(struct("kind", "text", "party", "cue", **span)),
        **dict.fromkeys(("actors", "recipients", "participants"), role),
        "when": struct("start", "end", "grain", "basis", "text", "derived", span=arrow.list_(whole)),
        "where": struct("text", "place", "name", "country", "precision", lat=real, lon=real, **span),
        "cause": arrow.list_(phrase),
        "object": phrase,
        "quantities": arrow.list_(
            struct("of", "bound", "scope", "text", "derived", value=real, period=struct("start", "end"), **span)
        ),
        "about": arrow.list_(text),
        "refers": phrase,
        "evidence": arrow.list_(struct("role", "quote", **span)),
        "coder": struct("name", "version", rules=arrow.list_(text)),
    }
    more = dict.fromkeys(("said_by", "said_by_id", "outlet", "as_told", "url", "published", "language", "grade"), text)
    return arrow.schema([*parts.items(), *more.items(), ("judged", arrow.list_(text)), ("redacted", arrow.bool_())])


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExportError("Parquet needs pyarrow, which is not here. Install it: pip install 'trucewatch[analytics]'.") from None
    return pyarrow, pyarrow.parquet
