"""What is to be coded: each input file is a shard, with a name that tells it and the coder apart from all others."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trucewatch import __version__, packs, parts
from trucewatch.errors import BatchError
from trucewatch.parts.layout import CLAIMS, SHARDS

SECONDS = 20.0  # for one page or row at most
# what claims depend on; other rooms only show or keep them
_ROOMS = (
    "archive", "html", "read", "text", "grammar", "clause", "drafting", "judge", "coder",
    "packs", "track", "agreements", "model", "flow", "export", "parts", "batch",
)  # fmt: skip
_KNOWN = (".warc", ".jsonl", ".ndjson", ".json", ".parquet")
_PACKED = (".gz", ".zst", ".lz4")
_MARKS = ("ETag", "etag", "checksum", "md5Hash", "md5", "LastModified", "last_modified", "mtime", "created")


@dataclass(frozen=True, slots=True)
class How:
    """How shards are coded. `agreement`: whose names open the gate and whose provisions the claims name; `gate`: whether it
    stands; `language`: of rows that do not tell theirs; `packs`: the user's own data; `version`: of coder and data;
    `seconds`: for one page at most."""

    version: str
    agreement: str | None = None
    gate: bool = True
    language: str | None = None
    packs: str | None = None
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Shard:
    """One input. `name`: of its part, made of the address, the size and the mark that the store gives it, and of `How`: a file
    that has changed is another shard, and nothing needs to be read to tell."""

    uri: str
    size: int
    name: str


def shards(inputs: Iterable[str], how: How, on_problem: Callable[[str], None]) -> tuple[Shard, ...]:
    """The shards of all inputs: files, folders, patterns with *, addresses that fsspec knows. Their order means nothing."""
    found = {shard.uri: shard for told in inputs for shard in _of(told, how, on_problem)}
    return tuple(found[uri] for uri in sorted(found))


def pending(all_: Iterable[Shard], out: str, *, again: bool = False) -> tuple[Shard, ...]:
    """Those whose part is not there yet. What was set aside is passed over, unless `again`."""
    from trucewatch.batch.manifest import ASIDE, read

    at = parts.place(out)
    done, told = set(parts.files(at, CLAIMS)), set(parts.files(at, SHARDS))
    open_ = (shard for shard in all_ if shard.name not in done)
    return tuple(s for s in open_ if again or s.name not in told or (row := read(at, s.name)) is None or row.state != ASIDE)


def version(folder: Path | None = None) -> str:
    """A digest of the coder: its version, its code and all data files, those of `folder` included."""
    home = Path(packs.DATA).parent
    told = [path for room in _ROOMS for path in sorted((home / room).rglob("*.py"))]
    data = [path for root in (packs.DATA, folder) if root for path in sorted(root.rglob("*")) if path.is_file()]
    digest = hashlib.sha256(__version__.encode())
    for path in (*told, *data):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}-{digest.hexdigest()[:16]}"


def kind(uri: str) -> str:
    """What the name of a file tells: warc, rows, parquet; empty: nothing that is read."""
    stem = uri.lower()
    for ending in _PACKED:
        stem = stem.removesuffix(ending)
    found = next((known for known in _KNOWN if stem.endswith(known)), "")
    return {".warc": "warc", ".parquet": "parquet"}.get(found, "rows" if found else "")


def _of(told: str, how: How, on_problem: Callable[[str], None]) -> Iterator[Shard]:
    try:
        at = parts.place(told)
        listed = _listed(at, told)
    except (OSError, BatchError) as problem:
        on_problem(
            str(problem) if isinstance(problem, BatchError) else f"{told}: cannot be listed ({problem}). Look at its rights."
        )
        return
    if not listed:
        on_problem(f"{told}: no such file. Look at the path.")
    for info in listed:
        uri = at.files.unstrip_protocol(info["name"]) if "://" in told else info["name"]
        if not kind(uri):
            if len(listed) == 1:
                on_problem(f"{uri}: no archive by its name. Give .warc, .jsonl or .parquet files.")
            continue
        size = int(info.get("size") or 0)
        mark = next((str(info[name]) for name in _MARKS if info.get(name)), "")
        yield Shard(uri, size, _name(uri, size, mark, how))


def _listed(at: parts.Place, told: str) -> list[dict[str, Any]]:
    """What lies there, in order; of a folder all files in it and below."""
    if "*" in told:
        found = at.files.glob(at.root, detail=True)
    elif at.files.isdir(at.root):
        found = at.files.find(at.root, detail=True)
    else:
        found = {at.root: at.files.info(at.root)} if at.files.exists(at.root) else {}
    return [found[name] for name in sorted(found) if found[name]["type"] == "file"]


def _name(uri: str, size: int, mark: str, how: How) -> str:
    agreed = "" if how.agreement is None else _content(how.agreement)
    told = (uri, size, mark, how.version, agreed, how.gate, how.language, how.seconds)
    return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()[:24]


def _content(agreement: str) -> str:
    """An agreement of ours by its id, which stands in the data; a file by what is in it."""
    path = Path(agreement)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else agreement
