"""The codes of provisions: PA-X, the Kroc matrix and ours (data/ontology/provisions.yaml), frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trucewatch.packs import find
from trucewatch.packs.schema import Provisions, validate
from trucewatch.packs.strict import read_yaml


@dataclass(frozen=True, slots=True)
class Category:
    """A category of one of the three lists. `pam` and `pax`: the nearest categories of the other lists. `checked`: label and
    mapping were seen in a public source; codes are not meant. `label` by language, sorted; none where only the code is
    known."""

    code: str
    label: tuple[tuple[str, str], ...]
    pam: tuple[str, ...]
    pax: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """`groups`: beneficiaries that are no party. `roles`: role of a party -> its term in PA-X (Part, ThrdPart)."""

    pam: Mapping[str, Category]
    pax: Mapping[str, Category]
    ours: Mapping[str, Category]
    groups: Mapping[str, tuple[tuple[str, str], ...]]
    roles: Mapping[str, str]


def taxonomy(folder: Path | None = None) -> Taxonomy:
    """The codes; raises PackError where the file is not in its form. A part of a PA-X category is written `HrCp:FMov`."""
    path = find("ontology/provisions.yaml", folder)
    data: Provisions = validate(Provisions, read_yaml(path), path)
    pax: dict[str, Category] = {}
    for code, row in data.pax.items():
        label = (("en", row.label),) if row.label else ()
        pax[code] = Category(code, label, (), (), row.checked)
        pax |= {f"{code}:{part}": Category(f"{code}:{part}", (), (), (), row.checked) for part in row.parts}
    return Taxonomy(
        {code: Category(code, (("en", row.label),), (), tuple(row.pax), row.checked) for code, row in data.pam.items()},
        pax,
        {
            code: Category(code, tuple(sorted(row.label.items())), tuple(row.pam), tuple(row.pax), row.checked)
            for code, row in data.ours.items()
        },
        {name: tuple(sorted(label.items())) for name, label in data.groups.items()},
        data.roles,
    )
