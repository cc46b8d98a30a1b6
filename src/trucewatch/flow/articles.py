"""The way of one article: from its bytes to its claims, and into a ledger."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from trucewatch import __version__, agreements, coder, packs, read
from trucewatch.coder import Refusal
from trucewatch.errors import KeepError, PackError, ReadError
from trucewatch.flow.gates import gate_of
from trucewatch.flow.repeats import Recent, first_print, kept
from trucewatch.model import Article, Claim, Piece
from trucewatch.model.agreement import Agreement
from trucewatch.model.table import EventTable
from trucewatch.packs import Pack

if TYPE_CHECKING:  # loaded only where there is a ledger
    from trucewatch.ledger import Added, Run
    from trucewatch.monitor import Monitor

Report = Callable[[str], None]
ADDRESS = ("http://", "https://")
Watch = Callable[[Iterable["Coded"]], Iterable["Coded"]]
LINKED = 50  # articles after which claims are linked


@dataclass(frozen=True, slots=True)
class Coded:
    """An article, its verified claims, and the claims that were refused with the reason. `direction` is that of its language.
    `piece`: what it was read from; `record`: the row of custody, where that is kept already."""

    article: Article
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...]
    direction: str
    piece: Piece
    record: int | None = None


def code_source(
    sources: Iterable[str | Path],
    *,
    on_problem: Report,
    language: str | None = None,
    folder: Path | None = None,
    stdin: BinaryIO | None = None,
    agreement: str | Path | None = None,
    gate: str | Path | None = None,
    on_passed: read.OnPassed = lambda _, __: None,
) -> Iterator[Coded]:
    """The articles of all sources, coded one by one. What cannot be read or coded is told to `on_problem`; the rest is done.

    `language` is that of articles which do not tell their own; `folder` holds data files of the user's own; `agreement`, an id or
    a file, is that whose provisions the claims name. Of archives only the pages are read that name something of the agreement
    `gate`; what is passed over is told to `on_passed`. Raises PackError.
    """
    known = knowledge(folder)
    makes = cache(lambda: gate_of(agreements.agreement(str(gate), folder), folder)) if gate else None

    def found() -> Iterator[tuple[Article, Piece] | Coded]:
        for source in sources:
            if (form := table_of(source, folder)) is not None:
                yield from _tabled(source, form, folder, on_problem)
                continue
            yield from read.pieces(
                source,
                known,
                on_problem=lambda p: on_problem(_line(p)),
                language=language,
                stdin=stdin,
                gate=makes,
                on_passed=on_passed,
            )

    coded = _coded(found(), folder, on_problem)
    yield from _about(coded, agreement, folder) if agreement else coded


def knowledge(folder: Path | None) -> read.Knowledge:
    """What the reader knows of languages and outlets, with the user's own data files."""
    return read.knowledge(packs.DATA / "languages", folder / "languages" if folder else None, packs.outlets(folder))


def _tabled(source: str | Path, form: EventTable, folder: Path | None, on_problem: Report) -> Iterator[Coded]:
    """The rows of a table of events by others: claims as they stand there, not coded from words."""
    from trucewatch import tables

    pack = packs.load(form.language, folder)
    resolve = cache(lambda words: coder.party_of(words, pack))
    mend = "Give the table as it was published."
    rows = tables.read_table(
        Path(source).read_text("utf-8-sig"), form, resolve, lambda line, what: on_problem(f"{source}:{line}: {what}. {mend}")
    )
    for article, claims in rows:
        piece = Piece(f"{source}#{article.id}", "text", article.text.encode(), form.language)
        yield Coded(article, claims, (), pack.direction, piece)


def table_of(source: str | Path, folder: Path | None) -> EventTable | None:
    """The form of a table of events, by the columns of a CSV file."""
    from trucewatch import tables

    path = Path(source)
    if path.suffix.lower() != ".csv" or not path.is_file():
        return None
    with path.open("rb") as file:
        head = {name.strip(' "') for name in file.readline().decode("utf-8-sig", "replace").strip().split(",")}
    return next((form for form in tables.tables(folder) if head.issuperset(form.known_by)), None)


