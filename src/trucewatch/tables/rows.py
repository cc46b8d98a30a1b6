"""Tables of events by others as sources like any other: each row an article of its filled columns, its claim quotes them."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from trucewatch.model import Article, Claim, Coder, Evidence, Quantity, Role, Voice, When, Where
from trucewatch.model.claim import signed
from trucewatch.model.table import EventTable

_DAYS = ("%Y-%m-%d", "%d %B %Y", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S")
Resolve = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class _Row:
    """`text`: the filled columns, one a line; `spans`: where the value of each stands in it."""

    text: str
    cells: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]


def read_table(
    text: str, form: EventTable, resolve: Resolve, on_bad: Callable[[int, str], None]
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """The rows of a CSV, in their order. `resolve`: the name of a side -> a party. A row without an id or a day is told to
    `on_bad` with its line; one of a kind that the form does not know is an article without claims."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    for cells in reader:
        row = _row({name: value.strip() for name, value in cells.items() if name and isinstance(value, str)})
        start, end = _day(row.cells.get(form.start)), _day(row.cells.get(form.end))
        if not row.cells.get(form.id) or not start or not end:
            on_bad(reader.line_num, f"a row without '{form.id}', or without a day in '{form.start}'")
            continue
        article = Article(f"t:{form.name}:{row.cells[form.id]}", row.text, form.language, None, form.outlet, end)
        yield article, tuple(_claims(article, row, form, resolve, (start, end)))


def _row(cells: Mapping[str, str]) -> _Row:
    lines: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    at = 0
    filled = {name: " ".join(value.split()) for name, value in cells.items() if value}
    for name, value in filled.items():
        spans[name] = (at + len(name) + 2, at + len(name) + 2 + len(value))
        lines.append(f"{name}: {value}")
        at = spans[name][1] + 1
    return _Row("\n".join(lines), filled, spans)


def _day(told: str | None) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(told or "", form).date()  # noqa: DTZ007 - a day of the place, no moment
        except ValueError:
            continue
    return None


def _claims(article: Article, row: _Row, form: EventTable, resolve: Resolve, days: tuple[date, date]) -> Iterator[Claim]:
    kind = form.kinds.get(row.cells.get(form.kind, ""))
    if kind is None:
        return
    sides = [role for name in (form.first, form.second) for role in _side(row, name, resolve)]
    first, second = sides[:1], sides[1:]
    start, end = days
    grain = form.grains.get(row.cells.get(form.precise, ""), "day")
    made = Claim(
        id="",
        reading="",
        article=article.id,
        event=kind.event,
        mode=kind.mode,
        status="occurred",
        speaker=(Voice("outlet", None, None, None, form.outlet), *_voice(row, form)),
        actors=tuple(first if kind.roles != "both" else ()),
        recipients=tuple(second if kind.roles == "first" else ()),
        participants=tuple(sides if kind.roles == "both" else ()),
        when=When(start.isoformat(), end.isoformat(), grain, "stated", row.cells[form.start], row.spans[form.start]),
        where=_where(row, form),
        cause=(),
        object=None,
        quantities=tuple(_killed(row, form)),
        about=(),
        refers=None,
        evidence=tuple(_evidence(row, form)),
        coder=Coder("table", form.name, (f"{form.name}#{row.cells[form.kind]}",)),
    )
    yield signed(made)


def _side(row: _Row, name: str, resolve: Resolve) -> Iterator[Role]:
    if name in row.spans:
        told = row.cells[name]
        yield Role(told, *row.spans[name], resolve(re.sub(r"\s*\([^()]*\)", "", told)))


def _voice(row: _Row, form: EventTable) -> tuple[Voice, ...]:
    return (Voice("media", row.cells[form.voice], *row.spans[form.voice]),) if form.voice in row.spans else ()


def _where(row: _Row, form: EventTable) -> Where | None:
    if form.place not in row.spans:
        return None
    degrees = [float(row.cells[name]) if _number(row.cells.get(name)) else None for name in (form.latitude, form.longitude)]
    told = row.cells[form.place]
    return Where(told, *row.spans[form.place], name=told, lat=degrees[0], lon=degrees[1], precision="settlement")


def _killed(row: _Row, form: EventTable) -> Iterator[Quantity]:
    """Of a figure of 0 nothing is told."""
    for name, bound in form.killed.items():
        told = row.cells.get(name)
        if _number(told) and float(told or 0) > 0:
            yield Quantity("killed", float(told or 0), bound, "new", told, *row.spans[name])


def _number(told: str | None) -> bool:
    return bool(told and re.fullmatch(r"-?\d+(?:\.\d+)?", told))


def _evidence(row: _Row, form: EventTable) -> Iterator[Evidence]:
    wanted = [("event", form.kind), ("voice", form.voice), ("time", form.start), ("place", form.place)]
    for role, name in (*wanted, *(("figure", name) for name in form.killed)):
        if name in row.spans:
            yield Evidence(role, *row.spans[name], row.cells[name])
