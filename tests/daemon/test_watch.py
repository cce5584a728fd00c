"""A watcher says `changed`, also of what nobody saw: mail before its first look, or while none was possible."""

from __future__ import annotations

import queue
import threading

from mailbot import daemon
from mailbot.daemon import watch
from mailbot.engine import Word
from mailbot.errors import Transient
from mailbot.mail.memory import MemoryMailbox


class Watched(MemoryMailbox):
    """A mailbox whose looks give what is listed, then stop the watch."""

    def __init__(self, stop: threading.Event, looks: list[bool | Transient]) -> None:
        super().__init__("work")
        self._stop = stop
        self._looks = looks

    def wait_for_change(self, timeout: float) -> bool:
        look = self._looks.pop(0)
        if not self._looks:
            self._stop.set()
        if isinstance(look, Transient):
            raise look
        return look


def said(looks: list[bool | Transient]) -> int:
    """How often CHANGED was said."""
    words: queue.Queue[Word] = queue.Queue()
    stop = threading.Event()
    watch(Watched(stop, looks), words, stop)
    return words.qsize()


def test_the_first_look_is_news() -> None:
    assert said([False]) == 1


def test_a_look_without_a_change_is_no_news() -> None:
    assert said([False, False, False]) == 1


def test_a_change_is_news() -> None:
    assert said([False, True, False, True]) == 3


def test_the_first_look_after_a_failure_is_news(monkeypatch) -> None:
    monkeypatch.setattr(daemon, "PAUSES", (0, 0))
    assert said([False, Transient("The line was cut."), False, False]) == 2
