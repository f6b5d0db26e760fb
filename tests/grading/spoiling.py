"""A command in a process of its own, with a fault at one of its writes."""

import os
import signal
import sys
from pathlib import Path

from courses import _run

from vermarkting.grading.faults import LOCK

KILL = -1
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_EVENTS = ("os.rename", "os.mkdir", "os.remove", "os.rmdir")


def spoiled(arguments, place, environment, said, counted, at, kind):
    """What happens in the forked process: the command, with a fault from write ``at`` on; ``counted`` gets how many."""
    writes = 0

    def hook(event, values):
        nonlocal writes
        if event not in ("open", *_EVENTS) or (event == "open" and not (values[2] or 0) & _WRITING):
            return
        if not isinstance(values[0], (str, bytes, os.PathLike)):
            return
        path = str(Path(os.fsdecode(values[0])).absolute())
        if not path.startswith(f"{place}{os.sep}") or path.endswith((LOCK, ".db")):
            return
        writes += 1
        counted.write_text(str(writes))
        if at is not None and writes > at:
            if kind == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(kind, os.strerror(kind), path)

    sys.addaudithook(hook)
    _run(arguments, place, environment, said)
