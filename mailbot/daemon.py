"""The service's threads: who wakes the engine, and how it ends.

Main thread: signals, the watchdog, jumps of the clock and the deadline at the end. One engine thread: the only caller
of `Assistant.step` and the only writer of effects. For each account one courier (`mail/courier.py`), and one watcher
with a mailbox of its own which only says 'changed'. APScheduler has two jobs, a tick and a daily one; both only put a
word on the engine's queue.
"""

from __future__ import annotations

import os
import queue
import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import Enum

from mailbot.engine import Engine, Word
from mailbot.errors import MailbotError
from mailbot.lean import hollow
from mailbot.logs import logger
from mailbot.mail.port import Mailbox
from mailbot.notify import notify, watchdog_seconds

# It takes all of asyncio along to ask whether a job is a coroutine, and all that processes need which work for it, and
# looks through all that is installed for more triggers: two jobs that put a word on a queue need none of these.
_ASYNCIO = {"iscoroutinefunction": lambda _: False}
_PROCESSES = {"BrokenProcessPool": RuntimeError, "ProcessPoolExecutor": None}
_INSTALLED = {"version": lambda _: "3", "entry_points": lambda **_: (), "PackageNotFoundError": ImportError}
with hollow(
    asyncio=_ASYNCIO, multiprocessing={}, concurrent__futures__process=_PROCESSES, importlib__metadata=_INSTALLED
):
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.interval import IntervalTrigger

log = logger("daemon")

TICK = timedelta(seconds=60)
# How long a watcher waits before it looks whether it should stop, and after failures: the first time, and at most.
WATCH = 30.0
PAUSES = (10.0, 900.0)
STOP_WITHIN = 5.0
# How often the main thread looks for a jump of the clock. Signals wake it at once.
ATTEND = 5.0
JUMP = 5.0  # seconds by which the wall clock and the steady one differ after a sleep, or when somebody set the clock
# A step without any answer for longer than this is stuck: no sign of life is given any more. Longer than a deadline.
STUCK = 300.0


class Ended(Enum):
    """Why `serve` returned."""

    STOP = "stop"
    RELOAD = "reload"
    FAILED = "failed"  # the engine is gone, and nobody asked it to go: whoever started the service should do so again


def watch(mailbox: Mailbox, words: queue.Queue[Word], stop: threading.Event) -> None:
    """Say CHANGED when the mailbox does; after a failure be quiet for a while. Ends with `stop`."""
    pause, looked = PAUSES[0], False
    while not stop.is_set():
        try:
            # What came before the first look, or while none was possible, was seen by nobody: it is news.
            if mailbox.wait_for_change(WATCH if looked else 0) or not looked:
                words.put(Word.CHANGED)
            pause, looked = PAUSES[0], True
        except MailbotError as error:
            looked = False
            log.warning("watching_failed", account=mailbox.account, error=str(error))
            # Jitter: accounts of one server should not all come back at once.
            stop.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
            pause = min(pause * 2, PAUSES[1])
    mailbox.close()


def serve(engine: Engine, watched: Sequence[Mailbox], *, check: Callable[[], None]) -> Ended:
    """Run in the foreground until SIGTERM or SIGINT; SIGUSR1 asks for a step now, SIGHUP for the configuration to be
    read again: `check` raises a MailbotError where that would fail, and all stays as it is. `watched` are mailboxes of
    the watchers' own. An effect that is not finished within 5 seconds of the signal stays uncertain in the ledger and
    is reconciled at the next start. FAILED where the engine ended without being asked."""
    words: queue.Queue[Word] = queue.Queue()
    asked: queue.SimpleQueue[int] = queue.SimpleQueue()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
        signal.signal(number, lambda number, _frame: asked.put(number))
    scheduler = _scheduler(words)
    working = threading.Thread(target=_work, args=(engine, words), name="engine", daemon=True)
    watching = [
        threading.Thread(target=watch, args=(one, words, stop), name=f"watch {one.account}", daemon=True)
        for one in watched
    ]
    for thread in (working, *watching):
        thread.start()
    scheduler.start()
    ended = _attend(engine, words, asked, working, check)
    notify(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}" if ended is Ended.RELOAD else "STOPPING=1")
    stop.set()
    words.put(Word.STOP)
    scheduler.shutdown(wait=False)
    working.join(STOP_WITHIN - 1)
    if working.is_alive():
        log.warning("stopped_in_a_step")
        os._exit(0)
    return ended


def _work(engine: Engine, words: queue.Queue[Word]) -> None:
    """The engine thread. What ends it is named without its text, as everywhere: Python would print it all."""
    try:
        engine.run(words)
    except MailbotError as error:
        log.error("engine_ended", error=str(error))
    except Exception as error:  # noqa: BLE001 - the main thread sees that it is gone
        log.bug("engine_ended", error)


def _attend(
    engine: Engine,
    words: queue.Queue[Word],
    asked: queue.SimpleQueue[int],
    working: threading.Thread,
    check: Callable[[], None],
) -> Ended:
    """The main thread's part, until the service should end."""
    offset, alive_at, every = time.time() - time.monotonic(), 0.0, watchdog_seconds()
    patience = min(ATTEND, every / 2) if every else ATTEND
    while working.is_alive():
        try:
            number = asked.get(timeout=patience)
        except queue.Empty:
            number = 0
        if number in (signal.SIGTERM, signal.SIGINT):
            return Ended.STOP
        if number == signal.SIGUSR1:
            words.put(Word.STEP)
        if number == signal.SIGHUP and _sound(check):
            return Ended.RELOAD
        now_offset = time.time() - time.monotonic()
        if abs(now_offset - offset) > JUMP:
            offset = now_offset
            words.put(Word.TICK)
        if every and time.monotonic() - alive_at > every / 2 and engine.pulse.age() < STUCK:
            alive_at = time.monotonic()
            notify("WATCHDOG=1")
    return Ended.FAILED


def _sound(check: Callable[[], None]) -> bool:
    try:
        check()
    except MailbotError as error:
        log.error("configuration_refused", error=str(error))
        return False
    return True


def _scheduler(words: queue.Queue[Word]) -> BackgroundScheduler:
    # misfire_grace_time None: the default of one second drops a tick that comes late (APScheduler #292).
    scheduler = BackgroundScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})
    scheduler.add_job(words.put, IntervalTrigger(seconds=TICK.total_seconds()), args=[Word.TICK])
    scheduler.add_job(words.put, IntervalTrigger(hours=24), args=[Word.DAILY])
    return scheduler
