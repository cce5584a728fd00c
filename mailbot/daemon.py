"""When to step: a tick every minute, the word of a watcher, a signal. Everything else is `next_due <= now`.

Main thread: signals and the deadline at the end. One engine thread: the only caller of `Assistant.step` and the only
writer of effects. For each account one watcher with a mailbox of its own, which only says 'changed'. APScheduler has
two jobs, a tick and a daily one; both only put a word on the engine's queue, so that a laptop's sleep, a clock that is
set or a change of DST can at worst delay a tick: due moments are instants in the ledger's readings, never timers.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from apscheduler.schedulers.background import BackgroundScheduler

from mailbot.assistant import Assistant
from mailbot.errors import MailbotError
from mailbot.mail.port import Mailbox
from mailbot.outcome import Outcome

log = logging.getLogger("mailbot.daemon")

TICK = timedelta(seconds=60)
# A poll that does not depend on any watcher's word.
POLL = timedelta(minutes=10)
# How long a watcher waits before it looks whether it should stop, and after a failure.
WATCH = timedelta(seconds=2)
PATIENCE_AFTER_FAILURE = timedelta(seconds=60)
STOP_WITHIN = timedelta(seconds=5)


class Word(Enum):
    """What the engine is told."""

    TICK = "tick"
    DAILY = "daily"
    CHANGED = "changed"
    STEP = "step"
    STOP = "stop"


@dataclass(slots=True)
class Engine:
    """The loop that steps. `clock` gives the wall clock in the person's zone; `report` is told every Outcome and
    `daily` runs once a day."""

    assistant: Assistant
    clock: Callable[[], datetime]
    report: Callable[[Outcome], None]
    daily: Callable[[datetime], None]
    next_due: datetime | None = None
    last_step: datetime | None = None

    def run(self, words: queue.Queue[Word]) -> None:
        """Work until STOP. A failure of the ledger is said and tried again at the next tick."""
        self._step()
        while (word := words.get()) is not Word.STOP:
            # Several words that wait are one reason to step, not several.
            waiting = {word, *_drained(words)}
            if Word.STOP in waiting:
                return
            if Word.DAILY in waiting:
                self._guarded(lambda: self.daily(self.clock()))
            if waiting & {Word.CHANGED, Word.STEP} or self.is_due(self.clock()):
                self._step()

    def is_due(self, now: datetime) -> bool:
        """Whether a tick at `now` has something to do: a due moment, a poll, or a clock that was set back."""
        if self.last_step is None or now < self.last_step or now - self.last_step >= POLL:
            return True
        return self.next_due is not None and self.next_due <= now

    def _step(self) -> None:
        def step() -> None:
            now = self.clock()
            outcome = self.assistant.step(now)
            self.next_due, self.last_step = outcome.next_due, now
            self.report(outcome)

        self._guarded(step)

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except MailbotError as error:
            log.error("%s", error)
        except Exception:
            # The outermost loop: a bug of ours must not end the service. It is logged whole.
            log.exception("This should not happen; the next tick tries again.")


def _drained(words: queue.Queue[Word]) -> list[Word]:
    found = []
    while True:
        try:
            found.append(words.get_nowait())
        except queue.Empty:
            return found


def watch(mailbox: Mailbox, words: queue.Queue[Word], stop: threading.Event) -> None:
    """Say CHANGED when the mailbox does; after a failure be quiet for a while. Ends with `stop`."""
    while not stop.is_set():
        try:
            if mailbox.wait_for_change(WATCH.total_seconds()):
                words.put(Word.CHANGED)
        except MailbotError as error:
            log.warning("Watching %s: %s", mailbox.account, error)
            stop.wait(PATIENCE_AFTER_FAILURE.total_seconds())
    mailbox.close()


def serve(engine: Engine, watched: Sequence[Mailbox]) -> None:
    """Run in the foreground until SIGTERM or SIGINT; SIGUSR1 asks for a step now. `watched` are mailboxes of the
    watchers' own. An effect that is not finished within 5 seconds of the signal stays uncertain in the ledger and is
    reconciled at the next start."""
    words: queue.Queue[Word] = queue.Queue()
    stop = threading.Event()
    wanted = threading.Event()

    def on_stop(_number: int, _frame: object) -> None:
        wanted.set()

    signal.signal(signal.SIGTERM, on_stop)
    signal.signal(signal.SIGINT, on_stop)
    signal.signal(signal.SIGUSR1, lambda _number, _frame: words.put(Word.STEP))
    scheduler = _scheduler(words)
    threads = [threading.Thread(target=engine.run, args=(words,), name="engine", daemon=True)]
    threads += [
        threading.Thread(target=watch, args=(one, words, stop), name=f"watch {one.account}", daemon=True)
        for one in watched
    ]
    for thread in threads:
        thread.start()
    scheduler.start()
    while not wanted.wait(1) and threads[0].is_alive():
        pass
    stop.set()
    words.put(Word.STOP)
    scheduler.shutdown(wait=False)
    threads[0].join(STOP_WITHIN.total_seconds() - 1)
    if threads[0].is_alive():
        log.warning("A step did not end in time; what it left open is looked after at the next start.")
        os._exit(0)


def _scheduler(words: queue.Queue[Word]) -> BackgroundScheduler:
    # misfire_grace_time None: the default of one second drops a tick that comes late (APScheduler #292).
    scheduler = BackgroundScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})
    scheduler.add_job(words.put, "interval", seconds=TICK.total_seconds(), args=[Word.TICK])
    scheduler.add_job(words.put, "interval", hours=24, args=[Word.DAILY])
    return scheduler
