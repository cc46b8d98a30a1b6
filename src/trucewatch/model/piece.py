"""What one article was read from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one article as they came. `source`: the file or address, with `:line` for a row and `@byte` for a record of an
    archive. `form`: row, page, text, pdf. `language`: what the user said for articles that do not tell their own. `url` and
    `fetched`: whence and on which day; `feed`: the date that its feed prints; `charset`: the encoding that its
    server tells."""

    source: str
    form: str
    data: bytes
    language: str | None = None
    url: str | None = None
    fetched: date | None = None
    feed: str | None = None
    charset: str | None = None
