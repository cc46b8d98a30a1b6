"""Commands that keep a ledger whole: ledger status, export, import, backup, restore, redact; audit verify, show."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.console.frame import By, Folder, app, by, clock, end, left, mending, note, opened
from trucewatch.errors import LedgerError

book = typer.Typer(no_args_is_help=True, help="The whole ledger: what it holds, copies, moving it, taking words out.")
chain = typer.Typer(no_args_is_help=True, help="The chain of entries: is the ledger as it was written?")
app.add_typer(book, name="ledger")
app.add_typer(chain, name="audit")

Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there and not to the standard output.")]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="A backup or an export.", exists=True, dir_okay=False)]


@book.command()
def status(folder: Folder = Path()) -> None:
    """What the ledger holds.

    \b
    trucewatch ledger status -m gaza
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        held, tombs = ledger.counts(monitor.ledger), len(ledger.tombs(monitor.ledger))
        typer.echo(f"{monitor.ledger.place}: {held.claims} claims of {held.articles} articles, {held.readings} readings in all,")
        last = f", the last of {held.last:%Y-%m-%d %H:%M}Z" if held.last else ""
        typer.echo(f"{held.judgements} judgements, {tombs} redactions, {held.entries} entries{last}.")


@book.command()
def export(folder: Folder = Path(), out: Out = None) -> None:
    """Write the whole ledger as JSON lines, for another database or another program.

    \b
    trucewatch ledger export -m gaza -o gaza.jsonl
    """
    from trucewatch import ledger
    from trucewatch.publish.files import writing
    from trucewatch.publish.screen import counted

    with mending(), opened(folder) as monitor:
        lines = ledger.lines(monitor.ledger)
        if out:
            with writing(out) as file:
                file.writelines(counted(lines, "lines"))
        else:
            for line in lines:
                sys.stdout.write(line)


@book.command(name="import")
def import_(source: Source, folder: Folder = Path()) -> None:
    """Fill the empty ledger of a new monitor from an export; it keeps its chain and is checked against it.

    \b
    trucewatch ledger import gaza.jsonl -m gaza-on-server
    """
    from trucewatch import ledger
    from trucewatch.publish.screen import counted

    with mending(), opened(folder) as monitor, source.open(encoding="utf-8") as file:
        filled = ledger.load(monitor.ledger, counted(file, "lines"), str(source))
        held = ledger.counts(filled)
        typer.echo(f"{held.claims} claims of {held.articles} articles, {held.entries} entries; the chain holds.")


@book.command()
def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; a file that is there is replaced.")],
    folder: Folder = Path(),
) -> None:
    """Copy the ledger as it is at this moment, while others may read and write.

    \b
    trucewatch ledger backup -m gaza backups/gaza-monday.sqlite
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        ledger.backup(monitor.ledger, to)
        typer.echo(f"{to}")


@book.command()
def restore(source: Source, folder: Folder = Path()) -> None:
    """Put a backup or an export in the place of the ledger. The old file is kept beside it.

    It is checked against its chain first; redactions made since are carried out on it. No other program should use the ledger
    meanwhile.

    \b
    trucewatch ledger restore -m gaza backups/gaza-monday.sqlite
    """
    from trucewatch import ledger, monitor

    with mending():
        restored, aside, repeated = ledger.restore(monitor.ledger_of(folder), source, at=clock())
        held = ledger.counts(restored)
        ledger.close(restored)
        typer.echo(
            f"{restored.place}: {held.claims} claims of {held.articles} articles, {held.entries} entries; the chain holds."
        )
        if repeated:
            typer.echo(f"{repeated} redactions that are younger than the copy were carried out on it.")
        if aside:
            typer.echo(f"The ledger that was here is kept as {aside}.")


@book.command()
def redact(
    what: Annotated[str, typer.Argument(metavar="CLAIM|NAME", help="A claim's id, or a name in any spelling that folds alike.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in place of the words.")],
    folder: Folder = Path(),
    who: By = None,
) -> None:
    """Take a claim or a name out for good: of texts, all readings, judgements, search, later exports and backups.

    \b
    trucewatch ledger redact -m gaza c:5d0c17c0a1b2c3d4 --reason "ruling of a court, 12 January 2026"
    trucewatch ledger redact -m gaza "Name Surname" --reason "at the person's wish"
    """
    from trucewatch import ledger
    from trucewatch.flow import evidence

    bad: list[str] = []
    with mending(), opened(folder) as monitor:
        done = evidence.redact(monitor, what, reason=reason, who=by(who), at=clock(), on_problem=note(bad))
        typer.echo(f"Words taken out of {done.articles} articles, {done.readings} readings, {done.judgements} judgements.")
        if done.records:
            typer.echo(f"{done.records} records of evidence struck.")
        for path in ledger.copies(monitor.ledger):
            typer.echo(f"An older copy still holds them; delete it when you need it no more: {path}")
        if not done.erased:
            raise LedgerError(
                f"{monitor.ledger.place}: another program uses it; the words can still lie in its unused pages. "
                "End the other program and run: trucewatch ledger clean"
            )
    end(bad)


@book.command()
def clean(folder: Folder = Path()) -> None:
    """Rewrite the database without what lies in its unused pages; `redact` does so by itself where nobody else uses the ledger.

    \b
    trucewatch ledger clean -m gaza
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        if not ledger.erase(monitor.ledger):
            raise LedgerError(f"{monitor.ledger.place}: another program uses it. End it and do this again.")
        typer.echo(f"{monitor.ledger.place}: rewritten.")


@book.command()
def relink(folder: Folder = Path()) -> None:
    """Link all claims anew: throw away what is kept of links and trackers, and make it again. It changes no claim.

    This happens by itself whenever the rules of linking or the agreement change; a run that is broken off goes on where it was.

    \b
    trucewatch ledger relink -m gaza
    """
    from trucewatch import flow

    with mending(), opened(folder) as monitor:
        for entries in flow.catch_up(monitor, anew=True):
            left(entries)
        typer.echo(f"{monitor.ledger.place}: linked anew.")


@chain.command()
def verify(folder: Folder = Path()) -> None:
    """Check every entry and every row of the ledger against the chain; exit code 2 where something was changed.

    \b
    trucewatch audit verify -m gaza
    """
    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        tell = (lambda part: typer.echo(f"looking at {part} …", err=True)) if sys.stderr.isatty() else (lambda _: None)
        wrong = ledger.verify(monitor.ledger, tell)
        for fault in wrong:
            typer.echo(f"trucewatch: {monitor.ledger.place}: {fault}.", err=True)
        if wrong:
            raise typer.Exit(2)
        held = ledger.counts(monitor.ledger)
        typer.echo(f"{held.entries} entries, {held.readings} readings of {held.articles} articles: the chain holds.")


@chain.command()
def show(
    folder: Folder = Path(),
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="The last so many.")] = 20,
) -> None:
    """The last entries of the chain as JSON lines, the newest last.

    \b
    trucewatch audit show -m gaza -n 100
    """
    import json

    from trucewatch import ledger

    with mending(), opened(folder) as monitor:
        for row in ledger.entries(monitor.ledger, limit):
            at = row["at"].isoformat().replace("+00:00", "Z")
            typer.echo(json.dumps({**row, "at": at}, ensure_ascii=False))
