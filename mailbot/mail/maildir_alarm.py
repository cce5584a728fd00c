"""Wakes whoever waits for a Maildir as soon as one of its folders changes, at no cost while none does: inotify(7).

Where there is none (macOS, a kernel that has no more to give, a libc that ctypes cannot call), the wait merely ends in
time for another look. The alarm never says what changed: that is what looking is for."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

# From <sys/inotify.h>: names that come, go or change in a folder.
_CHANGES = 0x40 | 0x80 | 0x100 | 0x200  # IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE
_FLAGS = os.O_CLOEXEC | os.O_NONBLOCK  # IN_CLOEXEC, IN_NONBLOCK are the same
GATHER = 0.1  # seconds: mail comes in bursts, and some programs write into a file that already has its name in new
ENOUGH = 4096  # bytes; what is left in the queue only ends the next wait at once


class Alarm:
    """Set for some folders, once; to be closed. `unaided` is how long, in seconds, a wait lasts without inotify."""

    def __init__(self, folders: Iterable[Path], unaided: float) -> None:
        self._unaided = unaided
        self._ring, self._bell = os.pipe()
        self._lock, self._open = threading.Lock(), True
        self._notices = _watching(folders)

    def wait(self, seconds: float) -> None:
        """Until a folder changed, `ring` was called, or so many seconds went by; it may end earlier."""
        if self._notices is None:
            select.select([self._ring], [], [], min(seconds, self._unaided))
            return
        if self._notices in select.select([self._ring, self._notices], [], [], seconds)[0]:
            time.sleep(GATHER)
            with contextlib.suppress(BlockingIOError):
                os.read(self._notices, ENOUGH)

    def ring(self) -> None:
        """End the wait of another thread; nothing where the alarm is closed."""
        with self._lock:
            if self._open:
                os.write(self._bell, b"!")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._open = False
            for number in (self._ring, self._bell, self._notices):
                if number is not None:
                    os.close(number)


def _watching(folders: Iterable[Path]) -> int | None:
    """A descriptor that can be read from when one of the folders changed; None where that cannot be had."""
    number = -1
    try:
        import ctypes  # here: a wait alone needs it

        libc = ctypes.CDLL(None)
        number = libc.inotify_init1(_FLAGS)
        if number >= 0 and all(
            libc.inotify_add_watch(number, os.fsencode(one), _CHANGES) >= 0 for one in folders if one.is_dir()
        ):
            return int(number)
    # AttributeError: no such function; MemoryError: libffi may not map what it needs (MemoryDenyWriteExecute=).
    except (ImportError, OSError, AttributeError, MemoryError):
        pass
    if number >= 0:
        os.close(number)
    return None
