"""Commands of evidence: evidence verify, list, show; versions of an article."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trucewatch.console.frame import Folder, app, mending, note, opened
from trucewatch.errors import LedgerError

if TYPE_CHECKING:
    from trucewatch.ledger import Change, Custody, Version
    from trucewatch.monitor import Monitor

proof = typer.Typer(no_args_is_help=True, help="What was read, to the byte: is it as it was, and where does a claim come from?")
app.add_typer(proof, name="evidence")

Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@proof.command()
def verify(folder: Folder = Path(), as_json: Json = False) -> None:
    """Try all evidence: every record against its digest and its row, every page read again, the words of every shown claim.

    Exit code 1 where something is not as it was; each fault is named with its file, place and row.

    \b
    trucewatch evidence verify -m gaza
    """
    from trucewatch.flow import replay

    with mending(), opened(folder) as monitor:
        found = replay.verify(monitor)
        if as_json:
            typer.echo(json.dumps(found.public(), ensure_ascii=False))
        else:
            for flaw in found.flaws:
                place = f"{flaw.file}:{flaw.offset if flaw.offset is not None else ''}".rstrip(":") if flaw.file else "evidence"
                row = f" (row {flaw.row})" if flaw.row is not None else ""
                typer.echo(f"trucewatch: {place}{row}: {'' if flaw.fault else 'note: '}{flaw.what}.", err=True)
            faults = sum(flaw.fault for flaw in found.flaws)
            told = f"{found.records} records in {found.files} files, {found.articles} articles read again, {found.claims} claims"
            typer.echo(f"{told}: {f'{faults} faults' if faults else 'as they were kept'}.")
            if found.struck:
                typer.echo(f"{found.struck} records were struck by redactions.")
            if found.without:
                typer.echo(f"{found.without} articles have no evidence: they were read without it.")
    if any(flaw.fault for flaw in found.flaws):
        raise typer.Exit(1)


@proof.command(name="list")
def list_(
    folder: Folder = Path(),
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="The last so many.")] = 100,
    as_json: Json = False,
) -> None:
    """The records of evidence, the newest last: when, by whom, of what, in which file and at which byte.

    \b
    trucewatch evidence list -m gaza -n 20
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        rows = sorted(ledger.records(monitor.ledger), key=lambda row: row.n)[-limit:]
        for row in rows:
            if as_json:
                typer.echo(json.dumps(_plain(asdict(row)), ensure_ascii=False))
                continue
            struck = "  struck" if row.redacted is not None else ""
            typer.echo(
                f"{row.n:>8}  {row.at:%Y-%m-%d %H:%M}Z  {row.who}  {row.kind:<8}  {row.file}:{row.offset}  {row.source}{struck}"
            )


