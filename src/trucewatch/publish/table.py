"""Claims for the terminal. Everything is rich Text: brackets of an article are never read as markup."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from trucewatch.model import Article, Claim, Quantity, Role
from trucewatch.publish.labels import Labels, labels, say
from trucewatch.publish.page import own_voice, title
from trucewatch.publish.spans import paragraphs
from trucewatch.text.figuretext import written

STYLES = {
    "event": "underline",
    "context": "dim underline",
    "who": "blue",
    "voice": "magenta",
    "where": "green",
    "when": "yellow",
    "figure": "bold red",
}
STATUS_STYLES = {
    "occurred": "",
    "ongoing": "blue",
    "planned": "magenta",
    "possible": "yellow",
    "demanded": "green",
    "denied": "red",
}
QUOTE_LENGTH = 160


def claims_of(article: Article, claims: Sequence[Claim], *, language: str = "en") -> Group:
    """One article: its heading and a row for each claim."""
    known = labels(language)
    head = Text.assemble((title(article), "bold"), "\n", (_source(article, known), "dim"))
    if not claims:
        return Group(head, Text(say(known, "page", "no_claims"), style="dim"), Text())
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True, header_style="dim", expand=True)
    slots = known.words["slots"]
    for name, ratio in (
        (say(known, "roles", "event").capitalize(), 3),
        (slots["speaker"], 4),
        (f"{slots['actors']} → {slots['recipients']}", 4),
        (f"{slots['when']} · {slots['where']} · {slots['quantities']}", 5),
        (slots["evidence"], 6),
    ):
        table.add_column(name, ratio=ratio, overflow="fold")
    for number, claim in enumerate(claims, 1):
        table.add_row(*_row(number, article, claim, known))
    return Group(head, table)


def claims_by_day(rows: Sequence[tuple[str, Article, Claim]], *, language: str = "en") -> Table:
    """Claims of many articles, each with what stands before it (its day) and its id."""
    known = labels(language)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True, header_style="dim", expand=True)
    slots = known.words["slots"]
    table.add_column(slots["when"], min_width=len("2026-01-12"))
    for name, ratio in (
        (say(known, "roles", "event").capitalize(), 3),
        (slots["speaker"], 4),
        (f"{slots['actors']} → {slots['recipients']}", 4),
        (f"{slots['when']} · {slots['where']} · {slots['quantities']}", 4),
        (slots["evidence"], 5),
    ):
        table.add_column(name, ratio=ratio, overflow="fold")
    for number, (head, article, claim) in enumerate(rows, 1):
        cells = _row(number, article, claim, known)
        table.add_row(Text(head), *cells[:-1], Text.assemble(cells[-1], "\n", (claim.id, "dim")))
    return table


def marked_text(article: Article, claims: Sequence[Claim]) -> Text:
    """The text with its marked words, and behind them the number of the claim that begins there."""
    out = Text()
    for paragraph in paragraphs(article, claims):
        for segment in paragraph.segments:
            for number in segment.first_of:
                out.append(f"[{number}]", style="reverse dim")
            style = " ".join(STYLES[role] for role in segment.roles)
            out.append(segment.text, style=style or ("" if paragraph.kind in ("body", "headline") else "dim"))
        out.append("\n\n")
    return out


def dates_of(article: Article, *, language: str = "en") -> Table:
    """Every hint at the day of publication, and what became of it."""
    known = labels(language)
    table = Table(
        title=f"{say(known, 'page', 'published')}: {_day(article, known)}",
        box=box.SIMPLE_HEAD,
        title_justify="left",
        header_style="dim",
    )
    for key in ("source", "raw", "value", "verdict", "reason"):
        table.add_column(say(known, "dates", key), overflow="fold")
    for hint in article.dates:
        clock = f" {hint.time} {hint.zone or ''}".rstrip() if hint.time else ""
        style = {"used": "green", "refused": "red"}.get(hint.verdict, "dim")
        table.add_row(
            Text(say(known, "hints", hint.source)),
            Text(" ".join(hint.raw.split())),
            Text((hint.value.isoformat() if hint.value else "–") + clock),
            Text(say(known, "verdicts", hint.verdict), style=style),
            Text(hint.reason),
        )
    return table


def _source(article: Article, known: Labels) -> str:
    return " · ".join(part for part in (article.outlet, _day(article, known), article.language, article.id) if part)


def _day(article: Article, known: Labels) -> str:
    return article.published.isoformat() if article.published else say(known, "page", "unknown_day")


def _row(number: int, article: Article, claim: Claim, known: Labels) -> tuple[Text, ...]:
    event = Text.assemble((f"{number} ", "dim"), (claim.event, "bold"))
    if claim.mode:
        event.append(f"\n{say(known, 'modes', claim.mode)}")
    event.append(f"\n{say(known, 'statuses', claim.status)}", style=STATUS_STYLES[claim.status])
    quote = next((piece.quote for piece in claim.evidence if piece.role == "event"), "")
    return event, _voice(article, claim, known), _who(claim, known), _facts(claim, known), Text(_short(quote), style="italic")


def _voice(article: Article, claim: Claim, known: Labels) -> Text:
    out = Text(own_voice(article, claim, known))
    if claim.speaker and claim.speaker[-1].text is None:
        out.stylize("dim")
    return _with_party(out, claim.speaker[-1].party if claim.speaker and claim.speaker[-1].text else None)


def _who(claim: Claim, known: Labels) -> Text:
    sides = [_roles(entries, known) for entries in (claim.actors, claim.recipients)]
    out = Text(" → ").join(sides) if sides[1] else sides[0]
    if claim.participants:
        out = Text("\n").join(filter(None, (out, _roles(claim.participants, known))))
    return Text("\n").join([out, _labelled("object", claim.object.text, known)]) if claim.object else out


def _roles(entries: Sequence[Role], known: Labels) -> Text:
    found = []
    for role in entries:
        name = _with_party(Text(" ".join((role.text or "").split())), role.party)
        found.append(Text.assemble(name, (f" ({say(known, 'parts', role.as_)})", "dim")) if role.as_ else name)
    return Text(", ").join(found)


def _facts(claim: Claim, known: Labels) -> Text:
    return Text("\n").join(_fact_lines(claim, known))


def _fact_lines(claim: Claim, known: Labels) -> Iterator[Text]:
    for quantity in claim.quantities:
        yield Text.assemble((_counted(quantity, known), "bold"), (f" · {say(known, 'scopes', quantity.scope)}", "dim"))
    if claim.when:
        days = " – ".join(dict.fromkeys(day or "…" for day in (claim.when.start, claim.when.end)))
        yield Text.assemble(days, (f" · {say(known, 'bases', claim.when.basis)}", "dim"))
    if claim.where:
        yield Text.assemble(
            (" ".join(claim.where.text.split()), "green"), (f" {claim.where.country}" if claim.where.country else "", "dim")
        )


def _counted(quantity: Quantity, known: Labels) -> str:
    form = "known" if quantity.of in known.words["quantities"] else "other"
    filled = say(known, "counts", form).format(
        bound=say(known, "bounds", quantity.bound), number=written(quantity.value), of=say(known, "quantities", quantity.of)
    )
    return " ".join(filled.split())


def _labelled(slot: str, text: str, known: Labels) -> Text:
    return Text.assemble((f"{say(known, 'slots', slot)}: ", "dim"), " ".join(text.split()))


def _with_party(name: Text, party: str | None) -> Text:
    return Text.assemble(name, (f" {party}" if name.plain else party, "dim")) if party else name


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= QUOTE_LENGTH else plain[: QUOTE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
