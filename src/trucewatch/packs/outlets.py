"""Outlet files, outlets/<id>.yaml: found, read strictly, frozen."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from trucewatch.errors import PackError
from trucewatch.model.outlet import Feed, Outlet, PageRules, Told
from trucewatch.packs import outlet_form
from trucewatch.packs.load import files
from trucewatch.packs.schema import faults
from trucewatch.packs.shelf import kept
from trucewatch.packs.strict import read_yaml
from trucewatch.text.fold import fold_text

GUIDE = "docs/add-an-outlet.md"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@lru_cache(maxsize=4)
def outlets(folder: Path | None = None) -> tuple[Outlet, ...]:
    """All outlets in order of their ids, a user's own file in place of ours of the same name. Raises PackError."""
    found = files("outlets", "*.yaml", folder)
    if not found:
        return ()
    rows = kept("outlets", found, lambda: _read(found))
    return tuple(_frozen(name, row) for name, row in rows)


def outlet_faults(folder: Path | None = None) -> list[str]:
    """Every fault of the outlet files: of each by itself; two with the same host or name."""
    found = files("outlets", "*.yaml", folder)
    out: list[str] = []
    whole = []
    for path in found:
        try:
            own = _faults(path)
        except PackError as problem:
            own = [str(problem)]
        out.extend(own)
        if not own:
            whole.append(path)
    return out + list(_clashes(whole))


def _read(paths: list[Path]) -> list[tuple[str, dict[str, Any]]]:
    out = []
    for path in paths:
        if wrong := _faults(path):
            raise PackError(wrong[0])
        out.append((path.stem, read_yaml(path)))
    if wrong := list(_clashes(paths)):
        raise PackError(wrong[0])
    return sorted(out)


def _faults(path: Path) -> list[str]:
    if not _ID.fullmatch(path.stem):
        return [f"{path}:1: '{path.stem}' is no id. Name the file with small letters, digits and dashes, like al-masar.yaml."]
    return faults(outlet_form.Outlet, read_yaml(path), path, guide=GUIDE, family=outlet_form.Form)


def _clashes(paths: list[Path]) -> Iterator[str]:
    """A host or a name must tell one outlet."""
    seen: dict[tuple[str, str], Path] = {}
    for path in paths:
        row = read_yaml(path)
        names = {("name", fold_text(name)): name for told in row["names"].values() for name in told}
        named = {**names, ("name", path.stem): path.stem, **{("host", host): host for host in row["hosts"]}}
        for key, text in named.items():
            if seen.setdefault(key, path) != path:
                place = f"{path}:{_line(path, text)}"
                yield f"{place}: the {key[0]} '{text}' stands in {seen[key].name} too. Leave it with one of them."


def _line(path: Path, text: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _frozen(name: str, row: Mapping[str, Any]) -> Outlet:
    plain = dict(row)
    names = tuple((language, tuple(told)) for language, told in sorted(plain.pop("names").items()))
    told: dict[str, Any] = {key: Told(**plain.pop(key)) for key in ("owner", "affiliation") if plain.get(key)}
    feeds = tuple(Feed(**feed) for feed in plain.pop("feeds", ()))
    page = PageRules(**_tuples(plain.pop("page", None) or {}))
    return Outlet(id=name, names=names, feeds=feeds, page=page, **told, **_tuples(plain))


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if value is not None}
