"""A claim as a reviewer decides on it: its slots, for each what else it could be by one key, its words in the article, and the
claims that may tell the same."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup, escape

from trucewatch import flow, ledger
from trucewatch.access import NOTHING, Hidden
from trucewatch.desk.second import Conflict, conflicts, plain
from trucewatch.ledger import CODING, SLOTS, VERDICT, Entry, Judgement, Ledger
from trucewatch.model import EVENTS, MODES, STATUSES, Article, Claim
from trucewatch.publish.labels import Labels, say
from trucewatch.publish.page import counted, span_of
from trucewatch.publish.spans import Stretch, stretches

Names = Callable[[str], str]
CHOICES = 30  # that keys can name
NEAR = 9  # other claims that keys can name


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a slot, and how it is called."""

    words: Markup
    value: Any


@dataclass(frozen=True, slots=True)
class Slot:
    """`options`: what else it could be; `spoken`: its value may be made of words of the text."""

    name: str
    words: Markup
    options: tuple[Option, ...]
    spoken: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """`claim`: as it holds now; in second coding as the coder read it with what this person corrected. `judgements`: what was
    said of it, none in second coding. `conflict`: what two coded differently, for those who may settle it."""

    entry: Entry
    claim: Claim
    article: Article
    slots: tuple[Slot, ...]
    marks: tuple[Stretch, ...]
    beside: tuple[tuple[str, str], ...]
    judgements: tuple[Judgement, ...]
    conflict: Conflict | None
    choices: tuple[tuple[Option, Option], ...]


_SPOKEN = frozenset({"speaker", "actors", "recipients", "participants", "cause", "object", "refers", "where"})


def card(
    book: Ledger, claim: str, known: Labels, names: Names, *, blind: str | None = None, settles: bool, hidden: Hidden = NOTHING
) -> Desk | None:
    """None where it is not shown, or not to this reader. `blind`: who codes it again, without seeing what others said."""
    found = ledger.shown(book, [claim], hidden=hidden)
    article = ledger.article(book, found[0].body["article"]) if found else None
    if article is None:
        return None
    (entry,) = found
    said = [j for j in ledger.judgements_of(book, [claim]) if j.reading == entry.body["reading"]]
    split = next(iter(conflicts({claim: entry}, said)), None) if settles and not blind else None
    if blind:
        said = [j for j in said if j.field == CODING and j.who == blind]
        told = {name: value for name, value in (said[-1].value if said else {}).items() if name != VERDICT}
    else:
        told = {each.field: each.value for each in said}
    now = flow.laid_over(ledger.claim_of(entry.body), told)
    near = [ledger.claim_of(each.body) for each in ledger.claims(book, ledger.Query(article=article.id, limit=60, hidden=hidden))]
    pairs = tuple(tuple(_option(name, v, known, names) for v in values) for name, *values in split.slots) if split else ()
    return Desk(
        entry=entry,
        claim=now,
        article=article,
        slots=tuple(_slots(now, near, known, names)),
        marks=stretches([now]),
        beside=tuple(_beside(book, entry, known, hidden)),
        judgements=() if blind else tuple(said),
        conflict=split,
        choices=tuple((one, other) for one, other in pairs),
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """A judgement whose claim reads otherwise now or is withdrawn; `entry`: how the person saw it."""

    judged: Judgement
    entry: Entry


def left_behind(book: Ledger, claim: str, number: int, *, hidden: Hidden = NOTHING) -> Lost | None:
    """A judgement that waits for review; None where it does not, or not for this reader."""
    judged = next((each for each in ledger.review(book) if (each.claim, each.n) == (claim, number)), None)
    spells = [each for each in ledger.history(book, claim) if judged and each.body["reading"] == judged.reading]
    if judged is None or not spells or ledger.hides(hidden, spells[-1].body["article"], spells[-1].outlet):
        return None
    return Lost(judged, spells[-1])


def describe(name: str, value: Any, known: Labels, names: Names) -> Markup:
    """A slot's value in words; a dash where there is none."""
    if value in (None, []):
        return Markup("–")
    if isinstance(value, list):
        return Markup("; ").join(describe(name, part, known, names) for part in value)
    if isinstance(value, str):
        group = {"event": "events", "mode": "modes", "status": "statuses"}.get(name)
        return escape(say(known, group, value) if group else value)
    if name in ("when", "quantities"):
        claim = ledger.claim_of({**_EMPTY, name: value if name == "when" else [value]})
        return span_of(claim.when, known) if claim.when else counted(claim.quantities[0], known)
    party = value.get("party")
    words = " ".join((value.get("text") or "").split())
    shown = words or (names(party) if party else say(known, "voices", value["kind"]) if "kind" in value else "")
    tail = f" ({party})" if party and words else f" ({value['name']})" if value.get("name") else ""
    return Markup("<bdi>{}</bdi>").format(shown + tail)


_LISTS = ("speaker", "actors", "recipients", "participants", "cause", "quantities", "about", "evidence")
_EMPTY = {**dict.fromkeys(("id", "reading", "article", "event", "mode", "status", "when", "where", "object", "refers"))} | {
    **{name: [] for name in _LISTS},
    "coder": {"name": "", "version": "", "rules": []},
}


def _option(name: str, value: Any, known: Labels, names: Names) -> Option:
    return Option(describe(name, value, known, names), value)


def _slots(now: Claim, near: Iterable[Claim], known: Labels, names: Names) -> Iterator[Slot]:
    bodies = [claim.public() for claim in near]
    codes = {"event": EVENTS, "status": STATUSES, "mode": (*MODES[now.event], None)}
    body = now.public()
    for name in SLOTS:
        values = [*codes[name]] if name in codes else _told(name, bodies)
        options = (_option(name, value, known, names) for value in values if value != body[name])
        yield Slot(name, describe(name, body[name], known, names), tuple(options)[:CHOICES], name in _SPOKEN)


def _told(name: str, bodies: Sequence[Any]) -> list[Any]:
    """What the claims of the article have in this slot, each value once; and nothing at all, where that may be."""
    roles = ("actors", "recipients", "participants")
    parts = [body[slot] for body in bodies for slot in (roles if name in roles else (name,))]
    singles = [[part] for value in parts if isinstance(value, list) and name != "speaker" for part in value]
    found = {plain(name, value): value for value in [*singles, *parts] if value}
    empty: list[Any] = [] if name == "speaker" else [[] if name in _LISTS else None]
    return [*found.values(), *empty]


def _beside(book: Ledger, entry: Entry, known: Labels, hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Claims of the same kind within a day, those of the same parties first: id, and its words."""
    if not entry.day:
        return
    day = date.fromisoformat(entry.day)
    about = timedelta(days=1)
    asked = ledger.Query(event=entry.body["event"], first=day - about, last=day + about, limit=60, hidden=hidden)
    mine = _parties(entry)
    found = [each for each in ledger.claims(book, asked) if each.body["id"] != entry.body["id"]]
    for other in sorted(found, key=lambda each: -len(mine & _parties(each)))[:NEAR]:
        words = " … ".join(" ".join(p["quote"].split()) for p in other.body["evidence"] if p["role"] == "event")
        yield other.body["id"], f"{words} ({other.outlet or other.body['article']})"


def _parties(entry: Entry) -> set[str]:
    roles = ("actors", "recipients", "participants")
    return {part["party"] for name in roles for part in entry.body[name] if part["party"]}
