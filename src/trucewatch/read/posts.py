"""Posts and wire items as rows: the export of a public Telegram channel, ninjs, tables of posts in CSV."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from trucewatch.errors import ReadError

PUBLIC = ("public_channel", "public_supergroup")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "message", "content", "body", "post", "full_text", "caption"),
    "published": ("published", "date", "created_at", "datetime", "time", "timestamp", "published_at"),
    "url": ("url", "link", "permalink", "post_url"),
    "outlet": ("outlet", "channel", "page", "page_name"),
    "id": ("id", "post_id", "message_id"),
    "language": ("language", "lang"),
    "title": ("title", "headline"),
}


@dataclass(frozen=True, slots=True)
class Post:
    """A row of a table: the line in which it ends, its fields, and `raw`: the table's head and the row as they stand there."""

    line: int
    row: dict[str, Any]
    raw: str


Found = tuple[int | None, str, dict[str, Any] | str]  # (line, which one, a row, or words where it is not read)


def exported(text: str) -> Iterator[Found] | None:
    """The rows of a JSON file of a form known here; None where it is of none."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return telegram(tree) if is_telegram(tree) else ninjs(tree) if is_ninjs(tree) else None


def is_telegram(data: Any) -> bool:
    return isinstance(data, dict) and ("messages" in data or isinstance(data.get("chats"), dict))


def telegram(data: Mapping[str, Any]) -> Iterator[Found]:
    """The posts of channels in Telegram Desktop's result.json. Private chats are refused, and of a group only what was posted in
    its own name is read: people in it hold no public role."""
    chats = [data] if "messages" in data else data["chats"].get("list", ())
    for chat in chats:
        name = str(chat.get("name") or chat.get("id"))
        if chat.get("type") not in PUBLIC:
            yield None, name, "a private chat. Only public channels are read."
            continue
        for message in chat.get("messages") or ():
            by = str(message.get("from_id") or message.get("actor_id") or "channel")
            text = _written(message.get("text"))
            if message.get("type") == "message" and by.startswith("channel") and text.strip():
                row = {"id": f"telegram:{chat.get('id')}:{message.get('id')}", "text": text, "outlet": name}
                yield None, f"{name}, post {message.get('id')}", row | {"published": _moment(message)}


def _written(text: Any) -> str:
    """A post's text: one string, or pieces of which some are marked."""
    pieces = text if isinstance(text, list) else [text]
    return "".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in pieces if piece)


def _moment(message: Mapping[str, Any]) -> str | None:
    """By UTC where the export tells it; its `date` is by the clock of the computer that made the export."""
    stamp = str(message.get("date_unixtime") or "")
    return datetime.fromtimestamp(int(stamp), UTC).isoformat() if stamp.isdecimal() else message.get("date")


def is_ninjs(data: Any) -> bool:
    one = data[0] if isinstance(data, list) and data else data
    keys = {key.lower() for key in one} if isinstance(one, dict) else set()
    return "uri" in keys and bool(keys & {"body_text", "body_xhtml", "body_html", "bodies"})


def ninjs(data: Any) -> Iterator[Found]:
    """News items in ninjs 1, 2 or 3, one or a list. Items that were cancelled or held back are not read."""
    for number, item in enumerate(data if isinstance(data, list) else [data], 1):
        told = _lower(item) if isinstance(item, dict) else {}
        name = str(told.get("uri") or f"item {number}")
        if str(told.get("pubstatus") or "usable").lower() not in ("usable", "stat:usable"):
            yield None, name, f"its status is {told['pubstatus']}. It is not for use."
            continue
        title = _value(told.get("headlines")) or told.get("headline")
        body = _body(told)
        if not body.strip():
            yield None, name, "no body. Only items with text are read."
            continue
        byline = _value(told.get("bylines"), "byline") or told.get("byline")
        row = {"id": told.get("uri"), "title": title, "language": told.get("language"), "outlet": _printer(told)}
        row["published"] = told.get("firstcreated") or told.get("versioncreated") or told.get("contentcreated")
        yield None, name, row | {"text": "\n\n".join(part for part in (title, byline, body) if part)}


def _lower(value: Any) -> Any:
    """Keys in small letters: version 3 writes versionCreated where the others write versioncreated."""
    if isinstance(value, dict):
        return {key.lower(): _lower(inner) for key, inner in value.items()}
    return [_lower(inner) for inner in value] if isinstance(value, list) else value


def _value(parts: Any, key: str = "value") -> str | None:
    """The main one of a list of headlines or bylines, else the first."""
    found = [part for part in parts or () if isinstance(part, dict) and part.get(key)]
    main = next((part for part in found if part.get("role") == "main"), found[0] if found else None)
    return str(main[key]) if main else None


def _body(told: Mapping[str, Any]) -> str:
    bodies = [part for part in told.get("bodies") or () if isinstance(part, dict) and part.get("value")]
    plain = next((part for part in bodies if "html" not in str(part.get("contenttype", "")).lower()), None)
    if plain or told.get("body_text"):
        return str(plain["value"] if plain else told["body_text"])
    marked = bodies[0]["value"] if bodies else told.get("body_xhtml") or told.get("body_html") or ""
    return _unmarked(str(marked))


def _unmarked(markup: str) -> str:
    """The paragraphs of a piece of markup."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    lines = (" ".join(node.text().split()) for node in tree.css("p, h1, h2, h3, h4, li, blockquote:not(:has(p))"))
    found = [line for line in lines if line]
    return "\n\n".join(found) if found else " ".join((tree.body.text() if tree.body else "").split())


def _printer(told: Mapping[str, Any]) -> str | None:
    """Who supplies the item."""
    named = (part.get("name") for part in told.get("infosources") or told.get("infosource") or () if isinstance(part, dict))
    return next((str(name) for name in named if name), None)


def posts(text: str) -> Iterator[Post]:
    """The rows of a table of posts. Columns are known by their names; who wrote a post is not read. Raises ReadError."""
    taken: list[str] = []  # lines since the last row

    def fed() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(fed(), delimiter=_sign(text))
    head = [re.sub(r"[\s-]+", "_", name.strip().lower().lstrip("\ufeff")) for name in next(reader, [])]
    places = {field: next((head.index(name) for name in names if name in head), None) for field, names in COLUMNS.items()}
    if places["text"] is None:
        names = ", ".join(COLUMNS["text"])
        raise ReadError(f"no column holds the text of the posts (columns: {', '.join(head)}). Name one of them so: {names}.")
    top = "".join(taken)
    taken.clear()
    for cells in reader:
        raw = "".join(taken)
        taken.clear()
        found = {field: cells[at].strip() for field, at in places.items() if at is not None and at < len(cells)}
        if any(found.values()):
            yield Post(reader.line_num, {field: value for field, value in found.items() if value}, top + raw)


def _sign(text: str) -> str:
    """What divides the cells: the sign that stands most often in the head."""
    head = text.partition("\n")[0]
    return max(",;\t|", key=head.count)
