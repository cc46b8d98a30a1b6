"""A limit of time for one piece of work. It holds in any thread, for a worker of a cluster works in threads of its own."""

import ctypes
import faulthandler
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
HARD = 60  # times the limit by the clock after which the process ends, where one step of foreign code does not return
_TICK = 0.02
_STEPS = 10_000  # of Python, in which what was set is raised


class TooLongError(BaseException):
    """The time is over. No `Exception`, so that nothing on the way takes it for a fault of the page."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives. Raises TooLongError after so many seconds of the processor, so that a busy machine gives the same as a
    quiet one: between two steps of Python, so that a long step of foreign code ends first. One that lasts `HARD` times as long
    ends the process, which whoever started it sees."""
    thread = threading.get_ident()
    spent = _clock(thread)
    begun = spent()
    lock, ended = threading.Lock(), threading.Event()
    rung, raised = False, False

    def watch() -> None:
        nonlocal rung
        left = seconds
        while left > 0:
            if ended.wait(max(left, _TICK)):
                return
            left = seconds - (spent() - begun)
        with lock:
            if not ended.is_set():
                rung = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLongError))

    faulthandler.dump_traceback_later(max(seconds * HARD, 60.0), exit=True, file=sys.__stderr__ or 2)
    try:
        threading.Thread(target=watch, daemon=True).start()
        return work()
    except TooLongError:
        raised = True
        raise
    finally:
        try:
            with lock:
                ended.set()
            for _ in range(_STEPS if rung and not raised else 0):
                pass  # it was set and is raised here: taking it back would leave the interpreter looking for it at every step
        finally:
            faulthandler.cancel_dump_traceback_later()


def _clock(thread: int) -> Callable[[], float]:
    """The processor's seconds of a thread; those of the clock where the system does not tell them."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)
