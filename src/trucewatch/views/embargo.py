"""What is put under embargo must be there: a slip of the pen would hide nothing, and nobody would see that it does not."""

from trucewatch import ledger, packs
from trucewatch.errors import AccessError
from trucewatch.monitor import Monitor
from trucewatch.read.outlets import indexed, outlet_of


def meant(monitor: Monitor, kind: str, told: str) -> str:
    """The id by which the ledger knows an article, or an outlet that is told by any of its names. Raises AccessError."""
    told = told.strip()
    if kind == "article":
        if ledger.article(monitor.ledger, told) is None:
            raise AccessError(f"article '{told[:120]}': the ledger holds none. Look for its id with: trucewatch claims --json.")
        return told
    known = outlet_of(told, None, indexed(packs.outlets(monitor.packs)))
    if known is None and not ledger.claims(monitor.ledger, ledger.Query(outlet=told, limit=1)):
        raise AccessError(f"outlet '{told[:120]}': nobody knows it. Look for its id with: trucewatch outlets.")
    return known.id if known else told
