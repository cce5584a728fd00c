"""How long a command works: of the processor's time, and the best of several, since the machine may be busy where the
program may not be slow. `tests/bench` has the time that a person waits."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence

TRIES = 10


def takes_less_than(seconds: float, command: Sequence[str]) -> bool:
    """Whether `mailbot COMMAND` does, in one of several tries."""
    whole = [sys.executable, "-m", "mailbot", *command]
    return any(processor_seconds(whole) < seconds for _ in range(TRIES))


def processor_seconds(command: Sequence[str]) -> float:
    """Of a whole command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
