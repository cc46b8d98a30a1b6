"""Claims that a person wrote, and taking back what a person said: of both the ledger keeps everything."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from trucewatch.database import chain
from trucewatch.database.engine import Ledger, writing
from trucewatch.database.tables import articles, judgements, readings
from trucewatch.errors import KeepError, LedgerError
from trucewatch.judgements import TOLD, VERDICT, Judgement, put, take_back, tick
from trucewatch.ledger.record import PERSON, Run, write
from trucewatch.model import Claim

_FORM = "1"  # of the claims that persons write: the version of their coder


def tell(ledger: Ledger, claim: Claim, *, who: str, reason: str, at: datetime) -> Judgement:
    """Keeps a claim that a person found in an article, with the verdict `told`. Later runs leave it there for as long as its
    words stand at the same place of the article."""
    with writing(ledger) as connection:
        end = chain.take(connection)
        moment = tick(end, at)
        asked = select(articles).where(articles.c.id == claim.article, articles.c.until.is_(None))
        row = connection.execute(asked).mappings().first()
        if row is None:
            raise LedgerError(f"{ledger.place}: no article '{claim.article}'. Look with: trucewatch claims.")
        if any(row["text"][piece.start : piece.end] != piece.quote for piece in claim.evidence):
            raise KeepError(f"article {claim.article}: the words of the claim do not stand there. Mark them in the text anew.")
        there = select(readings.c.n).where(readings.c.claim == claim.id, readings.c.until.is_(None))
        if connection.execute(there).first():
            raise KeepError(f"article {claim.article}: it holds this claim already ({claim.id}). Correct that one.")
        run = Run(moment, who, PERSON, _FORM)
        write(connection, end, dict(row), row, {claim.id: claim.public()}, (), run, moment, ledger.prefixes)
        told = {"claim": claim.id, "field": VERDICT, "value": TOLD, "reading": claim.reading, "reason": reason}
        made, _ = put(connection, chain.take(connection), told, who=who, at=moment, action="judge")
    return made


def lift(ledger: Ledger, numbers: Sequence[int], *, who: str, reason: str, at: datetime) -> None:
    """Takes judgements back, by their numbers; a claim that a person wrote is withdrawn with its first word. All or nothing."""
    with writing(ledger) as connection:
        take_back(connection, chain.take(connection), numbers, who=who, reason=reason, at=at)
        asked = select(judgements.c.claim, judgements.c.value).where(judgements.c.n.in_(numbers), judgements.c.field == VERDICT)
        for row in connection.execute(asked).all():
            if row.value == TOLD:
                _withdraw(connection, row.claim, Run(at, who, PERSON, _FORM), at, ledger.prefixes)


def _withdraw(connection: Connection, claim: str, run: Run, at: datetime, prefixes: tuple[str, ...]) -> None:
    wanted = (readings.c.n, readings.c.claim, readings.c.reading, readings.c.body)
    shown = select(*wanted).where(readings.c.claim == claim, readings.c.until.is_(None))
    gone = connection.execute(shown).mappings().all()
    if gone:
        asked = select(articles).where(articles.c.id == gone[0]["body"]["article"], articles.c.until.is_(None))
        row = connection.execute(asked).mappings().one()
        write(connection, chain.take(connection), dict(row), row, {}, gone, run, at, prefixes)
