"""The instance lock: one process at a time touches the mailboxes.

A lock on an open file (flock(2)), freed by the system however the process ends; what stands in the file only says who
holds it. A child process made by fork would hold it too: children are to be started anew (spawn).
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbot.errors import Transient
from mailbot.store.folder import create_private, refused, require_private

NAME = "lock"
WAKE = signal.SIGUSR1


class Held(Transient):
    """Another mailbot is at work on this store; `pid` 0 where it does not say which."""

    def __init__(self, file: Path, pid: int, since: str) -> None:
        who = f"process {pid}, since {since}" if pid else "a process that has not said its name"
        super().__init__(f"mailbot is already at work on {file.parent} ({who}).", mend="Stop it first, or let it be.")
        self.pid = pid
        self.since = since

    def ask_to_step(self) -> None:
        """Ask the holder to step now. Raises Transient where it has just gone."""
        try:
            if self.pid:
                os.kill(self.pid, WAKE)
        except ProcessLookupError as gone:
            raise Transient("The mailbot that was at work has just ended.", mend="Try again.") from gone


class InstanceLock:
    """Held as long as the `with` block lasts. Raises Held at once where somebody else holds it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._number = -1

    def __enter__(self) -> Self:
        if not create_private(self._file):
            require_private(self._file)
        try:
            self._number = os.open(self._file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise refused(self._file, error) from error
        _ignore_wake()
        try:
            fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            said = _said(self._number)
            self._close()
            raise Held(self._file, *said) from held
        try:
            _say_who(self._number)
        except OSError as error:
            self._close()
            raise refused(self._file, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        os.close(self._number)
        self._number = -1


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that is at work: its id (0 in the moment before it has said it), and since when (ISO 8601)."""

    pid: int
    since: str


def holder(folder: Path) -> Holder | None:
    """Who is at work on this store; None where nobody is."""
    try:
        number = os.open(folder / NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # A shared lock: two who only look do not take each other for a service.
        fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return Holder(*_said(number))
    finally:
        os.close(number)
    return None


def _say_who(number: int) -> None:
    who = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    os.ftruncate(number, 0)
    os.pwrite(number, json.dumps(who).encode(), 0)


def _ignore_wake() -> None:
    """Whoever holds the lock may be asked to step; the default of that signal would end a holder with no ear for it."""
    if signal.getsignal(WAKE) is signal.SIG_DFL:
        signal.signal(WAKE, signal.SIG_IGN)


def _said(number: int) -> tuple[int, str]:
    """Who holds the lock, by the file; 0 in the moment before they have said it."""
    try:
        who = json.loads(os.pread(number, 1000, 0))
        return int(who["pid"]), str(who["since"])
    except (ValueError, KeyError, TypeError):
        return 0, ""


def nudge(folder: Path) -> bool:
    """Ask whoever is at work on this store to step now; False where nobody is."""
    try:
        with InstanceLock(folder):
            return False
    except Held as held:
        try:
            held.ask_to_step()
        except Transient:
            return False
        return True
