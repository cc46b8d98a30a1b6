"""The driver: hands out tasks in windows, counts crashes, sets aside what kills its worker again and again. It knows nothing of
articles: shards and days of linking go the same way."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from trucewatch.batch.executors import Slot
from trucewatch.errors import BatchError, TrucewatchError

CRASHES = 3
_TICK = 0.5

Task = TypeVar("Task")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Event(Generic[Task, Made]):
    """What became of a task. `made` None: it is set aside, `what` tells why."""

    task: Task
    made: Made | None
    what: str = ""


def run(
    tasks: Iterable[Task], work: Callable[..., Made], told: Sequence[Any], slots: Sequence[Slot], *, crashes: int = CRASHES
) -> Iterator[Event[Task, Made]]:
    """Works `work(task, *told)` for every task and tells of each as it is done. A task over which its worker died is tried again;
    the third time it is set aside. Errors that a user can mend end the run; whatever is done by then stays."""
    waiting, died = deque(tasks), Counter[Task]()
    open_: list[Executor] = [slot.make() for slot in slots]
    running: dict[Future[Made], tuple[Task, int]] = {}
    try:
        while waiting or running:
            _fill(waiting, running, work, told, slots, open_)
            done, _ = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
            broken: set[int] = set()
            for future in done:
                task, at = running.pop(future)
                event = _told(future, task)
                if event is not None:
                    yield event
                    continue
                broken.add(at)
                died[task] += 1
                if died[task] < crashes:
                    waiting.append(task)
                else:
                    yield Event(
                        task, None, f"its worker died {crashes} times over it. Look at the input; --retry tries it again."
                    )
            for at in broken:
                open_[at].shutdown(wait=False)
                open_[at] = slots[at].make()
    finally:
        for executor in open_:
            executor.shutdown(wait=False)


def _fill(
    waiting: deque[Task],
    running: dict[Future[Made], tuple[Task, int]],
    work: Callable[..., Made],
    told: Sequence[Any],
    slots: Sequence[Slot],
    open_: list[Executor],
) -> None:
    """As many tasks as there is room for."""
    held = Counter(at for _, at in running.values())
    for at, slot in enumerate(slots):
        while waiting and held[at] < slot.at_once:
            task = waiting.popleft()
            try:
                future = open_[at].submit(work, task, *told)
            except RuntimeError:  # it died between two tasks
                open_[at] = slot.make()
                future = open_[at].submit(work, task, *told)
            running[future] = (task, at)
            held[at] += 1


def _told(future: Future[Made], task: Task) -> Event[Task, Made] | None:
    """What came of it; None where the worker died and it is to be tried again."""
    try:
        return Event(task, future.result())
    except TrucewatchError:
        raise
    except BrokenExecutor:
        return None
    except CancelledError:
        raise BatchError(
            "the cluster gave the work back. Look at its scheduler; the same command goes on where it was."
        ) from None
    except Exception as fault:  # among them that of a cluster which has tried often enough
        return Event(task, None, f"it failed ({type(fault).__name__}: {fault}). Look at the input; --retry tries it again.")
