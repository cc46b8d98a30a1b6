"""One choice the judge has to make, with its signs."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Case(Generic[Option]):
    """`option` may be chosen; `signs` speak for or against it."""

    option: Option
    signs: tuple[str, ...]
