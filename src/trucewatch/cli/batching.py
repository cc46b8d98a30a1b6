"""Commands for whole archives: batch."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trucewatch.console.frame import Lang, Packs, app, end, mending, note
from trucewatch.errors import BatchError

if TYPE_CHECKING:
    from trucewatch.batch import Row

Told = Callable[["Row"], None]


@app.command()
def batch(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="WARC, JSON lines or Parquet: files, folders, patterns, addresses.")
    ],
    out: Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="Where the parts go: a folder that every worker sees.")],
    agreement: Annotated[
        str | None, typer.Option("--agreement", metavar="ID", help="Its names open the gate, its provisions stand in the claims.")
    ] = None,
    gate: Annotated[bool, typer.Option("--gate/--no-gate", help="Of an archive: only pages that name something of it.")] = True,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, metavar="N", help="Processes here.")] = os.cpu_count() or 1,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786, in place of them.")
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, metavar="S", help="For one page at most.")] = 20.0,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was set aside.")] = False,
    lang: Lang = None,
    packs: Packs = None,
) -> None:
    """Code whole archives into Parquet, on all cores or on a cluster.

    Each input file is a shard. Broken off at any moment, the same command goes on where it was: a shard whose part is there is
    done. Progress is a bar on a terminal, else one JSON object for each shard.

    \b
    trucewatch batch crawl/*.warc.gz -o claims --agreement gaza-2025
    trucewatch batch s3://bucket/2026/ -o /shared/claims --agreement gaza-2025 --cluster tcp://head:8786
    """
    from trucewatch import batch as batches
    from trucewatch import parts

    bad: list[str] = []
    problem = note(bad)
    with mending(), _broken_off():
        how = batches.How(batches.version(packs), agreement, gate, lang, str(packs) if packs else None, seconds)
        _known(agreement, packs)
        all_ = batches.shards(inputs, how, problem)
        if not all_:
            raise BatchError(f"{inputs[0]}: nothing to code. Give .warc, .jsonl or .parquet files.")
        todo = batches.pending(all_, out, again=retry)
        at = parts.place(out)
        with batches.on_cluster(cluster) if cluster else batches.embedded(min(workers, max(1, len(todo)))) as slots:
            done = batches.code(todo, out, how, slots)
            for row in _shown(done, sum(s.size for s in todo), len(todo)):
                for place, what in row.failures:
                    problem(f"{place}: {what}")
        rows = list(batches.rows(at, [shard.name for shard in all_]))
        _sum_up(rows, batches.write_whole(at, batches.rows(at)), problem)
    end(bad)


def _known(agreement: str | None, packs: Path | None) -> None:
    """Told here and not by every worker. Raises PackError."""
    if agreement:
        from trucewatch import agreements

        agreements.agreement(agreement, packs)


@contextmanager
def _broken_off() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("trucewatch: broken off. What is done stays; the same command goes on from there.", err=True)
        raise typer.Exit(130) from None


def _shown(rows: "Iterable[Row]", size: int, count: int) -> "Iterator[Row]":
    """The rows as they come, with a bar on a terminal, else with a line of JSON for each."""
    if sys.stderr.isatty():
        from trucewatch.publish.screen import measured

        yield from measured(rows, lambda row: row.bytes, size)
        return
    begun, done, totals = time.monotonic(), 0, Counter[str]()
    for row in rows:
        done += row.bytes
        totals.update(shards=1, records=row.records, claims=row.claims)
        rate = done / max(1e-6, time.monotonic() - begun)
        told = {"shard": row.uri, "state": row.state, "claims": row.claims, "records": row.records, "failed": row.failed}
        of = {"done": totals["shards"], "of": count, "bytes_per_second": round(rate), "seconds_left": round((size - done) / rate)}
        typer.echo(json.dumps(told | of, ensure_ascii=False))
        yield row


def _sum_up(rows: "list[Row]", path: str, problem: Callable[[object], None]) -> None:
    from trucewatch import batch as batches

    state = Counter(row.state for row in rows)
    totals = Counter[str]()
    for row in rows:
        totals.update(records=row.records, gate=row.passed.get("gate", 0), read=row.read, claims=row.claims, failed=row.failed)
        if row.state == batches.ASIDE and row.failures:
            problem(f"{row.uri}: set aside: {row.failures[0][1]}")
    told = f"{totals['records']:,} records, {totals['gate']:,} stopped at the gate, {totals['read']:,} articles"
    aside = f", {state[batches.ASIDE]} set aside" if state[batches.ASIDE] else ""
    unread = f", {state[batches.UNREAD]} unread" if state[batches.UNREAD] else ""
    typer.echo(f"{state[batches.DONE]} shards done{aside}{unread}: {told}, {totals['claims']:,} claims. {path}", err=True)
