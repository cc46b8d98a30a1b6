"""The form of an outlet's file as pydantic models (docs/add-an-outlet.md)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from trucewatch.model.outlet import DateSource, FeedKind, OutletKind

_HOST = re.compile(r"(?!www\.)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


def _checked(check: Callable[[str], object], mend: str) -> AfterValidator:
    """A text that `check` takes without a ValueError, LookupError or OSError."""

    def look(text: str) -> str:
        try:
            check(text)
        except (ValueError, LookupError, OSError):
            raise ValueError(f"'{text}' {mend}") from None
        return text

    return AfterValidator(look)


def _address(text: str) -> None:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or " " in text:
        raise ValueError


def _host(text: str) -> None:
    if not _HOST.fullmatch(text):
        raise ValueError


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[str, _checked(date.fromisoformat, "is no day. Write it as 2026-11-24")]
Zone = Annotated[str, _checked(ZoneInfo, "is no zone of the IANA tables. Write it as Asia/Beirut")]
Address = Annotated[str, _checked(_address, "is no address. Write it with https:// and without blanks or a password")]
Host = Annotated[str, _checked(_host, "is no host. Write it in small letters, without https://, www. and path")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Texts = Annotated[list[Text], Field(min_length=1)]


class Form(BaseModel):
    """A part of an outlet's file."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Told(Form):
    """Something that was read, with where and when."""

    text: Text
    source: Text
    seen: Day


class Feed(Form):
    """An address where new articles are listed."""

    url: Address
    kind: FeedKind
    language: Language | None = None
    source: Text
    seen: Day


class PageRules(Form):
    """CSS selectors of the parts of a page."""

    title: list[Text] = []
    body: list[Text] = []
    date: list[Text] = []
    byline: list[Text] = []
    caption: list[Text] = []
    drop: list[Text] = []
    source: Text
    seen: Day


class Outlet(Form):
    """An outlet's file, outlets/<id>.yaml."""

    names: Annotated[dict[Language, Texts], Field(min_length=1)]
    kind: OutletKind
    languages: Annotated[list[Language], Field(min_length=1)]
    hosts: Annotated[list[Host], Field(min_length=1)]
    source: Text
    seen: Day
    zone: Zone | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    owner: Told | None = None
    affiliation: Told | None = None
    feeds: list[Feed] = []
    date_precedence: list[DateSource] = []
    page: PageRules | None = None
    notes: list[Text] = []


def schema() -> dict[str, Any]:
    """The JSON Schema of an outlet's file."""
    return TypeAdapter(Outlet).json_schema()
