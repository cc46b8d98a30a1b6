"""Commands for whole archives: batch, load, survey."""

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

from trucewatch.console.frame import By, Folder, Lang, Packs, Watching, app, by, clock, end, ground, mending, note, opened
from trucewatch.errors import BatchError

if TYPE_CHECKING:
    from trucewatch.batch import How, Row, Shard, Slot


@app.command()
def batch(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="WARC, JSON lines or Parquet: files, folders, patterns, addresses."),
    ] = None,
    *,
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
    link: Annotated[bool, typer.Option("--link", help="Then lay all claims side by side as happenings.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what was set aside.")] = False,
    lang: Lang = None,
    packs: Packs = None,
    folder: Watching = None,
) -> None:
    """Code whole archives into Parquet, on all cores or on a cluster.

    Each input file is a shard. Broken off at any moment, the same command goes on where it was: a shard whose part is there is
    done. Progress is a bar on a terminal, else one JSON object for each shard.

    \b
    trucewatch batch crawl/*.warc.gz -o claims --agreement gaza-2025
    trucewatch batch s3://bucket/2026/ -o /shared/claims --agreement gaza-2025 --cluster tcp://head:8786
    trucewatch batch crawl/ -o claims -m gaza
    trucewatch batch -o claims --link
    """
    from trucewatch import batch as batches

    bad: list[str] = []
    problem = note(bad)
    with mending(), _broken_off():
        own = ground(folder, packs, lang)
        packs, lang = own.packs, own.language
        agreement = agreement or (str(own.agreement) if own.agreement else None)
        how = batches.How(batches.version(packs), agreement, gate, lang, str(packs) if packs else None, seconds)
        _known(agreement, packs)
        all_ = batches.shards(inputs or (), how, problem)
        if not all_ and (inputs or not link):
            raise BatchError(f"{(inputs or ['INPUT'])[0]}: nothing to code. Give .warc, .jsonl or .parquet files.")
        with batches.on_cluster(cluster) if cluster else batches.embedded(workers) as slots:
            if all_:
                _code(all_, out, how, slots, retry, problem)
            if link:
                _link(out, packs, slots)
    end(bad)


@app.command()
def load(
    out: Annotated[str, typer.Argument(metavar="DIR", help="Where trucewatch batch left its parts.")],
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Put what trucewatch batch coded into the ledger of a monitor.

    Each article and its claims are kept together or not at all. What is in the ledger already is passed over, so a run that was
    broken off can be started again as it was. Of an article that was fetched more than once the last capture is kept.

    \b
    trucewatch load claims -m gaza
    """
    from trucewatch import batch as batches
    from trucewatch.publish.screen import counted

    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        done = Counter[str]()
        for _, added in counted(batches.load(monitor, out, actor=by(who), clock=clock, on_problem=note(bad)), "articles"):
            done.update(articles=1, new=added.new, same=added.same)
        typer.echo(f"{done['articles']} articles: {done['new']} claims new, {done['same']} as before.")
    end(bad)


@app.command()
def survey(
    out: Annotated[str, typer.Argument(metavar="DIR", help="Where trucewatch batch left its parts.")],
    step: Annotated[str, typer.Option("--by", metavar="STEP", help="year, month or day.")] = "year",
    event: Annotated[str | None, typer.Option("--event", metavar="EVENT", help="Claims of this kind.")] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="ID", help="Who does it, or to whom it is done.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="ID", help="Printed by this outlet.")] = None,
    again: Annotated[
        bool, typer.Option("--repeats", help="Who prints later what whom printed first; after trucewatch batch --link.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False,
    packs: Packs = None,
    folder: Watching = None,
) -> None:
    """Count over a whole archive: claims by year and kind of event, or who repeats whom.

    \b
    trucewatch survey claims --by month --event VIOLATION
    trucewatch survey claims --repeats
    """
    from dataclasses import asdict, astuple

    from trucewatch import batch as batches
    from trucewatch import parts

    with mending():
        at, packs = parts.place(out), ground(folder, packs).packs
        rows: tuple[parts.Count, ...] | tuple[parts.Repeats, ...]
        if again:
            rows = parts.repeats(at, Path(batches.links_of(out, packs).folder) / "happenings")
        else:
            rows = parts.series(at, step, event=event, party=party, outlet=outlet)
        for row in rows:
            typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else "\t".join(map(str, astuple(row))))


def _code(
    all_: "tuple[Shard, ...]", out: str, how: "How", slots: "tuple[Slot, ...]", retry: bool, problem: Callable[[object], None]
) -> None:
    from trucewatch import batch as batches
    from trucewatch import parts

    at, todo = parts.place(out), batches.pending(all_, out, again=retry)
    for row in _shown(batches.code(todo, out, how, slots), sum(shard.size for shard in todo), len(todo)):
        for place, what in row.failures:
            problem(f"{place}: {what}")
    rows = list(batches.rows(at, [shard.name for shard in all_]))
    _sum_up(rows, batches.write_whole(at, batches.rows(at)), problem)


def _link(out: str, packs: Path | None, slots: "tuple[Slot, ...]") -> None:
    from trucewatch import batch as batches

    links = batches.links_of(out, packs)
    begun = ""
    for step, _, tasks in batches.link_parts(links, slots):
        if step != begun:
            typer.echo(f"linking: {step}, {tasks} tasks", err=True)
        begun = step
    typer.echo(f"linked: {links.folder}/happenings", err=True)


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
        rate = max(1.0, done / max(1e-6, time.monotonic() - begun))
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
