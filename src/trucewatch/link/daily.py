"""A daily series by others as a source like any other: each row an article, kept to the character, each count a claim
that quotes it."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from trucewatch.errors import ReadError
from trucewatch.model import Article, Claim, Coder, DailySource, Evidence, Quantity, Voice, When
from trucewatch.model.claim import signed

_ROWS = json.JSONDecoder()
_GAP = re.compile(r"[\s,\[]*")


def read_daily(text: str, form: DailySource) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """The rows of a JSON list, in their order. Counts of 0 are no claims: they tell that nothing happened. Raises ReadError."""
    at = _GAP.match(text).end()  # type: ignore[union-attr]
    number = 0
    while at < len(text) and text[at] == "{":
        number += 1
        try:
            row, end = _ROWS.raw_decode(text, at)
            day = date.fromisoformat(row[form.day])
        except (ValueError, KeyError, TypeError) as problem:
            what = f"row {number}: no row with a day '{form.day}' ({problem})"
            raise ReadError(f"{form.name}: {what}. Give the JSON list of rows as it was published.") from None
        article = Article(f"s:{form.name}:{day.isoformat()}", text[at:end], form.language, None, form.outlet, day)
        yield article, tuple(_claims(article, row, form))
        at = _GAP.match(text, end).end()  # type: ignore[union-attr]
    if not number:
        raise ReadError(f"{form.name}: no rows. Give a JSON list of objects.")


def _claims(article: Article, row: Any, form: DailySource) -> Iterator[Claim]:
    day = article.published.isoformat() if article.published else ""
    voice = _voice(article.text, row, form)
    for key, of, scope in form.counts:
        found = re.search(rf'"{re.escape(key)}"\s*:\s*(\d+)', article.text)
        if not found or int(found[1]) == 0:
            continue
        quantity = Quantity(of, float(found[1]), "exact", scope, found[1], *found.span(1))
        made = Claim(
            id="",
            reading="",
            article=article.id,
            event=form.event,
            mode=None,
            status="occurred",
            speaker=(Voice("outlet", None, None, None, form.outlet), *voice),
            actors=(),
            recipients=(),
            participants=(),
            when=When(day, day, "day", "stated", None, None, "the day of the row"),
            where=None,
            cause=(),
            object=None,
            quantities=(quantity,),
            about=(),
            refers=None,
            evidence=(Evidence("event", *found.span(), found.group()), Evidence("figure", *found.span(1), found[1])),
            coder=Coder("series", form.name, (f"{form.name}#{key}",)),
        )
        yield signed(made, key)


def _voice(text: str, row: Any, form: DailySource) -> tuple[Voice, ...]:
    told = row.get(form.voice)
    found = re.search(rf'"{re.escape(form.voice)}"\s*:\s*"([^"]*)"', text) if told else None
    if not found or told not in form.voices:
        return ()
    return (Voice("organisation", found[1], *found.span(1), form.voices[told]),)
