"""The way of one article, from its bytes to its claims, and of one day, from claims to the tracker: the only room that knows all
steps."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from trucewatch import __version__, coder, packs, read
from trucewatch.coder import Refusal
from trucewatch.errors import KeepError, MonitorError, PackError, ReadError
from trucewatch.model import MODES, STATUSES, Article, Claim, LinkKnowledge, Pairing, Series, Spread
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracked import About
from trucewatch.model.tracker import Ruling, Tracker
from trucewatch.packs import Pack

if TYPE_CHECKING:  # loaded only where there is a ledger; linking and tracking too, only where an agreement is watched
    from trucewatch.ledger import Added, Run
    from trucewatch.monitor import Monitor

Report = Callable[[str], None]
Watch = Callable[[Iterable["Coded"]], Iterable["Coded"]]
JUDGED = ("event", "mode", "status")
START_SLACK = 7  # days between two starts that are meant for the same beginning


@dataclass(frozen=True, slots=True)
class Coded:
    """An article, its verified claims, and the claims that were refused with the reason. `direction` is that of its language."""

    article: Article
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...]
    direction: str


@dataclass(frozen=True, slots=True)
class DataReport:
    """`problems` as `path:line: what. Mend.`; `recalled` counts rows of the world files that were written from memory."""

    languages: tuple[str, ...]
    problems: tuple[str, ...]
    recalled: int


def code_source(
    sources: Iterable[str | Path],
    *,
    on_problem: Report,
    language: str | None = None,
    folder: Path | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Coded]:
    """The articles of all sources, coded one by one. What cannot be read or coded is told to `on_problem`; the rest is done.

    `language` is that of articles which do not tell their own; `folder` holds data files of the user's own. Raises PackError.
    """
    known = read.knowledge(packs.DATA / "languages", folder / "languages" if folder else None)
    loaded: dict[str, Pack] = {}
    for source in sources:
        for article in read.articles(source, known, on_problem=lambda p: on_problem(_line(p)), language=language, stdin=stdin):
            coded = _code(article, str(source), loaded, folder, on_problem)
            if coded:
                yield coded


def read_into(
    monitor: "Monitor",
    sources: Iterable[str | Path],
    *,
    actor: str,
    clock: Callable[[], datetime],
    on_problem: Report,
    language: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[tuple[Coded, "Added"]]:
    """Reads and codes the articles of all sources and keeps each in the monitor's ledger, one transaction for each; with what
    that changed. Killed and started again, it passes over what is in. `clock` tells the moment of each entry."""
    from trucewatch import ledger

    run = ledger.Run(clock(), actor, "rules", __version__)
    told = language or monitor.settings.language
    coded = code_source(sources, on_problem=on_problem, language=told, folder=monitor.packs, stdin=stdin)
    yield from keep(monitor, coded, run=run, clock=clock, on_problem=on_problem)


def keep(
    monitor: "Monitor", coded: Iterable[Coded], *, run: "Run", clock: Callable[[], datetime], on_problem: Report
) -> Iterator[tuple[Coded, "Added"]]:
    """Keeps coded articles in the monitor's ledger."""
    from trucewatch import ledger

    for entry in coded:
        try:
            yield entry, ledger.add(monitor.ledger, entry.article, entry.claims, run=run, at=clock())
        except KeepError as problem:
            on_problem(str(problem))


@dataclass(frozen=True, slots=True)
class Case:
    """All that a monitor holds of its agreement: claims in their shown readings, judged fields set, `about` filled."""

    agreement: Agreement
    claims: tuple[Claim, ...]
    articles: Mapping[str, Article]
    said: Mapping[str, tuple[About, ...]]
    pairings: tuple[Pairing, ...]
    rulings: tuple[Ruling, ...]
    acts_for: Mapping[str, frozenset[str]]
    knowledge: LinkKnowledge


def case(monitor: "Monitor") -> Case:
    """Reads a monitor for tracking. Raises MonitorError where it watches no agreement."""
    from trucewatch import agreements, ledger
    from trucewatch.monitor import SETTINGS, agreement_of

    agreement = agreement_of(monitor)
    if agreement is None:
        raise MonitorError(f'{monitor.folder / SETTINGS}: it watches no agreement. Write agreement = "FILE" there.')
    claims, articles = ledger.everything(monitor.ledger)
    judged = {(j.claim, j.reading, j.field): j.value for j in ledger.judgements_of(monitor.ledger)}
    claims = tuple(_as_judged(claim, judged) for claim in claims)
    pairings, rulings = ledger.pairings(monitor.ledger), ledger.rulings(monitor.ledger)
    return case_of(
        agreement, claims, articles, pairings, rulings, acts_for=agreements.acts_for(monitor.packs), folder=monitor.packs
    )


