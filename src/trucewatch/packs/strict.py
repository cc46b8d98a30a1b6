"""Strict reading of YAML and TSV: duplicate keys, yes/no read as truth values and stray columns are errors with file, line and
mend."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from trucewatch.errors import PackError


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the fast one where it was built
    """YAML 1.2 core truth values only; a mapping may name a key once."""

    path: Path


# YAML 1.1 reads no, off, 12:30 and 2025-10-10 as something else: only null, true/false and plain numbers keep a type.
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", ["t", "f"]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]+\.[0-9]+$", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    out: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if isinstance(key, bool):
            raise PackError(f"{loader.path}:{line}: the key is read as a truth value. Put it in quotes.")
        if key in out:
            raise PackError(f"{loader.path}:{line}: the key '{key}' stands twice. Keep one of them.")
        out[key] = loader.construct_object(value_node, deep=True)
    return out


def _string(loader: _Loader, node: yaml.ScalarNode) -> str:
    value = str(loader.construct_scalar(node))
    if not node.style and value.casefold() in ("yes", "no", "on", "off"):
        line = node.start_mark.line + 1
        raise PackError(
            f"{loader.path}:{line}: '{value}' may be meant as a word or as a truth value. Write \"{value}\" or true/false."
        )
    return value


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:str", _string)


def read_yaml(path: Path) -> Any:
    """The plain data of a YAML file. Raises PackError with file, line and mend."""
    try:
        loader = _Loader(_text(path))
        loader.path = path
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise PackError(f"{path}:{line}: {error.problem or error.context}. Mend the YAML at this line.") from None
    except yaml.YAMLError as error:
        raise PackError(f"{path}:1: {error}. Mend the YAML.") from None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a TSV file: its line number and its cells by column name."""

    line: int
    cells: dict[str, str]


def read_tsv(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a tab-separated file with exactly these columns in its header; blank lines and lines that start with # are
    passed over.

    Missing cells at the end of a line are empty; more cells than columns are an error.
    """
    rows: list[Row] = []
    header: list[str] | None = None
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != list(columns):
                raise PackError(
                    f"{path}:{number}: the header is '{' '.join(header)}'. "
                    f"Write the columns {' '.join(columns)}, divided by tabs."
                )
            continue
        if len(cells) > len(header):
            raise PackError(f"{path}:{number}: {len(cells)} cells for {len(header)} columns. Take out the tabs too many.")
        cells += [""] * (len(header) - len(cells))
        if not cells[0]:
            raise PackError(f"{path}:{number}: the first cell is empty. Fill it or delete the line.")
        rows.append(Row(number, dict(zip(header, cells, strict=True))))
    return rows


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise PackError(f"{path}:1: not UTF-8 (byte {error.start}). Save the file as UTF-8.") from None
    except OSError as error:
        raise PackError(f"{path}:1: cannot be read ({error.strerror}). Look at the path and its rights.") from None
