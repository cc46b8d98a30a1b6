"""Fail when a package that trucewatch needs at run time (directly or not) is under the GPL or AGPL only.

Where a package may be taken under one of several licences, one that is not the GPL's is enough. The LGPL, the MPL and
the permissive licences pass. Needs an environment in which trucewatch is installed.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_GPL = re.compile(r"(?<![a-z])a?gpl|general public licen[sc]e", re.IGNORECASE)
_LESSER = re.compile(r"lesser general public|library or lesser|lgpl", re.IGNORECASE)


def runtime(name: str = "trucewatch", extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """Every installed package that `name` needs on this machine, itself left out, by canonical name."""
    found: dict[str, Distribution] = {}
    todo = [(name, extras)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        key = todo.pop()
        if key in seen:
            continue
        seen.add(key)
        try:
            package = distribution(key[0])
        except PackageNotFoundError:
            sys.exit(f"{key[0]} is needed but not installed. Run this inside the project's environment.")
        if key[0] != name:
            found[canonicalize_name(key[0])] = package
        todo += [(need.name, frozenset(need.extras)) for need in _needs(package, key[1])]
    return found


def _needs(package: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield need


def choices(package: Distribution) -> tuple[str, ...]:
    """The licences a package may be taken under: by its SPDX expression's OR, else its classifiers, else the free field."""
    meta = package.metadata
    if "License-Expression" in meta:
        return tuple(part.strip(" ()") for part in re.split(r"\bOR\b", meta["License-Expression"]))
    classified = tuple(
        line.split(" :: ")[-1]
        for line in meta.get_all("Classifier") or ()
        if line.startswith("License :: ") and line.count(" :: ") > 1
    )
    if classified:
        return classified
    free = meta["License"].strip() if "License" in meta else ""
    return tuple(part.strip() for part in re.split(r"\bor\b", free.partition("\n")[0], flags=re.IGNORECASE)) if free else ()


def is_gpl(licence: str) -> bool:
    """True for the GPL and AGPL, False for the LGPL. "A AND GPL" is GPL."""
    return any(_GPL.search(part) and not _LESSER.search(part) for part in re.split(r"\bAND\b", licence))


def faults() -> list[str]:
    """One line for each run-time package that may not be shipped with; empty when all is well."""
    out = []
    for name, package in sorted(runtime().items()):
        licences = choices(package)
        if not licences:
            out.append(f"{name} {package.version}: states no licence. Read its files and decide before depending on it.")
        elif all(is_gpl(licence) for licence in licences):
            out.append(f"{name} {package.version}: {' or '.join(licences)}. Choose another package.")
    return out


def main() -> None:
    for name, package in sorted(runtime().items()):
        print(f"{name:24}{package.version:14}{' or '.join(choices(package))[:80]}")
    bad = faults()
    print("\n".join(bad) if bad else "no run-time package is under the GPL")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
