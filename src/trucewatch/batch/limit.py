"""A limit of time for one piece of work. It holds in any thread, for a worker of a cluster works in threads of its own."""

import ctypes
import faulthandler
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
HARD = 15  # times the limit after which the process ends, where one step of foreign code does not return
_STEPS = 10_000  # of Python, in which what was set is raised


class TooLongError(BaseException):
    """The time is over. No `Exception`, so that nothing on the way takes it for a fault of the page."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives. Raises TooLongError after so many seconds: between two steps of Python, so that a long step of foreign
    code ends first. One that lasts `HARD` times as long ends the process, which whoever started it sees."""
    thread = threading.get_ident()
    lock = threading.Lock()
    over, rung, raised = False, False, False

    def ring() -> None:
        nonlocal rung
        with lock:
            if not over:
                rung = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLongError))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    faulthandler.dump_traceback_later(seconds * HARD, exit=True, file=sys.__stderr__ or 2)
    try:
        timer.start()
        return work()
    except TooLongError:
        raised = True
        raise
    finally:
        try:
            timer.cancel()
            with lock:
                over = True
            for _ in range(_STEPS if rung and not raised else 0):
                pass  # it was set and is raised here: taking it back would leave the interpreter looking for it at every step
        finally:
            faulthandler.cancel_dump_traceback_later()
