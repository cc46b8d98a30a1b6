"""What was made for a state of a ledger and is asked for again: a few values, the oldest dropped first."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")
REST = 10  # a value stands at least so many times as long as it took to make it


@dataclass(frozen=True, slots=True)
class Kept:
    """`until`: the moment (of a clock that only runs on) up to which it may stand for a newer state."""

    state: Hashable
    value: Any
    until: float


@dataclass(slots=True)
class Memory:
    """Changed in place, by several threads. `making`: a lock for each value that is being made, so that it is made once."""

    most: int = 64
    kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)
    making: dict[Hashable, Lock] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def remembered(memory: Memory, key: Hashable, state: Hashable, make: Callable[[], Value], *, patient: bool = True) -> Value:
    """The value of a key in a state, made where it is not there. With `patient`, the value of a moment ago while the state
    changes faster than values can be made, or while another thread is at it."""
    with memory.lock:
        found = _stands(memory, key, state, patient)
        mine = memory.making.setdefault(key, Lock()) if found is None else None
        old = memory.kept.get(key)
    if mine is None:
        assert found is not None
        return found.value  # type: ignore[no-any-return]
    if not mine.acquire(blocking=not patient or old is None):
        assert old is not None
        return old.value  # type: ignore[no-any-return]
    try:
        with memory.lock:
            found = _stands(memory, key, state, patient)
        return found.value if found else _made(memory, key, state, make)
    finally:
        mine.release()


def _stands(memory: Memory, key: Hashable, state: Hashable, patient: bool) -> Kept | None:
    found = memory.kept.get(key)
    if found is None or not (found.state == state or (patient and time.monotonic() < found.until)):
        return None
    memory.kept.move_to_end(key)
    return found


def _made(memory: Memory, key: Hashable, state: Hashable, make: Callable[[], Value]) -> Value:
    began = time.monotonic()
    value = make()
    ended = time.monotonic()
    with memory.lock:
        memory.kept[key] = Kept(state, value, ended + REST * (ended - began))
        memory.kept.move_to_end(key)
        while len(memory.kept) > memory.most:
            gone, _ = memory.kept.popitem(last=False)
            memory.making.pop(gone, None)
    return value
