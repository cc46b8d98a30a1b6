"""Nouns to JSON and back, and digests of values: for what is kept of them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """A noun as JSON holds it: records as objects, sets in order, days as text."""
    if isinstance(value, str | int | float | NoneType):
        return value
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return sorted(([plain(key), plain(item)] for key, item in value.items()), key=repr)
    return sorted(map(plain, value), key=repr) if isinstance(value, set | frozenset) else [plain(item) for item in value]


def thawed(kind: Any, data: Any) -> Any:
    """The noun of this type of which `data` is the plain form. Mappings and sets have no way back."""
    make = _maker(kind)
    return make(data) if make else data


def digest(*values: Any) -> str:
    """One digest over values: equal nouns give equal ones, in whatever order their sets stand."""
    told = json.dumps(plain(values), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def code(*rooms: ModuleType) -> str:
    """A digest of what stands in the files of these rooms."""
    files = sorted(path for room in rooms for path in Path(room.__file__ or "").parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


@cache
def _maker(kind: Any) -> Callable[[Any], Any] | None:
    """How a value of this type is made of its plain form; None: it is its plain form."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        makers = [(each.name, _maker(hints[each.name])) for each in fields(kind)]
        return lambda data: kind(*(make(data[name]) if make else data[name] for name, make in makers))  # type: ignore[operator]
    if kind in (date, time):
        return date.fromisoformat if kind is date else time.fromisoformat
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        if parts[-1:] == (Ellipsis,):
            each = _maker(parts[0])
            return (lambda data: tuple(map(each, data))) if each else tuple
        several = [_maker(part) for part in parts]
        return lambda data: tuple(make(item) if make else item for make, item in zip(several, data, strict=True))
    inner = next((make for part in parts if part is not NoneType and (make := _maker(part))), None)
    return (lambda data: None if data is None else inner(data)) if inner else None
