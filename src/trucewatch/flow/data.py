"""Looking at the data that all reading rests on, and at how one sentence is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from trucewatch import coder, packs


@dataclass(frozen=True, slots=True)
class DataReport:
    """`problems` as `path:line: what. Mend.`; `recalled` counts rows of the world files that were written from memory."""

    languages: tuple[str, ...]
    problems: tuple[str, ...]
    recalled: int


def check_data(folder: Path | None = None, agreement: Path | None = None) -> DataReport:
    """Reads every data file as the coder does, and runs the examples of the rules; `agreement`: a file outside the folder."""
    from trucewatch.agreements import agreement_faults
    from trucewatch.agreements import check as check_agreements
    from trucewatch.coder.check import check as check_rules
    from trucewatch.export import check as check_exports
    from trucewatch.packs.check import check as check_files
    from trucewatch.packs.check import recalled
    from trucewatch.tables import check as check_tables

    rooms = (check_files(folder), check_agreements(folder), check_tables(folder), check_rules(folder), check_exports(folder))
    watched = agreement_faults(agreement, folder) if agreement else ()
    problems = dict.fromkeys(line for room in (*rooms, watched) for line in room)  # one fault may stop several rooms
    return DataReport(packs.languages(folder), tuple(problems), recalled(folder))


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
