"""What an outlet printed, kept to the character, with the evidence of when it was printed."""

from dataclasses import dataclass
from datetime import date

AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One hint at the day of publication. `source` is row, header, dateline, byline, url, jsonld, meta, time, text …

    `raw` is the hint as printed; `value` its day or None; `zone` a UTC offset such as "+02:00" or None; `time` "HH:MM" or None;
    `verdict` is used, agrees, refused or unread; `reason` says why in one clause. `start`/`end` lie in the text or are None.
    """

    source: str
    raw: str
    value: date | None
    verdict: str
    reason: str
    zone: str | None = None
    time: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text and what it is: headline, dateline, byline, breadcrumb, share, related, caption or body."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Where a text says of itself that it was withdrawn or corrected; `kind` is one of these two."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """`text` is never changed after reading: every offset of every claim points into it. Offsets are code points, half-open."""

    id: str
    text: str
    language: str
    url: str | None = None
    outlet: str | None = None
    published: date | None = None
    dates: tuple[DateEvidence, ...] = ()
    agencies: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()
