"""A courier: the one thread that owns an account's connections. Whoever asks waits at most until a deadline.

A library that hangs cannot be interrupted from outside, only left behind. So each request goes by queue to the
courier's thread; one that is past its deadline is abandoned with its thread and its connection, the account counts as
not answering, and after a pause that doubles a new courier is sent with a fresh connection. A library that gives up
by itself, but only after a while, counts as not answering too: other accounts wait for the same step. What an
abandoned courier still brings is dropped; whether an effect of it happened is `Uncertain` and asked of the mailbox
later.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from mailbot.errors import Transient, Uncertain
from mailbot.mail.port import (
    Capability,
    Changes,
    Cursor,
    DraftPresence,
    DraftRef,
    Found,
    Mailbox,
    MessageRef,
    RawMessage,
)

T = TypeVar("T")

DEADLINE = 60.0  # seconds that one request may take
SLOW = 10.0  # seconds after which a failure is one of a server that hangs, and not of one that refuses
PAUSES = (60.0, 1800.0)  # seconds until a new courier is sent: the first time, and at most
# Mails, and header blocks, of one request: few, so that the deadline is one of progress and not of the mailbox's size;
# not so few that a far server is mostly waited for.
TOGETHER = 100
HEADS_TOGETHER = 200


class _Thread:
    """One thread with one mailbox, until it is left behind."""

    def __init__(self, account: str, opener: Callable[[], Mailbox]) -> None:
        self._opener = opener
        self._requests: queue.SimpleQueue[tuple[Callable[[Mailbox], object], _Answer] | None] = queue.SimpleQueue()
        threading.Thread(target=self._work, name=f"courier {account}", daemon=True).start()

    def ask(self, request: Callable[[Mailbox], object]) -> _Answer:
        answer = _Answer()
        self._requests.put((request, answer))
        return answer

    def end(self) -> None:
        """Close the mailbox once everything asked before is done."""
        self._requests.put(None)

    def _work(self) -> None:
        mailbox: Mailbox | None = None
        while (asked := self._requests.get()) is not None:
            request, answer = asked
            try:
                mailbox = mailbox or self._opener()
                answer.value = request(mailbox)
            except BaseException as error:  # noqa: BLE001 - whoever asked raises it, whatever it is
                answer.error = error
            answer.done.set()
        if mailbox is not None:
            mailbox.close()


class _Answer:
    """What a request brought, once `done` is set."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: object = None
        self.error: BaseException | None = None


class Courier:
    """A `Mailbox` that another thread works on. `opener` makes the real one, in that thread; `answered` is called
    after every answer (the sign of life that a watchdog waits for); `clock` counts seconds and never goes back."""

    def __init__(
        self,
        account: str,
        opener: Callable[[], Mailbox],
        *,
        deadline: float = DEADLINE,
        answered: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self._opener = opener
        self._deadline = deadline
        self._answered = answered
        self._clock = clock
        self._thread: _Thread | None = None
        self._pause = PAUSES[0]
        self._again_at = clock()

    @property
    def capabilities(self) -> frozenset[Capability]:
        return self._ask("its abilities", lambda one: one.capabilities)

    def changes_since(self, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
        return self._ask("what is new", lambda one: one.changes_since(cursor, since=since))

    def headers(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return self._batches("headers", refs, HEADS_TOGETHER, lambda one, batch: one.headers(batch))

    def fetch(self, refs: Iterable[MessageRef]) -> Iterator[RawMessage]:
        return self._batches("mail", refs, TOGETHER, lambda one, batch: one.fetch(batch))

    def find_by_message_id(self, message_ids: Iterable[str]) -> tuple[Found, ...]:
        wanted = tuple(message_ids)
        return self._ask("a search", lambda one: one.find_by_message_id(wanted))

    def drafts(self) -> tuple[DraftRef, ...]:
        return self._ask("its drafts", lambda one: one.drafts())

    def read_draft(self, ref: DraftRef) -> bytes | None:
        return self._ask("a draft", lambda one: one.read_draft(ref))

    def draft_state(self, ref: DraftRef) -> DraftPresence:
        return self._ask("a draft", lambda one: one.draft_state(ref))

    def snapshot(self) -> str:
        return self._ask("its drafts", lambda one: one.snapshot())

    def place_draft(self, raw: bytes, snapshot: str, *, thread: str | None = None) -> DraftRef:
        return self._ask("placing a draft", lambda one: one.place_draft(raw, snapshot, thread=thread), effect=True)

    def find_drafts(self, message_id: str, snapshot: str) -> tuple[DraftRef, ...]:
        return self._ask("a search", lambda one: one.find_drafts(message_id, snapshot))

    def withdraw_draft(self, ref: DraftRef) -> bool:
        return self._ask("taking a draft back", lambda one: one.withdraw_draft(ref), effect=True)

    def wait_for_change(self, timeout: float) -> bool:
        return self._ask("news", lambda one: one.wait_for_change(timeout), patience=timeout)

    def close(self) -> None:
        if self._thread is not None:
            self._thread.end()
            self._thread = None

    def _batches(
        self,
        what: str,
        refs: Iterable[MessageRef],
        together: int,
        request: Callable[[Mailbox, tuple[MessageRef, ...]], Iterator[RawMessage]],
    ) -> Iterator[RawMessage]:
        """Batch by batch; the first two are asked for at once, and from then on one is on its way while one is read."""
        waiting = iter(refs)
        asked: deque[_Answer] = deque()

        def ask() -> None:
            if batch := tuple(islice(waiting, together)):
                asked.append(self._running().ask(partial(_all, request, batch)))

        def answers() -> Iterator[RawMessage]:
            while asked:
                yield from self._awaited(what, asked.popleft())
                ask()

        ask()
        ask()
        return answers()

    def _ask(self, what: str, request: Callable[[Mailbox], T], *, effect: bool = False, patience: float = 0) -> T:
        """Raises what the mailbox raises; past the deadline Transient, or Uncertain for an effect."""
        answer = self._running().ask(request)
        return self._awaited(what, answer, effect=effect, patience=patience)  # type: ignore[no-any-return]  # as asked

    def _awaited(self, what: str, answer: _Answer, *, effect: bool = False, patience: float = 0) -> Any:
        began = self._clock()
        if not answer.done.wait(self._deadline + patience):
            self._leave_behind()
            late = f"{self.account} did not answer within {self._deadline:.0f} seconds when asked for {what}."
            raise (Uncertain if effect else Transient)(late, mend="It is tried again by itself.")
        self._answered()
        if answer.error is not None:
            if isinstance(answer.error, Transient) and self._clock() - began > SLOW + patience:
                self._leave_behind()
            raise answer.error
        self._pause = PAUSES[0]
        return answer.value

    def _running(self) -> _Thread:
        if self._thread is None:
            if (left := self._again_at - self._clock()) > 0:
                raise Transient(f"{self.account} did not answer; it is tried again in {left:.0f} seconds.")
            self._thread = _Thread(self.account, self._opener)
        return self._thread

    def _leave_behind(self) -> None:
        if self._thread is not None:
            self._thread.end()
        self._thread = None
        self._again_at = self._clock() + self._pause
        self._pause = min(self._pause * 2, PAUSES[1])


def _all(
    request: Callable[[Mailbox, tuple[MessageRef, ...]], Iterator[RawMessage]],
    batch: tuple[MessageRef, ...],
    mailbox: Mailbox,
) -> tuple[RawMessage, ...]:
    return tuple(request(mailbox, batch))
