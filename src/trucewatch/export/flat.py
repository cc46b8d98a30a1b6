"""Rows for spreadsheets: CSV with the whole claim in its last column, and HXL with its row of tags."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from trucewatch.export.knowledge import Column, Known
from trucewatch.export.row import JOIN, Row, ids, names, plain, quote, told
from trucewatch.model import Quantity

COUNTED = ("killed", "injured", "violations", "trucks")
WHOLE = "claim"  # the column that holds the claim as JSON
_LEAST, _MOST = ("exact", "about", "at_least", "more_than"), ("exact", "about", "up_to")
# What a spreadsheet would reckon out; an apostrophe before it keeps it a text, and one more keeps what had one already apart.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def csv_(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """All columns."""
    _write(rows, out, known.columns, ())


def hxl(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """The columns that have a tag, with the tags as second row."""
    tagged = tuple(column for column in known.columns if column.tag)
    _write(rows, out, tagged, [[column.tag for column in tagged]])


def guarded(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def bared(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def table(out: BinaryIO, head: Iterable[str], rows: Iterable[Iterable[Any]], delimiter: str = ",") -> None:
    """A guarded table in UTF-8, written piece by piece."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n" if delimiter == "\t" else "\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        if buffer.tell() > 1 << 16:
            out.write(buffer.getvalue().encode())
            buffer.seek(0)
            buffer.truncate()
    out.write(buffer.getvalue().encode())


def cells(row: Row) -> dict[str, Any]:
    """Every flat column of a claim by name; None = an empty cell."""
    claim, where, when, known = row.claim, row.claim.where, row.claim.when, told(row)
    found: dict[str, Any] = {
        "claim_id": claim.id,
        **{name: known[name] for name in ("said_by", "said_by_id", "outlet", "as_told", "url", "published", "language")},
        "said_by_kind": claim.speaker[-1].kind,
        "event": claim.event,
        "mode": claim.mode,
        **{name: getattr(when, name) if when else None for name in ("start", "end", "grain", "basis")},
        "place": plain(where.text) if where else None,
        "place_id": where.place if where else None,
        **{name: getattr(where, name) if where else None for name in ("country", "lat", "lon", "precision")},
        "figures": JOIN.join(map(figure, claim.quantities)),
        "object": plain(claim.object.text) if claim.object else None,
        "cause": JOIN.join(plain(phrase.text) for phrase in claim.cause),
        "about": JOIN.join(claim.about),
        "quote": quote(row),
        "article": claim.article,
        "reliability": row.grade[0],
        "credibility": row.grade[1:],
        "judged": JOIN.join(row.judged),
        "redacted": "yes" if row.redacted else None,
        "coder": claim.coder.version,
        WHOLE: json.dumps(claim.public(), ensure_ascii=False),
    }
    for name, roles in (("actor", claim.actors), ("recipient", claim.recipients), ("participant", claim.participants)):
        found |= {f"{name}s": names(roles), f"{name}_ids": ids(roles)}
    for of in COUNTED:
        found |= dict(zip((f"{of}_min", f"{of}_max", f"{of}_as"), counted(claim.quantities, of), strict=True))
    return found


def figure(quantity: Quantity) -> str:
    """What is counted, its bound, its value, and over which span: "killed about 440 cumulative"."""
    return f"{quantity.of} {quantity.bound} {quantity.value:g} {quantity.scope}"


def counted(quantities: Iterable[Quantity], of: str) -> tuple[float | None, float | None, str | None]:
    """The least and the greatest value of a kind that its figures admit, and how they are told. Of figures over different spans
    (new ones and a total) the first span counts: they are not to be mixed. The others stand in `figures`."""
    mine = [quantity for quantity in quantities if quantity.of == of]
    span = [quantity for quantity in mine if (quantity.scope, quantity.period) == (mine[0].scope, mine[0].period)]
    least = min((_whole(q.value) for q in span if q.bound in _LEAST), default=None)
    most = max((_whole(q.value) for q in span if q.bound in _MOST), default=None)
    return least, most, JOIN.join(f"{q.bound} {q.scope}" for q in span) or None


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _write(rows: Iterable[Row], out: BinaryIO, columns: tuple[Column, ...], tags: Iterable[list[str]]) -> None:
    def lines() -> Iterator[list[Any]]:
        yield from tags
        for row in rows:
            found = cells(row)
            yield [found[column.name] for column in columns]

    table(out, (column.name for column in columns), lines())
