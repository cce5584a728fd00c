"""The parent's side: hands mails to a child ahead, where many come to two, and does without what takes too long."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from mailbot.apart.frames import Question, packed
from mailbot.apart.hand import Hand
from mailbot.errors import Transient, Unreadable
from mailbot.mail.port import RawMessage
from mailbot.reading.statements import Reader, Reading

SECONDS = 5.0  # that one mail may take
IDLE = 50.0  # seconds without mail after which the child is let go
# By how many bytes a child may grow before another takes its place: its expressions remember what they have met, and
# each mail is to have its memory for itself.
GROWN = 48 << 20
ROOM = 16 << 20  # by how many one may have grown beside another
AHEAD = 64 * 1024  # bytes of mail that a child is asked ahead: it finds the next one there when it has answered
MANY = 100  # whole mails at a stretch (a first scan), from which on a second child is worth its start
LARGE = 200_000  # bytes of a mail that is read while no other is: it may take as much memory as a child


class ReaderApart:
    """Reads mails as `read_raw` does, in a child that is started when it is needed, and from `many` whole
    mails on in a second one as well, until the last of them, a large one, or one of the children has grown by ROOM. For
    one thread at a time. `answered` is called after every mail."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        grown: int = GROWN,
        many: int = MANY,
        answered: Callable[[], None] = lambda: None,
    ) -> None:
        self._seconds = seconds
        self._grown = grown
        self._many = many if (os.cpu_count() or 1) > 1 else None
        self._answered = answered
        self._used = time.monotonic()
        self._hands = [Hand(grown)]
        self._asked: deque[tuple[RawMessage, Hand]] = deque()  # what has no answer yet

    def __call__(
        self, raws: Iterable[RawMessage | None], reader: Reader
    ) -> Iterator[tuple[RawMessage, Reading | Unreadable | None]]:
        """Each mail with its Reading, in order; Unreadable where there is none, also for a mail that breaks the limits.
        Mails are taken from `raws` ahead of the answers; at a None there, all before it are answered first. Raises
        Transient where no child can be started, and what `raws` raises. Whoever asked before gets no more answers."""
        self._forget()
        asked: deque[tuple[RawMessage, Hand]] = deque()
        self._asked = asked
        try:
            many = 0  # whole mails since two were too many
            for raw in raws:
                large = raw is not None and len(raw.raw) > LARGE
                alone = large or any(one.grown > ROOM for one in self._hands)
                while asked and (raw is None or large or (alone and len(self._hands) > 1)):
                    yield self._next(asked)
                many = 0 if alone else many + (raw is not None and raw.whole)
                self._staff(two=self._many is not None and many >= self._many)
                if raw is not None:
                    self._ask(asked, raw, reader)
                while asked and (large or self._is_ahead()):
                    yield self._next(asked)
            while asked:
                yield self._next(asked)
        finally:
            if self._asked is asked:
                self._forget()

    def rest(self) -> None:
        """End a child that has had nothing to do for IDLE seconds: its memory is worth more than its start."""
        if time.monotonic() - self._used > IDLE:
            self.close()

    def close(self) -> None:
        """End the children; the next mail starts another."""
        for one in self._hands:
            one.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the children there are."""
        return tuple(one.pid for one in self._hands if one.pid is not None)

    def _forget(self) -> None:
        """Nothing is to be answered from here on."""
        self._asked.clear()
        for one in self._hands:
            one.forget()
        self._staff(two=False)

    def _staff(self, *, two: bool) -> None:
        """Have one child from here on, or two; who leaves has answered everything."""
        while len(self._hands) > 1 + two:
            self._hands.pop().close()
        if two and len(self._hands) == 1:
            self._hands.append(Hand(self._grown))

    def _ask(self, asked: deque[tuple[RawMessage, Hand]], raw: RawMessage, reader: Reader) -> None:
        hand = self._free() if len(self._hands) > 1 else self._hands[0]
        hand.ask(packed(Question(raw, reader)))
        asked.append((raw, hand))

    def _free(self) -> Hand:
        """Which has least to do of those that can be asked at once; the first where none can."""
        ready = []
        for one in tuple(self._hands):
            try:
                ready += [one] if one.is_ready() else []
            except Transient:  # it goes on as on a machine where two are too many
                self._many = None
                if len(self._hands) > 1:
                    self._hands.remove(one)
        return min(ready or self._hands[:1], key=lambda one: one.waiting)

    def _is_ahead(self) -> bool:
        return sum(one.waiting for one in self._hands) > AHEAD * len(self._hands)

    def _next(self, asked: deque[tuple[RawMessage, Hand]]) -> tuple[RawMessage, Reading | Unreadable | None]:
        """The first of these mails, read; it is asked for no more."""
        raw, hand = asked[0]
        for one in self._hands:
            one.push()
        answer = hand.answer(self._seconds)
        asked.popleft()
        self._used = time.monotonic()
        self._answered()
        return raw, answer.reading if answer.unreadable is None else Unreadable(answer.unreadable)
