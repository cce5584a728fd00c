"""The main thread's part: a sleep, or a clock that somebody set, is noticed without waiting for the next tick."""

from __future__ import annotations

import queue
import signal
import threading
from itertools import chain, repeat
from types import SimpleNamespace

import pytest

from mailbot import daemon
from mailbot.daemon import ATTEND, Ended
from mailbot.engine import Word

HOUR = 3600.0


def told(monkeypatch: pytest.MonkeyPatch, *offsets: float) -> list[Word]:
    """What the engine is told while the wall clock is, look by look, so many seconds before the steady one."""
    asked: queue.SimpleQueue[int] = queue.SimpleQueue()
    left = chain(offsets, repeat(offsets[-1]))
    looks = iter(range(len(offsets)))

    def wall() -> float:
        if next(looks, None) is None:
            asked.put(signal.SIGTERM)
        return 1000.0 + next(left)

    monkeypatch.setattr(daemon, "time", SimpleNamespace(time=wall, monotonic=lambda: 1000.0))
    monkeypatch.setattr(daemon, "ATTEND", 0.001)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    words: queue.Queue[Word] = queue.Queue()
    ended = daemon._attend(SimpleNamespace(), words, asked, threading.current_thread(), lambda: None)
    assert ended is Ended.STOP
    return [words.get_nowait() for _ in range(words.qsize())]


def test_a_clock_that_goes_as_it_should_is_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, 0, 0, 0.4, -1, 0) == []


@pytest.mark.parametrize("length", [6.0, HOUR, 30 * 24 * HOUR, -HOUR, -24 * HOUR], ids=str)
def test_a_sleep_or_a_clock_that_was_set_is_one_tick(monkeypatch: pytest.MonkeyPatch, length: float) -> None:
    """A sleep shows as the wall clock gone on while the steady one stood."""
    assert told(monkeypatch, 0, 0, length, length, length) == [Word.TICK]


def test_two_sleeps_are_two_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, 0, HOUR, 2 * HOUR, 2 * HOUR) == [Word.TICK] * 2


def test_it_looks_often_enough_to_be_at_work_within_a_minute_of_waking() -> None:
    assert ATTEND <= 10


def test_an_engine_that_is_gone_without_being_asked_is_a_failure() -> None:
    gone = threading.Thread(target=lambda: None)
    gone.start()
    gone.join()
    assert daemon._attend(SimpleNamespace(), queue.Queue(), queue.SimpleQueue(), gone, lambda: None) is Ended.FAILED


def test_what_ends_the_engine_is_named_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> None:
        raise ValueError("Dear Robin, your offer")

    daemon._work(SimpleNamespace(run=fail), queue.Queue())
    said = "".join(capsys.readouterr())
    assert "ValueError" in said
    assert "Robin" not in said
