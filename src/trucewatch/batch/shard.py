"""One shard: read, gate, page, code, verify, write. A plain function that depends on its arguments alone, so that it may run
anywhere, twice, or be killed."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from trucewatch import agreements, parts, read
from trucewatch.archive import Gate, Passed
from trucewatch.batch.found import at_hand, found
from trucewatch.batch.limit import TooLongError, within
from trucewatch.batch.manifest import DONE, MOST, UNREAD, Row, keep
from trucewatch.batch.shards import How, Shard, version
from trucewatch.errors import BatchError, ReadError
from trucewatch.flow.articles import Coded, code_article, knowledge, with_provisions
from trucewatch.flow.gates import gate_of
from trucewatch.model import Piece
from trucewatch.model.agreement import Agreement
from trucewatch.packs import Pack

T = TypeVar("T")
STAGES = ("read", "gate", "page", "code", "write")


@dataclass(frozen=True, slots=True)
class _Bench:
    """What a process needs of knowledge, made once; `loaded` grows by the packs that articles ask for."""

    folder: Path | None
    knowledge: read.Knowledge
    gate: Gate | None
    agreement: Agreement | None
    acts_for: Mapping[str, frozenset[str]]
    loaded: dict[str, Pack] = field(default_factory=dict)


@dataclass(slots=True)
class _Tally:
    """Counts of a shard, changed in place."""

    counts: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))


def code_shard(shard: Shard, out: str, how: How) -> Row:
    """Codes one input into `out` and gives its row of the manifest, which is written too. What is bad in it is told in the row
    and the rest is done; a shard of which nothing can be read has a row and no part. Raises BatchError where this process has
    another coder or other data than `how` asks for."""
    bench = _bench(how)
    at = parts.place(out)
    tally = _Tally()
    state = DONE
    try:
        with at_hand(shard.uri) as path:
            _code(shard, path, at, how, bench, tally)
    except ReadError as problem:
        _failed(tally, shard.uri, str(problem))
        state = UNREAD
    except OSError as problem:
        _failed(tally, shard.uri, f"cannot be read or written ({problem}). Look at the path and its rights, and run it again.")
        state = UNREAD
    row = _row(shard, how, tally, state)
    keep(at, row)
    return row


def _code(shard: Shard, path: Path, at: parts.Place, how: How, bench: _Bench, tally: _Tally) -> None:
    out = parts.writing(at, shard.name, uuid4().hex[:8])
    whole = False
    try:
        pieces = found(
            path,
            shard.uri,
            how.language,
            on_failed=lambda place, what: _failed(tally, place, f"{what}. The rest is read."),
            on_passed=lambda passed: _passed(tally, passed, shard.uri),
        )
        for piece in _timed(pieces, tally):
            entry = _coded(piece, how, bench, tally)
            if entry:
                tally.counts.update(read=1, claims=len(entry.claims), refused=len(entry.refusals))
                _stage(tally, "write", lambda e=entry: parts.put(out, e.article, e.claims, e.piece))  # type: ignore[misc]
        whole = True
    finally:
        _stage(tally, "write", lambda: parts.close(out, whole=whole))


def _coded(piece: Piece, how: How, bench: _Bench, tally: _Tally) -> Coded | None:
    """One page or row with its claims; None where there is none, which is counted or told."""
    tally.counts["records"] += 1
    if piece.form != "row" and bench.gate:
        gate = bench.gate
        tally.counts["looked"] += 1
        if not _stage(tally, "gate", lambda: gate.opens(piece.data)):
            tally.passed["gate"] += 1
            return None
    try:
        return within(how.seconds, lambda: _made(piece, bench, tally))
    except TooLongError:
        _failed(tally, piece.source, f"it takes longer than {how.seconds:g} seconds. Look at it, or raise --seconds.")
    except ReadError as problem:
        if piece.form == "row":
            _failed(tally, piece.source, str(problem))
        else:  # most pages of the web hold no article
            tally.passed["unread"] += 1
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, AssertionError, AttributeError) as fault:
        _failed(tally, piece.source, f"reading it failed ({type(fault).__name__}: {fault}). Please report it.")
    return None


def _made(piece: Piece, bench: _Bench, tally: _Tally) -> Coded | None:
    article = _stage(tally, "page", lambda: read.again(piece, bench.knowledge))
    problems: list[str] = []
    entry = _stage(tally, "code", lambda: code_article(article, piece, bench.loaded, bench.folder, problems.append))
    for problem in problems:
        _failed(tally, piece.source, problem.removeprefix(f"{piece.source}: "))
    if entry is None or bench.agreement is None:
        return entry
    agreement = bench.agreement
    return _stage(tally, "code", lambda: with_provisions(entry, agreement, bench.acts_for))


def _stage(tally: _Tally, name: str, work: Callable[[], T]) -> T:
    start = time.thread_time()
    try:
        return work()
    finally:
        tally.seconds[name] += time.thread_time() - start


def _timed(pieces: Iterator[Piece], tally: _Tally) -> Iterator[Piece]:
    """The pieces, with the time that finding them takes."""
    while True:
        piece = _stage(tally, "read", lambda: next(pieces, None))
        if piece is None:
            return
        yield piece


def _passed(tally: _Tally, passed: Passed, uri: str) -> None:
    tally.counts["records"] += 1
    tally.passed[passed.why] += 1
    if passed.why == "large":
        _failed(tally, f"{uri}@{passed.offset}", "the record is larger than any page and was not read. The rest is read.")


def _failed(tally: _Tally, place: str, what: str) -> None:
    tally.counts["failed"] += 1
    if len(tally.failures) < MOST:
        tally.failures.append((place, what))


def _row(shard: Shard, how: How, tally: _Tally, state: str) -> Row:
    counts = tally.counts
    return Row(
        uri=shard.uri,
        name=shard.name,
        state=state,
        version=how.version,
        bytes=shard.size,
        records=counts["records"],
        looked=counts["looked"],
        read=counts["read"],
        claims=counts["claims"],
        refused=counts["refused"],
        failed=counts["failed"],
        failures=tuple(tally.failures),
        passed=dict(sorted(tally.passed.items())),
        seconds={name: round(spent, 4) for name, spent in tally.seconds.items()},
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


@cache
def _bench(how: How) -> _Bench:
    folder = Path(how.packs) if how.packs else None
    if version(folder) != how.version:
        what = f"this process has version {version(folder)}, asked for is {how.version}"
        raise BatchError(f"another trucewatch: {what}. Install the same version and data on every machine.")
    agreement = agreements.agreement(how.agreement, folder) if how.agreement else None
    gate = gate_of(agreement, folder) if agreement and how.gate else None
    return _Bench(folder, knowledge(folder), gate, agreement, agreements.acts_for(folder) if agreement else {})
