"""Work for processes that die over it; a file of its own, so that a process begins quickly."""

import os
import signal
from pathlib import Path


def mortal(task: str, folder: str) -> str:
    """Ends its own process: always, or the first two times; writes down how often it was begun."""
    seen = Path(folder) / task
    seen.write_text(seen.read_text() + "x" if seen.exists() else "x")
    if task.startswith("poison") or (task.startswith("weak") and len(seen.read_text()) < 3):
        os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()
