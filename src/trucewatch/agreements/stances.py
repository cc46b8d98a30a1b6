"""The rules by which claims tell where somebody stands to an agreement (data/ontology/stances.yaml), frozen."""

from pathlib import Path

from trucewatch.model.agreement import Calls
from trucewatch.model.tracked import Stance
from trucewatch.packs import find
from trucewatch.packs.schema import MODELS, StanceRow, validate
from trucewatch.packs.strict import read_yaml


def stances(folder: Path | None = None) -> tuple[Stance, ...]:
    """In the order of the file, which is that in which they are tried. Raises PackError where it is not in its form."""
    path = find("ontology/stances.yaml", folder)
    rows: list[StanceRow] = validate(MODELS["stances"], read_yaml(path), path)
    return tuple(
        Stance(
            row.name, row.stance, tuple(row.events), tuple(row.modes), tuple(row.statuses), _words(row.words), _words(row.unless)
        )
        for row in rows
    )


def _words(told: dict[str, list[str]]) -> Calls:
    return tuple(sorted((language, tuple(words)) for language, words in told.items()))
