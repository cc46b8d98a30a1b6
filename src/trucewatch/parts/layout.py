"""Where the parts of an archive lie: folders below one place, which may be a folder or an address of object storage."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import BatchError

CLAIMS = "claims"
ARTICLES = "articles"
SHARDS = "shards"  # a row of the manifest for each shard
ENDING = {CLAIMS: ".parquet", ARTICLES: ".parquet", SHARDS: ".json"}


@dataclass(frozen=True, slots=True)
class Place:
    """`files`: the file system (fsspec); `root`: the path in it; `shown`: what messages call it."""

    files: Any
    root: str
    shown: str


def place(where: str) -> Place:
    """The place of an address or path. Raises BatchError where its file system is not known."""
    try:
        import fsspec
    except ImportError:
        raise BatchError(
            "archives need fsspec, pyarrow and DuckDB, which are not here. Install: pip install 'trucewatch[batch]'."
        ) from None
    try:
        files, root = fsspec.core.url_to_fs(where)
    except (ImportError, ValueError) as problem:
        raise BatchError(
            f"{where}: no place that can be reached ({problem}). Install its fsspec package, or give a folder."
        ) from None
    return Place(files, root.rstrip("/"), where)


def named(at: Place, folder: str, name: str) -> str:
    """The path of one file of a shard."""
    return f"{at.root}/{folder}/{name}{ENDING[folder]}"


def files(at: Place, folder: str) -> Iterator[str]:
    """The names of the shards that have a file in this folder, in order."""
    ending = ENDING[folder]
    try:
        found = at.files.ls(f"{at.root}/{folder}", detail=False, refresh=True)
    except FileNotFoundError:
        return
    yield from sorted(path.rsplit("/", 1)[-1].removesuffix(ending) for path in found if path.endswith(ending))


def sweep(at: Place, names: Collection[str]) -> None:
    """Takes away what attempts that were killed have left of these shards. None of them may be at work."""
    for folder in ENDING:
        with suppress(FileNotFoundError):
            for path in at.files.ls(f"{at.root}/{folder}", detail=False, refresh=True):
                if path.endswith(".tmp") and path.rsplit("/", 1)[-1].partition(".")[0] in names:
                    at.files.rm(path)
