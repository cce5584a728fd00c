"""Where tests keep their files: in memory where there is room. Each commit of a ledger waits for the disk several
times; what a test leaves behind need not outlive the machine, and a killed process loses nothing that it wrote."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes: more than the tests ever hold at once; containers often give 64 MB


@cache
def quick_folder() -> Path:
    """A folder that everybody may write to, and in which programs may run."""
    return MEMORY if MEMORY.is_dir() and _is_fit(MEMORY) else Path("/tmp")


def _is_fit(folder: Path) -> bool:
    programs = not os.statvfs(folder).f_flag & os.ST_NOEXEC
    return programs and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM
