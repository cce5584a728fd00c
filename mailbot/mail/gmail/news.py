"""What is known of an account's history by whoever asked last. The watcher and the reader have a line each, and what
one of them was told costs the other nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

LATELY = 10.0  # seconds for which an answer counts as just given: a step follows the watcher's word at once
KEPT = 1_000  # records of the history; who has not been heard of for longer asks for itself

Answer = Mapping[str, Any]


def is_later(history: str, than: str) -> bool:
    """Whether something happened between these two history ids: they grow, with gaps."""
    return history.isdecimal() and than.isdecimal() and int(history) > int(than)


class News:
    """Shared by threads. `steady` counts seconds and never goes back."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self.steady = steady
        self._lock = Lock()
        self._asked_at = float("-inf")
        self._newest = ""  # the history id up to which everything was looked at
        self._answers: list[tuple[str, Answer, str]] = []  # from one history id to the next, without a gap

    @property
    def asked_at(self) -> float:
        """When Gmail was last asked whether anything happened."""
        return self._asked_at

    @property
    def newest(self) -> str:
        """The history id up to which everything was looked at; empty before the first look."""
        return self._newest

    @property
    def is_late(self) -> bool:
        """Whether that was longer ago than LATELY."""
        return self.steady() - self._asked_at > LATELY

    def nothing_after(self, history: str) -> None:
        """Gmail says now that nothing happened after that id, or what did was looked at by another way."""
        with self._lock:
            self._asked_at = self.steady()
            self._newest = history

    def tell(self, start: str, answer: Answer) -> None:
        """All that happened after the id `start`."""
        end = str(answer.get("historyId", start))
        with self._lock:
            if self._answers and self._answers[-1][2] != start:
                self._answers.clear()
            if end != start:
                self._answers.append((start, answer, end))
            if sum(len(one.get("history", ())) for _, one, _ in self._answers) > KEPT:
                self._answers.clear()
            self._asked_at = self.steady()
            self._newest = end

    def after(self, history: str) -> tuple[tuple[Answer, ...], str]:
        """What was told of the time after that id, and up to which one. What lies before it is forgotten."""
        with self._lock:
            starts = [start for start, _, _ in self._answers]
            self._answers = self._answers[starts.index(history) :] if history in starts else []
            return tuple(one for _, one, _ in self._answers), self._answers[-1][2] if self._answers else history
