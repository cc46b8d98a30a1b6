"""DuckDB over the parts. Every question opens its own; nothing is kept in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trucewatch.errors import BatchError
from trucewatch.parts.layout import ARTICLES, CLAIMS, Place

if TYPE_CHECKING:
    import duckdb


@contextmanager
def opened(at: Place, *, threads: int = 1) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection with the views `claims` and `articles` of all parts; `part` is the name of a row's shard. Raises BatchError
    where there are none."""
    try:
        import duckdb
    except ImportError:
        raise BatchError("parts are asked through DuckDB, which is not here. Install: pip install 'trucewatch[batch]'.") from None
    with duckdb.connect(config={"threads": threads}) as connection:
        if not is_local(at):
            connection.register_filesystem(at.files)
        try:
            for view in (CLAIMS, ARTICLES):
                told = pattern(at, f"{view}/*.parquet").replace("'", "''")
                part = "parse_filename(filename, true) AS part"
                connection.execute(f"CREATE VIEW {view} AS SELECT *, {part} FROM read_parquet('{told}', filename = true)")
            yield connection
        except duckdb.IOException as problem:
            raise BatchError(f"{at.shown}: there are no parts ({str(problem).splitlines()[0]}). Run trucewatch batch.") from None


def is_local(at: Place) -> bool:
    """Whether it is a folder of this machine, or one that is mounted."""
    told = at.files.protocol
    return "file" in ((told,) if isinstance(told, str) else tuple(told))


def pattern(at: Place, below: str) -> str:
    """A path below the place as DuckDB takes it."""
    path = f"{at.root}/{below}"
    return path if is_local(at) else str(at.files.unstrip_protocol(path))
