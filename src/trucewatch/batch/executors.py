"""Where shards are worked: processes of this machine, or a cluster that is there already. Both are executors of the standard
library's kind."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from trucewatch.errors import BatchError

RETRIES = 3
AT_ONCE = 4  # shards that wait at a cluster for each of its threads


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where shards are worked, so many at once. `make` opens its executor, and opens it anew when a process died."""

    make: Callable[[], Executor]
    at_once: int


@contextmanager
def embedded(workers: int) -> Iterator[tuple[Slot, ...]]:
    """One process each: where one dies, it is known over which shard, and the others work on. They end when the block ends, or
    when this process dies."""
    context = multiprocessing.get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    try:
        yield tuple(Slot(lambda: ProcessPoolExecutor(1, context, _begin, (reader,)), 1) for _ in range(workers))
    finally:
        writer.close()
        reader.close()


@contextmanager
def on_cluster(address: str) -> Iterator[tuple[Slot, ...]]:
    """A Dask cluster by its scheduler's address. Raises BatchError where nobody answers."""
    try:
        from dask.distributed import Client
    except ImportError:
        raise BatchError("--cluster needs Dask, which is not here. Install it: pip install 'trucewatch[cluster]'.") from None
    try:
        client: Any = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as problem:
        raise BatchError(f"{address}: no scheduler answers ({problem}). Start one: dask scheduler.") from None
    try:
        threads = max(1, sum(client.nthreads().values()))
        yield (Slot(lambda: client.get_executor(retries=RETRIES, pure=False), threads * AT_ONCE),)
    finally:
        client.close()


def _begin(alive: Connection) -> None:
    """A worker leaves Ctrl-C to the one who started it, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: Connection) -> None:
    try:
        alive.recv()
    except (EOFError, OSError):
        os._exit(1)
