"""One HTML file that needs nothing else: each article with its marked words beside its claims."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from trucewatch.model import Article, Claim, Quantity, When
from trucewatch.publish.labels import Labels, labels, say
from trucewatch.publish.spans import ROLES, Paragraph, paragraphs
from trucewatch.text.figuretext import written

VOTES = ("votes_for", "votes_against", "abstentions")
HEADLINE = "headline"
TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as the page shows it. `voice`: the innermost voice in words (the outlet: its name); `tally`: a vote's figures."""

    number: int
    anchor: str
    claim: Claim
    voice: str
    tally: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article as the page shows it; `labels` are of the article's language where the interface speaks it."""

    number: int
    article: Article
    labels: Labels
    title: str
    direction: str
    paragraphs: tuple[Paragraph, ...]
    cards: tuple[Card, ...]


def page(coded: Sequence[tuple[Article, Sequence[Claim]]], *, directions: Mapping[str, str], sample: bool = False) -> str:
    """The whole file. `directions`: language → ltr or rtl. The frame speaks the one language of all articles, or English."""
    sheets = tuple(sheet(number, article, claims, directions) for number, (article, claims) in enumerate(coded, 1))
    languages = {sheet.article.language for sheet in sheets}
    frame = labels(languages.pop() if len(languages) == 1 else "en")
    template = environment().get_template("claims.html.j2")
    return template.render(sheets=sheets, frame=frame, roles=ROLES, sample=sample, choices=_choices(sheets)) + "\n"


def title(article: Article) -> str:
    """The headline; where none is marked, the first line of the text."""
    block = next((b for b in article.blocks if b.kind == HEADLINE), None)
    text = article.text[block.start : block.end] if block else article.text.strip().partition("\n")[0]
    short = " ".join(text.split())
    return short if len(short) <= TITLE_LENGTH else short[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def own_voice(article: Article, claim: Claim, known: Labels) -> str:
    """The innermost voice in words."""
    voice = claim.speaker[-1] if claim.speaker else None
    if voice and voice.text:
        return " ".join(voice.text.split())
    return article.outlet or (voice.party if voice else None) or say(known, "page", "unnamed_outlet")


def span_of(when: When, known: Labels) -> Markup:
    """The interval, figures kept from left to right also inside Arabic."""
    if when.start and when.end:
        return ltr(when.start if when.start == when.end else f"{when.start} – {when.end}")
    word = "since" if when.start else "until"
    return Markup("{} {}").format(say(known, "range", word), ltr(when.start or when.end or ""))


def counted(quantity: Quantity, known: Labels) -> Markup:
    """The figure in words: "more than 900 breaches". The order of the words is the interface's."""
    form = "known" if quantity.of in known.words["quantities"] else "other"
    bound, noun = say(known, "bounds", quantity.bound), Markup("<bdi>{}</bdi>").format(say(known, "quantities", quantity.of))
    filled = Markup(say(known, "counts", form)).format(bound=bound, number=ltr(written(quantity.value)), of=noun)
    return Markup(" ".join(filled.split()))


def number(known: Labels, code: str, count: int) -> Markup:
    """A count in the page's own sentences ("8 claims")."""
    return Markup(say(known, "page", code)).format(n=ltr(count))


def ltr(text: object) -> Markup:
    """Figures, dates, ranges and codes turn round inside right-to-left text unless they are kept apart."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def sheet(number: int, article: Article, claims: Sequence[Claim], directions: Mapping[str, str]) -> Sheet:
    """An article and claims of it, to be shown."""
    known = labels(article.language)
    cards = tuple(
        Card(n, f"a{number}c{n}", claim, own_voice(article, claim, known), _tally(claim)) for n, claim in enumerate(claims, 1)
    )
    direction = directions.get(article.language, "auto")
    return Sheet(number, article, known, title(article), direction, paragraphs(article, claims), cards)


def _tally(claim: Claim) -> tuple[int, ...]:
    """For, against, abstaining, where all three are told or derived."""
    found = {q.of: int(q.value) for q in claim.quantities if q.of in VOTES and q.bound == "exact"}
    return tuple(found[of] for of in VOTES) if len(found) == len(VOTES) else ()


def _choices(sheets: Iterable[Sheet]) -> dict[str, list[tuple[str, int]]]:
    """What the page can be filtered by, the most frequent first."""
    cards = [card for sheet in sheets for card in sheet.cards]
    counts = {
        "event": Counter(card.claim.event for card in cards),
        "status": Counter(card.claim.status for card in cards),
        "voice": Counter(card.voice for card in cards),
    }
    return {key: sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])) for key, counter in counts.items()}


def environment() -> Environment:
    """The templates of this room, with what they may call."""
    found = Environment(
        loader=PackageLoader("trucewatch.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    found.globals |= {"say": say, "span_of": span_of, "counted": counted, "number": number}
    found.filters["ltr"] = ltr
    return found
