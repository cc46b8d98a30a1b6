"""The filters by which claims are asked for: the same in the dashboard's addresses, in its feeds and exports, and in the API."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from trucewatch import ledger
from trucewatch.model.agreement import Agreement
from trucewatch.views.sight import Sight


def _or_none(told: object) -> object:
    """A field of a form that was left empty asks for nothing. No database takes a text with a zero letter."""
    return (told.replace("\0", " ").strip() or None) if isinstance(told, str) else told


def _iso(told: object) -> object:
    """A day is told as 2026-01-12 and in no other way: a bare number would be taken for seconds."""
    found = _or_none(told)
    if isinstance(found, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
        raise ValueError("it is no day. Write it as 2026-01-12")
    return found


Told = Annotated[Annotated[str, Field(max_length=200)] | None, BeforeValidator(_or_none)]
Day = Annotated[date | None, BeforeValidator(_iso)]
Set = Annotated[date, BeforeValidator(_iso)]


class Asked(BaseModel):
    """What is asked for; what is left out asks for all. The names are those of addresses."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)
    words: Annotated[Told, Field(alias="q", description="words of the claim; the last may be the beginning of one")] = None
    event: Annotated[Told, Field(description="VIOLATION, CONSULT …")] = None
    status: Annotated[Told, Field(description="occurred, planned, denied …")] = None
    party: Annotated[Told, Field(description="who stands in the claim, in any role")] = None
    speaker: Annotated[Told, Field(description="whose claim it is: the innermost voice")] = None
    accused: Annotated[Told, Field(description="who is accused in it")] = None
    outlet: Annotated[Told, Field(description="who printed it")] = None
    about: Annotated[Told, Field(description="a provision, body or vote of the agreement")] = None
    article: Annotated[Told, Field(description="the article in which it stands")] = None
    language: Annotated[Told, Field(description="language of the article")] = None
    first: Annotated[Day, Field(alias="from", description="claims of this day and later")] = None
    last: Annotated[Day, Field(alias="to", description="claims of this day and earlier")] = None


FILTERS = {name: field.alias or name for name, field in Asked.model_fields.items()}  # name here -> name in addresses


def query_of(asked: Asked, sight: Sight, *, limit: int, after: tuple[str, int] | None = None) -> ledger.Query:
    """The question to the ledger."""
    return ledger.Query(**asked.model_dump(include=set(FILTERS)), limit=limit, after=after, hidden=sight)


def spoken_of(agreement: Agreement) -> tuple[str, ...]:
    """What `about` can name."""
    return tuple(row.id for rows in (agreement.provisions, agreement.bodies, agreement.votes) for row in rows)


def moment_of(day: date | None) -> datetime | None:
    """The end of a day, as a moment of the ledger's past."""
    from datetime import UTC, time

    return datetime.combine(day, time.max, UTC) if day else None
