"""What linking an archive keeps on disk while it works, under `links/VERSION`: claims by day, the keys they are found under by
month, pairs, who hangs together with whom, happenings. Every file appears whole or not at all."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from trucewatch.export.parquet import arrow

Pair = tuple[str, int, str, int]  # claim, its day, another, its day: the later first
CLAIMS, KEYS, AGAIN, EDGES = "claims", "keys", "again", "edges"
MEMBERS, JOINED, HAPPENINGS = "members", "joined", "happenings"
_PARTED = {CLAIMS: "day", KEYS: "shelf", AGAIN: "day", MEMBERS: "first", JOINED: "day"}


def save_rows(path: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes rows as one file. `columns`: name -> type, in Arrow's words."""
    made, parquet = arrow()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid4().hex[:8]}.tmp")
    parquet.write_table(made.Table.from_pylist(list(rows), schema=_schema(columns)), part, compression="zstd")
    part.replace(path)


def save_parted(folder: Path, name: str, kind: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes rows into `folder/kind/name/COLUMN=VALUE/`, by the column that parts this kind."""
    made, _ = arrow()
    import pyarrow.dataset

    home = folder / kind / name
    part = home.with_name(f"{name}.{uuid4().hex[:8]}.tmp")
    table = made.Table.from_pylist(list(rows), schema=_schema(columns))
    part.mkdir(parents=True)
    form = pyarrow.dataset.partitioning(made.schema([(_PARTED[kind], made.int64())]), flavor="hive")
    pyarrow.dataset.write_dataset(table, part, format="parquet", partitioning=form, max_partitions=100_000, max_open_files=200)
    shutil.rmtree(home, ignore_errors=True)
    part.rename(home)


def load(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The rows of files."""
    _, parquet = arrow()
    for path in files:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(5_000):
                yield from batch.to_pylist()


def parted(folder: Path, kind: str, value: int) -> list[Path]:
    """The files of one value of the column that parts a kind."""
    return sorted(folder.glob(f"{kind}/*/{_PARTED[kind]}={value}/*.parquet"))


def values(folder: Path, kind: str) -> list[int]:
    """The values that a kind has."""
    return sorted({int(path.name.partition("=")[2]) for path in folder.glob(f"{kind}/*/{_PARTED[kind]}=*")})


def meeting(folder: Path, asked: Sequence[tuple[int, int, str]], day: int) -> Iterator[Pair]:
    """The claims found under the keys of claims of a day. `asked`: (month, key, claim). Only earlier claims are given: later ones
    ask for themselves."""
    import duckdb

    made, _ = arrow()
    shelves = sorted({shelf for shelf, _, _ in asked})
    files = [str(path) for shelf in shelves for path in parted(folder, KEYS, shelf)]
    if not files:
        return
    columns = ((0, made.int64(), "shelf"), (1, made.uint64(), "key"), (2, made.string(), "id"))
    sought = made.table({name: made.array([row[at] for row in asked], kind) for at, kind, name in columns})  # noqa: F841 - by DuckDB
    question = """
        SELECT DISTINCT sought.id, there.id, there.day FROM sought
        JOIN read_parquet($files, hive_partitioning = true) AS there ON sought.key = there.key AND sought.shelf = there.shelf
        WHERE (there.day, there.id) < ($day, sought.id) ORDER BY ALL
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        for mine, other, other_day in connection.execute(question, {"files": files, "day": day}).fetchall():
            yield mine, day, other, other_day


def same_key(folder: Path, shelf: int) -> Iterator[Pair]:
    """Claims that share a key of a shelf, the later first."""
    import duckdb

    files = [str(path) for path in parted(folder, KEYS, shelf)]
    question = """
        WITH keys AS (SELECT DISTINCT key, id, day FROM read_parquet($files, hive_partitioning = true))
        SELECT DISTINCT late.id, late.day, early.id, early.day FROM keys AS late
        JOIN keys AS early ON late.key = early.key AND (early.day, early.id) < (late.day, late.id) ORDER BY ALL
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        yield from connection.execute(question, {"files": files}).fetchall()


def _schema(columns: Mapping[str, str]) -> Any:
    made, _ = arrow()
    types = {"text": made.string(), "whole": made.int64(), "key": made.uint64(), "texts": made.list_(made.string())}
    return made.schema([(name, types[kind]) for name, kind in columns.items()])
