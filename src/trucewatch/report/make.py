"""From the trackers of two days and what lies under them to the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from trucewatch.model import Article, Claim, Happening
from trucewatch.model.agreement import Agreement
from trucewatch.model.grade import UNJUDGED
from trucewatch.model.tracker import Change, Tracker
from trucewatch.publish.agreement import Names, words_of
from trucewatch.publish.labels import labels
from trucewatch.publish.tracker import Why, phrases
from trucewatch.report import drawn, said, today
from trucewatch.report.desk import Desk, called
from trucewatch.report.parts import parts, tally
from trucewatch.report.places import places
from trucewatch.report.sitrep import Cite, Item, Part, Sitrep
from trucewatch.report.unseen import Ground, method, unseen
from trucewatch.text.fold import fold_text
from trucewatch.track.about import stands

WEEK = 7  # days
LINES = 120  # lines of one part
EMBEDDED = 500  # claims whose words stand in the report


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of: the tracker of its day and the one it is compared with, what moved between them, and what they are
    made of."""

    tracker: Tracker
    before: Tracker
    changes: tuple[Change, ...]
    agreement: Agreement
    claims: Iterable[Claim]
    articles: Mapping[str, Article]
    happenings: tuple[Happening, ...]
    ground: Ground


def sitrep(
    told: Told, *, names: Names, why: Why, language: str = "en", directions: Mapping[str, str], sample: bool = False
) -> Sitrep:
    """The report in a language. `directions`: language of an article → ltr or rtl."""
    desk = desk_of(told, names=names, why=why, language=language, directions=directions)
    known, put, now = desk.known, desk.put, desk.tracker
    made, cited, hidden = _embedded(_all(desk, told))
    return Sitrep(
        language=known.code,
        direction=known.direction,
        title=_title(told, desk),
        standing=str(known.words["agreement"].get(now.standing, now.standing)),
        basis=put("basis", claims=now.claims, articles=now.articles, undated=now.undated, day=now.as_of),
        since=told.before.as_of,
        as_of=now.as_of,
        tally=tally(desk),
        confirmable=sum(row.confirmable for row in now.grades),
        parts=made,
        cited=tuple((claim, desk.articles[claim.article], _grade(desk, id_)) for id_ in cited if (claim := desk.claims.get(id_))),
        hidden=hidden,
        sample=sample,
    )


def _title(told: Told, desk: Desk) -> str:
    """Of a day, of a week, or of any other time between two days."""
    since, day = told.before.as_of, told.tracker.as_of
    length = (date.fromisoformat(day) - date.fromisoformat(since)).days
    kind = {1: "daily", WEEK: "weekly"}.get(length, "between")
    return desk.put("report_title", kind).format(name=words_of(told.tracker.names, desk.known), since=since, day=day)


def desk_of(told: Told, *, names: Names, why: Why, language: str, directions: Mapping[str, str]) -> Desk:
    """What lines on a day are written from, in a language."""
    known = labels(language)
    put, names = phrases(known, "report", "tracker"), called(names, told.claims, told.articles, known)
    area = told.agreement.area.words
    near = frozenset(id_ for id_, row in told.articles.items() if not area or stands(area, fold_text(row.text)))
    return Desk(
        tracker=told.tracker,
        before=told.before,
        agreement=told.agreement,
        claims={claim.id: claim for claim in told.claims},
        articles=told.articles,
        happenings=tuple(row for row in told.happenings if not near.isdisjoint(row.articles)),
        near=near,
        directions=directions,
        names=names,
        known=known,
        put=put,
        why=why,
        grades={each.claim: each for each in told.tracker.grades},
    )


def _grade(desk: Desk, claim: str) -> str:
    return desk.grades[claim].code if claim in desk.grades else "".join(UNJUDGED)


def _all(desk: Desk, told: Told) -> tuple[Part, ...]:
    put, now = desk.put, told.tracker
    shown = _pictured(desk, parts(desk))
    old = parts(replace(desk, tracker=told.before, claims={}))  # only its lines are looked at
    moved = tuple(today.moved(desk, told.changes, shown, old))
    since = told.before.as_of
    missing = _plain(unseen(told.ground, now.undated, since, put, desk.names, desk.known))
    return (
        Part("headlines", put("headlines"), tuple(today.headlines(desk)), charts=tuple(drawn.series(desk))),
        Part("moved", put("moved", since=since, day=now.as_of), moved),
        Part("times", put("times"), (), charts=(*drawn.times(desk), *places(desk, drawn.start(desk)))),
        *shown,
        Part("disputes", put("disputes"), tuple(said.disputes(desk))),
        Part("again", put("again"), tuple(said.again(desk)), charts=tuple(drawn.repeats(desk))),
        Part("unseen", put("unseen"), missing),
        Part("method", put("method"), _plain(method(told.ground, put))),
    )


def _pictured(desk: Desk, made: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of the tracker with their pictures."""
    pictures = {"provisions": drawn.states, "violations": drawn.acts}
    return tuple(replace(part, charts=tuple(pictures[part.id](desk))) if part.id in pictures else part for part in made)


def _plain(lines: Iterable[Item]) -> tuple[Item, ...]:
    """Lines of our own about the report, which rest on no claim."""
    return tuple(replace(each, level="ground") for each in lines)


def _embedded(made: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[str, ...], int]:
    """The parts with so many lines and so many claims as a page can bear, all claims, and how many of them are left out."""
    lines_ = (cite.claim for part in made for line in part.items for cite in (*line.cites, *line.counter))
    drawn_ = (claim for part in made for chart in part.charts for row in chart.claims for claim in row)
    cited = tuple(dict.fromkeys(chain(lines_, drawn_)))
    shown: set[str] = set()
    out = []
    for part in made:
        lines = tuple(_within(line, shown) for line in part.items[:LINES])
        out.append(replace(part, items=lines, left=max(0, len(part.items) - LINES)))
    return tuple(out), cited, len(cited) - len(shown)


def _within(line: Item, shown: set[str]) -> Item:
    """A line with those of its claims that still find room; `shown` grows."""

    def kept(cites: tuple[Cite, ...]) -> tuple[Cite, ...]:
        out = []
        for cite in cites:
            if cite.claim in shown or len(shown) < EMBEDDED:
                shown.add(cite.claim)
                out.append(cite)
        return tuple(out)

    cites, counter = kept(line.cites), kept(line.counter)
    lost = len(line.cites) + len(line.counter) - len(cites) - len(counter)
    return replace(line, cites=cites, counter=counter, more=line.more + lost)
