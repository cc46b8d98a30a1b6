"""Evidence of what was read: its bytes into the files of a monitor, a row of custody for each; struck where words go."""

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from trucewatch import __version__, evidence, ledger
from trucewatch.errors import EvidenceError
from trucewatch.evidence import FETCHED, Material
from trucewatch.ledger import GONE, WITHDRAWN, Added, Custody, Lying, Provenance, Redacted
from trucewatch.model import Article, Claim, Piece
from trucewatch.read import charset_of, name_of
from trucewatch.text import fold_text

if TYPE_CHECKING:
    from trucewatch import net
    from trucewatch.monitor import Monitor

Report = Callable[[str], None]
TOOL = f"trucewatch {__version__}"
TYPES = {"row": "application/json", "table": "text/csv", "page": "text/html", "text": "text/plain", "pdf": "application/pdf"}
_MOST = 64 * 2**20  # bytes of a payload, unpacked
_PARTS = "x-archive-orig-transfer-encoding"
_FILE = "file:"  # of what has no address of the web
_TAG = re.compile(r"<[^<>]{0,4000}>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps evidence, in which monitor, by which clock, and whom to tell of what is found amiss."""

    monitor: "Monitor"
    who: str
    clock: Callable[[], datetime]
    on_problem: Report


def folder_of(monitor: "Monitor") -> Path:
    return monitor.folder / evidence.FOLDER


def keep_source(keeper: Keeper, article: Article, piece: Piece, record: int | None = None) -> None:
    """Notes where an article that is in the ledger was met. What it was read from is kept, unless it is already (`record`), or
    words were taken out of the article: its source would bring them back."""
    book = keeper.monitor.ledger
    if record is None:
        if any(taken for _, taken in ledger.known_as(book, article.id)):
            return
        source = piece.source.encode("utf-8", "backslashreplace").decode()  # names of files may be any bytes
        told = Provenance("resource", source, evidence.sha256(piece.data), TOOL, form=piece.form, language=piece.language)
        kind, at = TYPES.get(piece.form, "application/octet-stream"), keeper.clock()
        kind += f"; charset={piece.charset}" if piece.charset else ""
        url = piece.url or f"{_FILE}{quote(source)}"
        record = keep(keeper, told, Material("resource", url, at, kind, piece.data, fetched=piece.fetched))
    ledger.sight(book, article.id, record, who=keeper.who, at=keeper.clock())
    for notice in article.notices:
        ledger.sight(book, article.id, record, notice.kind, who=keeper.who, at=keeper.clock(), span=(notice.start, notice.end))


def keep_answer(keeper: Keeper, answer: "net.Fetched", language: str | None, *, feed: str | None = None) -> tuple[Piece, int]:
    """Keeps a page as it was served, before anything is made of it; returns it as it can be read, and its row. Where words were
    taken out of the article of this address, only that it was served is kept."""
    kind = next((v for name, v in answer.headers if name == "content-type"), "")
    form, at = "text" if kind.startswith("text/plain") else "page", keeper.clock()
    piece = Piece(answer.final, form, answer.body, language, answer.final, at.date(), feed, charset_of(kind))
    if any(taken for _, taken in _known(keeper, answer.final)):
        told = [("digest", f"sha256:{evidence.sha256(answer.wire)}"), ("kept", "no")]
        return piece, keep_told(keeper, answer.final, answer.status, told)
    told_of = Provenance(
        "response", answer.final, evidence.sha256(answer.wire), TOOL, answer.status, form=form, language=language
    )
    return piece, keep(keeper, told_of, _response(answer, at))


def keep_listing(keeper: Keeper, answer: "net.Fetched") -> None:
    """Keeps a feed or sitemap, unless it is as it was."""
    told = Provenance("response", answer.final, evidence.sha256(answer.wire), TOOL, answer.status, form="feed")
    keep(keeper, told, _response(answer, keeper.clock()))


def keep_refusal(keeper: Keeper, answer: "net.Refused") -> None:
    """Keeps that an address served no page, if an article was read there before. Status 404 or 410: the article is gone."""
    known = dict.fromkeys((*_known(keeper, answer.url), *_known(keeper, answer.final)))
    if not known or answer.status is None:
        return
    told = [("outcome", answer.outcome), ("what", answer.what), ("final", answer.final)]
    record = keep_told(keeper, answer.url, answer.status, told)
    if answer.outcome == "gone":
        for article, _ in known:
            ledger.sight(keeper.monitor.ledger, article, record, GONE, who=keeper.who, at=keeper.clock())


def taken_back(keeper: Keeper, article: Article, claims: Sequence[Claim], record: int) -> Added | None:
    """Where the text of an article at its address gave way to a notice that it was withdrawn: its version and claims stay as they
    were, and the notice is noted beside them. None where it is not so."""
    book = keeper.monitor.ledger
    if claims or all(notice.kind != WITHDRAWN for notice in article.notices):
        return None
    held = len(ledger.claims(book, ledger.Query(article=article.id, limit=1000)))
    if not held:
        return None
    ledger.sight(book, article.id, record, WITHDRAWN, who=keeper.who, at=keeper.clock())
    return Added(0, 0, 0, held)


def keep(keeper: Keeper, told: Provenance, material: Material) -> int:
    """Keeps one record; returns its row of custody. What a killed writer left torn is cut, and said."""
    folder = folder_of(keeper.monitor)

    def write(ends: Callable[[str], int], at: datetime) -> Lying:
        data = evidence.packed(replace(material, at=at))
        placed = evidence.append(folder, data, day=at.date(), ends=ends)
        return Lying(placed.file, placed.offset, placed.length, placed.record, placed.cut)

    row, cut = ledger.keep(keeper.monitor.ledger, told, write, who=keeper.who, at=keeper.clock())
    if cut:
        keeper.on_problem(f"{folder}: {cut} bytes of a record that was never finished were cut off. Nothing noted is lost.")
    return row


def piece_of(folder: Path, row: Custody) -> Piece:
    """What a record holds, as it can be read again. Raises EvidenceError."""
    found = evidence.records(evidence.at(folder / row.file, row.offset, row.length))
    if not found:
        raise EvidenceError(f"{folder / row.file}: no whole record at {row.offset}. Put back a copy of the file.")
    told = dict(found[0].headers)
    url = told["WARC-Target-URI"] if not told["WARC-Target-URI"].startswith(_FILE) else None
    day = row.at.date() if row.kind == "response" else date.fromisoformat(told[FETCHED]) if FETCHED in told else None
    head = {name.lower(): value for name, value in reversed((*found[0].head, *found[0].headers))}
    charset = charset_of(head.get("content-type", ""))
    return Piece(row.source, row.form or "", _clear(found[0]), row.language, url, day, charset=charset)


def lying(monitor: "Monitor", row: Custody, on_problem: Report) -> evidence.Record | None:
    """The record that a row speaks of, as it lies in its file now; None, and said, where there is none."""
    path = folder_of(monitor) / row.file
    try:
        found = evidence.records(evidence.at(path, row.offset, row.length))
    except EvidenceError as problem:
        on_problem(str(problem))
        return None
    if not found:
        on_problem(f"{path}: no whole record at {row.offset}. Look further: trucewatch evidence verify.")
    return found[0] if found else None


def _known(keeper: Keeper, url: str) -> tuple[tuple[str, bool], ...]:
    return ledger.known_as(keeper.monitor.ledger, name_of(url), url=url)


def keep_told(keeper: Keeper, url: str, status: int, told: Sequence[tuple[str, str]]) -> int:
    """A record of what is told of an answer whose body is not kept."""
    block = evidence.fields([("status", str(status)), *told])
    told_of = Provenance("metadata", url, evidence.sha256(block), TOOL, status)
    return keep(keeper, told_of, Material("metadata", url, keeper.clock(), evidence.FIELDS, block))


def _response(answer: "net.Fetched", at: datetime) -> Material:
    """The answer as it came. That its parts were put together again is told by the name of the head, as archives do."""
    first = f"{answer.version} {answer.status} {answer.reason}".rstrip()
    named = [(_PARTS if name == "transfer-encoding" else name, value) for name, value in answer.headers]
    head = "\r\n".join((first, *(f"{name}: {value}" for name, value in named), "", "")).encode("latin-1", "replace")
    asked = urlsplit(answer.final)
    path = asked._replace(scheme="", netloc="").geturl() or "/"
    sent = "".join(f"{name}: {value}\r\n" for name, value in (("Host", asked.netloc), *answer.asked))
    request = f"GET {path} HTTP/1.1\r\n{sent}\r\n".encode("utf-8", "replace")
    return Material("response", answer.final, at, "application/http; msgtype=response", answer.wire, head, request)


def redact(monitor: "Monitor", what: str, *, reason: str, who: str, at: datetime, on_problem: Report) -> Redacted:
    """Takes a claim or a name out of the ledger, and strikes the records of evidence that hold it: of a claim those that its
    article was read from, of a name every one in which it stands. Raises LedgerError, EvidenceError."""
    folder = folder_of(monitor)

    def strike(rows: Sequence[Custody], met: Collection[int], name: str | None, now: datetime) -> Mapping[int, str]:
        struck = {}
        for row in rows:
            try:
                data = evidence.at(folder / row.file, row.offset, row.length)
            except EvidenceError as problem:
                on_problem(f"{problem} The words may stand in it: redact again then.")
                continue
            if row.n in met or (name is not None and holds(data, name)):
                struck[row.n] = _struck(folder, row, data, evidence.Struck(row.payload, reason, who, now))
        return struck

    return ledger.redact(monitor.ledger, what, reason=reason, who=who, at=at, strike=strike)


def holds(data: bytes, name: str) -> bool:
    """Whether a name stands in the records of these bytes, in any spelling that folds alike, also written by escapes or divided
    by marks of a page. What cannot be read is taken to hold it."""
    found = evidence.records(data)
    wanted = " ".join(fold_text(name).split())
    return not found or any(wanted in text for record in found for text in _texts(record))


def _texts(record: evidence.Record) -> Iterator[str]:
    told = "\n".join(value for _, value in (*record.headers, *record.head))
    body = _clear(record)
    for code in ("utf-8", "utf-16", "windows-1256", "windows-1251", "windows-1255", "latin-1"):
        text = f"{told}\n{body.decode(code, 'ignore')}"
        plain = html.unescape(_ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), unquote(text)))
        for each in (plain, _TAG.sub("", plain), _TAG.sub(" ", plain), re.sub(r"[\W_]+", " ", plain)):
            yield " ".join(fold_text(each).split())


def _clear(record: evidence.Record) -> bytes:
    """The payload without its compression, as far as it can be taken off."""
    from trucewatch.net.unpack import StrangeError, TooLargeError, unpacker

    coding = next((value for name, value in record.head if name.lower() == "content-encoding"), "")
    try:
        unpack = unpacker(coding, _MOST)
        return unpack(record.payload) + unpack(b"")
    except (StrangeError, TooLargeError):
        return record.payload


def _struck(folder: Path, row: Custody, data: bytes, struck: evidence.Struck) -> str:
    """The digest of what lies in a record's place now; one that was struck before the ledger could note it stays as it is."""
    lying = evidence.records(data)
    if lying and lying[0].struck and ("WARC-Target-URI", f"urn:sha256:{row.payload}") in lying[0].headers:
        return evidence.sha256(data)
    return evidence.strike(folder, row.file, row.offset, evidence.tombstone(struck, row.length))
