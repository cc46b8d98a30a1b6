"""From the trackers of two days and what lies under them to the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trucewatch.model import Article, Claim, Happening
from trucewatch.model.agreement import Agreement
from trucewatch.model.tracker import Change, Tracker
from trucewatch.publish.agreement import Names, words_of
from trucewatch.publish.labels import labels
from trucewatch.publish.tracker import Why, phrases
from trucewatch.report import drawn, today
from trucewatch.report.desk import Desk
from trucewatch.report.parts import parts, tally
from trucewatch.report.sitrep import Cite, Item, Part, Sitrep
from trucewatch.report.unseen import Ground, method, unseen

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
    known = labels(language)
    put, now = phrases(known, "report", "tracker"), told.tracker
    by_id, graded = {claim.id: claim for claim in told.claims}, {each.claim: each for each in now.grades}
    desk = Desk(
        now, told.before, told.agreement, by_id, told.articles, told.happenings, directions, names, known, put, why, graded
    )
    made, cited, hidden = _embedded(_all(desk, told))
    return Sitrep(
        language=known.code,
        direction=known.direction,
        title=put("title", name=words_of(now.names, known), day=now.as_of),
        standing=str(known.words["agreement"].get(now.standing, now.standing)),
        basis=put("basis", claims=now.claims, articles=now.articles, undated=now.undated, day=now.as_of),
        since=told.before.as_of,
        as_of=now.as_of,
        tally=tally(desk),
        confirmable=sum(row.confirmable for row in now.grades),
        parts=made,
        cited=cited,
        hidden=hidden,
        sample=sample,
    )


def _all(desk: Desk, told: Told) -> tuple[Part, ...]:
    put, now = desk.put, told.tracker
    shown = _pictured(desk, parts(desk))
    old = parts(replace(desk, tracker=told.before))
    moved = tuple(today.moved(desk, told.changes, shown, old))
    since = told.before.as_of
    missing = _plain(unseen(told.ground, now.undated, since, put, desk.names, desk.known))
    return (
        Part("headlines", put("headlines"), tuple(today.headlines(desk)), charts=tuple(drawn.series(desk))),
        Part("moved", put("moved", since=since, day=now.as_of), moved),
        Part("times", put("times"), (), charts=tuple(drawn.times(desk))),
        *shown,
        Part("disputes", put("disputes"), tuple(today.disputes(desk))),
        Part("again", put("again"), tuple(today.again(desk)), charts=tuple(drawn.repeats(desk))),
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
    cited = tuple(dict.fromkeys(cite.claim for part in made for line in part.items for cite in (*line.cites, *line.counter)))
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
