"""Claims in a list: each with who said it, who printed it, when, in which words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from trucewatch import access, agreements, export, flow, ledger, packs, track
from trucewatch.ledger import Entry, Facets
from trucewatch.model import Article, Claim
from trucewatch.model.actor import Actor
from trucewatch.monitor import Monitor
from trucewatch.publish.labels import Labels
from trucewatch.publish.page import own_voice
from trucewatch.views.asking import FILTERS, Asked, query_of
from trucewatch.views.day import catch_up
from trucewatch.views.memory import Memory, remembered
from trucewatch.views.sight import Sight

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as lists show it. `voices`: names of the chain of voices, the outermost first; `grade` of the Admiralty code;
    `direction` of the article's language."""

    claim: Claim
    entry: Entry
    voices: tuple[str, ...]
    outlet: str
    published: str | None
    direction: str
    grade: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of claims and how all of them divide. `after`: the place from which the next page goes on, None on the last."""

    rows: tuple[Row, ...]
    facets: Facets
    after: tuple[str, int] | None


def found(
    monitor: Monitor,
    asked: Asked,
    sight: Sight,
    memory: Memory,
    known: Labels,
    *,
    after: tuple[str, int] | None = None,
    as_of: datetime | None = None,
    limit: int = PAGE,
) -> Found:
    """A page of what is asked for."""
    if asked.about is not None:
        catch_up(monitor, memory)
    query = query_of(asked, sight, limit=limit + 1, after=after)
    entries = ledger.claims(monitor.ledger, query, as_of=as_of)
    rows = rows_of(monitor, entries[:limit], known, sight, as_of=as_of)
    more = entries[limit - 1].place if len(entries) > limit else None
    key = ("facets", str(monitor.folder), ledger.said(monitor.ledger), replace(query, limit=0, after=None), as_of)
    divided = remembered(memory, key, ledger.head(monitor.ledger), lambda: ledger.facets(monitor.ledger, query, as_of=as_of))
    return Found(rows, divided, more)


def taken_out(
    monitor: Monitor, asked: Asked, sight: Sight, memory: Memory, actor: Actor, what: str, *, at: datetime
) -> Iterator[export.Row]:
    """All that is asked for, to leave the monitor row by row in the form `what`. That somebody took it is an entry of the chain,
    written before the first row."""
    if asked.about is not None:
        catch_up(monitor, memory)
    filters = asked.model_dump(mode="json", include=set(FILTERS) - {"words"}, exclude_none=True)
    access.exported(monitor.ledger, actor, what, asked=filters, words=asked.words, at=at)
    return flow.exported(monitor, query_of(asked, sight, limit=ledger.Query().limit))


def rows_of(
    monitor: Monitor, entries: Sequence[Entry], known: Labels, sight: Sight, *, as_of: datetime | None = None
) -> tuple[Row, ...]:
    """These claims, as lists show them."""
    articles = ledger.articles_of(monitor.ledger, {entry.body["article"] for entry in entries}, as_of=as_of)
    behind = ledger.claims_behind(monitor.ledger, sight)
    graded = track.gradings([each for each in ledger.gradings(monitor.ledger, as_of=as_of) if each.claim not in behind])
    names = agreements.namer(monitor.packs, known.code)
    directions = directions_of(monitor, {entry.language for entry in entries})
    return tuple(_row(entry, articles, graded, names, directions, known) for entry in entries)


def directions_of(monitor: Monitor, languages: set[str]) -> dict[str, str]:
    """Language -> ltr or rtl; those that nobody reads here are left to the browser."""
    known = languages & set(packs.languages(monitor.packs))
    return {code: packs.load(code, monitor.packs).direction if code in known else "auto" for code in languages}


def _row(
    entry: Entry,
    articles: Mapping[str, Article],
    graded: track.grades.Gradings,
    names: Callable[[str], str],
    directions: Mapping[str, str],
    known: Labels,
) -> Row:
    claim = ledger.claim_of(entry.body)
    article = articles.get(claim.article) or Article(claim.article, "", entry.language, outlet=entry.outlet)
    told = ledger.sources(entry.body, entry.outlet)
    grade = track.grade(graded, claim.id, claim.reading, voice=told[0], outlet=told[-1]).code
    outlet = names(entry.outlet) if entry.outlet else claim.article
    published = article.published.isoformat() if article.published else None
    return Row(claim, entry, voices_of(article, claim, names, known), outlet, published, directions[entry.language], grade)


def voices_of(article: Article, claim: Claim, names: Callable[[str], str], known: Labels) -> tuple[str, ...]:
    """The chain of voices by their names, else in their words; the outlet's own link by the outlet's name."""
    out = []
    for voice in claim.speaker:
        if voice.text is None:
            party = article.outlet or voice.party
            out.append(names(party) if party else own_voice(article, claim, known))
        else:
            name = names(voice.party) if voice.party else None
            out.append(name if name and name != voice.party else " ".join(voice.text.split()))
    return tuple(out)