def _coded(found: Iterable[tuple[Article, Piece] | Coded], folder: Path | None, on_problem: Report) -> Iterator[Coded]:
    loaded: dict[str, Pack] = {}
    for entry in found:
        coded = entry if isinstance(entry, Coded) else code_article(*entry, loaded, folder, on_problem)
        if coded:
            yield coded


def _about(coded: Iterable[Coded], agreement: str | Path, folder: Path | None) -> Iterator[Coded]:
    """The same, each claim with the provisions and bodies of the agreement that it speaks of."""
    watched, acts_for = agreements.agreement(str(agreement), folder), agreements.acts_for(folder)
    return (with_provisions(entry, watched, acts_for) for entry in coded)


def with_provisions(entry: Coded, watched: Agreement, acts_for: Mapping[str, frozenset[str]]) -> Coded:
    """The same, its claims with the provisions and bodies of the agreement that they speak of."""
    from trucewatch import track

    said = track.heard(watched, entry.claims, {entry.article.id: entry.article}, acts_for=acts_for)
    claims = tuple(replace(claim, about=tuple(each.id for each in said[claim.id])) for claim in entry.claims)
    return replace(entry, claims=claims)


def read_into(
    monitor: "Monitor",
    sources: Iterable[str | Path],
    *,
    actor: str,
    clock: Callable[[], datetime],
    on_problem: Report,
    language: str | None = None,
    stdin: BinaryIO | None = None,
    gate: bool = True,
    on_passed: read.OnPassed = lambda _, __: None,
    allow: frozenset[str] = frozenset(),
) -> Iterator[tuple[Coded, "Added"]]:
    """Reads and codes the articles of all sources, files and addresses, and keeps each in the monitor's ledger, one transaction
    for each; with what that changed. Killed and started again, it passes over what is in. `clock` tells the moment of each entry.
    Of archives, only pages are read that name something of the monitor's agreement, unless `gate` is False. `allow`: hosts that
    may stand for any address, for tests only."""
    from trucewatch import ledger

    run = ledger.Run(clock(), actor, "rules", __version__)
    told = language or monitor.settings.language
    urls = [source for source in sources if str(source).lower().startswith(ADDRESS)]
    coded = code_source(
        [source for source in sources if source not in urls],
        on_problem=on_problem,
        language=told,
        folder=monitor.packs,
        stdin=stdin,
        gate=monitor.agreement if gate else None,
        on_passed=on_passed,
    )
    yield from keep(monitor, coded, run=run, clock=clock, on_problem=on_problem)
    if urls:
        found = _fetched(monitor, urls, told, actor, clock, on_problem, allow)
        yield from keep(monitor, found, run=run, clock=clock, on_problem=on_problem)


def _fetched(
    monitor: "Monitor",
    urls: Sequence[str | Path],
    language: str | None,
    actor: str,
    clock: Callable[[], datetime],
    on_problem: Report,
    allow: frozenset[str],
) -> Iterator[Coded]:
    """The articles of addresses, coded; what was fetched is kept already."""
    from trucewatch.flow.evidence import Keeper
    from trucewatch.flow.fetching import fetched

    loaded: dict[str, Pack] = {}
    keeper = Keeper(monitor, actor, clock, on_problem)
    for article, piece, record in fetched(keeper, map(str, urls), knowledge(monitor.packs), language, allow=allow):
        coded = code_article(article, piece, loaded, monitor.packs, on_problem)
        if coded:
            yield replace(coded, record=record)


