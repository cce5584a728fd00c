"""The engine: the one thread that steps, told by words when to look whether there is something to do.

Due moments are instants that follow from the ledger's readings, never timers: whatever sleeps, jumps or is set anew,
the next word finds `next_due <= now` and one step catches up, in order.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from mailbot.assistant import Assistant
from mailbot.errors import MailbotError
from mailbot.logs import logger
from mailbot.outcome import Outcome

log = logger("engine")

# A poll that does not depend on any watcher's word.
POLL = timedelta(minutes=10)
# How long the engine leaves things alone after a failure of its own: the first time, and at most.
PAUSES = (60.0, 3600.0)


class Word(Enum):
    """What the engine is told."""

    TICK = "tick"
    DAILY = "daily"
    CHANGED = "changed"
    STEP = "step"
    STOP = "stop"


class Pulse:
    """When the engine last got something done, on a clock that counts seconds and never goes back."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._last = steady()

    def beat(self) -> None:
        self._last = self._steady()

    def age(self) -> float:
        """Seconds since the last beat."""
        return self._steady() - self._last


@dataclass(slots=True)
class Engine:
    """The loop that steps. `clock` gives the wall clock in the person's zone, `steady` seconds that never go back;
    `report` is told every Outcome, `daily` runs once a day, `rest` when nothing is to be done now (it may read old mail
    again), `ready` once whatever a crash left open is looked after. `poll`: how often mail is asked for without any
    word."""

    assistant: Assistant
    clock: Callable[[], datetime]
    report: Callable[[Outcome], None]
    daily: Callable[[datetime], None]
    rest: Callable[[], None] = lambda: None
    ready: Callable[[], None] = lambda: None
    pulse: Pulse = field(default_factory=Pulse)
    steady: Callable[[], float] = time.monotonic
    poll: timedelta = POLL
    next_due: datetime | None = None
    last_step: datetime | None = None
    _failures: int = 0
    _again_at: float = 0.0

    def run(self, words: queue.Queue[Word]) -> None:
        """Work until STOP. A failure of the ledger or a bug is said and tried again after a pause that doubles."""
        nothing_open = not self.assistant.in_doubt()
        if nothing_open:
            self.ready()
        self.step()
        if not nothing_open:
            self.ready()
        self._guarded(lambda: self.daily(self.clock()))
        while (word := words.get()) is not Word.STOP:
            self.pulse.beat()
            # Several words that wait are one reason to step, not several.
            waiting = {word, *_drained(words)}
            if Word.STOP in waiting:
                return
            self.hear(waiting)

    def hear(self, waiting: set[Word]) -> None:
        """Do what these words and the time ask for."""
        if Word.DAILY in waiting:
            self._guarded(lambda: self.daily(self.clock()))
        if Word.STEP in waiting or (
            self.steady() >= self._again_at and (Word.CHANGED in waiting or self.is_due(self.clock()))
        ):
            self.step()
        else:
            self._rest()

    def is_due(self, now: datetime) -> bool:
        """Whether a tick at `now` has something to do: a due moment, a poll, or a clock that was set back."""
        if self.last_step is None or now < self.last_step or now - self.last_step >= self.poll:
            return True
        return self.next_due is not None and self.next_due <= now

    def step(self) -> None:
        """One step of the assistant, and its report."""

        def work() -> None:
            outcome = self.assistant.step(self.clock(), clock=self.clock)
            self.next_due, self.last_step = outcome.next_due, outcome.outlook.now
            self.report(outcome)

        self._guarded(work)
        self.pulse.beat()

    def _rest(self) -> None:
        """What can wait is no reason to leave what is due alone: its failure is said, and that is all."""
        try:
            self.rest()
        except MailbotError as error:
            log.error("rest_failed", error=str(error))
        except Exception as error:  # noqa: BLE001 - as below
            log.bug("rest_failed", error)

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
            self._failures, self._again_at = 0, 0.0
            return
        except MailbotError as error:
            log.error("step_failed", error=str(error))
        except Exception as error:  # noqa: BLE001 - the outermost loop
            # A bug of ours must not end the service. Its place is logged, not its text: that may hold words of a mail.
            log.bug("step_failed", error)
        pause = min(PAUSES[0] * 2**self._failures, PAUSES[1])
        self._failures = min(self._failures + 1, 20)
        self._again_at = self.steady() + pause


def _drained(words: queue.Queue[Word]) -> list[Word]:
    found = []
    while True:
        try:
            found.append(words.get_nowait())
        except queue.Empty:
            return found
