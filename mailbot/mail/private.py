"""Files that their owner alone can read, for what opens a mailbox."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from mailbot.errors import ActionNeeded


def write_private(file: Path, text: str) -> None:
    """Whole or not at all, 0600 from its first byte."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        beside.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with open(os.open(beside, flags, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123 - from a descriptor
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def read_private(file: Path) -> str:
    """Raises FileNotFoundError, OSError and ValueError as reading does, ActionNeeded for a file that others can
    read."""
    with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8") as stream:  # noqa: PTH123 - as above
        mode = os.fstat(stream.fileno())
        if mode.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or mode.st_uid != os.geteuid():
            raise ActionNeeded(f"{file} can be read by others.", mend=f"Run: chmod 600 {file}")
        return stream.read()
