"""A child at a time that reads mail, and what was asked of it: it is replaced when it ends, hangs or has grown."""

from __future__ import annotations

from collections import deque

import msgspec

from mailbot.apart.frames import Answer
from mailbot.apart.worker import START, Worker
from mailbot.errors import Transient

_FAILURES = (OSError, EOFError, TimeoutError, msgspec.DecodeError)


class Hand:
    """Questions are answered in the order in which they were asked, each of them once. A child that has grown by more
    than `most` bytes makes room for another."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._child: Worker | None = None
        self._asked: deque[bytes] = deque()
        self._told = 0  # how many of these the child was told
        self.waiting = 0  # bytes that are to be answered
        self.grown = 0  # bytes by which the child has

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self._child.pid if self._child else None

    @property
    def _leaves(self) -> bool:
        """Whether it answers what it was asked, and no more."""
        return self.grown > self._most

    def is_ready(self) -> bool:
        """Whether a child can be asked at once. One is started where there is none, ready for whole mails, and not
        waited for. Raises Transient where that fails."""
        if self._leaves or (self._asked and self._child is None):
            return False
        try:
            self._child = self._child or Worker(whole=True)
            return self._child.is_ready(0.0)
        except _FAILURES as error:
            raise self._without_child(error) from error

    def ask(self, frame: bytes) -> None:
        """Ask for one mail more. Raises Transient where no child can be started."""
        if self._leaves or (not self._asked and self._child is not None and not self._child.alive):
            self.close()
        self._asked.append(frame)
        self.waiting += len(frame)
        self._awake()

    def push(self) -> None:
        """Give the child what it did not take so far, if it takes it now."""
        if self._child is not None:
            self._child.push()

    def answer(self, seconds: float) -> Answer:
        """The answer to the first question; the sentence that says why there is none for a mail that breaks the limits.
        Raises Transient where no child can be started."""
        try:
            answer = self._answer(seconds)
        except _FAILURES as error:
            self.close()
            answer = Answer(unreadable=_why(error, seconds))
        self.waiting -= len(self._asked.popleft())
        self._told = max(0, self._told - 1)
        self.grown = answer.grown
        if self._leaves and not self._asked:
            self.close()
        return answer

    def forget(self) -> None:
        """End a child that is still to answer somebody: whoever asks next is not to get those answers."""
        if self._asked:
            self._asked.clear()
            self.waiting = 0
            self.close()

    def close(self) -> None:
        """End the child; another is started when it is needed, and asked what this one has left unanswered."""
        if self._child is not None:
            self._child.end()
        self._child, self._told, self.grown = None, 0, 0

    def _answer(self, seconds: float) -> Answer:
        """A child that ends over a mail may have been ended by somebody else (the kernel, where memory is short):
        another is asked before the mail is blamed."""
        try:
            return self._awake().answer(seconds)
        except EOFError:
            self.close()
            return self._awake().answer(seconds)

    def _awake(self) -> Worker:
        """A child that was asked everything."""
        try:
            child = self._child = self._child or Worker()
            if not child.is_ready(START):
                raise TimeoutError(f"nothing within {START:.0f} seconds")
        except _FAILURES as error:
            raise self._without_child(error) from error
        while self._told < len(self._asked):
            child.ask(self._asked[self._told], idle=self._told == 0)
            self._told += 1
        return child

    def _without_child(self, error: Exception) -> Transient:
        self.close()
        return Transient(f"The process that reads mail did not start: {error}.")


def _why(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError):
        return f"Reading it took more than {seconds:.0f} seconds."
    return "Reading it took more memory than a mail may have."