@proof.command()
def show(
    what: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim (c:…), a reading of one (r:…), the number of a row.")],
    folder: Folder = Path(),
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write a working copy of what was read there.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Where a claim comes from: its words, file, byte, digest, who read it when and with what, the headers that came along.

    \b
    trucewatch evidence show c:5d0c17c0a1b2c3d4 -m gaza
    trucewatch evidence show c:5d0c17c0a1b2c3d4 -m gaza -o copy.html
    """
    from trucewatch.flow import evidence

    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        told, rows = _origin(monitor, what)
        shown = []
        for row in rows:
            found = evidence.lying(monitor, row, note(bad))
            shown.append((row, found))
            if out and found and row.redacted is None:
                out.write_bytes(evidence.piece_of(evidence.folder_of(monitor), row).data)
        if as_json:
            kept = [_plain(asdict(row)) | {"headers": r.headers if r else [], "http": r.head if r else []} for row, r in shown]
            typer.echo(json.dumps({**told, "records": kept}, ensure_ascii=False))
            return
        for name, value in told.items():
            typer.echo(f"{name + ':':<12}{value}")
        for row, record in shown:
            _tell(row)
            for name, value in (*record.headers, *record.head) if record else ():
                typer.echo(f"    {name}: {value}" if name else f"    {value}")
        if not rows:
            typer.echo("no evidence: its article was read without.")


@app.command()
def versions(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article's id, or its address.")],
    folder: Folder = Path(),
    as_json: Json = False,
) -> None:
    """The versions of an article, the oldest first.

    Each with its moment, where it was met, and the claims that were added, changed or withdrawn against the version before. What
    the page says of its being corrected or withdrawn, and that it is gone, is told too.

    \b
    trucewatch versions a:5d0c17c0a1b2c3d4 -m gaza
    trucewatch versions https://example.org/news/7 -m gaza --json
    """
    from trucewatch import ledger, read

    with mending(), opened(folder) as monitor:
        id_ = article
        if "://" in article:
            known = ledger.known_as(monitor.ledger, read.name_of(article), url=article)
            id_ = known[0][0] if known else article
        found = ledger.versions(monitor.ledger, id_)
        if not found:
            raise LedgerError(f"{monitor.ledger.place}: no article '{article}'. Look with: trucewatch claims --json.")
        for number, version in enumerate(found, 1):
            if as_json:
                typer.echo(json.dumps({"article": id_, "version": number, **_plain(asdict(version))}, ensure_ascii=False))
            else:
                _version(id_ if number == 1 else "", number, version)


def _origin(monitor: "Monitor", what: str) -> tuple[dict[str, Any], "list[Custody]"]:
    """What is told of a claim, a reading or a row, with the records it comes from."""
    from trucewatch import ledger

    book = monitor.ledger
    if what.isdecimal():
        row = ledger.custody_of(book, int(what))
        if row is None:
            raise LedgerError(f"{book.place}: no row {what} of custody. Look with: trucewatch evidence list.")
        return {}, [row]
    reading = ledger.told_of(book, what)
    if reading is None:
        raise LedgerError(f"{book.place}: neither a claim nor a reading '{what}'. Look with: trucewatch claims.")
    words = [(piece["start"], piece["end"], piece["quote"]) for piece in reading["body"]["evidence"] if piece["role"] == "event"]
    told = {"claim": reading["claim"], "reading": reading["body"]["reading"], "article": reading["article"]}
    told |= {"since": reading["since"].isoformat(), "until": reading["until"].isoformat() if reading["until"] else None}
    told |= {"ended": reading["ended"], "words": " … ".join(quote for _, _, quote in words)}
    told["characters"] = ", ".join(f"{start}-{end}" for start, end, _ in words)
    met = dict.fromkeys(one.custody for one in ledger.seen(book, reading["printed"]))
    rows = [row for n in met if (row := ledger.custody_of(book, n)) is not None]
    return {name: value for name, value in told.items() if value is not None}, rows


def _tell(row: "Custody") -> None:
    struck = f" (struck by entry {row.redacted})" if row.redacted is not None else ""
    typer.echo(f"\nrecord {row.n}: {row.source}{struck}")
    typer.echo(f"  file      {row.file}, byte {row.offset}, {row.length} bytes")
    typer.echo(f"  read      sha256 {row.payload}")
    typer.echo(f"  record    sha256 {row.record}")
    typer.echo(
        f"  kept      {row.at:%Y-%m-%d %H:%M:%S}Z by {row.who}, {row.tool}{f', status {row.status}' if row.status else ''}"
    )


def _version(article: str, number: int, version: "Version") -> None:
    if article:
        typer.echo(f"{article}  {version.url or ''}".rstrip())
    until = f" until {version.until:%Y-%m-%d %H:%M}Z" if version.until else ""
    same = f", {version.same} claims {'as before' if number > 1 else 'in all'}"
    typer.echo(f"\nversion {number}, since {version.since:%Y-%m-%d %H:%M}Z{until}: {version.characters} characters{same}")
    for one in version.sightings:
        at = f" ({one.start}-{one.end})" if one.start is not None else ""
        typer.echo(f"  {one.at:%Y-%m-%d %H:%M}Z  {one.says}{at}, record {one.custody}")
    for change in version.changes:
        typer.echo(f"  {change.how:<10}{_claim(change)}")


def _claim(change: "Change") -> str:
    body = change.body
    quote = " … ".join(piece["quote"] for piece in body["evidence"] if piece["role"] == "event")
    return f"{body['id']}  {body['event']}  {' '.join(quote.split())!r}{': ' + ', '.join(change.fields) if change.fields else ''}"


def _plain(value: Any) -> Any:
    """Moments as text."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
