"""What was made for a state of a ledger and is asked for again: a few values, the oldest dropped first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """Changed in place, by several threads. `making`: a lock for each value that is being made, so that it is made once."""

    most: int = 48
    kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    making: dict[Hashable, Lock] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def remembered(memory: Memory, key: Hashable, make: Callable[[], Value]) -> Value:
    """The value of a key, made where it is not there."""
    with memory.lock:
        if key in memory.kept:
            memory.kept.move_to_end(key)
            found: Value = memory.kept[key]
            return found
        mine = memory.making.setdefault(key, Lock())
    with mine:
        with memory.lock:
            if key in memory.kept:
                return memory.kept[key]  # type: ignore[no-any-return]
        made = make()
        with memory.lock:
            memory.kept[key] = made
            memory.making.pop(key, None)
            while len(memory.kept) > memory.most:
                memory.kept.popitem(last=False)
        return made
