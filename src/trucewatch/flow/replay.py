"""Evidence tried: every record against its digest and its row, every page read again, every shown claim's words."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch import evidence, ledger, packs, read
from trucewatch.errors import EvidenceError, ReadError
from trucewatch.flow.evidence import TOOL, folder_of, piece_of
from trucewatch.ledger import Custody, Met
from trucewatch.model import Article

if TYPE_CHECKING:
    from trucewatch.monitor import Monitor


@dataclass(frozen=True, slots=True)
class Flaw:
    """`what` in one sentence without a full stop. `fault` False: worth knowing, nothing that should not be. `row`: of custody."""

    what: str
    fault: bool = True
    file: str | None = None
    offset: int | None = None
    row: int | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What was looked at and what was found. `without`: articles that were read before evidence was kept, or without it."""

    files: int
    records: int
    struck: int
    articles: int
    claims: int
    without: int
    flaws: tuple[Flaw, ...]

    def public(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ("files", "records", "struck", "articles", "claims", "without")}
        faults, notes = ([asdict(flaw) for flaw in self.flaws if flaw.fault is fault] for fault in (True, False))
        return {"ok": not faults, **told, "faults": faults, "notes": notes}


def verify(monitor: "Monitor") -> Tried:
    """Tries all evidence of a monitor. Nothing is changed."""
    book, folder = monitor.ledger, folder_of(monitor)
    flaws = [Flaw(f"the ledger: {fault}") for fault in ledger.verify(book)]
    rows = ledger.records(book)
    known = {row.n: row for row in rows}
    bad: set[int] = set()
    for flaw in file_flaws(folder, rows):
        flaws.append(flaw)
        if flaw.row is not None and flaw.fault:
            bad.add(flaw.row)
    knowledge = read.knowledge(
        packs.DATA / "languages", monitor.packs / "languages" if monitor.packs else None, packs.outlets(monitor.packs)
    )
    articles = claims = 0
    for printed in ledger.met(book):
        articles += any(record not in bad for record in printed.records)
        claims += len(printed.claims)
        flaws += _article(folder, printed, [known[n] for n in printed.records if n in known and n not in bad], knowledge)
    struck = sum(row.redacted is not None for row in rows)
    files = len({row.file for row in rows})
    return Tried(files, len(rows), struck, articles, claims, ledger.unmet(book), tuple(flaws))


def file_flaws(folder: Path, rows: Sequence[Custody]) -> Iterator[Flaw]:
    """Files against rows: each record where its row says, and nothing between them."""
    told = {name: list(group) for name, group in groupby(rows, key=attrgetter("file"))}
    for path in evidence.files(folder):
        if path.name not in told:
            yield from _between(path, 0, path.stat().st_size)
    for name, group in told.items():
        path = folder / name
        if not path.is_file():
            what = f"the file is missing; {len(group)} records are noted in it"
            yield from (Flaw(what, file=name, offset=row.offset, row=row.n) for row in group[:1])
            yield from (Flaw("its file is missing", file=name, offset=row.offset, row=row.n) for row in group[1:])
            continue
        end = 0
        for row in group:
            if row.offset > end:
                yield from _between(path, end, row.offset)
            elif row.offset < end:
                yield _flaw("its place lies in the record before it", row)
            yield from _record(path, row)
            end = row.offset + row.length
        yield from _between(path, end, path.stat().st_size)


def _record(path: Path, row: Custody) -> Iterator[Flaw]:
    try:
        data = evidence.at(path, row.offset, row.length)
    except EvidenceError as problem:
        yield _flaw(str(problem).rstrip("."), row)
        return
    if len(data) < row.length:
        yield _flaw(f"the file ends within it or before it: {len(data)} of {row.length} bytes", row)
        return
    if evidence.sha256(data) != row.record:
        yield _flaw("its bytes were changed", row)
        return
    found = evidence.records(data)
    if not found or not all(record.sound for record in found):
        yield _flaw("it is no whole record, or its own digests are not those of its bytes", row)
    elif row.redacted is None and evidence.sha256(found[0].payload) != row.payload:
        yield _flaw("what it holds is not what the row says was read", row)
    elif found[0].struck != (row.redacted is not None):
        yield _flaw("it is struck, and the row does not say so" if found[0].struck else "it should be struck, and is not", row)
    elif found[0].struck and ("WARC-Target-URI", f"urn:sha256:{row.payload}") not in found[0].headers:
        yield _flaw("what stands in its place speaks of another record", row)


def _between(path: Path, start: int, end: int) -> Iterator[Flaw]:
    """A stretch that no row speaks of: left by a killed writer, or put there."""
    if end <= start:
        return
    whole, torn = evidence.lost(path, start, end)
    if whole:
        why = "a writer was killed before it noted them, or they were put there"
        what = f"{whole} whole records that no row of custody speaks of: {why}"
        yield Flaw(what, fault=False, file=path.name, offset=start)
    if torn and end == path.stat().st_size:
        why = "of a writer that was killed or is at work; the next one cuts them"
        what = f"{torn} bytes at the end that are no whole record: {why}"
        yield Flaw(what, fault=False, file=path.name, offset=end - torn)
    elif torn:
        yield Flaw(f"{torn} bytes that are no whole record", file=path.name, offset=end - torn)


def _article(folder: Path, printed: Met, rows: Sequence[Custody], knowledge: read.Knowledge) -> Iterator[Flaw]:
    """A version of an article read again from its records, and the words of the claims that are shown of it."""
    for row in rows:
        if row.redacted is None and not printed.redacted:
            yield from _again(folder, printed, row, knowledge)
    for claim, pieces in printed.claims:
        for start, end, quote in pieces:
            if printed.article.text[start:end] != quote:
                record = rows[0] if rows else None
                what = f"claim {claim}: its words do not stand at {start}-{end} of article {printed.article.id}"
                yield Flaw(what, claim=claim, row=record.n if record else None, file=record.file if record else None)


def _again(folder: Path, printed: Met, row: Custody, knowledge: read.Knowledge) -> Iterator[Flaw]:
    try:
        found: Article | None = read.again(piece_of(folder, row), knowledge)
    except (ReadError, EvidenceError):
        found = None
    if found is not None and found.text == printed.article.text:
        return
    same = row.tool == TOOL
    what = f"article {printed.article.id}: its source reads otherwise now"
    why = "the same version read it, so its text, the record or the data files were changed" if same else f"{row.tool} read it"
    yield Flaw(f"{what} ({why})", fault=same, file=row.file, offset=row.offset, row=row.n)


def _flaw(what: str, row: Custody) -> Flaw:
    return Flaw(f"the record of {row.source} ({row.at:%Y-%m-%d %H:%M}Z): {what}", True, row.file, row.offset, row.n)