def keep(
    monitor: "Monitor", coded: Iterable[Coded], *, run: "Run", clock: Callable[[], datetime], on_problem: Report
) -> Iterator[tuple[Coded, "Added"]]:
    """Keeps coded articles in the monitor's ledger, and their sources as evidence; a copy points to the first print. Where an
    agreement is watched, their claims are linked after each `LINKED` articles; broken off before, that is made up for by whoever
    asks next."""
    from trucewatch.flow import evidence

    recent = Recent()
    keeper = evidence.Keeper(monitor, run.actor, clock, on_problem)
    for number, entry in enumerate(coded, 1):
        if entry.record is not None and (taken := evidence.taken_back(keeper, entry.article, entry.claims, entry.record)):
            yield entry, taken
            continue
        try:
            added = keep_one(monitor, entry, recent, run=run, at=clock())
        except KeepError as problem:
            on_problem(str(problem))
            continue
        evidence.keep_source(keeper, entry.article, entry.piece, entry.record)
        yield entry, added
        if number % LINKED == 0:
            linked(monitor)
    linked(monitor)


def keep_one(monitor: "Monitor", entry: Coded, recent: Recent, *, run: "Run", at: datetime) -> "Added":
    """Keeps one coded article; `recent` grows by it. Raises KeepError."""
    from trucewatch import ledger

    def first(rows: int) -> str | None:
        return first_print(recent, monitor.ledger, entry.article, entry.claims, rows)

    added = ledger.add(monitor.ledger, entry.article, entry.claims, run=run, at=at, repeat_of=first)
    kept(recent, entry.article, added.repeat_of)
    return added


def linked(monitor: "Monitor") -> None:
    """Links the claims that were kept since it was last done, where an agreement is watched."""
    if monitor.agreement:
        from trucewatch.flow.monitored import catch_up

        for _ in catch_up(monitor):
            pass


def code_rows(
    rows: Sequence[Mapping[str, Any]], *, on_problem: Report, folder: Path | None = None, watch: Watch = iter
) -> dict[str, list[Mapping[str, Any]]]:
    """Article id → its claims in the public form, for rows that are in memory. `watch` may look at each as it passes."""
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    coded = code_source(["-"], on_problem=on_problem, folder=folder, stdin=io.BytesIO(data))
    return {entry.article.id: [claim.public() for claim in entry.claims] for entry in watch(coded)}


def read_claims(path: Path) -> dict[str, list[Mapping[str, Any]]]:
    """Article id → its claims, from a file of JSON lines; each line must be in the public form."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    claim = _claim(line, f"{path}:{number}")
                    found.setdefault(claim["article"], []).append(claim)
    except (OSError, UnicodeDecodeError) as problem:
        raise ReadError(f"{path}: cannot be read ({problem}). Give a file of claims as `trucewatch code` writes it.") from problem
    return found


def _claim(line: str, place: str) -> dict[str, Any]:
    from trucewatch.publish.form import check as check_form

    try:
        claim: dict[str, Any] = json.loads(line)
    except ValueError as problem:
        raise ReadError(f"{place}: no JSON ({problem}). Write one claim a line.") from None
    check_form(claim, place)
    return claim


def code_article(
    article: Article, piece: Piece, loaded: dict[str, Pack], folder: Path | None, on_problem: Report
) -> Coded | None:
    """An article coded; `loaded` holds the packs that were needed so far. None: it could not be, which was told."""
    place = f"{piece.source}: article {article.id}"
    if article.language not in loaded:
        if article.language not in packs.languages(folder):
            what = f"no pack for the language '{article.language}'; there are {', '.join(packs.languages(folder))}"
            on_problem(f'{place}: {what}. Correct the row\'s "language", or leave the article out.')
            return None
        loaded[article.language] = packs.load(article.language, folder)
    pack = loaded[article.language]
    try:
        claims, refusals = coder.read(article, pack)
    except PackError:
        raise
    except Exception as fault:  # one article that meets a fault of ours must not cost the reader all others
        what = f"the coder failed on it ({type(fault).__name__}: {fault})"
        on_problem(f"{place}: {what}. Please report the text; the others are done.")
        return None
    return Coded(article, claims, refusals, pack.direction, piece)


def _line(problem: read.Problem) -> str:
    place = problem.source if problem.line is None else f"{problem.source}:{problem.line}"
    return f"{place}: {problem.what}. {problem.mend}"
