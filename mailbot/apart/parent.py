"""The parent's side: hands mails to the child ahead, and does without it when one takes too long."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

import msgspec

from mailbot.apart.frames import Answer, Question, packed
from mailbot.apart.worker import START, Worker
from mailbot.errors import Transient, Unreadable
from mailbot.mail.port import RawMessage
from mailbot.reading.statements import Reader, Reading

SECONDS = 5.0  # that one mail may take
IDLE = 50.0  # seconds without mail after which the child is let go
# By how many bytes a child may grow before another takes its place: its expressions remember what they have met, and
# each mail is to have its memory for itself.
GROWN = 40 << 20
AHEAD = 128 * 1024  # bytes of mail that are asked ahead: the child finds the next one there when it has answered

Asked = tuple[RawMessage, bytes]


class ReaderApart:
    """Reads mails as `read_raw` does, in a child that is started when it is needed. For one thread at a time.
    `answered` is called after every mail."""

    def __init__(
        self, *, seconds: float = SECONDS, grown: int = GROWN, answered: Callable[[], None] = lambda: None
    ) -> None:
        self._seconds = seconds
        self._grown = grown
        self._answered = answered
        self._used = time.monotonic()
        self._child: Worker | None = None
        self._asked: deque[Asked] = deque()  # what the child has not answered yet

    def __call__(
        self, raws: Iterable[RawMessage | None], reader: Reader
    ) -> Iterator[tuple[RawMessage, Reading | Unreadable | None]]:
        """Each mail with its Reading, in order; Unreadable where there is none, also for a mail that breaks the limits.
        Mails are taken from `raws` ahead of the answers; at a None there, all before it are answered first. Raises
        Transient where no child can be started, and what `raws` raises. Whoever asked before gets no more answers."""
        self._forget()
        asked: deque[Asked] = deque()
        self._asked = asked
        try:
            for raw in raws:
                if raw is not None:
                    self._ask(asked, raw, reader)
                while asked and (raw is None or sum(len(frame) for _, frame in asked) > AHEAD):
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
        """End the child; the next mail starts another."""
        if self._child is not None:
            self._child.end()
            self._child = None

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self._child.pid if self._child else None

    def _forget(self) -> None:
        """End a child that is still to answer somebody: whoever asks next is not to get those answers."""
        if self._asked:
            self._asked.clear()
            self.close()

    def _ask(self, asked: deque[Asked], raw: RawMessage, reader: Reader) -> None:
        frame = packed(Question(raw, reader))
        if not asked and self._child is not None and not self._child.alive:
            self.close()
        child = self._child or self._again(asked)
        child.ask(frame, idle=not asked)
        asked.append((raw, frame))

    def _next(self, asked: deque[Asked]) -> tuple[RawMessage, Reading | Unreadable | None]:
        """The first of these mails, read; it is asked for no more."""
        raw = asked[0][0]
        try:
            answer = self._answer(asked)
        except (OSError, EOFError, TimeoutError, msgspec.DecodeError) as error:
            self.close()
            answer = Answer(unreadable=_why(error, self._seconds))
        asked.popleft()
        self._used = time.monotonic()
        self._answered()
        if answer.last:
            self.close()
        return raw, answer.reading if answer.unreadable is None else Unreadable(answer.unreadable)

    def _answer(self, asked: Iterable[Asked]) -> Answer:
        """The child's answer to the first. One that ends over a mail may have been ended by somebody else (the kernel,
        where memory is short): another is asked before the mail is blamed."""
        try:
            return (self._child or self._again(asked)).answer(self._seconds)
        except EOFError:
            self.close()
            return self._again(asked).answer(self._seconds)

    def _again(self, asked: Iterable[Asked]) -> Worker:
        """A new child that is asked all that the last one has left unanswered."""
        child = self._ready()
        for at, (_, frame) in enumerate(asked):
            child.ask(frame, idle=at == 0)
        return child

    def _ready(self) -> Worker:
        """A child that waits for mail."""
        if self._child is None:
            try:
                self._child = Worker(self._grown)
                self._child.answer(START)
            except (OSError, EOFError, TimeoutError, msgspec.DecodeError) as error:
                self.close()
                raise Transient(f"The process that reads mail did not start: {error}.") from error
        return self._child


def _why(error: Exception, seconds: float) -> str:
    if isinstance(error, TimeoutError):
        return f"Reading it took more than {seconds:.0f} seconds."
    return "Reading it took more memory than a mail may have."
