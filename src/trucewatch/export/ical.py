"""iCalendar (RFC 5545): meetings as events, deadlines as tasks. Each summary begins with who says it and who printed it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import BinaryIO

from trucewatch.export.knowledge import Known
from trucewatch.export.row import JOIN, Row, days, names, outlet, plain, quote, said_by
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import Meeting, Term

MEETING, DENIED = "CONSULT", "denied"
WIDTH = 75  # octets of a line
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//trucewatch//claims//EN", "CALSCALE:GREGORIAN")


def ical(rows: Iterable[Row], out: BinaryIO, known: Known, left: Counter[str]) -> None:
    """The claims that tell a meeting, one event each."""

    def lines() -> Iterator[str]:
        for row in rows:
            if row.claim.event != MEETING or not days(row)[0]:
                left["no meeting, or on no day"] += 1
            else:
                yield from _told(row, known)

    _calendar(f"Meetings as told: {known.dataset}", lines(), out)


def diary(
    meetings: Sequence[Meeting], terms: Sequence[Term], agreement: Agreement, rows: Iterable[Row], out: BinaryIO, known: Known
) -> None:
    """The meetings of a tracker, each with what it follows, and the deadlines of its agreement. `rows`: the claims of the
    meetings; a meeting is told by the first of its claims that tells it as it stands, and whoever denies it is named."""
    by_claim = {row.claim.id: row for row in rows}

    def lines() -> Iterator[str]:
        for meeting in meetings:
            tellings = [by_claim[id_] for id_ in meeting.claims if id_ in by_claim]
            if tellings and (meeting.start or meeting.end):
                yield from _met(meeting, tellings, known)
        for term in terms:
            if term.due:
                yield from _due(term, agreement)

    _calendar(f"Meetings and deadlines: {agreement.id}", lines(), out)


def folded(line: str) -> str:
    """A content line cut into pieces of 75 octets at most, never inside a letter."""
    out, size = [], 0
    for char in line:
        width = len(char.encode())
        if size + width > WIDTH:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += width
    return "".join(out) + "\r\n"


def _told(row: Row, known: Known) -> Iterator[str]:
    claim = row.claim
    first, last = days(row)
    yield from _event(claim.id, row, known.codes.calendar[claim.status], first, last)
    yield "END:VEVENT"


def _met(meeting: Meeting, tellings: Sequence[Row], known: Known) -> Iterator[str]:
    first, last = meeting.start or meeting.end or "", meeting.end or meeting.start or ""
    calendar, state = known.codes.calendar, known.codes.calendar[meeting.state]
    row = next((row for row in tellings if calendar[row.claim.status] == state), tellings[0])
    yield from _event(meeting.happening, row, state, first, last)
    for other in tellings:
        if other.claim.status == DENIED and row.claim.status != DENIED:
            yield f"COMMENT:{_text(f'{said_by(other)} ({outlet(other)}), {DENIED}: {quote(other)}')}"
    if meeting.follows:
        yield f"RELATED-TO;RELTYPE=SIBLING:{_text(_uid(meeting.follows))}"
    yield f"X-SOURCES:{meeting.sources}"
    yield f"X-CLAIMS:{_text(JOIN.join(meeting.claims))}"
    yield "END:VEVENT"


def _event(id_: str, row: Row, status: str, first: str, last: str) -> Iterator[str]:
    """An event without its end, as told by one claim; its last day is the one before DTEND."""
    claim, where = row.claim, row.claim.where
    mode = f" {claim.mode}" if claim.mode else ""
    who = names(claim.participants or claim.actors)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(_uid(id_))}"
    yield f"DTSTAMP:{_compact(row.article.published.isoformat() if row.article.published else first)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_compact(first)}"
    yield f"DTEND;VALUE=DATE:{(date.fromisoformat(last) + timedelta(days=1)).strftime('%Y%m%d')}"
    yield f"STATUS:{status}"
    yield f"SUMMARY:{_text(f'{said_by(row)} ({outlet(row)}), {claim.status}: {who or quote(row)}')}"
    yield f"DESCRIPTION:{_text(quote(row))}"
    yield f"CATEGORIES:{_text(claim.event + mode)}"
    yield "TRANSP:TRANSPARENT"
    if where:
        yield f"LOCATION:{_text(plain(where.text))}"
    if row.article.url:
        yield f"URL:{row.article.url}"
    yield f"X-SAID-BY:{_text(said_by(row))}"
    yield f"X-OUTLET:{_text(outlet(row))}"
    yield f"X-AS-TOLD:{claim.status}"


def _due(term: Term, agreement: Agreement) -> Iterator[str]:
    """No STATUS: whether a duty was done is not for a calendar to say."""
    owed = next(provision for provision in agreement.provisions if provision.id == term.provision)
    assert term.due is not None
    where = {source.id: source.where for source in agreement.sources}
    sources = JOIN.join(where.get(name, name) for name in owed.source)
    state = f"{term.state}{', ' + term.timeliness if term.timeliness else ''}; rule: {term.rule}"
    yield "BEGIN:VTODO"
    yield f"UID:{_text(_uid(f'{agreement.id}:{term.provision}'))}"
    yield f"DTSTAMP:{term.due.start.strftime('%Y%m%d')}T000000Z"
    yield f"DUE;VALUE=DATE:{term.due.end.strftime('%Y%m%d')}"
    yield f"SUMMARY:{_text(f'{agreement.id} ({sources}): {_words(owed.words) or owed.id}')}"
    yield f"DESCRIPTION:{_text(state)}"
    yield f"CATEGORIES:{_text(owed.id)}"
    yield f"X-SAID-BY:{_text(agreement.id)}"
    yield f"X-OUTLET:{_text(sources)}"
    yield "X-AS-TOLD:due"
    yield "END:VTODO"


def _words(words: tuple[tuple[str, str], ...]) -> str:
    told = dict(words)
    return plain(told.get("en") or next(iter(told.values()), ""))


def _calendar(title: str, lines: Iterable[str], out: BinaryIO) -> None:
    for line in (*_HEAD, f"X-WR-CALNAME:{_text(title)}"):
        out.write(folded(line).encode())
    for line in lines:
        out.write(folded(line).encode())
    out.write(folded("END:VCALENDAR").encode())


def _uid(id_: str) -> str:
    return f"{id_}@trucewatch"


def _compact(day: str) -> str:
    return day.replace("-", "")


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")