def case_of(
    agreement: Agreement,
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    pairings: Sequence[Pairing] = (),
    rulings: Sequence[Ruling] = (),
    *,
    acts_for: Mapping[str, frozenset[str]],
    folder: Path | None = None,
) -> Case:
    """The same from claims and articles that are in memory."""
    from trucewatch import track

    told = tuple(claims)
    said = track.heard(agreement, told, articles, acts_for=acts_for)
    filled = tuple(replace(claim, about=tuple(each.id for each in said[claim.id])) for claim in told)
    return Case(agreement, filled, articles, said, tuple(pairings), tuple(rulings), acts_for, packs.linking(folder))


def tracker(known: Case, day: date) -> Tracker:
    """Where the agreement stands on a day, by what was printed until then: linked, figures in series, checked, tracked."""
    from trucewatch import link, track

    claims = track.known_at(known.claims, known.articles, day)
    articles = {name: row for name, row in known.articles.items() if row.published and row.published <= day}
    index = link.indexed(claims, articles, known.pairings, knowledge=known.knowledge)
    happenings = link.of(index)
    series = link.series(link.figures(view for view in index.views.values() if view.claim.about))
    counted = [one for one in series if any(figure.day <= day.isoformat() for figure in one.figures)]
    found = link.findings(index, articles, happenings, link.agreed_of(known.agreement))
    about = {claim.article for claim in claims if claim.about}
    return track.build(
        known.agreement,
        happenings,
        claims,
        known.articles,
        known.rulings,
        as_of=day,
        acts_for=known.acts_for,
        said=known.said,
        series=counted,
        spreads=tuple(_spreads(known, counted, day)),
        findings=[one for one in found if about & set(one.articles)],
    )


def directions(known: Case, folder: Path | None = None) -> dict[str, str]:
    """Language of an article → ltr or rtl."""
    told = {article.language for article in known.articles.values()} & set(packs.languages(folder))
    return {code: packs.load(code, folder).direction for code in sorted(told)}


def _spreads(known: Case, series: Sequence[Series], day: date) -> Iterator[Spread]:
    """Of what is counted since about the day on which the agreement came into force, and for each doer apart."""
    from trucewatch import link

    starts = [stretch.start.start for stretch in known.agreement.in_force if stretch.start.start <= day]
    groups: dict[tuple[str, str], list[Series]] = {}
    for one in series:
        near = one.start and any(abs((date.fromisoformat(one.start) - start).days) <= START_SLACK for start in starts)
        if one.running and near:
            groups.setdefault((one.of, (one.doer or "").partition(".")[0]), []).append(one)
    for (of, _), group in sorted(groups.items()):
        found = link.spread(group, of, day.isoformat())
        if found.figures:
            yield found


def _as_judged(claim: Claim, judged: Mapping[tuple[str, str, str], Any]) -> Claim:
    """The claim with the event, mode and status that a person gave it."""
    told = {field: judged[key] for field in JUDGED if (key := (claim.id, claim.reading, field)) in judged}
    event = told.get("event", claim.event)
    mode = told.get("mode", claim.mode if event == claim.event else None)
    status = told.get("status", claim.status)
    fits = event in MODES and (mode is None or mode in MODES[event]) and status in STATUSES
    return replace(claim, event=event, mode=mode, status=status) if told and fits else claim


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


def check_data(folder: Path | None = None) -> DataReport:
    """Reads every data file as the coder does, and runs the examples of the rules."""
    from trucewatch.agreements import check as check_agreements
    from trucewatch.coder.check import check as check_rules
    from trucewatch.packs.check import check as check_files
    from trucewatch.packs.check import recalled

    problems = (*check_files(folder), *check_agreements(folder), *check_rules(folder))
    return DataReport(packs.languages(folder), problems, recalled(folder))


def resolver(folder: Path | None = None) -> Callable[[str, str], str | None]:
    """(words, language) -> the world id of the party they name, as the coder reads them."""

    @cache
    def resolve(words: str, language: str) -> str | None:
        return coder.party_of(words, packs.load(language, folder)) if language in packs.languages(folder) else None

    return resolve


def reading(text: str, row: Mapping[str, Any], folder: Path | None = None) -> list[str]:
    """How a sentence of an article is read by itself: items, marks, claims, what was weighed."""
    published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    return coder.explain(text, packs.load(row["language"], folder), published)


def _claim(line: str, place: str) -> dict[str, Any]:
    from trucewatch.publish.form import check as check_form

    try:
        claim: dict[str, Any] = json.loads(line)
    except ValueError as problem:
        raise ReadError(f"{place}: no JSON ({problem}). Write one claim a line.") from None
    check_form(claim, place)
    return claim


def _code(article: Article, source: str, loaded: dict[str, Pack], folder: Path | None, on_problem: Report) -> Coded | None:
    place = f"{source}: article {article.id}"
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
    return Coded(article, claims, refusals, pack.direction)


def _line(problem: read.Problem) -> str:
    place = problem.source if problem.line is None else f"{problem.source}:{problem.line}"
    return f"{place}: {problem.what}. {problem.mend}"
