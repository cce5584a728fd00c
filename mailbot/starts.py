"""Waiting before a start that follows failed ones, longer from time to time: systemd before 254 and launchd know one
wait between two starts, not one that grows. What is remembered is a small file beside the ledger, until an orderly
end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.errors import MailbotError
from mailbot.files import write
from mailbot.logs import logger
from mailbot.notify import notify

NAME = "starts.json"
# A service that was at work for so long had started well, whatever ended it.
WELL = timedelta(minutes=10)
# Failures that cost nothing beside the manager's own 30 seconds; then the first wait, and the longest.
FREE, FIRST, LONGEST = 2, timedelta(seconds=30), timedelta(hours=1)

log = logger("starts")


@dataclass(frozen=True, slots=True)
class Starts:
    """`failed` starts in a row before the one that began at `at` (an aware moment)."""

    failed: int
    at: datetime

    def next(self, now: datetime) -> Starts:
        """As it is for a start at `now`, when this one has not ended as it should. A clock that was set back says
        nothing of how long it lasted: then nothing is held against it."""
        lasted = now - self.at
        return Starts(self.failed + 1 if timedelta() <= lasted < WELL + self.wait else 0, now)

    @property
    def wait(self) -> timedelta:
        """How long such a start should wait."""
        over = self.failed - FREE
        return min(FIRST * 2 ** min(over - 1, 20), LONGEST) if over > 0 else timedelta()


def is_managed() -> bool:
    """Whether systemd (sd_notify(3)) or launchd (XPC_SERVICE_NAME, the label in mailbot.plist) started this process: a
    person at a terminal is never kept waiting."""
    return bool(os.environ.get("NOTIFY_SOCKET")) or os.environ.get("XPC_SERVICE_NAME") == "mailbot"


@contextmanager
def noted_start(state: Path, now: datetime, sleep: Callable[[float], None]) -> Iterator[None]:
    """A start of the service and all that follows: noted in the folder, and begun after a `sleep` (seconds) where those
    before it failed. An end that somebody asked for, an exit included, is none that the next start waits for."""
    file = state / NAME
    failed = False
    try:
        _wait(_noted(file, now), sleep)
        yield
    except Exception:
        failed = True
        raise
    finally:
        if not failed:
            with suppress(OSError):  # where it could not be noted, it need not be forgotten
                file.unlink()


def _noted(file: Path, now: datetime) -> Starts:
    before = _read(file)
    starts = before.next(now) if before else Starts(0, now)
    try:
        write(file, json.dumps(asdict(starts), default=datetime.isoformat))
    except MailbotError as error:
        log.warning("start_not_noted", error=str(error))
    return starts


def _wait(starts: Starts, sleep: Callable[[float], None]) -> None:
    seconds = starts.wait.total_seconds()
    if not seconds:
        return
    log.warning("waiting_after_failed_starts", count=starts.failed, seconds=seconds)
    # The manager would take the wait for a start that hangs (EXTEND_TIMEOUT_USEC: sd_notify(3)).
    patience = int((seconds + WELL.total_seconds()) * 1_000_000)
    notify(f"EXTEND_TIMEOUT_USEC={patience}\nSTATUS=waiting {seconds:.0f} seconds after {starts.failed} failed starts")
    sleep(seconds)


def _read(file: Path) -> Starts | None:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return Starts(int(said["failed"]), datetime.fromisoformat(said["at"]).astimezone())
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none yet, or nothing that can be relied upon: as after a good start
