"""The options by which claims of a ledger are asked for: the same for all commands that show or write some."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trucewatch.console.frame import day, left
from trucewatch.errors import TrucewatchError

if TYPE_CHECKING:
    from trucewatch.ledger import Query
    from trucewatch.monitor import Monitor

Event = Annotated[str | None, typer.Option("--event", metavar="EVENT", help="VIOLATION, CONSULT …")]
Status = Annotated[str | None, typer.Option("--status", metavar="STATUS", help="occurred, planned, denied …")]
Party = Annotated[str | None, typer.Option("--party", metavar="ID", help="Who stands in the claim, in any role.")]
Speaker = Annotated[str | None, typer.Option("--speaker", metavar="ID", help="Whose claim it is: the innermost voice.")]
Accused = Annotated[str | None, typer.Option("--accused", metavar="ID", help="Who is accused in it.")]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="ID", help="Who printed it: id or name.")]
About = Annotated[
    str | None, typer.Option("--about", metavar="ID", help="What it speaks of: a provision, body or vote of the agreement.")
]
OfArticle = Annotated[str | None, typer.Option("--article", metavar="ID", help="Claims of this article.")]
Language = Annotated[str | None, typer.Option("--lang", metavar="CODE", help="Claims of articles in this language.")]
First = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Claims of this day and later.")]
Last = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Claims of this day and earlier.")]
Withdrawn = Annotated[bool, typer.Option("--withdrawn", help="Claims that the newest run no longer gives.")]


def asked(monitor: "Monitor", told: Mapping[str, Any], *, now: bool, limit: int = 100) -> "Query":
    """The question to the ledger. `told`: the options by the names of `ledger.Query`, days and outlet as they were typed;
    `now`: asked is what is shown now."""
    from trucewatch import ledger, packs
    from trucewatch.read.outlets import indexed, outlet_of

    printer = outlet_of(told["outlet"], None, indexed(packs.outlets(monitor.packs))) if told["outlet"] else None
    days = {"first": day(told["first"], "--from"), "last": day(told["last"], "--to")}
    if told["about"]:
        _heard(monitor, told["about"], now=now and not told["withdrawn"])
    return ledger.Query(**{**told, **days, "outlet": printer.id if printer else told["outlet"], "limit": limit})


def _heard(monitor: "Monitor", about: str, *, now: bool) -> None:
    """Brings what claims speak of up to date. An id that the agreement does not have would find nothing without a word."""
    from trucewatch import flow

    if not now:
        raise TrucewatchError("--about: it is known of the claims that are shown now. Leave --as-known-at or --withdrawn out.")
    for entries in flow.catch_up(monitor):
        left(entries)
    agreement = flow.watched(monitor)
    ids = [row.id for rows in (agreement.provisions, agreement.bodies, agreement.votes) for row in rows]
    if about not in ids:
        raise TrucewatchError(f"--about: no '{about}' in {agreement.id}. It has: {', '.join(ids)}.")
